# ruff: noqa: E501 - samples stand on the lines they come on
"""Boards and drawn graphs: draw.io, Excalidraw, DOT, CmapTools, TheBrain, Trello, Kumu."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, RawFile
from ingest.packed import lz_string, unpercent
from ingest.registry import choose, read_document
from tests.reading import labels, read, tree
from tests.test_readers_graphs import carried, groups, left, links, topics

FOLDER = Path(__file__).parent / "variants"


def notes(text: str, name: str) -> dict[str, str]:
    return {b.attributes["role"]: b.label for b in read(name, text).blocks if b.kind is BlockKind.NOTE}


# --- draw.io --------------------------------------------------------------------------------------------------------

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
    assert left(document) == {"deleted elements": 1, "lines": 1, "images": 1, "relations": 1}


@pytest.mark.parametrize("packed", ["", "N4Ig", "////", "N4Igé"])
def test_a_packed_text_that_is_damaged_is_refused(packed: str) -> None:
    with pytest.raises(InputRefused, match=r"cut|damaged|broken"):
        lz_string("x.md", packed)


def test_a_packed_text_is_unpacked() -> None:
    assert lz_string("x.md", "BYUwNmD2A0AECWsCGBbZtDUzkA==") == "hello, i am a 猫"


# --- DOT ------------------------------------------------------------------------------------------------------------

DOT = r"""/* un plan */ strict digraph "Le bourg" { // titre
# une ligne pour le préprocesseur
  node [shape=box fontname="A"]; label="Le bourg & ses abords"
  école -> mairie -> {poste; café [label="Café\ndu port"]} -> halle:p1:n [label="mène à" color=red];
  subgraph cluster_1 { label=<Le <b>port</b><br/>neuf>; quai; phare -> quai [dir=both]; }
  "multi" + " mot" -> i, -1.5;
  k [label=<<table><tr><td>A</td><td>B</td></tr></table>>, URL="https://exemple.org"][tooltip="à voir", width=2];
  "a\"q" [label="caf&eacute; \N"]; vide [label="", style=invis]
  subgraph s {m n}; subgraph s -> o
}
graph { gare -- parc }
"""


def test_a_dot_graph_is_read_by_its_grammar() -> None:
    document = read("bourg.dot", DOT)
    assert document.title == "Le bourg & ses abords"
    assert topics(document) == [
        "école", "mairie", "poste", "Café du port", "halle", "quai", "phare", "multi mot", "i", "-1.5", "A B",
        'café a"q', "", "m", "n", "o", "gare", "parc",
    ]  # fmt: skip
    assert links(document) == [
        ("école", "mairie", "mène à", "forward"),
        ("mairie", "poste", "mène à", "forward"), ("mairie", "Café du port", "mène à", "forward"),
        ("poste", "halle", "mène à", "forward"), ("Café du port", "halle", "mène à", "forward"),
        ("phare", "quai", "", "both"),
        ("multi mot", "i", "", "forward"), ("multi mot", "-1.5", "", "forward"),
        ("m", "o", "", "forward"), ("n", "o", "", "forward"),
        ("gare", "parc", "", "none"),
    ]  # fmt: skip
    assert groups(document) == {"Le port neuf": ["quai", "phare"]}
    board = carried(document, "A B")
    assert (board["links"], board["attributes"]) == (["https://exemple.org"], {"width": "2"})
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 18


def test_the_same_name_in_two_graphs_is_two_nodes() -> None:
    document = read("deux.dot", "digraph un { a -> b }\ndigraph deux { b -> a }")
    assert [b.place for b in document.blocks] == ["a", "b", "b~2", "a~2"]
    assert [(x.from_id, x.to_id) for x in document.cross_links] == [("a", "b"), ("b~2", "a~2")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("digraph { a -> ", "not closed"),
        ("digraph { a -> }", "unexpected '}'"),
        ("digraph { a [label=<b }", "HTML string is not closed"),
        ('digraph { a [label="b }', "unexpected"),
        ("digraph { a = }", "unexpected"),
        ("digraph { a } trailing", "unexpected 'trailing'"),
        ("digraph " + "{" * 100_000, "nested deeper"),
        ("digraph { {" + " ".join(f"a{n}" for n in range(2_000)) + "} -> {" + " ".join(f"b{n}" for n in range(2_000)) + "} }", "edges"),
        ("digraph {}", "no topic"),
    ],
)  # fmt: skip
def test_a_dot_graph_that_is_broken_or_hostile_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        read("x.gv", text)


def test_defaults_and_attributes_by_the_thousand_cost_no_more_than_their_size() -> None:
    defaults = "".join(f"node [k{n}=v]; n{n};" for n in range(5_000))
    assert len(topics(read("x.dot", f"digraph {{ {defaults} }}"))) == 5_000
    many = ",".join(f"n{n}" for n in range(3_000))
    with pytest.raises(InputRefused, match="attributes of nodes"):
        read("x.dot", f"digraph {{ {many} [{','.join(f'k{n}=v' for n in range(1_000))}] }}")


@pytest.mark.parametrize(
    "text", ["graph paper {not ours}, says the note\n", "Le graph { a } du jour\n", "digraphe { a }\n"]
)
def test_a_text_that_only_looks_like_dot_is_left_to_other_readers(text: str) -> None:
    assert choose(RawFile("x.txt", text.encode())).name != "dot"


# --- CmapTools ------------------------------------------------------------------------------------------------------

CXL = """<?xml version="1.0" encoding="UTF-8"?><cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:vcard="v">
<res-meta><dc:title>Le jardin</dc:title><dc:creator><vcard:FN>Lise Aubin</vcard:FN></dc:creator></res-meta><map><concept-list>
<concept id="1" label="Jardin&#xa;partagé" long-comment="Ouvert le mardi"/><concept id="2" label="Voisins"/><concept id="3" label="Écoles"/><concept id="4" label="Compost"/></concept-list>
<linking-phrase-list><linking-phrase id="p" label="accueille"/><linking-phrase id="q" label="seule"/></linking-phrase-list>
<connection-list><connection id="c1" from-id="1" to-id="p"/><connection id="c2" from-id="p" to-id="2"/><connection id="c3" from-id="p" to-id="3"/>
<connection id="c4" from-id="4" to-id="p"/><connection id="c5" from-id="4" to-id="1"/><connection id="c6" from-id="q" to-id="1"/></connection-list>
<concept-appearance-list><concept-appearance id="1" x="10" y="20" width="5" height="6"/></concept-appearance-list></map></cmap>"""


def test_a_phrase_of_a_concept_map_ties_every_concept_before_it_to_every_one_after() -> None:
    document = read("jardin.cxl", CXL)
    assert document.title == "Le jardin"
    assert topics(document) == ["Jardin partagé", "Voisins", "Écoles", "Compost"]
    assert links(document) == [
        ("Jardin partagé", "Voisins", "accueille", "forward"), ("Jardin partagé", "Écoles", "accueille", "forward"),
        ("Compost", "Voisins", "accueille", "forward"), ("Compost", "Écoles", "accueille", "forward"),
        ("Compost", "Jardin partagé", "", "forward"),
    ]  # fmt: skip
    assert notes(CXL, "jardin.cxl") == {"note": "Ouvert le mardi"}
    assert left(document) == {"phrases": 1, "authors": 1}
    assert "Aubin" not in document.text


# --- TheBrain -------------------------------------------------------------------------------------------------------


def brain(**members: list[dict[str, Any]] | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, values in members.items():
            lines = values if isinstance(values, str) else "\ufeff" + "\n".join(json.dumps(v) for v in values)
            made.writestr(name.replace("__", "/").replace("_", "."), lines)
    return out.getvalue()


THOUGHTS = [
    {"Id": "a", "Name": "Fête du quai", "Kind": 1, "TypeId": "t", "CreationDateTime": "2026-05-12T09:00:00"},
    {"Id": "b", "Name": "Fanfare", "Kind": 1}, {"Id": "c", "Name": "Buvette", "Kind": 1},
    {"Id": "t", "Name": "Événement", "Kind": 2}, {"Id": "g", "Name": "musique", "Kind": 4},
]  # fmt: skip
LINKS = [
    {"ThoughtIdA": "a", "ThoughtIdB": "b", "Relation": 1, "Meaning": 1},
    {"ThoughtIdA": "c", "ThoughtIdB": "a", "Relation": 2, "Meaning": 1},
    {"ThoughtIdA": "b", "ThoughtIdB": "c", "Relation": 3, "Meaning": 1, "Name": "assoiffe"},
    {"ThoughtIdA": "g", "ThoughtIdB": "b", "Relation": 1, "Meaning": 5},
    {"ThoughtIdA": "b", "ThoughtIdB": "gone", "Relation": 1, "Meaning": 1},
]


def test_thoughts_are_nodes_and_types_and_tags_describe_them() -> None:
    data = brain(thoughts_json=THOUGHTS, links_json=LINKS, attachments_json=[{"SourceId": "c", "Type": 3, "Location": "https://exemple.org"}], a__Notes_md="À **préparer**")  # fmt: skip
    document = read("quai.zip", data)
    assert topics(document) == ["Fête du quai", "Fanfare", "Buvette"]
    assert links(document) == [
        ("Fête du quai", "Fanfare", "", "forward"), ("Fête du quai", "Buvette", "", "forward"),
        ("Fanfare", "Buvette", "assoiffe", "none"),
    ]  # fmt: skip
    assert carried(document, "Fête du quai")["attributes"] == {"type": "Événement"}
    assert carried(document, "Fanfare")["tags"] == ["musique"]
    assert carried(document, "Buvette")["links"] == ["https://exemple.org"]
    assert labels(document, BlockKind.NOTE) == ["À **préparer**"]
    assert left(document) == {"types": 1, "tags": 1, "relations": 1}


def test_thoughts_alone_are_read_and_links_alone_are_refused_by_name() -> None:
    lines = "\n".join(json.dumps(t) for t in THOUGHTS)
    assert len(topics(read("thoughts.json", "\ufeff" + lines))) == 3
    with pytest.raises(InputRefused, match="TheBrain"):
        read("links.json", "\n".join(json.dumps(x) for x in LINKS))


def test_thoughts_of_odd_types_are_no_trouble() -> None:
    lines = '{"Id": {}, "Name": [1], "Kind": {"a": 1}}\n{"Id": "x", "Name": "Moulin", "Kind": 1, "TypeId": []}'
    assert topics(read("thoughts.json", lines)) == ["Moulin"]


def test_a_broken_line_is_named() -> None:
    with pytest.raises(InputRefused, match=r"thoughts\.json, object 2"):
        read("t.zip", brain(thoughts_json=json.dumps(THOUGHTS[0]) + "\n{oops"))


# --- Trello ---------------------------------------------------------------------------------------------------------

BOARD: dict[str, Any] = {
    "id": "b", "name": "Marché du samedi", "desc": "Un tableau", "shortUrl": "https://trello.com/b/x",
    "lists": [{"id": "l2", "name": "Fait", "pos": 2, "closed": True, "idBoard": "b"}, {"id": "l1", "name": "À faire", "pos": 1.5, "idBoard": "b"}],
    "cards": [
        {"id": "c2", "idList": "l1", "name": "Chercher un local", "pos": 20, "idLabels": ["x"], "due": "2026-06-01T10:00:00.000Z"},
        {"id": "c1", "idList": "l1", "name": "Appeler la mairie", "desc": "Avant mardi", "pos": 10, "attachments": [{"url": "https://exemple.org"}]},
        {"id": "c3", "idList": "l2", "name": "Affiche", "pos": 1, "closed": True},
    ],
    "checklists": [{"id": "k", "idCard": "c2", "name": "Où ?", "checkItems": [{"id": "i1", "name": "Halle", "state": "complete", "pos": 9}, {"id": "i2", "name": "École", "state": "incomplete", "pos": 3}]}],
    "labels": [{"id": "x", "name": "urgent", "color": "red"}],
    "members": [{"id": "m", "fullName": "Lise Aubin"}],
    "actions": [{"type": "commentCard", "data": {"text": "oui"}}, {"type": "createCard"}],
}  # fmt: skip


def test_a_board_is_a_tree_of_lists_cards_and_check_items() -> None:
    document = read("marche.json", json.dumps(BOARD))
    assert tree(document) == [
        (0, "Marché du samedi"),
        (1, "À faire"), (2, "Appeler la mairie"), (2, "Chercher un local"), (3, "Halle"), (3, "École"),
        (1, "Fait"), (2, "Affiche"),
    ]  # fmt: skip
    assert labels(document, BlockKind.NOTE) == ["Un tableau", "Avant mardi"]
    assert carried(document, "Chercher un local")["tags"] == ["urgent"]
    assert carried(document, "Halle")["attributes"] == {"checklist": "Où ?", "state": "complete"}
    assert carried(document, "Affiche")["attributes"] == {"closed": "true"}
    assert left(document) == {"comments": 1, "members": 1}
    assert (document.ledger.found["topics"], document.ledger.kept["topics"]) == (8, 8)
    assert "Aubin" not in document.text


def test_a_board_with_odd_places_and_repeated_lists_is_read_once() -> None:
    odd = {"lists": [{"id": "l", "pos": "un", "idBoard": 1}, {"id": "l", "pos": None}, 3], "cards": [{"idList": "l", "pos": 1e400}, {"idList": "gone", "name": "perdue"}, None]}  # fmt: skip
    assert [label for _, label in tree(read("x.json", json.dumps(odd)))] == ["", "", "", "", "perdue"]


# --- Kumu -----------------------------------------------------------------------------------------------------------


def test_a_kumu_blueprint_ties_elements_by_label_or_id() -> None:
    text = """{"elements": [{"label": "A", "type": "Lieu", "description": "Au bord de l'eau", "tags": ["un", "deux"]}, {"id": "e2", "label": "B", "Capacité": 40}],
    "connections": [{"from": "A", "to": "e2", "type": "mène à", "direction": "mutual"}, {"from": "A", "to": "Z"}]}"""
    document = read("carte.json", text)
    assert topics(document) == ["A", "B"]
    assert links(document) == [("A", "B", "mène à", "both")]
    assert carried(document, "A") == {"tags": ["un", "deux"], "attributes": {"type": "Lieu"}}
    assert carried(document, "B")["attributes"] == {"capacité": "40"}
    assert notes(text, "carte.json") == {"note": "Au bord de l'eau"}
    assert left(document) == {"relations": 1}


# --- all of them ----------------------------------------------------------------------------------------------------

OURS = ("canvas", "graphml", "gexf", "drawio", "excalidraw", "excalidraw.md", "dot", "cxl", "thebrain.zip", "kumu.json")


@pytest.mark.parametrize("extension", OURS)
def test_a_file_cut_anywhere_or_stained_is_read_or_refused_in_a_sentence(extension: str) -> None:
    data = (FOLDER / f"atelier.{extension}").read_bytes()
    cuts = [data[: len(data) * tenth // 10] for tenth in range(1, 10)]
    stained = [
        data[: len(data) // 2] + stain + data[len(data) // 2 :]
        for stain in (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"<", b'"')
    ]
    refusals = [str(e) for e in map(refusal, [RawFile(f"atelier.{extension}", c) for c in (*cuts, *stained)]) if e]
    assert all(e.startswith(f"atelier.{extension}") and "\n" not in e for e in refusals)


def refusal(raw: RawFile) -> InputRefused | None:
    try:
        read_document(raw)
    except InputRefused as error:
        return error
    return None


@pytest.mark.parametrize("extension", OURS)
def test_only_one_reader_takes_a_file(extension: str) -> None:
    from ingest.registry import Rank, readers

    raw = RawFile(f"atelier.{extension}", (FOLDER / f"atelier.{extension}").read_bytes())
    assert len([r.name for r in readers() if r.rank <= Rank.MARKED and r.accepts(raw)]) == 1
