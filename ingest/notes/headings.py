"""Which pieces are headings where no mark says so: shape and position, never the words of a given document."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.answers import is_answered
from ingest.notes.cues import (
    AGENDA,
    CONTACT,
    DECORATED,
    FIELD,
    FURTHER,
    HOUR,
    LABELLED,
    LISTED_VALUE,
    META,
    PLACE_AND_DATE,
    PLACE_START,
    REPORT,
    SAYS_REPORT,
    SENTENCE_START,
    SESSION_DATE,
    WANTS,
)
from ingest.notes.dense import (
    TOP,
    capitals_in_dense,
    dense_title,
    heads_lower_case,
    is_dense,
    name_lists,
    names_issuer,
    over_titles,
)
from ingest.notes.emphasised import emphasised_titles
from ingest.notes.names_below import lines_of_people, only_names
from ingest.notes.numbered import number_titles
from ingest.notes.persons import is_person
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.settled import drop_loose, keep_agenda
from ingest.notes.signs import sign_titles
from ingest.notes.tables import names_columns
from ingest.notes.title_shape import may_be_title
from ingest.notes.wording import capitals, has_verb, is_question
from ingest.sentences import split

_LONGEST = 165
_ISOLATED_LONGEST = 120
_DENSE_LONGEST = 80
_FEW_WORDS = 5
_MIN_HASHES = 3
_AMOUNT = re.compile(r"(?:[£$€]\s?\d[\d\s.,]*|\d[\d\s.,]*(?:€|£|\$|euros?))$")


def mark_headings(pieces: list[Piece]) -> None:
    """Turn the text and numbered pieces that are headings into HEADING, with a `style` that tells how they look."""
    content = [p for p in pieces if p.kind is not PieceKind.FURNITURE]
    if sum(p.style in {"hash", "font"} for p in content) >= _MIN_HASHES:
        emphasised_titles(content)  # the text marks its own headings; what is left are parts of them
        return
    number_titles(content)
    sign_titles(content)
    dense, people = is_dense(content), lines_of_people(content)
    for n, piece in enumerate(content):
        if piece.kind is PieceKind.TEXT:
            style = _style(content, n, dense=dense, people=people)
            if style:
                piece.kind, piece.style = PieceKind.HEADING, style
                _undecorate(piece)
    name_lists(content, people)
    if dense:
        over_titles(content, people)
    drop_loose(content)
    keep_agenda(content)


def _undecorate(piece: Piece) -> None:
    """A title drawn between marks (``=== Title ===``) is what stands between them."""
    found = DECORATED.fullmatch(piece.text)
    if found:
        piece.end = piece.start + found.end("title")
        piece.start += found.start("title")
        piece.text = found.group("title")


def _style(content: list[Piece], n: int, *, dense: bool, people: frozenset[int]) -> str:
    """How a text piece looks as a heading ("capitals", "bold", "labelled", "title"), or "" where it is none."""
    piece = content[n]
    text = piece.plain
    further = FURTHER.fullmatch(text) is not None
    none = n + 1 >= len(content) or not may_be_title(piece, text) or only_names(content, n) or _accounts(content, n)
    if none or (_tells_of_next(content, n) and not further):
        return ""
    reported = n < TOP and piece.lines == 1 and REPORT.fullmatch(text) is not None
    if LABELLED.match(text) or reported or _second_title(content, n, text):
        return "labelled" if LABELLED.match(text) else "title"
    if capitals(text):
        second = n == 1 and content[0].kind is PieceKind.HEADING and REPORT.match(text) is not None
        apart = second or piece.gap_before or piece.gap_after or piece.style == "table title" or AGENDA.fullmatch(text)
        return "capitals" if apart or (dense and capitals_in_dense(content, n, text)) else ""
    if piece.bold:
        introduced = n and content[n - 1].plain.endswith(":")
        return "bold" if piece.gap_before and not introduced and len(text.split()) <= 16 else ""
    if piece.style == "table title":
        return "title"
    unlisted = n not in people and not _dates_session(content, n)
    titled = unlisted and (_isolated_title(content, n, text) or dense_title(content, n, dense=dense))
    return "title" if titled else ""


def _accounts(content: list[Piece], n: int) -> bool:
    """« Assurance 120,00 € » beside another such line: accounts, where one alone may be what a project costs."""
    return bool(_AMOUNT.search(content[n].plain)) and any(
        _AMOUNT.search(near.plain) for near in (*content[max(0, n - 1) : n], *content[n + 1 : n + 2])
    )


def _dates_session(content: list[Piece], n: int) -> bool:
    """« Séance du 3 mai 2024 » under a title."""
    above = content[n - 1] if n else None
    return above is not None and above.kind is PieceKind.HEADING and bool(SESSION_DATE.match(fold(content[n].plain)))


def _second_title(content: list[Piece], n: int, text: str) -> bool:
    """Right under the first title, a line that says what the document is: « Comité n° 3 – Relevé de conclusions »."""
    if n != 1 or content[0].kind is not PieceKind.HEADING or content[n].lines > 1 or ":" in text:
        return False
    if PLACE_AND_DATE.search(fold(text)):
        return False
    return SAYS_REPORT.search(fold(text)) is not None and not has_verb(text) and len(text) <= _DENSE_LONGEST


def _isolated_title(content: list[Piece], n: int, text: str) -> bool:  # noqa: PLR0911 - one line per cue
    """A short line by itself with text under it."""
    piece, below = content[n], content[n + 1]
    question = text.endswith("?")
    under_heading = n > 0 and content[n - 1].kind is PieceKind.HEADING and piece.gap_after
    if not (piece.gap_before or under_heading) or len(text) > (_LONGEST if question or n == 0 else _ISOLATED_LONGEST):
        return False
    if n and content[n - 1].plain.endswith((":", ",")) and content[n - 1].kind is PieceKind.TEXT:
        return False
    if names_issuer(content, n):
        return False
    if n < TOP and (PLACE_START.match(text) or (PLACE_AND_DATE.search(fold(text)) and not (n == 0 and _dated(text)))):
        return False
    if not piece.gap_after and n > 0 and not (_heads_next(piece, below, text) or heads_lower_case(content, n)):
        return False
    if text.endswith(":"):
        return _colon_title(piece, text, below)
    if n and content[n - 1].kind is PieceKind.HEADING and content[n - 1].plain.endswith(":"):
        return False  # « QUESTION CENTRALE : » and, under it, what it is
    if question and under_heading and content[n - 1].style == "title" and below.kind is PieceKind.BULLET:
        return False  # what the list under a title answers
    if question:
        listed = n > 0 and is_question(content[n - 1]) and content[n - 1].kind is PieceKind.TEXT
        return not (is_question(below) and len(split(below.plain)) == 1) and (
            not listed or len(below.text) > _ISOLATED_LONGEST
        )
    if FIELD.match(text) and _reads_as_field(text, loose=piece.gap_after or n == 0):
        return False
    if SENTENCE_START.match(text) and len(text.split()) > 4:
        return False
    # « La Mission locale fait le point … »
    headline = n == 0 and piece.gap_after and piece.lines == 1 and not WANTS.search(fold(text))
    return headline or not (has_verb(text) and len(text) > 60 and not text.startswith(("…", "...")))


def _dated(text: str) -> bool:
    """« Grand débat : l’eau au village – le 2 mars 2019 »: a title that ends with its day, no place with a day."""
    dated = PLACE_AND_DATE.search(fold(text))
    return dated is not None and len(fold(text)[: dated.start()].split()) >= _FEW_WORDS


def _heads_next(piece: Piece, below: Piece, text: str) -> bool:
    """Without a blank line between: what follows must be a paragraph, a list or a table, not one more short line."""
    if below.kind is PieceKind.ROW:
        return True
    if below.kind is PieceKind.BULLET:
        return len(text.split()) <= 6 and not text.endswith(":") and not has_verb(text)
    if below.kind is not PieceKind.TEXT:
        return False
    if FURTHER.fullmatch(text):
        return True
    sentence = below.plain[-1:] in ".!?:…" and not FIELD.match(below.plain) and not has_verb(text)
    return below.lines > 1 or len(below.text) > 2 * len(piece.text) > 0 or sentence


def _colon_title(piece: Piece, text: str, below: Piece) -> bool:
    """« Les suites : » over text, or apart over items that are whole sentences; over short items it announces them."""
    words = text.rstrip(" :\u00a0").split()
    if META.match(text) and below.kind is PieceKind.ROW and not piece.gap_after:
        return False  # « Attendees: » right over columns of names
    told = (
        piece.gap_after and len(below.plain) > _DENSE_LONGEST and below.plain[-1:] == "." and len(words) <= _FEW_WORDS
    )
    return not has_verb(text) and len(words) <= 8 and (below.kind is not PieceKind.BULLET or told)


def _reads_as_field(text: str, *, loose: bool) -> bool:
    """ "Lieu : Nantes", "Présents : …": a known field, or a short name before a list or a short value."""
    name, _, value = text.partition(":")
    if META.match(name) or HOUR.match(value) or ("(" in value and is_person(value.strip())):
        return True
    if len(name.split()) > 3 or LABELLED.match(text):
        return False
    return value.count(",") > 1 or bool(LISTED_VALUE.search(value)) or (not loose and len(value.split()) <= 3)


def _tells_of_next(content: list[Piece], n: int) -> bool:
    """A name over an address, the head of a table whose columns wide gaps part, « Q1 – … ? » over « R – … »."""
    if is_answered(content, n):
        return True
    head = content[n + 1].kind is PieceKind.ROW and names_columns(content[n].text.strip())
    return head or _contact_follows(content, n)


def _contact_follows(content: list[Piece], n: int) -> bool:
    below = content[n + 1]
    if below.kind is not PieceKind.TEXT or len(below.text) >= 200 or has_verb(below.plain):
        return False
    return bool(CONTACT.search(below.plain[:80]))
