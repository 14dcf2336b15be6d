"""Whom a statement is for or about: the groups that it names, but in passing."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.extract.reading import Reading, Statement
from ingest.extract.said.makers import speaker_end
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.wording import pattern, spaced

MAX_CONCERNED = 6
MAX_LEAD = 30  # characters before a group that tell what it is there for


def concerned(reading: Reading, people: ByPlace, statement: Statement) -> list[str]:
    """The ids of the groups that a statement concerns, in the order of its words."""
    named = people.within(statement.at.start, statement.at.end)
    groups = [m.id for m in named if m.kind == "group" and not _in_passing(reading, statement, m, named)]
    return [g for g in dict.fromkeys(groups) if g not in statement.made_by][:MAX_CONCERNED]


def _in_passing(reading: Reading, statement: Statement, group: Mentioned, named: Iterable[Mentioned]) -> bool:
    """Whether a group is said as a place or a circumstance, as who asks, or within the name of something else."""
    if any(m.kind != "group" and m.start <= group.start and group.end <= m.end for m in named):
        return True
    language = reading.document.language
    before = spaced(reading.slice(max(0, group.start - MAX_LEAD), group.start))
    place = pattern(language, "makers", "places").fullmatch(spaced(reading.slice(group.start, group.end)))
    beside = pattern(language, "makers", "beside_places" if place else "beside_groups").search(before)
    return beside is not None or _asks(reading, statement, group)


def _asks(reading: Reading, statement: Statement, group: Mentioned) -> bool:
    """« Une habitante : Pourquoi … ? »; « Le logement des jeunes : faut-il … ? » names whom it is for."""
    ahead = reading.slice(statement.at.start, group.start)
    labelled = group.end <= statement.at.start + speaker_end(statement.text)
    return statement.kind == "question" and labelled and len(ahead.split()) <= 1
