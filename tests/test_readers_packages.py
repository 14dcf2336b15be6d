"""Office archives whose main part stands elsewhere than usual: their relations say where."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.readers.docx import READER
from ingest.registry import choose
from tests.map_reading import archive
from tests.reading import read

VARIANTS = Path(__file__).parent / "variants"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = f'<Relationship Id="a" Type="{TYPE}" Target="/{{}}"/>'


def moved(name: str, old: str, new: str) -> bytes:
    """A variant with its main part, and the relations of it, under another name."""
    with zipfile.ZipFile(VARIANTS / name) as archived:
        members = {n: archived.read(n) for n in archived.namelist()}
    folder, base = old.rsplit("/", 1)
    own = f"{folder}/_rels/{base}.rels"
    members[new] = members.pop(old)
    if own in members:
        members[f"{folder}/_rels/{new.rsplit('/', 1)[1]}.rels"] = members.pop(own)
    members["_rels/.rels"] = RELS.format(MAIN.format(new)).encode()
    return archive(members)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("atelier.docx", "word/document.xml", "word/document2.xml"),
        ("atelier.xlsx", "xl/workbook.xml", "xl/classeur.xml"),
        ("atelier.pptx", "ppt/presentation.xml", "ppt/diapositives.xml"),
    ],
)
def test_the_main_part_is_where_the_relations_say(name: str, old: str, new: str) -> None:
    data = moved(name, old, new)
    assert choose(RawFile(name, data)).name == name.rpartition(".")[2]
    usual = outline_json(read(name, (VARIANTS / name).read_bytes()))
    assert outline_json(read(name, data))["roots"] == usual["roots"]


@pytest.mark.parametrize("target", ["word/absent.xml", "../../etc/passwd", "word/styles.xml", ""])
def test_relations_that_lead_to_no_document_make_no_word_file(target: str) -> None:
    out = io.BytesIO(moved("atelier.docx", "word/document.xml", "word/document2.xml"))
    with zipfile.ZipFile(out) as archived:
        members = {n: archived.read(n) for n in archived.namelist()}
    members["_rels/.rels"] = RELS.format(MAIN.format(target)).encode()
    members["word/styles.xml"] = b"<styles/>"
    assert not READER.accepts(RawFile("a.docx", archive(members)))


def test_a_spreadsheet_saved_as_one_xml_text_is_the_same_workbook() -> None:
    usual = (VARIANTS / "atelier.ods").read_bytes()
    with zipfile.ZipFile(io.BytesIO(usual)) as archived:
        content = archived.read("content.xml").decode()
    flat = content.replace("office:document-content", "office:document")
    document = read("atelier.fods", flat)
    assert choose(document.raw).name == "ods"
    assert outline_json(document)["roots"] == outline_json(read("atelier.ods", usual))["roots"]
