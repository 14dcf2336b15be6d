"""Towns down a column of a table: « Morsan | 48 | 51 », where no word beside them says that they are places."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span
from ingest.extract.spans import Spans
from ingest.extract.who import territories
from ingest.extract.who.actor_cast import Cast
from ingest.extract.who.attendee_actors import RULE, read_blocks
from ingest.extract.who.name_words import is_first_name

Cell = tuple[int, int]  # span in the text
MIN_TOWNS = 3
MIN_SHARE = 0.5  # of the filled cells of a column
_CONFIDENCE = 0.75


def places_in_columns(cast: Cast, reading: Reading) -> None:
    """Add the towns of every column in which most cells are one."""
    taken = Spans((s.start, s.end) for a in cast.actors for s in a.spans)
    for rows in _tables(reading):
        for cells in _columns(reading, rows):
            known = [cell for cell in cells if _is_town(reading.slice(*cell))]
            if len({reading.slice(*c) for c in known}) < MIN_TOWNS or len(known) < MIN_SHARE * len(cells):
                continue
            for start, end in known:
                if not taken.overlapping(start, end):
                    span = Span(start, end, RULE.format("column"), _CONFIDENCE)
                    cast.add(reading.slice(start, end), "territory", span)


def _tables(reading: Reading) -> Iterator[list[Block]]:
    """The runs of rows that list no people."""
    run: list[Block] = []
    for block in read_blocks(reading):
        if block.kind is BlockKind.ROW:
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _columns(reading: Reading, rows: list[Block]) -> list[list[Cell]]:
    """The filled cells of each column, without the markup around them."""
    columns: list[list[Cell]] = []
    for block in rows:
        for n, (_, start, end) in enumerate(block.attributes.get("cells", ())):
            text = reading.slice(start, end)
            bare = text.strip(" *_\t")
            if bare:
                columns += [[] for _ in range(n + 1 - len(columns))]
                first = start + text.index(bare)
                columns[n].append((first, first + len(bare)))
    return columns


def _is_town(text: str) -> bool:
    return (text[:1].isupper() and not text.isupper() and territories.is_commune(text)) and not (
        territories.is_ambiguous(text) or is_first_name(text)
    )
