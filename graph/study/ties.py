"""Themes and statements with what ties them, source by source: what measures are taken on, read from any store once.

Two of them are tied by the passages that say both or state a relation between them. A passage belongs to one source, so
that the corpus without a document is the sum of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graph.model import Filter, Thing
from graph.store.base import NO_FILTER, Store
from ontology import load

MOST_THINGS = 10_000
Pair = tuple[str, str]
Progress = Callable[[float], object]  # share done, 0-1; may raise to cancel


def no_progress(_: float) -> None:
    """For callers that show none."""


@dataclass(frozen=True)
class Ties:
    """`by_source`: passages by pair (a < b), for each source id; `names` of the sources; `cut`: more things there are.

    Things without any tie are left out of what is tied, not of `things`.
    """

    things: Mapping[str, Thing]
    by_source: Mapping[str, Mapping[Pair, int]]
    names: Mapping[str, str]
    cut: bool

    @cached_property
    def all(self) -> Mapping[Pair, int]:
        """Passages by pair, all sources together."""
        total = Counter[Pair]()
        for pairs in self.by_source.values():
            total.update(pairs)
        return total

    def without(self, source: str) -> Ties:
        """The same without one source."""
        return replace(self, by_source={id_: pairs for id_, pairs in self.by_source.items() if id_ != source})

    def near(self) -> Mapping[str, Mapping[str, int]]:
        """For each thing that is tied to any, what it is tied to, with how many passages; in order of ids."""
        return self._near

    @cached_property
    def _near(self) -> dict[str, dict[str, int]]:
        out: dict[str, dict[str, int]] = {id_: {} for pair in sorted(self.all) for id_ in pair}
        for (a, b), n in sorted(self.all.items()):
            out[a][b] = out[b][a] = n
        return dict(sorted(out.items()))


def read_ties(
    store: Store, where: Filter = NO_FILTER, *, most: int = MOST_THINGS, progress: Progress = no_progress
) -> Ties:
    """The ties among the themes and statements of which most is said, within a filter."""
    kinds = ["theme", *(k for k in load().of_role("statement") if k != "comment")]
    found = store.rows(kinds, where, limit=most + 1)
    things = {thing.id: thing for thing in found[:most]}
    sources = sorted(store.sources(where), key=lambda info: info.id)
    by_source: dict[str, dict[Pair, int]] = {}
    for done, info in enumerate(sources):
        progress(done / len(sources))
        within = replace(where, source=info.id)
        said = [t.id for t in store.rows(kinds, within, limit=most) if t.id in things]
        by_source[info.id] = {(link.a, link.b): link.passages for link in store.links(said, within)}
    titles = Counter(info.title for info in sources)
    names = {info.id: info.title if titles[info.title] == 1 and info.title else info.name for info in sources}
    return Ties(things, by_source, names, len(found) > most)
