"""What can be said of a line only once the other headings of the text are known."""

from __future__ import annotations

from ingest.notes.bullets import bullet_at
from ingest.notes.cues import AGENDA
from ingest.notes.pieces import Piece, PieceKind

_MIN_ITEMS = 6  # short lines in a row: fewer may be titles over a few words each
_LONGEST_ITEM = 160


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
    listed = _listed(content)
    for n in range(len(content) - 1, -1, -1):
        piece = content[n]
        if piece.kind is PieceKind.HEADING and piece.style == "title" and (n in listed or not _has_body(content, n)):
            piece.kind, piece.style = PieceKind.TEXT, ""
            mark = bullet_at(piece.text)
            piece.marker = mark.text if mark else ""


def _listed(content: list[Piece]) -> set[int]:
    """The short lines without full stop of long runs, blank lines between them: ideas, and no titles of each other."""
    runs: list[list[int]] = [[]]
    for n, piece in enumerate(content):
        if _may_be_item(piece):
            runs[-1].append(n)
        elif runs[-1]:
            runs.append([])
    return {n for run in runs if len(run) >= _MIN_ITEMS for n in run[1:]}  # the first may be what they are about


def _may_be_item(piece: Piece) -> bool:
    line = piece.kind is PieceKind.TEXT or (piece.kind is PieceKind.HEADING and piece.style == "title")
    apart = piece.gap_before and piece.gap_after and piece.lines == 1
    return line and apart and len(piece.text) <= _LONGEST_ITEM and piece.plain[-1:] not in ".;:!?…"


def _has_body(content: list[Piece], n: int) -> bool:
    """At most three titles may follow each other before text comes."""
    for other in content[n + 1 : n + 4]:
        if other.kind is not PieceKind.HEADING:
            return True
        if other.style != "title":
            return True
    return False
