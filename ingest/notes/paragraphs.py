"""Which lines of text go together: trailing spaces where they are a sign of wrapping, line lengths otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.text import fold
from ingest.extract.who.body_words import heads
from ingest.extract.who.name_words import is_acronym_word, is_first_name
from ingest.extract.who.words import words_of
from ingest.notes.cues import LABELLED
from ingest.notes.lines import Line, Profile, cut_by_width, is_full

_TERMINAL = re.compile(r"[.!?…][\s»”\")\]*_]*$")
_GOES_ON = re.compile(
    r"[(«&,]\s*$|\s[–—-]\s*$|(?<=[^\W\d])[/-]$|\b(?:de|du|des|la|le|les|l['’]|d['’]|et|ou|à|au|aux|en|the|of|and|or|to|a|an|for)\s*$"
)
_FIELD = re.compile(r"^(?:\*\*)?[A-ZÀ-ÖØ-Þ][\w\s'’/().-]{0,40}?(?:\*\*)?\s?:(?:\*\*)?(?:\s|$)")
_TITLE_AT_END = re.compile(r"\b(?:Mme|Mmes|Madame|Mesdames|Monsieur|Messieurs|MM?\.|Mlle|Dr|Docteure?)$")
_NAMED = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+ [A-ZÀ-Ý’'-]{3,}\b[^.;:!?]*,\s$")  # a list of « Claire DUPONT (…), »
_SURNAME = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý’'-]{2,}(?=\s?[,(;.]|\s[a-zà-ÿ])")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)\S+\s*$")
# « Skatepark couvert (11) », « Ouvrir le gymnase (7 gommettes) »: votes that end what a sticky note says.
VOTED = re.compile(
    r"\((?:\+\s?)?\d{1,3}\s?(?:(?P<sticker>gommettes?|pastilles?|autocollants?|stickers?|dots?|sticky dots)"
    r"|(?P<ballot>votes?|voix|points?))?\)\s*$"
)
_CAPITALS_GO_ON = re.compile(r"(?:DU|DE|DES|D['’]|À|A|AU|AUX|ET|OU|SUR|POUR|EN|DANS|PAR|AVEC|OF|AND|FOR|IN|ON|TO)\b")
_CAPITALS_BEGIN = re.compile(  # what a document or a meeting is: another line of the title
    r"(?:COMPTE|PROC[EÈ]S|RELEV|R[EÉ]UNION|COMIT[EÉ]|S[EÉ]ANCE|ASSEMBL[EÉ]E|ATELIER|SYNTH[EÈ]SE|ORDRE DU JOUR|MINUTES"
    r"|REPORT)\w*\b"
)
_QUALIFIES = re.compile(  # a line that ends so has its noun in the next: « POUR LA PROCHAINE », « PREMIÈRE »
    r"\b(?:premiere?|\w+ieme|seconde?|derniere?|precedente?|prochaine?|nouvelle|nouveau|nouvel|grande?|petite?|annuelle?|une?"
    r"|ce|cet|cette|ces|sa|son|ses|notre|nos|votre|vos|leurs?|chaque|quel(?:le)?s?|tou(?:t|te|s|tes)|the|this|that|our|your"
    r"|first|second|third|next|last|new|annual)$"
)
_TITLE_FULL = 0.55  # of the width: a longer line of capitals goes on with the next
_NARROWEST = 60  # characters of a line that was cut by its width rather than by who wrote it
_SHORT = 0.75  # of the run's width: a shorter line that could have taken the next word ends its paragraph
_CENTRED, _UNEVEN = 8, 3  # columns: from the margin; between the indents of centred lines, and twice their middles
_LISTED_LINES = 4  # so many lines of a list without marks show that it is one
_LISTED_SHARE = 0.6  # of the lines that begin in lower case have room above them
_ASIDE_GOES_ON = re.compile(r"\([^()]{1,80}\)\s?[,;]")  # « … Élise » over « (trésorière), Farid »


def group(profile: Profile, run: list[Line]) -> Iterator[list[Line]]:
    """Cut a run of consecutive text lines into paragraphs."""
    width = _run_width(profile, run)
    listed = _is_listed(run, profile.reach)
    current: list[Line] = []
    for line in run:
        alone = listed and current and _stands_alone(current[-1], line, profile.reach)
        if current and (alone or not _joins(profile, current[-1], line, width, first=len(current) == 1)):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _run_width(profile: Profile, run: list[Line]) -> int:
    longest = max(len(line.content) for line in run)
    return longest if len(run) > 2 else max(longest, min(profile.width, 2 * longest))


def _is_listed(run: list[Line], reach: int) -> bool:
    """Whether a run is a list without marks: its lines could have taken the next word, and did not.

    `reach`: how far the lines of the document go. Lines cut by their width are all about as long as the longest.
    """
    if len(run) < _LISTED_LINES or any(a.trailing or a.indent != b.indent for a, b in pairwise(run)):
        return False
    if 2 * len(cut_by_width(run, _LISTED_LINES)) >= len(run):
        return False
    width = max(len(line.content) for line in run)
    lower = [(a, b) for a, b in pairwise(run) if b.starts_lower]
    alone = sum(_stands_alone(a, b, reach) for a, b in lower)
    full = sum(is_full(a, b, width) for a, b in pairwise(run))
    return (
        alone >= _LISTED_LINES - 2
        and alone >= _LISTED_SHARE * len(lower)
        and full <= (1 - _LISTED_SHARE) * (len(run) - 1) + 0.5
    )


def _stands_alone(line: Line, following: Line, reach: int) -> bool:
    if _GOES_ON.search(line.content[-200:]) or (following.starts_lower and line.content.endswith("-")):
        return False
    return len(line.content) + 1 + len(following.content.split(" ", 1)[0]) < _SHORT * reach


def _joins(profile: Profile, line: Line, following: Line, width: int, *, first: bool) -> bool:  # noqa: PLR0911 - one line per cue
    if following.page and not following.starts_lower:
        return False
    if _starts_anew(line, following):
        return False
    if _capitals(line) and _capitals(following):
        if _CAPITALS_BEGIN.match(following.content):
            return _waits(line, following, width)
        return _CAPITALS_GO_ON.match(following.content) is not None or len(line.content) > _TITLE_FULL * width
    if profile.short_lines and following.starts_lower and len(line.content) < _SHORT * profile.width:
        return _GOES_ON.search(line.content[-200:]) is not None
    if _unfinished(line, following, width):
        return True
    if following.starts_lower or (
        _GOES_ON.search(line.content[-200:]) and not _ADDRESS_END.search(line.content[-2_000:])
    ):
        return True
    if profile.cue:
        return _cue_joins(line, following, width, first=first)
    if not profile.wrapped or line.text.endswith("  "):
        return False
    return is_full(line, following, width) and not (first and _capitals(line) and not _capitals(following))


def _waits(line: Line, following: Line, width: int) -> bool:
    """Whether a line of capitals goes on whatever comes next: its last word, or no room for another one."""
    end = line.content[-200:].lower()
    return bool(_GOES_ON.search(end) or _QUALIFIES.search(fold(end))) or is_full(
        line, following, max(width, _NARROWEST)
    )


def _unfinished(line: Line, following: Line, width: int) -> bool:
    """A bracket that the next line closes, or opens and goes on; a first name over its surname, near a line's end."""
    above, below = line.content[-200:], following.content[:200]
    if _ASIDE_GOES_ON.match(below):
        return True
    if above.rfind("(") > above.rfind(")") and 0 <= below.find(")") < (below.find("(") + 1 or len(below)):
        return True
    if len(above) < min(_SHORT * max(width, _NARROWEST), 200):
        return False
    return _TITLE_AT_END.search(above) is not None or (not _is_field(following) and _is_cut_name(above, below))


def _is_cut_name(above: str, below: str) -> bool:
    """A first name at the end of a line, its surname alone in capitals at the head of the next."""
    surname = _SURNAME.match(below)
    if surname is None or is_acronym_word(words_of(surname.group())[0]) or fold(surname.group()) in heads("fr"):
        return False
    *before, last = above.split(" ")
    whole = bool(before) and is_first_name(before[-1])  # « Luc Thomas » has its surname, though that is a first name
    if last.isupper() or whole:
        return False
    return is_first_name(last) or (last[:1].isupper() and _NAMED.search(above[: -len(last)]) is not None)


def _starts_anew(line: Line, following: Line) -> bool:
    """A field ("Lieu : …"), a labelled title ("AXE 2 : …"), what follows an address or votes is no continuation."""
    if (LABELLED.match(following.content) and _capitals(following)) or _both_centred(line, following):
        return True
    if VOTED.search(line.content[-40:]) and VOTED.search(following.content[-40:]):
        return True
    if _ADDRESS_END.search(line.content[-2_000:]) and not following.starts_lower:
        return True
    ended = bool(_TERMINAL.search(line.content[-200:])) or line.content.endswith((",", ";"))
    return bool(_FIELD.match(following.content)) and (ended or _is_field(line))


def _both_centred(line: Line, following: Line) -> bool:
    """Two lines of unlike length with the same middle, far from the margin: a title, and what stands under it."""
    if min(line.indent, following.indent) < _CENTRED or abs(line.indent - following.indent) < _UNEVEN:
        return False
    return abs((2 * line.indent + len(line.content)) - (2 * following.indent + len(following.content))) <= _UNEVEN


def _is_field(line: Line) -> bool:
    return bool(_FIELD.match(line.content))


def _cue_joins(line: Line, following: Line, width: int, *, first: bool) -> bool:
    if not line.trailing:
        return False
    if first and _capitals(line) and not _capitals(following):
        return False
    room = len(line.content) + 1 + len(following.content.split(" ", 1)[0])
    if room >= _SHORT * width:
        return True
    title = first and len(following.content) >= _SHORT * width  # a short line above a full one
    return not (title or _TERMINAL.search(line.content[-200:]))


def _capitals(line: Line) -> bool:
    letters = [c for c in line.content if c.isalpha()]
    return len(letters) > 5 and all(c.isupper() for c in letters)
