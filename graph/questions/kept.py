"""Which sources a filter leaves, told from what a store knows of each: for many filters at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph.model import Filter


class Placed(NamedTuple):
    """What a filter looks at in a source."""

    id: str
    document: str
    meeting: str
    date: str
    visibility: str
    stamp: int = 0  # see Store.stamps


def kept(sources: Iterable[Placed], filters: Sequence[Filter]) -> list[list[str] | None]:
    """The ids of the sources that each filter leaves, None where it looks at none of what is told of them.

    A source without a date is outside any span of dates.
    """
    known = list(sources)
    return [
        None if replace(where, confirmed=False) == Filter() else [s.id for s in known if _leaves(where, s)]
        for where in filters
    ]


def _leaves(where: Filter, source: Placed) -> bool:
    equal = (
        (where.meeting, source.meeting),
        (where.source, source.id),
        (where.document, source.document),
        (str(where.visibility or ""), source.visibility),
    )
    dated = not (where.since or where.until) or bool(source.date)
    within = where.since <= source.date and (not where.until or source.date <= where.until)
    return all(not wanted or wanted == own for wanted, own in equal) and dated and within
