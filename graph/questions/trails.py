"""The cheapest way to one end: an A* search that asks the store for neighbourhoods, several at a time, never for all.

Of the ways on from a thing only the cheapest waits, and gives its place to the next when it is taken: a hub with
thousands of links costs what is walked of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from heapq import heappop, heappush
from math import log
from typing import TypeAlias

from graph.model import Filter
from graph.store.base import Store
from ontology import load

MOST_EXPANDED = 400  # neighbourhoods walked through per search; beyond, what is known decides
MOST_NEIGHBOURS = 2_000  # of a hub, the strongest; a path through its weaker ones costs more than ln of as many
FIRST_ASKED, MOST_ASKED = 4, 64  # neighbourhoods asked at once: twice as many each time
_ROUNDED = 1e-8  # more than prices lose by being rounded

Trail: TypeAlias = tuple[str, ...]
Ways: TypeAlias = Sequence[tuple[float, str, float]]  # least cost to the end, id, cost of entering; cheapest first
Branch: TypeAlias = tuple[float, Trail, float, Ways, int]  # least cost of all, trail, cost before its last, its place


class Search:
    """A* towards one end; neighbourhoods and degrees are asked of the store once."""

    def __init__(self, store: Store, end: str, where: Filter) -> None:
        self.store, self.end, self.where = store, end, where
        self._inner_kinds = load().of_role("thing", "statement")
        self._ways: dict[str, Ways] = {}
        self._asked: dict[str, Iterable[str]] = {}  # of the store, and not walked through yet
        self._at_once = FIRST_ASKED
        self._before_end = store.steps([end], (), where, limit=MOST_NEIGHBOURS).get(end, {})
        self._degree = {**store.degrees([end], where), **self._before_end}
        # Whatever does not lead to the end at once leads to one of these first.
        self._least_inner = min((self._entry(id_) for id_ in self._before_end), default=0.0)

    def _entry(self, id_: str) -> float:
        return 1 + log(max(self._degree.get(id_, 1), 1))

    def cost(self, trail: Trail) -> float:
        return sum(self._entry(id_) for id_ in trail[1:])

    def price(self, trail: Trail) -> float:
        """The cost rounded, so that equal sums taken in another order are equal."""
        return round(self.cost(trail), 9)

    def least(self, root: Trail, closed: Collection[str]) -> float:
        """What the trail that `best` finds costs at the least, told without looking for it."""
        leads = root[-1] in self._before_end and self.end not in closed
        rest = self._entry(self.end) + (0.0 if leads else self._least_inner)
        return self.cost(root) + rest - _ROUNDED

    def joining(self, id_: str) -> list[str]:
        """What links a thing to the end, the cheapest first, as far as it is known."""
        return [other for _, other, _ in self._ways.get(id_, ()) if other in self._before_end]

    def best(self, root: Trail, max_hops: int, closed: Collection[str]) -> Trail | None:
        """The cheapest trail that begins with `root`, does not go on to any of `closed`, and ends at the end."""
        waiting: list[Branch] = []
        fewest: dict[str, int] = {}
        trail, cost = root, self.cost(root)
        while self._before_end:
            hops = len(trail) - 1
            if hops < max_hops and hops < fewest.get(trail[-1], max_hops):
                fewest[trail[-1]] = hops
                ways = self._onward(trail[-1], waiting, only_end=hops + 1 == max_hops)
                _branch(waiting, trail, cost, ways, 0, closed if trail == root else ())
            if not waiting:
                return None
            _, trail, before, ways, at = heappop(waiting)
            _branch(waiting, trail[:-1], before, ways, at + 1, closed if len(trail) == len(root) + 1 else ())
            if trail[-1] == self.end:
                return trail
            cost = before + ways[at][2]
        return None

    def _onward(self, id_: str, waiting: Sequence[Branch], *, only_end: bool) -> Ways:
        if id_ not in self._ways and not only_end and len(self._ways) < MOST_EXPANDED:
            if id_ not in self._asked:
                self._ask(
                    [id_, *_soon(waiting, self._at_once - 1, self._ways.keys() | self._asked.keys() | {id_, self.end})]
                )
            self._ways[id_] = self._ways_to(self._asked.pop(id_), ends=id_ in self._before_end)
        if only_end or id_ not in self._ways:
            return self._ways_to((), ends=id_ in self._before_end)
        return self._ways[id_]

    def _ask(self, ids: Sequence[str]) -> None:
        found = self.store.steps(ids, self._inner_kinds, self.where, limit=MOST_NEIGHBOURS)
        for id_ in ids:
            self._asked[id_] = found.get(id_, {})
            self._degree.update(found.get(id_, {}))
        self._at_once = min(2 * self._at_once, MOST_ASKED)

    def _ways_to(self, ids: Iterable[str], *, ends: bool) -> Ways:
        last = self._entry(self.end)
        ways = [(last, self.end, last)] if ends else []
        for id_ in ids:
            if id_ != self.end:
                entry = self._entry(id_)
                rest = last if id_ in self._before_end else last + self._least_inner
                ways.append((entry + rest, id_, entry))
        return sorted(ways)


def _branch(waiting: list[Branch], trail: Trail, cost: float, ways: Ways, at: int, closed: Collection[str]) -> None:
    """Let the cheapest way on from a trail wait, of those from the place `at`."""
    while at < len(ways):
        least, id_, _ = ways[at]
        if id_ not in trail and id_ not in closed:
            heappush(waiting, (round(cost + least, 9), (*trail, id_), cost, ways, at))
            return
        at += 1


def _soon(waiting: Sequence[Branch], most: int, known: Collection[str]) -> list[str]:
    """What the search comes to next if it finds nothing cheaper, as far as that is not known."""
    out: dict[str, None] = {}
    branches = list(waiting)
    while branches and len(out) < most:
        _, trail, cost, ways, at = heappop(branches)
        if trail[-1] not in known:
            out[trail[-1]] = None
        _branch(branches, trail[:-1], cost, ways, at + 1, ())
    return list(out)
