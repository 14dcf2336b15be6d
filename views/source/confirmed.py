"""Documents as the filter « confirmed only » leaves them: their text whole, of what was found what people confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Filter, SourceInfo, Thing
from views import memory, state


def found(ids: Iterable[str]) -> dict[str, Thing]:
    """The things of a document that the filter leaves, by the ids asked."""
    things = state.store().things(ids)
    return {id_: thing for id_, thing in things.items() if thing.confirmed} if state.where().confirmed else things


def counted(info: SourceInfo, kinds: Sequence[str]) -> int:
    """How many things of these kinds a document holds, within the filter."""
    if state.where().confirmed:
        return _confirmed(state.stamp(), info.id, tuple(kinds))
    return sum(info.counts.get(kind, 0) for kind in kinds)


@memory.kept(max_entries=4_000)
def _confirmed(stamp: str, source: str, kinds: tuple[str, ...]) -> int:  # noqa: ARG001  the key of the cache
    return state.store().count_rows(kinds, Filter(source=source, confirmed=True))
