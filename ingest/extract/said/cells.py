"""The cells of a table that hold prose: « Points clés », « Échanges », « Remarques », read piece by piece.

Columns of tasks, of who and when are read row by row (`action_rows`); columns of names, places and amounts hold no
statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ingest.document import Block, BlockKind, Document, Shape
from ingest.extract.said.wording import label_free, pattern, plain

MIN_CELL = 18  # characters: a shorter cell names something
_ITEM = re.compile(r"(?:(?<=\s)|^)[-–—•▪◦*+]\s+(?=\S)")


def prose_rows(document: Document) -> Iterator[Block]:
    """The rows with a cell of prose, in tables of notes; a sheet of records is read by its own columns."""
    if document.shape is not Shape.ROWS:
        yield from (b for b in document.leaves() if b.kind is BlockKind.ROW and holds_prose(b, document.language))


def holds_prose(block: Block, language: str) -> bool:
    """Whether a row has a cell of prose."""
    return next(_prose_cells(block, language), None) is not None


def cell_pieces(block: Block, language: str) -> Iterator[tuple[int, int]]:
    """What each cell of prose holds, as places in the label: its items where it is a list, else the whole cell."""
    for first, last in _prose_cells(block, language):
        marks = [m.span() for m in _ITEM.finditer(block.label, first, last)]
        if not marks or block.label[first : marks[0][0]].strip():
            yield first, last
        else:
            yield from ((a[1], b[0]) for a, b in pairwise([*marks, (last, last)]))


def _prose_cells(block: Block, language: str) -> Iterator[tuple[int, int]]:
    if block.attributes.get("header"):
        return
    for column, start, end in block.attributes.get("cells", ()):
        if int(end) - int(start) >= MIN_CELL and _is_prose(str(column), language):
            yield bisect_left(block.offsets, int(start)), bisect_left(block.offsets, int(end))


@lru_cache(maxsize=1_024)
def _is_prose(column: str, language: str) -> bool:
    return bool(pattern(language, "announce", "column_prose").fullmatch(label_free(plain(column))))
