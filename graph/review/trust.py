"""How much of what a page counts was confirmed by a person, and how often what is read is right."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.model import DecisionKind, Filter
from graph.questions.counted import Linked
from graph.store.base import NO_FILTER, Store
from ontology import load

_MOST_LISTED = 10_000  # of one filter among several
PRECISION = Path(__file__).parent / "precision.toml"  # written by `python -m tests.quality.precision`


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the things counted were confirmed."""

    confirmed: int
    total: int

    @property
    def part(self) -> float:
        """0-1; 0 where there is nothing."""
        return self.confirmed / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Checked:
    """One kind under review: in the graph, confirmed, rejected; `precision` is measured (0-1), None where it is not."""

    kind: str
    read: int
    confirmed: int
    rejected: int
    precision: float | None


def kinds() -> tuple[str, ...]:
    """What can be confirmed: things, statements and meetings."""
    return load().of_role("thing", "statement", "event")


def share(store: Store, where: Filter = NO_FILTER, asked: Sequence[str] = ()) -> Share:
    """The share of confirmed things among those of these kinds (all, where none is asked) within the filter.

    A filter that leaves only what is confirmed does not make the share whole: it is then that of the rest of it.
    """
    names = tuple(asked) or kinds()
    confirmed, every = replace(where, confirmed=True), replace(where, confirmed=False)
    return Share(store.count_rows(names, confirmed), store.count_rows(names, every))


def share_around(store: Store, thing: str, asked: Sequence[str], where: Filter = NO_FILTER) -> Share:
    """The share among the things of these kinds that a thing is linked to, confirmed or not itself."""
    confirmed, every = replace(where, confirmed=True), replace(where, confirmed=False)
    return Share(*(_linked(store, thing, asked, only) for only in (confirmed, every)))


def _linked(store: Store, thing: str, asked: Sequence[str], where: Filter) -> int:
    return sum(found.number for kind, found in linked_by_kind(store, thing, where).items() if kind in asked)


def linked_by_kind(store: Store, thing: str, where: Filter = NO_FILTER) -> Mapping[str, Linked]:
    """What a thing is linked to, of every kind at once: the links of a hub are then gone through once, not per card."""
    every = tuple(kind for kind, spec in load().kinds.items() if spec.role != "text")
    return store.linked([thing], every, where).get(thing, {})


def share_within(store: Store, filters: Sequence[Filter], asked: Sequence[str]) -> Share:
    """The share among the things of these kinds that any of the filters leaves, each counted once."""
    if len(filters) == 1:
        both = [replace(filters[0], confirmed=confirmed) for confirmed in (True, False)]
        return Share(*(sum(of_kind.values()) for of_kind in store.count_within(asked, both)))
    found = {x.id: x for f in filters for x in store.rows(asked, replace(f, confirmed=False), limit=_MOST_LISTED)}
    return Share(sum(x.confirmed for x in found.values()), len(found))


def checked(store: Store, where: Filter = NO_FILTER) -> list[Checked]:
    """Each kind that the graph holds, or that people rejected, in the order of the ontology."""
    rejected = Counter(
        str(d.anchor.get("kind") or "")
        for d in store.decisions()
        if d.kind == DecisionKind.REJECT and d.state == "active"
    )
    confirmed, every = store.count_within(kinds(), [replace(where, confirmed=only) for only in (True, False)])
    return [
        Checked(kind, every.get(kind, 0), confirmed.get(kind, 0), rejected[kind], precision().get(kind))
        for kind in kinds()
        if kind in every or rejected[kind]
    ]


@cache
def precision() -> Mapping[str, float]:
    """The measured share, by kind, of what is read that is right; nothing for kinds without a measure."""
    if not PRECISION.is_file():
        return {}
    return {kind: float(value) for kind, value in tomllib.loads(PRECISION.read_text("utf-8"))["precision"].items()}
