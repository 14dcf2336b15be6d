"""Publishing a meeting: what participants will see is shown before it is done, and what withdrawing it would hide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.course.meetings import Meeting
from graph.model import Filter, SourceInfo, Thing, Visibility
from graph.store.base import Store

_SAMPLE = 5
_EVIDENCE = 50
_PUBLISHED = Filter(visibility=Visibility.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Appearing:
    """What changes for participants: the sources that appear (or go), and what they say, by kind.

    `counts` are the things said there, `new` those among them that no other published source says, `first` a few of
    each kind. All `people` are named: they are what one looks at before publishing.
    """

    sources: tuple[SourceInfo, ...]
    counts: Mapping[str, int]
    new: Mapping[str, int]
    first: Mapping[str, tuple[Thing, ...]]
    people: tuple[Thing, ...]


def appearing(store: Store, meeting: Meeting) -> Appearing:
    """What publishing a meeting would show to participants."""
    return _changing(store, [info for info in meeting.sources if info.visibility != Visibility.PUBLISHED])


def disappearing(store: Store, meeting: Meeting) -> Appearing:
    """What withdrawing it would hide from them."""
    return _changing(store, [info for info in meeting.sources if info.visibility == Visibility.PUBLISHED])


def _changing(store: Store, sources: Sequence[SourceInfo]) -> Appearing:
    ids = {info.id for info in sources}
    things = store.things({mention.node for id_ in ids for mention in store.mentions(id_)})
    by_kind: dict[str, list[Thing]] = defaultdict(list)
    for thing in sorted({t.id: t for t in things.values()}.values(), key=lambda t: (-t.evidence_count, t.label, t.id)):
        by_kind[thing.kind].append(thing)
    return Appearing(
        sources=tuple(sources),
        counts={kind: len(found) for kind, found in by_kind.items()},
        new={kind: sum(_alone(store, thing, ids) for thing in found) for kind, found in by_kind.items()},
        first={kind: tuple(found[:_SAMPLE]) for kind, found in by_kind.items()},
        people=tuple(by_kind.get("person", ())),
    )


def _alone(store: Store, thing: Thing, sources: set[str]) -> bool:
    """Whether no other published source says it."""
    if thing.source_count <= 1:
        return True
    return all(mention.source in sources for mention in store.evidence(thing.id, _PUBLISHED, limit=_EVIDENCE))
