"""Topics kept for the next meeting: side by side, merged where they are the same, those that stand out first.

The rule: a topic stands out when two meetings keep it, or two stakeholders carry it. Topics are ranked by meetings,
then stakeholders, then sentences. A sentence that only lists several of them is not one more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.course.alike import Index, grouped
from graph.course.meetings import Meeting
from graph.model import Filter, Thing
from graph.questions.rows import every
from graph.store.base import NO_FILTER, Store
from ontology import load

KIND = "topic_for_next_meeting"
MOST_READ = 5_000  # proposals looked through
_EVIDENCE = 100
STANDS_OUT = 2  # meetings, or stakeholders
LISTED = 2  # topics within one sentence, which then lists them


@dataclass(frozen=True, slots=True)
class Topic:
    """What was kept for the next meeting, under the words of the first: `said` holds every wording."""

    said: tuple[Thing, ...]
    meetings: tuple[Meeting, ...]
    carriers: tuple[Thing, ...]
    sentences: int

    @property
    def stands_out(self) -> bool:
        return max(len(self.meetings), len(self.carriers)) >= STANDS_OUT


def kept_topics(store: Store, where: Filter = NO_FILTER) -> tuple[list[Thing], bool]:
    """The proposals kept for the next meeting, and whether some proposals were left unread for their number."""
    read = every(store, ["proposal"], where, most=MOST_READ)
    found = [thing for thing in read if thing.attributes.get("kind") == KIND]
    return _without_lists(store, found), store.count_rows(["proposal"], where) > MOST_READ


def _without_lists(store: Store, kept: Sequence[Thing]) -> list[Thing]:
    """Those kept, without the sentences within which several others stand."""
    index = Index(kept)

    def lists(place: int) -> bool:
        own = index.words[place]
        parts = [kept[other] for other in index.sharing(own, least=1) if index.words[other] < own]
        return len(parts) >= LISTED and sum(_within(store, part, kept[place]) for part in parts) >= LISTED

    return [thing for place, thing in enumerate(kept) if not lists(place)]


def _within(store: Store, part: Thing, whole: Thing) -> bool:
    """Whether one is first said within the other's first place."""
    inner, outer = (next(iter(store.evidence(thing.id, limit=1)), None) for thing in (part, whole))
    if inner is None or outer is None or inner.source != outer.source:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def topics(store: Store, kept: Sequence[Thing], series: Sequence[Meeting]) -> list[Topic]:
    """The topics of these proposals, best first."""
    of_source = {info.id: meeting for meeting in series for info in meeting.sources}
    found = [_topic(store, same, of_source) for same in grouped(kept)]
    return sorted(found, key=lambda t: (-len(t.meetings), -len(t.carriers), -t.sentences, t.said[0].label))


def _topic(store: Store, same: Sequence[Thing], of_source: Mapping[str, Meeting]) -> Topic:
    actors = sorted(load().relations["made_by"].to_kinds)
    carriers: dict[str, Thing] = {}
    meetings: dict[str, Meeting] = {}
    for thing in same:
        links = store.neighbours(thing.id, actors, limit=20, stated_only=True)
        things = store.things(link.b for link in links if "made_by" in link.types)
        carriers |= {actor.id: actor for actor in things.values()}
        for mention in store.evidence(thing.id, limit=_EVIDENCE):
            if mention.source in of_source:
                meetings[of_source[mention.source].id] = of_source[mention.source]
    ordered = sorted(meetings.values(), key=lambda m: (m.date, m.name))
    return Topic(tuple(same), tuple(ordered), tuple(carriers.values()), sum(t.evidence_count for t in same))
