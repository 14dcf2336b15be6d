"""Which labels the strokes of a drawing tie together: by their ends, and by what they meet on the way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.flatmap.drawn.labels import DrawnLabel, Squares
from ingest.flatmap.drawn.page import Box, Point, Stroke

_CLOSE = 2.5  # points from a box to the end of its line
_ARROW = 9.0  # the head of an arrow may stand between
_NEAR = 0.8  # of the font's size, where a label has no box
_FAR = 2.0  # of the font's size: what is left to chance, never sure
_MEET = 1.2  # points between two strokes that meet
_MOST_ASKED = 300_000  # pieces of strokes near their ends: more is a scribble


@dataclass(slots=True)
class Tie:
    """Labels that a stroke, or strokes that meet, tie together; at which side each. `sure`: every end is at one."""

    sides: dict[int, str] = field(default_factory=dict)  # label: "left", "right", "top" or "bottom"
    sure: bool = True
    strokes: int = 1


def ties_of(labels: Sequence[DrawnLabel], strokes: Sequence[Stroke]) -> list[Tie]:
    """The ties of a page, in the order of its strokes."""
    squares = Squares([label.box for label in labels])
    if squares.full:
        return []
    ends = [[_end(labels, squares, stroke, n) for n in (0, -1)] for stroke in strokes]
    parents = list(range(len(strokes)))
    loose: list[tuple[int, int]] = []
    meeting = _Meeting(strokes)
    for n, stroke in enumerate(strokes):
        for side, found in zip((0, -1), ends[n], strict=True):
            if found is None:
                if meeting.asked > _MOST_ASKED:
                    return []
                others = [other for other in meeting.at(stroke.ends[side]) if other != n]
                for other in others:
                    parents[_top(parents, other)] = _top(parents, n)
                loose.append((n, side))
    return _gathered(labels, squares, strokes, ends, parents, loose)


_Found = tuple[int, str] | None


def _end(labels: Sequence[DrawnLabel], squares: Squares, stroke: Stroke, side: int) -> _Found:
    """The label at one end of a stroke, and at which of its sides."""
    point = stroke.ends[side]
    near = [
        (away, n) for away, n in squares.near(point, 2 * _ARROW)
        if away <= (_CLOSE if labels[n].boxed else max(_CLOSE, _NEAR * labels[n].size))
    ]  # fmt: skip
    if not near:
        near = [(away, n) for away, n in squares.near(point, _ARROW) if labels[n].boxed and _heads_for(stroke, side)]
    if not near:
        return None
    best = min(near)[1]
    return best, _side(labels[best].box, point, stroke.ends[-1 - side])


def _heads_for(stroke: Stroke, side: int) -> bool:
    """Whether a stroke is long enough that a gap at its end is no more than the head of an arrow."""
    return math.dist(*stroke.ends) > 2 * _ARROW and side in {0, -1}


def _side(box: Box, point: Point, towards: Point) -> str:
    """The side of a box that a stroke leaves at; one that begins deep inside leaves towards its other end."""
    x, y = point
    aways = {"left": x - box.x0, "right": box.x1 - x, "top": y - box.top, "bottom": box.bottom - y}
    nearest = min(aways.values())
    if nearest <= 3:
        return next(side for side, away in aways.items() if away <= nearest + 1)
    (cx, cy), (u, v) = box.middle, towards
    across, down = (u - cx) / max(box.x1 - box.x0, 1), (v - cy) / max(box.bottom - box.top, 1)
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "top" if down < 0 else "bottom"


def _top(parents: list[int], n: int) -> int:
    while parents[n] != n:
        parents[n] = parents[parents[n]]
        n = parents[n]
    return n


class _Meeting:
    """Which strokes pass at a point: by their ends, or by the straight pieces between."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self.pieces: list[tuple[int, Point, Point]] = []
        for n, stroke in enumerate(strokes):
            self.pieces += [(n, a, b) for a, b in zip(stroke.points, stroke.points[1:], strict=False)]
        self.squares = Squares([_around(a, b) for _, a, b in self.pieces])
        self.asked = 0

    def at(self, point: Point) -> Iterator[int]:
        """The strokes that a point is on."""
        for _, n in [] if self.squares.full else self.squares.near(point, _MEET):
            self.asked += 1
            stroke, a, b = self.pieces[n]
            if _from_piece(point, a, b) <= _MEET:
                yield stroke


def _around(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _from_piece(point: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b) ** 2
    if not length:
        return math.dist(point, a)
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def _gathered(
    labels: Sequence[DrawnLabel],
    squares: Squares,
    strokes: Sequence[Stroke],
    ends: list[list[_Found]],
    parents: list[int],
    loose: list[tuple[int, int]],
) -> list[Tie]:
    """A tie for each set of strokes that meet; where an end meets nothing, the nearest label at some distance."""
    ties: dict[int, Tie] = defaultdict(lambda: Tie(strokes=0))
    for n, found in enumerate(ends):
        tie = ties[_top(parents, n)]
        tie.strokes += 1
        for label, side in filter(None, found):
            tie.sides.setdefault(label, side)
    for n, end in loose:
        tie = ties[_top(parents, n)]
        if len(tie.sides) > 1 and tie.strokes > 1 and _is_square(strokes[n]):
            continue
        point = strokes[n].ends[end]
        near = [
            (away, label) for away, label in squares.near(point, 40.0) if away <= _FAR * labels[label].size
        ]  # fmt: skip
        if near and min(near)[1] not in tie.sides:
            best = min(near)[1]
            tie.sides[best] = _side(labels[best].box, point, strokes[n].ends[-1 - end])
            tie.sure = False
    return [tie for tie in ties.values() if len(tie.sides) > 1]


def _is_square(stroke: Stroke) -> bool:
    """A straight stroke along one axis, as the pieces of square connectors are."""
    (x0, y0), (x1, y1) = stroke.ends
    return len(stroke.points) == 2 and (abs(x0 - x1) < 1 or abs(y0 - y1) < 1)
