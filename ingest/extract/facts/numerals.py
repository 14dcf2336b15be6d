"""Numbers in a text: digits with units, number words, fractions, « 3 out of 4 ». Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.extract.facts.flat import flat
from ontology.lexicon import lexicon

DIGITS = r"(?:\d{1,3}(?:[ .]\d{3})+(?![\d])|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_WORD = r"[a-z][a-z.'-]*"


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``, unit included. `kind`: digits, words, fraction, ratio."""

    start: int
    end: int
    kind: str
    unit: str = ""
    duration: bool = False


@dataclass(frozen=True)
class Grammar:
    """The patterns of one language."""

    ratio: re.Pattern[str]
    fraction: re.Pattern[str]
    collective: re.Pattern[str]
    about_one: re.Pattern[str]  # « près d'un an », "about a year": one, but measured
    digits: re.Pattern[str]
    words: re.Pattern[str]
    durations: frozenset[str]


def alternatives(terms: object) -> str:
    """A pattern for any of the terms, longest first, made flat."""
    listed = terms.split() if isinstance(terms, str) else [str(t) for t in terms] if isinstance(terms, list) else []
    return "|".join(re.escape(flat(t)) for t in sorted(listed, key=len, reverse=True)) or r"(?!)"


@cache
def grammar(language: str) -> Grammar:
    """The compiled patterns of a language."""
    table = lexicon(language, "figures")
    word = f"(?:{alternatives(table['words'])})"
    spelled = rf"{word}(?:[ -](?:et |and )?(?:{word}|un|une|one)){{0,6}}"
    about = rf"(?:(?:{alternatives(table['approximate'])}) ?)?"
    units = rf"(?:{alternatives(table['units'])}|{alternatives(table['durations'])})(?![a-z0-9/])"
    one = rf"(?:un|une|one|{spelled}|\d+)"
    signed = r"(?:(?<!\w)[+±] ?|(?<=\s)-(?=\d)|[£$€] ?)?"
    return Grammar(
        ratio=re.compile(
            rf"\b{about}{one}(?: {_WORD}){{0,3}}? (?:{alternatives(table['out_of'])}) (?:{spelled}|\d+)\b(?! ?%)"
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
            rf"\b(?:{alternatives(table['approximate'])}) ?(?:un|une|a|one)"
            rf" (?P<unit>{alternatives(table['durations'])})\b"
        ),
        digits=re.compile(
            rf"(?:\b{about})?(?<![\w.,/#°])(?<![a-z]-){signed}{DIGITS}"
            rf"(?:(?: ?- ?| a | et | ou | to | and ){DIGITS}(?= ?{units}))?(?: ?(?P<unit>{units}))?(?![\w])"
        ),
        words=re.compile(rf"\b{about}(?P<n>{spelled})\b(?: (?P<unit>{units}))?"),
        durations=frozenset(flat(d) for d in table["durations"]),
    )


def find_numbers(text: str, language: str) -> list[Number]:
    """The numbers of a text in order, none inside another; nothing is judged here.

    >>> text = "Plus de 3 000 livres, un jeune sur trois, + 23 % en deux mois"
    >>> [text[n.start : n.end] for n in find_numbers(text, "fr")]
    ['Plus de 3 000', 'un jeune sur trois', '+ 23 %', 'deux mois']
    """
    plain = re.sub(r"\s", " ", flat(text))
    rules = grammar(language)
    found: list[Number] = []
    taken = bytearray(len(plain))
    for kind, pattern in (
        ("ratio", rules.ratio),
        ("fraction", rules.fraction),
        ("collective", rules.collective),
        ("collective", rules.about_one),
        ("digits", rules.digits),
        ("words", rules.words),
    ):
        for match in pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\1" * len(match.group())
            unit = (match.groupdict().get("unit") or "").strip()
            unit = unit or next((sign for sign in "£$€" if sign in match.group()), "")
            lead = len(match.group()) - len(match.group().lstrip())
            found.append(Number(match.start() + lead, match.end(), kind, unit, unit in rules.durations))
    return sorted(found, key=lambda n: n.start)
