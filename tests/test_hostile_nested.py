# ruff: noqa: E501 - parts of files stand on the lines they come on
"""Office files that nest paragraphs, boxes, notes and tables: what stands inside is walked once, not at every level."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import RawFile
from ingest.registry import choose
from tests.counted_work import work_of
from tests.hostile.of_offices import deck, odf, shape
from tests.reading import read
from tests.test_readers_office import para, word

FEW = 40  # levels, and ten times as many things within the last: twice as many take twice the work, four times where
GROWTH = 3  # every level walks them all


def nested(opening: str, inside: str, closing: str) -> Callable[[int], str]:
    return lambda size: opening * size + inside * (10 * size) + closing * size


_WORD_P = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
_SLIDE = nested("<text:p>a", "<text:s/>", "</text:p>")


def footnotes(body: str) -> bytes:
    return word(para("Texte"), **{"word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}">{body}</w:footnotes>'})


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FRAMES = nested("<w:tbl><w:tr><w:tc><w:p/>", "<w:tbl><w:tr/></w:tbl>", "</w:tc></w:tr></w:tbl>")
_BOXES = nested("<w:p><w:r><w:txbxContent>", _WORD_P, "</w:txbxContent></w:r></w:p>")
_NOTES = nested("<w:footnote>", _WORD_P, "</w:footnote>")
_ODT_NOTES = nested("<text:p>a<text:note><text:note-body>", "<text:p/>", "</text:note-body></text:note></text:p>")
_ODT_BOXES = nested("<text:p>a<draw:frame><draw:text-box>", "<text:p/>", "</draw:text-box></draw:frame></text:p>")
_CELLS = nested("<a:tbl><a:tr><a:tc>", "<a:p><a:r><a:t>a</a:t></a:r></a:p>", "</a:tc></a:tr></a:tbl>")
FILES: dict[str, Callable[[int], bytes]] = {
    "frames in frames.docx": lambda n: word(_FRAMES(n) + para("a")),
    "boxes in boxes.docx": lambda n: word(_BOXES(n)),
    "footnotes in footnotes.docx": lambda n: footnotes(_NOTES(n)),
    "notes in notes.odt": lambda n: odf("text", _ODT_NOTES(n)),
    "boxes in boxes.odt": lambda n: odf("text", _ODT_BOXES(n)),
    "boxes in a cell.odt": lambda n: odf("text", f"<table:table><table:table-row><table:table-cell>{_ODT_BOXES(n)}</table:table-cell></table:table-row></table:table>"),
    "paragraphs in a title.odp": lambda n: odf("presentation", f'<draw:page><draw:frame presentation:class="title">{_SLIDE(n)}</draw:frame></draw:page>'),
    "tables in tables.pptx": lambda n: deck(f"<p:graphicFrame>{_CELLS(n)}</p:graphicFrame>" + shape("a"), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_stands_in_many_levels_is_walked_once(name: str) -> None:
    def work(size: int) -> int:
        raw = RawFile(name, FILES[name](size))
        reader = choose(raw)
        return work_of(lambda: reader.read(raw))

    work(2)  # what is loaded on first use
    assert work(2 * FEW) < GROWTH * work(FEW)


def test_the_paragraphs_of_a_box_in_a_box_are_read_once_and_behind_what_they_are_tied_to() -> None:
    box = "<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"
    body = box.format("dehors", box.format("dedans", para("au fond"))) + para("ensuite")
    assert [b.label for b in read("a.docx", word(body)).blocks] == ["dehors", "dedans", "au fond", "ensuite"]


def test_the_notes_of_a_box_are_told_once() -> None:
    note = "<text:note><text:note-body><text:p>une note</text:p></text:note-body></text:note>"
    body = (
        f"<text:p>dehors<draw:frame><draw:text-box><text:p>dedans{note}</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert [b.label for b in read("a.odt", odf("text", body)).blocks] == ["dehors", "dedans", "une note"]
