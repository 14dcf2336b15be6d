"""Records of a CSV text with the span of each cell; the separator and the kind of table are guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from graph.errors import InputRefused
from graph.text import fold
from ingest.tables.columns import guessed, names_one

SEPARATORS = (";", ",", "\t", "|")
MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000  # empty ones too: each takes some two hundred bytes
_DATA = re.compile(r"^[\d\s.,%€/:-]+$|@|https?://|[.!]$")
_LONGEST_NAME, _LONGEST_QUESTION = 80, 200
_MOST_TITLES = 10  # lines above a table
_HEAD = 200_000  # characters in which the separator is looked for
_QUOTED = re.compile(r'(?:^|(?<=[;,\t|]))[ \ufeff]*"(?:[^"]|"")*+"', re.M)  # a cell that may hold separators
_BREAK = re.compile(r"[\r\n]")
_BREAK = re.compile(r"[\r\n]")
_TOLD = re.compile(r"\s*\"?sep=(?P<separator>[;,\t|])\"?[ \t]*(?:\r\n|\n|\r)", re.I)
_KINDS = (
    ("participants", frozenset("nom noms prenom prenoms fonction structure organisme present statut name".split())),
    ("initiatives", frozenset("adresse latitude longitude lat lon commune porteur type initiative lieu".split())),
    ("proposals", frozenset("title titre body proposition votes contribution contributions comment".split())),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its span, and the span of each cell without its quotes."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def told_separator(text: str) -> re.Match[str] | None:
    """The first line of a table that tells its separator to a spreadsheet, as in ``sep=;``."""
    return _TOLD.match(text)


def guess_separator(text: str) -> str:
    """The separator that a table tells, or that its header holds most often outside quotes; "" where it holds none.

    The header is the first line, unless that is a title above the table.
    """
    if told := told_separator(text):
        return told["separator"]
    bare = (line for line in _QUOTED.sub("", text[:_HEAD]).splitlines() if line.strip())
    lines = list(islice(bare, _MOST_TITLES + 3))
    if not lines:
        return ""
    best = _most_frequent(lines[0])
    if best and (len(lines) < 2 or lines[1].count(best) >= lines[0].count(best)):
        return best
    first = text.lstrip()[:_HEAD].splitlines()[0]
    if names_one(cell.strip('" ') for cell in (first.split(best) if best else [first])):
        return best  # the names of columns, or of the only one
    return _below_titles(lines) or best


def _most_frequent(line: str) -> str:
    best = max(SEPARATORS, key=line.count)
    return best if best in line else ""


def _below_titles(lines: list[str]) -> str:
    """The separator of a table below lines that hold none of it: its first rows hold as many as its header."""
    for n in range(1, min(len(lines) - 1, _MOST_TITLES)):
        best = _most_frequent(lines[n])
        if not best or any(best in line for line in lines[:n]):
            continue
        cells = lines[n].split(best)
        fewest = 2 if best != "," or names_one(cells) else 3  # prose has commas
        alike = all(len(line.split(best)) == len(cells) for line in lines[n + 1 : n + 3])
        if alike and len(cells) >= fewest and all(len(cell) <= _LONGEST_NAME for cell in cells):
            return best
    return ""


def title_rows(cells: list[list[str]]) -> int:
    """How many of the first rows, above the names of the columns hold one value at most: titles of the table."""
    first = next((n for n, row in enumerate(cells[: _MOST_TITLES + 1]) if sum(map(bool, row)) > 1), 0)
    if names_one(cells[0]):
        return 0
    width = len(cells[first])
    alike = sum(len(row) == width for row in cells[first:])
    named = names_columns(cells[first], len(cells) - first)
    return first if named and alike * 2 > len(cells) - first else 0


def records(name: str, text: str, separator: str) -> list[Record]:
    """Every record; a quote opens at the start of a cell and closes before a separator or a line end.

    Raises InputRefused for a quoted cell that never closes.
    """
    token = re.compile(rf"{re.escape(separator)}|\r\n|\n|\r|\Z")
    found: list[Record] = []
    at, left = 0, MAX_CELLS
    while True:
        start, line_end = at, _line_end(text, at)
        if text.find('"', at, line_end) < 0:  # nearly every line: its cells are what stands between separators
            end, cells = line_end, _plain_cells(text[at:line_end], at, separator)
        else:
            cells, end = _quoted_cells(name, text, at, separator, token)
        if len(cells) > MAX_COLUMNS:
            raise InputRefused(name, f"more than {MAX_COLUMNS} columns", f"row {len(found) + 1}")
        found.append(Record(start, end, tuple(cells)))
        left -= len(cells)
        if left < 0:
            raise InputRefused(name, f"more than {MAX_CELLS:,} cells", f"row {len(found)}")
        if end == len(text):
            return found
        at = end + (2 if text.startswith("\r\n", end) else 1)


def _line_end(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _plain_cells(line: str, at: int, separator: str) -> list[tuple[int, int]]:
    """The spans of the cells of a line without quotes; no more of them than tell that there are too many."""
    cells = []
    for cell in line.split(separator, MAX_COLUMNS):
        end = at + len(cell)
        if not cell or (len(cell.strip()) == len(cell) and cell[0] != "\ufeff"):
            cells.append((at, end))
        else:
            first, last = _trimmed(cell, 0, len(cell))
            cells.append((at + first, at + last))
        at = end + 1
    return cells


def _quoted_cells(
    name: str, text: str, at: int, separator: str, token: re.Pattern[str]
) -> tuple[list[tuple[int, int]], int]:
    """The spans of the cells of a record, some of them in quotes, and where it ends."""
    cells: list[tuple[int, int]] = []
    while True:
        lead = _spaces(text, at, separator)
        if text[lead : lead + 1] == '"':
            cell, after = _quoted(name, text, lead, token)
        else:
            stop = token.search(text, at)
            after = stop.start() if stop else len(text)
            cell = _trimmed(text, at, after)
        cells.append(cell)
        if len(cells) > MAX_COLUMNS or text[after : after + 1] != separator:
            return cells, after
        at = after + 1


def _spaces(text: str, at: int, separator: str) -> int:
    while at < len(text) and text[at] in " \t\ufeff" and text[at] != separator:
        at += 1
    return at


def _quoted(name: str, text: str, opening: int, token: re.Pattern[str]) -> tuple[tuple[int, int], int]:
    """The span inside the quotes, and where the cell ends."""
    at = opening + 1
    while True:
        close = text.find('"', at)
        if close < 0:
            line = text.count("\n", 0, opening) + 1
            raise InputRefused(name, "a quoted cell is never closed", f"line {line}")
        if text[close + 1 : close + 2] == '"':
            at = close + 2
            continue
        stop = token.search(text, close + 1)
        return (opening + 1, close), stop.start() if stop else len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):  # a mark that a joined file left
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def names_columns(cells: list[str], rows: int) -> bool:
    """Whether the first of some rows names the columns: short, different, no number, address or sentence.

    The questions of a survey do too, beside a name that columns are known by.
    """
    filled = [n for n in cells if n]
    if rows < 2 or not filled or len(set(filled)) < len(filled):
        return False
    questions = any(n.endswith("?") or len(n) > _LONGEST_NAME for n in filled)
    longest = _LONGEST_QUESTION if questions and guessed(filled) else _LONGEST_NAME
    if questions and longest == _LONGEST_NAME:
        return False
    return all(len(n) <= longest and not _DATA.search(n) for n in filled)


def table_kind(names: list[str]) -> str:
    """ "participants", "initiatives", "proposals" or "generic", by the words of the column names."""
    words = [w for n in names for w in re.findall(r"[a-z]+", fold(n))]
    scores = {kind: sum(w in known for w in words) for kind, known in _KINDS}
    best = max(scores, key=lambda k: scores[k])
    return best if scores[best] >= 2 else "generic"
