"""Attendees that no announcer precedes: names called one by one (« Paul, présent »), the front matter of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.who.entries import Entry, entries_of
from ingest.extract.who.front_matter import Value, front_matter

RULE = "people.roll_call@1"
FRONT_RULE = "people.front_matter@1"
MIN_CALLED = 3  # lines that end so, before they are a roll call
MAX_LINE = 160
_CALLED = re.compile(
    r"^(?P<who>.{3,120}?)[\s,:–—(-]+(?P<status>présente?|présent[.·]e|excusée?|excusé[.·]e|absente?|absente? excusée?"
    r"|present|absent|apologies|excused)\b[\s)!.]*(?:\([^()]{0,60}\)?.*)?$",
    re.IGNORECASE,
)


def called(reading: Reading) -> Iterator[Attendee]:
    """The people of lines that each end with who is there and who is not."""
    lines = [(b, m) for b in reading.document.blocks if (m := _call(b))]
    found = [(b, m, e) for b, m in lines for e in entries_of(m["who"], reading.document.language)[:1]]
    if len(found) < MIN_CALLED:
        return
    for block, match, entry in found:
        if entry.name_at[0] == 0 or not re.search(r"\w{2}", match["who"][: entry.name_at[0]]):
            yield _attendee(block.span, entry, _status(match["status"]), RULE)


def _call(block: Block) -> re.Match[str] | None:
    if block.kind in {BlockKind.FURNITURE, BlockKind.ROW} or len(block.label) > MAX_LINE:
        return None
    return _CALLED.match(block.label)


def _status(word: str) -> str:
    return "present" if fold(word).startswith("pres") else "excused"


def in_front_matter(reading: Reading, status_of: Callable[[str], str]) -> Iterator[Attendee]:
    """The names under a key of the front matter that announces people; `status_of` tells it, empty for other keys."""
    for key, values in front_matter(reading.document.text).items():
        status = status_of(key)
        for value in values if status else ():
            for entry in entries_of(value.text, reading.document.language):
                yield _attendee(_shifted(value), entry, status, FRONT_RULE)


def _shifted(value: Value) -> Callable[[int, int], tuple[int, int]]:
    return lambda first, last: (value.start + first, value.start + last)


def _attendee(span: Callable[[int, int], tuple[int, int]], entry: Entry, status: str, rule: str) -> Attendee:
    cells = {"name": span(*entry.name_at)}
    for cell, piece in (("function", entry.function), ("organisation", entry.organisation)):
        if piece:
            cells[cell] = span(piece.start, piece.end)
    return Attendee(
        "",
        entry.name.display,
        Span(*span(*entry.at), rule, 0.95 if entry.name.sure else 0.75),
        entry.function.text if entry.function else None,
        entry.organisation.text if entry.organisation else None,
        status,
        cells,
    )
