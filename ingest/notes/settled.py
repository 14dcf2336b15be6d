"""What can be said of a line only once the other headings of the text are known."""

from __future__ import annotations

from ingest.notes.bullets import bullet_at
from ingest.notes.cues import AGENDA
from ingest.notes.pieces import Piece, PieceKind


def keep_agenda(content: list[Piece]) -> None:
    """« Ordre du jour : » over its list is a heading where the points have headings of their own below it."""
    later = False
    for piece, below in zip(reversed(content[:-1]), reversed(content), strict=False):
        listed = piece.kind is PieceKind.TEXT and below.kind is PieceKind.BULLET
        if listed and later and AGENDA.fullmatch(piece.plain):
            piece.kind, piece.style = PieceKind.HEADING, "title"
        later = later or piece.kind is PieceKind.HEADING


def drop_loose(content: list[Piece]) -> None:
    """A title with nothing under it, or one of a list of short lines, is none."""
    for n in range(len(content) - 1, -1, -1):
        piece = content[n]
        if piece.kind is PieceKind.HEADING and piece.style == "title" and not _has_body(content, n):
            piece.kind, piece.style = PieceKind.TEXT, ""
            mark = bullet_at(piece.text)
            piece.marker = mark.text if mark else ""


def _has_body(content: list[Piece], n: int) -> bool:
    """At most three titles may follow each other before text comes."""
    for other in content[n + 1 : n + 4]:
        if other.kind is not PieceKind.HEADING:
            return True
        if other.style != "title":
            return True
    return False
