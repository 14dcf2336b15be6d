"""Records of a CSV text with the span of each cell; the separator and the kind of table are guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import InputRefused
from graph.text import fold

SEPARATORS = (";", ",", "\t", "|")
MAX_COLUMNS = 1_000
_DATA = re.compile(r"^[\d\s.,%€/:-]+$|@|https?://|[.!?]$")
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


def guess_separator(text: str) -> str:
    """The separator that the first line holds most often outside quotes, or "" where it holds none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    counts = {s: bare.count(s) for s in SEPARATORS}
    best = max(SEPARATORS, key=lambda s: counts[s])
    return best if counts[best] else ""


def records(name: str, text: str, separator: str) -> list[Record]:
    """Every record; a quote opens at the start of a cell and closes before a separator or a line end.

    Raises InputRefused for a quoted cell that never closes.
    """
    token = re.compile(rf"{re.escape(separator)}|\r\n|\n|\r|\Z")
    found: list[Record] = []
    at, row_start = 0, 0
    cells: list[tuple[int, int]] = []
    while at <= len(text):
        lead = _spaces(text, at, separator)
        if text[lead : lead + 1] == '"':
            cell, after = _quoted(name, text, lead, token)
        else:
            stop = token.search(text, at)
            after = stop.start() if stop else len(text)
            cell = _trimmed(text, at, after)
        cells.append(cell)
        if len(cells) > MAX_COLUMNS:
            raise InputRefused(name, f"more than {MAX_COLUMNS} columns", f"row {len(found) + 1}")
        end = token.match(text, after)
        mark = end.group() if end else ""
        at = after + len(mark)
        if mark != separator:
            found.append(Record(row_start, after, tuple(cells)))
            cells, row_start = [], at
            if not mark:
                break
    return found


def _spaces(text: str, at: int, separator: str) -> int:
    while at < len(text) and text[at] in " \t" and text[at] != separator:
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
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def names_columns(cells: list[str], rows: int) -> bool:
    """Whether the first of some rows names the columns: short, different, no number, address or sentence."""
    filled = [n for n in cells if n]
    if rows < 2 or not filled or len(set(filled)) < len(filled):
        return False
    return all(len(n) <= 80 and not _DATA.search(n) for n in filled)


def table_kind(names: list[str]) -> str:
    """ "participants", "initiatives", "proposals" or "generic", by the words of the column names."""
    words = [w for n in names for w in re.findall(r"[a-z]+", fold(n))]
    scores = {kind: sum(w in known for w in words) for kind, known in _KINDS}
    best = max(scores, key=lambda k: scores[k])
    return best if scores[best] >= 2 else "generic"
