"""What an answer rests on: the sources that its filter leaves, with their stamps (Store.stamps). Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.model import Filter
from graph.questions.kept import Placed, kept

LOWER_HALF = 2**31 - 1  # of a stamp: drawn anew where only which nodes are a stakeholder is another


class Stamped:
    """The sources of a store as of one moment."""

    def __init__(self, sources: Iterable[Placed]) -> None:
        self._sources = {source.id: source for source in sources}
        self._by_meeting: dict[str, list[Placed]] = defaultdict(list)
        for source in self._sources.values():
            self._by_meeting[source.meeting].append(source)
        self._known: dict[tuple[Filter, bool, bool], str] = {}

    def __contains__(self, source: str) -> bool:
        return source in self._sources

    def of(self, where: Filter, *, seen: bool = False, members: bool = True) -> str:
        """The same for as long as what a store answers within the filter; `seen`: who sees each source is told, too.

        Without `members`, only what does not ask which nodes a stakeholder is holds for as long.
        """
        asked = (where, seen, members)
        if asked not in self._known:
            told = [
                (source.id, source.stamp if members else source.stamp & ~LOWER_HALF, source.visibility if seen else "")
                for source in sorted(self._left(where))
            ]
            self._known[asked] = hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()
        return self._known[asked]

    def left(self, where: Filter) -> list[str]:
        """The ids of the sources that a filter leaves."""
        return [source.id for source in self._left(where)]

    def _left(self, where: Filter) -> Sequence[Placed]:
        """Few of the sources are looked at for a filter on one of them, or on a meeting."""
        among: Iterable[Placed] = self._sources.values()
        if where.source:
            among = filter(None, [self._sources.get(where.source)])
        elif where.meeting:
            among = self._by_meeting.get(where.meeting, ())
        among = list(among)
        left = kept(among, [where])[0]
        return among if left is None else [self._sources[id_] for id_ in left]
