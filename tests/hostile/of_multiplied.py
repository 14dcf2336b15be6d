# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""Small files that ask for much: repeated counts, one part used thousands of times, products, rings, odd counts."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from functools import partial

from tests.hostile.of_archives import RELS, W, drawio, page, pdf, word, zipped

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
_MAIL = "From: a@b.fr\nTo: c@d.fr\nDate: Tue, 4 Mar 2025 18:00:00 +0100\nMIME-Version: 1.0\n"


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


def cases() -> dict[str, Callable[[], bytes]]:
    """Hostile files by "what.extension"."""
    return {**sheets(), **texts_of_offices(), **graphs(), **mails(), **drawings(), **pdfs(), **lists()}


def odd_values() -> dict[str, Callable[[], bytes]]:
    """Values of another kind than a format has: signs that are called digits and are none, lists in place of words."""
    paragraph = "<w:p><w:pPr>{}</w:pPr><w:r><w:t>Un texte.</w:t></w:r></w:p>"
    level = '<w:outlineLvl w:val="{}"/>'
    style = '<w:style w:type="paragraph" w:styleId="a"><w:pPr>{}</w:pPr></w:style>'
    return {
        "a level of another script.docx": lambda: word(paragraph.format(level.format("²"))),
        "a level of thousands of digits.docx": lambda: word(paragraph.format(level.format("9" * 5_000))),
        "a level of a style.docx": lambda: styled(style.format(level.format("²")), paragraph.format('<w:pStyle w:val="a"/>')),
        "signs of this program.md": lambda: "# a &#xE000;99&#xE001;\n- b \ue0007\ue001 &#57344;0&#57345;\n".encode(),
        "numbers of another script.txt": lambda: "Thème\n² axes\n  ² idées\n   ² autres\n".encode(),
        "a face of thousands of digits.graphml": lambda: ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"><graph><node id="1"><data key="d"><y:ProxyAutoBoundsNode><y:Realizers active="' + "9" * 5_000 + '"><y:GroupNode><y:NodeLabel>a</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data></node></graph></graphml>').encode(),
        "a kind that is a list.canvas": lambda: b'{"nodes":[{"type":[],"x":1,"id":"a"}],"edges":[]}',
        "a version that is a list.mup": lambda: b'{"formatVersion":[],"id":1,"title":"a","ideas":{"1":{"title":"b"}},"links":[{"attr":{"style":{"arrow":[[]]}}}]}',
        "a kind that is a list.excalidraw": lambda: b'{"type":"excalidraw","elements":[{"id":"a","type":[]},{"id":"b","type":"text","containerId":"a","text":"b"}]}',
    }  # fmt: skip


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


def graphs() -> dict[str, Callable[[], bytes]]:
    """Graphs: products of ends, parents in rings and chains, values without end."""
    cxl = '<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map><concept-list>{}</concept-list><linking-phrase-list><linking-phrase id="p" label="mène à"/></linking-phrase-list><connection-list>{}</connection-list></map></cmap>'
    concepts = "".join(f'<concept id="{n}" label="a"/>' for n in range(3_000))
    ties = "".join(f'<connection from-id="{n}" to-id="p"/><connection from-id="p" to-id="{n}"/>' for n in range(3_000))
    gexf = '<gexf xmlns="http://gexf.net/1.3"><graph><attributes class="node">{}</attributes><nodes>{}</nodes></graph></gexf>'
    smmx = "<simplemind-mindmaps><mindmap><topics>{}</topics><relations/></mindmap></simplemind-mindmaps>"
    graphml = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}<graph edgedefault="directed">{}</graph></graphml>'
    )

    def simplemind(parents: Sequence[int]) -> bytes:
        return zipped(
            [
                (
                    "document/mindmap.xml",
                    smmx.format(
                        "".join(f'<topic id="{n}" parent="{p}" text="a"/>' for n, p in enumerate(parents))
                    ).encode(),
                )
            ]
        )

    return {
        "every concept with every other.cxl": lambda: cxl.format(concepts, ties).encode(),
        "values without end.gexf": lambda: gexf.format('<attribute id="0" title="a"/>', '<node id="1" label="a"><attvalues>' + '<attvalue for="0" value="b"/>' * 300_000 + "</attvalues></node>").encode(),
        "other values without end.gexf": lambda: gexf.format("".join(f'<attribute id="{n}" title="a"/>' for n in range(60_000)), '<node id="1" label="a"><attvalues>' + "".join(f'<attvalue for="{n}" value="b"/>' for n in range(60_000)) + "</attvalues></node>").encode(),
        "parents in a ring.gexf": lambda: gexf.format("", "".join(f'<node id="{n}" label="a" pid="{(n + 1) % 20_000}"/>' for n in range(20_000))).encode(),
        "keys without end.graphml": lambda: graphml.format("".join(f'<key id="k{n}" for="node" attr.name="a"/>' for n in range(60_000)), '<node id="1">' + "".join(f'<data key="k{n}">b</data>' for n in range(60_000)) + "</node>").encode(),
        "one edge without end.graphml": lambda: graphml.format("", '<node id="1"/>' + '<edge source="1" target="1"/>' * 300_000).encode(),
        "parents in a ring.smmx": lambda: simplemind([(n + 1) % 20_000 for n in range(20_000)]),
        "parents in a chain.smmx": lambda: simplemind([n - 1 for n in range(20_000)]),
        "parents in a chain the other way.smmx": lambda: simplemind([*range(1, 20_000), -1]),
        "each its own parent.smmx": lambda: simplemind(range(20_000)),
        "relations without end.smmx": lambda: zipped([("document/mindmap.xml", smmx.replace("<relations/>", "<relations>" + '<relation source="0" target="0"/>' * 300_000 + "</relations>").format('<topic id="0" parent="-1" text="a"/>').encode())]),
        "crossing cells.drawio": lambda: ("<mxfile><diagram><mxGraphModel><root>" + "".join(f'<mxCell id="{n}" parent="{n - 1}" vertex="1" value="a"/>' for n in range(20_000)) + "</root></mxGraphModel></diagram></mxfile>").encode(),
        "subgraphs of one name.dot": lambda: b"digraph g {" + b"subgraph a { " * 1_500 + b"x" + b"}" * 1_500 + b"subgraph a { b -> c }" * 30_000 + b"}",
        "attributes without end.dot": lambda: b"digraph g { a [" + b"label=a," * 300_000 + b"]; node [" + b"x=y " * 300_000 + b"] }",
        "strings in pieces.dot": lambda: b'digraph g { a [label="a"' + b' + "b"' * 200_000 + b"] }",
        "tags in a label.dot": lambda: b"digraph g { a [label=<" + b"<b>" * 100_000 + b"a" + b"</b>" * 100_000 + b">] }",
    }  # fmt: skip


def mails() -> dict[str, Callable[[], bytes]]:
    """E-mails and transcripts: parts in parts, long lines, packed texts."""
    text = "Content-Type: text/plain; charset={}\nContent-Transfer-Encoding: {}\n\n"
    return {
        "e-mails in e-mails.eml": lambda: (_MAIL + "Subject: a\n" + "Content-Type: message/rfc822\n\n" * 5_000 + "Bonjour.\n").encode(),
        "soft line ends.eml": lambda: (_MAIL + text.format("utf-8", "quoted-printable")).encode() + b"=C3=A9=\n" * 500_000,
        "an archive as text.eml": lambda: (_MAIL + text.format("utf-8", "base64")).encode() + base64.encodebytes(zipped([("a", b" " * 40_000_000)])),
        "a long text in base64.eml": lambda: (_MAIL + text.format("utf-16", "base64")).encode() + base64.encodebytes("Il faut un lieu. ".encode("utf-16") * 100_000),
        "text of UU.eml": lambda: (_MAIL + text.format("utf-8", "x-uuencode")).encode() + b"begin 644 a\n" + b"M" + b"a" * 60 + b"\n" + b"M" * 2_000_000,
        "quotes in quotes.eml": lambda: (_MAIL + text.format("utf-8", "8bit") + "\n".join(">" * (n % 2_000) + " oui" for n in range(6_000))).encode(),
        "parameters without end.eml": lambda: (_MAIL + "Content-Type: text/plain" + "; a=b" * 100_000 + "\n\nBonjour.\n").encode(),
        "pieces of a file name.eml": lambda: (_MAIL + "Content-Type: text/plain\nContent-Disposition: attachment" + "".join(f";\n filename*{n}*=%41" for n in range(50_000)) + "\n\nBonjour.\n").encode(),
        "words of a subject.eml": lambda: (_MAIL + "Subject:" + " =?utf-8?b?w6k=?=" * 100_000 + "\n\nBonjour.\n").encode(),
        "a boundary of a million.eml": lambda: (_MAIL + 'Content-Type: multipart/mixed; boundary="' + "b" * 1_000_000 + '"\n\n--' + "b" * 1_000_000 + "\n\nBonjour.\n").encode(),
        "encodings that are none.eml": lambda: b"".join([(_MAIL + text.format(c, "8bit")).encode() + b"Bonjour \xe9.\n\nFrom a@b.fr Tue Mar  4 18:00:00 2025\n" for c in ("hex", "zlib", "unicode_escape", "idna", "undefined", "x" * 5_000, "utf-7", "\x00", "punycode")]),
        "tags of voices.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v a><c.b><i>" * 100_000 + b"a\n",
        "cues of others.vtt": lambda: b"WEBVTT\n\n" + b"".join(b"00:01.000 --> 00:02.000\n<v N%d>a\n\n" % n for n in range(40_000)),
        "a cue of 5 MB.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"mot " * 1_250_000,
        "notes without end.vtt": lambda: b"WEBVTT\n\n" + b"NOTE a\n\n" * 200_000 + b"00:01.000 --> 00:02.000\na\n",
    }  # fmt: skip


def drawings() -> dict[str, Callable[[], bytes]]:
    """Maps and drawings whose parts are packed, shared or tied to themselves."""
    packed = drawio(
        b"<mxGraphModel><root>" + b'<mxCell id="1" vertex="1" value="a"/>' * 20_000 + b"</root></mxGraphModel>"
    )
    inside = packed.removeprefix(b"<mxfile>").removesuffix(b"</mxfile>")
    boxes = [
        {
            "id": str(n),
            "type": "text",
            "text": "a",
            "containerId": str((n + 1) % 5_000),
            "boundElements": [{"id": str((n - 1) % 5_000), "type": "text"}],
            "x": 0,
            "y": 0,
            "width": 9,
            "height": 9,
        }
        for n in range(5_000)
    ]
    attached = [{"title": "a", "id": "x", "children": {"attached": [{"title": "b", "id": "x"}]}}] * 30_000
    knot = [{"id": "x", "end1Id": "x", "end2Id": "x", "title": "a"}] * 100_000
    return {
        "hundreds of packed pages.drawio": lambda: b"<mxfile>" + inside * 500 + b"</mxfile>",
        "texts in texts.excalidraw": lambda: json.dumps({"type": "excalidraw", "elements": boxes}).encode(),
        "relations of one topic.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"id": "x", "title": "a", "children": {"attached": attached}}, "relationships": knot}]).encode())]),
        "sheets without end.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"id": "x", "title": "a"}}] * 100_000).encode())], stored=True),
        "a manifest that climbs.xmind": lambda: zipped([("META-INF/manifest.xml", b'<manifest><file-entry full-path="../../etc/passwd"/></manifest>'), ("../content.json", b"[]"), ("metadata.json", b"{}")]),
        "types of another kind.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": [1], "labels": 3, "markers": "a", "notes": [], "href": {}, "children": {"attached": {"a": 1}, "callout": 3}, "summaries": 1}, "relationships": "x"}, 3, None, "a", []]).encode())]),
        "ranges of a boundary.xmind": lambda: zipped([("content.json", json.dumps([{"rootTopic": {"title": "a", "boundaries": [{"range": "(0,99999999999)"}, {"range": "(-5,١)"}, {"range": "master"}] * 3_000, "summaries": [{"range": "(0,999999)", "topicId": "x"}] * 3_000, "children": {"attached": [{"title": "b"}] * 3_000}}}]).encode())]),
        "links in a ring.kumu.json": lambda: json.dumps({"elements": [{"label": "a", "type": "b"}] * 30_000, "connections": [{"from": "a", "to": "a", "direction": "mutual"}] * 30_000}).encode(),
        "polygons without end.geojson": lambda: json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nom": "a"}, "geometry": {"type": "Polygon", "coordinates": [[[0.5, 0.5]] * 150_000]}}]}).encode(),
        "collections in collections.geojson": lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"a"},"geometry":' + b'{"type":"GeometryCollection","geometries":[' * 900 + b"null" + b"]}" * 900 + b"}]}",
        "properties without end.geojson": lambda: json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {f"k{n}": "a" for n in range(100_000)}, "geometry": None}]}).encode(),
        "coordinates of nothing.geojson": lambda: b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":1e999,"a":[[]]},"geometry":{"type":"Point","coordinates":[1e999,NaN,"x",null]}},{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":7}}]}',
    }  # fmt: skip


def pdfs() -> dict[str, Callable[[], bytes]]:
    """PDF files: forms that call forms, fonts, tables and outlines in rings, filters in chains."""
    text = b"BT /F 12 Tf 50 700 Td (Le comite propose un marche aux fleurs) Tj ET\n"
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids [3 0 R]>>"]
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

    def stream(content: bytes, more: bytes = b"") -> bytes:
        return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)

    def with_font(made: bytes, *more: bytes) -> bytes:
        """A page in a font of the test's making, objects 6 and on beside it."""
        return pdf(
            *head,
            b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources <</Font <</F 5 0 R>>>>>>",
            stream(text),
            made,
            *more,
        )

    def calling(levels: int) -> bytes:
        """Each form draws the next one twice: 2 ** levels strokes for whoever draws them all."""
        forms = [
            stream(
                b"/X Do\n/X Do\n" if n + 1 < levels else text,
                b"/Type/XObject/Subtype/Form/BBox [0 0 600 800]/Resources <</Font <</F 4 0 R>>/XObject <</X %d 0 R>>>>"
                % (n + 7),
            )
            for n in range(levels)
        ]
        return pdf(
            *head,
            b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 5 0 R/Resources <</XObject <</X 6 0 R>>>>>>",
            font,
            stream(b"/X Do\n"),
            *forms,
        )

    ranges = b"begincmap\n" + b"100 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n" * 2_000 + b"endcmap"
    return {
        "forms that call forms.pdf": partial(calling, 40),
        "a font of endless ranges.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts [7 0 R]/ToUnicode 6 0 R>>", stream(ranges), b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/W [0 99999999 500]>>"),
        "a font of wide widths.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 999999999/Widths [" + b"500 " * 300_000 + b"]>>"),
        "a font that draws itself.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type3/FontMatrix [1 0 0 1 0 0]/FontBBox [0 0 9 9]/CharProcs <</L 6 0 R>>/Encoding <</Differences [76/L]>>/FirstChar 76/LastChar 76/Widths [9]/Resources <</Font <</F 5 0 R>>>>>>", stream(text)),
        "an encoding without end.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding <</Differences [" + b"1/a " * 300_000 + b"]>>>>"),
        "a font that is its own descendant.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts [5 0 R]/ToUnicode 5 0 R>>"),
        "references in a ring.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox 4 0 R/Contents 5 0 R>>", b"5 0 R", b"4 0 R"),
        "lengths in a ring.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
        "its own parent.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>", stream(text)),
        "contents thousands of times.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents [" + b"4 0 R " * 100_000 + b"]/Resources <</Font <</F 5 0 R>>>>>>", stream(text * 20), font),
        "bookmarks in a ring.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", head[1], b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources <</Font <</F 5 0 R>>>>>>", stream(text * 3), font, b"<</First 7 0 R/Last 7 0 R>>", b"<</Title (a)/Next 7 0 R/First 7 0 R/Parent 7 0 R/Dest 7 0 R>>"),
        "filters in a chain.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", stream(zlib.compress(b"a" * 1_000), b"/Filter [" + b"/FlateDecode/ASCIIHexDecode/ASCII85Decode/LZWDecode/RunLengthDecode " * 5_000 + b"]")),
        "runs that unpack to much.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", stream(b"\x81 " * 2_000_000, b"/Filter/RunLengthDecode")),
        "brackets in a text.pdf": lambda: page(b"BT /F 12 Tf (" + b"(" * 400_000 + b")" * 400_000 + b") Tj ET", packed=1),
        "letters in one place.pdf": lambda: page(b"BT /F 12 Tf 50 700 Td " + b"(aaaaaaaaaa) Tj 0 0 Td " * 8_000 + b"ET", packed=1),
        "matrices of nothing.pdf": lambda: page(b"0 0 0 0 0 0 cm BT /F 1e30 Tf 1e30 -1e30 Td 0 0 0 0 0 0 Tm (un) Tj 1e300 0 0 1e300 1e300 1e300 Tm (deux) Tj ET\n" * 50),
        "states without end.pdf": lambda: page(b"q " * 500_000 + text + b"Q " * 500_000, packed=1),
        "notes without end.pdf": lambda: page(text * 3).replace(b"/Parent 2 0 R/MediaBox", b"/Parent 2 0 R/Annots [" + b"<</Type/Annot/Subtype/Link/Rect [0 0 9 9]/A <</S/URI/URI (http://a)>>>> " * 20_000 + b"]/MediaBox"),
        "protected.pdf": lambda: page(text).replace(b"trailer\n<<", b"trailer\n<</Encrypt <</Filter/Standard/V 5/R 6/Length 256/O (a)/U (a)/P -1>>/ID [<00><00>]"),
    }  # fmt: skip


def lists() -> dict[str, Callable[[], bytes]]:
    """Texts whose marks nest, count or repeat beyond use."""
    return {
        "numbers of a thousand parts.txt": lambda: "\n".join("1." * n + " une idée" for n in range(1, 1_000)).encode(),
        "numbers beyond count.txt": lambda: ("1. a\n" + "".join(f"{'9' * 300}.{n}. une idée\n" for n in range(3_000))).encode(),
        "bullets in bullets.md": lambda: "\n".join("- " * (n % 500) + "une idée" for n in range(3_000)).encode(),
        "quotes in lists in quotes.md": lambda: ("# a\n" + "> - " * 20_000 + "une idée\n").encode(),
        "tables of many columns.md": lambda: ("# a\n|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + ("|" + "b|" * 20_000 + "\n") * 10).encode(),
        "footnotes without end.md": lambda: ("# a\n" + "".join(f"[^{n}]: une note [^{n + 1}]\n" for n in range(20_000))).encode(),
        "links to links.md": lambda: ("# a\n- " + "[a][b] " * 20_000 + "\n" + "[b]: <b>\n" * 20_000).encode(),
        "tabs beyond measure.txt": lambda: "\n".join("\t" * (n % 3_000) + "une idée" for n in range(4_000)).encode(),
        "tags of a heading.org": lambda: ("* une idée :" + "a:" * 200_000 + "\n").encode(),
        "properties in properties.org": lambda: ("* a\n" + ":PROPERTIES:\n:k: v\n" * 30_000 + ":END:\n" * 30_000).encode(),
        "links in links.org": lambda: ("* " + "[[a][" * 30_000 + "b" + "]]" * 30_000 + "\n").encode(),
        "ever deeper.mermaid": lambda: ("mindmap\n" + "\n".join(" " * (n + 1) + "a" for n in range(3_000))).encode(),
        "brackets of a shape.mermaid": lambda: ("mindmap\n  a\n" + "    b" + "((" * 50_000 + "c" + "))" * 50_000 + "\n").encode(),
        "icons without end.mermaid": lambda: ("mindmap\n  a\n" + "    ::icon(fa fa-book)\n" * 60_000).encode(),
        "a text never closed.mermaid": lambda: ('mindmap\n  a\n    b["`' + "mot\n" * 60_000).encode(),
        "lines of one topic.puml": lambda: ("@startmindmap\n* a\n**:" + "mot\n" * 90_000 + "@endmindmap\n").encode(),
        "stars beyond measure.puml": lambda: ("@startmindmap\n" + "\n".join("*" * (n % 3_000 + 1) + " a" for n in range(4_000)) + "\n@endmindmap\n").encode(),
        "maps in one file.puml": lambda: ("@startmindmap\n* a\n@endmindmap\n" * 30_000).encode(),
        "styles never closed.puml": lambda: ("@startmindmap\n" + "<style>\na {\n" * 30_000 + "* a\n").encode(),
        "columns of one name.csv": lambda: (";".join(["titre"] * 3_000) + "\n" + (";".join(["a"] * 3_000) + "\n") * 300).encode(),
        "commas in hundreds of lines.csv": lambda: ("titre,texte\n" + ("," * 100_000 + "\n") * 20).encode(),
        "quotes in quotes.csv": lambda: ('titre,texte\n"' + '""' * 500_000 + '",b\n').encode(),
        "spans of a cell.html": lambda: ("<!doctype html><html><body><table>" + "<tr><td colspan=1000000000 rowspan=1000000000>a</td></tr>" * 300 + "</table></body></html>").encode(),
        "references to nothing.html": lambda: ("<!doctype html><html><body><p>" + "&#xFFFFFFFF;&#0;&#xD800;&bogus;" * 60_000 + "</p></body></html>").encode(),
        "quotes in quotes.html": lambda: ("<!doctype html><html><body>" + "<blockquote>" * 20_000 + "a").encode(),
        "tables in tables.html": lambda: ("<!doctype html><html><body>" + "<table><tr><td>" * 5_000 + "a").encode(),
        "line ends without end.html": lambda: ("<!doctype html><html><body><p>" + "a<br>" * 150_000 + "</p></body></html>").encode(),
        "a comment never closed.html": lambda: ("<!doctype html><html><body><p>a</p>" + "<!--" * 300_000).encode(),
    }  # fmt: skip


SHARES = 4  # of the files by this module, the one in so many that every run takes, but for those that take a second
HEAVY = (
    "links of one cell.xlsx", "groups in knots.xlsx", "merged all over.xlsx", "styles in a chain.docx", "values without end.gexf",
    "one edge without end.graphml", "each its own parent.smmx", "crossing cells.drawio", "hundreds of packed pages.drawio",
    "sheets without end.xmind", "subgraphs of one name.dot", "attributes without end.dot", "strings in pieces.dot",
    "a long text in base64.eml", "quotes in quotes.eml", "pieces of a file name.eml", "cues of others.vtt", "a cue of 5 MB.vtt",
    "links in a ring.kumu.json", "footnotes without end.md", "links to links.md", "bullets in bullets.md", "tabs beyond measure.txt",
    "a text never closed.mermaid", "maps in one file.puml", "lines of one topic.puml", *(name for name in pdfs() if "ring" not in name),
    "references in a ring.pdf",
)  # fmt: skip
