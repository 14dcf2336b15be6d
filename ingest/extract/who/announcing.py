"""What announces a list of people, and what they are then: « Étaient présents : », « Excusées : », « Chair: »."""

from __future__ import annotations

import re
from functools import cache

from graph.text import CharacterTable, fold
from ingest.document import Block
from ingest.extract.who.wordlists import one_of, table
from ingest.memory import remembered

STATUSES = ("present", "excused", "chair", "minutes")
# Announcers that also head other lists (« Notes : », « Animation : »): names must then be proven, not only listed.
LOOSE = frozenset({"chair", "minutes"})
# « Habitants présents : », « Élus excusés : », « 12 members in attendance: »
_WHO_IS_THERE = re.compile(r"(?:^|[.;)])\W*(?:[A-ZÀ-Ý]|\d{1,3}\W{1,5}[A-Za-zà-ÿ])[a-zà-ÿ]+s(?: [a-zà-ÿ]+s)?$")
# Behind these words a place may stand: « Invités au comité », « Absents dans le débat » list nobody there.
_BEFORE_PLACE = ("present", "presente", "presents", "presentes", "excuses", "excusees", "assistaient", "attendance")
_HOW_MANY = re.compile(r"^(?:(?:une?|environ|pres de|plus de|les) )*(?:\d+|\w+aine (?:de|d'))(?= ?\w)")
_ONLY_A_COUNT = re.compile(r"\W{0,3}\d{1,3}")  # « 8 présents : »
# Around what stands alone. Stripped, not matched: a pattern that ends a text is tried again at each sign of a long run.
_ALONE_NOISE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "#*_>|[](){}–—:.,;•✓-"
MAX_LINE_CHARS = 240


@cache
def announcer(language: str) -> re.Pattern[str]:
    """One pattern for all announcers; the group's name is the status."""
    lists = table(language, "people", "announcers")
    groups = "(?P<role>" + "|".join(f"(?P<{s}>{_inclusive(one_of(lists.get(s, frozenset())))})" for s in STATUSES) + ")"
    inclusive = r"(?:[.·•⋅(-](?:e|es|ne|nes|rice|rices|trice|trices)\)?(?:[.·•⋅-]?s)?)?"
    tail = inclusive + r"(?:\s\d{1,3}\b)?(?:\s*\([^()]{0,60}\))?"
    # « attending by Zoom: »
    how = r"(?:\s+(?:par|en|via|sur|by|on|via|at)\s+[\w'-]{2,20}(?:\s(?!de\b|par\b)[\w'-]{2,20})?)?"
    among = r"(?:,?\s+(?:dont|notamment|parmi lesquels|including)(?=\s*:))?"  # « personnes présentes, dont : »
    # « Présents pour la mairie : A, B »
    # « Invités représentant le syndicat : A, B »
    sent = (
        r"(?:\s+(?:pour|au titre de|representants?(?: de)?|for|representing|from)\s(?:la |le |l['’]|les |the )?"
        r"(?P<body>[^:;,.()]{2,60}?)(?:\s*\([^()]{0,60}\))?(?=\s*:))?"
    )
    # « Étaient présents autour de la table : »
    behind = "|".join(f"(?<={word})" for word in _BEFORE_PLACE)
    where = (
        rf"(?:(?:{behind})\s+(?:a|au|aux|autour|lors|ce|cet|cette|dans|at|in)\s"
        r"(?![^:]{0,50}\b(?:prochaine?s?|next|\w{2,}er)\b)[^:;.,()]{2,50}?(?=\s*:))?"
    )
    return re.compile(
        rf"(?<![\w’'-])(?:{groups}){how}{tail}{sent}{where}{among}(?:\*\*|__)?\s*(?P<mark>:-?|;(?=\s(?:cllrs?|mrs?|ms|dr|mm?|mmes?)\b)|(?<=par|.by|.de)(?=\s)|$|\s[–—-]\s)"
    )


def _inclusive(alternation: str) -> str:
    """« présents » also as « présent(e)s », « présent.e.s »."""
    return re.sub(r"s(?=\||$)", r"(?:[.·•⋅(-]e\\)?[.·•⋅-]?)?s", alternation)


def ends_announcing(block: Block, language: str) -> str:
    """The status that a short line announces at its end: « Salle des fêtes. Étaient présents : »."""
    if len(block.label) > MAX_LINE_CHARS or not block.label.rstrip(" *_").endswith(":"):
        return ""
    hits = [m for m in announcer(language).finditer(same_length_fold(block.label)) if begins_list(block.label, m)]
    if not hits or block.label[hits[-1].end() :].strip(" *_"):
        return ""
    return next(s for s in STATUSES if hits[-1].group(s))


def announces_alone(block: Block, language: str) -> str:
    """The status that a block announces with nothing else in it; empty where it does not."""
    return announced_status(block.label, language)


@remembered
def announced_status(label: str, language: str) -> str:
    """The same of any text: a heading, the key of a field."""
    label = fold(label).strip(_ALONE_NOISE)
    if len(label) > MAX_LINE_CHARS:
        return ""
    label = re.sub(r"[.·•⋅(-]e\)?[.·•⋅-]?s\b", "s", label)
    label = re.sub(r"^\d+[.)]?\s*|\s*\(?\d*\)?$", "", label).strip(" :")
    label = re.sub(r",? (?:dont|notamment|including)$", "", _HOW_MANY.sub("", label)).strip()
    if not label or len(label) > 70:
        return ""
    found = announcer(language).match(label)
    if found and found.end() == len(label) and not found.group("mark").strip(" :"):
        return next(s for s in STATUSES if found.group(s))
    return ""


def begins_list(label: str, hit: re.Match[str]) -> bool:
    """An announcer stands at the start, after a stop or a bracket, or is written with a capital."""
    before = label[: hit.start()].rstrip(" *_\t")
    opened = (
        not before or _ONLY_A_COUNT.fullmatch(before) or before[-1] in ".;:)[(]|/–—-•\n" or label[hit.start()].isupper()
    )
    return (
        bool(opened)
        or hit.group().rstrip(" :").endswith((" de", " par", " by"))
        or bool(_WHO_IS_THERE.search(before[-60:]))
    )


def same_length_fold(label: str) -> str:
    """Folded character by character, so that places in it are places in the label."""
    return label.translate(_SAME_LENGTH)


def _folded_character(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character.lower()


_SAME_LENGTH = CharacterTable(_folded_character)
