"""Topics kept for the next meeting: side by side, merged where they are the same, those that stand out first.

The rule: a topic stands out when two meetings keep it, or two stakeholders carry it. Topics are ranked by meetings,
then stakeholders, then sentences; of equals those that a sentence lists with others come first, then by label. A
sentence that only lists several of them is not one more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.course.alike import Index, grouped
from graph.course.meetings import Meeting
from graph.model import Filter, Mention, Thing
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
    listed: bool  # by a sentence, with others

    @property
    def stands_out(self) -> bool:
        return max(len(self.meetings), len(self.carriers)) >= STANDS_OUT


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept for the next meeting; `cut` where some proposals were left unread for their number.

    `lists` are, for each proposal that a sentence lists with others, the ids of the proposals that are these sentences.
    """

    things: tuple[Thing, ...]
    lists: Mapping[str, Sequence[str]]
    cut: bool


def kept_topics(store: Store, where: Filter = NO_FILTER) -> Kept:
    """The proposals kept for the next meeting, without the sentences that only list several of them."""
    found = store.rows(["proposal"], where, limit=MOST_READ, attribute=("kind", KIND))
    parts = _listing(store, found, where)
    lists: dict[str, list[str]] = {}
    for whole, within in parts.items():
        for part in within:
            lists.setdefault(part, []).append(whole)
    things = tuple(thing for thing in found if thing.id not in parts)
    return Kept(things, lists, store.count_rows(["proposal"], where) > MOST_READ)


def _listing(store: Store, kept: Sequence[Thing], where: Filter) -> dict[str, list[str]]:
    """The sentences within which several others stand, each with these; not one that people confirmed or that is said
    in several places."""
    index = Index([thing.label for thing in kept])
    places: dict[str, list[Mention]] = {}

    def said(thing: Thing) -> list[Mention]:
        if thing.id not in places:
            places[thing.id] = store.evidence(thing.id, where, limit=_EVIDENCE)
        return places[thing.id]

    found = {}
    for place, whole in enumerate(kept):
        own = index.words[place]
        near = [kept[other] for other in index.sharing(own, least=1) if index.words[other] < own]
        if whole.confirmed or len(near) < LISTED or len(said(whole)) != 1:
            continue
        parts = [part.id for part in near if any(_within(inner, said(whole)[0]) for inner in said(part))]
        if len(parts) >= LISTED:
            found[whole.id] = parts
    return found


def _within(inner: Mention, outer: Mention) -> bool:
    return inner.source == outer.source and outer.start <= inner.start and inner.end <= outer.end


def topics(store: Store, kept: Kept, series: Sequence[Meeting], *, most: int | None = None) -> list[Topic]:
    """The topics of these proposals, best first; who makes a sentence that lists several carries each of them.

    With `most`, only that many are looked up and given: those that more documents, then more sentences say.
    """
    of_source = {info.id: meeting for meeting in series for info in meeting.sources}
    likely = sorted(grouped(kept.things), key=lambda same: _stored(same, kept.lists))[:most]
    carriers = _carriers(store, {id_ for same in likely for id_ in _own(same, kept.lists)})
    sources = _sources(store, [thing.id for same in likely for thing in same])
    found = [_topic(same, kept.lists, carriers, sources, of_source) for same in likely]
    return sorted(
        found, key=lambda t: (-len(t.meetings), -len(t.carriers), -t.sentences, not t.listed, t.said[0].label)
    )


def _stored(same: Sequence[Thing], lists: Mapping[str, Sequence[str]]) -> tuple[int, int, bool, str]:
    """The place of a topic as far as its proposals tell themselves."""
    documents, sentences = sum(thing.source_count for thing in same), sum(thing.evidence_count for thing in same)
    return -documents, -sentences, not any(thing.id in lists for thing in same), same[0].label


def _own(same: Sequence[Thing], lists: Mapping[str, Sequence[str]]) -> list[str]:
    """The proposals of a topic, each with the sentences that list it."""
    return [id_ for thing in same for id_ in (thing.id, *lists.get(thing.id, ()))]


def _carriers(store: Store, ids: Iterable[str]) -> dict[str, list[Thing]]:
    """Who makes each of these, asked of all at once."""
    actors = sorted(load().relations["made_by"].to_kinds)
    links = store.strongest(sorted(ids), actors, limit=20, stated_only=True)
    made = {id_: [link.b for link in own if "made_by" in link.types] for id_, own in links.items()}
    things = store.things(b for own in made.values() for b in own)
    return {id_: [things[b] for b in own if b in things] for id_, own in made.items()}


def _sources(store: Store, ids: Sequence[str]) -> dict[str, list[str]]:
    """Which sources say each of these; of most, the first is the only one, and all firsts are asked for at once."""
    counted, firsts = store.things(ids), store.firsts(ids)
    out = {id_: [first.source] for id_, first in firsts.items()}
    for id_, thing in counted.items():
        if thing.source_count > 1:
            out[id_] = [mention.source for mention in store.evidence(id_, limit=_EVIDENCE)]
    return out


def _topic(
    same: Sequence[Thing],
    lists: Mapping[str, Sequence[str]],
    made_by: Mapping[str, Sequence[Thing]],
    sources: Mapping[str, Sequence[str]],
    of_source: Mapping[str, Meeting],
) -> Topic:
    carriers = {actor.id: actor for id_ in _own(same, lists) for actor in made_by.get(id_, ())}
    said = [source for thing in same for source in sources.get(thing.id, ()) if source in of_source]
    meetings = {of_source[source].id: of_source[source] for source in said}
    ordered = sorted(meetings.values(), key=lambda m: (m.date, m.name))
    sentences, listed = sum(thing.evidence_count for thing in same), any(thing.id in lists for thing in same)
    return Topic(tuple(same), tuple(ordered), tuple(carriers.values()), sentences, listed)
