"""Dates in a text, French and English, whole or partial. Pure functions over strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ingest.extract.facts.flat import flat
from ingest.extract.facts.spelled_dates import spelled_dates
from ingest.memory import remembered

_MONTHS = (
    "janvier|january|jan|janv", "fevrier|february|feb|fev|fevr", "mars|march|mar", "avril|april|apr|avr", "mai|may",
    "juin|june|jun", "juillet|july|jul|juil", "aout|august|aug", "septembre|september|sep|sept", "octobre|october|oct",
    "novembre|november|nov", "decembre|december|dec",
)  # fmt: skip
MONTH_NUMBER = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
# « le 12/05/24 mar. 14h », « sept habitants », “may” are no months behind figures.
_SURE_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBER.keys() - {"mar", "sept", "may"}, key=len, reverse=True)) + r")\b"
_WEEKDAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\b[\s,.]{1,3})?"
)
_DAY = r"(?:1er|\d{1,2}(?:st|nd|rd|th|er)?)"
_TIE = r"\s?(?:-|&|/|,|et|au|and|to|ou)\s?(?:le )?"
_YEAR = r"(?:19|20)\d\d"
_UNTIL = re.compile(r"\d\s?(?:-|/|\b(?:au|to)\b)")  # « du 4 au 18 mars »: one stretch of days
_DIGIT = re.compile(r"\d")  # no date is without one
# Each pattern names its groups: d day, m month, y year; `d2` is the last day of a range, `y2` a year of two digits.
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"(?<![\d/.-])(?P<y>{_YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d/-])",
        rf"{_WEEKDAY}(?<![\d/.-])(?P<d>\d\d?)(?P<sep>[/.-])(?P<m>\d\d?)(?P=sep)(?:(?P<y>{_YEAR})(?![\d/-])"
        rf"|(?P<y2>\d\d)(?![\d/-]| {_SURE_MONTH}))",
        rf"{_WEEKDAY}(?<![\d/.,-])(?P<d>{_DAY})(?P<sep>[/-]){_DAY}(?:(?P=sep){_DAY}){{1,2}} (?P<m>{_SURE_MONTH})"
        rf"(?:,? (?P<y>{_YEAR})\b)?",
        rf"{_WEEKDAY}(?<![\d/.,-])(?P<d>{_DAY})(?:, ?{_WEEKDAY}{_DAY}){{0,4}}(?: (?P<m1>{_MONTH}))?{_TIE}"
        rf"{_WEEKDAY}(?P<d2>{_DAY})"
        rf" (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR})\b)?",
        rf"{_WEEKDAY}(?<![\d/.,-])(?P<d>{_DAY}) (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR})\b)?",
        rf"{_WEEKDAY}\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}}(?:st|nd|rd|th)?)(?![\d:])"
        rf"(?:-\d{{1,2}}|{_TIE}\d{{1,2}}\b)?,? (?P<y>{_YEAR})\b",
        rf"{_WEEKDAY}\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}}(?:st|nd|rd|th))\b(?!,? {_YEAR})",
        # A day that there is was read above: one that stands here is that of « 31 février 2026 », whose month holds.
        rf"(?:{_WEEKDAY}(?<![\d/.,-]){_DAY} (?:of )?)?\b(?P<m>{_MONTH}) (?P<y>{_YEAR})\b",
    )
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as it stands at ``text[start:end]``, or the first of several there.

    `iso` is "2026-03-18", "2026-03", or "--03-18" without its year.
    """

    start: int
    end: int
    iso: str
    also: tuple[str, ...] = ()  # further days of « les 4, 11 et 18 mars »; of days that follow each other, none

    @property
    def whole(self) -> bool:
        return len(self.iso) == 10 and not self.iso.startswith("--")


@remembered
def find_dates(text: str) -> tuple[FoundDate, ...]:
    """The dates of a text in order, none inside another.

    >>> [d.iso for d in find_dates("Réunion du lundi 6 avril 2020, bilan le 12/05, suite en mai 2021")]
    ['2020-04-06', '2021-05']
    >>> [d.iso for d in find_dates("les 8, 9 et 10 avril 2026")]
    ['2026-04-08']
    >>> [(d.iso, d.also) for d in find_dates("les 4 et 18 mars 2026, du 4 au 18 mai 2026")]
    [('2026-03-04', ('2026-03-18',)), ('2026-05-04', ())]
    """
    plain = re.sub(r"\s", " ", flat(text))
    found = [
        FoundDate(start, end, iso)
        for start, end, year, month, day in spelled_dates(plain)
        if (iso := _valid(year, month, day))
    ]
    if not _DIGIT.search(plain):
        return tuple(found)
    taken = bytearray(len(plain))
    for spelled in found:
        taken[spelled.start : spelled.end] = b"\1" * (spelled.end - spelled.start)
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if "may" in match.groupdict().values() and "may" in text[match.start() : match.end()].split():
                continue  # « workshop 2 may … » is the verb: the month has its capital
            iso = _iso(match)
            if iso and not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(match.group())
                found.append(FoundDate(match.start(), match.end(), iso, _also(match, iso)))
    return tuple(sorted(found, key=lambda f: f.start))


def _iso(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month_text = (parts.get("m1") or parts["m"]).rstrip(".")
    month = MONTH_NUMBER.get(month_text) or int(month_text)
    day = int(re.sub(r"\D", "", parts.get("d") or "0"))
    year = parts.get("y") or (f"20{parts['y2']}" if parts.get("y2") else "")
    if not day:
        return f"{year}-{month:02d}" if 1 <= month <= 12 else ""
    return f"{year or '-'}-{month:02d}-{day:02d}" if _valid(int(year or 2000), month, day) else ""


def _also(match: re.Match[str], first: str) -> tuple[str, ...]:
    """The other days that a list of days names, where they do not follow each other as those of one event do."""
    parts = match.groupdict()
    if not parts.get("d2") or len(first) != len("2026-03-04") or first.startswith("-"):
        return ()
    listed = match.group()[: match.end("d2") - match.start()]
    if _UNTIL.search(listed):
        return ()
    month = MONTH_NUMBER[parts["m"].rstrip(".")]
    own = [parts["d2"]] if parts.get("m1") else re.findall(_DAY, listed)[1:]
    days = [_valid(int(first[:4]), month, int(re.sub(r"\D", "", day))) for day in own]
    whole = [date.fromisoformat(day) for day in (first, *days) if day]
    apart = all((b - a).days > 1 for a, b in pairwise(whole))
    return tuple(day.isoformat() for day in whole[1:]) if apart else ()


def _valid(year: int, month: int, day: int) -> str:
    """The ISO form of a day that there is; empty for 30 February."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def with_year(found: FoundDate, year: str) -> FoundDate:
    """The same date, its missing year filled in."""
    return replace(found, iso=f"{year}{found.iso[1:]}") if found.iso.startswith("--") else found


def lone_year(text: str) -> str:
    """The one year that a text names, or "": « Assemblée générale 2026 », of no date in figures."""
    years = set(re.findall(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/]|-\d)", text))
    return years.pop() if len(years) == 1 else ""


def clock_times(text: str) -> Iterator[tuple[int, int]]:
    """The spans of times of day: « 14 h 30 », « 17h », « 6.30 pm », « 18:45 »."""
    pattern = r"(?<![\d,.])\d{1,2}\s?(?:h\b|h\d\d\b|heures?\b(?! de)|:[0-5]\d\b)\s?(?:[0-5]\d\b)?"
    pattern += r"|\b\d{1,2}(?:[.:]\d\d)?(?:\s?-\s?\d{1,2}(?:[.:]\d\d)?)?\s?(?:am|pm)\b"
    for match in re.finditer(pattern, flat(text)):
        yield match.span()
