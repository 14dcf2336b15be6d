"""Two parts of a corpus side by side: two periods, meetings or territories, and what is said more in one of them.

Reference: T. Dunning, Accurate methods for the statistics of surprise and coincidence (1993), for the log-likelihood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from graph.model import Filter, Hop, Thing
from graph.store.base import NO_FILTER, Store

MOST = 2_000  # things of one part
SURE = 3.84  # log-likelihood above which chance gives such a difference less than once in twenty


@dataclass(frozen=True, slots=True)
class Part:
    """One side: a `meeting`, a `territory` (id), or else a period (ISO days, both included)."""

    meeting: str = ""
    territory: str = ""
    since: str = ""
    until: str = ""

    def within(self, where: Filter) -> Filter | None:
        """The filter that keeps this part of what another keeps; None where nothing can be in both."""
        if self.meeting and where.meeting not in {"", self.meeting}:
            return None
        since, until = max(self.since, where.since), min(filter(None, (self.until, where.until)), default="")
        if since and until and since > until:
            return None
        return replace(where, meeting=self.meeting or where.meeting, since=since, until=until)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: how often each part says it, of `totals` in each; `surprise` is positive where the first says more."""

    thing: Thing
    first: int
    second: int
    surprise: float

    @property
    def sure(self) -> bool:
        return abs(self.surprise) >= SURE


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, the most different first, and how much each part says in all."""

    rows: tuple[Row, ...]
    totals: tuple[int, int]


def compare(
    store: Store, one: Part, other: Part, kinds: Sequence[str] = ("theme",), where: Filter = NO_FILTER
) -> Comparison:
    """How often each thing of these kinds is said in both parts: mentions, or passages shared with a territory."""
    first, second = _counts(store, one, kinds, where), _counts(store, other, kinds, where)
    totals = sum(n for _, n in first.values()), sum(n for _, n in second.values())
    things = {id_: thing for counts in (first, second) for id_, (thing, _) in counts.items()}
    rows = [_row(thing, _count(first, id_), _count(second, id_), totals) for id_, thing in things.items()]
    rows.sort(key=lambda r: (-abs(r.surprise), -(r.first + r.second), r.thing.label, r.thing.id))
    return Comparison(tuple(rows), totals)


Counts = Mapping[str, tuple[Thing, int]]


def _count(counts: Counts, id_: str) -> int:
    return counts[id_][1] if id_ in counts else 0


def _row(thing: Thing, first: int, second: int, totals: tuple[int, int]) -> Row:
    return Row(thing, first, second, surprise(first, second, *totals))


def surprise(first: int, second: int, of_first: int, of_second: int) -> float:
    """Signed log-likelihood of a difference between two counts, each of a total.

    >>> round(surprise(20, 5, 100, 100), 2), surprise(5, 5, 100, 100)
    (9.64, 0.0)
    """
    together, total = first + second, of_first + of_second
    if not together or not of_first or not of_second:
        return 0.0
    found = 0.0
    for n, size in ((first, of_first), (second, of_second)):
        if n:
            found += 2 * n * log(n * total / (size * together))
    found = max(found, 0.0)  # rounding
    return found if first * of_second >= second * of_first else -found


def _counts(store: Store, part: Part, kinds: Sequence[str], where: Filter) -> Counts:
    within = part.within(where)
    if within is None:
        return {}
    if part.territory:
        links = store.neighbours(part.territory, kinds, within, limit=MOST)
        things = store.things(link.b for link in links)
        return {link.b: (things[link.b], link.passages) for link in links if link.b in things}
    return {thing.id: (thing, thing.evidence_count) for thing in store.rows(kinds, within, limit=MOST)}


def said(store: Store, part: Part, thing: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
    """The sentences behind one number of a row."""
    within = part.within(where)
    if within is None:
        return []
    if part.territory:
        return store.why(part.territory, thing, within, limit=limit)
    return list(_hops(store, thing, within, limit))


def _hops(store: Store, thing: str, within: Filter, limit: int) -> Iterator[Hop]:
    for m in store.evidence(thing, within, limit=limit):
        yield Hop(thing, thing, "mentions", m.source, m.start, m.end, m.quote, m.confidence)
