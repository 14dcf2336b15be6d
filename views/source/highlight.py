"""A document's text with what was found in it: escaped HTML, cut where highlights begin and end.

Highlights overlap: an organisation inside a proposal. The text of a block is cut at every boundary; each piece takes
the tint of the widest highlight over it and the underline and link of the narrowest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import Mention, Thing
from graph.questions.counted import UNSURE_BELOW
from views.escape import html
from views.i18n import t
from views.kinds import spec

_BREAKS = re.compile(r"\s*[\n\r\f\v]\s*")
_MARKS = re.compile(r"(\*\*|__|^#+ |`)")  # of Markdown: shown as they stand in the file, but faint


@dataclass(frozen=True)
class Piece:
    """A slice of the text and the highlights over it, the widest first."""

    start: int
    end: int
    over: tuple[Mention, ...] = ()


def cut(start: int, end: int, mentions: Sequence[Mention]) -> list[Piece]:
    """Cut a span at every boundary of the mentions that touch it.

    The pieces follow each other without a gap from `start` to `end`.
    """
    touching = sorted(
        (m for m in mentions if m.start < end and m.end > start), key=lambda m: (m.start - m.end, m.start)
    )
    edges = {start, end} | {e for m in touching for e in (m.start, m.end) if start < e < end}
    bounds = sorted(edges)
    return [
        Piece(a, b, tuple(m for m in touching if m.start <= a and b <= m.end)) for a, b in itertools.pairwise(bounds)
    ]


def with_mark(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[Piece, bool]]:
    """Cut again around the place that a link asked for; True for the pieces inside it."""
    out: list[tuple[Piece, bool]] = []
    for piece in pieces:
        bounds = sorted({piece.start, piece.end} | {e for e in (start, end) if piece.start < e < piece.end})
        out += [(Piece(a, b, piece.over), start <= a and b <= end) for a, b in itertools.pairwise(bounds)]
    return out


def block_html(
    text: str,
    span: tuple[int, int],
    mentions: Sequence[Mention],
    things: Mapping[str, Thing],
    links: Mapping[str, str],
    mark: tuple[int, int] | None = None,
) -> str:
    """The HTML of one block. `links` gives the address of each thing; `mark` is drawn in yellow."""
    pieces = with_mark(cut(*span, mentions), *(mark or (-1, -1)))
    return "".join(_piece_html(text[p.start : p.end], p, things, links, marked) for p, marked in pieces)


def _piece_html(words: str, piece: Piece, things: Mapping[str, Thing], links: Mapping[str, str], marked: bool) -> str:
    shown = faint_marks(html(_BREAKS.sub(" ", words)))
    if marked:
        shown = f"<mark>{shown}</mark>"
    over = [m for m in piece.over if m.node in things]
    if not over:
        return shown
    widest, narrowest = over[0], over[-1]
    thing = things[narrowest.node]
    doubt = " doubtful" if narrowest.confidence < UNSURE_BELOW else ""
    classes = f"hl {family_class(thing.kind)} over-{_family(things[widest.node].kind)}{doubt}"
    name = f"{thing.label}{' (' + t('common.doubt') + ')' if doubt else ''}"
    return f'<a class="{classes}" href="{html(links[narrowest.node])}" title="{html(name)}">{shown}</a>'


def faint_marks(escaped: str) -> str:
    """The marks of Markdown in an escaped text, made faint: the words are read first, nothing is taken away."""
    return _MARKS.sub(r'<span class="marks">\1</span>', escaped)


def _family(kind: str) -> str:
    found = spec(kind)
    return found.family.key if found else "context"


def family_class(kind: str) -> str:
    """The style class that carries the colours of a kind's family."""
    return f"f-{_family(kind)}"
