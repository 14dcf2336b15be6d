"""Dates that cannot be, as documents write them: the 31st of February, a 14th month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

_NAMES = (
    "janv(?:ier|\\.)?|january", "f[ée]v(?:rier|r?\\.)?|february", "mars|march", "avril|april", "mai|may", "juin|june",
    "juil(?:let|\\.)?|july", "ao[uû]t|august", "sept(?:embre|\\.)?|september", "oct(?:obre|\\.)?|october",
    "nov(?:embre|\\.)?|november", "d[ée]c(?:embre|\\.)?|december",
)  # fmt: skip
_MONTH = "|".join(f"(?P<m{n}>{names})" for n, names in enumerate(_NAMES, 1))
_YEAR = r"(?P<year>[12]\d{3})(?!\w)"
_LEAP = 2024  # what is no day of such a year is one of none
# Without a year only names that are no other words, as « 45 may come » and « 45 sept » are.
_WHOLE_NAMES = frozenset(
    """janvier january février fevrier february mars avril april mai juin june juillet july août aout august septembre
    september octobre october novembre november décembre decembre december""".split()
)
_READ = 500_000  # characters of a text
_ORDINAL = "(?:er|st|nd|rd|th)"
_IN_WORDS = (
    re.compile(rf"(?<!\w)(?P<day>\d{{1,2}}){_ORDINAL}?\s(?:of\s)?(?:{_MONTH}),?\s{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{_MONTH})\s(?P<day>\d{{1,2}})(?:{_ORDINAL},?|,)\s{_YEAR}", re.IGNORECASE),
)
_WITHOUT_YEAR = re.compile(
    rf"(?<![\w.,/-])(?P<day>\d{{2}}){_ORDINAL}?\s(?:of\s)?(?:{_MONTH})(?![\w-]|,?\s[12]\d{{3}}(?!\w))", re.IGNORECASE
)
_IN_NUMBERS = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2([12]\d{3})(?![\w/-])")
_ISO = re.compile(r"(?<![\w/.-])([12]\d{3})-(\d{2})-(\d{2})(?![\w/-])")


def impossible_dates(text: str) -> list[str]:
    """The dates of a text that no calendar holds, as they are written, each once, in the order of the text.

    Day and month in either order are a date; without a year, a day that no year has.

    >>> impossible_dates("Le 31 février 2026, puis le 31/04/2026 ; le 3 mars 2026, 03/31/2026 et 2026-02-28.")
    ['31 février 2026', '31/04/2026']
    >>> impossible_dates("February 31, 2026; the 31st of April 2026; June 31st 2026; March 3, 2026; 3rd March 2026.")
    ['February 31, 2026', '31st of April 2026', 'June 31st 2026']
    >>> impossible_dates("Le 45 mars, le 31 juin et le 29 février ; 45 may come, 45 sept.")
    ['45 mars', '31 juin']
    """
    wrong = ((at, said) for at, said, *ways in _read(text[:_READ]) if not any(_can_be(*way) for way in ways))
    return list(dict.fromkeys(said for _, said in sorted(wrong)))


def _read(text: str) -> Iterator[tuple[int, str, *tuple[tuple[int, int, int], ...]]]:
    """Where, what is written, then the (year, month, day) that it may mean."""
    for found in chain.from_iterable(written.finditer(text) for written in _IN_WORDS):
        yield found.start(), " ".join(found[0].split()), (int(found["year"]), _month(found), int(found["day"]))
    for found in _WITHOUT_YEAR.finditer(text):
        if found[0].split()[-1].lower() in _WHOLE_NAMES:
            yield found.start(), " ".join(found[0].split()), (_LEAP, _month(found), int(found["day"]))
    for found in _IN_NUMBERS.finditer(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        yield found.start(), found[0], (year, other, one), (year, one, other)
    for found in _ISO.finditer(text):
        yield found.start(), found[0], (int(found[1]), int(found[2]), int(found[3]))


def _month(found: re.Match[str]) -> int:
    return next(n for n in range(1, 13) if found[f"m{n}"])


def _can_be(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
