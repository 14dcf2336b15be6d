"""Dates of meetings in tables, under the heading of an agenda, in brackets behind a name."""

from __future__ import annotations

import re

from ingest.document import Block, BlockKind, Document
from ingest.extract.facts.dates import FoundDate, find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_words import Words

MAX_NAME = 90  # characters of what stands beside a date of an agenda
MAX_HEADING = 160
MAX_BEFORE_DAY = 12  # « Le samedi » before a day at the head of a line
LEAST_CHRONICLE = 3  # headings that begin with a whole date make a text a chronicle
MAX_CELLS = 40  # of a row: a wider one is no agenda
_WEEKDAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:[A-ZÀ-Ý«][^().:;!?]{3,80})\s\($")


def in_row(document: Document, block: Block, found: FoundDate, dated: FoundDate, words: Words) -> float:
    """How surely a date in a table is a meeting's: its column or row names one, or the table is an agenda."""
    cells = block.attributes.get("cells", [])
    if len(cells) > MAX_CELLS:
        return 0.0
    at = block.span(found.start, found.end)[0]
    own = next((n for n, (_, a, b) in enumerate(cells) if a <= at < b), -1)
    if own < 0 or not dated.whole or block.attributes.get("header"):
        return 0.0
    names = [flat(name).strip(" .:*_") for name, _, _ in cells]
    if words.deadlines.search(names[own]) or any(words.tasks.fullmatch(name) for name in names):
        return 0.0
    if words.last_noun(names[own]) >= 0:
        return 0.75
    others = [flat(document.text[a:b]).strip(" *_") for n, (_, a, b) in enumerate(cells) if n != own and b > a]
    met = any(words.meeting_columns.fullmatch(name) for name in names)
    listed = met or in_agenda(document, block, words)
    placed = any(words.place_columns.fullmatch(name) for name in names)
    if any(words.opens(cell) for cell in others[:2]) and (listed or placed):
        return 0.75
    return 0.6 if others and listed and found.whole else 0.0


def in_agenda(document: Document, block: Block, words: Words) -> bool:
    """Whether a block stands under a heading such as « Dates à retenir », "Diary dates"."""
    heading = document.heading_of(block)
    if heading is None or len(heading.label) > MAX_HEADING:
        return False
    return heading is not block and words.agendas.search(flat(heading.label)) is not None


def is_named(label: str, found: FoundDate) -> bool:
    """Whether something short stands beside the date: what the agenda says of that day."""
    if len(label) > MAX_NAME + MAX_HEADING:
        return False
    beside = f"{label[: found.start]} {label[found.end :]}"
    return len(beside) <= MAX_NAME and bool(re.search(r"[^\W\d_]{4}", beside))


def in_bracket(label: str, found: FoundDate, words: Words) -> bool:
    """« … au Grand Bal (samedi 3 mai 2024) »: a day of the week in a bracket of its own behind a name."""
    if label[found.end : found.end + 1] != ")" or not _WEEKDAY.match(label, found.start):
        return False
    name = _NAME_BEFORE.search(label[max(0, found.start - MAX_NAME) : found.start])
    return name is not None and not words.tells(flat(name.group()))


def item_over(document: Document, block: Block, words: Words) -> Block | None:
    """The item of a list that a line stands under, « Date : » apart."""
    above = document.blocks[block.parent] if block.parent is not None else None
    if above is None or above.kind is not BlockKind.BULLET or len(above.label) > MAX_HEADING:
        return None
    return None if flat(above.label).strip(" :*_") in words.date_keys else above


def names_meeting(item: Block, words: Words) -> bool:
    """« Fête des voisins », and below it « 29 mai 2026 »; no sentence that tells, nothing with a deadline."""
    said = flat(item.label)
    return words.last_noun(said, day=True) >= 0 and not words.refuses(said) and not words.tells(said)


def in_chronicle(document: Document, block: Block, found: FoundDate) -> bool:
    """Whether a heading is one of several that begin with a day: « 20 octobre 2018 : le composteur est arrivé »."""
    if block.kind is not BlockKind.HEADING or found.start > MAX_BEFORE_DAY or not is_named(block.label, found):
        return False
    days = 0
    for other in document.leaves():
        if other.kind is BlockKind.HEADING and other.level == block.level:
            days += any(d.whole and d.start <= MAX_BEFORE_DAY for d in find_dates(other.label[:MAX_HEADING])[:1])
        if days >= LEAST_CHRONICLE:
            return True
    return False
