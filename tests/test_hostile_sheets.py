# ruff: noqa: E501 - parts of files stand on the lines they come on
"""Small workbooks that ask for much: merged areas side by side, repeated cells, wide tables, long number formats."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

from graph.errors import InputRefused
from ingest import readers
from ingest.document import RawFile
from ingest.rawcount import raw_counts
from ingest.readers import docx, ods, xlsx, xlsx_values
from ingest.readers.xlsx_values import Formats, Kind
from ingest.tables import sheets
from ingest.tables.sheets import MAX_CELLS, Budget, Row, Sheet, fill_merged, workbook_document
from tests.hostile.of_offices import odf
from tests.reading import read


def test_a_row_of_many_merged_areas_is_put_in_order_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[int] = []
    monkeypatch.setattr(sheets, "sorted", lambda items: (ordered.append(1), sorted(items))[1], raising=False)
    rows = [Row(1, dict.fromkeys(range(1, 101), "a")), *(Row(n, {101: "b"}) for n in range(2, 12))]
    sheet = Sheet("F", rows)
    fill_merged(sheet, [(column, 1, 11) for column in range(1, 101)], Budget("a.xlsx"))
    assert [list(row.cells) for row in sheet.rows[1:]] == [list(range(1, 102))] * 10
    assert sum(ordered) <= len(rows) + 1


def test_cells_that_repeat_are_counted_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    check = Budget.check
    monkeypatch.setattr(Budget, "check", lambda self, cells, where: (asked.append(cells), check(self, cells, where)))
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>a</text:p></table:table-cell>'
    row = f"<table:table-row>{cell * 2_000}</table:table-row>"
    with pytest.raises(InputRefused, match=f"more than {MAX_CELLS:,} filled cells"):
        read("a.ods", odf("spreadsheet", f'<table:table table:name="a">{row}</table:table>'))
    assert max(asked) <= MAX_CELLS + 1_000


def test_the_tables_of_a_workbook_together_span_no_more_than_one_may() -> None:
    def table(first: int) -> list[Row]:
        return [
            Row(first, dict.fromkeys(range(1, 1_001), "a")),
            *(Row(first + n, {1_000: "b"}) for n in range(1, 1_000)),
        ]

    rows = [row for n in range(4) for row in table(1 + 1_001 * n)]
    with pytest.raises(InputRefused, match="cells between the first and the last"):
        workbook_document(RawFile("a.xlsx", b""), "xlsx", [Sheet("F", rows)], {}, [])


def test_a_number_format_is_worked_out_once_for_all_the_styles_that_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    kind = xlsx_values._kind
    monkeypatch.setattr(xlsx_values, "_kind", lambda number, code: (asked.append(code), kind(number, code))[1])
    formats = Formats([("200", "[a]yyyy")] * 1_000, False)
    assert (formats.kind(999), asked) == (Kind.DATE, ["[a]yyyy"])


def counted() -> Iterator[tuple[str, bytes]]:
    """The patterns by which readers count the bytes of a file, with the module and what they count."""
    for module in pkgutil.iter_modules(readers.__path__, f"{readers.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            for pair in value if isinstance(value, tuple) else ():
                if isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[1], bytes):
                    yield f"{module.name} {pair[0]}", pair[1]


def test_what_counts_a_tag_never_looks_past_the_next_one() -> None:
    found = list(counted())
    assert len(found) > 50
    assert [where for where, pattern in found if b"[^>]*" in pattern] == []  # one tag thousands of times in a comment


def test_a_tag_is_counted_with_what_it_holds() -> None:
    data = b'<w:hyperlink w:a="1" r:id="r1"/><w:hyperlink w:a="2"/><w:hyperlink r:id="r2"/>'
    assert raw_counts(data, docx._RAW)["links"] == 2
    data = b'<table:table-cell a="1" office:value-type="float"/><table:table-cell/><table:table a="b" table:name="c">'
    assert {what: n for what, n in raw_counts(data, ods._RAW).items() if n} == {"cells": 1, "sheets": 1}
    assert raw_counts(b'<v>1</v><x:v xml:space="preserve">2</x:v><v></v>', xlsx._RAW)["cells"] == 2
