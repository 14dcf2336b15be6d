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
_ORDINAL = "(?:er|st|nd|rd|th)"
_IN_WORDS = (
    re.compile(rf"(?<!\w)(?P<day>\d{{1,2}}){_ORDINAL}?\s(?:of\s)?(?:{_MONTH}),?\s{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\w)(?:{_MONTH})\s(?P<day>\d{{1,2}})(?:{_ORDINAL},?|,)\s{_YEAR}", re.IGNORECASE),
)
_IN_NUMBERS = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2([12]\d{3})(?![\w/-])")
_ISO = re.compile(r"(?<![\w/.-])([12]\d{3})-(\d{2})-(\d{2})(?![\w/-])")


def impossible_dates(text: str) -> list[str]:
    """The dates of a text that no calendar holds, as they are written, each once.

    Day and month in either order are a date.

    >>> impossible_dates("Le 31 février 2026, puis le 31/04/2026 ; le 3 mars 2026, 03/31/2026 et 2026-02-28.")
    ['31 février 2026', '31/04/2026']
    >>> impossible_dates("February 31, 2026; the 31st of April 2026; June 31st 2026; March 3, 2026; 3rd March 2026.")
    ['31st of April 2026', 'February 31, 2026', 'June 31st 2026']
    """
    return list(dict.fromkeys(said for said, *ways in _read(text) if not any(_can_be(*way) for way in ways)))


def _read(text: str) -> Iterator[tuple[str, *tuple[tuple[int, int, int], ...]]]:
    """What is written, then the (year, month, day) that it may mean."""
    for found in chain.from_iterable(written.finditer(text) for written in _IN_WORDS):
        month = next(n for n in range(1, 13) if found[f"m{n}"])
        yield " ".join(found[0].split()), (int(found["year"]), month, int(found["day"]))
    for found in _IN_NUMBERS.finditer(text):
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        yield found[0], (year, other, one), (year, one, other)
    for found in _ISO.finditer(text):
        yield found[0], (int(found[1]), int(found[2]), int(found[3]))


def _can_be(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
