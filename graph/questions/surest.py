"""What a thing is linked to, the surest first: a list of statements begins with those that are certainly about it."""

from __future__ import annotations

from collections.abc import Sequence

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
    return sorted(links, key=lambda link: (not link.types, -link.confidence, -link.passages, link.b))[:limit]
