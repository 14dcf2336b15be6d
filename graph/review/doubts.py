"""What a person is asked to settle: suggested merges, doubtful readings and places, decisions that wait. Worst first.

The order is doubt times reach: how unsure it is, and how many sentences hang on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Decision, Filter, Passage, SourceInfo, Thing
from graph.questions.rows import every
from graph.review.suggest import Suggestion, suggest
from graph.review.trust import kinds
from graph.store.base import NO_FILTER, Store
from graph.versions import lineage

DOUBT_BELOW = 0.6  # confidence under which a reading, or a parent, is asked about
MOST_MERGES = 200
MOST_PAIRS = 2_000  # suggestions among which these are found
MOST_THINGS = 20_000  # looked at for doubt, those said most first
MOST_SOURCES = 200  # whose tree is looked at, the latest first


class Sort(StrEnum):
    """What is asked: is it the same, is it so, does it stand there, what is it about now."""

    MERGE = "merge"
    READING = "reading"
    PLACE = "place"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question; `key` is stable, so that an address can hold it. `doubt` is 0-1, `reach` a number of sentences."""

    key: str
    sort: Sort
    label: str
    doubt: float
    reach: int
    suggestion: Suggestion | None = None
    thing: Thing | None = None
    source: SourceInfo | None = None
    block: Passage | None = None
    parent: Passage | None = None
    decision: Decision | None = None

    @property
    def weight(self) -> float:
        return self.doubt * math.log(2 + self.reach)


def queue(store: Store, where: Filter = NO_FILTER) -> list[Doubt]:
    """Everything in doubt within the filter, the heaviest first, then by key."""
    found = [*_waiting(store), *_merges(store, where), *_readings(store, where), *_places(store, where)]
    return sorted(found, key=lambda doubt: (-doubt.weight, doubt.key))


def _merges(store: Store, where: Filter) -> Iterator[Doubt]:
    pairs = list(_needed(suggest(store, MOST_PAIRS)))[:MOST_MERGES]
    seen = _within(store, where, {t.id for s in pairs for t in s.things})
    for s in pairs:
        if seen.intersection(t.id for t in s.things):
            reach = sum(t.evidence_count for t in s.things)
            label = " · ".join(dict.fromkeys(t.label for t in s.things))
            yield Doubt(f"{s.a.id}~{s.b.id}", Sort.MERGE, label, s.score, reach, suggestion=s)


def _needed(pairs: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """The pairs without those that follow from better ones: of n things under n spellings, n - 1 questions."""
    group: dict[str, set[str]] = {}
    for pair in pairs:
        held = [group.get(t.id, {t.id}) for t in pair.things]
        if any(one is not held[0] for one in held):
            whole = set().union(*held)
            group.update(dict.fromkeys(whole, whole))
            yield pair


def _within(store: Store, where: Filter, ids: set[str]) -> set[str]:
    """Those of these things that the filter leaves."""
    if where == NO_FILTER:
        return ids
    return {id_ for id_ in ids if store.evidence(id_, where, limit=1)}


def _readings(store: Store, where: Filter) -> Iterator[Doubt]:
    for thing in every(store, kinds(), where, most=MOST_THINGS):
        if thing.confidence < DOUBT_BELOW and not thing.confirmed:
            doubt = 1 - thing.confidence
            yield Doubt(thing.id, Sort.READING, thing.label, doubt, thing.evidence_count, thing=thing)


def _places(store: Store, where: Filter) -> Iterator[Doubt]:
    for info in store.sources(where)[-MOST_SOURCES:]:
        passages = store.passages(info.id)
        by_id = {p.id: p for p in passages}
        for block in passages:
            parent = by_id.get(block.parent or "")
            if parent and block.parent_confidence < DOUBT_BELOW:
                doubt = 1 - block.parent_confidence
                yield Doubt(block.id, Sort.PLACE, block.label, doubt, 1, source=info, block=block, parent=parent)


def _waiting(store: Store) -> Iterator[Doubt]:
    for decision in (wait.decision for wait in lineage.waiting(store)):
        label = str(decision.anchor.get("label") or decision.target)
        yield Doubt(decision.id, Sort.WAITING, label, 1.0, 1, decision=decision)
