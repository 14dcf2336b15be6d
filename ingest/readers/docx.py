"""Word documents: paragraphs, lists and tables in reading order; heading levels from styles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.language import detect
from ingest.limits import open_zip, parse_xml, read_member, zip_names
from ingest.readers.docx_styles import Styles, W, attribute, element_text
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.rendering import Rendering

_BODY = "word/document.xml"
_COUNTED = (("images", "drawing"), ("images", "pict"), ("text boxes", "txbxContent"), ("comments", "commentReference"),
            ("deleted text", "del"), ("formulas", "oMath"))  # fmt: skip
_WHY = {
    "images": "pictures are not read",
    "text boxes": "read after the paragraph that holds them",
    "comments": "comments of reviewers are not read",
    "deleted text": "text deleted under change tracking is not read",
    "formulas": "formulas are not read",
}
_MAX_BLOCKS = 100_000


@dataclass(frozen=True)
class DocxReader:
    name: str = "docx"
    label: str = "Word (.docx)"
    extensions: tuple[str, ...] = (".docx",)
    carries: tuple[str, ...] = ("headings", "paragraphs", "lists", "tables", "footnotes", "text boxes")
    loses: tuple[str, ...] = ("images", "comments", "page layout", "deleted text", "formulas")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return _BODY in zip_names(raw)

    def read(self, raw: RawFile) -> Document:
        with open_zip(raw) as archive:
            names = set(archive.namelist())
            parts = {
                part: parse_xml(raw.name, read_member(raw, archive, f"word/{part}.xml"), f"word/{part}.xml")
                for part in ("document", "styles", "numbering", "footnotes", "endnotes")
                if f"word/{part}.xml" in names
            }
        if "document" not in parts:
            raise InputRefused(raw.name, "the document part is missing", _BODY)
        styles = Styles(parts.get("styles"), parts.get("numbering"))
        rendering = Rendering()
        body = parts["document"].find(f"{W}body")
        _write_body(raw.name, body if body is not None else parts["document"], styles, rendering)
        _write_notes(parts, rendering)
        text, blocks = rendering.finish()
        if not blocks:
            raise InputRefused(raw.name, "the document holds no text")
        return Document(
            raw, "docx", "docx@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            ledger=_ledger(parts["document"], rendering),
        )  # fmt: skip


def _write_body(name: str, body: etree._Element, styles: Styles, out: Rendering) -> None:
    """Paragraphs and tables in order; content controls and insertions are looked through."""
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        if element.tag == f"{W}p":
            _write_paragraph(element, styles, out)
        elif element.tag == f"{W}tbl":
            _write_table(element, out)
        elif element.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            stack.extend(reversed(element))
        if len(out.pieces) > _MAX_BLOCKS:
            raise InputRefused(name, f"more than {_MAX_BLOCKS:,} paragraphs")


def _write_paragraph(paragraph: etree._Element, styles: Styles, out: Rendering) -> None:
    text = element_text(paragraph)
    if text.strip():
        level = styles.heading_level(paragraph)
        depth = styles.list_depth(paragraph)
        if level:
            out.heading(text, level)
        elif depth:
            out.bullet(text, depth)
        else:
            out.paragraph(text)
    for box in paragraph.iter(f"{W}txbxContent"):
        if not _is_fallback(box):
            for inner in box.iter(f"{W}p"):
                if element_text(inner).strip():
                    out.paragraph(element_text(inner))


def _is_fallback(box: etree._Element) -> bool:
    """Word writes each text box twice, for old readers too."""
    return any(str(up.tag).endswith("}Fallback") for up in box.iterancestors())


def _write_table(table: etree._Element, out: Rendering) -> None:
    rows = []
    for row in table.iterchildren(f"{W}tr"):
        cells = [" ".join(t for p in c.iter(f"{W}p") if (t := element_text(p).strip())) for c in _cells(row)]
        if any(cells):
            rows.append(cells)
    marked = any(True for _ in table.iterfind(f"{W}tr/{W}trPr/{W}tblHeader"))
    if rows:
        out.table(rows, header=marked or None)


def _cells(row: etree._Element) -> list[etree._Element]:
    return [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row]


def _write_notes(parts: dict[str, etree._Element], out: Rendering) -> None:
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        for note in parts[part].iter(f"{W}{tag}") if part in parts else ():
            text = " ".join(t for p in note.iter(f"{W}p") if (t := element_text(p).strip()))
            if text and attribute(note, "type") in {"", "normal"}:
                out.note(text, f"{tag} {attribute(note, 'id')}")


def _ledger(document: etree._Element, out: Rendering) -> Ledger:
    found: Counter[str] = Counter()
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        local = element.tag.rsplit("}", 1)[-1]
        found["paragraphs with text"] += local == "p" and bool(element_text(element).strip())
        found["tables"] += local == "tbl"
        for what, tag in _COUNTED:
            found[what] += local == tag
    left = [LeftOut(w, _BODY, found[w], why) for w, why in _WHY.items() if found[w]]
    kept = Counter(str(p.kind) for p in out.pieces)
    return Ledger({k: v for k, v in found.items() if v}, dict(kept), left)


READER = DocxReader()
