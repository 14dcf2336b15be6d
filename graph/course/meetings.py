"""The meetings of a store: sources of one name and one day, in order, with what is doubtful about their dates. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.errors import NotFound
from graph.model import Filter, SourceInfo, Thing, Visibility, make_id
from graph.store.base import NO_FILTER, Store
from graph.text import fold, key, natural

FIRST_YEAR, LAST_YEAR = 1900, 2100  # a day outside was misread, or mistyped
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
NO_DATE, NOT_A_DATE, FAR, SAME_DAY, PLACES = "no_date", "not_a_date", "far", "same_day", "places"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting and the documents that report it.

    `date` is an ISO day or the part of it that is known ("2026-03"), empty where `said` (the date as it was stored) is
    none. `place` holds all that its documents give, parted by " ; ". `doubts` are keys of the catalogue: "no_date",
    "not_a_date", "far", "same_day", "places".
    """

    id: str
    name: str
    date: str
    said: str
    place: str
    sources: tuple[SourceInfo, ...]
    filters: tuple[Filter, ...]
    doubts: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        return all(info.visibility == Visibility.PUBLISHED for info in self.sources)

    @property
    def partly(self) -> bool:
        """Whether some of its documents are published and others are not."""
        return not self.published and any(info.visibility == Visibility.PUBLISHED for info in self.sources)


def known_date(said: str) -> tuple[str, str]:
    """The date that can be used and the doubt about it.

    >>> known_date("2026-03-18"), known_date("20260318"), known_date("2026-03"), known_date("2026-02-31")
    (('2026-03-18', ''), ('2026-03-18', ''), ('2026-03', ''), ('', 'not_a_date'))
    """
    if not said:
        return "", NO_DATE
    partial = _PARTIAL.fullmatch(said)
    try:
        day = date(int(partial[1]), int(partial[2] or 1), 1) if partial else date.fromisoformat(said)
    except ValueError:
        return "", NOT_A_DATE
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return "", FAR
    return (said if partial else day.isoformat()), ""


def meetings(infos: Iterable[SourceInfo], where: Filter = NO_FILTER) -> list[Meeting]:
    """The meetings in order of date, those without one last. `where` is kept in the filters of each.

    A document without a date joins the meeting of its name where there is one day only.
    """
    named: dict[str, list[SourceInfo]] = defaultdict(list)
    for info in infos:
        if info.meeting:
            named[info.meeting].append(info)
    found = [made for name, own in named.items() for made in _of_one_name(name, own, where)]
    found.sort(key=lambda m: (not m.date, m.date, fold(m.name), m.id))
    return _with_same_days(found)


def _of_one_name(name: str, infos: Sequence[SourceInfo], where: Filter) -> list[Meeting]:
    days = sorted({info.date for info in infos if info.date})
    if len(days) <= 1:
        return [_meeting(name, days[0] if days else "", infos, (replace(where, meeting=name),))]
    out = []
    for day in ("", *days):
        own = [info for info in infos if info.date == day]
        if own:
            out.append(_meeting(name, day, own, _filters(name, day, own, where)))
    return out


def _filters(name: str, day: str, own: Sequence[SourceInfo], where: Filter) -> tuple[Filter, ...]:
    """No filter says « without a date »: such documents are asked for one by one."""
    if day:
        return (replace(where, meeting=name, since=day, until=day),)
    return tuple(replace(where, source=info.id) for info in own)


def _meeting(name: str, said: str, infos: Sequence[SourceInfo], filters: tuple[Filter, ...]) -> Meeting:
    day, doubt = known_date(said)
    places = places_apart(info.place for info in infos)
    doubts = tuple(told for told in (doubt, PLACES if len(places) > 1 else "") if told)
    ordered = tuple(sorted(infos, key=lambda i: (natural(i.name), i.id)))
    place = " ; ".join(places)
    return Meeting(make_id("meeting", name, said), name, day, said, place, ordered, filters, doubts)


def places_apart(said: Iterable[str]) -> list[str]:
    """The places among some wordings, the most said first; of two where one has all words of the other, the first.

    >>> places_apart(["Salle des fêtes", "Salle des fêtes, Orvance", "Mairie", "la mairie", ""])
    ['Salle des fêtes', 'Mairie']
    """
    counted = Counter(place for place in said if place).most_common()
    words = {place: frozenset(key(place).split()) or frozenset([place]) for place, _ in counted}
    common = Counter(word for own in words.values() for word in own)
    kept: list[str] = []
    holding: dict[str, set[int]] = defaultdict(set)  # the kept places that have a word, by their numbers
    within: dict[str, list[frozenset[str]]] = defaultdict(list)  # their words, by the rarest of them
    for place, own in words.items():
        narrower = set.intersection(*sorted((holding[word] for word in own), key=len))
        if narrower or any(other <= own for word in own for other in within[word]):
            continue
        for word in own:
            holding[word].add(len(kept))
        within[min(own, key=lambda word: (common[word], word))].append(own)
        kept.append(place)
    return kept


def told_apart(day: str, places: Iterable[str]) -> str:
    """What the report of an import says of a meeting that is held at several places."""
    said = ", ".join(f"« {place} »" for place in places)
    return f"{day}: one day of meeting, at several places: {said}; kept as one meeting with all of them"


def _with_same_days(found: Sequence[Meeting]) -> list[Meeting]:
    by_day: dict[str, int] = defaultdict(int)
    for meeting in found:
        by_day[meeting.date] += 1
    # Only whole days: two meetings of « 2026-03 » may lie weeks apart.
    return [replace(m, doubts=(*m.doubts, SAME_DAY)) if len(m.date) == 10 and by_day[m.date] > 1 else m for m in found]


def named_meetings(store: Store, asked: str, day: str = "") -> list[Meeting]:
    """The meetings with this name (or id), of this day where one is given. Raises NotFound."""
    wanted = fold(asked).strip()
    found = [m for m in meetings(store.sources()) if m.id == asked or fold(m.name).strip() == wanted]
    found = [m for m in found if not day or m.said == day]
    if not found:
        raise NotFound(f"{asked} {day}".strip())
    return found


def things_of(
    store: Store, meeting: Meeting, kinds: Sequence[str], *, limit: int = 500, visibility: Visibility | None = None
) -> list[Thing]:
    """What was said in a meeting, with its counts there, most said first."""
    found: dict[str, Thing] = {}
    for where in meeting.filters:
        own = replace(where, visibility=visibility) if visibility else where
        for thing in store.rows(kinds, own, limit=limit):
            found[thing.id] = _summed(found[thing.id], thing) if thing.id in found else thing
    return sorted(found.values(), key=lambda t: (-t.evidence_count, fold(t.label), t.id))[:limit]


def _summed(one: Thing, other: Thing) -> Thing:
    return replace(
        one,
        evidence_count=one.evidence_count + other.evidence_count,
        source_count=one.source_count + other.source_count,
        confidence=max(one.confidence, other.confidence),
    )


def counts_of(store: Store, series: Sequence[Meeting], kinds: Sequence[str]) -> list[dict[str, int]]:
    """How many things of each of these kinds were said in each of these meetings."""
    whole = [meeting for meeting in series if len(meeting.filters) == 1]
    found = store.count_within(kinds, [meeting.filters[0] for meeting in whole])
    of_whole = {
        meeting.id: {kind: own.get(kind, 0) for kind in kinds} for meeting, own in zip(whole, found, strict=True)
    }
    return [of_whole.get(meeting.id) or _listed(store, meeting, kinds) for meeting in series]


def count_of(store: Store, meeting: Meeting, kind: str) -> int:
    """How many things of a kind were said in a meeting."""
    return counts_of(store, [meeting], [kind])[0][kind]


def _listed(store: Store, meeting: Meeting, kinds: Sequence[str]) -> dict[str, int]:
    """The same where no one filter says the meeting: what several leave is counted once."""
    return {kind: len(things_of(store, meeting, [kind], limit=10_000)) for kind in kinds}
