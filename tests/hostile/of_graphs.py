# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""Maps, graphs and drawings that ask for much: products of ends, parents in rings, parts packed, shared or tied."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from tests.hostile.of_archives import drawio, zipped


def graphs() -> dict[str, Callable[[], bytes]]:
    """Graphs: products of ends, parents in rings and chains, values without end."""
    cxl = '<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map><concept-list>{}</concept-list><linking-phrase-list><linking-phrase id="p" label="mène à"/></linking-phrase-list><connection-list>{}</connection-list></map></cmap>'
    concepts = "".join(f'<concept id="{n}" label="a"/>' for n in range(3_000))
    ties = "".join(f'<connection from-id="{n}" to-id="p"/><connection from-id="p" to-id="{n}"/>' for n in range(3_000))
    gexf = '<gexf xmlns="http://gexf.net/1.3"><graph><attributes class="node">{}</attributes><nodes>{}</nodes></graph></gexf>'
    smmx = "<simplemind-mindmaps><mindmap><topics>{}</topics><relations/></mindmap></simplemind-mindmaps>"
    graphml = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}<graph edgedefault="directed">{}</graph></graphml>'
    )

    def simplemind(parents: Sequence[int]) -> bytes:
        return zipped(
            [
                (
                    "document/mindmap.xml",
                    smmx.format(
                        "".join(f'<topic id="{n}" parent="{p}" text="a"/>' for n, p in enumerate(parents))
                    ).encode(),
                )
            ]
        )

    return {
        "every concept with every other.cxl": lambda: cxl.format(concepts, ties).encode(),
        "values without end.gexf": lambda: gexf.format('<attribute id="0" title="a"/>', '<node id="1" label="a"><attvalues>' + '<attvalue for="0" value="b"/>' * 300_000 + "</attvalues></node>").encode(),
        "other values without end.gexf": lambda: gexf.format("".join(f'<attribute id="{n}" title="a"/>' for n in range(60_000)), '<node id="1" label="a"><attvalues>' + "".join(f'<attvalue for="{n}" value="b"/>' for n in range(60_000)) + "</attvalues></node>").encode(),
        "parents in a ring.gexf": lambda: gexf.format("", "".join(f'<node id="{n}" label="a" pid="{(n + 1) % 20_000}"/>' for n in range(20_000))).encode(),
        "keys without end.graphml": lambda: graphml.format("".join(f'<key id="k{n}" for="node" attr.name="a"/>' for n in range(60_000)), '<node id="1">' + "".join(f'<data key="k{n}">b</data>' for n in range(60_000)) + "</node>").encode(),
        "one edge without end.graphml": lambda: graphml.format("", '<node id="1"/>' + '<edge source="1" target="1"/>' * 300_000).encode(),
        "parents in a ring.smmx": lambda: simplemind([(n + 1) % 20_000 for n in range(20_000)]),
        "parents in a chain.smmx": lambda: simplemind([n - 1 for n in range(20_000)]),
        "parents in a chain the other way.smmx": lambda: simplemind([*range(1, 20_000), -1]),
        "each its own parent.smmx": lambda: simplemind(range(20_000)),
        "relations without end.smmx": lambda: zipped([("document/mindmap.xml", smmx.replace("<relations/>", "<relations>" + '<relation source="0" target="0"/>' * 300_000 + "</relations>").format('<topic id="0" parent="-1" text="a"/>').encode())]),
        "crossing cells.drawio": lambda: ("<mxfile><diagram><mxGraphModel><root>" + "".join(f'<mxCell id="{n}" parent="{n - 1}" vertex="1" value="a"/>' for n in range(20_000)) + "</root></mxGraphModel></diagram></mxfile>").encode(),
        "subgraphs of one name.dot": lambda: b"digraph g {" + b"subgraph a { " * 1_500 + b"x" + b"}" * 1_500 + b"subgraph a { b -> c }" * 30_000 + b"}",
        "attributes without end.dot": lambda: b"digraph g { a [" + b"label=a," * 300_000 + b"]; node [" + b"x=y " * 300_000 + b"] }",
        "strings in pieces.dot": lambda: b'digraph g { a [label="a"' + b' + "b"' * 200_000 + b"] }",
        "tags in a label.dot": lambda: b"digraph g { a [label=<" + b"<b>" * 100_000 + b"a" + b"</b>" * 100_000 + b">] }",
    }  # fmt: skip


def drawings() -> dict[str, Callable[[], bytes]]:
    """Maps and drawings whose parts are packed, shared or tied to themselves."""
    packed = drawio(
        b"<mxGraphModel><root>" + b'<mxCell id="1" vertex="1" value="a"/>' * 20_000 + b"</root></mxGraphModel>"
    )
    inside = packed.removeprefix(b"<mxfile>").removesuffix(b"</mxfile>")
    boxes = [
        {
            "id": str(n),
            "type": "text",
            "text": "a",
            "containerId": str((n + 1) % 5_000),
            "boundElements": [{"id": str((n - 1) % 5_000), "type": "text"}],
            "x": 0,
            "y": 0,
            "width": 9,
            "height": 9,
        }
        for n in range(5_000)
    ]
    attached = [{"title": "a", "id": "x", "children": {"attached": [{"title": "b", "id": "x"}]}}] * 30_000
    knot = [{"id": "x", "end1Id": "x", "end2Id": "x", "title": "a"}] * 100_000
    return {
        "hundreds of packed pages.drawio": lambda: b"<mxfile>" + inside * 500 + b"</mxfile>",
        "texts in texts.excalidraw": lambda: json.dumps({"type": "excalidraw", "elements": boxes}).encode(),
        "relations of one topic.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"id": "x", "title": "a", "children": {"attached": attached}}, "relationships": knot}]).encode())]),
        "sheets without end.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"id": "x", "title": "a"}}] * 100_000).encode())], stored=True),
        "a manifest that climbs.xmind": lambda: zipped([("META-INF/manifest.xml", b'<manifest><file-entry full-path="../../etc/passwd"/></manifest>'), ("../content.json", b"[]"), ("metadata.json", b"{}")]),
        "types of another kind.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": [1], "labels": 3, "markers": "a", "notes": [], "href": {}, "children": {"attached": {"a": 1}, "callout": 3}, "summaries": 1}, "relationships": "x"}, 3, None, "a", []]).encode())]),
        "ranges of a boundary.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": "a", "boundaries": [{"range": "(0,99999999999)"}, {"range": "(-5,١)"}, {"range": "master"}] * 3_000, "summaries": [{"range": "(0,999999)", "topicId": "x"}] * 3_000, "children": {"attached": [{"title": "b"}] * 3_000}}}]).encode())]),
        "links in a ring.kumu.json": lambda: json.dumps({"elements": [{"label": "a", "type": "b"}] * 30_000, "connections": [{"from": "a", "to": "a", "direction": "mutual"}] * 30_000}).encode(),
        "polygons without end.geojson": lambda: json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "a"}, "geometry": {"type": "Polygon", "coordinates": [[[0.5, 0.5]] * 150_000]}}]}).encode(),
        "collections in collections.geojson": lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"a"},"geometry":' + b'{"type":"GeometryCollection","geometries":[' * 900 + b"null" + b"]}" * 900 + b"}]}",
        "one place thousands of times.geojson": lambda: json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "a", "type": "atelier"}, "geometry": {"type": "Point", "coordinates": [0.5, 45.5]}}] * 60_000}).encode(),
        "properties without end.geojson": lambda: json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {f"k{n}": "a" for n in range(100_000)}, "geometry": None}]}).encode(),
        "coordinates of nothing.geojson": lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":1e999,"a":[[]]},"geometry":{"type":"Point","coordinates":[1e999,NaN,"x",null]}},{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":7}}]}',
    }  # fmt: skip
