# ruff: noqa: E501 - the files are written as long as the applications write them
"""Write the map of tests/variants/expected.json as office programs and platforms would: atelier.docx, .odt, .pptx, .odp …

    PYTHONPATH=. python tests/tools/write_office_variants.py

The files are committed; this is run again where the map changes. The title and first headings are those of the map,
deeper topics are items of lists; a spreadsheet draws the tree as stairs (.xlsx) or as groups of rows (.ods).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import escape

from tests.office_files import odf, relations, xlsx, zipped
from tests.tools.variant_map import FOLDER, NUMBERS, ROOT, Node

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SLIDE = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_R}"'


def walked() -> Iterator[tuple[int, Node]]:
    """Every topic with its depth, 0 for the root."""
    stack: list[tuple[int, Node]] = [(0, ROOT)]
    while stack:
        depth, node = stack.pop()
        yield depth, node
        stack += [(depth + 1, child) for child in reversed(node.get("children", []))]


TOPICS = list(walked())
LINK = next(node["link"] for _, node in TOPICS if "link" in node)


def docx() -> bytes:
    """As French Word saves it: style ids in French, names in English."""
    names = {"Titre": "Title", "Titre1": "heading 1", "Listepuces": "List Bullet"}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>' for i, n in names.items()
    )

    def paragraph(depth: int, node: Node) -> str:
        style = ("Titre", "Titre1")[depth] if depth < 2 else "Listepuces"
        numbered = f'<w:numPr><w:ilvl w:val="{depth - 2}"/><w:numId w:val="1"/></w:numPr>' if depth > 1 else ""
        run = f'<w:r><w:t xml:space="preserve">{escape(node["label"], quote=False)}</w:t></w:r>'
        run = f'<w:hyperlink r:id="rId9">{run}</w:hyperlink>' if "link" in node else run
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbered}</w:pPr>{run}</w:p>'

    body = "".join(paragraph(depth, node) for depth, node in TOPICS)
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}<w:sectPr/></w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
            "word/_rels/document.xml.rels": relations(("rId9", "hyperlink", LINK), outside=("rId9",)),
        }
    )


def odt() -> bytes:
    def inner(node: Node) -> str:
        label = escape(node["label"], quote=False)
        link = f'<text:a xlink:type="simple" xlink:href="{node["link"]}">{label}</text:a>' if "link" in node else label
        below = "".join(inner(child) for child in node.get("children", []))
        nested = f"<text:list>{below}</text:list>" if below else ""
        return f'<text:list-item><text:p text:style-name="P1">{link}</text:p>{nested}</text:list-item>'

    out = [f'<text:p text:style-name="Title">{escape(ROOT["label"], quote=False)}</text:p>']
    for branch in ROOT["children"]:
        out.append(
            f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{escape(branch["label"], quote=False)}</text:h>'
        )
        out.append(f'<text:list text:style-name="L1">{"".join(inner(n) for n in branch["children"])}</text:list>')
    return odf("text", "".join(out))


def pptx() -> bytes:
    """A title page, then a slide per branch."""

    def shape(kind: str, paragraphs: str) -> str:
        return f'<p:sp><p:nvSpPr><p:cNvPr id="2" name=""/><p:cNvSpPr/><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>'

    def paragraph(depth: int, node: Node) -> str:
        link = '<a:rPr lang="fr-FR"><a:hlinkClick r:id="rId2"/></a:rPr>' if "link" in node else '<a:rPr lang="fr-FR"/>'
        level = f'<a:pPr lvl="{depth}"/>' if depth else ""
        return f"<a:p>{level}<a:r>{link}<a:t>{escape(node['label'], quote=False)}</a:t></a:r></a:p>"

    def body(branch: Node) -> str:
        stack, out = [(0, node) for node in reversed(branch["children"])], []
        while stack:
            depth, node = stack.pop()
            out.append(paragraph(depth, node))
            stack += [(depth + 1, child) for child in reversed(node.get("children", []))]
        return "".join(out)

    pages = [shape('type="ctrTitle"', paragraph(0, ROOT))]
    pages += [shape('type="title"', paragraph(0, b)) + shape('idx="1"', body(b)) for b in ROOT["children"]]
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(pages) + 1))
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {_SLIDE}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(pages) + 1))
        ),
        "ppt/slideLayouts/slideLayout1.xml": f'<p:sldLayout {_SLIDE} type="title"/>',
        "ppt/slideLayouts/slideLayout2.xml": f'<p:sldLayout {_SLIDE} type="obj"/>',
    }
    for n, page in enumerate(pages, 1):
        layout = ("rId1", "slideLayout", f"../slideLayouts/slideLayout{min(n, 2)}.xml")
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {_SLIDE}><p:cSld><p:spTree>{page}</p:spTree></p:cSld></p:sld>"
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(layout, ("rId2", "hyperlink", LINK), outside=("rId2",))
    return zipped(parts)


def odp() -> bytes:
    """As LibreOffice saves it: a title page, then a slide per branch; deeper items stand in lists of lists."""

    def frame(kind: str, top: int, content: str) -> str:
        return f'<draw:frame presentation:class="{kind}" svg:x="2cm" svg:y="{top}cm"><draw:text-box>{content}</draw:text-box></draw:frame>'

    def listed(depth: int, node: Node) -> str:
        label = escape(node["label"], quote=False)
        shown = f'<text:a xlink:type="simple" xlink:href="{node["link"]}">{label}</text:a>' if "link" in node else label
        nest = "<text:list><text:list-item>" * (depth + 1), "</text:list-item></text:list>" * (depth + 1)
        below = "".join(listed(depth + 1, child) for child in node.get("children", []))
        return f'{nest[0]}<text:p text:style-name="P1">{shown}</text:p>{nest[1]}{below}'

    def page(number: int, *frames: str) -> str:
        return f'<draw:page draw:name="page{number}">{"".join(frames)}</draw:page>'

    def title(node: Node) -> str:
        return frame("title", 1, f"<text:p>{escape(node['label'], quote=False)}</text:p>")

    branches = ROOT["children"]
    pages = [page(1, frame("subtitle", 9, "<text:p/>"), title(ROOT))]
    for number, branch in enumerate(branches, 2):
        items = "".join(listed(0, node) for node in branch["children"])
        pages.append(page(number, title(branch), frame("outline", 5, items)))
    return odf("presentation", "".join(pages))


def stairs() -> bytes:
    """Each depth in its column, as mind-map programs export to Excel."""
    rows, link = [], ""
    for number, (depth, node) in enumerate(TOPICS, 1):
        place = f"{chr(65 + depth)}{number}"
        rows.append(f'<row r="{number}"><c r="{place}" t="s"><v>{NUMBERS[node["label"]]}</v></c></row>')
        link = f'<hyperlinks><hyperlink ref="{place}" r:id="rId1"/></hyperlinks>' if "link" in node else link
    strings = tuple(sorted(NUMBERS, key=lambda label: NUMBERS[label]))
    more = {"xl/worksheets/_rels/sheet1.xml.rels": relations(("rId1", "hyperlink", LINK), outside=("rId1",))}
    return xlsx(("Feuil1", f"<sheetData>{''.join(rows)}</sheetData>{link}"), strings=strings, **more)


def groups() -> bytes:
    """One column, the rows of a branch grouped below it."""
    out, open_groups = [], 0
    for depth, node in TOPICS:
        out.append(
            "<table:table-row-group>" * (depth - open_groups) + "</table:table-row-group>" * (open_groups - depth)
        )
        open_groups = depth
        label = escape(node["label"], quote=False)
        shown = f'<text:a xlink:href="{node["link"]}">{label}</text:a>' if "link" in node else label
        out.append(
            f'<table:table-row><table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell></table:table-row>'
        )
    rows = "".join(out) + "</table:table-row-group>" * open_groups
    return odf("spreadsheet", f'<table:table table:name="Feuille1">{rows}</table:table>')


def records() -> list[dict[str, object]]:
    above = {NUMBERS[c["label"]]: NUMBERS[n["label"]] + 1 for _, n in TOPICS for c in n.get("children", [])}
    return [
        {"id": n + 1, "title": node["label"], "body": node.get("note", ""), "parent_id": above.get(n), "url": node.get("link", "")}
        for n, (_, node) in enumerate(TOPICS)
    ]  # fmt: skip


def table() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records()[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records())
    return out.getvalue()


def main() -> None:
    made = {
        "docx": docx(),
        "odt": odt(),
        "pptx": pptx(),
        "odp": odp(),
        "xlsx": stairs(),
        "ods": groups(),
        "csv": table().encode("utf-8-sig"),
    }
    for extension, data in made.items():
        (FOLDER / f"atelier.{extension}").write_bytes(data)
    text = json.dumps(records(), ensure_ascii=False, indent=1)
    (FOLDER / "atelier-plateforme.json").write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
