"""Explained paths: how two things are linked, with the sentence behind each step.

A hop costs 1 + ln(degree of the thing entered), so that a path through a hub, which explains little, comes last. The k
paths differ in at least one inner thing (Yen's algorithm over the A* search of graph.questions.trails).

References: J. Y. Yen, Finding the k shortest loopless paths in a network, Management Science 17 (1971).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import TypeAlias

from graph.errors import NotFound
from graph.model import Filter, Path
from graph.questions.ranking import folded_label
from graph.questions.trails import Search, Trail
from graph.store.base import NO_FILTER, Store

MOST_TRIED = 40  # paths looked at before giving up on more that differ
MOST_NAMED = 16  # things asked for beside those of a path, which the next ones may lead through

# What it costs at the least, whether it is a whole trail or the beginning of one, and what may not come after that.
Waiting: TypeAlias = tuple[float, bool, Trail, tuple[str, ...]]


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
    search = Search(store, end, where)
    trails = _distinct(search, start, max_hops, k)
    return _explained(store, {trail: search.cost(trail) for trail in trails}, where)


def _explained(store: Store, costs: dict[Trail, float], where: Filter) -> list[Path]:
    """The things and the sentences of all trails, each asked for once."""
    if not costs:
        return []
    things = store.things(dict.fromkeys(id_ for trail in costs for id_ in trail))
    whys = store.whys(list(dict.fromkeys(pair for trail in costs for pair in pairwise(trail))), where, limit=1)
    return [
        Path(
            round(cost, 6),
            tuple(things[id_] for id_ in trail),
            tuple(hop for pair in pairwise(trail) for hop in whys[pair]),
        )
        for trail, cost in costs.items()
    ]


def _distinct(search: Search, start: str, max_hops: int, k: int) -> list[Trail]:
    chosen: list[Trail] = []
    inner: set[frozenset[tuple[str, str]]] = set()
    names = _Names(search.store)
    for trail, others in _cheapest(search, start, max_hops):
        # By their words, not their ids: the same proposal in two copies of a map explains nothing more.
        between = names.between(trail, others)
        if between not in inner:
            inner.add(between)
            chosen.append(trail)
        if len(chosen) == k:
            break
    return chosen


class _Names:
    """Kinds and labels of inner things; with those of one trail, those of the trails that may come next are asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[str, str]] = {}

    def between(self, trail: Trail, others: Iterable[str]) -> frozenset[tuple[str, str]]:
        if any(id_ not in self._known for id_ in trail[1:-1]):
            asked = {*trail[1:-1], *others} - self._known.keys()
            found = self._store.things(sorted(asked))
            self._known |= {id_: (thing.kind, folded_label(thing.label)) for id_, thing in found.items()}
        return frozenset(self._known[id_] for id_ in trail[1:-1] if id_ in self._known)


def _cheapest(search: Search, start: str, max_hops: int) -> Iterator[tuple[Trail, Iterable[str]]]:
    """Yen: loopless trails in order of cost, then ids; with each, what those that come next may lead through.

    A trail that leaves a former one is looked for only when it may be the next: most cost too much ever to be.
    """
    waiting: list[Waiting] = [(search.least((start,), ()), False, (start,), ())]
    known, begun, done = set[Trail](), set[tuple[Trail, frozenset[str]]](), list[Trail]()
    while waiting and len(done) < MOST_TRIED:
        _, is_found, trail, closed = heappop(waiting)
        if not is_found:
            other = search.best(trail, max_hops, closed)
            if other and other not in known:
                known.add(other)
                heappush(waiting, (search.price(other), True, other, ()))
            continue
        done.append(trail)
        yield trail, (*(id_ for one in waiting for id_ in one[2][1:-1]), *search.joining(start)[:MOST_NAMED])
        for at in range(len(trail) - 1):
            root = trail[: at + 1]
            gone = frozenset(t[at + 1] for t in done if t[: at + 1] == root)
            if (root, gone) not in begun:
                begun.add((root, gone))
                heappush(waiting, (search.least(root, gone), False, root, tuple(sorted(gone))))
