"""Lines made to slow down what looks at them: columns without end, a head of XML that never ends."""

from __future__ import annotations

import time

import pytest

from ingest.document import RawFile
from ingest.notes.lines import split_lines
from ingest.notes.tables import table_at
from ingest.registry import choose
from ingest.sniff import root_element
from tests.counted_work import work_of


def test_more_columns_than_a_page_holds_are_not_held_against_each_other() -> None:
    def work(columns: int) -> int:
        text = ("a  " * columns + "\n") * 4
        lines = split_lines(text)
        return work_of(lambda: table_at(text, lines, 0))

    work(2)  # what is loaded on first use
    assert work(800) < 3 * work(400)  # four times where each cell is held against each


@pytest.mark.parametrize("columns", [3, 60])
def test_columns_made_of_spaces_are_a_table(columns: int) -> None:
    line = "".join(f"m{n % 10}".ljust(6) for n in range(columns)).rstrip() + "\n"
    text = line * 4
    table = table_at(text, split_lines(text), 0)
    assert table is not None
    assert {len(row.cells) for row in table.rows} == {columns}


@pytest.mark.parametrize("piece", [b"<!DOCTYPE", b"<!DOCTYPE[", b"<!--", b"<? "])
def test_a_head_of_xml_that_never_ends_is_looked_through_once(piece: bytes) -> None:
    choose(RawFile("a.md", b"# Titre\n"))  # every reader is loaded
    began = time.process_time()
    choose(RawFile("a.txt", piece * (16_000 // len(piece)) + b"\n"))
    assert time.process_time() - began < 5  # it took 13 s, now some milliseconds


@pytest.mark.parametrize(
    "above",
    [
        b"",
        b"\xef\xbb\xbf<?xml version='1.0'?>\n",
        b"<!-- [ > -->\n<!DOCTYPE map [<!ELEMENT map (node)> ]>\n",
        b"<!doctype map SYSTEM 'a.dtd'><!-- one --> <!-- two -->",
    ],
)
def test_the_root_stands_below_what_opens_an_xml_text(above: bytes) -> None:
    assert root_element(above + b'<map version="1.0"><node/></map>') == ("map", ' version="1.0"')
