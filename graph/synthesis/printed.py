"""A synthesis on paper, as PDF: pages of A4, a poster of A3 in columns, cards of A6 four to a page.

The letters are those that every PDF reader has (Latin): what they cannot write is counted, never dropped in silence.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from graph.synthesis.lines import Line, Mark
from graph.synthesis.paper import BY_HAND, Paper, clean, noted

_SPACES = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2011": "-", "\u2060": "", "\u200b": ""})
_MM = 72 / 25.4
_MARGIN = 20 * _MM
_LONGEST = 2_000  # characters laid out at once: the time grows with the square of a paragraph
# A title longer than this may break off from what follows: one that fills a column would be moved on without end.
_LONGEST_TITLE = 300
_INK, _SOFT = "#123F86", "#4F5B67"


class Letters:
    """Text in Latin letters; `replaced` counts what was put down as « ? »."""

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, text: str) -> str:
        whole = unicodedata.normalize("NFC", clean(text).translate(_SPACES))
        return whole if _latin(whole) else "".join(map(self._letter, whole))

    def _letter(self, character: str) -> str:
        if _latin(character):
            return character
        bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
        if bare and _latin(bare):
            return bare
        self.replaced += 1
        return "?"


def _latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def unwritten(lines: Sequence[Line], note: str = "") -> int:
    """How many signs of a synthesis the letters of a PDF cannot write."""
    letters = Letters()
    for text in (*(line.text for line in lines), note):
        letters(text)
    return letters.replaced


# --- pages and posters ------------------------------------------------------------------------------------------------


def pdf(lines: Sequence[Line], note: str = "") -> Paper:
    """Pages of A4: the tool's words without serifs, quotations in serif, as on screen."""
    from reportlab.lib.pagesizes import A4

    return _flowing(lines, note, A4, columns=1, scale=1.0)


def poster(lines: Sequence[Line], note: str = "") -> Paper:
    """A3 across, in three columns of large letters, to hang in a meeting room; what does not fit goes on a second."""
    from reportlab.lib.pagesizes import A3, landscape

    return _flowing(lines, note, landscape(A3), columns=3, scale=1.3)


def _flowing(lines: Sequence[Line], note: str, size: tuple[float, float], *, columns: int, scale: float) -> Paper:
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    letters, styles = Letters(), _styles(scale)
    title = next((letters(x.text) for x in lines if x.mark == Mark.TITLE), "")
    story = []
    for line in noted(lines, note):
        said = letters(line.text) + (BY_HAND if line.by_hand else "")
        for n, part in enumerate(_parts(said)):
            bullet = "•" if line.mark == Mark.ITEM and not n else None
            paragraph = Paragraph(escape(part), styles[line.mark], bulletText=bullet)
            paragraph.keepWithNext = line.mark in {Mark.SECTION, Mark.PART} and len(part) <= _LONGEST_TITLE
            story.append(paragraph)
    out = io.BytesIO()
    wide = (size[0] - 2 * _MARGIN) / columns
    frames = [Frame(_MARGIN + n * wide, _MARGIN, wide, size[1] - 2 * _MARGIN, id=str(n)) for n in range(columns)]
    document = BaseDocTemplate(out, pagesize=size, title=title[:255], author="", invariant=1)
    document.addPageTemplates([PageTemplate("all", frames, onPage=_foot)])
    document.build(story)
    return Paper(out.getvalue(), letters.replaced)


def _parts(text: str) -> Iterator[str]:
    """A text whole, or a very long one in parts, cut at spaces where there are any."""
    while len(text) > _LONGEST:
        at = text.rfind(" ", _LONGEST // 2, _LONGEST) + 1 or _LONGEST
        yield text[:at]
        text = text[at:]
    yield text


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillGray(0.35)
    canvas.drawRightString(document.pagesize[0] - _MARGIN, 30, str(document.page))


@cache
def _styles(scale: float) -> dict[Mark, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    def style(font: str, size: float, **more: Any) -> Any:
        full = size * scale
        return ParagraphStyle(f"{font}{size}", fontName=font, fontSize=full, leading=full * 1.35, **more)

    blue = {"textColor": HexColor(_INK)}
    return {
        Mark.TITLE: style("Helvetica-Bold", 20, spaceAfter=8, **blue),
        Mark.SECTION: style("Helvetica-Bold", 14, spaceBefore=14, spaceAfter=5, **blue),
        Mark.PART: style("Helvetica-Bold", 11, spaceBefore=8, spaceAfter=3),
        Mark.ITEM: style("Helvetica", 10, leftIndent=12, bulletIndent=2, spaceAfter=3),
        Mark.QUOTE: style("Times-Roman", 11, leftIndent=10, spaceAfter=5),
        Mark.TEXT: style("Helvetica", 9.5, spaceAfter=3),
    }


# --- cards ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal to lay on a table: what it is, its words, who made it, where it was said. Plain text."""

    kind: str
    quote: str
    by: str
    place: str


def cards(chosen: Sequence[Card]) -> Paper:
    """Cards of A6, four to a page of A4, with lines to cut along; long words are set smaller, never cut off."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    letters, out = Letters(), io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    wide, high = A4[0] / 2, A4[1] / 2
    for place, card in enumerate(chosen):
        if place and place % 4 == 0:
            canvas.showPage()
        if place % 4 == 0:
            _cut(canvas, A4)
        _card(canvas, card, letters, (place % 2 * wide, (1 - place % 4 // 2) * high, wide, high))
    canvas.save()
    return Paper(out.getvalue(), letters.replaced)


def _cut(canvas: Any, size: tuple[float, float]) -> None:
    canvas.setStrokeGray(0.7)
    canvas.setDash(2, 4)
    canvas.line(size[0] / 2, 0, size[0] / 2, size[1])
    canvas.line(0, size[1] / 2, size[0], size[1] / 2)


def _card(canvas: Any, card: Card, letters: Letters, box: tuple[float, float, float, float]) -> None:
    x, y, wide, high = box
    pad = 11 * _MM
    inner = wide - 2 * pad
    foot = _drawn(canvas, letters(card.place), ("Helvetica", 8, _SOFT), (x + pad, y + pad, inner), 3 * 11)
    who = _drawn(canvas, letters(card.by), ("Helvetica", 10, _SOFT), (x + pad, y + pad + foot + 6, inner), 4 * 14)
    canvas.setFillColor(_INK)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(x + pad, y + high - pad - 8, letters(card.kind))
    room = high - 2 * pad - foot - who - 36
    _fitted(canvas, letters(card.quote), (x + pad, y + high - pad - 24, inner), room)


def _drawn(canvas: Any, text: str, look: tuple[str, float, str], at: tuple[float, float, float], most: float) -> float:
    """A small paragraph standing on `at` (x, y, width); returns its height, never above `most`."""
    if not text:
        return 0.0
    paragraph, tall = _paragraph(text, *look, at[2])
    while tall > most and len(text) > 20:
        text = text[: int(len(text) * 0.8)].rsplit(" ", 1)[0] + "…"
        paragraph, tall = _paragraph(text, *look, at[2])
    paragraph.drawOn(canvas, at[0], at[1])
    return tall


def _fitted(canvas: Any, text: str, at: tuple[float, float, float], room: float) -> None:
    """The quotation hanging from `at`, in the largest letters that fit in `room`."""
    for size in (16.0, 14.0, 12.5, 11.0, 9.5, 8.0, 6.5, 5.0):
        paragraph, tall = _paragraph(text, "Times-Roman", size, "#17212B", at[2])
        if tall <= room:
            break
    paragraph.drawOn(canvas, at[0], at[1] - tall)


def _paragraph(text: str, font: str, size: float, color: str, wide: float) -> tuple[Any, float]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle("card", fontName=font, fontSize=size, leading=size * 1.3, textColor=HexColor(color))
    paragraph = Paragraph(escape(text), style)
    return paragraph, paragraph.wrap(wide, 10_000)[1]
