"""The body of an OpenDocument text, walked without recursion: its blocks go to a rendering in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Reversible

from lxml import etree

from graph.errors import InputRefused
from graph.outline import LeftOut
from ingest.bounds.limits import MAX_DEPTH, check_depth
from ingest.office.odf import DRAW, HREF, OFFICE, STYLE, TABLE, TEXT, odf_paragraphs, odf_text
from ingest.office.style_names import heading_level, is_title, list_depth
from ingest.rendering import Rendering
from ingest.xml.tree import within

_MAX_BLOCKS = 100_000
_MAX_CELLS = 200_000
_CHAIN = 20
_THROUGH = frozenset(
    {f"{TEXT}section", f"{TEXT}index-title", f"{DRAW}text-box", f"{DRAW}frame", f"{DRAW}g", f"{DRAW}custom-shape",
     f"{TEXT}numbered-paragraph",
     *(f"{DRAW}{drawn}" for drawn in "a image rect ellipse circle line connector polygon polyline path".split())}
)  # fmt: skip
_KINDS_OF_INDEX = "table-of-content alphabetical-index illustration-index table-index bibliography user-index".split()
_INDEXES = frozenset(f"{TEXT}{kind}" for kind in _KINDS_OF_INDEX)
_BOXES = frozenset({f"{DRAW}text-box", f"{DRAW}custom-shape"})
_NOTE, _LINK, _TABLE, _ROW = (
    frozenset({tag}) for tag in (f"{TEXT}note", f"{TEXT}a", f"{TABLE}table", f"{TABLE}table-row")
)


class Styles:
    """What the paragraph styles say: the level of headings, the depth of lists, through their parents."""

    def __init__(self, *parts: etree._Element | None) -> None:
        self._by_name: dict[str, etree._Element] = {}
        for part in parts:
            for style in part.iter(f"{STYLE}style") if part is not None else ():
                if style.get(f"{STYLE}family") == "paragraph":
                    self._by_name.setdefault(str(style.get(f"{STYLE}name", "")), style)
        self._levels: dict[str, int] = {}
        self._depths: dict[str, int] = {}

    def level(self, name: str) -> int:
        """1 to 9 for a heading or a title, 0 for other text."""
        if name not in self._levels:
            found = (self._level(n, style) for n, style in self._chain(name))
            self._levels[name] = next((level for level in found if level is not None), 0)
        return self._levels[name]

    def is_title(self, name: str) -> bool:
        """Whether a style is that of the title of the document, by its name or its parents'."""
        return any(is_title(n) for n, _ in self._chain(name))

    def depth(self, name: str) -> int:
        """The depth of a list that the style says, 0 where it says none."""
        if name not in self._depths:
            self._depths[name] = next((d for n, _ in self._chain(name) if (d := list_depth(n))), 0)
        return self._depths[name]

    def _chain(self, name: str) -> list[tuple[str, etree._Element | None]]:
        chain: list[tuple[str, etree._Element | None]] = []
        while name and len(chain) < _CHAIN:
            style = self._by_name.get(name)
            chain.append((name, style))
            name = str(style.get(f"{STYLE}parent-style-name", "")) if style is not None else ""
        return chain

    @staticmethod
    def _level(name: str, style: etree._Element | None) -> int | None:
        said = str(style.get(f"{STYLE}default-outline-level", "")) if style is not None else ""
        if said.isdecimal() and 0 < int(said[:3]) < 10:
            return int(said)
        shown = str(style.get(f"{STYLE}display-name", "")) if style is not None else ""
        return heading_level(shown or name) or heading_level(name)


class Body:
    """One text being written to a rendering."""

    def __init__(self, name: str, styles: Styles, out: Rendering) -> None:
        self.name = name
        self.styles = styles
        self.out = out
        self._left: Counter[tuple[str, str]] = Counter()
        self._notes: list[tuple[str, str]] = []
        self._cells = 0

    def write(self, body: Reversible[etree._Element]) -> None:
        """Every heading, paragraph, item and table, boxes after what they are tied to, notes at the end."""
        stack = [(child, 0, True) for child in reversed(body)]  # element, depth of list, first of its item
        while stack:
            element, depth, first = stack.pop()
            tag = str(element.tag)
            if depth > MAX_DEPTH:
                check_depth(self.name, depth)
            if tag in {f"{TEXT}h", f"{TEXT}p"}:
                self._paragraph(element, depth, first=first)
                stack += [(box, 0, True) for box in reversed(_boxes(element))]
            elif tag == f"{TEXT}list":
                stack += [(item, depth + 1, True) for item in reversed(element)]
            elif tag in {f"{TEXT}list-item", f"{TEXT}list-header"}:
                stack += [(child, depth, n == 0) for n, child in reversed(list(enumerate(element)))]
            elif tag == f"{TABLE}table":
                self._table(element)
            elif tag in _THROUGH:
                stack += [(child, depth, True) for child in reversed(element)]
            elif tag in _INDEXES:
                self._left["table of contents", "repeats the headings"] += 1
            if len(self.out.pieces) > _MAX_BLOCKS:
                raise InputRefused(self.name, f"more than {_MAX_BLOCKS:,} paragraphs")
        for text, place in self._notes:
            self.out.note(text, place)
        self._notes.clear()

    def left(self) -> list[LeftOut]:
        """What was not read."""
        return [LeftOut(what, "content.xml", n, why) for (what, why), n in self._left.items()]

    def _paragraph(self, element: etree._Element, depth: int, *, first: bool) -> None:
        text = odf_text(element)
        self._keep_notes(element)
        if not text.strip():
            return
        style = str(element.get(f"{TEXT}style-name", ""))
        level = self._level(element, style)
        depth = depth or (0 if level else self.styles.depth(style))
        if level:
            self.out.heading(" ".join(text.split()), level, title=self.styles.is_title(style))
        elif depth and first:
            self.out.bullet(text, depth)
        elif depth:
            self.out.more(text)
        else:
            self.out.paragraph(text)
        if links := [str(a.get(HREF)) for a in within(element, _LINK, _BOXES) if a.get(HREF)]:
            self.out.carry("links", links)

    def _level(self, element: etree._Element, style: str) -> int:
        said = str(element.get(f"{TEXT}outline-level", "")) if str(element.tag) == f"{TEXT}h" else ""
        if said.isdecimal() and len(said) < 3 and int(said):
            return min(int(said), 9)
        return self.styles.level(style) or (1 if str(element.tag) == f"{TEXT}h" else 0)

    def _keep_notes(self, element: etree._Element) -> None:
        for note in within(element, _NOTE, _BOXES):  # what stands in a box is asked for its own notes
            text = " ".join(odf_text(p) for p in note.iterfind(f"{TEXT}note-body/{TEXT}p"))
            if text.strip():
                kind = str(note.get(f"{TEXT}note-class", "footnote"))
                self._notes.append((" ".join(text.split()), f"{kind} {len(self._notes) + 1}"))

    def _table(self, table: etree._Element) -> None:
        """The rows of a table; what stands in a cell, tables too, is the text of the cell."""
        rows: list[list[str]] = []
        headed = False
        for row in within(table, _ROW, _ROW | _TABLE):
            cells = [self._cell(cell) for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell")]
            if any(cells):
                above = row.getparent()
                headed = headed or (not rows and above is not None and above.tag == f"{TABLE}table-header-rows")
                rows.append(cells)
        if rows:
            self.out.table(rows, header=headed or None)

    def _cell(self, cell: etree._Element) -> str:
        self._cells += 1
        if self._cells > _MAX_CELLS:
            raise InputRefused(self.name, f"more than {_MAX_CELLS:,} cells")
        paragraphs = list(odf_paragraphs(cell))
        for paragraph in paragraphs:
            self._keep_notes(paragraph)
        return " ".join(text for p in paragraphs if (text := odf_text(p).strip()))


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The outermost text boxes tied to a paragraph."""
    return list(within(paragraph, _BOXES, _BOXES | {f"{OFFICE}annotation"}))
