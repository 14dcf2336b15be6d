"""Explained paths: how two things are linked, with the sentence behind each step.

A hop costs 1 + ln(degree of the thing entered), so that a path through a hub, which explains little, comes last. The k
paths differ in at least one inner thing (Yen's algorithm over an A* search that asks the store for one neighbourhood
at a time, never for the graph).

References: J. Y. Yen, Finding the k shortest loopless paths in a network, Management Science 17 (1971).
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise
from math import log

from graph.errors import NotFound
from graph.model import Filter, Hop, Path
from graph.questions.ranking import folded_label
from graph.store.base import NO_FILTER, Store
from ontology import load

MOST_EXPANDED = 400  # neighbourhoods asked of the store per call; beyond, what is known decides
MOST_NEIGHBOURS = 2_000  # of a hub, the strongest; a path through its weaker ones costs more than ln of as many
MOST_TRIED = 40  # paths looked at before giving up on more that differ
LEAST_INNER = 1 + log(2)  # an inner thing has at least two neighbours: the bound that steers the search

Trail = tuple[str, ...]


def explained_paths(
    store: Store, a: str, b: str, k: int = 3, where: Filter = NO_FILTER, max_hops: int = 5
) -> list[Path]:
    """Up to `k` cheapest paths between two things, each hop with its sentence; empty where there is none.

    Parameters: `a`, `b` ids of things; `max_hops` the longest path. Inner things are of the roles thing and statement.
    Raises NotFound for an id that answers to nothing.
    """
    found = store.things([a, b])
    for asked in (a, b):
        if asked not in found:
            raise NotFound(asked)
    start, end = found[a].id, found[b].id
    if start == end or k < 1:
        return []
    search = _Search(store, end, where)
    trails = _distinct(search, start, max_hops, k)
    return [_explain(store, search.cost(trail), trail, where) for trail in trails]


def _explain(store: Store, cost: float, trail: Trail, where: Filter) -> Path:
    things = store.things(trail)
    hops: list[Hop] = []
    for one, other in pairwise(trail):
        hops += store.why(one, other, where, limit=1)
    return Path(round(cost, 6), tuple(things[id_] for id_ in trail), tuple(hops))


def _distinct(search: _Search, start: str, max_hops: int, k: int) -> list[Trail]:
    chosen: list[Trail] = []
    inner: set[frozenset[tuple[str, str]]] = set()
    for trail in _cheapest(search, start, max_hops):
        # By their words, not their ids: the same proposal in two copies of a map explains nothing more.
        things = search.store.things(trail[1:-1]).values()
        between = frozenset((thing.kind, folded_label(thing.label)) for thing in things)
        if between not in inner:
            inner.add(between)
            chosen.append(trail)
        if len(chosen) == k:
            break
    return chosen


def _cheapest(search: _Search, start: str, max_hops: int) -> Iterator[Trail]:
    """Yen: loopless trails in order of cost, then ids."""
    first = search.best((start,), max_hops, frozenset())
    waiting: list[tuple[float, Trail]] = [(search.price(first), first)] if first else []
    known, done = {first}, list[Trail]()
    while waiting and len(done) < MOST_TRIED:
        _, trail = heappop(waiting)
        done.append(trail)
        yield trail
        for at in range(len(trail) - 1):
            root = trail[: at + 1]
            closed = frozenset(t[at + 1] for t in done if t[: at + 1] == root)
            other = search.best(root, max_hops, closed)
            if other and other not in known:
                known.add(other)
                heappush(waiting, (search.price(other), other))


class _Search:
    """A* towards one end; neighbourhoods and degrees are asked of the store once."""

    def __init__(self, store: Store, end: str, where: Filter) -> None:
        self.store, self.end, self.where = store, end, where
        self.inner_kinds = load().of_role("thing", "statement")
        self.steps: dict[str, tuple[str, ...]] = {}
        self.degree: dict[str, int] = store.degrees([end], where)
        self.before_end = {link.b for link in store.neighbours(end, (), where, limit=MOST_NEIGHBOURS)}

    def entry(self, id_: str) -> float:
        return 1 + log(max(self.degree.get(id_, 1), 1))

    def cost(self, trail: Trail) -> float:
        return sum(self.entry(id_) for id_ in trail[1:])

    def price(self, trail: Trail) -> float:
        """The cost rounded, so that equal sums taken in another order are equal."""
        return round(self.cost(trail), 9)

    def best(self, root: Trail, max_hops: int, closed: frozenset[str]) -> Trail | None:
        """The cheapest trail that begins with `root`, does not go on to any of `closed`, and ends at the end."""
        waiting = [(self._bound(root), root)]
        fewest: dict[str, int] = {}
        while waiting:
            _, trail = heappop(waiting)
            last, hops = trail[-1], len(trail) - 1
            if last == self.end:
                return trail
            if fewest.get(last, max_hops + 1) <= hops or hops >= max_hops:
                continue
            fewest[last] = hops
            for following in self._onward(last, only_end=hops + 1 == max_hops):
                if following not in trail and not (trail == root and following in closed):
                    longer = (*trail, following)
                    heappush(waiting, (self._bound(longer), longer))
        return None

    def _bound(self, trail: Trail) -> float:
        last = trail[-1]
        rest = 0.0 if last == self.end else self.entry(self.end)
        if last != self.end and last not in self.before_end:
            rest += LEAST_INNER
        return round(self.cost(trail) + rest, 9)

    def _onward(self, id_: str, *, only_end: bool) -> tuple[str, ...]:
        end = (self.end,) if id_ in self.before_end else ()
        if only_end:
            return end
        if id_ not in self.steps:
            if len(self.steps) >= MOST_EXPANDED:
                return end
            self.steps[id_] = self._ask(id_)
        return (*end, *self.steps[id_])

    def _ask(self, id_: str) -> tuple[str, ...]:
        links = self.store.neighbours(id_, self.inner_kinds, self.where, limit=MOST_NEIGHBOURS)
        found = tuple(link.b for link in links if link.b != self.end)
        self.degree |= self.store.degrees([f for f in found if f not in self.degree], self.where)
        return found
