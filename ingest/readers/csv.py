"""CSV tables: the text is the file, each row and cell keeps its span, quoted line breaks included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, repeat

from graph.errors import InputRefused
from ingest.blocks import DocumentBuilder
from ingest.bounds.limits import check_nodes
from ingest.decoding import Decoded, decode, looks_binary
from ingest.document import BlockKind, Document, Ledger, LeftOut, RawFile, Shape
from ingest.language import detect
from ingest.registry import Rank
from ingest.sniff import foreign
from ingest.tables.columns import is_export, renamed, shown
from ingest.tables.csvtable import (
    SEPARATORS,
    Record,
    guess_separator,
    names_columns,
    records,
    title_rows,
    told_separator,
)
from ingest.tables.csvtable import table_kind as guess_kind

_SAMPLE = 200_000
_MIN_SHARE = 0.8
_NONE = "\t"  # where a table has one column: the commas are those of what it says
_LOOKED_AT = 60  # rows that tell where the table begins
_VOTERS_HEAD = 500  # characters that hold the names of columns which are no comments
_LINE = re.compile(r"[^\r\n]+")


def unquote(cell: str) -> str:
    """The value of a cell as written in the file: quotes doubled inside are one."""
    return cell.replace('""', '"')


@dataclass(frozen=True)
class CsvReader:
    name: str = "csv"
    label: str = "Tableau CSV (.csv, .tsv)"
    extensions: tuple[str, ...] = (".csv", ".tsv")
    carries: tuple[str, ...] = ("rows", "cells", "column names", "kind of table", "topics of an outline table")
    loses: tuple[str, ...] = ("cell types and formats", "formulas")
    rank: Rank = Rank.TABLE

    def accepts(self, raw: RawFile) -> bool:
        """By content; a name ending in .csv needs only two columns or a header to agree."""
        if not raw.data.strip() or looks_binary(raw.data) or foreign(raw):
            return False
        try:
            text = decode(RawFile(raw.name, raw.data[:_SAMPLE])).text
        except InputRefused:
            return False
        separator = guess_separator(text)
        if raw.extension in self.extensions:
            return True
        return bool(separator) and raw.extension not in {".md", ".txt", ".rst"} and _regular(text, separator)

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        separator = guess_separator(decoded.text) or _NONE
        table = _table(raw.name, decoded.text, separator)
        check_nodes(raw.name, len(table.rows))
        names = renamed(table.names, raw.columns)
        builder = DocumentBuilder(decoded.text)
        counted = _of_participants(table.names)
        for number, title in enumerate(table.titles, 1):
            start, end = max(title.cells, key=lambda cell: cell[1] - cell[0])
            builder.add(BlockKind.PARAGRAPH, start, end, place=f"row {number}", markup=False)
        for number, row in enumerate(table.rows, 1 + len(table.titles)):
            header = bool(table.names) and row is table.rows[0]
            _add_row(builder, row, names, header=header, number=number, counted=counted)
        return Document(
            raw, "csv", "csv@1", decoded.text, builder.blocks,
            title=raw.name.rsplit("/", 1)[-1], language=detect(decoded.text),
            options={
                "encoding": decoded.encoding, "separator": separator, "table": guess_kind(names),
                "header": bool(table.names), "columns": shown(table.names, raw.columns),
            },
            shape=Shape.ROWS, ledger=_ledger(decoded, table, counted=counted),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a file, the one that names the columns first; titles above them; rows left out as empty."""

    rows: list[Record]
    names: list[str]
    titles: list[Record]
    empty: int


def _table(name: str, text: str, separator: str) -> _Table:
    """The table of a text. Rows without a value are records of a platform's export, and nothing in other tables."""
    told = told_separator(text)
    if voters := _names_of_voters(text, separator):
        return _Table(_whole_lines(text), voters, [], 0)
    lines = [r for r in records(name, text, separator) if r.end > r.start and not (told and r.start < told.end())]
    filled = [r for r in lines if any(b > a for a, b in r.cells)]
    if not filled:
        raise InputRefused(name, "no row in the table")
    above = title_rows([[_value(text, cell) for cell in row.cells] for row in filled[:_LOOKED_AT]])
    titles, body = filled[:above], filled[above:]
    written = [_value(text, cell) for cell in body[0].cells]
    names = written if names_columns(written, len(body)) else []
    if is_export(names):
        kept = {r.start for r in body}
        body = [r for r in lines if r.start in kept or (r.start > body[0].start and len(r.cells) > 1)]
    return _Table(body, names, titles, len(lines) - len(titles) - len(body))


def _names_of_voters(text: str, separator: str) -> list[str]:
    """The first names of Pol.is's columns where each row is a voter, with a column for each comment, thousands of them.

    None of these is a table's to a reader of names: those of the comments are numbers.
    """
    first = text[:_VOTERS_HEAD].lstrip("\ufeff").splitlines()[0] if text[:_VOTERS_HEAD].strip() else ""
    names = [cell.strip('" ') for cell in first.split(separator)]
    return [n for n in names if not n.isdigit()] if _of_participants(names) else []


def _whole_lines(text: str) -> list[Record]:
    """The lines of a text that hold something, each as a row of one cell."""
    spans = (line.span() for line in _LINE.finditer(text) if not line[0].isspace())
    return [Record(a, b, ((a, b),)) for a, b in spans]


def _regular(text: str, separator: str) -> bool:
    """Whether most lines hold as many separators as the first."""
    lines = [line for line in text.splitlines()[:100] if line.strip()]
    counts = [line.count(separator) for line in lines]
    return len(lines) > 2 and counts[0] > 0 and sum(c == counts[0] for c in counts) >= _MIN_SHARE * len(counts)


def _value(text: str, cell: tuple[int, int]) -> str:
    return " ".join(unquote(text[cell[0] : cell[1]]).split())


def _of_participants(names: list[str]) -> bool:
    """Whether the rows are votes or participants of Pol.is: they are counted, and not read."""
    found = {name.lower() for name in names}
    return found >= {"comment-id", "voter-id", "vote"} or found >= {"participant", "group-id", "n-votes"}


def _add_row(
    builder: DocumentBuilder, row: Record, names: list[str], *, header: bool, number: int, counted: bool
) -> None:
    cells = [(name, a, b) for name, (a, b) in zip(chain(names, repeat("")), row.cells, strict=False)]
    attributes: dict[str, object] = {"cells": cells}
    if header:
        attributes["header"] = True
    kind = BlockKind.FURNITURE if counted else BlockKind.ROW
    builder.add(kind, row.start, row.end, place=f"row {number}", attributes=attributes, markup=False)


def _ledger(decoded: Decoded, table: _Table, *, counted: bool) -> Ledger:
    rows, text = [*table.titles, *table.rows], decoded.text
    filled = sum(bool(line.strip()) for line in text.splitlines())
    data = len(table.rows) - bool(table.names)
    inner = sum(text.count("\n", r.start, r.end) for r in rows)
    blank_inside = sum(not x.strip() for r in rows for x in text[r.start : r.end].splitlines())
    ledger = Ledger({"lines": filled}, {"rows": data, "lines": len(rows) + inner - blank_inside}, list(decoded.losses))
    if counted:
        ledger.left_out.append(LeftOut("votes of participants", "table", data, "counted, not read"))
    if table.empty:
        ledger.left_out.append(LeftOut("empty rows", "table", table.empty, "rows without a value are no records"))
    width = len(table.rows[0].cells)
    for number, row in enumerate(table.rows, 1 + len(table.titles)):
        if len(row.cells) != width:
            ledger.left_out.append(
                LeftOut(
                    "ragged row", f"row {number}", 1, f"{len(row.cells)} cells where the first row has {width}; kept"
                )
            )
        if len(ledger.left_out) >= 100:
            ledger.left_out.append(LeftOut("ragged rows", "table", 1, "more rows like these are not listed"))
            break
    return ledger


READER = CsvReader()

__all__ = ["READER", "SEPARATORS", "CsvReader", "unquote"]
