"""Documents as the filter « confirmed only » leaves them: their text whole, of what was found what people confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.model import Filter, SourceInfo, Thing
from ontology import load
from views import memory, state


def found(ids: Iterable[str]) -> dict[str, Thing]:
    """The things of a document that the filter leaves, by the ids asked."""
    things = state.store().things(ids)
    return {id_: thing for id_, thing in things.items() if thing.confirmed} if state.where().confirmed else things


def counted(info: SourceInfo, kinds: Sequence[str]) -> int:
    """How many things of these kinds a document holds, within the filter."""
    of_kind = _confirmed(state.said()).get(info.id, {}) if state.where().confirmed else info.counts
    return sum(of_kind.get(kind, 0) for kind in kinds)


@memory.kept(max_entries=16)
def _confirmed(stamp: str) -> Mapping[str, Mapping[str, int]]:  # noqa: ARG001  the key of the cache
    """What people confirmed of each document, by kind: asked of all of them at once."""
    sources = [info.id for info in state.store().sources()]
    filters = [Filter(source=id_, confirmed=True) for id_ in sources]
    return dict(zip(sources, state.store().count_within(tuple(load().kinds), filters), strict=True))
