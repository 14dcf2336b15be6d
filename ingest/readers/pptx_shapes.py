"""What stands on a slide, in the order in which one reads it: placeholders, text boxes, tables, diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.office.page_order import reading_order
from ingest.office.parts import Relation
from ingest.xml.tree import within

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
TITLES = frozenset({"title", "ctrTitle"})
PLACED_TEXT = frozenset({"body", "obj", ""})  # placeholders whose paragraphs are items unless they say otherwise
_P = frozenset({f"{A}p"})
_P_OR_POINT = _P | {f"{_DGM}pt"}
_TABLE = frozenset({f"{A}tbl"})
Places = dict[str, tuple[int, int]]  # top and left, by the number or the type of a placeholder
_BOX = "box"  # a text box: no placeholder


@dataclass(frozen=True)
class Shape:
    """One shape with its role (the type of its placeholder, "" for plain content, "box" for none)."""

    element: etree._Element
    role: str
    at: tuple[int, int]

    @property
    def paragraphs(self) -> list[etree._Element]:
        """The paragraphs of its text; those of a table are the table's."""
        body = self.element.find(f"{P}txBody")
        return list(body.iterchildren(f"{A}p")) if body is not None else []

    @property
    def has_text(self) -> bool:
        return any(paragraph_text(p).strip() for p in self.paragraphs)


def shapes(slide: etree._Element, placed: Places) -> list[Shape]:
    """The shapes of a slide, from top to bottom and left to right; groups stay together where they stand."""
    tree = slide.find(f"{P}cSld/{P}spTree")
    found = [] if tree is None else [s for child in tree for s in _inside(child, placed)]
    ordered = (found[n] for n in reading_order([at for _, at, _ in found]))
    return [Shape(element, role, at) for element, at, role in ordered]


def _inside(top: etree._Element, placed: Places) -> Iterator[tuple[etree._Element, tuple[int, int], str]]:
    """A shape, or those of a group, in the place of the group."""
    at = _at(top, placed)
    stack = [top]
    while stack:
        element = stack.pop()
        local = str(element.tag).rsplit("}", 1)[-1]
        if local in {"grpSp", "AlternateContent", "Choice"}:
            inner = [c for c in element if str(c.tag).rsplit("}", 1)[-1] != "Fallback"]
            stack.extend(reversed(inner))
        elif local in {"sp", "graphicFrame", "cxnSp"}:
            yield element, at, _role(element)


def _placeholder(element: etree._Element) -> etree._Element | None:
    return next(element.iterfind(f"*/{P}nvPr/{P}ph"), None)


def _role(element: etree._Element) -> str:
    placeholder = _placeholder(element)
    return _BOX if placeholder is None else str(placeholder.get("type", ""))


def _at(element: etree._Element, placed: Places) -> tuple[int, int]:
    """Top and left; a placeholder that says none stands where its layout has it."""
    offset = next(element.iterfind(f"{P}spPr/{A}xfrm/{A}off"), None)
    if offset is None:
        offset = next(element.iterfind(f"{P}grpSpPr/{A}xfrm/{A}off"), None)
    if offset is None:
        offset = next(element.iterfind(f"{P}xfrm/{A}off"), None)
    if offset is not None:
        return _number(offset.get("y")), _number(offset.get("x"))
    placeholder = _placeholder(element)
    if placeholder is None:
        return 0, 0
    keys = (f"#{placeholder.get('idx', '')}", str(placeholder.get("type", "")))
    return next((placed[key] for key in keys if key in placed), (0, 0))


def places(layout: etree._Element | None) -> Places:
    """Where a layout places what a slide holds."""
    found: Places = {}
    for element in layout.iter(f"{P}sp") if layout is not None else ():
        placeholder = _placeholder(element)
        if placeholder is not None and next(element.iterfind(f"{P}spPr/{A}xfrm/{A}off"), None) is not None:
            at = _at(element, {})
            found.setdefault(f"#{placeholder.get('idx', '')}", at)
            found.setdefault(str(placeholder.get("type", "")), at)
    return found


def _number(text: str | None) -> int:
    return int(text) if text and len(text) < 16 and text.lstrip("-").isdecimal() else 0


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of one paragraph: runs, fields and line breaks."""
    out = []
    for node in paragraph.iter(f"{A}t", f"{A}br"):
        out.append("\n" if str(node.tag).endswith("}br") else node.text or "")
    return "".join(out)


def links(element: etree._Element, relations: dict[str, Relation]) -> list[str]:
    """The addresses that a text leads to, outside the file."""
    found = [relations.get(str(h.get(_R_ID, ""))) for h in element.iter(f"{A}hlinkClick")]
    return list(dict.fromkeys(r.target for r in found if r is not None and r.outside and r.target))


def tables(shape: etree._Element) -> Iterator[etree._Element]:
    """The tables of a shape; one in a cell of another is part of its text."""
    return within(shape, _TABLE, _TABLE)


def table(grid: etree._Element) -> list[list[str]]:
    """The cells of a table, row by row; what a merged cell covers is empty."""
    rows = []
    for row in grid.iterchildren(f"{A}tr"):
        cells = [
            " ".join(paragraph_text(p) for p in within(cell, _P, _P)).strip() for cell in row.iterchildren(f"{A}tc")
        ]
        if any(cells):
            rows.append(cells)
    return rows


def diagram(data: etree._Element) -> list[tuple[str, int]]:
    """The points of a diagram (SmartArt) with their depth, in order; no recursion, each point once."""
    texts = {}
    for point in data.iter(f"{_DGM}pt"):
        if point.get("type", "node") in {"node", "asst", "doc"}:
            texts[str(point.get("modelId", ""))] = " ".join(
                paragraph_text(p) for p in within(point, _P, _P_OR_POINT)
            ).strip()
    below: dict[str, list[tuple[int, str]]] = {}
    inner = set()
    for link in data.iter(f"{_DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            source, target = str(link.get("srcId", "")), str(link.get("destId", ""))
            below.setdefault(source, []).append((_number(link.get("srcOrd")), target))
            inner.add(target)
    out: list[tuple[str, int]] = []
    stack = [(name, 0) for name in reversed([name for name in texts if name not in inner])]
    seen = set()
    while stack:
        name, depth = stack.pop()
        if name in seen or name not in texts:
            continue
        seen.add(name)
        if texts[name]:
            out.append((texts[name], depth + 1))
        deeper = depth + bool(texts[name])
        stack.extend((target, deeper) for _, target in sorted(below.get(name, ()), reverse=True))
    return out
