"""What a thing is linked to, the surest first: a list of statements begins with those that are certainly about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import Filter, Link
from graph.store.base import NO_FILTER, Store

# Stores give links by their passages, and a doubtful link (through a heading) often has more of them than a sure one:
# so many are read before they are put in order.
READ = 500


def surest(
    store: Store, thing: str, kinds: Sequence[str], where: Filter = NO_FILTER, *, limit: int, stated_only: bool = False
) -> list[Link]:
    """The first `limit` links: stated ones, then by confidence, then by passages."""
    links = store.neighbours(thing, kinds, where, limit=max(limit, READ), stated_only=stated_only)
    return _ordered(links)[:limit]


def surest_of(
    store: Store,
    things: Iterable[str],
    kinds: Sequence[str],
    where: Filter = NO_FILTER,
    *,
    limit: int,
    stated_only: bool = False,
) -> dict[str, list[Link]]:
    """The same of each of these, asked of all at once."""
    found = store.strongest(things, kinds, where, limit=max(limit, READ), stated_only=stated_only)
    return {id_: _ordered(links)[:limit] for id_, links in found.items()}


def _ordered(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (not link.types, -link.confidence, -link.passages, link.b))
