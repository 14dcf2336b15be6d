# ruff: noqa: E501 - the files are written as long as the applications write them
"""Write the map of tests/variants/expected.json as applications that draw graphs would: atelier.<extension>.

    python tests/tools/write_graph_variants.py

Every topic is a node, every branch an edge without words. The files are committed; see write_variants.py for maps.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

FOLDER = Path(__file__).resolve().parent.parent / "variants"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

Node = dict[str, Any]


def graph() -> tuple[list[Node], list[tuple[int, int, str]]]:
    """Nodes in the order of the map; edges as (number, number, label), the branches first."""
    nodes: list[Node] = []
    edges: list[tuple[int, int, str]] = []
    stack = [(-1, root) for root in reversed(EXPECTED["roots"])]
    while stack:
        parent, node = stack.pop()
        if parent >= 0:
            edges.append((parent, len(nodes), ""))
        stack += [(len(nodes), child) for child in reversed(node.get("children", []))]
        nodes.append(node)
    numbers = {node["label"]: n for n, node in enumerate(nodes)}
    edges += [(numbers[a], numbers[b], label) for a, b, label in EXPECTED["cross_links"]]
    return nodes, edges


NODES, EDGES = graph()


def place(n: int) -> tuple[int, int]:
    return (n % 4) * 260 - 400, (n // 4) * 120 - 200


def drawio() -> str:
    """One page packed as draw.io does by default in older versions: percent-encoded, deflated, in base64."""
    cells = ['<mxCell id="0"/><mxCell id="1" parent="0"/>']
    for n, node in enumerate(NODES):
        x, y = place(n)
        label = escape(f"<b>{escape(node['label'], quote=False)}</b>" if "&" in node["label"] else node["label"])
        cell = (
            'style="rounded=1;whiteSpace=wrap;html=1;fillColor=#dae8fc;strokeColor=#6c8ebf;" vertex="1" parent="1">'
            f'<mxGeometry x="{x}" y="{y}" width="200" height="60" as="geometry"/></mxCell>'
        )
        if "note" in node or "link" in node:
            extra = f' tooltip="{escape(node["note"])}"' if "note" in node else f' link="{escape(node["link"])}"'
            cells.append(f'<UserObject label="{label}"{extra} id="n{n}"><mxCell {cell}</UserObject>')
        else:
            cells.append(f'<mxCell id="n{n}" value="{label}" {cell}')
    for n, (start, end, label) in enumerate(EDGES):
        cells.append(
            f'<mxCell id="e{n}" value="{escape(label)}" style="edgeStyle=orthogonalEdgeStyle;html=1;" edge="1" parent="1" '
            f'source="n{start}" target="n{end}"><mxGeometry relative="1" as="geometry"/></mxCell>'
        )
    model = f'<mxGraphModel dx="1100" dy="800" grid="1" gridSize="10"><root>{"".join(cells)}</root></mxGraphModel>'
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(quote(model, safe="~()*!.'").encode()) + deflater.flush()
    body = base64.b64encode(packed).decode()
    return f'<mxfile host="app.diagrams.net" modified="2026-05-12T09:00:00.000Z" version="15.8.7" type="device"><diagram id="Kq1" name="Page-1">{body}</diagram></mxfile>'


def excalidraw() -> dict[str, Any]:
    elements: list[dict[str, Any]] = []
    common = {"angle": 0, "strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid", "groupIds": [], "frameId": None, "isDeleted": False, "locked": False}  # fmt: skip

    def text(native: str, holder: str, words: str) -> dict[str, Any]:
        return {"id": native, "type": "text", "x": 0, "y": 0, "width": 180, "height": 25, **common, "boundElements": None, "link": None, "text": words, "fontSize": 20, "fontFamily": 5, "containerId": holder, "originalText": words}  # fmt: skip

    for n, node in enumerate(NODES):
        x, y = place(n)
        bound = [{"type": "text", "id": f"text{n:04d}"}]
        elements.append({"id": f"node{n:04d}", "type": "rectangle", "x": x, "y": y, "width": 200, "height": 60, **common, "boundElements": bound, "link": node.get("link")})  # fmt: skip
        elements.append(text(f"text{n:04d}", f"node{n:04d}", node["label"]))
    for n, (start, end, label) in enumerate(EDGES):
        ends = {f"{side}Binding": {"elementId": f"node{m:04d}", "focus": 0, "gap": 4} for side, m in (("start", start), ("end", end))}  # fmt: skip
        elements.append({"id": f"edge{n:04d}", "type": "arrow", "x": 0, "y": 0, "width": 90, "height": 9, **common, "boundElements": [], "link": None, "points": [[0, 0], [90, 9]], **ends, "startArrowhead": None, "endArrowhead": "arrow"})  # fmt: skip
        if label:
            elements.append(text(f"word{n:04d}", f"edge{n:04d}", label))
    return {"type": "excalidraw", "version": 2, "source": "https://excalidraw.com", "elements": elements, "appState": {"gridSize": 20, "viewBackgroundColor": "#ffffff"}, "files": {}}  # fmt: skip


def excalidraw_note() -> str:
    """As the plugin of Obsidian writes it: the texts for search, then the drawing, packed."""
    words = "\n\n".join(f"{e['text']} ^{e['id']}" for e in excalidraw()["elements"] if e["type"] == "text")
    packed = lz_string(json.dumps(excalidraw(), ensure_ascii=False, indent="\t"))
    body = "\n\n".join(packed[n : n + 256] for n in range(0, len(packed), 256))
    return (
        "---\n\nexcalidraw-plugin: parsed\ntags: [excalidraw]\n\n---\n==⚠  Switch to EXCALIDRAW VIEW in the MORE OPTIONS menu of this document. ⚠==\n\n\n"
        f"# Excalidraw Data\n\n## Text Elements\n{words}\n\n%%\n## Drawing\n```compressed-json\n{body}\n```\n%%\n"
    )


def lz_string(text: str) -> str:
    """LZ-String's compressToBase64: dictionary codes, least significant bit first, whose width grows."""
    units = list(_units(text))
    known: dict[str, int] = {}
    fresh: set[str] = set()
    bits: list[int] = []
    width, room, word = 2, 2, ""

    def put(value: int, size: int) -> None:
        bits.extend(value >> n & 1 for n in range(size))

    def spend() -> None:
        nonlocal width, room
        room -= 1
        if room == 0:
            room, width = 1 << width, width + 1

    def emit(phrase: str) -> None:
        if phrase in fresh:
            wide = ord(phrase) > 255
            put(int(wide), width)
            put(ord(phrase), 16 if wide else 8)
            fresh.discard(phrase)
            spend()
        else:
            put(known[phrase], width)
        spend()

    for unit in units:
        if unit not in known:
            known[unit] = len(known) + 3
            fresh.add(unit)
        if word + unit in known:
            word += unit
            continue
        if word:
            emit(word)
        known[word + unit] = len(known) + 3
        word = unit
    emit(word)
    put(2, width)
    bits += [0] * (-len(bits) % 6)
    out = "".join(_BASE64[int("".join(map(str, bits[n : n + 6])), 2)] for n in range(0, len(bits), 6))
    return out + "=" * (-len(out) % 4)


def _units(text: str) -> Iterator[str]:
    data = text.encode("utf-16-le")
    return (chr(data[n] | data[n + 1] << 8) for n in range(0, len(data), 2))


def dot() -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '\\"') + '"'

    lines = ["// atelier", "digraph atelier {", '\tgraph [rankdir=LR, label="Atelier"];', "\tnode [shape=box];"]
    for n, node in enumerate(NODES):
        extra = f", tooltip={quoted(node['note'])}" if "note" in node else ""
        extra += f", URL={quoted(node['link'])}" if "link" in node else ""
        lines.append(f"\tn{n} [label={quoted(node['label'])}{extra}];")
    lines += [
        f"\tn{a} -> n{b}" + (f" [label={quoted(label)}, style=dashed];" if label else ";") for a, b, label in EDGES
    ]
    return "\n".join([*lines, "}", ""])


def cxl() -> str:
    concepts = "\n".join(
        f'            <concept id="1ZC-{n}" label="{escape(node["label"])}"'
        + (f' long-comment="{escape(node["note"])}"' if "note" in node else "")
        + "/>"
        for n, node in enumerate(NODES)
    )
    phrases, connections = [], []
    for n, (start, end, label) in enumerate(EDGES):
        if not label:
            connections.append((f"1ZC-{start}", f"1ZC-{end}"))
            continue
        phrases.append(f'            <linking-phrase id="1ZP-{n}" label="{escape(label)}"/>')
        connections += [(f"1ZC-{start}", f"1ZP-{n}"), (f"1ZP-{n}", f"1ZC-{end}")]
    tied = "\n".join(
        f'            <connection id="1ZX-{n}" from-id="{a}" to-id="{b}"/>' for n, (a, b) in enumerate(connections)
    )
    looks = "\n".join(
        f'            <concept-appearance id="1ZC-{n}" x="{place(n)[0] + 500}" y="{place(n)[1] + 300}" width="120" height="28"/>'
        for n in range(len(NODES))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<cmap xmlns:dcterms="http://purl.org/dc/terms/" xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:vcard="http://www.w3.org/2001/vcard-rdf/3.0#">
    <res-meta>
        <dc:title>Atelier</dc:title>
        <dc:format>x-cmap/x-storable</dc:format>
        <dc:publisher>FIHMC CmapTools 6.04</dc:publisher>
    </res-meta>
    <map width="1512" height="1161">
        <concept-list>
{concepts}
        </concept-list>
        <linking-phrase-list>
{chr(10).join(phrases)}
        </linking-phrase-list>
        <connection-list>
{tied}
        </connection-list>
        <concept-appearance-list>
{looks}
        </concept-appearance-list>
    </map>
</cmap>
"""


def thebrain() -> bytes:
    def native(kind: str, n: int) -> str:
        return f"{kind}0f61-09fb-4497-830d-1210000000{n:02d}"

    def lines(values: list[dict[str, Any]]) -> str:
        return (
            "\ufeff"
            + "\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
            + "\n"
        )

    at = "2026-05-12T09:00:00"
    thoughts = [{"Name": node["label"], "Id": native("aaaa", n), "ACType": 0, "Kind": 1, "CreationDateTime": at, "ModificationDateTime": at} for n, node in enumerate(NODES)]  # fmt: skip
    links: list[dict[str, Any]] = []
    for n, (start, end, label) in enumerate(EDGES):
        link = {"ThoughtIdA": native("aaaa", start), "ThoughtIdB": native("aaaa", end), "Kind": 1, "Relation": 3 if label else 1, "Direction": -1, "Meaning": 1, "Id": native("bbbb", n)}  # fmt: skip
        links.append({**link, "Name": label} if label else link)
    members = {"thoughts.json": lines(thoughts), "links.json": lines(links)}
    linked = [(n, node["link"]) for n, node in enumerate(NODES) if "link" in node]
    members["attachments.json"] = lines(
        [{"SourceId": native("aaaa", n), "Type": 3, "Location": url} for n, url in linked]
    )
    members |= {f"{native('aaaa', n)}/Notes.md": node["note"] for n, node in enumerate(NODES) if "note" in node}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 5, 12, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def kumu() -> str:
    elements = [
        {"label": node["label"]}
        | ({"description": node["note"]} if "note" in node else {})
        | ({"url": node["link"]} if "link" in node else {})
        for node in NODES
    ]
    connections = [
        {"from": NODES[a]["label"], "to": NODES[b]["label"], "direction": "directed"}
        | ({"type": label} if label else {})
        for a, b, label in EDGES
    ]
    return json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=2)


def main() -> None:
    made: dict[str, str | bytes] = {
        "drawio": drawio(), "excalidraw": json.dumps(excalidraw(), ensure_ascii=False, indent=2),
        "excalidraw.md": excalidraw_note(), "dot": dot(), "cxl": cxl(), "thebrain.zip": thebrain(), "kumu.json": kumu(),
    }  # fmt: skip
    for extension, content in made.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (FOLDER / f"atelier.{extension}").write_bytes(data)


if __name__ == "__main__":
    main()
