"""What a file is before its import: its tree, its columns, what it repeats, what can be chosen against the guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Actor
from graph.store import ROOT, open_store
from ingest.batch import import_files
from ingest.convert import convert_source
from ingest.document import RawFile
from ingest.files import Input
from ingest.fragment import ImportMeta
from ingest.recognise import MOST_TOPICS, format_of, formats_for, known, recognise, why_unread

MAP = ROOT / "tests" / "variants" / "atelier-puces.txt"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_SHEET = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "Quoi;Détails;Qui\nOuvrir une navette;Le samedi;Odile Brinchemont\nPlanter des haies;;Roues Folles\n".encode()


def flat_ods(sheets: dict[str, list[str]]) -> bytes:
    """A workbook in one XML file; the cells of a row are separated by commas."""
    made = ""
    for name, rows in sheets.items():
        cells = (
            "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row.split(","))
            for row in rows
        )
        lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        made += f'<table:table table:name="{name}">{lines}</table:table>'
    space = f'xmlns:office="{_OFFICE}" xmlns:table="{_SHEET}" xmlns:text="{_TEXT}"'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    body = f"<office:body><office:spreadsheet>{made}</office:spreadsheet></office:body>"
    return f'<office:document {space} office:mimetype="{mime}">{body}</office:document>'.encode()


def test_a_map_is_shown_as_its_tree() -> None:
    read = recognise(RawFile("carte.txt", MAP.read_bytes()))
    assert read.is_map
    assert read.topics == 13
    assert [line.level for line in read.lines][:3] == [1, 2, 3]
    assert read.lines[0].below == 3
    assert read.ledger["kept"]


def test_a_large_map_is_shown_by_its_first_levels() -> None:
    branches = "".join(f'<node TEXT="b{i}"><node TEXT="x"/><node TEXT="y"/></node>' for i in range(50))
    read = recognise(RawFile("grande.mm", f'<map><node TEXT="centre">{branches}</node></map>'.encode()))
    assert read.topics == 151
    assert {line.level for line in read.lines} == {1, 2}
    assert len(read.lines) == 51
    assert read.lines[1].below == 2
    chain = '<node TEXT="n">' * 900 + "</node>" * 900
    deep = recognise(RawFile("d.mm", f"<map>{chain}</map>".encode()))
    assert 0 < len(deep.lines) <= MOST_TOPICS


def test_another_reader_can_be_chosen_and_its_refusal_is_told() -> None:
    data = MAP.read_bytes()
    assert recognise(RawFile("carte.txt", data, reader="text")).is_map is False
    assert recognise(RawFile("carte.txt", data, reader="xmind")).refused
    assert "no reader of this name" in recognise(RawFile("carte.txt", data, reader="nothing")).refused
    offered = [f.name for f in formats_for(RawFile("carte.txt", data))]
    assert offered[0] == "flatmap"
    assert {"markdown", "text", "csv"} <= set(offered)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 50, b"<map><node", b"PK\x03\x04cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_cannot_be_read_says_why_and_raises_nothing(data: bytes) -> None:
    raw = RawFile("x.bin", data)
    assert recognise(raw).refused
    assert format_of(RawFile("x.bin", b"")) is None


def test_the_columns_are_shown_with_their_roles_and_first_values() -> None:
    columns = {c.name: c for c in recognise(RawFile("t.csv", TABLE)).columns}
    assert list(columns) == ["Quoi", "Détails", "Qui"]
    assert columns["Qui"].values == ("Odile Brinchemont", "Roues Folles")
    assert columns["Détails"].role == "note"
    chosen = recognise(RawFile("t.csv", TABLE, columns={"Quoi": "label"}))
    assert [line.label for line in chosen.lines] == ["Ouvrir une navette", "Planter des haies"]


def test_each_sheet_of_a_workbook_shows_the_values_of_its_own_columns() -> None:
    ideas, votes = ["Nom,Remarque", "Une haie,Au nord", "Un banc,Au sud"], ["Idée,Pour,Contre", "Une haie,12,3"]
    read = recognise(RawFile("deux.fods", flat_ods({"Idées": ideas, "Votes": votes})))
    assert {c.name: c.values for c in read.columns} == {
        "Nom": ("Une haie", "Un banc"), "Remarque": ("Au nord", "Au sud"),
        "Idée": ("Une haie",), "Pour": ("12",), "Contre": ("3",),
    }  # fmt: skip


def test_a_choice_is_kept_for_exports_and_for_the_next_import(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/s.db")
    path = tmp_path / "t.csv"
    path.write_bytes(TABLE)

    def imported(**chosen: object) -> str:
        (report,) = import_files(store, [Input(path, True, **chosen)], ImportMeta(), Actor())  # type: ignore[arg-type]
        assert not report.reason
        return report.outcome

    assert imported(columns={"Quoi": "label"}) == "new"
    assert imported() == "unchanged"
    source = store.sources()[0]
    assert b"# Ouvrir une navette\n" in convert_source(store, source.id, "t.md").data
    assert [k and k.same for k in known(store.sources(), [RawFile("t.csv", TABLE), RawFile("z.csv", b"a")])] == [
        True,
        None,
    ]
    assert known(store.sources(), [RawFile("T.csv", TABLE + b"x;y;z\n")])[0].same is False  # type: ignore[union-attr]
    store.close()


def test_why_no_format_takes_a_file_is_told_and_nothing_of_one_that_is_taken() -> None:
    assert "JPEG" in why_unread(RawFile("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF" * 40))
    assert why_unread(RawFile("vide.txt", b""))
    assert why_unread(RawFile("note.md", b"# Titre\n\n- un point\n")) == ""
