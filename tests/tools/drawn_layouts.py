"""A map's tree drawn on a page of PDF, in the layouts that mind map programs print: where, in what shape, tied how."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flat_renderings import Node, is_cjk
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_MARGIN = 40.0
_STEP = 34.0  # points between a label and those under it
_BETWEEN = 9.0  # points between two labels of a column
_PAD = 5.0
_CJK_FONT = "STSong-Light"


@dataclass(slots=True)
class _Spot:
    """A label on the page: its lines, the size of its font, its rectangle (y grows upwards)."""

    lines: list[str]
    size: float
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a layout is drawn. `lines`: curves, rules, square, dashed … or "" for none."""

    shape: str  # "radial", "right", "chart"
    lines: str
    boxes: str = "all"  # "all", "top", "none"
    aligned: bool = False  # columns by depth, not each child beyond its own parent
    width: float = 150.0


LOOKS = {
    "radial, curves, boxes on top": Look("radial", "curves", "top"),
    "radial, rules under labels": Look("radial", "rules", "none"),
    "right, square lines, boxes": Look("right", "square", "all", aligned=True),
    "right, straight lines, no boxes": Look("right", "straight", "none"),
    "org chart, square lines": Look("chart", "square", "all", aligned=True, width=90.0),
    "radial, no lines": Look("radial", "", "top"),
    "right, no lines": Look("right", "", "none"),
    "right, columns, no lines": Look("right", "", "none", aligned=True),
    "org chart, no lines": Look("chart", "", "all", aligned=True, width=90.0),
}


def printable(nodes: Sequence[Node]) -> list[Node]:
    """The topics in letters that the usual fonts of a PDF have."""
    if is_cjk(list(nodes)):
        return list(nodes)
    plain = (" ".join(node.label.encode("cp1252", "replace").decode("cp1252").split()) for node in nodes)
    return [replace(node, label=label) for node, label in zip(nodes, plain, strict=True)]


def drawn(look: Look, nodes: Sequence[Node]) -> bytes:
    """The page of a map with one root, as wide and high as the map is."""
    font = _CJK_FONT if is_cjk(list(nodes)) else "Helvetica"
    if font == _CJK_FONT:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    spots = [_spot(node, font, look) for node in nodes]
    below = defaultdict(list)
    for n, node in enumerate(nodes):
        if node.parent >= 0:
            below[node.parent].append(n)
    sides = _sides(nodes, below, look)
    spots[0].x, spots[0].y = -spots[0].width / 2, -spots[0].height / 2
    for side in sorted(set(sides[1:]) or {1}):
        part = [n for n in range(len(nodes)) if n == 0 or sides[n] == side]
        _place(nodes, spots, [n for n in part if n], below, sides, look, side)
    return _printed(nodes, spots, below, sides, look, font)


def _spot(node: Node, font: str, look: Look) -> _Spot:
    size = {0: 18.0, 1: 13.0}.get(node.depth, 10.0)
    lines = _wrapped(node.label, font, size, look.width)
    width = max(pdfmetrics.stringWidth(line, font, size) for line in lines)
    boxed = look.boxes == "all" or (look.boxes == "top" and node.depth < 2)
    pad = _PAD if boxed else 2.0
    return _Spot(lines, size, width + 2 * pad, 1.2 * size * len(lines) + pad)


def _wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    pieces, join = (list(text), "") if font == _CJK_FONT else (text.split(" "), " ")
    lines = [pieces[0]]
    for piece in pieces[1:]:
        longer = lines[-1] + join + piece
        if pdfmetrics.stringWidth(longer, font, size) <= width or piece == " ":
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _sides(nodes: Sequence[Node], below: dict[int, list[int]], look: Look) -> list[int]:
    """1 for what stands right of the root (or under it), -1 for what stands left."""
    sides = [1] * len(nodes)
    half = len(below[0]) // 2 if look.shape == "radial" else 0
    left = set(below[0][len(below[0]) - half :])
    for n, node in enumerate(nodes):
        if n:
            sides[n] = -1 if n in left else sides[node.parent] if node.parent else 1
    return sides


def _place(
    nodes: Sequence[Node],
    spots: list[_Spot],
    part: list[int],
    below: dict[int, list[int]],
    sides: list[int],
    look: Look,
    side: int,
) -> None:
    """Every label of a side: children in a column beyond their parent, which stands at their middle."""
    chart = look.shape == "chart"
    span = [0.0] * len(nodes)  # the room of a label with all below it, across the direction of growth
    for n in [*reversed(part), 0]:
        own = (spots[n].width if chart else spots[n].height) + _BETWEEN + (0 if below[n] else 1.0)
        span[n] = max(own, sum(span[child] for child in below[n] if sides[child] == side))
    rows: dict[int, float] = defaultdict(float)
    for n in [0, *part]:
        rows[nodes[n].depth] = max(rows[nodes[n].depth], spots[n].height if chart else spots[n].width)
    begin = {depth: sum(rows[d] + _STEP for d in range(depth)) for depth in rows}
    for n in [0, *part]:
        centre = spots[n].x + spots[n].width / 2 if chart else spots[n].middle
        children = [child for child in below[n] if sides[child] == side]
        at = centre + (-1 if chart else 1) * sum(span[child] for child in children) / 2
        for child in children:
            spot, room = spots[child], span[child]
            if chart:
                spot.x = at + room / 2 - spot.width / 2
                spot.y = -begin[nodes[child].depth] - spot.height
                at += room
            else:
                spot.y = at - room / 2 - spot.height / 2
                spot.x = _across(spots[n], spot, side, begin[nodes[child].depth] if look.aligned else None, spots[0])
                at -= room


def _across(parent: _Spot, spot: _Spot, side: int, column: float | None, root: _Spot) -> float:
    if column is not None:
        return root.x + column if side > 0 else root.right - column - spot.width
    return parent.right + _STEP if side > 0 else parent.x - _STEP - spot.width


def _printed(
    nodes: Sequence[Node],
    spots: list[_Spot],
    below: dict[int, list[int]],
    sides: list[int],
    look: Look,
    font: str,
) -> bytes:
    left, bottom = min(s.x for s in spots) - _MARGIN, min(s.y for s in spots) - _MARGIN
    right, top = max(s.right for s in spots) + _MARGIN, max(s.y + s.height for s in spots) + _MARGIN
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(right - left, top - bottom), invariant=1)
    canvas.translate(-left, -bottom)
    for n in range(len(nodes)):
        if below[n] and look.lines == "square":
            _square(canvas, spots[n], [spots[child] for child in below[n]], chart=look.shape == "chart")
        for child in below[n] if look.lines in {"curves", "rules", "straight"} else ():
            _tie(canvas, spots[n], spots[child], sides[child], look.lines)
    for node, spot in zip(nodes, spots, strict=True):
        _label(canvas, node, spot, look, font)
    canvas.save()
    return out.getvalue()


def _label(canvas: Canvas, node: Node, spot: _Spot, look: Look, font: str) -> None:
    if look.boxes == "all" or (look.boxes == "top" and node.depth == 1):
        canvas.roundRect(spot.x, spot.y, spot.width, spot.height, 4)
    elif look.boxes == "top" and node.depth == 0:
        canvas.ellipse(spot.x - 6, spot.y - 6, spot.right + 6, spot.y + spot.height + 6)
    if look.lines == "rules":
        canvas.line(spot.x, spot.y, spot.right, spot.y)
    canvas.setFont(font, spot.size)
    for n, line in enumerate(spot.lines):
        width = pdfmetrics.stringWidth(line, font, spot.size)
        inner = spot.x + (spot.width - width) / 2 if look.boxes == "all" else spot.x + 2
        canvas.drawString(inner, spot.y + spot.height - 2 - spot.size * (0.9 + 1.2 * n), line)


def _tie(canvas: Canvas, parent: _Spot, child: _Spot, side: int, lines: str) -> None:
    low = lines == "rules"
    start = (parent.right if side > 0 else parent.x, parent.y if low else parent.middle)
    end = (child.x if side > 0 else child.right, child.y if low else child.middle)
    if lines == "straight":
        canvas.line(*start, *end)
    else:
        half = (end[0] - start[0]) / 2
        canvas.bezier(*start, start[0] + half, start[1], end[0] - half, end[1], *end)


def _square(canvas: Canvas, parent: _Spot, children: list[_Spot], *, chart: bool) -> None:
    """A trunk from the parent, a rail along its children, a branch to each."""
    if chart:
        middle, rail = parent.x + parent.width / 2, max(c.y + c.height for c in children) + _STEP / 3
        canvas.line(middle, parent.y, middle, rail)
        ends = [child.x + child.width / 2 for child in children]
        canvas.line(min([middle, *ends]), rail, max([middle, *ends]), rail)
        for child, x in zip(children, ends, strict=True):
            canvas.line(x, rail, x, child.y + child.height)
        return
    rail = min(child.x for child in children) - _STEP / 3
    canvas.line(parent.right, parent.middle, rail, parent.middle)
    ends = [child.middle for child in children]
    canvas.line(rail, min([parent.middle, *ends]), rail, max([parent.middle, *ends]))
    for child, y in zip(children, ends, strict=True):
        canvas.line(rail, y, child.x, y)


LAYOUTS: dict[str, Callable[[list[Node]], bytes]] = {name: partial(drawn, look) for name, look in LOOKS.items()}
