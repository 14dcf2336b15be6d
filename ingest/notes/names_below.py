"""Which lines stand in a list of people: under « Présents : », names and bodies look like titles and are none."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.cues import AGENDA, LABELLED
from ingest.notes.persons import addresses_one, is_attendee, is_person, names_two_words
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.wording import short_title

_ANNOUNCED = re.compile(
    r"(?:(?:etaient|sont|liste des?|liste de|feuille de|les|members?|also)\s)*"
    r"(?:(?:membres|personnes|elus|habitants|conseillers|councillors)\s)?"
    r"(?:present|presents|presente|presentes|presence|participants?|participantes?|excuses?|excusees?|absents?|absentes?"
    r"|absents excuses|representes|invites|attendees|attending|in attendance|attendance|apologies|regrets)"
    r"(?: ou representes| et excuses| a la reunion| for absence)?(?:\s?\([^()]{0,30}\))?\s?:?"
)
_MOST = 40  # pieces of one list
_PROSE = 100  # characters
_TOLD_WORDS = 5  # with a stop behind them: a sentence


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
    if piece.kind is not PieceKind.TEXT or is_person(piece.plain):
        return False
    if piece.plain.isupper() or LABELLED.match(piece.plain) or AGENDA.fullmatch(piece.plain) or _is_prose(piece):
        return True
    return n + 1 < len(content) and _heads_a_section(piece, content[n + 1])


def _heads_a_section(piece: Piece, below: Piece) -> bool:
    """Whether a line is a title that ends the list: it names nobody, or the item or sentence under it does not."""
    if piece.gap_before and _is_prose(below):
        return True
    if not short_title(piece, piece.plain) or is_person(below.plain) or names_two_words(below.plain):
        return False
    if piece.gap_before and not is_attendee(piece.plain):
        return True
    told = below.kind is PieceKind.TEXT and below.plain[-1] in ".!?…" and len(below.plain.split()) >= _TOLD_WORDS
    return (below.kind is PieceKind.BULLET or told) and not is_attendee(below.plain)


def _is_prose(piece: Piece) -> bool:
    plain = piece.plain
    return piece.kind is PieceKind.TEXT and len(plain) > _PROSE and plain[-1] in ".!?:" and "," not in plain[:30]


def only_names(content: list[Piece], n: int) -> bool:
    """« Pour l’association : Mme Odile Colin », of a list; right over a sentence she is who speaks in it."""
    if not addresses_one(content[n].plain.rpartition(": ")[2]):
        return False
    return content[n].gap_after or content[n + 1].plain[-1:] not in tuple(".!?…")
