"""Lines in bold or italics that are titles in a text whose headings are marked otherwise."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.title_shape import may_be_title
from ingest.notes.wording import has_verb

_MIN_TITLES = 2  # of one look: one alone may be anything
_MOST_WORDS = 8
_STYLES = {"**": "bold", "__": "bold", "*": "italics", "_": "italics"}
_HELD = (PieceKind.TEXT, PieceKind.BULLET, PieceKind.ROW)


def emphasised_titles(content: list[Piece]) -> None:
    """« _Pistes de solutions_ » over text, as other lines of that look are: a title below the last heading."""
    looks: dict[str, list[Piece]] = defaultdict(list)
    for piece, below in pairwise(content):
        if piece.kind is PieceKind.TEXT and piece.emphasis and _heads(piece, below):
            looks[_STYLES[piece.emphasis]].append(piece)
    for style, pieces in looks.items():
        if len(pieces) >= _MIN_TITLES:
            for piece in pieces:
                piece.kind, piece.style = PieceKind.HEADING, style


def _heads(piece: Piece, below: Piece) -> bool:
    """A short line set apart, no sentence, over text, a list or a table of another look; a colon only introduces."""
    text = piece.text.strip().strip("*_").strip()
    apart = piece.gap_before and (piece.gap_after or below.kind is PieceKind.BULLET) and piece.lines == 1
    short = len(text.split()) <= _MOST_WORDS and not has_verb(text) and text[-1:] not in ".!?:"
    return apart and short and below.kind in _HELD and not below.emphasis and may_be_title(piece, text)
