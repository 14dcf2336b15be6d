"""What the front matter of a page says of when: the meeting in its title, the day and year of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.extract.facts.dates import find_dates, lone_year, with_year
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_words import Words
from ingest.extract.who.announcing import announced_status
from ingest.notes.front_matter import Value, front_matter

_TITLES = ("title", "titre", "subject", "objet", "name", "nom")
_DAY_AND_MONTH = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?![\d/.])")  # « réunion du 17/12 »
_DATES = ("date", "meeting date", "meetingdate", "date de la réunion", "quand", "jour")


@dataclass(frozen=True, slots=True)
class FrontDate:
    """A whole date at ``text[start:end]`` of the document, and the meeting's name."""

    start: int
    end: int
    iso: str
    name: str
    also: tuple[str, ...] = ()  # further days that the title gives: « réunions du 18 et 25 février »


@dataclass(frozen=True, slots=True)
class FrontDates:
    """`meeting`: the date that a title gives a meeting. `date`: the page's day, where the page is of a meeting too.

    `year`: of dates without theirs, from the title first.
    """

    meeting: FrontDate | None = None
    date: FrontDate | None = None
    year: str = ""


def front_dates(text: str, language: str, words: Words) -> FrontDates:
    """The dates of the front matter; nothing where the text has none."""
    fields = front_matter(text)
    titles = [v for key in _TITLES for v in fields.get(key, [])]
    days = [v for key in _DATES for v in fields.get(key, [])]
    title = titles[0].text if titles else ""
    held = any(announced_status(key, language) for key in fields)
    titled = next((d for v in titles for d in _dates(v, title, words)), None)
    named = words.last_noun(flat(title), day=titled is not None) >= 0 or words.reports(flat(title))
    day = next((d for v in days for d in _dates(v, title, words)), None)
    if day and named and not titled:
        titled = next((d for v in titles for d in _days_before(v, title, words, day.iso)), None)
    first = titled or day
    year = first.iso[:4] if first else ""
    return FrontDates(titled if named or held else None, day if held or named else None, year)


def _dates(value: Value, title: str, words: Words) -> list[FrontDate]:
    year = lone_year(value.text)  # « Assemblée générale 2026 - 9 avril »
    return [
        FrontDate(value.start + d.start, value.start + d.end, d.iso, _name(title, words), d.also)
        for d in (with_year(d, year) if year else d for d in find_dates(_day_only(value.text)))
        if d.whole
    ]


def _days_before(value: Value, title: str, words: Words, page: str) -> list[FrontDate]:
    """A day and month in figures behind a noun of meeting: the last such day before that of the page."""
    found = []
    for m in _DAY_AND_MONTH.finditer(value.text):
        iso = _last_before(int(m["day"]), int(m["month"]), page)
        if iso and words.last_noun(flat(value.text)[: m.start()]) >= 0:
            name = words.clean_name(value.text[: m.start()]) or title
            found.append(FrontDate(value.start + m.start(), value.start + m.end(), iso, name))
    return found


def _last_before(day: int, month: int, page: str) -> str:
    year = int(page[:4])
    for each in (year, year - 1):
        try:
            iso = date(each, month, day).isoformat()
        except ValueError:
            continue
        if iso <= page:
            return iso
    return ""


def _day_only(text: str) -> str:
    """« 2021-03-24T12:54:01Z » without its hour: same length, so that places hold."""
    return text.replace("T", " ", 1) if text[:4].isdigit() else text


def _name(title: str, words: Words) -> str:
    found = find_dates(title)
    name = words.clean_name(title[: found[0].start]) if found and found[0].start > 4 else ""
    return name or title
