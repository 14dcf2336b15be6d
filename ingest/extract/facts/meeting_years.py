"""The year of a meeting's day that the text gives without it: from a title, a heading, the other days of the text."""

from __future__ import annotations

from datetime import date

from ingest.document import Block, BlockKind, Document
from ingest.extract.facts.dates import FoundDate, find_dates, lone_year, with_year
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_words import Words

CUE_REACH = 160  # characters before a date in which a noun of meeting names it
MOST_AHEAD = 240  # days from the meeting that a text reports to one that it tells without announcing it


def year_of_title(leaves: list[Block]) -> str:
    """« Assemblée générale 2017 »: the one year of a title that heads the text, for dates that have none."""
    title = leaves[0].label if leaves and leaves[0].kind is BlockKind.HEADING else ""
    return lone_year(title)


def year_of_heading(document: Document, block: Block) -> str:
    """« Mars 2021 » over « le samedi 20 mars »: the year of the nearest heading with a month in it, no title."""
    above = block if block.kind is BlockKind.HEADING else document.heading_of(block)
    while above is not None and above.order:
        told = {d.iso[:4] for d in find_dates(above.label) if not d.iso.startswith("--")}
        if told:
            return told.pop() if len(told) == 1 else ""
        above = document.heading_of(above)
    return ""


def of_else(block: Block, found: FoundDate, words: Words) -> bool:
    """« (loi du 1er juillet 1901) », « depuis le 14 mai 1998 »: a date that is not of these days."""
    before = flat(block.label)[max(0, found.start - CUE_REACH) : found.start]
    return words.refuses(before) or before.count("(") > before.count(")")


def year_ahead(leaves: list[Block], words: Words) -> str:
    """« Réunion du 12 mars », and further down « du 14 mai 2024 »: the one year of all whole dates of a text."""
    years = {d.iso[:4] for block in leaves for d in find_dates(block.label) if d.whole and not of_else(block, d, words)}
    return years.pop() if len(years) == 1 else ""


def with_its_year(found: FoundDate, year: str, first: str, *, announced: bool) -> FoundDate:
    """The date with its year: that of the text; the next one where an earlier month is announced, the one before
    where « la réunion du 3 décembre » is told in January. `first`: the first day of a meeting read, or ""."""
    own = with_year(found, year) if year else found
    if own is found or not first:
        return own
    if announced:
        return with_year(found, str(int(year) + 1)) if own.iso < first else own
    return with_year(found, str(int(year) - 1)) if _days_between(first, own.iso) > MOST_AHEAD else own


def _days_between(first: str, last: str) -> int:
    if len(first) < 10 or len(last) < 10:
        return 0
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
