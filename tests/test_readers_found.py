"""What real files hold and samples of one's own did not: encodings of parts, marks in cells, exports of votes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import read_document
from ingest.tables import csvtable

THOUGHTS = "\n".join(json.dumps({"Id": i, "Name": n, "Kind": 1}) for i, n in (("a", "Éolienne"), ("b", "Parc")))
LINK = json.dumps({"ThoughtIdA": "a", "ThoughtIdB": "b", "Relation": 1, "Meaning": 1, "Name": "mène"})
MODEL = (
    '<mxGraphModel{}><root><mxCell id="0"/><mxCell id="1" parent="0"/>'
    '<mxCell id="2" value="Un" vertex="1" parent="1"/><mxCell id="3" value="Deux" vertex="1" parent="1"/>'
    '<mxCell id="4" edge="1" source="2" target="3" parent="1"/></root></mxGraphModel>'
)
NOTE = """---

excalidraw-plugin: parsed
---
# Drawing
```json
{"type":"excalidraw","elements":[{"id":"a","type":"text","text":"Le lavoir","x":0,"y":0}]}
```
%%"""
VOTERS = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,{}\n".format(",".join(map(str, range(3_000))))


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def read(name: str, data: bytes) -> dict[str, Any]:
    return outline_json(read_document(RawFile(name, data)))


def labels(name: str, data: bytes) -> list[str]:
    return [root["label"] for root in read(name, data)["roots"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_brain_is_read_in_the_encodings_that_exports_have(encoding: str) -> None:
    parts = {"thoughts.json": THOUGHTS, "links.json": LINK}
    found = read("cerveau.zip", packed({name: text.encode(encoding) for name, text in parts.items()}))
    assert [root["label"] for root in found["roots"]] == ["Éolienne", "Parc"]
    assert found["cross_links"] == [["Éolienne", "Parc", "mène"]]
    assert found["ledger"]["found"]["topics"] == 2
    assert labels("thoughts.json", THOUGHTS.encode(encoding)) == ["Éolienne", "Parc"]


@pytest.mark.parametrize("where", ["file", "page"])
def test_a_diagram_of_drawio_with_a_namespace_is_the_same_diagram(where: str) -> None:
    of_file, of_page = [' xmlns="urn:x"', ""] if where == "file" else ["", ' xmlns="urn:x"']
    found = read("a.drawio", f'<mxfile{of_file}><diagram name="P">{MODEL.format(of_page)}</diagram></mxfile>'.encode())
    assert found["cross_links"] == [["Un", "Deux", None]]
    assert found["ledger"]["found"] == {"topics": 2, "relations": 1}


@pytest.mark.parametrize("before", ["", "\n\n", "\r\n \r\n", "\ufeff\n"])
def test_a_drawing_of_obsidian_may_begin_with_blank_lines(before: str) -> None:
    assert labels("a.excalidraw.md", f"{before}{NOTE}".encode()) == ["Le lavoir"]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\n\ufeffTitre;Texte\n\ufeffUn;x\n",
        '\ufeff"Titre";"Texte"\n\ufeff"Un";"x"\n',
        "\ufeffTitre;\ufeffTexte\nUn;\ufeffx\n",
    ],
)
def test_marks_that_joined_files_leave_in_cells_are_no_text(text: str) -> None:
    (row,) = read("a.csv", text.encode())["roots"]
    assert (row["label"], row["note"]) == ("Un", "x")


def test_voters_of_polis_are_counted_and_not_read_whatever_the_number_of_comments() -> None:
    found = read("participants-votes.csv", (VOTERS + "0,moi,1,2,3,1,1\n1,,1,2,3,1,1\n\n").encode())
    assert found["roots"] == []
    assert [(x["what"], x["count"]) for x in found["ledger"]["left_out"]] == [("votes of participants", 2)]


def test_columns_that_only_look_like_those_of_voters_are_read() -> None:
    assert labels("a.csv", b"title,participant,n-votes\nUn,a,2\n") == ["Un"]


@pytest.mark.parametrize(
    ("name", "member", "told"),
    [
        ("a.mmap", "Document.xml.zencr", "protected by a password"),
        ("a.ooutline", "contents.xml", "export it as OPML"),
    ],
)
def test_what_must_be_saved_otherwise_first_says_how(name: str, member: str, told: str) -> None:
    outline = b'<?xml version="1.0"?><outline xmlns="http://www.omnigroup.com/namespace/OmniOutliner/v5"/>'
    with pytest.raises(InputRefused, match=told):
        read(name, packed({member: outline}))


MANY = {
    "clones.mm": '<map version="1.0.1"><node ID="x" TEXT="{}"/>{}</map>'.format(
        "mot " * 100_000, '<node CONTENT_ID="x"/>' * 500
    ).encode(),
    "cards.json": json.dumps(
        {
            "id": "b", "name": "B", "lists": [{"id": "l", "name": "L", "idBoard": "b"}],
            "cards": [{"id": str(i), "idList": "l", "name": "c", "idLabels": ["x"] * 1_000} for i in range(50)],
            "labels": [{"id": "x", "name": "é" * 1_000}],
        }
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", list(MANY))
def test_what_a_small_file_repeats_is_bounded(name: str) -> None:
    with pytest.raises(InputRefused, match="characters"):
        read(name, MANY[name])


def test_empty_cells_of_a_table_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvtable, "MAX_CELLS", 20)
    assert labels("a.csv", b"title,b\n" + b"un,\n" * 8) == ["un"] * 8
    with pytest.raises(InputRefused, match="more than 20 cells"):
        read("a.csv", b"title,b\n" + b"un,\n" * 10)


MAP = '{"root": {"data": {"text": "Place"}, "children": [{"data": {"text": "Un banc"}}]}}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("cut", [20, len(MAP) // 2, len(MAP) - 1])
def test_a_json_map_that_is_cut_is_refused_as_broken_and_not_for_want_of_a_reader(cut: int, encoding: str) -> None:
    with pytest.raises(InputRefused, match=r"^place\.km: .*broken JSON"):
        read_document(RawFile("place.km", MAP[:cut].encode(encoding)))


def test_a_word_of_a_format_in_other_data_is_no_format() -> None:
    with pytest.raises(InputRefused, match=r"^a\.json: no reader yet for this format: JSON data"):
        read_document(RawFile("a.json", b'{"root": "/var/www", "ideas": 3}'))


def test_a_cut_archive_is_damaged_and_links_without_thoughts_are_told() -> None:
    with pytest.raises(InputRefused, match=r"^a\.itmz: damaged zip archive"):
        read_document(RawFile("a.itmz", packed({"mapdata.xml": b"<iThoughts/>"})[:-30]))
    with pytest.raises(InputRefused, match=r"^links\.json: the links of a TheBrain export"):
        read_document(RawFile("links.json", LINK.encode()))


@pytest.mark.parametrize("element", ["header", "footer", "nav", "aside", "figure", "form", "dl", "blockquote", "style"])
def test_a_piece_of_a_page_is_a_page_whatever_it_begins_with(element: str) -> None:
    page = f"<{element}></{element}>\n<p>Le lavoir est percé.</p>\n"
    assert labels("morceau.html", page.encode()) == ["Le lavoir est percé."]
