# ruff: noqa: E501 - samples stand on the lines they come on
"""Drawings: draw.io and Excalidraw, bare, packed, and inside pictures."""

from __future__ import annotations

import base64
import html
import json
import struct
import zlib
from typing import Any
from urllib.parse import quote

import pytest

from graph.errors import InputRefused
from ingest.bounds.packed import lz_string, unpercent
from ingest.document import BlockKind
from tests.map_reading import carried, groups, left, links, topics
from tests.reading import read

PAGE = """<mxGraphModel dx="10"><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="2" value="Lavoir" style="swimlane;fillColor=#fff2cc;html=1;" vertex="1" collapsed="1" parent="1"><mxGeometry x="40" y="20" width="120" height="60" as="geometry"/></mxCell>
<mxCell id="3" value="&lt;div&gt;Un &lt;b&gt;banc&lt;/b&gt;&lt;/div&gt;&lt;div&gt;&amp;nbsp;à l&#39;ombre&lt;/div&gt;" vertex="1" parent="2"/>
<mxCell id="4" style="edgeStyle=none;startArrow=classic;endArrow=none;" edge="1" parent="1" source="2" target="5"><mxGeometry relative="1" as="geometry"/></mxCell>
<mxCell id="6" value="alimente" style="edgeLabel;html=1;" vertex="1" connectable="0" parent="4"/>
<UserObject label="Source %nom%" placeholders="1" nom="du Pré" link="https://exemple.org/source" tags="eau bourg" tooltip="À sec en août" id="5"><mxCell vertex="1" parent="1"/></UserObject>
<mxCell id="7" edge="1" parent="1" source="2"/></root></mxGraphModel>"""


def pack(page: str) -> str:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(deflater.compress(quote(page).encode()) + deflater.flush()).decode()


def mxfile(*pages: str) -> str:
    inside = "".join(f'<diagram id="d{n}" name="Vue {n}">{page}</diagram>' for n, page in enumerate(pages, 1))
    return f'<mxfile host="app.diagrams.net">{inside}</mxfile>'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + b"".join(chunks) + chunk(b"IEND", b"")


def raw_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


WRAPPED = {
    "plain.drawio": mxfile(PAGE).encode(),
    "bare.xml": PAGE.encode(),
    "packed.drawio": mxfile(pack(PAGE)).encode(),
    "text.drawio.png": png(chunk(b"tEXt", b"mxfile\0" + quote(mxfile(pack(PAGE))).encode())),
    "deflated.png": png(chunk(b"zTXt", b"mxGraphModel\0\0" + raw_deflate(quote(PAGE).encode()))),
    "page.drawio.html": f'<!DOCTYPE html>\n<html><head><title>bourg</title></head><body><div class="mxgraph" data-mxgraph="{html.escape(json.dumps({"highlight": "#0000ff", "xml": mxfile(pack(PAGE))}))}"></div></body></html>'.encode(),
    "plain.drawio.svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="9" content="{mxfile(pack(PAGE)).replace("<", "&lt;").replace(chr(34), "&quot;")}"><g/></svg>'.encode(),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_diagram_is_the_same_in_all_its_wrappings(name: str) -> None:
    document = read(name, WRAPPED[name])
    assert topics(document) == ["Lavoir", "Un banc à l'ombre", "Source %nom%"]
    assert links(document) == [("Lavoir", "Source %nom%", "alimente", "backward")]
    assert groups(document) == {"Lavoir": ["Un banc à l'ombre"]}
    spring = carried(document, "Source %nom%")
    assert spring["links"] == ["https://exemple.org/source"]
    assert spring["tags"] == ["eau", "bourg"]
    assert spring["attributes"] == {"nom": "du Pré"}
    assert carried(document, "Lavoir")["folded"] is True
    assert {b.attributes["role"]: b.label for b in document.blocks if b.kind is BlockKind.NOTE} == {
        "details": "Source du Pré", "note": "À sec en août",
    }  # fmt: skip
    assert left(document) == {"labels of edges": 1, "relations": 1}
    assert document.ledger.found["topics"] == 4  # the label of the edge is a box of its own in the file


def test_pages_keep_their_ids_apart() -> None:
    other = PAGE.replace("Lavoir", "Moulin")
    document = read("deux.drawio", mxfile(pack(PAGE), other))
    assert [x[0] for x in links(document)] == ["Lavoir", "Moulin"]
    assert [b.attributes["sheet"] for b in document.blocks if b.label in {"Lavoir", "Moulin"}] == ["Vue 1", "Vue 2"]


def test_a_picture_without_a_diagram_is_no_diagram() -> None:
    for name, data in {
        "p.png": png(),
        "p.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>',
    }.items():
        with pytest.raises(InputRefused, match=r"picture|SVG"):
            read(name, data)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("!!!!", "broken base64"),
        (pack(PAGE)[:-40], "damaged or cut|broken base64"),
        (base64.b64encode(raw_deflate(b" " * 60_000_000)).decode(), "bomb"),
        (pack('<!DOCTYPE a [<!ENTITY b "c">]><mxGraphModel>&b;</mxGraphModel>'), "entities"),
        (pack("<mxGraphModel><root>"), "not well-formed"),
    ],
)
def test_a_packed_page_that_is_damaged_or_hostile_is_refused_by_its_place(page: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=rf"Vue 1.*({reason})|({reason})"):
        read("x.drawio", mxfile(page))


def test_cells_that_hold_each_other_survive() -> None:
    cells = '<mxCell id="a" vertex="1" parent="b" value="un"/><mxCell id="b" vertex="1" parent="a" value="deux"/>'
    cells += (
        '<mxCell id="a" vertex="1" parent="a" value="trois"/><mxCell id="e" edge="1" parent="e" source="a" target="e"/>'
    )
    document = read("x.drawio", f"<mxGraphModel><root>{cells}</root></mxGraphModel>")
    assert topics(document) == ["un", "deux", "trois"]


def test_percent_decoding_is_the_same_wherever_the_pieces_are_cut() -> None:
    text = "é%" * 3
    encoded = quote(text).encode()
    for padding in range(1, 9):
        data = b"x" * ((1 << 20) - padding) + encoded
        assert unpercent(data) == b"x" * ((1 << 20) - padding) + text.encode()


# --- Excalidraw -----------------------------------------------------------------------------------------------------


def element(native: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": native, "type": kind, "x": 1, "y": 2, "isDeleted": False, "groupIds": [], "link": None, **more}


SCENE = {
    "type": "excalidraw",
    "version": 2,
    "elements": [
        element("f", "frame", name="Place du village"),
        element("a", "rectangle", backgroundColor="#ffec99", frameId="f", link="https://exemple.org"),
        element("ta", "text", text="Kiosque\nà musique", containerId="a", originalText="Kiosque à musique"),
        element("b", "text", text="Un texte libre", containerId=None, frameId="f"),
        element("c", "ellipse", isDeleted=True),
        element("d", "diamond"),
        element("e", "arrow", startBinding={"elementId": "ta"}, endBinding={"elementId": "b"}, startArrowhead="dot", endArrowhead=None),
        element("te", "text", text="accueille", containerId="e"),
        element("l", "line", startBinding=None, endBinding={"elementId": "d"}, endArrowhead=None),
        element("m", "line", startBinding=None, endBinding=None, endArrowhead=None),
        element("n", "line", startBinding={"elementId": "b"}, endBinding={"elementId": "d"}, startArrowhead=None, endArrowhead=None),
        element("i", "image"),
    ],
}  # fmt: skip


def scene_in_picture() -> bytes:
    packed = zlib.compress(json.dumps(SCENE).encode())
    return json.dumps(
        {"version": "1", "encoding": "bstring", "compressed": True, "encoded": packed.decode("latin-1")}
    ).encode()


DRAWN = {
    "place.excalidraw": json.dumps(SCENE).encode(),
    "place.excalidraw.md": f"---\n\nexcalidraw-plugin: parsed\n\n---\n# Text Elements\nKiosque ^ta\n\n%%\n# Drawing\n```json\n{json.dumps(SCENE)}\n```\n%%".encode(),
    "place.png": png(chunk(b"tEXt", b"application/vnd.excalidraw+json\0" + scene_in_picture())),
    "place.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><!-- svg-source:excalidraw --><metadata><!-- payload-type:application/vnd.excalidraw+json --><!-- payload-version:2 --><!-- payload-start -->' + base64.b64encode(scene_in_picture()) + b"<!-- payload-end --></metadata></svg>",
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_the_same_in_all_its_wrappings(name: str) -> None:
    document = read(name, DRAWN[name])
    assert topics(document) == ["Kiosque à musique", "Un texte libre", ""]
    assert links(document) == [
        ("Kiosque à musique", "Un texte libre", "accueille", "backward"), ("Un texte libre", "", "", "none"),
    ]  # fmt: skip
    assert groups(document) == {"Place du village": ["Kiosque à musique", "Un texte libre"]}
    assert carried(document, "Kiosque à musique")["links"] == ["https://exemple.org"]
    assert left(document) == {"deleted elements": 1, "images": 1, "relations": 2}
    found, kept = document.ledger.found, document.ledger.kept
    assert (found["topics"], kept["topics"]) == (4, 3)  # and one that is deleted
    assert (found["relations"], kept["relations"]) == (4, 2)


def test_what_stands_around_a_drawing_is_told() -> None:
    scene = {"type": "excalidraw", "elements": [
        element("a", "text", text="Halle", containerId=None),
        element("b", "arrow", link="https://exemple.org"),
        element("c", "image", link="https://exemple.org/plan"),
    ]}  # fmt: skip
    notice = "==⚠ Switch to EXCALIDRAW VIEW ⚠=="
    text = f"---\nexcalidraw-plugin: parsed\n---\n{notice}\n\nRelevé du marché.\n- deux étals\n\n# Text Elements\nHalle ^a\n%%\n# Drawing\n```json\n{json.dumps(scene)}\n```\n%%"
    document = read("halle.excalidraw.md", text.encode())
    assert topics(document) == ["Halle"]
    assert left(document) == {"text": 2, "lines": 1, "links": 2, "images": 1}


@pytest.mark.parametrize("packed", ["", "N4Ig", "////", "N4Igé"])
def test_a_packed_text_that_is_damaged_is_refused(packed: str) -> None:
    with pytest.raises(InputRefused, match=r"cut|damaged|broken"):
        lz_string("x.md", packed)


def test_a_packed_text_is_unpacked() -> None:
    assert lz_string("x.md", "BYUwNmD2A0AECWsCGBbZtDUzkA==") == "hello, i am a 猫"
