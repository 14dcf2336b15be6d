"""What readers say of a file is told in French; what is not listed stays as it is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from graph.errors import InputRefused
from graph.export.zipped import archive
from graph.outline import CrossLink, Topic
from graph.store import ROOT
from ingest.document import RawFile
from ingest.maps import carried
from ingest.maps.maptree import MapContent, map_document
from ingest.office import saved_as
from ingest.recognise import why_unread
from ingest.registry import read_document
from views.i18n import NARROW, NBSP
from views.wording import said

NOISE = bytes(range(256)) * 9
SAMPLES = sorted(p for p in (ROOT / "samples").rglob("*") if p.is_file() and p.suffix != ".py")


def test_a_reason_keeps_its_numbers():
    assert said("3 cells where the first row has 5; kept").startswith("3 cellules là où la première ligne en a 5")


def test_a_count_is_written_as_the_language_does():
    told = said("the text has 278,961 lines, over the limit of 200,000")
    assert told == f"le texte a 278{NARROW}961 lignes, la limite est de 200{NARROW}000"
    assert "12,5" in said("no reader yet for this format: 12,5")


def test_a_reason_that_is_not_listed_stays():
    assert said("something nobody translated") == "something nobody translated"


def test_a_refusal_is_told_in_french():
    assert said("the file is empty") == "le fichier est vide"
    assert said("page 3: not well-formed XML (line 2)").startswith(f"XML mal formé{NBSP}:")


def test_a_diagram_that_is_no_map_is_refused_in_french():
    told = said("no reader yet for this format: Mermaid diagram that is no mind map (see: python -m ingest formats)")
    assert told.endswith("schéma Mermaid qui n’est pas une carte mentale")


def test_what_is_wrong_with_coordinates_names_its_row_in_french():
    assert said("row 2: 95.2, 200.1: is no pair of coordinates: left out").startswith(f"ligne 2{NBSP}: 95.2, 200.1")


def test_a_refused_correction_is_told_in_french():
    assert said("a name to forget has 3 letters at least") == "un nom à chercher a au moins 3 lettres"
    stale = "the tree of notes.md was changed since it was read (version 3, seen 2)"
    assert said(stale).startswith("le plan de notes.md")


def test_a_map_that_carries_too_much_is_refused_in_french():
    long = "é" * (carried.MAX_CARRIED + 1)
    for topic in (
        {"links": [long]},
        {"tags": [long]},
        {"attributes": {"a": long}},
        {"style": {"a": long}},
        {"sheet": long},
    ):
        with pytest.raises(InputRefused) as refused:
            carried.count_carried("carte.mm", [topic])
        assert said(refused.value.reason).startswith("trop de texte porté"), refused.value.reason


@pytest.mark.parametrize("check", [carried.check_text, carried.check_labels])
def test_a_map_with_too_much_text_is_refused_in_french(check):
    with pytest.raises(InputRefused) as refused:
        check("carte.mm", 10**9)
    assert said(refused.value.reason).startswith("trop de texte"), refused.value.reason


def test_ends_of_relations_that_are_too_long_are_refused_in_french():
    content = MapContent([Topic.bare("1", "é" * 70_000)], [CrossLink("1", "1", "")] * 1_000)
    with pytest.raises(InputRefused) as refused:
        map_document(RawFile("carte.mm", b""), "mm", "mm@1", content)
    assert said(refused.value.reason).startswith("trop de texte aux bouts"), refused.value.reason


def test_how_to_save_a_file_that_is_not_read_is_told_in_french():
    """Every sentence that begins as those of the module do, whatever function gives it."""
    found = re.findall(r'"([^"\n]{20,}: open (?:it|them)[^"\n]+)"', Path(saved_as.__file__).read_text("utf-8"))
    assert len(found) > 12
    assert not [sentence for sentence in found if said(sentence) == sentence]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_the_ledger_of_every_sample_is_told_in_french(path):
    ledger = read_document(RawFile(path.name, path.read_bytes())).ledger
    words = [*ledger.found, *ledger.kept, *(x.what for x in ledger.left_out), *(x.why for x in ledger.left_out)]
    alike = {"pages", "notes", "images"}  # the same word in both languages, but for its capital
    assert not [w for w in words if said(w) == w and w not in alike]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"\xff\xd8\xff\xe0" + NOISE, "une image (JPEG)"),
        (b"\0\0\0\x18ftypheic" + NOISE, "une image (HEIC)"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + NOISE, "une image (WebP)"),
        (b"\0\0\0\x18ftypM4A " + NOISE, "un enregistrement"),
        (b"ID3\x03" + NOISE, "un enregistrement"),
        (archive({"a.csv": b"a;b", "b.csv": b"c;d"}), "une archive d’autres fichiers"),
        (b"7z\xbc\xaf\x27\x1c" + NOISE, "archive 7z"),
    ],
    ids=["jpeg", "heic", "webp", "m4a", "mp3", "zip", "7z"],
)
def test_photographs_and_recordings_of_a_meeting_are_refused_in_french(head: bytes, words: str):
    told = said(why_unread(RawFile("vacances.md", head)))
    assert told.startswith(words)
    assert NBSP + ":" in told


def stated(path: Path) -> set[str]:
    """What a module says of a file in whole sentences: why it is refused, what of it is left out and why."""
    places = {"leave": slice(0, 2), "LeftOut": slice(0, 4, 3), "InputRefused": slice(1, 2), "NoReader": slice(1, 2)}
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [(getattr(call.func, "attr", getattr(call.func, "id", "")), call.args) for call in calls]
    given = [argument for name, arguments in named if name in places for argument in arguments[places[name]]]
    return {x.value for x in given if isinstance(x, ast.Constant) and isinstance(x.value, str) and x.value}


@pytest.mark.parametrize("folder", ["readers", "maps", "xml", "bounds"])
def test_whatever_a_module_says_of_a_file_is_told_in_french(folder: str) -> None:
    sentences = {sentence for path in (ROOT / "ingest" / folder).glob("*.py") for sentence in stated(path)}
    assert len(sentences) > 3
    assert not {sentence for sentence in sentences if said(sentence) == sentence}


def test_an_archive_cut_short_is_told_in_french_with_its_place() -> None:
    told = said("damaged zip archive: cut short at byte 12,345, before the list of its entries")
    assert told == f"archive zip coupée après 12{NARROW}345 octets"
