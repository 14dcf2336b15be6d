"""Office files put together for tests: archives of the parts that each application writes."""

from __future__ import annotations

import io
import zipfile
from html import escape

_OOXML = "http://schemas.openxmlformats.org"
_RELS = f'xmlns="{_OOXML}/package/2006/relationships"'
_TYPE = f"{_OOXML}/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("presentation", "presentation"), ("svg", "svg-compatible"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def archive(**parts: str | bytes) -> bytes:
    """A zip file; in a part's name two underscores are a slash, one is a point."""
    return zipped({name.replace("__", "/").replace("_", "."): content for name, content in parts.items()})


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 5, 14, 10, 0, 0))  # the same bytes on every day
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def relations(*links: tuple[str, str, str], outside: tuple[str, ...] = ()) -> str:
    """A part of relations: (id, kind, target) each; `outside` are the ids that lead out of the file."""
    mode = {True: ' TargetMode="External"', False: ""}
    rows = "".join(
        f'<Relationship Id="{i}" Type="{_TYPE}/{kind}" Target="{escape(target)}"{mode[i in outside]}/>'
        for i, kind, target in links
    )
    return f"<Relationships {_RELS}>{rows}</Relationships>"


def xlsx(*sheets: tuple[str, str], strings: tuple[str, ...] = (), styles: str = "", **more: str | bytes) -> bytes:
    """A workbook of (name, content of the worksheet) sheets; `styles`: the content of the style sheet."""
    main = f'xmlns="{_OOXML}/spreadsheetml/2006/main" xmlns:r="{_TYPE}"'
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, (n, _) in enumerate(sheets, 1))
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {main}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{i}", "worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1))
        ),
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(f'<si><t>{escape(s)}</t></si>' for s in strings)}</sst>",
    }
    if styles:
        parts["xl/styles.xml"] = f"<styleSheet {main}>{styles}</styleSheet>"
    for i, (_, content) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet {main}>{content}</worksheet>"
    return zipped(parts | more)


def sheet_data(*rows: tuple[str, ...], levels: tuple[int, ...] = ()) -> str:
    """The content of a worksheet of texts; empty ones are no cells."""
    out = []
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for n, cell in enumerate(row)
            if cell
        )
        level = f' outlineLevel="{levels[number - 1]}"' if levels else ""
        out.append(f'<row r="{number}"{level}>{cells}</row>')
    return f"<sheetData>{''.join(out)}</sheetData>"


def odf(kind: str, body: str, *, styles: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument file: `kind` is text, spreadsheet or presentation; `styles` go to its automatic styles."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "content.xml": content, **(extra or {})})
