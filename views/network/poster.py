"""The picture of the network as a poster: A3 across, every place as on screen, a legend, nothing cut off."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from graph.model import Link, Thing
from graph.questions.boxes import wrap
from graph.synthesis.paper import Paper
from graph.synthesis.printed import Letters
from ontology import load
from views.i18n import number, t
from views.kinds import label, name
from views.network.payload import CROSS_LINK, DOUBTFUL, Picture, dash, line_width, radius

_MARGIN, _HEAD, _FOOT = 40.0, 74.0, 46.0  # points
_INK, _SOFT, _LINE, _PAPER, _QUIET = "#17212B", "#4F5B67", "#7D8A96", "#FFFFFF", "#E8EDF1"
_LABEL_PX = (62.0, 40.0)  # half the width, and the height under it, of a label at scale 1
_LARGEST = 2.4  # a picture of few things is not blown up further
_SIZE, _HUB_SIZE = 12.5, 14.0
# Corners of each shape, for those that are not round, as (angle in degrees from the right, share of the radius).
_CORNERS = {
    "diamond": [(0, 1.15), (90, 1.15), (180, 1.15), (270, 1.15)],
    "triangle": [(90, 1.2), (210, 1.2), (330, 1.2)],
    "triangleDown": [(270, 1.2), (30, 1.2), (150, 1.2)],
    "square": [(45, 1.25), (135, 1.25), (225, 1.25), (315, 1.25)],
    "hexagon": [(n * 60, 1.1) for n in range(6)],
    "star": [(90 + n * 36, 0.6 if n % 2 else 1.2) for n in range(10)],
}


def poster(picture: Picture, title: str, under: str) -> Paper:
    """The picture under its title; `under` says what it shows. Both are plain text."""
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.pdfgen.canvas import Canvas

    letters, out = Letters(), io.BytesIO()
    wide, high = landscape(A3)
    canvas = Canvas(out, pagesize=(wide, high), invariant=1)
    canvas.setTitle(letters(title)[:255])
    _words(canvas, letters(title), (_MARGIN, high - _MARGIN - 22), ("Helvetica-Bold", 26.0, "#123F86"), wide)
    _words(canvas, letters(under), (_MARGIN, high - _MARGIN - 44), ("Helvetica", 13.0, _SOFT), wide)
    _drawn(canvas, picture, letters, (_MARGIN, _MARGIN + _FOOT, wide - _MARGIN, high - _MARGIN - _HEAD))
    _legend(canvas, picture.things, letters, wide)
    canvas.save()
    return Paper(out.getvalue(), letters.replaced)


def _words(canvas: Any, text: str, at: tuple[float, float], look: tuple[str, float, str], wide: float) -> None:
    """A line of text, in smaller letters where it would leave the page."""
    font, size, colour = look
    room = wide - _MARGIN - at[0]
    size = min(size, size * room / max(canvas.stringWidth(text, font, size), 1.0))
    canvas.setFont(font, size)
    canvas.setFillColor(colour)
    canvas.drawString(*at, text)


# --- the picture ------------------------------------------------------------------------------------------------------


def _drawn(canvas: Any, picture: Picture, letters: Letters, box: tuple[float, float, float, float]) -> None:
    """Links, then things, then names, in the largest scale at which all fits in `box` (left, low, right, high)."""
    places = [picture.at[thing.id] for thing in picture.things]
    if not places:
        return
    half, below = _LABEL_PX
    left, right = min(x for x, _ in places) - half, max(x for x, _ in places) + half
    top, low = min(y for _, y in places) - half / 2, max(y for _, y in places) + below + half / 2
    scale = min((box[2] - box[0]) / (right - left), (box[3] - box[1]) / (low - top), _LARGEST)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)

    def at(thing: str) -> tuple[float, float]:
        x, y = picture.at[thing]
        return middle[0] + (x - (left + right) / 2) * scale, middle[1] - (y - (top + low) / 2) * scale

    for link in picture.links:
        if link.a in picture.at and link.b in picture.at:
            _link(canvas, link, at(link.a), at(link.b), scale)
    for thing in picture.things:
        _shape(canvas, thing.kind, at(thing.id), radius(thing.kind, picture.degrees.get(thing.id, 0)) * scale)
    for thing in picture.things:
        _name(canvas, thing, at(thing.id), picture.degrees.get(thing.id, 0), letters, scale)


def _link(canvas: Any, link: Link, a: tuple[float, float], b: tuple[float, float], scale: float) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(line_width(link.passages) * scale * 0.8)
    canvas.setDash(*{CROSS_LINK: (6, 4), DOUBTFUL: (2, 3)}.get(dash(link), ()))
    canvas.line(*a, *b)
    canvas.setDash()


def _shape(canvas: Any, kind: str, at: tuple[float, float], size: float) -> None:
    spec = load().kind(kind)
    canvas.setStrokeColor(spec.family.light)
    canvas.setFillColor({"solid": spec.family.light, "outline": _PAPER, "quiet": _QUIET}[spec.fill])
    canvas.setLineWidth(max(1.0, size / 6))
    corners = _CORNERS.get(spec.vis_fallback)
    if corners is None:
        canvas.circle(*at, size, fill=1)
        return
    path = canvas.beginPath()
    for n, (angle, share) in enumerate(corners):
        turn = math.radians(angle)
        (path.lineTo if n else path.moveTo)(
            at[0] + math.cos(turn) * size * share, at[1] + math.sin(turn) * size * share
        )
    path.close()
    canvas.drawPath(path, fill=1)


def _name(canvas: Any, thing: Thing, at: tuple[float, float], degree: int, letters: Letters, scale: float) -> None:
    """The name under its shape, on a ground of paper so that lines do not cross it."""
    hub = thing.kind == "theme"
    font, size = ("Helvetica-Bold", _HUB_SIZE * scale) if hub else ("Helvetica", _SIZE * scale)
    y = at[1] - (radius(thing.kind, degree) * scale + size * 1.05)
    for line in wrap(letters(label(thing))):
        wide = canvas.stringWidth(line, font, size)
        canvas.setFillColor(_PAPER, alpha=0.8)
        canvas.rect(at[0] - wide / 2 - 1, y - size * 0.22, wide + 2, size * 1.15, stroke=0, fill=1)
        canvas.setFillColor(_INK, alpha=1)
        canvas.setFont(font, size)
        canvas.drawCentredString(at[0], y, line)
        y -= size * 1.2


# --- the foot ---------------------------------------------------------------------------------------------------------


def _legend(canvas: Any, things: Sequence[Thing], letters: Letters, wide: float) -> None:
    """The kinds that are drawn with their numbers, then how a line is read."""
    counts = Counter(thing.kind for thing in things)
    shown = [kind for kind in load().kinds if counts[kind]]
    said = [letters(f"{name(kind, plural=counts[kind] > 1)} {number(counts[kind])}") for kind in shown]
    room = sum(canvas.stringWidth(words, "Helvetica", 12) + 40 for words in said)
    size = min(12.0, 12.0 * (wide - 2 * _MARGIN) / max(room, 1.0))
    x = _MARGIN
    for kind, words in zip(shown, said, strict=True):
        _shape(canvas, kind, (x + size / 2, _MARGIN + 22), size / 2)
        canvas.setFont("Helvetica", size)
        canvas.setFillColor(_INK)
        canvas.drawString(x + size * 1.5, _MARGIN + 18, words)
        x += canvas.stringWidth(words, "Helvetica", size) + size * 40 / 12
    _words(canvas, letters(t("explorer.poster_foot")), (_MARGIN, _MARGIN - 4), ("Helvetica", 10.0, _SOFT), wide)
