# ruff: noqa: E501 - samples stand on the lines they come on
"""Graphs: JSON Canvas, GraphML of yEd and others, GEXF; every node a root, edges as cross links."""

from __future__ import annotations

import json

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind
from tests.map_reading import carried, groups, left, links, notes, topics
from tests.reading import read

CANVAS = {
    "nodes": [
        {"id": "g", "type": "group", "x": 0, "y": 0, "width": 500, "height": 300, "label": "Le marché", "color": "2"},
        {"id": "a", "type": "text", "text": "**Étals**\n\n- fruits", "x": 10, "y": 10, "width": 100, "height": 50},
        {"id": "b", "type": "file", "file": "notes/Halle.md", "subpath": "#Toit", "x": 600, "y": 10, "width": 10, "height": 10},
        {"id": "c", "type": "link", "url": "https://exemple.org/halle", "x": 20, "y": 80, "width": 100, "height": 50},
    ],
    "edges": [
        {"id": "1", "fromNode": "a", "toNode": "b", "label": "sous\nla halle"},
        {"id": "2", "fromNode": "b", "toNode": "c", "toEnd": "none"},
        {"id": "3", "fromNode": "c", "toNode": "a", "fromEnd": "arrow"},
        {"id": "4", "fromNode": "c", "toNode": "absent"},
    ],
}  # fmt: skip


def test_a_canvas_keeps_markdown_as_it_is_and_directions() -> None:
    document = read("marche.canvas", json.dumps(CANVAS))
    assert topics(document) == ["Le marché", "**Étals** - fruits", "notes/Halle.md", "https://exemple.org/halle"]
    assert links(document) == [
        ("**Étals** - fruits", "notes/Halle.md", "sous la halle", "forward"),
        ("notes/Halle.md", "https://exemple.org/halle", "", "none"),
        ("https://exemple.org/halle", "**Étals** - fruits", "", "both"),
    ]
    assert carried(document, "https://exemple.org/halle")["links"] == ["https://exemple.org/halle"]
    assert carried(document, "notes/Halle.md")["attributes"] == {"type": "file", "subpath": "#Toit"}
    assert left(document) == {"attached files": 1, "relations": 1}
    assert document.ledger.found["relations"] == 4
    assert document.ledger.kept["relations"] == 3


def test_a_group_of_a_canvas_holds_what_lies_inside_it() -> None:
    assert groups(read("marche.canvas", json.dumps(CANVAS))) == {
        "Le marché": ["**Étals** - fruits", "https://exemple.org/halle"]
    }


YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key attr.name="url" attr.type="string" for="node" id="d4"/><key attr.name="description" attr.type="string" for="node" id="d5"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0" yfiles.foldertype="group"><data key="d5"/><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="1">
<y:GroupNode><y:NodeLabel>Ouvert</y:NodeLabel></y:GroupNode><y:GroupNode><y:Fill color="#ffcc00"/><y:NodeLabel>Le port</y:NodeLabel></y:GroupNode>
</y:Realizers></y:ProxyAutoBoundsNode></data>
<graph edgedefault="directed" id="n0:"><node id="n0::n0"><data key="d5"><![CDATA[À revoir.]]></data><data key="d6"><y:ShapeNode>
<y:Geometry height="30.0" width="60.0" x="1.5" y="-2"/><y:NodeLabel>Le quai
des pêcheurs<y:LabelModel> <y:Smart/></y:LabelModel></y:NodeLabel><y:NodeLabel>ouvert en été</y:NodeLabel><y:Shape type="ellipse"/></y:ShapeNode></data></node>
<edge id="e0" source="n0::n0" target="n1"><data key="d10"><y:PolyLineEdge><y:Arrows source="standard" target="none"/><y:EdgeLabel>mène à</y:EdgeLabel></y:PolyLineEdge></data></edge></graph></node>
<node id="n1"><data key="d4">https://exemple.org/phare</data><data key="d6"><y:ShapeNode><y:NodeLabel hasText="false"/></y:ShapeNode></data></node>
<hyperedge><endpoint node="n0"/><endpoint node="n1"/></hyperedge>
</graph></graphml>"""


def test_a_yed_graph_keeps_labels_groups_notes_and_arrows() -> None:
    document = read("port.graphml", YED)
    assert topics(document) == ["Le port", "Le quai des pêcheurs", "n1"]
    assert links(document) == [("Le quai des pêcheurs", "n1", "mène à", "backward")]
    assert groups(document) == {"Le port": ["Le quai des pêcheurs"]}
    notes = {b.attributes["role"]: b.label for b in document.blocks if b.kind is BlockKind.NOTE}
    assert notes == {"details": "ouvert en été", "note": "À revoir."}
    assert carried(document, "n1")["links"] == ["https://exemple.org/phare"]
    quay = carried(document, "Le quai des pêcheurs")
    assert quay["position"] == {"x": "1.5", "y": "-2", "width": "60.0", "height": "30.0"}
    assert quay["style"] == {"shape": "ellipse"}
    assert left(document) == {"hyperedges": 1}
    assert (document.ledger.found["notes"], document.ledger.kept["notes"]) == (1, 1)


def test_a_plain_graphml_names_its_nodes_by_label_then_name_then_tooltip_then_id() -> None:
    text = """<graphml><key id="k" attr.name="Label"/><key id="m" attr.name="name"/><key id="t" attr.name="tooltip"/><key id="p" attr.name="poids"/>
    <graph edgedefault="undirected"><node id="1"><data key="t">Infobulle</data><data key="m">Nom</data><data key="k">École</data><data key="p">3</data></node>
    <node id="2"><data key="t">Infobulle</data><data key="m">Mairie</data></node><node id="3"><data key="t">Poste</data></node><node id="4"/>
    <edge source="1" target="2"/><edge source="2" target="3" directed="true"><data key="k">écrit à</data><data key="p">2</data></edge></graph></graphml>"""
    document = read("bourg.graphml", text)
    assert topics(document) == ["École", "Mairie", "Poste", "4"]
    assert links(document) == [("École", "Mairie", "", "none"), ("Mairie", "Poste", "écrit à", "forward")]
    assert carried(document, "École")["attributes"] == {"tooltip": "Infobulle", "name": "Nom", "poids": "3"}
    assert left(document) == {"data of edges": 1}


def test_the_keys_of_a_graphml_may_stand_inside_its_graph() -> None:
    text = """<graphml><graph edgedefault="directed"><key id="k" for="node" attr.name="label"/>
    <node id="1"><data key="k"><![CDATA[Écluse]]></data></node></graph></graphml>"""
    assert topics(read("canal.graphml", text)) == ["Écluse"]


def test_labels_of_yfiles_are_read_too() -> None:
    text = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/yfiles-common/3.0" xmlns:x="http://www.yworks.com/xml/yfiles-common/markup/3.0">
    <key id="d3" for="node" attr.name="NodeLabels"/><graph><node id="n0"><data key="d3"><x:List><y:Label><y:Label.Text><![CDATA[Lavoir]]></y:Label.Text></y:Label></x:List></data></node>
    <node id="n1"><data key="d3"><x:List><y:Label Text="Fontaine"/></x:List></data></node></graph></graphml>"""
    assert topics(read("eau.graphml", text)) == ["Lavoir", "Fontaine"]


GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2"><meta><title>Réseau</title></meta>
<graph defaultedgetype="directed"><attributes class="node"><attribute id="0" title="porteur" type="string"/></attributes>
<nodes><node id="1" label="Épicerie" start="2024-01-01"><attvalues><attvalue for="0" value="CCAS"/></attvalues>
<viz:position x="1.5" y="2" z="0.0"/><viz:color r="255" g="0" b="16"/>
<nodes><node id="2" label="Rayon vrac"/><node id="3" label="  "/></nodes></node><node id="4" label="Dépôt" pid="1"/></nodes>
<edges><edge id="0" source="1" target="2" label="abrite" weight="2.0"/><edge source="2" target="3" type="undirected"/>
<edge source="3" target="4" type="mutual"/><edge source="4" target="99"/></edges></graph></gexf>"""


def test_a_gexf_graph_keeps_labels_attributes_hierarchy_and_directions() -> None:
    document = read("reseau.gexf", GEXF)
    assert document.title == "Réseau"
    assert topics(document) == ["Épicerie", "Rayon vrac", "3", "Dépôt"]
    assert links(document) == [
        ("Épicerie", "Rayon vrac", "abrite", "forward"), ("Rayon vrac", "3", "", "none"), ("3", "Dépôt", "", "both"),
    ]  # fmt: skip
    assert groups(document) == {"Épicerie": ["Rayon vrac", "3", "Dépôt"]}
    shop = carried(document, "Épicerie")
    assert shop["attributes"] == {"porteur": "CCAS"}
    assert shop["dates"] == {"start": "2024-01-01"}
    assert shop["style"] == {"background": "#ff0010"}
    assert shop["position"] == {"x": "1.5", "y": "2", "z": "0.0"}
    assert left(document) == {"data of edges": 1, "relations": 1}


def test_what_a_graphml_holds_beside_nodes_is_kept_or_told() -> None:
    text = """<graphml xmlns:y="http://www.yworks.com/xml/graphml" xmlns:m="http://exemple.org/m">
    <key id="g" for="node" yfiles.type="nodegraphics"/><key id="e" for="edge" attr.name="Edge Label"/>
    <key id="n" for="node" attr.name="description"/><key id="r" for="edge" attr.name="description"/><key id="m" for="node"/>
    <graph edgedefault="directed">
    <node id="a"><data key="g"><y:UMLClassNode><y:NodeLabel>Halle</y:NodeLabel><y:UML><y:AttributeLabel>étals
    horaires</y:AttributeLabel><y:MethodLabel>ouvrir()</y:MethodLabel></y:UML></y:UMLClassNode></data></node>
    <node id="b" yfiles.foldertype="group"><data key="g"><y:ShapeNode><y:NodeLabel>Vide</y:NodeLabel></y:ShapeNode></data></node>
    <node id="c"><data key="m"><m:porte cote="nord"/></data><data key="n">à côté</data></node>
    <edge source="a" target="c"><data key="e">donne sur</data><data key="r">par la cour</data></edge>
    </graph></graphml>"""
    document = read("halle.graphml", text)
    assert topics(document) == ["Halle", "Vide", "c"]
    assert notes(document, "details") == {"Halle": "étals\nhoraires\nouvrir()"}
    assert links(document) == [("Halle", "c", "donne sur", "forward")]
    assert left(document) == {"boundaries": 1, "unknown elements": 1, "data of edges": 1}
    assert document.ledger.found == {"topics": 3, "relations": 1, "boundaries": 1, "notes": 1}


def test_what_a_gexf_says_of_itself_and_how_its_edges_look_is_told() -> None:
    text = """<gexf xmlns:viz="http://gexf.net/1.3/viz"><meta><Title>Marché</Title><creator>un outil</creator><description/></meta>
    <graph><nodes><node id="a" label="Étal"/><node id="b" label="Halle"/></nodes>
    <edges><edge source="a" target="b"><viz:color r="1" g="2" b="3"/><viz:thickness value="2"/></edge></edges></graph></gexf>"""
    document = read("marche.gexf", text)
    assert document.title == "Marché"
    assert left(document) == {"head fields": 1, "looks of edges": 2}


@pytest.mark.parametrize("name", ["x.gexf", "x.graphml"])
def test_nodes_that_hold_each_other_and_repeated_ids_survive(name: str) -> None:
    kind = name[2:]
    nodes = '<node id="a" label="un" pid="b"/><node id="b" label="deux" pid="a"/><node id="a" label="trois"/>'
    inner = f"<nodes>{nodes}</nodes>" if kind == "gexf" else nodes
    document = read(name, f'<{kind}><graph>{inner}<edge source="a" target="b"/></graph></{kind}>')
    assert len(topics(document)) == 3
    assert len(document.cross_links) == 1
    assert left(document) == {"ids": 1}


def deep(kind: str, levels: int) -> str:
    opened = {"gexf": '<nodes><node id="a">', "graphml": '<graph><node id="a">'}[kind]
    closed = {"gexf": "</node></nodes>", "graphml": "</node></graph>"}[kind]
    around = ("<graph>", "</graph>") if kind == "gexf" else ("", "")
    return f"<{kind}>{around[0]}{opened * levels}{closed * levels}{around[1]}</{kind}>"


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_a_graph_nested_too_deep_is_refused(kind: str) -> None:
    with pytest.raises(InputRefused, match="nested deeper"):
        read(f"x.{kind}", deep(kind, 100_000))


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_a_graph_nested_as_deep_as_allowed_is_read(kind: str) -> None:
    assert len(topics(read(f"x.{kind}", deep(kind, 1_000)))) == 1_000


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_declared_entities_are_refused(kind: str) -> None:
    with pytest.raises(InputRefused, match="entities"):
        read(f"x.{kind}", f'<!DOCTYPE x [<!ENTITY a "b">]><{kind}><graph><node id="&a;"/></graph></{kind}>')


def test_groups_that_hold_everything_are_bounded() -> None:
    box = {"x": 0, "y": 0, "width": 9, "height": 9}
    nodes = [{"id": f"g{n}", "type": "group", **box} for n in range(3_000)]
    document = read("x.canvas", json.dumps({"nodes": nodes, "edges": []}))
    assert left(document) == {"boundaries": 3_000}


def test_unknown_members_are_told_in_the_order_of_the_file() -> None:
    names = ["hauteur", "auteur", "zone", "bord", "ombre", "calque"]
    node = {"id": "1", "type": "text", "text": "Halle", "x": 0, "y": 0, "width": 9, "height": 9} | dict.fromkeys(
        names, 1
    )
    document = read("x.canvas", json.dumps({"nodes": [node], "edges": [], "metadata": {}}))
    assert [x.why for x in document.ledger.left_out] == [*(f"nodes: {name}" for name in names), "canvas: metadata"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.gexf", '<gexf><graph><nodes><node id="1" label="Halle "du port" & quai"/></nodes></graph></gexf>'),
        ("a.graphml", '<graphml><graph><node id="Halle "du port" & quai"/></graph></graphml>'),
    ],
)
def test_a_graph_that_a_script_wrote_without_escaping_is_read_after_repairs_that_are_told(name: str, text: str) -> None:
    document = read(name, text)
    assert topics(document) == ['Halle "du port" & quai']
    assert left(document) == {"entities": 1, "values": 1}


def test_a_graph_with_thousands_of_unknown_members_tells_them_together() -> None:
    data = {"nodes": [{"id": "1", "type": "text", "text": "Halle", "x": 0}], "edges": []} | {
        f"m{n}": 1 for n in range(5_000)
    }
    lost = read("x.canvas", json.dumps(data)).ledger.left_out
    assert len(lost) < 400
    assert sum(one.count for one in lost) == 5_000


@pytest.mark.parametrize(
    "content",
    [
        '{"nodes": [3], "edges": [{"fromNode": 1}]}',
        '{"nodes": null, "edges": [{"fromNode": 1}]}',
        '{"nodes": [], "edges": []}',
        '{"nodes": [{"type": "text", "x": "un", "id": {}}, "b"]}',
    ],
)
def test_a_canvas_of_another_shape_is_refused_in_a_sentence(content: str) -> None:
    with pytest.raises(InputRefused, match=r"x\.canvas"):
        read("x.canvas", content)


def test_numbers_that_are_no_place_are_no_trouble() -> None:
    text = '{"nodes": [{"id": 7, "type": "text", "text": 5, "x": 1e400, "y": NaN, "width": "a", "height": null}], "edges": []}'
    assert topics(read("x.canvas", text)) == ["5"]


def test_ids_made_to_clash_with_those_that_are_made_unique_survive() -> None:
    nodes = [{"id": "a" + "~2" * (n % 1_500), "type": "text", "text": "x", "x": 0} for n in range(3_000)]
    document = read("x.canvas", json.dumps({"nodes": nodes, "edges": []}))
    assert len({b.place for b in document.blocks}) == 3_000


def test_a_damaged_canvas_is_refused_with_its_place() -> None:
    with pytest.raises(InputRefused, match=r"broken JSON.*|line 1"):
        read("x.canvas", '{"nodes": [{"id": "a", "type": "text"')
