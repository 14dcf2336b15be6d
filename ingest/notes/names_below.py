"""Which lines stand in a list of people: under « Présents : », names and bodies look like titles and are none."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.cues import AGENDA, LABELLED
from ingest.notes.pieces import Piece, PieceKind

_ANNOUNCED = re.compile(
    r"(?:(?:etaient|sont|liste des?|liste de|feuille de|les|members?|also)\s)*"
    r"(?:(?:membres|personnes|elus|habitants|conseillers|councillors)\s)?"
    r"(?:present|presents|presente|presentes|presence|participants?|participantes?|excuses?|excusees?|absents?|absentes?"
    r"|absents excuses|representes|invites|attendees|attending|in attendance|attendance|apologies|regrets)"
    r"(?: ou representes| et excuses| a la reunion| for absence)?(?:\s?\([^()]{0,30}\))?\s?:?"
)
# « Claire DUPONT - adjointe », « DUPONT Claire, maire », « Mme Dupont »: somebody, not something.
PERSON = re.compile(
    r"(?:(?:MM?|Mmes?|Mlle|Dr|Mr|Mrs|Ms)\b\.?\s)|[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý]?[a-zà-ÿ]+)?\s[A-ZÀ-Ý'’-]{3,}\b"
    r"|[A-ZÀ-Ý'’-]{3,}\s[A-ZÀ-Ý][a-zà-ÿ-]+(?:\s[–(-]|,|$)"
)
_MOST = 80  # pieces of one list
_PROSE = 100  # characters


def lines_of_people(content: list[Piece]) -> frozenset[int]:
    """The indices of the pieces that follow an announcement of people, until a title or prose."""
    inside, left = set(), 0
    for n, piece in enumerate(content):
        if piece.kind is not PieceKind.ROW and _announces(piece):
            left = _MOST
        elif left and not _ends(content, n):
            inside.add(n)
            left -= 1
        else:
            left = 0
    return frozenset(inside)


def _announces(piece: Piece) -> bool:
    return (
        len(piece.plain) <= 60
        and _ANNOUNCED.fullmatch(fold(piece.plain).replace("(e)s", "s").replace(".e.s", "s")) is not None
    )


def _ends(content: list[Piece], n: int) -> bool:
    piece = content[n]
    if piece.kind in {PieceKind.HEADING, PieceKind.ROW}:
        return True
    if piece.kind is not PieceKind.TEXT or PERSON.match(piece.plain):
        return False
    if piece.plain.isupper() or LABELLED.match(piece.plain) or AGENDA.fullmatch(piece.plain) or _is_prose(piece):
        return True
    return piece.gap_before and n + 1 < len(content) and _is_prose(content[n + 1])


def _is_prose(piece: Piece) -> bool:
    plain = piece.plain
    return piece.kind is PieceKind.TEXT and len(plain) > _PROSE and plain[-1] in ".!?:" and "," not in plain[:30]
