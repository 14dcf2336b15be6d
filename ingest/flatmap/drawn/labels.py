"""Lines of text into labels: those in one box, or closely under each other; with the box or the rule that is theirs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.flatmap.drawn.page import Box, DrawnPage, Point, Stroke, TextLine

_CELL = 100.0  # points: the side of a square of the index
_MOST_CELLS = 200_000
_ALIGNED = 0.35  # of the font's size
_USUAL_GAP = 0.5
_WIDEST_GAP = 1.0
_TIGHT = 2.6  # times the area of its text: such a box is that of one label
_JUMP = 0.15
_HYPHEN = re.compile(r"[^\W\d][-\u2010]$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")


@dataclass(slots=True)
class DrawnLabel:
    """A label of the drawing. `box` is the shape around it where it has one (`boxed`), its text otherwise."""

    text: str
    box: Box
    size: float
    lines: int = 1
    boxed: bool = False


class Squares:
    """Rectangles by the squares of the page that they cover: what is near a point without looking at all of them."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self.cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.full = False
        filled = 0
        for n, box in enumerate(boxes):
            columns, rows = _range(box.x0, box.x1), _range(box.top, box.bottom)
            filled += len(columns) * len(rows)
            if filled > _MOST_CELLS:
                self.full = True
                return
            for column in columns:
                for row in rows:
                    self.cells[column, row].append(n)

    def near(self, point: Point, within: float) -> Iterator[tuple[float, int]]:
        """The rectangles at most so far from a point, with their distance."""
        x, y = point
        found: set[int] = set()
        for column in _range(x - within, x + within):
            for row in _range(y - within, y + within):
                found.update(self.cells.get((column, row), ()))
        for n in sorted(found):
            away = self.boxes[n].distance(point)
            if away <= within:
                yield away, n


def _range(low: float, high: float) -> range:
    most = 1_000_000  # a hostile page may be as wide as numbers go
    return range(int(max(low, -most) // _CELL), int(min(high, most) // _CELL) + 1)


def labels_of(drawn: DrawnPage) -> list[DrawnLabel] | None:
    """The labels of a page, top to bottom; None where its shapes are too many or too large to be those of a map."""
    squares = Squares(drawn.boxes)
    if squares.full:
        return None
    inside: dict[int, list[TextLine]] = defaultdict(list)
    for line in drawn.lines:
        inside[_home(line, squares)].append(line)
    gap = _line_gap(inside.get(-1, []))
    ends = sorted(end for stroke in drawn.strokes for end in stroke.ends)
    labels = []
    for home, lines in inside.items():
        box = drawn.boxes[home] if home >= 0 else None
        labels += _labels_in(box, lines, gap, ends)
    _underline(labels, drawn)
    return sorted(labels, key=lambda label: (label.box.top, label.box.x0))


def _home(line: TextLine, squares: Squares) -> int:
    """The smallest box around the middle of a line, -1 for none."""
    around = [n for away, n in squares.near(line.box.middle, 0.0) if squares.boxes[n].area > 0.5 * line.box.area]
    return min(around, key=lambda n: (squares.boxes[n].area, n), default=-1)


def _labels_in(box: Box | None, lines: list[TextLine], gap: float, ends: list[Point]) -> list[DrawnLabel]:
    groups = _groups(lines, _WIDEST_GAP if box else gap)
    if box is not None:
        text = [line.box for group in groups for line in group]
        if len(groups) > 1 and box.area <= _TIGHT * sum(each.area for each in text):
            groups = [sorted(lines, key=lambda line: (line.box.top, line.box.x0))]
        if len(groups) == 1:
            return [_label(groups[0], box)]
        groups = _groups(lines, gap)
    return [_label(part, None) for group in groups for part in _parted(group, ends)]


def _label(lines: list[TextLine], box: Box | None) -> DrawnLabel:
    around = lines[0].box
    for line in lines[1:]:
        around = around.joined(line.box)
    size = max(line.size for line in lines)
    shape = box.joined(around) if box else around
    return DrawnLabel(_joined([line.text for line in lines]), shape, size, len(lines), box is not None)


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        whole = text.endswith(" ") or _HYPHEN.search(text) or (_WIDE.match(text[-1:]) and _WIDE.match(line))
        text += line if whole else f" {line}"
    return text.strip()


# --- lines of one label ---------------------------------------------------------------------------------------------


def _groups(lines: Iterable[TextLine], widest: float) -> list[list[TextLine]]:
    """Lines that stand under each other at one edge or one middle, at most `widest` of their size apart."""
    groups: list[list[TextLine]] = []
    last: list[list[TextLine]] = []  # those that the next line may go on
    for line in sorted(lines, key=lambda line: (line.box.top, line.box.x0)):
        last = [group for group in last if line.box.top - group[-1].box.bottom <= _WIDEST_GAP * line.size]
        over = next((group for group in last if _goes_on(group[-1], line, widest)), None)
        if over is None:
            groups.append([line])
            last.append(groups[-1])
        else:
            over.append(line)
    return groups


def _goes_on(above: TextLine, line: TextLine, widest: float) -> bool:
    return abs(above.size - line.size) <= 0.1 * line.size and _aligned(above, line) and _gap(above, line) <= widest


def _aligned(above: TextLine, line: TextLine) -> bool:
    a, b, slack = above.box, line.box, _ALIGNED * line.size
    edges = (abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.middle[0] - b.middle[0]))
    return min(edges) <= slack and a.x0 < b.x1 and b.x0 < a.x1 and b.top > a.top + 0.3 * line.size


def _gap(above: TextLine, line: TextLine) -> float:
    return (line.box.top - above.box.bottom) / line.size


def _line_gap(lines: list[TextLine]) -> float:
    """The gap, in font sizes, over which a line is another label's: where the gaps of the page part in two."""
    found: list[float] = []
    ordered = sorted(lines, key=lambda line: (line.box.top, line.box.x0))
    tops = [line.box.top for line in ordered]
    for line in ordered:
        at = bisect_left(tops, line.box.bottom - 0.3 * line.size)
        for other in ordered[at : at + 60]:
            if other.box.top > line.box.bottom + _WIDEST_GAP * line.size:
                break
            if _goes_on(line, other, _WIDEST_GAP):
                found.append(_gap(line, other))
    found.sort()
    jumps = [(b - a, (a + b) / 2) for a, b in pairwise(found) if a <= _USUAL_GAP]
    widest, middle = max(jumps, default=(0.0, _USUAL_GAP))
    return middle if widest >= _JUMP else _USUAL_GAP


def _parted(lines: list[TextLine], ends: list[Point]) -> list[list[TextLine]]:
    """Lines closely under each other, parted where each has a connecting line of its own."""
    if len(lines) < 2:
        return [lines]
    met: set[int] = set()
    left, size = min(line.box.x0 for line in lines), lines[0].size
    top, bottom = lines[0].box.top, lines[-1].box.bottom
    near = ends[bisect_left(ends, (left - size, top)) : bisect_left(ends, (left + size, bottom))]
    for y in {y for _, y in near if top <= y <= bottom + 0.3 * size}:
        met.add(min(range(len(lines)), key=lambda n: abs(lines[n].box.middle[1] - y)))
    if len(met) < 2:
        return [lines]
    cuts = sorted(met)[1:]
    return [lines[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]


def _underline(labels: list[DrawnLabel], drawn: DrawnPage) -> None:
    """The rule under a label is part of it: connecting lines begin and end there."""
    squares = Squares([label.box for label in labels])
    kept = []
    for stroke in drawn.strokes:
        over = None if stroke.dashed or squares.full else _over(stroke, labels, squares)
        if over is None:
            kept.append(stroke)
        else:
            (x0, y), (x1, _) = sorted(stroke.ends)
            over.box = over.box.joined(Box(x0, y, x1, y))
    drawn.strokes = kept


def _over(stroke: Stroke, labels: list[DrawnLabel], squares: Squares) -> DrawnLabel | None:
    (x0, y0), (x1, y1) = sorted(stroke.ends)
    if len(stroke.points) != 2 or abs(y0 - y1) > 1:
        return None
    for _, n in squares.near(((x0 + x1) / 2, y0), 12.0):
        box, size = labels[n].box, labels[n].size
        long = 0.8 * (box.x1 - box.x0) <= x1 - x0 <= (box.x1 - box.x0) + 3 * size
        if not labels[n].boxed and long and abs(y0 - box.bottom) <= 0.6 * size and x0 <= box.x0 + size <= x1:
            return labels[n]
    return None
