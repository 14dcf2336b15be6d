"""OpenDocument spreadsheets (.ods): the sheets as tables, shown values, dates in ISO, groups of rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import check_size
from ingest.document import Document, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.office.odf import HREF, OFFICE, TABLE, TEXT, is_odf, odf_text, refuse_protected
from ingest.office.parts import opened
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.tables.sheets import CARRIES, LOSES, MAX_SHEETS, Budget, Row, Sheet, fill_merged, workbook_document
from ingest.xml.stream import stream_xml

_MAX_REPEATED = 1_000  # times that a filled row or cell may stand for
_RAW = (
    ("cells", rb"<table:table-cell(?=[^<>]*office:value-type)"), ("formulas", rb"table:formula="),
    ("merged cells", rb"table:number-(?:rows|columns)-spanned=\"(?!1\")"), ("links", rb"<text:a "),
    ("comments", rb"<office:annotation[ >]"), ("sheets", rb"<table:table [^<>]*table:name="),
)  # fmt: skip


@dataclass(frozen=True)
class OdsReader:
    name: str = "ods"
    label: str = "LibreOffice Calc (.ods, .fods)"
    extensions: tuple[str, ...] = (".ods", ".ots", ".fods")
    carries: tuple[str, ...] = CARRIES
    loses: tuple[str, ...] = LOSES
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return is_odf(raw, "spreadsheet")

    def read(self, raw: RawFile) -> Document:
        if not raw.data.startswith(b"PK"):
            check_size(raw)
            return _document(raw, raw.data, [])
        with opened(raw) as package:
            refuse_protected(package)
            return _document(raw, package.data("content.xml"), package.left_out())


def _document(raw: RawFile, data: bytes, left: list[LeftOut]) -> Document:
    """The workbook of a `content.xml`, or of a file that is one XML text."""
    reading = _Reading(raw.name)
    for row in stream_xml(raw.name, data, "content.xml", f"{TABLE}table-row"):
        reading.row(row)
    found = raw_counts(data, _RAW)
    found.pop("topics", None)
    told = [LeftOut(what, "content.xml", n, why) for (what, why), n in reading.left.items()]
    if found.get("comments"):
        told.append(LeftOut("comments", "cells", found["comments"], "comments of reviewers are not read"))
    for sheet, merged in reading.merged:
        fill_merged(sheet, merged, reading.budget)
    return workbook_document(raw, "ods", [sheet for sheet, _ in reading.merged], found, [*told, *left])


class _Reading:
    """The rows of one file as they come, under the sheet that holds them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.budget = Budget(name)
        self.merged: list[tuple[Sheet, list[tuple[int, int, int]]]] = []
        self.left: Counter[tuple[str, str]] = Counter()
        self._table: etree._Element | None = None
        self._next = 1

    def row(self, element: etree._Element) -> None:
        """One row, as often as it says, within bounds; one that is empty moves the next ones down."""
        table = next(element.iterancestors(f"{TABLE}table"), None)
        if table is None or any(True for _ in table.iterancestors(f"{TABLE}table")):
            self.left["tables in cells", "not read"] += 1
            return
        if table is not self._table:
            self._begin(table)
        sheet, merged = self.merged[-1]
        made = Row(self._next, {}, sum(1 for _ in element.iterancestors(f"{TABLE}table-row-group")))
        self._cells(element, made, merged, sheet.name)
        times = _number(element, "number-rows-repeated")
        kept = min(times, _MAX_REPEATED) if made.cells else 0
        if kept and times > kept:
            self.left["repeated rows", f"the same row more than {_MAX_REPEATED:,} times"] += times - kept
        self.budget.spend(made.cells.values(), sheet.name, kept)
        sheet.rows += [Row(self._next + n, made.cells, made.level, made.links) for n in range(kept)]
        self._next += times

    def _begin(self, table: etree._Element) -> None:
        if len(self.merged) >= MAX_SHEETS:
            raise InputRefused(self.name, f"more than {MAX_SHEETS} sheets", "content.xml")
        self._table, self._next = table, 1
        self.merged.append((Sheet(clean(str(table.get(f"{TABLE}name", "")))), []))

    def _cells(self, element: etree._Element, row: Row, merged: list[tuple[int, int, int]], where: str) -> None:
        column = 1
        for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            self.budget.see(where)
            times = _number(cell, "number-columns-repeated")
            value = _value(cell)
            if value.strip() and str(cell.tag).endswith("}covered-table-cell"):
                self.left["covered cells", "what a merged cell hides is not read"] += 1
            elif value.strip():
                kept = min(times, _MAX_REPEATED)
                self.budget.check(len(row.cells) + kept, where)  # before they are made
                row.cells.update((column + n, value) for n in range(kept))
                row.links += [str(a.get(HREF)) for a in cell.iter(f"{TEXT}a") if a.get(HREF)]
                if (rows := _number(cell, "number-rows-spanned")) > 1:
                    merged.append((column, self._next, self._next + rows - 1))
            column += times


def _number(element: etree._Element, name: str) -> int:
    said = str(element.get(f"{TABLE}{name}", "1"))
    return max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1


def _value(cell: etree._Element) -> str:
    """What the cell shows, but a date as ISO."""
    if cell.get(f"{OFFICE}value-type") == "date" and (date := str(cell.get(f"{OFFICE}date-value", ""))):
        return date.removesuffix("T00:00:00")
    text = "\n".join(odf_text(p) for p in cell.iterchildren(f"{TEXT}p", f"{TEXT}h"))
    return text or str(cell.get(f"{OFFICE}string-value") or cell.get(f"{OFFICE}value") or "")


READER = OdsReader()
