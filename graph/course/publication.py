"""Publishing a meeting: what participants will see is shown before it is done, and what withdrawing it would hide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.course.meetings import Meeting
from graph.model import Filter, SourceInfo, Thing, Visibility
from graph.store.base import Store

_PUBLISHED = Filter(visibility=Visibility.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Appearing:
    """What changes for participants: the sources that appear (or go), and what they say, by kind.

    `things` are said there, most said first, and `new` counts those among them that no other published source says.
    All `people` are named: they are what one looks at before publishing.
    """

    sources: tuple[SourceInfo, ...]
    new: Mapping[str, int]
    things: Mapping[str, tuple[Thing, ...]]
    people: tuple[Thing, ...]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(found) for kind, found in self.things.items()}


def appearing(store: Store, meeting: Meeting) -> Appearing:
    """What publishing a meeting would show to participants."""
    return _changing(store, [info for info in meeting.sources if info.visibility != Visibility.PUBLISHED])


def disappearing(store: Store, meeting: Meeting) -> Appearing:
    """What withdrawing it would hide from them."""
    return _changing(store, [info for info in meeting.sources if info.visibility == Visibility.PUBLISHED])


def _changing(store: Store, sources: Sequence[SourceInfo]) -> Appearing:
    said = [(info, mention.node) for info in sources for mention in store.mentions(info.id)]
    things = store.things({node for _, node in said})
    shown = Counter(node for info, node in said if info.visibility == Visibility.PUBLISHED)
    alone = _said_nowhere_else(store, things, shown)
    by_kind: dict[str, list[Thing]] = defaultdict(list)
    for thing in sorted({t.id: t for t in things.values()}.values(), key=lambda t: (-t.evidence_count, t.label, t.id)):
        by_kind[thing.kind].append(thing)
    return Appearing(
        sources=tuple(sources),
        new={kind: sum(thing.id in alone for thing in found) for kind, found in by_kind.items()},
        things={kind: tuple(found) for kind, found in by_kind.items()},
        people=tuple(by_kind.get("person", ())),
    )


def _said_nowhere_else(store: Store, things: Collection[str], shown: Mapping[str, int]) -> set[str]:
    """Those of these things that published sources say no more often than `shown` says of the sources looked at."""
    published = store.claims(things, _PUBLISHED)
    return {id_ for id_ in things if sum(claim.weight for claim in published.get(id_, ())) <= shown.get(id_, 0)}
