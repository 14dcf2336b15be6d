"""Rows of some kinds: all of them, page by page, for files and for counts over everything; those with an attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice

from graph.model import Filter, Thing
from graph.store.base import NO_FILTER, Store

PAGE = 2_000


def every(store: Store, kinds: Sequence[str], where: Filter = NO_FILTER, *, most: int | None = None) -> Iterator[Thing]:
    """Things in the order of Store.rows; `most` ends it early."""
    return islice(_every(store, kinds, where), most)


def _every(store: Store, kinds: Sequence[str], where: Filter) -> Iterator[Thing]:
    for page in count():
        found = store.rows(kinds, where, limit=PAGE, offset=page * PAGE)
        yield from found
        if len(found) < PAGE:
            return
