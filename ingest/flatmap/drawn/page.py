"""What is drawn on a page of a PDF, out of pdfplumber's objects: lines of text, boxes, strokes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.flatmap.drawn.letters import printed_again

MAX_CHARS = 60_000  # of a page: a map of 4,000 topics is no page that a person reads
MAX_SHAPES = 8_000
_WORD_GAP = 0.18  # of the font's size: a wider gap is a space
_LABEL_GAP = 0.9  # a wider one parts two labels
_THIN = 2.5  # points: a filled shape that is no thicker is a line
_ARROWHEAD = 9.0  # points: a smaller filled shape is the head of an arrow
_FRAME = 0.5  # of the page: a larger box is its frame or background
_FARTHEST = 100_000.0  # points

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the top left of the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def distance(self, point: Point) -> float:
        """From a point to the rectangle; 0 inside it."""
        x, y = point
        return math.hypot(max(self.x0 - x, 0.0, x - self.x1), max(self.top - y, 0.0, y - self.bottom))

    def joined(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of one label, as printed, with the space that may end it. `size` is that of its font, in points."""

    box: Box
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that is drawn: its points from one end to the other."""

    points: tuple[Point, ...]
    dashed: bool = False

    @property
    def ends(self) -> tuple[Point, Point]:
        return self.points[0], self.points[-1]


@dataclass(slots=True)
class DrawnPage:
    """All that a page shows. `turned` counts the letters that do not stand upright: they are in no line."""

    number: int
    lines: list[TextLine] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    turned: int = 0


def drawn_page(page: Any, number: int) -> DrawnPage | None:
    """What a pdfplumber page shows; None for one without text, or with more on it than a map has."""
    objects = page.objects
    shapes = [shape for kind in ("line", "rect", "curve") for shape in objects.get(kind, ()) if _finite(shape)]
    chars = [char for char in objects.get("char", ()) if _finite(char)]
    if not 0 < len(chars) <= MAX_CHARS or len(shapes) > MAX_SHAPES:
        return None
    drawn = DrawnPage(number, _text_lines(_once(chars)), turned=sum(not char["upright"] for char in chars))
    for shape in shapes:
        _add_shape(drawn, shape, _FRAME * float(page.width) * float(page.height))
    return drawn


def _finite(thing: dict[str, Any]) -> bool:
    """Whether a thing is on a page that one can see: hostile numbers go beyond measure."""
    return all(abs(thing[edge]) < _FARTHEST for edge in ("x0", "top", "x1", "bottom"))


# --- text -----------------------------------------------------------------------------------------------------------


def _once(chars: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Upright letters, those that are printed twice for weight only once."""
    chars = list(chars)
    again = printed_again(chars)
    return (char for char in chars if char["upright"] and id(char) not in again)


def _text_lines(chars: Iterable[dict[str, Any]]) -> list[TextLine]:
    """Letters that follow each other, then the pieces that stand side by side."""
    pieces: list[list[dict[str, Any]]] = []
    for char in chars:
        if pieces and _follows(pieces[-1][-1], char):
            pieces[-1].append(char)
        else:
            pieces.append([char])
    pieces.sort(key=lambda piece: (round(piece[0]["bottom"]), piece[0]["x0"]))
    rows: list[list[dict[str, Any]]] = []
    for piece in pieces:
        if rows and _follows(rows[-1][-1], piece[0]):
            rows[-1] += piece
        else:
            rows.append(list(piece))
    return [line for row in rows if (line := _line(row)).text.strip()]


def _follows(before: dict[str, Any], char: dict[str, Any]) -> bool:
    size = max(before["size"], char["size"], 1.0)
    gap = char["x0"] - before["x1"]
    return bool(abs(char["bottom"] - before["bottom"]) <= 0.3 * size and -0.6 * size <= gap <= _LABEL_GAP * size)


def _line(row: list[dict[str, Any]]) -> TextLine:
    text = ""
    for n, char in enumerate(row):
        apart = n > 0 and char["x0"] - row[n - 1]["x1"] > _WORD_GAP * max(char["size"], 1.0)
        text += (" " if apart and not text.endswith(" ") and char["text"] != " " else "") + char["text"]
    inked = [char for char in row if char["text"].strip()] or row
    sizes = sorted(float(char["size"]) for char in inked)
    box = Box(
        float(min(c["x0"] for c in inked)), float(min(c["top"] for c in inked)),
        float(max(c["x1"] for c in inked)), float(max(c["bottom"] for c in inked)),
    )  # fmt: skip
    return TextLine(box, text.lstrip(), max(sizes[len(sizes) // 2], 1.0))


# --- shapes ---------------------------------------------------------------------------------------------------------


def _add_shape(drawn: DrawnPage, shape: dict[str, Any], frame: float) -> None:
    """A box, a stroke, or nothing: heads of arrows and frames of pages are neither."""
    box = Box(float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))
    points = tuple((float(x), float(y)) for x, y in shape.get("pts") or ())
    width, height = box.x1 - box.x0, box.bottom - box.top
    if len(points) < 2:
        return
    closed = shape["object_type"] == "rect" or math.dist(points[0], points[-1]) < 1 or _closes(shape)
    if not closed:
        drawn.strokes.append(Stroke(points, _is_dashed(shape)))
    elif min(width, height) <= _THIN < max(width, height):
        drawn.strokes.append(Stroke(_axis(box, wide=width >= height), _is_dashed(shape)))
    elif max(width, height) > _ARROWHEAD and box.area <= frame:
        drawn.boxes.append(box)
        if shape["object_type"] == "curve" and shape.get("fill") and not _fills(points, box):
            drawn.strokes.append(_tapered(points))


def _closes(shape: dict[str, Any]) -> bool:
    return any(step[0] == "h" for step in shape.get("path") or ())


def _is_dashed(shape: dict[str, Any]) -> bool:
    dash = shape.get("dash")
    return bool(dash and isinstance(dash, tuple | list) and dash[0])


def _axis(box: Box, *, wide: bool) -> tuple[Point, Point]:
    x, y = box.middle
    return ((box.x0, y), (box.x1, y)) if wide else ((x, box.top), (x, box.bottom))


def _fills(points: tuple[Point, ...], box: Box) -> bool:
    """Whether a closed outline fills its rectangle by a third: a branch that tapers does not."""
    twice = sum(x * v - u * y for (x, y), (u, v) in zip(points, (*points[1:], points[0]), strict=True))
    return abs(twice) / 2 > box.area / 3


def _tapered(points: tuple[Point, ...]) -> Stroke:
    """The two points of an outline that are farthest apart along it, as a stroke."""
    start = min(points)
    end = max(points, key=lambda point: math.dist(point, start))
    return Stroke((start, end))
