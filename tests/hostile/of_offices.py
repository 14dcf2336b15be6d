# ruff: noqa: E501 - samples stand on the lines they come on, each made when it is asked for
"""Office files that ask for much: repeated rows, cells, sheets and slides, styles and boxes in rings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.hostile.of_archives import RELS, W, word, zipped

_ODF = (
    " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "text", "table", "style", "drawing", "presentation")
    )
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PML = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def odf(kind: str, body: str, *, automatic: str = "") -> bytes:
    """An OpenDocument file of one kind ("text", "spreadsheet", "presentation")."""
    content = f"<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped([("mimetype", mime.encode()), ("content.xml", content.encode())])


def book(sheets: Sequence[str], strings: str = "", *, sheet: str = "") -> bytes:
    """A workbook of sheets; with `sheet`, so many as `sheets` that are all this one part."""
    parts = {f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate([sheet] if sheet else sheets)}
    listed = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{0 if sheet else n}"/>' for n in range(len(sheets)))
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_TYPE}worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(len(parts))
    )
    return zipped([
        ("xl/workbook.xml", f"<workbook {_S} {_R}><sheets>{listed}</sheets></workbook>".encode()),
        ("xl/_rels/workbook.xml.rels", RELS.format(relations).encode()),
        ("xl/sharedStrings.xml", f"<sst {_S}>{strings}</sst>".encode()),
        *((name, f"<worksheet {_S}>{body}</worksheet>".encode()) for name, body in parts.items()),
    ], stored=True)  # fmt: skip


def deck(slide: str, times: int) -> bytes:
    """Slides that are all the same part."""
    ids = '<p:sldId id="256" r:id="r1"/>' * times
    return zipped([
        ("ppt/presentation.xml", f"<p:presentation {_PML} {_R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>".encode()),
        ("ppt/_rels/presentation.xml.rels", RELS.format(f'<Relationship Id="r1" Type="{_TYPE}slide" Target="slides/slide1.xml"/>').encode()),
        ("ppt/slides/slide1.xml", f"<p:sld {_PML}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>".encode()),
    ], stored=True)  # fmt: skip


def shape(text: str) -> str:
    return f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"


def styled(styles: str, body: str) -> bytes:
    return word(body, ("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>"))


def sheets() -> dict[str, Callable[[], bytes]]:
    """Workbooks: repeated rows, columns, sheets and strings."""
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row{}>{}</table:table-row>"

    def ods(rows: str) -> bytes:
        return odf("spreadsheet", f'<table:table table:name="a">{rows}</table:table>')

    rows = ' table:number-rows-repeated="1048576"'
    columns = ' table:number-columns-repeated="16384"'
    used = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001)
    )
    return {
        "a row a million times.ods": lambda: ods(row.format(rows, cell.format("", "a"))),
        "all cells of a sheet.ods": lambda: ods(row.format(rows, cell.format(columns, "a"))),
        "repeated rows in hundreds.ods": lambda: ods(row.format(rows, cell.format("", "un mot") * 5) * 200),
        "a long cell thousands of times.ods": lambda: ods(row.format(rows, cell.format("", "mot " * 200_000))),
        "a long cell in each column.ods": lambda: ods(row.format("", cell.format(columns, "mot " * 200_000)) * 5),
        "spaces without end.ods": lambda: ods(row.format("", cell.format("", '<text:s text:c="99999"/>' * 20_000))),
        "spans of all rows.ods": lambda: ods((row.format("", cell.format(' table:number-rows-spanned="1048576"', "a") * 50)) * 2_000),
        "empty rows beyond count.ods": lambda: ods(row.format(' table:number-rows-repeated="99999999"', "") * 50_000 + row.format("", cell.format("", "a"))),
        "a long string thousands of times.xlsx": lambda: book([f"<sheetData>{used}</sheetData>"], "<si><t>" + "mot " * 200_000 + "</t></si>"),
        "one sheet hundreds of times.xlsx": lambda: book([""] * 200, sheet="<sheetData>" + '<row r="1"><c r="A1"><v>1</v></c></row>' * 100 + "</sheetData>" + "<x/>" * 600_000),
        "cells at the ends.xlsx": lambda: book(['<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>2</v></c></row><row r="9999999"><c r="XFD9999999"><v>3</v></c></row></sheetData>']),
        "numbers beyond measure.xlsx": lambda: book(["<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}" s="99999" t="{t}"><v>{v}</v></c></row>' for n, (t, v) in enumerate([("n", "1e999"), ("n", "9" * 400), ("s", "-1"), ("s", "٣"), ("s", "1e3"), ("b", "x"), ("d", "x"), ("n", "nan")], 1)) + "</sheetData>"]),
        "merged all over.xlsx": lambda: book([f"<sheetData>{used}</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 2_000 + "</mergeCells>"], "<si><t>a</t></si>"),
        "links of one cell.xlsx": lambda: book([f"<sheetData>{used}</sheetData><hyperlinks {_R}>" + '<hyperlink ref="A1" r:id="r1"/>' * 100_000 + "</hyperlinks>"], "<si><t>a</t></si>"),
        "groups in knots.xlsx": lambda: book(["<sheetData>" + "".join(f'<row r="{n}" outlineLevel="{n * 7 % 8}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30_001)) + "</sheetData>"]),
        "a part that is its own string table.xlsx": lambda: book(["<sheetData/>"]).replace(b"worksheets/sheet0.xml\"", b"sharedStrings.xml\"    "),
    }  # fmt: skip


def texts_of_offices() -> dict[str, Callable[[], bytes]]:
    """Texts and slides: styles in rings, endless spaces, one slide thousands of times."""
    ring = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    parents = "".join(
        f'<style:style style:name="s{n}" style:family="paragraph" style:parent-style-name="s{(n + 1) % 20_000}"/>'
        for n in range(20_000)
    )
    return {
        "styles in a ring.docx": lambda: styled(ring, '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>Un texte.</w:t></w:r></w:p>' * 1_000),
        "styles in a chain.docx": lambda: styled(chain, "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr><w:r><w:t>Un texte.</w:t></w:r></w:p>' for n in range(20_000))),
        "empty paragraphs.docx": lambda: word("<w:p/>" * 500_000 + "<w:p><w:r><w:t>Un texte.</w:t></w:r></w:p>"),
        "runs without end.docx": lambda: word("<w:p>" + "<w:r><w:t>a</w:t><w:br/></w:r>" * 150_000 + "</w:p>"),
        "text boxes in text boxes.docx": lambda: word("<w:p><w:r><w:txbxContent>" * 1_000 + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + "</w:txbxContent></w:r></w:p>" * 1_000),
        "content controls in content controls.docx": lambda: word("<w:sdt><w:sdtContent>" * 1_500 + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 1_500),
        "cells in one row.docx": lambda: word("<w:tbl><w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 60_000 + "</w:tr></w:tbl>"),
        "tables in the cells of tables.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 600 + "<w:p><w:r><w:t>mot</w:t></w:r></w:p>" * 2_000 + "</w:tc></w:tr></w:tbl>" * 600),
        "levels beyond count.docx": lambda: word('<w:p><w:pPr><w:outlineLvl w:val="99999999999"/><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>' * 500),
        "a document that is its own styles.docx": lambda: word("<w:p><w:r><w:t>Un texte.</w:t></w:r></w:p>", ("word/_rels/document.xml.rels", RELS.format(f'<Relationship Id="r1" Type="{_TYPE}styles" Target="document.xml"/><Relationship Id="r2" Type="{_TYPE}footnotes" Target="document.xml"/>'))),
        "styles in a ring.odt": lambda: odf("text", '<text:p text:style-name="s1">Un texte.</text:p>' * 2_000, automatic=parents),
        "spaces without end.odt": lambda: odf("text", "<text:p>a" + '<text:s text:c="99999"/>' * 100_000 + "b</text:p>"),
        "lists in lists.odt": lambda: odf("text", "<text:list><text:list-item>" * 1_500 + "<text:p>a</text:p>" + "</text:list-item></text:list>" * 1_500),
        "boxes in boxes.odt": lambda: odf("text", "<text:p><draw:frame><draw:text-box>" * 1_200 + "<text:p>a</text:p>" + "</draw:text-box></draw:frame></text:p>" * 1_200),
        "boxes in one paragraph.odt": lambda: odf("text", "<text:p>" + "<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>" * 30_000 + "</text:p>"),
        "notes in notes.odt": lambda: odf("text", "<text:p>a<text:note><text:note-body>" * 1_200 + "<text:p>a</text:p>" + "</text:note-body></text:note></text:p>" * 1_200),
        "repeated cells.odt": lambda: odf("text", '<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell></table:table-row></table:table>'),
        "tables in tables.odt": lambda: odf("text", "<table:table><table:table-row><table:table-cell>" * 1_000 + "<text:p>a</text:p>" * 1_000 + "</table:table-cell></table:table-row></table:table>" * 1_000),
        "one slide thousands of times.pptx": lambda: deck(shape("Un mot") * 9_000, 2_000),
        "one long slide thousands of times.pptx": lambda: deck(shape("mot " * 200_000), 2_000),
        "groups in groups.pptx": lambda: deck("<p:grpSp>" * 1_900 + shape("a") + "</p:grpSp>" * 1_900, 1),
        "many slides.odp": lambda: odf("presentation", "<draw:page><draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame></draw:page>" * 30_000),
        "groups in groups.odp": lambda: odf("presentation", "<draw:page>" + "<draw:g>" * 1_900 + "<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>" + "</draw:g>" * 1_900 + "</draw:page>"),
    }  # fmt: skip
