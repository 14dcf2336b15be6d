"""Excel workbooks (.xlsx, .xlsm): the sheets as tables, shown values of formulas, dates in ISO; macros never run."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from graph.errors import InputRefused
from ingest.document import Document, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.office.parts import REL, Package, main_part, opened
from ingest.rawcount import raw_counts
from ingest.readers.xlsx_values import Formats, shown
from ingest.registry import Rank
from ingest.tables.sheets import CARRIES, LOSES, MAX_SHEETS, Budget, Row, Sheet, fill_merged, workbook_document
from ingest.xml.stream import stream_xml

_BOOK = "xl/workbook.xml"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_C, _V = f"{_S}c", f"{_S}v"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RAW = (
    ("cells", rb"<(?:\w+:)?v(?: [^<>]*)?>(?!<)|<(?:\w+:)?is>"), ("formulas", rb"<(?:\w+:)?f[ >/]"),
    ("merged cells", rb"<(?:\w+:)?mergeCell "), ("links", rb"<(?:\w+:)?hyperlink "),
)  # fmt: skip
_COMMENT = (("comments", rb"<(?:\w+:)?(?:comment|threadedComment) "),)


@dataclass
class _Book:
    """What all sheets of one workbook share."""

    package: Package
    strings: list[str]
    formats: Formats
    budget: Budget
    left: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True)
class XlsxReader:
    name: str = "xlsx"
    label: str = "Excel (.xlsx, .xlsm)"
    extensions: tuple[str, ...] = (".xlsx", ".xlsm", ".xltx")
    carries: tuple[str, ...] = CARRIES
    loses: tuple[str, ...] = LOSES
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return bool(main_part(raw, _BOOK, "spreadsheetml"))

    def read(self, raw: RawFile) -> Document:
        with opened(raw) as package:
            book_part = main_part(raw, _BOOK, "spreadsheetml") or _BOOK
            workbook = package.needed(book_part)
            relations = package.relations(book_part)
            beside = {r.kind: r.target for r in relations.values() if not r.outside}
            strings = _strings(package, beside.get("sharedStrings", "xl/sharedStrings.xml"))
            formats = _formats(package, workbook, beside.get("styles", "xl/styles.xml"))
            book = _Book(package, strings, formats, Budget(raw.name))
            listed = list(workbook.iter(f"{_S}sheet"))
            if len(listed) > MAX_SHEETS:
                raise InputRefused(raw.name, f"more than {MAX_SHEETS} sheets", _BOOK)
            found: Counter[str] = Counter(sheets=len(listed))
            sheets = []
            read: set[str] = set()
            for element in listed:
                relation = relations.get(str(element.get(f"{REL}id", "")))
                if relation is None or relation.outside or relation.target not in package.names:
                    book.left["sheets", "the part that should hold it is missing"] += 1
                    continue
                if relation.target in read:
                    book.left["sheets", "the same part as another sheet, read once"] += 1
                    continue
                read.add(relation.target)
                data = package.data(relation.target)
                counted = raw_counts(data, _RAW)
                book.budget.check(counted.get("cells", 0), clean(str(element.get("name", ""))))
                found.update(counted)
                sheets.append(_sheet(book, element, relation.target, data))
            found.update(_comments(package))
            left = [LeftOut(what, "workbook", n, why) for (what, why), n in book.left.items()] + package.left_out()
            if found["comments"]:
                left.append(LeftOut("comments", "cells", found["comments"], "comments of reviewers are not read"))
            if linked := sum("externalLinks/externalLink" in n and "_rels" not in n for n in package.names):
                left.append(LeftOut("external links", "workbook", linked, "other workbooks are never opened"))
        return workbook_document(raw, "xlsx", sheets, {k: n for k, n in found.items() if n}, left)


def _comments(package: Package) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name in package.names:
        if re.search(r"(?i)^xl/(?:threadedComments/)?(?:threaded)?comments?\d*\.xml$", name):
            found.update(raw_counts(package.data(name), _COMMENT))
    return {"comments": found["comments"]} if found["comments"] else {}


def _strings(package: Package, name: str) -> list[str]:
    if name not in package.names:
        return []
    return [_text(item) for item in stream_xml(package.raw.name, package.data(name), name, f"{_S}si")]


def _text(item: etree._Element) -> str:
    """The text of a shared or inline string; how it is pronounced is no part of it."""
    return "".join(
        t.text or "" for t in item.iter(f"{_S}t") if (up := t.getparent()) is None or up.tag != f"{_S}rPh"
    )  # fmt: skip


def _formats(package: Package, workbook: etree._Element, part: str) -> Formats:
    styles = package.part(part)
    properties = workbook.find(f"{_S}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    if styles is None:
        return Formats([], since_1904)
    codes = {str(f.get("numFmtId")): str(f.get("formatCode", "")) for f in styles.iter(f"{_S}numFmt")}
    used = [str(xf.get("numFmtId", "0")) for xf in styles.iterfind(f"{_S}cellXfs/{_S}xf")]
    return Formats([(number, codes.get(number, "")) for number in used], since_1904)


def _sheet(book: _Book, element: etree._Element, part: str, data: bytes) -> Sheet:
    sheet = Sheet(clean(str(element.get("name", ""))), hidden=element.get("state", "visible") != "visible")
    relations = book.package.relations(part)
    merged: list[tuple[int, int, int]] = []
    links: list[tuple[int, str]] = []
    tags = tuple(_S + tag for tag in ("row", "mergeCell", "hyperlink", "outlinePr"))
    for found in stream_xml(book.package.raw.name, data, part, *tags):
        tag = str(found.tag).removeprefix(_S)
        if tag == "row":
            _row(book, sheet, found)
        elif tag == "outlinePr":
            sheet.summary_above = found.get("summaryBelow") in {"0", "false"}
        elif tag == "mergeCell":
            merged.append(_area(str(found.get("ref", ""))))
        elif relation := relations.get(str(found.get(f"{REL}id", ""))):
            links.append((_area(str(found.get("ref", "")))[1], relation.target))
    fill_merged(sheet, merged, book.budget)
    rows = {row.number: row for row in sheet.rows}
    for number, target in links:
        if number in rows and target:
            rows[number].links.append(target)
    return sheet


def _area(reference: str) -> tuple[int, int, int]:
    """The column, first row and last row of a reference, zeros where it is none."""
    corners = _REFERENCE.findall(reference.upper())
    return (_column(corners[0][0]), int(corners[0][1]), int(corners[-1][1])) if corners else (0, 0, 0)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _row(book: _Book, sheet: Sheet, element: etree._Element) -> None:
    book.budget.see(sheet.name, 1 + len(element))
    last = sheet.rows[-1].number if sheet.rows else 0
    said, level = str(element.get("r", "")), str(element.get("outlineLevel", "0"))
    number = int(said) if said.isdecimal() and len(said) < 8 else last + 1
    row = Row(number, {}, int(level) if level.isdecimal() and len(level) < 2 else 0)
    column = 0
    for cell in element.iterchildren(_C):
        own = cell.get("r")
        place = _REFERENCE.fullmatch(own) if own else None
        column = _column(place[1]) if place else column + 1
        value = _value(book, cell)
        if value.strip():
            row.cells[column] = value
    if row.cells:
        book.budget.spend(row.cells.values(), sheet.name)
        sheet.rows.append(row)


def _value(book: _Book, cell: etree._Element) -> str:
    kind, value = cell.get("t", "n"), cell.find(_V)
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        return _text(inline) if inline is not None else ""
    text = value.text or "" if value is not None else ""
    if not text:
        if cell.find(f"{_S}f") is not None:
            book.left["formulas", "saved without their value: open the file, compute and save it again"] += 1
        return ""
    if kind == "s":
        return book.strings[int(text)] if text.isdecimal() and len(text) < 9 and int(text) < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    style = str(cell.get("s", "0"))
    return shown(text, book.formats, int(style) if style.isdecimal() and len(style) < 6 else 0) if kind == "n" else text


READER = XlsxReader()
