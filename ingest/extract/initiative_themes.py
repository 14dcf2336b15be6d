"""What initiatives serve: the themes that their own words name, and those of a column that lists them.

Runs after the themes. Addresses and names of bodies speak of no theme: « rue » is no traffic, « médiathèque » as the
name of who runs it no culture. A theme of the column that no rule has found is appended to the themes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from graph.text import key
from ingest.extract.reading import Initiative, Reading, Relation, Span, Theme

RULE = "initiatives.themes@1"
SPEAKING = ("name", "type", "description", "themes")
MAX_THEMES = 6
MAX_LABEL = 60  # characters of a listed theme
_BETWEEN = re.compile(r"[^,;|/]+")
_At = tuple[int, int, str]  # start, end, theme


def run(reading: Reading) -> None:
    """Append an `about` relation from each initiative to each theme it serves."""
    if not reading.initiatives:
        return
    by_name = {key(name): theme for theme in reversed(reading.themes) for name in (*theme.aliases, theme.label)}
    said = {(theme.id, m.start) for theme in reading.themes for m in theme.mentions}
    listed = [(x, start, end) for x in reading.initiatives if "themes" in x.cells for start, end in _listed(reading, x)]
    for _, start, end in listed:
        _add(reading, by_name, start, end, said)
    mentions = sorted((m.start, m.end, theme.id) for theme in reading.themes for m in theme.mentions)
    for initiative in reading.initiatives:
        at = Span(initiative.at.start, initiative.at.end, RULE, 0.8)
        for theme in _served(initiative, mentions):
            reading.relations.append(Relation(initiative.id, "about", theme, at))


def _listed(reading: Reading, initiative: Initiative) -> Iterable[tuple[int, int]]:
    first, last = initiative.cells["themes"]
    for part in _BETWEEN.finditer(reading.slice(first, last)):
        label = part[0].strip(" \t\"'")
        if label and len(label) <= MAX_LABEL:
            start = first + part.start() + part[0].index(label)
            yield start, start + len(label)


def _add(reading: Reading, by_name: dict[str, Theme], start: int, end: int, said: set[tuple[str, int]]) -> None:
    """The theme that a cell lists: one that is there already gets a mention more, else it is one more theme."""
    label, span = " ".join(reading.slice(start, end).split()), Span(start, end, RULE, 0.95)
    known = by_name.get(key(label))
    if known is None:
        known = by_name[key(label)] = Theme(reading.new_id("t"), label)
        reading.themes.append(known)
    if (known.id, start) not in said:
        known.mentions.append(span)


def _served(initiative: Initiative, mentions: list[_At]) -> list[str]:
    """The themes named in the cells that speak of what the initiative is, in the order of those cells."""
    found: dict[str, None] = {}
    for role in SPEAKING:
        if role in initiative.cells:
            start, end = initiative.cells[role]
            for at in range(bisect_left(mentions, (start, 0, "")), len(mentions)):
                if mentions[at][0] >= end:
                    break
                found.setdefault(mentions[at][2])
    return list(found)[:MAX_THEMES]
