"""A parsed page as headings, paragraphs, list items and table rows, in reading order; what is hidden is counted."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from ingest.html.markup import clean, element_text
from ingest.rendering import Rendering
from ingest.xml.tree import local

_BLOCKS = frozenset(
    """p div section article main header footer nav aside figure figcaption blockquote pre address details summary form
    fieldset body html h1 h2 h3 h4 h5 h6 ul ol dl dt dd li table caption tbody thead tfoot tr td th hr center br
    option""".split()
)
_HIDDEN = {
    "script": "scripts", "style": "styles", "template": "templates", "noscript": "texts for pages without scripts",
    "svg": "drawings", "math": "formulas", "iframe": "embedded pages", "object": "embedded objects",
    "embed": "embedded objects", "canvas": "drawings", "audio": "sounds", "video": "videos", "select": "form fields",
    "textarea": "form fields", "datalist": "form fields", "title": "", "head": "",
}  # fmt: skip
_COUNTED = {"img": "images", "input": "form fields", "button": ""}
_FURNITURE = frozenset({"nav", "aside", "button"})
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-list\s*:\s*ignore", re.I)
_WORD_LIST = re.compile(r"mso-list\s*:[^;]{0,60}?level(?P<level>\d)", re.I)
_DOCS_LIST = re.compile(r"\blst-[\w-]{1,60}?-(?P<level>\d)\b")
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)", re.I)
_HEADING = re.compile(r"h([1-6])$")
_WORD_TITLE = frozenset({"msotitle", "title"})


class Blocks:
    """Walks a page once, without recursion, and fills a Rendering."""

    def __init__(self, out: Rendering | None = None) -> None:
        self.out = out or Rendering()
        self.left: Counter[str] = Counter()
        self._parts: list[str] = []
        self._links: list[str] = []
        self._lists = 0
        self._items: list[bool] = []  # open list items: whether their own text was given
        self._headings: list[int] = []
        self._quotes = self._pres = self._furniture = 0
        self._word_level = 0
        self._skipped: etree._Element | None = None

    def run(self, root: etree._Element) -> Rendering:
        """Everything that the page shows."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if self._start(element):
                    self._text(element.text)
                    continue
                walk.skip_subtree()
                self._skipped = element
            elif event == "end" and not self._ends_skipped(element):
                self._end(element)
            if event != "start" and element is not root:
                self._text(element.tail)
        self._flush()
        return self.out

    def _ends_skipped(self, element: etree._Element) -> bool:
        skipped, self._skipped = self._skipped, None
        return skipped is element

    def _text(self, text: str | None) -> None:
        if text:
            self._parts.append(text if self._pres else re.sub(r"\s+", " ", text))

    def _start(self, element: etree._Element) -> bool:
        """Open an element; False where nothing below it is to be walked."""
        name = local(element).lower()
        if name in _HIDDEN or _is_hidden(element):
            what = _HIDDEN.get(name, "hidden parts")
            self.left[what] += bool(what and (name in _HIDDEN or clean("".join(element.itertext()))))
            return False
        if name in _COUNTED:
            self.left[_COUNTED[name]] += bool(_COUNTED[name])
        if name == "br":
            self._parts.append("\n")
        elif name in _BLOCKS:
            self._flush()
        if name == "a" and _ADDRESS.match(element.get("href") or ""):
            self._links.append(str(element.get("href")).strip())
        if name == "table" and _is_data(element):
            self._table(element)
            return False
        self._open(name, element)
        return True

    def _open(self, name: str, element: etree._Element) -> None:
        if name in {"ul", "ol"}:
            found = _DOCS_LIST.search(element.get("class") or "")
            self._lists += 1
            self._word_level = int(found["level"]) + 1 if found else 0
        elif name == "li":
            self._items.append(False)
        elif found := _HEADING.match(name):
            self._headings.append(int(found[1]))
        elif name == "p" and (element.get("class") or "").lower() in _WORD_TITLE:
            self._headings.append(1)
        elif name == "p" and (found := _WORD_LIST.search(element.get("style") or "")):
            self._word_level = int(found["level"])
        self._quotes += name == "blockquote"
        self._pres += name == "pre"
        self._furniture += name in _FURNITURE

    def _end(self, element: etree._Element) -> None:
        name = local(element).lower()
        if name in _BLOCKS and name != "br":
            self._flush()
        if name in {"ul", "ol"}:
            self._lists = max(0, self._lists - 1)
            self._word_level = 0
        elif name == "li" and self._items:
            self._items.pop()
        elif (_HEADING.match(name) or (element.get("class") or "").lower() in _WORD_TITLE) and self._headings:
            self._headings.pop()
        if name == "p" and not self._lists:
            self._word_level = 0
        self._quotes -= name == "blockquote"
        self._pres -= name == "pre"
        self._furniture -= name in _FURNITURE

    def _flush(self) -> None:
        """Give what was gathered as one piece, or as several where blank lines part it."""
        whole, links = "".join(self._parts), self._links
        self._parts, self._links = [], []
        pieces = [whole] if self._pres else re.split(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+", whole)
        for text in pieces:
            if clean(text):
                self._give(text if self._pres else "\n".join(clean(x) for x in text.strip().split("\n")))
                if links:
                    self.out.carry("links", list(dict.fromkeys(links)))
                    links = []

    def _give(self, text: str) -> None:
        if self._furniture:
            self.out.furniture(text)
        elif self._headings:
            self.out.heading(clean(text), self._headings[-1])
        elif self._items and not self._items[-1]:
            self._items[-1] = True
            self.out.bullet(text, self._word_level or max(self._lists, 1))
        elif self._items:
            self.out.more(text)
        elif self._word_level:
            self.out.bullet(text, self._word_level)
        else:
            self.out.paragraph(text)
            if self._quotes:
                self.out.carry("quote", True)

    def _table(self, table: etree._Element) -> None:
        """A table of data: one row per line of cells."""
        rows: list[list[str]] = []
        header = False
        for row in table.iter("tr"):
            cells = [cell for cell in row if local(cell).lower() in {"td", "th"}]
            if cells and not rows:
                header = all(local(cell).lower() == "th" for cell in cells)
            if any(clean(element_text(cell)) for cell in cells):
                rows.append([clean(element_text(cell)) for cell in cells])
        self.left["images"] += sum(1 for _ in table.iter("img"))
        if rows:
            self.out.table(rows, header=header or None)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _INVISIBLE.search(style))


def _is_data(table: etree._Element) -> bool:
    """Two rows and two columns at least, no table, list or heading inside: not a table that only places things."""
    if table.get("role") == "presentation" or any(table is not t for t in table.iter("table")):
        return False
    if any(True for _ in table.iter("ul", "ol", "h1", "h2", "h3")):
        return False
    widths = [sum(local(cell).lower() in {"td", "th"} for cell in row) for row in table.iter("tr")]
    return len(widths) > 1 and max(widths) > 1
