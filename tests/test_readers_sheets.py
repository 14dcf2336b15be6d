# ruff: noqa: E501 - parts of files stand on the lines they come on
"""Spreadsheets: tables, groups, merged cells, dates, and files that promise more than they should."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, Document
from ingest.maps.outline import outline_text
from tests.office_files import odf, relations, sheet_data, xlsx, zipped
from tests.reading import headings, labels, read


def rows(document: Document) -> list[dict[str, str]]:
    found = []
    for block in document.blocks:
        if block.kind is BlockKind.ROW and not block.attributes.get("header"):
            found.append({name: document.text[a:b] for name, a, b in block.attributes["cells"]})
    return found


def cell(value: str, kind: str = "string", **more: str) -> str:
    attributes = "".join(f' {k.replace("_", ":", 1).replace("_", "-")}="{v}"' for k, v in more.items())
    return f'<table:table-cell office:value-type="{kind}"{attributes}><text:p>{value}</text:p></table:table-cell>'


def ods_row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods(*tables: tuple[str, str]) -> bytes:
    return odf("spreadsheet", "".join(f'<table:table table:name="{n}">{body}</table:table>' for n, body in tables))


def test_a_sheet_is_a_table_with_its_column_names() -> None:
    document = read("b.xlsx", xlsx(("Feuil1", sheet_data(("Lieu", "Porteur"), ("Le lavoir", "Comité des fêtes")))))
    assert rows(document) == [{"Lieu": "Le lavoir", "Porteur": "Comité des fêtes"}]
    assert document.format == "xlsx"
    assert headings(document) == []


def test_several_sheets_have_each_their_heading() -> None:
    one, two = sheet_data(("a1", "b1"), ("a2", "b2")), sheet_data(("c1", "d1"), ("c2", "d2"))
    document = read("b.xlsx", xlsx(("Printemps", one), ("Automne", two), ("Vide", "<sheetData/>")))
    assert headings(document) == ["Printemps", "Automne"]
    assert outline_text(document).splitlines()[0] == "Printemps"


def test_titles_above_a_table_and_blank_rows_between_tables() -> None:
    data = sheet_data(
        ("Budget du quartier",),
        ("Poste", "Montant"),
        ("Bancs", "300 €"),
        (),
        ("Haies", "120 €"),
        (),
        ("Nom", "Commune"),
        ("Ruchet", "Brenon"),
    )
    document = read("b.xlsx", xlsx(("Feuil1", data)))
    assert labels(document, BlockKind.PARAGRAPH) == ["Budget du quartier"]
    assert rows(document) == [
        {"Poste": "Bancs", "Montant": "300 €"},
        {"Poste": "Haies", "Montant": "120 €"},
        {"Nom": "Ruchet", "Commune": "Brenon"},
    ]


def test_dates_percentages_and_formulas_show_what_a_reader_sees() -> None:
    styles = (
        '<numFmts count="1"><numFmt numFmtId="170" formatCode="[$-40C]dd\\ mmmm\\ yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs>'
    )
    data = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="1"><v>45426</v></c><c r="B2" s="2"><v>0.125</v></c><c r="C2" s="3"><v>45427</v></c>'
        '<c r="D2" s="4"><v>0.75</v></c><c r="E2" s="5"><v>45426.4375</v></c><c r="F2"><f>1+1</f><v>2</v></c>'
        '<c r="G2"><f>A1</f></c><c r="H2"><v>0.30000000000000004</v></c><c r="I2" t="b"><v>1</v></c></row></sheetData>'
    )
    document = read("b.xlsx", xlsx(("F", data), strings=("Quand", "Part"), styles=styles))
    assert document.blocks[1].label == "2024-05-14 12.5 % 2024-05-15 18:00 2024-05-14T10:30 2 0.3 TRUE"
    assert document.ledger.found["formulas"] == 2
    assert [(x.what, x.count) for x in document.ledger.left_out] == [("formulas", 1)]


def test_a_cell_merged_over_rows_is_said_in_each_of_them() -> None:
    data = sheet_data(("Thème", "Idée"), ("Eau", "Mare"), ("", "Puits"), ("Air", "Haies"))
    document = read("b.xlsx", xlsx(("F", data + '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>')))
    assert rows(document) == [
        {"Thème": "Eau", "Idée": "Mare"},
        {"Thème": "Eau", "Idée": "Puits"},
        {"Thème": "Air", "Idée": "Haies"},
    ]


def test_groups_of_rows_are_a_tree() -> None:
    data = sheet_data(
        ("Poste", "Coût"), ("Jardin", "10"), ("Graines", "4"), ("Outils", "6"), ("Fête", "5"), levels=(0, 0, 1, 1, 0)
    )
    document = read("b.xlsx", xlsx(("F", data)))
    assert outline_text(document).splitlines() == ["Jardin 10", "  Graines 4", "  Outils 6", "Fête 5"]


def test_a_sum_below_its_group_stands_above_it_in_the_tree() -> None:
    data = sheet_data(
        ("Poste", "Coût"), ("Graines", "4"), ("Outils", "6"), ("Jardin", "10"), ("Fête", "5"), levels=(0, 1, 1, 0, 0)
    )
    document = read("b.xlsx", xlsx(("F", '<sheetPr><outlinePr summaryBelow="1"/></sheetPr>' + data)))
    assert outline_text(document).splitlines() == ["Jardin 10", "  Graines 4", "  Outils 6", "Fête 5"]


def test_one_cell_a_row_in_stairs_is_an_outline() -> None:
    data = sheet_data(("Le bourg",), ("", "La place"), ("", "", "Un banc"), ("", "La halle"), ("Les hameaux",))
    document = read("b.xlsx", xlsx(("F", data)))
    assert outline_text(document).splitlines() == ["Le bourg", "  La place", "    Un banc", "  La halle", "Les hameaux"]


def test_links_of_cells_are_kept_and_links_to_other_files_are_told() -> None:
    data = (
        sheet_data(("Lieu", "Site"), ("Lavoir", "voir")) + '<hyperlinks><hyperlink ref="B2" r:id="rId1"/></hyperlinks>'
    )
    more = {"xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", "hyperlink", "https://exemple.org/lavoir"), outside=("rId1",)),
            "xl/externalLinks/externalLink1.xml": "<externalLink/>", "xl/vbaProject.bin": b"\xd0\xcf"}  # fmt: skip
    document = read("b.xlsm", xlsx(("F", data), **more))
    assert document.blocks[1].attributes["links"] == ["https://exemple.org/lavoir"]
    assert {x.what for x in document.ledger.left_out} == {"external links", "macros"}


def test_a_sheet_that_announces_a_million_cells_costs_what_it_holds() -> None:
    data = '<dimension ref="A1:XFD1048576"/>' + sheet_data(("a", "b"), ("c", "d"))
    far = data.replace('<row r="2">', '<row r="1048576">').replace("B2", "XFD1048576")
    document = read("b.xlsx", xlsx(("F", far)))
    assert document.ledger.kept["cells"] == 4
    assert len(document.text) < 20


def test_more_cells_than_one_reads_are_refused() -> None:
    row = "<row>" + "".join(f"<c><v>{n * 7919 % 10_007}</v></c>" for n in range(900)) + "</row>"
    with pytest.raises(InputRefused, match=r"b\.xlsx: F: more than 500,000 filled cells"):
        read(
            "b.xlsx",
            xlsx(("F", f"<sheetData>{''.join(row.replace('<v>', f'<v>{n}') for n in range(600))}</sheetData>")),
        )


def test_empty_rows_without_end_are_refused() -> None:
    noise = "".join(f'<row r="{n}"/>' for n in range(60_000))
    with pytest.raises(InputRefused, match="no cell holds anything"):
        read("b.xlsx", xlsx(("F", f"<sheetData>{noise}</sheetData>")))


@pytest.mark.parametrize("trick", ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE x>"])
def test_entities_in_a_sheet_are_refused(trick: str) -> None:
    parts = {"xl/worksheets/sheet1.xml": trick + "<worksheet><sheetData>&e;</sheetData></worksheet>"}
    with pytest.raises(InputRefused, match=r"sheet1\.xml.*refused for safety"):
        read("b.xlsx", xlsx(("F", ""), **parts))


def test_a_workbook_whose_sheet_climbs_out_of_the_archive_reads_nothing() -> None:
    links = relations(("rId1", "worksheet", "../../../../etc/passwd"))
    with pytest.raises(InputRefused, match="no cell holds anything"):
        read("b.xlsx", xlsx(("F", sheet_data(("a", "b"))), **{"xl/_rels/workbook.xml.rels": links}))


def test_a_calc_sheet_shows_its_text_its_dates_in_iso_and_its_repeats() -> None:
    body = ods_row(cell("Lieu"), cell("Ouvert le"), cell("Part")) + ods_row(
        cell("Halle"), cell("14/05/24", "date", office_date_value="2024-05-14T00:00:00"), cell("12,5 %", "percentage", office_value="0.125")
    ) + ods_row('<table:table-cell table:number-columns-repeated="16384"/>', times=1_048_570)  # fmt: skip
    document = read("b.ods", ods(("Feuille1", body)))
    assert rows(document) == [{"Lieu": "Halle", "Ouvert le": "2024-05-14", "Part": "12,5 %"}]
    assert document.format == "ods"


def test_comments_groups_and_merged_cells_of_calc() -> None:
    note = "<office:annotation><dc:creator>X</dc:creator><text:p>à revoir</text:p></office:annotation>"
    merged = cell("Eau", table_number_rows_spanned="2").replace("<text:p>", note + "<text:p>", 1)
    body = ods_row(cell("Thème"), cell("Idée")) + ods_row(merged, cell("Mare")) + (
        f"<table:table-row-group>{ods_row('<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>', cell('Puits'))}</table:table-row-group>"
    )  # fmt: skip
    document = read("b.ods", ods(("F", body)))
    assert rows(document) == [{"Thème": "Eau", "Idée": "Mare"}, {"Thème": "Eau", "Idée": "Puits"}]
    assert document.blocks[2].parent == document.blocks[1].order
    assert [(x.what, x.count) for x in document.ledger.left_out] == [("covered cells", 1), ("comments", 1)]


def test_a_filled_row_repeated_a_million_times_is_bounded_and_told() -> None:
    document = read("b.ods", ods(("F", ods_row(cell("a"), cell("b"), times=1_048_576))))
    assert document.ledger.kept["rows"] == 1_000
    assert document.ledger.left_out[0].count == 1_047_576


def test_a_protected_sheet_says_so() -> None:
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x00\x01",
        "META-INF/manifest.xml": manifest,
    }
    with pytest.raises(InputRefused, match="protected by a password"):
        read("b.ods", zipped(parts))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            r"\.doc.*save it as \.docx",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), r"\.xls.*save it as \.xlsx"),
        (
            "a.ppt",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"),
            r"save it as \.pptx",
        ),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "remove the password"),
        ("a.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ("a.rtf", b"{\\rtf1\\ansi bonjour}", r"rich text.*\.docx"),
        ("a.pages", zipped({"Index/Document.iwa": b"x"}), r"export it to Word"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"\x83\x01"}), r"\.xlsb.*save it as \.xlsx"),
        ("a.odg", odf("graphics", ""), r"\.odg.*export it as PDF"),
        ("a.numbers", zipped({"index.xml": b"<x/>"}), r"\.xlsx"),
    ],
)
def test_what_is_not_read_says_how_to_save_it_in_one_line(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said) as refused:
        read(name, data)
    assert "\n" not in str(refused.value)
