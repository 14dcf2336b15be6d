"""What a line that may be a title looks like by itself: no sentence, date, figure, address, speaker, running head."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.extract.said.wording import is_infinitive, plain
from ingest.extract.who.announcing import announcer, same_length_fold
from ingest.notes.cues import (
    ADDRESS,
    CONTACT,
    COUNTED,
    CREDIT,
    DATE_WORDS,
    DATED,
    DAYS,
    FIGURE,
    GREETING,
    HOUR_AND_PLACE,
    LABELLED,
    MONTHS,
    SENTENCE_START,
    SPEAKER,
    TERMINAL,
)
from ingest.notes.persons import is_person
from ingest.notes.pieces import Piece
from ingest.notes.tables import HEADER_WORDS
from ingest.notes.wording import has_verb
from ingest.sentences import split

_NUMBERED = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*[.)]+\s+(?=\S)")
_LONGEST = 165
_FEW_WORDS = 5
_CALLED = re.compile(r"(?<=\w)[ ,]+(?:(?P<excused>[Ee]xcusée?)|[Pp]résente?|[Aa]bsente?)$")
_DAY = (
    rf"(?:(?:{'|'.join(DAYS.split()[:14])}),? )?\d{{1,2}}(?:er|st|nd|rd|th)? ?(?:{'|'.join(MONTHS.split())}|[/.-] ?\d)"
)
_PUT_ON_LINE = re.compile(
    rf"(?:(?:publiee?|mise? a jour|mise? en ligne|published|updated)(?: :)? (?:le |on )?|post(?:ee?|ed) (?:le |on ))"
    rf"{_DAY}"
)
_WIDE_GAP = re.compile(r"\S.{8,}\S[^\S\n]{6,}\S")  # a running head, the head of a table: two things in one line


def _names_columns(text: str) -> bool:
    """« QUI - QUOI - POUR QUAND »: the head of a table without lines; « Constats / Propositions » may be a title."""
    cells = re.split(r"\s*[|/;\t–—-]\s*", fold(text))
    return len(cells) > 2 and all(c and c.split()[-1] in HEADER_WORDS for c in cells)


def may_be_title(piece: Piece, text: str) -> bool:
    """Whether the `text` of a piece, without its marks, may stand over what follows."""
    if not 2 < len(text) <= _LONGEST or piece.lines > 4 or _is_stopped(piece, text) or CONTACT.search(text):
        return False
    if not any(c.isalpha() for c in text) or text[0].islower() or _is_date(text):
        return False
    if ADDRESS.search(text) or SPEAKER.match(text) or DATED.match(fold(text)):
        return False
    if (text[0] in "([*¹²³" and not piece.bold) or CREDIT.match(text) or _is_figure(piece, text):
        return False
    if (
        _is_no_title(piece, text)
        or GREETING.match(text)
        or HOUR_AND_PLACE.match(text)
        or _names_columns(text)
        or COUNTED.match(text)
    ):
        return False
    return len(split(text)) == 1 or bool(LABELLED.match(text) or re.match(r"^\W*\w{1,4}\.", text))


def _is_stopped(piece: Piece, text: str) -> bool:
    """A sentence ends here; not in « **2. Le calendrier.** », though in « **2. Nous demandons un bus.** »."""
    if TERMINAL.search(text) is None:
        return False
    found = _NUMBERED.match(text) if piece.bold else None
    words = text[found.end() :].split() if found else []
    if not 0 < len(words) <= _FEW_WORDS:
        return True
    body = " ".join(words)
    return has_verb(body) or bool(SENTENCE_START.match(body)) or is_infinitive(plain(words[0]))


def _is_no_title(piece: Piece, text: str) -> bool:
    """A wide gap in a line below the first, one person, with whether she came, the day when a page was put on line."""
    wide = piece.first and piece.lines == 1 and _WIDE_GAP.match(piece.text.strip())
    called = _CALLED.search(text)
    named = called is not None and (called["excused"] is not None or is_person(text))
    return bool(wide or named or _PUT_ON_LINE.match(fold(text)) or _lists_people(text))


def _lists_people(text: str) -> bool:
    """« Invités représentant la régie : Mme Pouget et M. Pineau »: who came, behind what announces them."""
    head, colon, names = text.partition(":")
    if not colon or not is_person(names.strip(" *_")):
        return False
    said = same_length_fold(f"{head}:")
    return any(announcer(language).match(said) for language in ("fr", "en"))


def _is_figure(piece: Piece, text: str) -> bool:
    """A number set large above what it counts, or a share: "117 / lieux …", "+ 23 % de passages"."""
    first_line = piece.text.strip().splitlines()[0].strip(" *")
    alone = bool(re.fullmatch(r"[+\-±~≈<>x×]?\s*\d[\d\s.,]*\s*\S{0,12}", first_line)) and piece.lines > 1
    counted = FIGURE.match(text) and not (piece.bold and _NUMBERED.match(text))  # « **1. Point financier.** »
    return alone or bool(counted) or bool(re.match(r"[+\-±~≈<>]?\s*\d[\d\s.,]*\s*[%€]", text))


def _is_date(text: str) -> bool:
    """Whether nothing but a date and an hour is left."""
    words = re.findall(r"[a-z]+", fold(text))
    return (bool(re.search(r"\d", text)) and all(w in DATE_WORDS or len(w) == 1 for w in words)) or bool(
        re.fullmatch(rf"(?:{'|'.join(MONTHS.split())})\s*\d{{0,4}}", fold(text).strip())
    )
