"""Numbers in a text: digits with units, number words, fractions, « 3 out of 4 ». Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.extract.facts.flat import flat
from ingest.memory import remembered
from ontology.lexicon import lexicon

DIGITS = r"(?:\d{1,3}(?:[ .]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)"
# « passe de 310 à 240 », "rose from 41 to 67": two figures, no range.
_CHANGE = re.compile(rf"({DIGITS}|[a-z-]+) (?:a|to) ({DIGITS}|[a-z-]+)$")
_BEFORE = 40  # characters in which the verb of change stands
_CHANGES = re.compile(
    r"(?:\b(?:pass|tomb|descend|mont|chut|progress|grimp|augment|recul|baiss|diminu)\w* (?:[\w']+ ){0,2}?de|"
    r"\b(?:went|gone|fell|fallen|rose|risen|grew|grown|dropped|up|down) from) $"
)
_MOST_DIGITS = 15  # of a count of anything; Python refuses to read thousands
_DIGIT = re.compile(r"\d")
_ONES = ("un", "une", "a", "one")
_WORD = r"[a-z][a-z.'-]*"


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``, unit included. `kind`: digits, words, fraction, ratio, collective, clock."""

    start: int
    end: int
    kind: str
    unit: str = ""
    duration: bool = False


# The patterns in order, with the kind of what they find.
_KINDS = (
    ("ratio", "ratio"),
    ("fraction", "fraction"),
    ("collective", "collective"),
    ("about_one", "collective"),
    ("clock", "clock"),
    ("between", "digits"),
    ("digits", "digits"),
    ("words", "words"),
)


@dataclass(frozen=True)
class Grammar:
    """The patterns of one language, and of each of those without a digit what its matches hold one of."""

    ratio: re.Pattern[str]
    fraction: re.Pattern[str]
    collective: re.Pattern[str]
    about_one: re.Pattern[str]  # « près d'un an », « pendant une heure et demie », "about a year": one, but measured
    clock: re.Pattern[str]  # « 2h30 »: a time of day, or how long something takes
    between: re.Pattern[str]  # « entre 20 et 30 personnes »
    digits: re.Pattern[str]
    words: re.Pattern[str]
    durations: frozenset[str]
    ranks: Mapping[str, int]  # the number words by their size, as the lexicon lists them
    held: Mapping[str, tuple[str, ...]]

    def may_match(self, plain: str, *, has_digit: bool) -> Iterator[tuple[str, re.Pattern[str]]]:
        """The kind and the pattern of the numbers that a text may have, in the order in which they are taken."""
        for name, kind in _KINDS:
            held = self.held.get(name)
            if has_digit if held is None else any(part in plain for part in held):
                yield kind, getattr(self, name)


def alternatives(terms: object) -> str:
    """A pattern for any of the terms, longest first, made flat."""
    return "|".join(re.escape(flat(t)) for t in sorted(_listed(terms), key=len, reverse=True)) or r"(?!)"


def _listed(terms: object) -> list[str]:
    return terms.split() if isinstance(terms, str) else [str(t) for t in terms] if isinstance(terms, list) else []


@cache
def grammar(language: str) -> Grammar:
    """The compiled patterns of a language."""
    table = lexicon(language, "figures")
    word = f"(?:{alternatives(table['words'])})"
    spelled = rf"{word}(?:[ -](?:et |and )?(?:{word}|un|une|one)){{0,6}}"
    about = rf"(?:(?:{alternatives(table['approximate'])}) ?)?"
    units = rf"(?:{alternatives(table['units'])}|{alternatives(table['durations'])})(?![a-z0-9/])"
    lasts = rf"(?:{alternatives(table['durations'])})"
    lasting = "|".join(rf"(?<=\b{re.escape(flat(word))} )" for word in table["lasting"])
    travelled = alternatives(table["travelled"])
    many = r"(?:\d{1,3}(?: \d{3})+|\d+)"
    one = rf"(?:un|une|one|{spelled}|(?<![\d.,])(?<!\d ){many})"
    signed = r"(?:(?<!\w)(?<![\d%€²³] )[+±] ?|(?<=\s)-(?=\d)|[£$€] ?)?"
    half = rf"(?: (?:{alternatives(table['and_a_half'])}))?"
    to = rf" (?:{alternatives(table['range_words'])}) "
    between = "|".join(rf"(?<=\b{re.escape(flat(word))} )" for word in table["between"])
    return Grammar(
        ratio=re.compile(
            rf"\b{about}(?P<part>{one})(?: {_WORD}){{0,3}}? (?:{alternatives(table['out_of'])}) "
            rf"(?P<whole>{spelled}|{many})\b(?! ?%)(?! (?:{alternatives(table['durations'])})\b)"
        ),
        fraction=re.compile(
            # Beside an approximation a fraction needs nothing after it: « près de la moitié logent … ».
            rf"\b(?:{alternatives(table['approximate'])}) ?(?:{alternatives(table['fractions'])})\b|\bde moitie\b|"
            rf"\b(?<=dont )(?:{alternatives(table['fractions'])})\b|"
            rf"\b{about}(?:{alternatives(table['fractions'])})(?= (?:{alternatives(table['fraction_next'])})|\b[^\w]*$)"
            r"|(?<![\w/.,-])[1-9]/(?:[2-9]|10)(?= (?:des?|d'|du|of)\b)"
        ),
        collective=re.compile(
            rf"\b{about}(?:{alternatives(table['articles'])}) (?:{alternatives(table['collectives'])})s?\b"
        ),
        about_one=re.compile(
            rf"\b(?:{alternatives(table['approximate'])}) ?(?:un|une|a|one) {lasts}\b{half}|"
            rf"(?:{lasting})(?:un|une|a|one) {lasts}\b{half}|"
            rf"\b(?:un|une|a|one) {lasts} (?:{alternatives(table['and_a_half'])}|(?={travelled}))\b"
        ),
        digits=re.compile(
            rf"(?:\b{about})?(?<![\w.,/#°])(?<![a-z]-){signed}{DIGITS}"
            rf"(?:(?: ?- ?| et | and |{to}){DIGITS}(?= ?{units})|(?:-|{to}){DIGITS}(?= [a-z]{{3,}}))?"
            rf"(?: ?(?P<unit>{units}))?(?![\w]){half}"
        ),
        clock=re.compile(rf"\b{about}\d{{1,2}} ?(?:h|heures?) ?[0-5]\d\b"),
        between=re.compile(
            rf"(?:{between})(?:{DIGITS} (?:et|and) {DIGITS}(?= [a-z]{{3,}})|{spelled} (?:et|and) {spelled}\b)"
        ),
        words=re.compile(rf"\b{about}(?P<n>{spelled}(?:{to}{spelled})?)\b(?: (?P<unit>{units}){half})?"),
        durations=frozenset(flat(d) for d in table["durations"]),
        ranks={flat(w): rank for rank, w in enumerate(table["words"].split())},
        held={
            "ratio": _flat_terms(table["out_of"]),
            "fraction": ("moitie", "/", *_flat_terms(table["fractions"])),
            "collective": _flat_terms(table["collectives"]),
            "about_one": tuple(f"{one} {lasts}" for one in _ONES for lasts in _flat_terms(table["durations"])),
            "between": _flat_terms(table["between"]),
            "words": _flat_terms(table["words"]),
        },
    )


def _flat_terms(terms: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(flat, _listed(terms))))


@remembered
def find_numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text in order, none inside another; nothing is judged here.

    >>> text = "Plus de 3 000 livres, un jeune sur trois, + 23 % en deux mois"
    >>> [text[n.start : n.end] for n in find_numbers(text, "fr")]
    ['Plus de 3 000', 'un jeune sur trois', '+ 23 %', 'deux mois']
    """
    plain = re.sub(r"\s", " ", flat(text))
    rules = grammar(language)
    found: list[Number] = []
    taken = bytearray(len(plain))
    for kind, pattern in rules.may_match(plain, has_digit=bool(_DIGIT.search(plain))):
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]) or (kind == "ratio" and not _is_part(match, rules.ranks)):
                continue
            taken[match.start() : match.end()] = b"\1" * len(match.group())
            if kind in ("digits", "words") and (pair := _changed(plain, *match.span())):
                found += [Number(*pair.span(group), kind) for group in (1, 2)]
                continue
            unit = (match.groupdict().get("unit") or "").strip()
            unit = unit or next((sign for sign in "£$€" if sign in match.group()), "")
            lead = len(match.group()) - len(match.group().lstrip())
            found.append(Number(match.start() + lead, match.end(), kind, unit, unit in rules.durations))
    return tuple(sorted(found, key=lambda n: n.start))


def _changed(plain: str, start: int, end: int) -> re.Match[str] | None:
    """The two numbers of « passe de 310 à 240 »."""
    told = _CHANGES.search(plain, max(0, start - _BEFORE), start)
    return _CHANGE.match(plain, start, end) if told else None


def _is_part(match: re.Match[str], ranks: Mapping[str, int]) -> bool:
    """Whether « 4 associations sur 10 » can be a share: 18 participants at 2 tables are none."""
    part, whole = match["part"], match["whole"]
    if part[0].isdigit() and whole[0].isdigit():
        if max(len(part), len(whole)) > _MOST_DIGITS:
            return False
        return int(part.replace(" ", "")) <= int(whole.replace(" ", ""))
    return part not in ranks or whole not in ranks or ranks[part] <= ranks[whole]
