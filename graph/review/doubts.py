"""What a person is asked to settle: suggested merges, doubtful readings and places, decisions that wait. Worst first.

The order is doubt times reach: how unsure it is, and how many sentences hang on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Decision, Filter, Passage, SourceInfo, Thing
from graph.questions.counted import First, Unsure, weight
from graph.review.suggest import Pause, Suggestion, suggest
from graph.review.trust import kinds
from graph.store.base import NO_FILTER, Store
from graph.versions import lineage

MOST_MERGES = 200
MOST_PAIRS = 2_000  # suggestions among which these are found
MOST_ASKED = 500  # readings, and places, that are listed: the others come as these are settled


class Sort(StrEnum):
    """What is asked: is it the same, is it so, does it stand there, what is it about now."""

    MERGE = "merge"
    READING = "reading"
    PLACE = "place"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question; `key` is stable, so that an address can hold it. `doubt` is 0-1, `reach` a number of sentences.

    `closest` are the things that a decision which waits may be about now.
    """

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
    closest: tuple[Thing, ...] = ()

    @property
    def weight(self) -> float:
        return weight(1 - self.doubt, self.reach)


Queue = Mapping[Sort, First[Doubt]]  # the heaviest of each sort, and how many there are


def queue(store: Store, where: Filter = NO_FILTER) -> list[Doubt]:
    """What is in doubt within the filter, the heaviest first, then by key: the first of each sort."""
    return ordered({**read(store, where), Sort.MERGE: merges(store, where)})


def ordered(found: Queue) -> list[Doubt]:
    """All that is listed, in the order of the queue."""
    listed = [doubt for first in found.values() for doubt in first.rows]
    return sorted(listed, key=lambda doubt: (-doubt.weight, doubt.key))


def read(store: Store, where: Filter = NO_FILTER, most: int = MOST_ASKED) -> Queue:
    """What a store finds by itself: all but suggested merges."""
    waits = tuple(_waiting(store))
    return {
        Sort.WAITING: First(waits, len(waits)),
        Sort.READING: _readings(store, where, most),
        Sort.PLACE: _places(store, where, most),
    }


def merges(store: Store, where: Filter = NO_FILTER, pause: Pause = bool) -> First[Doubt]:
    """Things that may be one. Everything is read: a while, in a large graph; `pause` is called at each small step."""
    pairs = list(_needed(suggest(store, MOST_PAIRS, pause)))
    found = tuple(_asked(store, where, pairs[:MOST_MERGES]))
    rest = max(0, len(pairs) - MOST_MERGES) if where == NO_FILTER else 0  # how many a filter leaves is not looked up
    return First(found, len(found) + rest)


def _asked(store: Store, where: Filter, pairs: list[Suggestion]) -> Iterator[Doubt]:
    seen = _within(store, where, {t.id for s in pairs for t in s.things})
    for s in pairs:
        if seen.intersection(t.id for t in s.things):
            reach = sum(t.evidence_count for t in s.things)
            yield Doubt(f"{s.a.id}~{s.b.id}", Sort.MERGE, merge_label(s), s.score, reach, suggestion=s)


def merge_label(pair: Suggestion) -> str:
    """The names of things that may be one, each once."""
    return " · ".join(dict.fromkeys(t.label for t in pair.things))


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


def _readings(store: Store, where: Filter, most: int) -> First[Doubt]:
    found = store.doubtful(kinds(), where, limit=most)
    doubts = (Doubt(t.id, Sort.READING, t.label, 1 - t.confidence, t.evidence_count, thing=t) for t in found.rows)
    return First(tuple(doubts), found.total)


def _places(store: Store, where: Filter, most: int) -> First[Doubt]:
    found = store.unplaced(where, limit=most)
    infos = {info.id: info for info in store.sources(where)} if found.rows else {}
    doubts = (_place(each, infos[each.source]) for each in found.rows if each.source in infos)
    return First(tuple(doubts), found.total)


def _place(found: Unsure, info: SourceInfo) -> Doubt:
    block, doubt = found.block, 1 - found.block.parent_confidence
    return Doubt(block.id, Sort.PLACE, block.label, doubt, 1, source=info, block=block, parent=found.parent)


def _waiting(store: Store) -> Iterator[Doubt]:
    for wait in lineage.waiting(store):
        label = str(wait.decision.anchor.get("label") or wait.decision.target)
        yield Doubt(wait.decision.id, Sort.WAITING, label, 1.0, 1, decision=wait.decision, closest=wait.closest)
