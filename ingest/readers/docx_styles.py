"""Heading levels and list depths of Word paragraphs, through styles and numbering."""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"^(?:heading|titre|überschrift|t[íi]tulo|titolo)\s*([1-9])$", re.I)
_CHAIN = 20


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the Word namespace, or ""."""
    return "" if element is None else str(element.get(f"{W}{name}", ""))


def element_text(paragraph: etree._Element) -> str:
    """The visible text of one paragraph: runs, tabs and line breaks; no deleted text, no text boxes."""
    out = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if next(node.iterancestors(f"{W}p")) is not paragraph or any(True for _ in node.iterancestors(f"{W}del")):
            continue
        local = str(node.tag).rsplit("}", 1)[-1]
        if local == "tab" and str(next(node.iterancestors()).tag).endswith("}tabs"):
            continue
        out.append({"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(local, "\n"))
    return "".join(out)


class Styles:
    """What the style and numbering parts say of a paragraph."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self.by_id: dict[str, etree._Element] = {}
        for style in styles.iter(f"{W}style") if styles is not None else ():
            self.by_id[attribute(style, "styleId")] = style
        self.has_numbering = numbering is not None

    def _chain(self, style_id: str) -> list[etree._Element]:
        """A style and those it is based on, nearest first."""
        chain: list[etree._Element] = []
        while style_id in self.by_id and len(chain) < _CHAIN:
            style = self.by_id[style_id]
            if style in chain:
                break
            chain.append(style)
            style_id = attribute(style.find(f"{W}basedOn"))
        return chain

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for other text. The document's title style counts as level 1."""
        own = attribute(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if own.isdigit() and int(own) < 9:
            return int(own) + 1
        style_id = attribute(paragraph.find(f"{W}pPr/{W}pStyle"))
        for style in self._chain(style_id):
            level = self._style_level(style)
            if level is not None:
                return level
        return _level_of_name(style_id) or 0

    @staticmethod
    def _style_level(style: etree._Element) -> int | None:
        outline = attribute(style.find(f"{W}pPr/{W}outlineLvl"))
        if outline.isdigit():
            return int(outline) + 1 if int(outline) < 9 else 0
        return _level_of_name(attribute(style.find(f"{W}name")))

    def list_depth(self, paragraph: etree._Element) -> int:
        """1 for the outermost list, 0 where the paragraph is in none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        chain = self._chain(attribute(paragraph.find(f"{W}pPr/{W}pStyle")))
        if properties is None:
            properties = next((p for s in chain if (p := s.find(f"{W}pPr/{W}numPr")) is not None), None)
        if properties is not None:
            if attribute(properties.find(f"{W}numId")) == "0":
                return 0
            level = attribute(properties.find(f"{W}ilvl"))
            return (int(level) if level.isdigit() else 0) + 1
        names = [attribute(s.find(f"{W}name")) for s in chain]
        listed = next((n for n in names if re.match(r"list (?:bullet|number)", n, re.I)), "")
        return int(listed[-1]) if listed[-1:].isdigit() else 1 if listed else 0


def _level_of_name(name: str) -> int | None:
    found = _HEADING_NAME.match(name)
    if found:
        return int(found.group(1))
    return 1 if name.lower() in {"title", "titre"} else 2 if name.lower() in {"subtitle", "sous-titre"} else None
