"""Several meetings that are one: what their documents are then said to report, and where that is plain. Pure.

A forum whose tables each have a title is read as a meeting per table. That it is one is said of its documents, as any
description of a document is: what was published of them stays published, and nothing else is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.course.meetings import Meeting, known_date, places_apart
from graph.decided import described
from graph.errors import DecisionError
from graph.model import Decision, DecisionKind, SourceInfo, Visibility
from graph.text import key

SAME_PLACE, SAME_SERIES = "same_place", "same_series"
_WHOLE_DATE = len("2026-03-18")
_FEWEST_WORDS = 2  # of a header that two meetings share: « Atelier » is that of any two
# What is written of meetings of any series: « Conseil municipal – … » of two communes on one day are two meetings.
_ANY = frozenset(
    """compte rendu proces verbal releve note synthese reunion seance conseil municipal municipale communautaire
    assemblee general generale comite commission atelier rencontre forum debat plenier pleniere public publique
    minute report meeting session council workshop town hall""".split()
)
_TITLE_AFTER = re.compile(r"\s*(?:[:|/–—]|\s-\s|\bn[°º]|\b(?:table|atelier|groupe|salle|sous-groupe|session)\s)", re.I)


@dataclass(frozen=True, slots=True)
class Same:
    """Meetings that may be one; the first is the one with most documents. `reasons` are keys of the catalogue."""

    meetings: tuple[Meeting, ...]
    reasons: tuple[str, ...]


def said_of(found: Sequence[Meeting]) -> dict[str, dict[str, str]]:
    """What to say of each document, by source, for these meetings to be one under the name and date of the first.

    A first without a date takes the first known one, of what is published where anything is. Raises DecisionError
    where participants would read a name that is of drafts only.
    """
    if len({meeting.id for meeting in found}) < 2:
        raise DecisionError("these are one meeting already")
    kept = found[0]
    if not _seen(kept) and any(map(_seen, found)):
        raise DecisionError("the meeting that is kept is a draft, and another one is published: keep its name instead")
    day = _day([info for meeting in found for info in meeting.sources])
    # Without a day that may be said, documents keep theirs as long as it does not part them.
    dated = {"date": day} if day or len({meeting.said for meeting in found} - {""}) > 1 else {}
    return {info.id: {"meeting": kept.name, **dated} for meeting in found for info in meeting.sources}


def _day(infos: Sequence[SourceInfo]) -> str:
    """The first known date; that of a draft is not said of what is published."""
    shown = [info for info in infos if info.visibility == Visibility.PUBLISHED] or infos
    return next((day for info in shown if (day := known_date(info.date)[0])), "")


def _seen(meeting: Meeting) -> bool:
    return meeting.published or meeting.partly


def keepable(found: Sequence[Meeting]) -> list[Meeting]:
    """Those whose name the whole may have: the published ones where there are any."""
    return [meeting for meeting in found if _seen(meeting)] or list(found)


def apart(found: Sequence[Meeting]) -> dict[str, dict[str, str]]:
    """What to say again of each document, by source, for these meetings to be proposed as one no more: its meeting."""
    return {info.id: {"meeting": info.meeting} for meeting in found for info in meeting.sources}


def named_by_people(found: Iterable[Meeting], log: Iterable[Decision]) -> frozenset[str]:
    """The ids of the meetings whose name people said of each of their documents."""
    said = [d for d in log if d.kind == DecisionKind.DESCRIBE]
    return frozenset(m.id for m in found if said and all(_is_named(info, said) for info in m.sources))


def _is_named(info: SourceInfo, said: Sequence[Decision]) -> bool:
    names = [d.value.get("meeting") for d in described.of_source(said, info.id, info.document)]
    return info.meeting in names[-1:]


def proposed(found: Iterable[Meeting], settled: Collection[str] = ()) -> list[Same]:
    """Meetings of one whole day that have their place, or the beginning of their names, in common.

    Nobody is asked of those whose ids are all `settled`: people said the name of each.
    """
    return [same for same in _proposed(found) if not {meeting.id for meeting in same.meetings} <= set(settled)]


def _proposed(found: Iterable[Meeting]) -> list[Same]:
    by_day: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in found:
        if len(meeting.date) == _WHOLE_DATE:
            by_day[meeting.date].append(meeting)
    return [same for own in by_day.values() for same in _of_one_day(own)]


def _of_one_day(own: Sequence[Meeting]) -> Iterator[Same]:
    """The groups of a day, each meeting in one only."""
    group = {meeting.id: frozenset([meeting.id]) for meeting in own}
    why: dict[str, set[str]] = defaultdict(set)
    for reason, alike in (*_by_header(own), *_by_place(own)):
        whole = frozenset[str]().union(*(group[meeting.id] for meeting in alike))
        group |= dict.fromkeys(whole, whole)
        for meeting in alike:
            why[meeting.id].add(reason)
    by_id = {meeting.id: meeting for meeting in own}
    for ids in dict.fromkeys(group.values()):
        if len(ids) > 1:
            first = sorted((by_id[id_] for id_ in ids), key=lambda m: (not _seen(m), -len(m.sources), m.name, m.id))
            yield Same(tuple(first), tuple(sorted(set().union(*(why[id_] for id_ in ids)))))


def _by_header(own: Sequence[Meeting]) -> Iterator[tuple[str, list[Meeting]]]:
    named: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in own:
        if beginning := header(meeting.name):
            named[beginning].append(meeting)
    return ((SAME_SERIES, alike) for alike in named.values() if len(alike) > 1)


def _by_place(own: Sequence[Meeting]) -> Iterator[tuple[str, list[Meeting]]]:
    """Meetings whose place is the same, or a shorter wording of it; one held at several places says nothing."""
    held: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in own:
        if meeting.place and " ; " not in meeting.place:
            held[meeting.place].append(meeting)
    for place in places_apart(place for place, at in held.items() for _ in at):
        alike = [m for other, at in held.items() if len(places_apart([place, other])) == 1 for m in at]
        if len(alike) > 1:
            yield SAME_PLACE, alike


def header(name: str) -> str:
    """The words of a name before the title of one of its parts; "" where they are too few to say which series.

    >>> header("Forum des habitants – Table 3 : se déplacer") == header("Forum des habitants : vieillir ici")
    True
    >>> header("Atelier : se déplacer"), header("Conseil municipal – Arvor")
    ('', '')
    """
    said = key(_TITLE_AFTER.split(name, maxsplit=1)[0])
    found = said.split()
    return said if len(found) >= _FEWEST_WORDS and not _ANY.issuperset(found) else ""
