"""Word documents: paragraphs, lists and tables in reading order; heading levels from styles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.language import detect
from ingest.office.parts import REL, Relation, main_part, opened, shape_of
from ingest.rawcount import raw_counts
from ingest.readers.docx_styles import NOT_SHOWN, Styles, W, attribute, element_text, own_elements
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.rendering import Rendering
from ingest.xml.tree import within

_BODY = "word/document.xml"
_RAW = (
    ("paragraphs", rb"<w:p[ >]"), ("tables", rb"<w:tbl>"), ("text boxes", rb"<w:txbxContent>"),
    ("images", rb"<(?:w:drawing|w:pict)>"), ("comments", rb"<w:commentReference "), ("deleted text", rb"<w:del "),
    ("moved text", rb"<w:moveFrom "), ("formulas", rb"<m:oMath>"), ("links", rb"<w:hyperlink [^<>]*r:id"),
    ("inserted text", rb"<w:ins "),
)  # fmt: skip
_WHY = {
    "images": "pictures are not read",
    "comments": "comments of reviewers are not read",
    "deleted text": "text deleted under change tracking is not read",
    "moved text": "text moved under change tracking is read where it went",
    "formulas": "formulas are not read",
}
_THROUGH = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SIDE_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_MAX_BLOCKS = 100_000
_FRAMED_ROWS = 3
_P, _BOX, _TABLE, _ROW, _CELL = (frozenset({f"{W}{tag}"}) for tag in ("p", "txbxContent", "tbl", "tr", "tc"))
_LINK = frozenset({f"{W}hyperlink"})


@dataclass(frozen=True)
class DocxReader:
    name: str = "docx"
    label: str = "Word (.docx)"
    extensions: tuple[str, ...] = (".docx",)
    carries: tuple[str, ...] = ("headings", "paragraphs", "lists", "tables", "footnotes", "text boxes", "links")
    loses: tuple[str, ...] = (
        "images", "comments", "page layout", "deleted text", "formulas", "headers and footers", "macros",
    )  # fmt: skip
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return bool(main_part(raw, _BODY, "wordprocessingml"))

    def read(self, raw: RawFile) -> Document:
        with opened(raw) as package:
            body_part = main_part(raw, _BODY, "wordprocessingml")
            if not body_part:
                raise InputRefused(raw.name, "the document part is missing", _BODY)
            relations = package.relations(body_part)
            beside = {r.kind: r.target for r in relations.values() if not r.outside}
            document = package.needed(body_part)
            parts = {p: package.part(beside.get(p, f"word/{p}.xml")) for p in _SIDE_PARTS}
            found = raw_counts(package.data(body_part), _RAW)
            package.relations("word/settings.xml")  # an attached template is a link to another file
            left = package.left_out()
            margins = sum(n.startswith(("word/header", "word/footer")) and n.endswith(".xml") for n in package.names)
        found.pop("topics", None)
        walk = _Body(raw.name, Styles(parts["styles"], parts["numbering"]), relations, Rendering())
        body = document.find(f"{W}body")
        walk.write(body if body is not None else document)
        _write_notes(parts, walk.out)
        text, blocks = walk.out.finish()
        if not blocks:
            raise InputRefused(raw.name, "the document holds no text")
        told = [LeftOut(w, _BODY, found[w], why) for w, why in _WHY.items() if found.get(w)]
        if margins:
            told.append(LeftOut("headers and footers", "word", margins, "repeated on each page, not read"))
        kept = dict(Counter(str(p.kind) for p in walk.out.pieces))
        return Document(
            raw, "docx", "docx@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            shape=shape_of(blocks), ledger=Ledger(found, kept, told + [x for x in left if x.what not in found]),
        )  # fmt: skip


class _Body:
    """The body of one document being written to a rendering."""

    def __init__(self, name: str, styles: Styles, relations: dict[str, Relation], out: Rendering) -> None:
        self.name = name
        self.styles = styles
        self.relations = relations
        self.out = out

    def write(self, body: etree._Element) -> None:
        """Paragraphs and tables in order; content controls, insertions and frames are looked through."""
        stack = list(reversed(body))
        while stack:
            element = stack.pop()
            if element.tag == f"{W}p":
                self._paragraph(element)
                stack.extend(reversed(_boxed(element)))
            elif element.tag == f"{W}tbl":
                frame = _frame(element)
                if frame is None:
                    _write_table(element, self.out)
                else:
                    stack.extend(reversed(frame))
            elif element.tag in _THROUGH or element.tag == f"{W}tc":
                stack.extend(reversed(element))
            if len(self.out.pieces) > _MAX_BLOCKS:
                raise InputRefused(self.name, f"more than {_MAX_BLOCKS:,} paragraphs")

    def _paragraph(self, paragraph: etree._Element) -> None:
        text = element_text(paragraph)
        if text.strip():
            self._text(paragraph, text)
            found = [self.relations.get(str(h.get(f"{REL}id", ""))) for h in own_elements(paragraph, _LINK)]
            if links := [r.target for r in found if r is not None and r.outside and r.target]:
                self.out.carry("links", list(dict.fromkeys(links)))

    def _text(self, paragraph: etree._Element, text: str) -> None:
        level = self.styles.heading_level(paragraph)
        depth = self.styles.list_depth(paragraph)
        if self.styles.is_contents(paragraph):
            self.out.furniture(text)
        elif level:
            self.out.heading(text, level, title=self.styles.is_title(paragraph))
        elif depth:
            self.out.bullet(text, depth)
        else:
            self.out.paragraph(text)


def _boxed(paragraph: etree._Element) -> list[etree._Element]:
    """The paragraphs of the text boxes tied to one; boxes tied to these are theirs."""
    boxes = within(paragraph, _BOX, _BOX | NOT_SHOWN) if len(paragraph) else ()
    return [inner for box in boxes for inner in within(box, _P, _P | NOT_SHOWN)]


def _frame(table: etree._Element) -> list[etree._Element] | None:
    """The cells of a table of one column with several paragraphs: a frame around text, and no table."""
    rows = _rows(table)
    cells = [cell for row in rows for cell in _cells(row)]
    if len(cells) != len(rows) or len(rows) > _FRAMED_ROWS:
        return None
    return cells if any(len(list(cell.iterchildren(f"{W}p", f"{W}tbl"))) > 1 for cell in cells) else None


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table that no change took away, content controls looked through."""
    return [r for r in within(table, _ROW, _ROW | _TABLE) if r.find(f"{W}trPr/{W}del") is None]


def _write_table(table: etree._Element, out: Rendering) -> None:
    rows = []
    for row in _rows(table):
        cells = [" ".join(t for p in c.iter(f"{W}p") if (t := element_text(p).strip())) for c in _cells(row)]
        if any(cells):
            rows.append(cells)
    marked = any(True for _ in table.iterfind(f"{W}tr/{W}trPr/{W}tblHeader"))
    if rows:
        out.table(rows, header=marked or None)


def _cells(row: etree._Element) -> list[etree._Element]:
    return list(within(row, _CELL, _CELL | _ROW))


def _write_notes(parts: Mapping[str, etree._Element | None], out: Rendering) -> None:
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        root = parts[part]
        for note in root.iterchildren(f"{W}{tag}") if root is not None else ():
            text = " ".join(t for p in note.iter(f"{W}p") if (t := element_text(p).strip()))
            if text and attribute(note, "type") in {"", "normal"}:
                out.note(text, f"{tag} {attribute(note, 'id')}")


READER = DocxReader()
