# ruff: noqa: E501 - samples stand on the lines they come on
"""Files from strangers: a clear refusal or a safe reading, in bounded time, never another error."""

from __future__ import annotations

import io
import json
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputRefused
from ingest.bounds import limits
from ingest.document import BlockKind, Document, RawFile
from ingest.registry import read_document
from ingest.xml.stream import stream_xml
from tests.reading import check, labels, read

BILLION = """<?xml version="1.0"?><!DOCTYPE map [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<map version="1.0.1"><node TEXT="&b;"/></map>"""
OUTSIDE = """<!DOCTYPE map [<!ENTITY x SYSTEM "file:///etc/hostname">]><map version="1.0.1"><node TEXT="&x;"/></map>"""


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def read_or_refuse(name: str, data: bytes) -> Document | None:
    """The document, checked, or None where the file was refused by name."""
    try:
        document = read_document(RawFile(name, data))
    except InputRefused as refused:
        message = str(refused)
    else:
        check(document)
        return document
    assert message.startswith(name)
    assert "\n" not in message
    return None


@pytest.mark.parametrize("data", [b"", b"   \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 500])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    for name in ("a.txt", "a.md", "a.csv", "a.mm", "a.xmind", "a.docx", "a.pdf"):
        assert read_or_refuse(name, data) is None


@pytest.mark.parametrize("text", [BILLION, OUTSIDE])
def test_xml_that_declares_entities_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="entities"):
        read("a.mm", text)


def test_entities_inside_word_and_xmind_parts_are_refused() -> None:
    body = b'<!DOCTYPE d [<!ENTITY x "y">]><w:document xmlns:w="w"/>'
    with pytest.raises(InputRefused, match="entities"):
        read("a.docx", zipped({"word/document.xml": body}))
    book = b'<!DOCTYPE d [<!ENTITY x "y">]><xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0"/>'
    with pytest.raises(InputRefused, match="entities"):
        read("a.xmind", zipped({"content.xml": book}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", " " * 70_000])
def test_a_document_type_is_refused_wherever_it_stands_in_the_part_of_a_workbook(encoding: str, before: str) -> None:
    declared = '<!DOCTYPE d [<!ENTITY e "Le lavoir">]>'
    part = f'<?xml version="1.0" encoding="{encoding}"?>{before}{declared}<sst><si><t>&e;</t></si></sst>'
    with pytest.raises(InputRefused, match=r"xl/sharedStrings.xml: .*document type"):
        list(stream_xml("a.xlsx", part.encode(encoding), "xl/sharedStrings.xml", "si"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InputRefused, match="bomb"):
        read("a.xmind", zipped({"content.json": b"[" + b" " * 60_000_000 + b"]"}))


def test_an_archive_with_too_many_entries_is_refused() -> None:
    members = {f"f{n}": b"" for n in range(limits.MAX_ZIP_ENTRIES + 1)} | {"content.json": b"[]"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.json", b"[]")
        for name in members:
            made.writestr(f"x/{name}", b"")
    with pytest.raises(InputRefused, match="entries"):
        read("a.xmind", out.getvalue())


def test_a_map_nested_deeper_than_the_limit_is_refused_and_a_deep_one_is_read() -> None:
    def nested(depth: int) -> str:
        return '<map version="1.0.1">' + '<node TEXT="a">' * depth + "</node>" * depth + "</map>"

    assert len(read("a.mm", nested(1_500)).blocks) == 1_500
    with pytest.raises(InputRefused, match="deep"):
        read("a.mm", nested(5_000))


def test_json_nested_without_end_is_refused() -> None:
    data = b'[{"rootTopic":{"title":"a","children":' * 30_000
    assert read_or_refuse("a.xmind", zipped({"content.json": data})) is None
    topic: dict[str, object] = {"title": "feuille"}
    for _ in range(150):
        topic = {"title": "a", "children": {"attached": [topic]}}
    assert read_or_refuse("b.xmind", zipped({"content.json": json.dumps([{"rootTopic": topic}]).encode()}))


@pytest.mark.parametrize(
    "shape", ["null", "[]", "{}", "[1]", '[{"rootTopic":[]}]', '[{"rootTopic":{"children":3,"notes":[1]}}]']
)
def test_json_of_another_shape_is_refused_or_read(shape: str) -> None:
    read_or_refuse("a.xmind", zipped({"content.json": shape.encode()}))


def test_a_label_that_looks_like_html_or_code_stays_text() -> None:
    nasty = [
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE nodes; --",
        "MATCH (n) DETACH DELETE n",
        "=cmd|' /C calc'!A0",
    ]
    document = read("a.txt", "\n\n".join(f"Voici : {text} et la suite de la phrase." for text in nasty))
    for text in nasty:
        assert any(text in label for label in labels(document, BlockKind.PARAGRAPH))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("Le comité des fêtes propose un marché aux fleurs." for _ in range(100_000)),
        "\n".join(f"- point {n} de la longue liste" for n in range(20_000)),
        "Une phrase assez longue pour durer. " * 28_000,
        "a" * 1_000_000,
        "*a " * 200_000,
        "![" * 100_000,
        "x " + "[" * 200_000 + "(«" * 50_000,
        "a-\n" * 40_000,
        "# a\n" * 30_000,
        "`a" * 150_000,
        "« " * 100_000,
        "a | b\n" * 20_000,
    ],
    ids=[
        "lines",
        "bullets",
        "paragraph",
        "word",
        "stars",
        "bangs",
        "brackets",
        "hyphens",
        "hashes",
        "ticks",
        "quotes",
        "pipes",
    ],
)
def test_large_texts_are_read_in_time_that_grows_with_their_size(text: str) -> None:
    began = time.process_time()
    read_document(RawFile("long.md", text.encode()))
    assert time.process_time() - began < 15


def test_more_lines_than_the_limit_are_refused() -> None:
    with pytest.raises(InputRefused, match="lines"):
        read("a.txt", "a\n" * (limits.MAX_LINES + 1))


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(InputRefused, match="bytes"):
        read("a.txt", b"a" * (limits.MAX_BYTES + 1))


@pytest.mark.parametrize("cut", [3, 40, 200, 700])
def test_cut_files_are_refused_or_read_as_far_as_they_hold(cut: int) -> None:
    from tests.test_readers_maps import MM, SHEETS
    from tests.test_readers_tables import french_word_document, pdf

    whole = {
        "a.mm": MM.encode(),
        "a.xmind": zipped({"content.json": json.dumps(SHEETS).encode()}),
        "a.docx": french_word_document(),
        "a.pdf": pdf([[(12, 700, "Un texte assez long pour compter")]]),
        "a.csv": b'a;b\n"x";2\n',
    }
    for name, data in whole.items():
        read_or_refuse(name, data[:cut])
        read_or_refuse(name, data[: len(data) // 2])


@pytest.mark.parametrize(
    "name", ["a.txt", "a.mm", "a.xmind", "a.docx", "a.pdf", "a.csv", "a", "../../etc/passwd", "~$x.docx"]
)
def test_a_wrong_name_changes_nothing_but_the_choice(name: str) -> None:
    for data in (
        b"Bonjour. Tout va bien ici.\n",
        zipped({"x": b"y"}),
        b"%PDF-1.7 rien",
        b"<map><node TEXT='a'/></map>",
    ):
        read_or_refuse(name, data)


PIECES = st.lists(
    st.sampled_from(
        ["# ", "- ", "1. ", "| a | b |", "|---|", "\t", "   ", "\n", "\n\n", "\r\n", "\x0c", "> ", "```", "===", "---", "┌──┐", "│",
         "Constat #1 : ", "LES MOTS", "un texte", "Il faut. Oui ?", "**gras**", "[l](u)", "12 %", "page 3", "télé-", "\u00a0", "é",
         "\x00", "\u2028", "A; B; C", '"', "<b>", "a\tb\tc", "x  y  z", "Nom : x"]
    ),
    max_size=60,
)  # fmt: skip


@given(PIECES, st.sampled_from(["a.txt", "a.md", "a.csv"]))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_mixture_of_marks_is_read_with_spans_that_hold(pieces: list[str], name: str) -> None:
    read_or_refuse(name, "".join(pieces).encode())


@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<map>", b"\xff\xfe", b"a;b\n"]))
@settings(deadline=None)
def test_random_bytes_never_give_another_error(data: bytes, head: bytes) -> None:
    read_or_refuse("a.bin", head + data)


def test_the_refusal_names_the_place_in_an_archive() -> None:
    with pytest.raises(InputRefused) as caught:
        read("a.xmind", zipped({"content.json": b"{"}))
    assert caught.value.place == "content.json, line 1, column 2"
