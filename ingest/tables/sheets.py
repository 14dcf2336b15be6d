"""Sheets of a workbook, whatever its format, as text: tables with their column names, groups of rows as a tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from graph.errors import InputRefused
from graph.outline import LeftOut
from graph.text import fold
from ingest.bounds.limits import check_nodes
from ingest.document import Block, BlockKind, Document, Ledger, RawFile, Shape
from ingest.language import detect
from ingest.notes.tables import HEADER_WORDS
from ingest.rendering import Rendering
from ingest.tables.columns import renamed, shown
from ingest.tables.csvtable import MAX_COLUMNS, names_columns

MAX_CELLS = 500_000
MAX_TEXT = 20_000_000  # characters of all cells: one text may stand in thousands of them
MAX_AREA = 3_000_000  # cells, the empty ones between filled ones included
MAX_SHEETS = 200
_MAX_SEEN = 2_000_000  # rows and cells, the empty ones included
CARRIES = ("sheets", "rows", "cells", "column names", "groups of rows", "links")  # of a workbook, whatever its format
LOSES = ("formulas (their shown value is kept)", "macros", "charts", "images", "comments", "colours")


@dataclass(slots=True)
class Row:
    """One row with something in it: its number (1 for the first), its group level (0: in none), cells by column."""

    number: int
    cells: dict[int, str]
    level: int = 0
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One sheet. `summary_above`: whether a group of rows is summed up by the row above it; None: not said."""

    name: str
    rows: list[Row] = field(default_factory=list)
    summary_above: bool | None = None
    hidden: bool = False


class Budget:
    """How many cells a workbook may still fill, and with how much text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left = MAX_CELLS
        self.text = MAX_TEXT
        self.unseen = _MAX_SEEN
        self.area = MAX_AREA

    def see(self, where: str, many: int = 1) -> None:
        """Raise InputRefused where the workbook holds too many rows and cells, whatever is in them."""
        self.unseen -= many
        if self.unseen < 0:
            raise InputRefused(self.name, f"more than {_MAX_SEEN:,} rows and cells", where)

    def lay_out(self, rows: int, columns: int, where: str) -> None:
        """Raise InputRefused where the tables of the workbook span too many cells, the empty ones included."""
        self.area -= rows * columns
        if self.area < 0:
            raise InputRefused(self.name, f"more than {MAX_AREA:,} cells between the first and the last", where)

    def spend(self, cells: Collection[str], where: str, times: int = 1) -> None:
        """Raise InputRefused where the workbook holds too many cells, or too much text in them."""
        self.check(times * len(cells), where)
        self.left -= times * len(cells)
        self.text -= times * sum(map(len, cells))
        if self.text < 0:
            raise InputRefused(self.name, f"more than {MAX_TEXT:,} characters in its cells", where)

    def check(self, cells: int, where: str) -> None:
        """Raise InputRefused where so many more are too many, before any is read."""
        if cells > self.left:
            raise InputRefused(self.name, f"more than {MAX_CELLS:,} filled cells", where)


def fill_merged(sheet: Sheet, areas: Iterable[tuple[int, int, int]], budget: Budget) -> None:
    """Give each row of a cell merged over several rows its value. `areas`: column, first and last row."""
    numbers = [row.number for row in sheet.rows]
    if numbers != sorted(numbers):
        return  # rows out of order: only a made-up file has them
    added: dict[int, dict[int, str]] = {}  # by the place of its row: each row is put in order once
    for column, first, last in areas:
        begin, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if last <= first or begin >= end or numbers[begin] != first:
            continue
        value = sheet.rows[begin].cells.get(column, "")
        budget.spend([value], sheet.name, end - begin)
        for n in range(begin + 1, end) if value else ():
            if column not in sheet.rows[n].cells:
                added.setdefault(n, {}).setdefault(column, value)
    for n, cells in added.items():
        sheet.rows[n].cells = dict(sorted({**sheet.rows[n].cells, **cells}.items()))  # repeated rows share theirs


def workbook_document(
    raw: RawFile, form: str, sheets: list[Sheet], found: dict[str, int], left: list[LeftOut]
) -> Document:
    """The document of a workbook. Raises InputRefused where no cell is filled, or far too many."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise InputRefused(raw.name, "no cell holds anything")
    out = Rendering()
    columns: dict[str, str] = {}
    budget = Budget(raw.name)
    for sheet in filled:
        out.place = sheet.name
        if len(filled) > 1:
            out.heading(sheet.name, 1)
        _write_sheet(raw, sheet, out, columns, budget)
    check_nodes(raw.name, len(out.pieces))
    text, blocks = out.finish()
    _hang_links(filled, blocks)
    rows = sum(len(sheet.rows) for sheet in filled)
    kept = {"sheets": len(filled), "rows": rows, "cells": sum(len(r.cells) for s in filled for r in s.rows)}
    kept["links"] = sum(len(row.links) for sheet in filled for row in sheet.rows)
    return Document(
        raw, form, f"{form}@1", text, blocks, title=filled[0].name if len(filled) == 1 else raw.name.rsplit("/", 1)[-1],
        language=detect(text), text_is_file=False, options={"columns": columns}, shape=Shape.ROWS,
        ledger=Ledger(found, {k: n for k, n in kept.items() if n}, left + _hidden(filled)),
    )  # fmt: skip


def _hidden(sheets: list[Sheet]) -> list[LeftOut]:
    """Hidden sheets are read: a person should know that they are in the graph."""
    return [
        LeftOut("hidden sheets", s.name, 0, "hidden in the workbook, read all the same") for s in sheets if s.hidden
    ]


def _write_sheet(raw: RawFile, sheet: Sheet, out: Rendering, shown_columns: dict[str, str], budget: Budget) -> None:
    """The rows of a sheet; the roles of its columns go to `shown_columns`."""
    grouped = any(row.level for row in sheet.rows)
    steps = _steps(sheet.rows)
    if steps:
        for row, depth in zip(sheet.rows, steps, strict=True):
            out.place = _place(sheet, row)
            out.bullet(next(iter(row.cells.values())), depth)
        return
    names: list[str] = []
    for region in _regions(sheet.rows):
        names = _write_region(raw, sheet, region, names, out, budget, grouped=grouped)
        shown_columns.update(shown(names, raw.columns))


def _steps(rows: list[Row]) -> list[int]:
    """Depths of a tree drawn as stairs, one filled cell a row, each at most one column further; empty for a table."""
    columns = [next(iter(row.cells)) for row in rows if len(row.cells) == 1]
    if len(columns) < len(rows) or len(rows) < 3 or len(set(columns)) < 2:
        return []
    ranks = {column: n + 1 for n, column in enumerate(sorted(set(columns)))}
    depths = [ranks[column] for column in columns]
    stairs = all(b <= a + 1 for a, b in pairwise(depths)) and depths[0] == 1
    return depths if stairs else []


def _regions(rows: list[Row]) -> list[list[Row]]:
    """The tables of a sheet: what blank rows separate."""
    regions: list[list[Row]] = []
    for row in rows:
        if regions and row.number <= regions[-1][-1].number + 1:
            regions[-1].append(row)
        else:
            regions.append([row])
    return regions


def _write_region(
    raw: RawFile, sheet: Sheet, rows: list[Row], names: list[str], out: Rendering, budget: Budget, *, grouped: bool
) -> list[str]:
    """One table below its titles; gives the names of its columns, which go on for a next one that has none."""
    columns = sorted({column for row in rows for column in row.cells})
    if len(columns) > MAX_COLUMNS:
        raise InputRefused(raw.name, f"more than {MAX_COLUMNS} columns", sheet.name)
    budget.lay_out(len(rows), len(columns), sheet.name)
    first = _titles(rows, len(columns))
    for row in rows[:first]:
        out.place = _place(sheet, row)
        out.paragraph(next(iter(row.cells.values())))
    return _write_table(raw, sheet, rows[first:], columns, names, out, grouped=grouped) if rows[first:] else names


def _write_table(
    raw: RawFile, sheet: Sheet, rows: list[Row], columns: list[int], names: list[str], out: Rendering, *, grouped: bool
) -> list[str]:
    head = [" ".join(cell.split()) for cell in _cells(rows[0], columns)]
    unlikely = bool(names) or (grouped and _opens_group(sheet, rows))
    headed = names_columns(head, len(rows)) and not rows[0].level and (not unlikely or _known(head))
    names = head if headed else names
    top, body = rows[:headed], rows[headed:]
    placed = _grouped(body, above=_summed_above(sheet, body)) if grouped else [(row, 0) for row in body]
    ordered = [(row, 0) for row in top] + placed
    out.table(
        [_cells(row, columns) for row, _ in ordered],
        header=headed,
        names=renamed(names, raw.columns),
        levels=[level for _, level in ordered],
        places=[_place(sheet, row) for row, _ in ordered],
    )
    return names


def _opens_group(sheet: Sheet, rows: list[Row]) -> bool:
    """Whether a first row may sum up the group below it, rather than name the columns."""
    return len(rows) > 1 and rows[1].level > rows[0].level and _summed_above(sheet, rows)


def _known(head: list[str]) -> bool:
    """Whether a first row below another table names columns anew, rather than going on with its rows."""
    filled = [cell for cell in head if cell]
    known = sum(any(w in HEADER_WORDS for w in fold(cell).replace(".", " ").split()) for cell in filled)
    return known * 2 >= len(filled)


def _titles(rows: list[Row], width: int) -> int:
    """How many rows above a table of several columns hold one cell only: its titles."""
    if width < 2:
        return 0
    return next((n for n, row in enumerate(rows) if len(row.cells) > 1 or row.level), len(rows))


def _cells(row: Row, columns: list[int]) -> list[str]:
    cells = [row.cells.get(column, "") for column in columns]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _summed_above(sheet: Sheet, rows: list[Row]) -> bool:
    """Whether a group stands under the row above it. A last row inside a group has no sum below it."""
    return sheet.summary_above is not False or bool(rows and rows[-1].level)


def _grouped(rows: list[Row], *, above: bool) -> list[tuple[Row, int]]:
    """Each row with its depth, the row that sums up a group before the group."""
    if above:
        return [(row, row.level + 1) for row in rows]
    out: list[tuple[Row, int]] = []
    waiting: list[tuple[int, list[tuple[Row, int]]]] = []  # groups whose sum is still to come, with their level
    for row in rows:
        inner: list[tuple[Row, int]] = []
        while waiting and waiting[-1][0] > row.level:
            inner = waiting.pop()[1] + inner
        waiting.append((row.level, [(row, row.level + 1), *inner]))
    for _, rows_of in waiting:
        out += rows_of
    return out


def _place(sheet: Sheet, row: Row) -> str:
    return f"{sheet.name}!{row.number}"


def _hang_links(sheets: Iterable[Sheet], blocks: list[Block]) -> None:
    links = {_place(sheet, row): row.links for sheet in sheets for row in sheet.rows if row.links}
    for block in blocks if links else ():
        if block.kind is not BlockKind.SENTENCE and block.place in links:
            block.attributes["links"] = links[block.place]
