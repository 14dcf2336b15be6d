"""Columns as a laid-out page leaves them: a head centred over its cells, cells that wrap, lines of one cell."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise

from ingest.notes.lines import Line

Span = tuple[int, int]  # within a line
_CELL = re.compile(r"\S+(?: \S+)*")
_JUDGED = 40  # lines below a head that tell its columns
_MIN_ROWS = 3  # of two cells or more
_SHARE = 0.4  # of the rows: as many begin a cell where a column stands
_NEAR = 1  # characters that a cell may stand beside its column


def cells_of(line: Line) -> list[Span]:
    """The cells of a line: words, one space apart."""
    return [m.span() for m in _CELL.finditer(line.text)]


def columns_below(lines: list[Line], head: int) -> list[int]:
    """Where the cells of the rows below a head begin, from left to right; none where they share no two columns."""
    starts: Counter[int] = Counter()
    rows = 0
    for line in islice(lines, head + 1, head + 1 + _JUDGED):
        cells = cells_of(line)
        if len(cells) > 1:
            rows += 1
            starts.update(start for start, _ in cells)
    often = sorted(start for start, times in starts.items() if times >= max(_MIN_ROWS, _SHARE * rows))
    apart = all(b - a > 2 * _NEAR + 1 for a, b in pairwise(often))
    return often if len(often) > 1 and rows >= _MIN_ROWS and apart else []


def rows_below(lines: list[Line], head: int, columns: list[int]) -> list[int]:
    """The lines of the table below a head: one blank line may stand before a row of two cells."""
    found = []
    for n in range(head + 1, len(lines)):
        if _belongs(lines[n], columns):
            found.append(n)
        elif not lines[n].blank or n + 1 == len(lines) or not _opens_row(lines[n + 1], columns):
            break
    return found


def placed(line: Line, columns: list[int]) -> list[Span]:
    """The cells of a row, one for each column; an empty span where a column has none."""
    cells = [(0, 0)] * len(columns)
    for start, end in cells_of(line):
        cells[_column(start, columns)] = (start, end)
    return cells


def headed(line: Line, columns: list[int]) -> list[Span]:
    """The cells of a head, each over the column that its middle stands above; none where two share a column."""
    cells = [(0, 0)] * len(columns)
    for start, end in cells_of(line):
        at = sum(first <= (start + end) // 2 for first in columns) - 1
        if at < 0 or cells[at] != (0, 0):
            return []
        cells[at] = (start, end)
    return cells


def _belongs(line: Line, columns: list[int]) -> bool:
    cells = cells_of(line)
    if not cells or any(_column(start, columns) < 0 for start, _ in cells):
        return False
    (start, end), at = cells[0], _column(cells[0][0], columns)
    narrow = at + 1 == len(columns) or end <= columns[at + 1]  # « Excusés », the rest of a name; no line of prose
    return len(cells) > 1 or (narrow and (at + 1 < len(columns) or end - start <= columns[-1]))


def _opens_row(line: Line, columns: list[int]) -> bool:
    return len(cells_of(line)) > 1 and _belongs(line, columns)


def _column(start: int, columns: list[int]) -> int:
    """The column at which a cell begins, or -1."""
    return next((n for n, first in enumerate(columns) if abs(first - start) <= _NEAR), -1)
