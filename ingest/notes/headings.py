"""Which pieces are headings where no mark says so: shape and position, never the words of a given document."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.notes.cues import (
    ADDRESS,
    AGENDA,
    CONTACT,
    CREDIT,
    DATE_WORDS,
    DATED,
    DECORATED,
    FIELD,
    FIGURE,
    GREETING,
    HOUR,
    HOUR_AND_PLACE,
    LABELLED,
    LISTED_VALUE,
    META,
    MONTHS,
    PLACE_AND_DATE,
    PLACE_START,
    REPORT,
    SENTENCE_START,
    SPEAKER,
    TERMINAL,
    VERBS,
)
from ingest.notes.pieces import Piece, PieceKind
from ingest.notes.settled import drop_loose, keep_agenda
from ingest.sentences import split

_LONGEST = 165
_ISOLATED_LONGEST = 120
_DENSE_LONGEST = 80
_FEW_WORDS = 5
_LONG_LINE = 60  # characters: a line of text, not one more short item
_MIN_HASHES = 3
_TOP = 8  # pieces: where date, place and authors stand
_CAPS_SHARE = 0.9
STATED = frozenset({"hash", "setext", "font"})  # headings that say their level themselves


def mark_headings(pieces: list[Piece]) -> None:
    """Turn the text and numbered pieces that are headings into HEADING, with a `style` that tells how they look."""
    content = [p for p in pieces if p.kind is not PieceKind.FURNITURE]
    if sum(p.style in {"hash", "font"} for p in content) >= _MIN_HASHES:
        return  # the text marks its own headings; bold lines and capitals are something else there
    _numbered(content)
    for n, piece in enumerate(content):
        if piece.kind is PieceKind.TEXT:
            style = _style(content, n)
            if style:
                piece.kind, piece.style = PieceKind.HEADING, style
                _undecorate(piece)
    drop_loose(content)
    keep_agenda(content)


def _undecorate(piece: Piece) -> None:
    """A title drawn between marks (``=== Title ===``) is what stands between them."""
    found = DECORATED.fullmatch(piece.text)
    if found:
        piece.end = piece.start + found.end("title")
        piece.start += found.start("title")
        piece.text = found.group("title")


# --- numbered lines -------------------------------------------------------------------------------------------------


def _numbered(content: list[Piece]) -> None:
    """Numbered lines are headings where the whole series looks like titles with text under each of them."""
    series: dict[str, list[int]] = {}
    for n, piece in enumerate(content):
        if piece.kind is PieceKind.BULLET and piece.style.startswith("n") and piece.indent < 4:
            series.setdefault(piece.style, []).append(n)
    for numbers in series.values():
        for members in _runs(content, numbers):
            if _is_title_series(content, members):
                for n in members:
                    _promote(content[n])


def _runs(content: list[Piece], numbers: list[int]) -> list[list[int]]:
    """Cut a series where the numbers start again."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and content[n].level > content[runs[-1][-1]].level:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _is_title_series(content: list[Piece], members: list[int]) -> bool:
    titles = [content[n] for n in members]
    if any(len(p.text) > _LONGEST or len(split(p.plain)) > 2 or TERMINAL.search(p.text.strip()) for p in titles):
        return False
    if not all(p.gap_before for p in titles[1:]):
        return len(members) > 1 and all(_tops_paragraph(content, n) for n in members)
    holding = sum(_holds_text(content, n) for n in members)
    if len(members) == 1:
        return holding == 1 and titles[0].gap_after and len(titles[0].text) < 80
    return holding * 3 >= len(members) * 2 and not all(_question(p) and len(p.text) > 90 for p in titles)


def _holds_text(content: list[Piece], n: int) -> bool:
    """Whether something other than the next number of the series stands under a numbered line."""
    if n + 1 >= len(content):
        return False
    below = content[n + 1]
    if below.kind is PieceKind.BULLET:
        deeper = below.style != content[n].style
        level = below.indent <= content[n].indent and not content[n].text.rstrip().endswith(":")
        return deeper and (content[n].gap_after or below.style.startswith("n") or level)
    return below.kind is not PieceKind.HEADING or below.style not in STATED


def _tops_paragraph(content: list[Piece], n: int) -> bool:
    """Where no blank line stands above: a short numbered line, and under it a paragraph, a list or a title."""
    piece = content[n]
    if piece.lines > 1 or len(piece.text) > _DENSE_LONGEST or n + 1 >= len(content):
        return False
    if piece.text[:1].islower() or (_has_verb(piece.plain) and not _capitals(piece.plain)):
        return False
    below = content[n + 1]
    if below.kind is PieceKind.BULLET:
        return below.style != piece.style and below.indent <= piece.indent and not piece.text.endswith(":")
    if below.kind is not PieceKind.TEXT or below.indent > piece.indent:
        return below.kind in {PieceKind.HEADING, PieceKind.ROW}
    if piece.text.endswith(":") and below.plain[:1].islower():
        return False
    long = len(below.plain) > max(_LONG_LINE, len(piece.plain))
    return not FIELD.match(below.plain) and (below.lines > 1 or long or below.plain[-1:] in ".!?:…")


def _promote(piece: Piece) -> None:
    """A heading keeps its number: the span goes back to the mark."""
    piece.attributes.pop("marker", None)
    piece.attributes.pop("indent", None)
    piece.kind = PieceKind.HEADING
    piece.style = f"number {piece.style}"
    piece.attributes["number"] = piece.marker


# --- lines that look like titles ------------------------------------------------------------------------------------


def _style(content: list[Piece], n: int) -> str:
    """How a text piece looks as a heading ("capitals", "bold", "labelled", "title"), or "" where it is none."""
    piece = content[n]
    text = piece.plain
    if not _may_be_title(piece, text) or n + 1 >= len(content) or _contact_follows(content, n):
        return ""
    if LABELLED.match(text) or (n < _TOP and piece.lines == 1 and REPORT.fullmatch(text)):
        return "labelled" if LABELLED.match(text) else "title"
    if _capitals(text):
        apart = piece.gap_before or piece.gap_after or piece.style == "table title" or AGENDA.fullmatch(text)
        return "capitals" if apart or _capitals_in_dense(content, n, text) else ""
    if piece.bold:
        introduced = n and content[n - 1].plain.endswith(":")
        return "bold" if piece.gap_before and not introduced and len(text.split()) <= 16 else ""
    if piece.style == "table title":
        return "title"
    return "title" if _isolated_title(content, n, text) else ""


def _capitals_in_dense(content: list[Piece], n: int, text: str) -> bool:
    """In text without blank lines: capitals of several words between lines that are none, over a full line."""
    above, below = content[n - 1] if n else None, content[n + 1]
    if above is None or len(text.split()) < 2 or sum(p.gap_before for p in content) * 4 > len(content):
        return False
    over_text = below.kind is PieceKind.BULLET or (below.kind is PieceKind.TEXT and len(below.plain) > len(text))
    apart = above.kind is PieceKind.BULLET or above.plain[-1:] in ".!?…"
    return over_text and apart and not _capitals(below.plain) and not any(c.isdigit() for c in text[:2])


def _may_be_title(piece: Piece, text: str) -> bool:
    if not 2 < len(text) <= _LONGEST or piece.lines > 4 or TERMINAL.search(text) or CONTACT.search(text):
        return False
    if not any(c.isalpha() for c in text) or text[0].islower() or _is_date(text):
        return False
    if ADDRESS.search(text) or SPEAKER.match(text) or DATED.match(fold(text)):
        return False
    if (text[0] in "([*¹²³" and not piece.bold) or CREDIT.match(text) or _is_figure(piece, text):
        return False
    if GREETING.match(text) or HOUR_AND_PLACE.match(text):
        return False
    return len(split(text)) == 1 or bool(LABELLED.match(text) or re.match(r"^\W*\w{1,4}\.", text))


def _is_figure(piece: Piece, text: str) -> bool:
    """A number set large above what it counts, or a share: "117 / lieux …", "+ 23 % de passages"."""
    first_line = piece.text.strip().splitlines()[0].strip(" *")
    alone = bool(re.fullmatch(r"[+\-±~≈<>x×]?\s*\d[\d\s.,]*\s*\S{0,12}", first_line)) and piece.lines > 1
    return alone or bool(FIGURE.match(text)) or bool(re.match(r"[+\-±~≈<>]?\s*\d[\d\s.,]*\s*[%€]", text))


def _isolated_title(content: list[Piece], n: int, text: str) -> bool:  # noqa: PLR0911 - one line per cue
    """A short line by itself with text under it."""
    piece, below = content[n], content[n + 1]
    question = text.endswith("?")
    under_heading = n > 0 and content[n - 1].kind is PieceKind.HEADING and piece.gap_after
    if not (piece.gap_before or under_heading) or len(text) > (_LONGEST if question or n == 0 else _ISOLATED_LONGEST):
        return False
    if n and content[n - 1].plain.endswith((":", ",")) and content[n - 1].kind is PieceKind.TEXT:
        return False
    if n < _TOP and (PLACE_START.match(text) or PLACE_AND_DATE.search(fold(text))):
        return False
    if not piece.gap_after and n > 0 and not _heads_next(piece, below, text):
        return False
    if text.endswith(":"):
        return _colon_title(piece, text, below)
    if question:
        listed = n > 0 and _question(content[n - 1]) and content[n - 1].kind is PieceKind.TEXT
        return not _question(below) and (not listed or len(below.text) > _ISOLATED_LONGEST)
    if FIELD.match(text) and _reads_as_field(text, loose=piece.gap_after or n == 0):
        return False
    if SENTENCE_START.match(text) and len(text.split()) > 4:
        return False
    return not (_has_verb(text) and len(text) > 60 and not text.startswith(("…", "...")))


def _has_verb(text: str) -> bool:
    """Whether a common finite verb is there; words with a capital ("Sud Est Avenir") are names."""
    lower = [w for i, w in enumerate(text.split()) if i == 0 or not w[0].isupper()]
    return bool(VERBS.search(fold(" ".join(lower))))


def _heads_next(piece: Piece, below: Piece, text: str) -> bool:
    """Without a blank line between: what follows must be a paragraph, a list or a table, not one more short line."""
    if below.kind is PieceKind.ROW:
        return True
    if below.kind is PieceKind.BULLET:
        return len(text.split()) <= 6 and not text.endswith(":") and not _has_verb(text)
    if below.kind is not PieceKind.TEXT:
        return False
    sentence = below.plain[-1:] in ".!?:…" and not FIELD.match(below.plain) and not _has_verb(text)
    return below.lines > 1 or len(below.text) > 2 * len(piece.text) > 0 or sentence


def _colon_title(piece: Piece, text: str, below: Piece) -> bool:
    """« Les suites : » over text, or apart over items that are whole sentences; over short items it announces them."""
    words = text.rstrip(" :\u00a0").split()
    told = (
        piece.gap_after and len(below.plain) > _DENSE_LONGEST and below.plain[-1:] == "." and len(words) <= _FEW_WORDS
    )
    return not _has_verb(text) and len(words) <= 8 and (below.kind is not PieceKind.BULLET or told)


def _reads_as_field(text: str, *, loose: bool) -> bool:
    """ "Lieu : Nantes", "Présents : …": a known field, or a short name before a list or a short value."""
    name, _, value = text.partition(":")
    if META.match(name) or HOUR.match(value):
        return True
    if len(name.split()) > 3 or LABELLED.match(text):
        return False
    return value.count(",") > 1 or bool(LISTED_VALUE.search(value)) or (not loose and len(value.split()) <= 3)


def _contact_follows(content: list[Piece], n: int) -> bool:
    below = content[n + 1]
    if below.kind is not PieceKind.TEXT or len(below.text) >= 200 or _has_verb(below.plain):
        return False
    return bool(CONTACT.search(below.plain[:80]))


def _question(piece: Piece) -> bool:
    return piece.plain.rstrip(" *_").endswith("?")


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) >= _CAPS_SHARE * len(letters)


def _is_date(text: str) -> bool:
    """Whether nothing but a date and an hour is left."""
    words = re.findall(r"[a-z]+", fold(text))
    return (bool(re.search(r"\d", text)) and all(w in DATE_WORDS or len(w) == 1 for w in words)) or bool(
        re.fullmatch(rf"(?:{'|'.join(MONTHS.split())})\s*\d{{0,4}}", fold(text).strip())
    )
