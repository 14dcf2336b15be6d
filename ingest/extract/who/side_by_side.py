"""People in columns side by side under what announces them: each cell is one entry of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading
from ingest.extract.who.announcing import announces_alone, ends_announcing
from ingest.extract.who.entries import Entry, entries_of
from ingest.extract.who.roll_call import attendee_of

RULE = "people.side_by_side@1"
MIN_CELLS, MAX_CELLS = 4, 400
NEARLY_ALL = 0.75  # of the cells open with a whole name


def side_by_side(reading: Reading, rows: list[Block]) -> Iterator[Attendee]:
    """« Ann Lund (AL), Town Council      Tom Reeve (TR), Police »: the people of two or three columns."""
    text, language = reading.document.text, reading.document.language
    columns = max((len(r.attributes.get("cells", [])) for r in rows), default=0)
    cells = [(a, text[a:b]) for r in rows for _, a, b in r.attributes.get("cells", []) if text[a:b].strip()]
    if columns not in (2, 3) or not MIN_CELLS <= len(cells) <= MAX_CELLS or not (status := _announced(reading, rows)):
        return
    listed = [(at, entry) for at, cell in cells if (entry := _opens_with_person(cell, language)) is not None]
    if len(listed) >= NEARLY_ALL * len(cells):
        for at, entry in listed:
            yield attendee_of(lambda first, last, at=at: (at + first, at + last), entry, status, RULE)  # type: ignore[misc]


def _announced(reading: Reading, rows: list[Block]) -> str:
    """The status that the line or the heading above the rows announces; empty where none does."""
    document = reading.document
    above = [b for b in document.blocks[max(0, rows[0].order - 3) : rows[0].order] if b.kind is not BlockKind.FURNITURE]
    heading = document.heading_of(rows[0])
    for block in (*above[-1:], *([heading] if heading else [])):
        for language in dict.fromkeys((document.language, "fr", "en")):  # a page of names is in no language
            if said := announces_alone(block, language) or ends_announcing(block, language):
                return said
    return ""


def _opens_with_person(cell: str, language: str) -> Entry | None:
    """The person whom a cell begins with: a name that is sure, or whose initials follow it (« Ann Lund (AL) »)."""
    found = entries_of(cell, language)
    first = found[0] if found else None
    if first is None or first.name_at[0] or not first.name.last:
        return None
    initials = "".join(w[0] for w in re.findall(r"[^\W\d_]+", cell[: first.name_at[1]]))
    return first if first.name.sure or cell[first.name_at[1] :].startswith(f" ({initials})") else None
