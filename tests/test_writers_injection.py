"""Labels that mean something to a format: the same labels come back, and nothing that they could have made."""

from __future__ import annotations

import re

import pytest

from graph.export.registry import Writer, writers
from graph.outline import Outline, Topic
from ingest.maps.outline import outline_of
from tests.outlines import MARKS, RoundTrip, one_line, reader_of

ALL = list(writers())
by_format = pytest.mark.parametrize("writer", ALL, ids=lambda w: w.name)
# Of each text format: a line that would be a directive, a macro, or the start of another diagram.
_DIRECTIVE = {
    "mermaid": r"\s*(?:%%|click\b|::: |---|```)|.*(?:%%\{|\$\$)",
    "plantuml": r"\s*[!{]|(?!@(?:start|end)mindmap$)\s*@|\s*(?:skinparam|title|left side)\b|.*(?:%\w+\(|<(?!U\+))",
    "markdown": r"(?!\#|\s*- |$)|.*(?:(?<!\\)\$|(?<!\\)\{|<(?!!-- markmap: fold -->$)|(?<!\\)`|%%)",
    "org": r"\s*(?:\#\+|:\w+:\s*$|SCHEDULED:|\|)|.*(?:\{\{\{|@@|<<|<%%|\$[^\s\u2060]|src_sh|call_x|\\[^\s\u2060])",
}  # fmt: skip


def outline_of_marks() -> Outline:
    """A map whose labels are all marks, each with a plain topic below it."""
    below = [Topic(f"t{n}", one_line(mark), children=[Topic(f"u{n}", f"feuille {n}")]) for n, mark in enumerate(MARKS)]
    return Outline([Topic("r", "racine", children=below)], title="marques")


@by_format
def test_every_mark_comes_back_as_the_same_label_and_makes_nothing_else(writer: Writer) -> None:
    written = writer.write(outline_of_marks())
    found = reader_of(writer, written)
    assert found is not None
    RoundTrip(outline_of_marks(), writer, written, *found).check()
    back = outline_of(found[0].read(found[1]))
    topics = [topic for topic, _, _ in back.walk()]
    assert len(topics) == 1 + 2 * len(MARKS)
    assert not [(t.label, t.links) for t in topics if t.links and not set(t.links) <= {"http://x/y"}]
    assert not [t.label for t in topics if t.icons or t.tags or t.note or t.details]
    if "tree (drawn as edges)" not in writer.loses and "tree" not in {row.what for row in written.left_out}:
        assert back.cross_links == []


@pytest.mark.parametrize("name", _DIRECTIVE)
def test_no_line_of_a_text_format_is_a_directive(name: str) -> None:
    writer = next(w for w in ALL if w.name == name)
    for line in writer.write(outline_of_marks()).data.decode().splitlines():
        assert not re.match(_DIRECTIVE[name], line), line
