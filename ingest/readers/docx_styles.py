"""Heading levels and list depths of Word paragraphs, through styles and numbering."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.office import style_names
from ingest.xml.tree import within

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = (f"{W}del", f"{W}moveFrom")  # what change tracking took away; moved text stands where it went
_SIGNS = frozenset(f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
# Word writes each text box twice, for old readers too.
NOT_SHOWN = frozenset({*_GONE, "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_APART = NOT_SHOWN | {f"{W}p"}
_CHAIN = 20


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the Word namespace, or ""."""
    return "" if element is None else str(element.get(f"{W}{name}", ""))


def element_text(paragraph: etree._Element) -> str:
    """The visible text of one paragraph: runs, tabs and line breaks; no deleted or moved text, no text boxes."""
    out = []
    for node in own_elements(paragraph, _SIGNS):
        run = node.getparent()
        plain = run is not None and run.getparent() is paragraph  # nearly always: nothing to look up
        if not plain and any(True for _ in node.iterancestors(*_GONE)):
            continue
        local = str(node.tag).rsplit("}", 1)[-1]
        if local == "tab" and str(next(node.iterancestors()).tag).endswith("}tabs"):
            continue
        out.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(local, "\n"))
    return "".join(out)


def own_elements(paragraph: etree._Element, tags: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of these tags in a paragraph, but for those of the paragraphs inside it (of a text box)."""
    if next(paragraph.iterdescendants(f"{W}p"), None) is None:  # nearly always
        return paragraph.iter(*tags)
    return within(paragraph, tags, _APART)


def _property(paragraph: etree._Element, name: str) -> etree._Element | None:
    """One of the properties of a paragraph, by its direct children: a path is ten times as slow."""
    properties = next(paragraph.iterchildren(f"{W}pPr"), None)
    return None if properties is None else next(properties.iterchildren(f"{W}{name}"), None)


class Styles:
    """What the style and numbering parts say of a paragraph."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self.by_id: dict[str, etree._Element] = {}
        for style in styles.iter(f"{W}style") if styles is not None else ():
            self.by_id[attribute(style, "styleId")] = style
        self._chains: dict[str, list[etree._Element]] = {}
        self._levels = _linked_levels(numbering)
        self._headings: dict[str, int] = {}
        self._kinds: dict[str, tuple[bool, bool]] = {}

    def _chain(self, style_id: str) -> list[etree._Element]:
        """A style and those it is based on, nearest first."""
        if style_id not in self._chains:
            chain: dict[str, etree._Element] = {}
            above = style_id
            while above in self.by_id and above not in chain and len(chain) < _CHAIN:
                chain[above] = self.by_id[above]
                above = attribute(next(chain[above].iterchildren(f"{W}basedOn"), None))
            self._chains[style_id] = list(chain.values())
        return self._chains[style_id]

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for other text. The document's title style counts as level 1."""
        own = attribute(_property(paragraph, "outlineLvl"))
        if own.isdecimal() and len(own) < 2 and int(own) < 9:
            return int(own) + 1
        style_id = attribute(_property(paragraph, "pStyle"))
        if style_id not in self._headings:
            levels = (self._style_level(style) for style in self._chain(style_id))
            found = next((level for level in levels if level is not None), None)
            self._headings[style_id] = style_names.heading_level(style_id) or 0 if found is None else found
        return self._headings[style_id]

    @staticmethod
    def _style_level(style: etree._Element) -> int | None:
        outline = attribute(style.find(f"{W}pPr/{W}outlineLvl"))
        if outline.isdecimal():
            return int(outline) + 1 if len(outline) < 2 and int(outline) < 9 else 0
        return style_names.heading_level(attribute(style.find(f"{W}name")))

    def list_depth(self, paragraph: etree._Element) -> int:
        """1 for the outermost list, 0 where the paragraph is in none."""
        properties = _property(paragraph, "numPr")
        chain = self._chain(attribute(_property(paragraph, "pStyle")))
        if properties is None:
            properties = next((p for s in chain if (p := s.find(f"{W}pPr/{W}numPr")) is not None), None)
        if properties is not None:
            if attribute(properties.find(f"{W}numId")) == "0":
                return 0
            return self._level_in_list(properties, [attribute(s, "styleId") for s in chain]) + 1
        names = [attribute(s.find(f"{W}name")) for s in chain] or [attribute(_property(paragraph, "pStyle"))]
        return next((depth for name in names if (depth := style_names.list_depth(name))), 0)

    def _level_in_list(self, properties: etree._Element, styles: list[str]) -> int:
        """0 for the outermost: said by the paragraph, or by the level of the list that is tied to its style."""
        level = attribute(properties.find(f"{W}ilvl"))
        if level.isdecimal() and len(level) < 3:
            return int(level)
        return next((self._levels[style] for style in styles if style in self._levels), 0)

    def is_title(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is the title of the document, by its style."""
        return self._kind(paragraph)[0]

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return self._kind(paragraph)[1]

    def _kind(self, paragraph: etree._Element) -> tuple[bool, bool]:
        """Whether the style is that of a title, and that of a table of contents."""
        style_id = attribute(_property(paragraph, "pStyle"))
        if style_id not in self._kinds:
            names = [attribute(s.find(f"{W}name")) for s in self._chain(style_id)] or [style_id]
            contents = bool(names[0]) and style_names.is_contents(names[0])
            self._kinds[style_id] = any(style_names.is_title(name) for name in names), contents
        return self._kinds[style_id]


def _linked_levels(numbering: etree._Element | None) -> dict[str, int]:
    """The level of the list that each style is tied to, by the id of the style."""
    found: dict[str, int] = {}
    for level in numbering.iter(f"{W}lvl") if numbering is not None else ():
        style, number = attribute(level.find(f"{W}pStyle")), attribute(level, "ilvl")
        if style and number.isdecimal() and len(number) < 3:
            found.setdefault(style, int(number))
    return found
