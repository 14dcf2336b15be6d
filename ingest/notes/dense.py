"""Titles in text without blank lines: a short line between what is closed above it and what it heads below."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.cues import FIELD, ISSUER, META, PLACE_START, SENTENCE_START
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.wording import CAPITAL, capitals, has_verb, short_title

TOP = 8  # pieces: where date, place and authors stand
_SPARSE = 4  # one piece in so many has a blank line above it, at most
_LONG_LINE = 60  # characters: a line of text, not one more short item
_STOPS = tuple(".!?…:;,»)")
_ISSUER_WORDS = 8
_TOLD_WORDS = 5  # with a stop behind them: a sentence
_CLOSED = re.compile(r"[.!?…;][\s»”\")\]*_]*$")
# « Pour les petits trajets : » opens a list inside a section; « Constats : » names one.
_NOUN_KEY = re.compile(r"(?:l[ea]s? |l[’'])?[^\W\d]{4,}(?: [^\W\d]{2,}){0,2}\s?:", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:pour|dans|avec|sans|chez|selon|voici|voil[aà]|ainsi|aussi|enfin|donc|avant|apres|depuis|entre|parmi|sont|etaient"
    r"|presents?|excuses?|absents?|exemples?|notamment|this|that|with|from|there|present|apologies)\b"
)
_MIN_KEYS = 2
_MIN_LINES = 3
_COLON_WORDS = 8
_KEY_WORDS = 6  # the colon is one


def is_dense(content: list[Piece]) -> bool:
    """Whether hardly any piece of a text has a blank line above it."""
    return sum(p.gap_before for p in content) * _SPARSE <= len(content)


def dense_title(content: list[Piece], n: int, *, dense: bool) -> bool:
    """Whether a line with no blank line above it is a title by what stands on its two sides.

    Between two lists it is one in any text; over a paragraph only where the whole text goes without blank lines.
    """
    piece, text = content[n], content[n].plain
    if n == 0 or n + 1 >= len(content) or piece.gap_before or not short_title(piece, text):
        return False
    if (n < TOP and PLACE_START.match(text)) or names_issuer(content, n):
        return False
    above, below = content[n - 1], content[n + 1]
    listed = above.kind is PieceKind.BULLET and above.indent >= piece.indent
    if below.kind is PieceKind.BULLET:
        return (listed or (dense and _closes(above))) and text[-1] not in "?:"
    if text.endswith(":") and (len(text.split()) > _COLON_WORDS or META.match(text) or _NO_NOUN.match(fold(text))):
        return False
    over = below.kind is PieceKind.ROW or (below.kind is PieceKind.TEXT and _is_prose(content, n + 1, text))
    return dense and over and (listed or _closes(above))


def names_issuer(content: list[Piece], n: int) -> bool:
    """Whether a line under the title says who sends the document: nothing is told above it."""
    text = content[n].plain
    if not 0 < n < TOP or not ISSUER.match(text) or len(text.split()) > _ISSUER_WORDS:
        return False
    return not any(_tells(p) for p in content[:n])


def _tells(piece: Piece) -> bool:
    stopped = piece.lines > 1 or piece.plain[-1:] in ".!?…"
    return piece.kind is PieceKind.TEXT and stopped and len(piece.plain.split()) >= _TOLD_WORDS


def heads_lower_case(content: list[Piece], n: int) -> bool:
    """Whether lines in lower case, none of which goes on from another, stand right under a line with a capital."""
    below = content[n + 1 : n + 1 + _MIN_LINES]
    flush = all(p.kind is PieceKind.TEXT and p.plain[:1].islower() and not p.gap_before for p in below)
    return len(below) == _MIN_LINES and flush and bool(CAPITAL.match(content[n].plain))


def over_titles(content: list[Piece], people: frozenset[int]) -> None:
    """In dense text a short line right over a title, below what is closed, is the title above that one."""
    for n in range(len(content) - 2, 0, -1):
        piece, below = content[n], content[n + 1]
        if n in people or piece.kind is not PieceKind.TEXT or below.kind is not PieceKind.HEADING or below.gap_before:
            continue
        if not piece.gap_before and short_title(piece, piece.plain) and _closes(content[n - 1]):
            piece.kind, piece.style = PieceKind.HEADING, "title"


def _closes(above: Piece) -> bool:
    """What a title may follow: a whole sentence, a list, a table, another heading."""
    if above.kind is PieceKind.TEXT:
        return bool(_CLOSED.search(above.plain[-40:]))
    return above.kind in {PieceKind.BULLET, PieceKind.ROW, PieceKind.HEADING, PieceKind.QUOTE}


def _is_prose(content: list[Piece], n: int, title: str) -> bool:
    """A paragraph, told from one more short line; or the line that opens a list."""
    below = content[n]
    if FIELD.match(below.plain) or below.plain[:1].islower():
        return False
    opens = below.plain.endswith(":") and n + 1 < len(content) and content[n + 1].kind is PieceKind.BULLET
    told = below.plain.endswith((".", "!", "…")) and len(below.plain.split()) >= _TOLD_WORDS
    long = len(below.plain) > max(_LONG_LINE, len(title)) and below.plain.endswith(_STOPS)  # no signature, no verse
    return below.lines > 1 or long or opens or told


def name_lists(content: list[Piece], people: frozenset[int]) -> None:
    """« Constats : … Ambitions : … »: lines of a noun or two over lists are titles where there are several."""
    keys = [p for n, p in enumerate(content[:-1]) if n not in people and _names_list(content, n)]
    others = any(p.kind is PieceKind.HEADING for p in content[1:])  # titles of another look: these are parts of them
    if len({fold(p.plain) for p in keys}) >= _MIN_KEYS and (not others or is_dense(content)):
        for piece in keys:
            piece.kind, piece.style = PieceKind.HEADING, "key"
    if sum(p.kind is PieceKind.HEADING and p.plain.endswith(":") for p in content) >= _MIN_KEYS:
        for piece in [p for n, p in enumerate(content[:-1]) if n not in people and _is_told_key(p, content[n + 1])]:
            piece.kind, piece.style = PieceKind.HEADING, "title"


def _names_list(content: list[Piece], n: int) -> bool:
    piece, above = content[n], content[n - 1] if n else None
    if content[n + 1].kind is not PieceKind.BULLET or not _is_key(piece):
        return False
    return above is None or piece.gap_before or _closes(above) or short_title(above, above.plain)


def _is_told_key(piece: Piece, below: Piece) -> bool:
    """« Les idées : » over a list, in a text whose titles end with colons."""
    if piece.kind is not PieceKind.TEXT or below.kind is not PieceKind.BULLET or not piece.gap_before:
        return False
    plain = piece.plain
    key = plain.endswith(":") and piece.lines == 1 and len(plain.split()) <= _KEY_WORDS and bool(CAPITAL.match(plain))
    return key and not (
        _NO_NOUN.match(fold(plain)) or META.match(plain) or SENTENCE_START.match(plain) or has_verb(plain)
    )


def _is_key(piece: Piece) -> bool:
    plain = piece.plain
    if piece.kind is not PieceKind.TEXT or piece.lines > 1 or not CAPITAL.match(plain):
        return False
    return _NOUN_KEY.fullmatch(plain) is not None and not _NO_NOUN.match(fold(plain)) and not has_verb(plain)


def capitals_in_dense(content: list[Piece], n: int, text: str) -> bool:
    """In text without blank lines: capitals of several words between lines that are none, over a full line."""
    above, below = content[n - 1] if n else None, content[n + 1]
    if above is None or len(text.split()) < 2:
        return False
    over_text = below.kind is PieceKind.BULLET or (below.kind is PieceKind.TEXT and len(below.plain) > len(text))
    apart = above.kind is PieceKind.BULLET or above.plain[-1:] in ".!?…"
    return over_text and apart and not capitals(below.plain) and not any(c.isdigit() for c in text[:2])
