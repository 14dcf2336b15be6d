"""CSV tables: the text is the file, each row and cell keeps its span, quoted line breaks included."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.blocks import DocumentBuilder
from ingest.bounds.limits import check_nodes
from ingest.decoding import Decoded, decode, looks_binary
from ingest.document import BlockKind, Document, Ledger, LeftOut, RawFile, Shape
from ingest.language import detect
from ingest.registry import Rank
from ingest.sniff import foreign
from ingest.tables.columns import renamed, shown
from ingest.tables.csvtable import SEPARATORS, Record, guess_separator, names_columns, records
from ingest.tables.csvtable import table_kind as guess_kind

_SAMPLE = 200_000
_MIN_SHARE = 0.8


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
        separator = guess_separator(decoded.text)
        rows = records(raw.name, decoded.text, separator or ",")
        rows = [r for r in rows if any(b > a for a, b in r.cells)]
        if not rows:
            raise InputRefused(raw.name, "no row in the table")
        check_nodes(raw.name, len(rows))
        header = _header(decoded.text, rows)
        builder = DocumentBuilder(decoded.text)
        written = [_value(decoded.text, c) for c in rows[0].cells] if header else []
        names = renamed(written, raw.columns)
        counted = _of_participants(written)
        for n, row in enumerate(rows):
            _add_row(builder, row, names, header=header and n == 0, number=n + 1, counted=counted)
        width = len(names) or len(rows[0].cells)
        return Document(
            raw, "csv", "csv@1", decoded.text, builder.blocks,
            title=raw.name.rsplit("/", 1)[-1], language=detect(decoded.text),
            options={
                "encoding": decoded.encoding, "separator": separator or ",", "table": guess_kind(names),
                "header": header, "columns": shown(written, raw.columns),
            },
            shape=Shape.ROWS, ledger=_ledger(decoded, rows, width, header=header, counted=counted),
        )  # fmt: skip


def _regular(text: str, separator: str) -> bool:
    """Whether most lines hold as many separators as the first."""
    lines = [line for line in text.splitlines()[:100] if line.strip()]
    counts = [line.count(separator) for line in lines]
    return len(lines) > 2 and counts[0] > 0 and sum(c == counts[0] for c in counts) >= _MIN_SHARE * len(counts)


def _value(text: str, cell: tuple[int, int]) -> str:
    return " ".join(unquote(text[cell[0] : cell[1]]).split())


def _header(text: str, rows: list[Record]) -> bool:
    """A first row of short, different names, none of them a number, an address or a sentence."""
    return names_columns([_value(text, c) for c in rows[0].cells], len(rows))


def _of_participants(names: list[str]) -> bool:
    """Whether the rows are votes or participants of Pol.is: they are counted, and not read."""
    found = {name.lower() for name in names}
    return found >= {"comment-id", "voter-id", "vote"} or found >= {"participant", "group-id", "n-votes"}


def _add_row(
    builder: DocumentBuilder, row: Record, names: list[str], *, header: bool, number: int, counted: bool
) -> None:
    cells = [(names[i] if i < len(names) else "", a, b) for i, (a, b) in enumerate(row.cells)]
    attributes: dict[str, object] = {"cells": cells}
    if header:
        attributes["header"] = True
    kind = BlockKind.FURNITURE if counted else BlockKind.ROW
    builder.add(kind, row.start, row.end, place=f"row {number}", attributes=attributes, markup=False)


def _ledger(decoded: Decoded, rows: list[Record], width: int, *, header: bool, counted: bool) -> Ledger:
    filled = sum(bool(line.strip()) for line in decoded.text.splitlines())
    data = len(rows) - header
    inner = sum(decoded.text.count("\n", r.start, r.end) for r in rows)
    blank_inside = sum(not x.strip() for r in rows for x in decoded.text[r.start : r.end].splitlines())
    ledger = Ledger({"lines": filled}, {"rows": data, "lines": len(rows) + inner - blank_inside}, list(decoded.losses))
    if counted:
        ledger.left_out.append(LeftOut("votes of participants", "table", data, "counted, not read"))
    for number, row in enumerate(rows, 1):
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
