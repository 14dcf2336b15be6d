"""What a picture shows: a chosen thing and its surroundings, or the opening view; never the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import Filter, Link, Thing, Tied
from graph.store.base import NO_FILTER, Store
from graph.text import key

MOST_SHOWN = 500
MOST_DEPTH = 3
LEAST_ASKED = 50  # things at once, where some more are needed
MOST_ASKED = 500  # neighbours looked at per thing; beyond, the weakest of a hub are not considered
A_TURN = {"theme": 2, "proposal": 3, "finding": 2}  # how many of a kind are taken in a turn; of the others, one
THEMES_FIRST = 0.6  # share of the opening view kept for themes; the rest is what joins them


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Things (those asked for first, then by strength), all links among them, and per thing how many are not shown."""

    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    hidden: Mapping[str, int]


def surroundings(
    store: Store,
    centre_ids: Sequence[str],
    depth: int = 1,
    kinds: Sequence[str] = (),
    where: Filter = NO_FILTER,
    min_passages: int = 1,
    limit: int = 40,
) -> Neighbourhood:
    """The centres and what is linked to them, ring by ring, strongest first, at most `limit` things (1-500).

    `kinds` and `min_passages` choose what is added, not the centres. Ids that are not there are passed over.
    """
    limit = max(1, min(limit, MOST_SHOWN))
    found = store.things(centre_ids)
    shown = {found[id_].id: found[id_] for id_ in centre_ids if id_ in found}
    shown = dict(list(shown.items())[:limit])
    ring: Sequence[str] = list(shown)
    for _ in range(max(1, min(depth, MOST_DEPTH))):
        room = limit - len(shown)
        if room <= 0 or not ring:
            break
        tied = store.around(ring, kinds, where, limit=MOST_ASKED, min_passages=min_passages)
        more = _one_of_alike(store, _by_turns({id_: t for id_, t in tied.items() if id_ not in shown}), room)
        shown |= more
        ring = list(more)
    return _picture(store, shown, where, min_passages)


def opening(store: Store, where: Filter = NO_FILTER, limit: int = 40) -> Neighbourhood:
    """The themes with most sources, and the things that join at least two of them."""
    limit = max(1, min(limit, MOST_SHOWN))
    themes = [thing.id for thing in store.rows(["theme"], where, limit=max(1, round(limit * THEMES_FIRST)))]
    joined = store.around(themes, (), where, limit=limit * 2)
    others = [id_ for id_, tied in joined.items() if tied.things > 1 and id_ not in set(themes)]
    others.sort(key=lambda id_: (-joined[id_].things, -joined[id_].passages, id_))
    shown = themes + others[: limit - len(themes)]
    things = store.things(shown)
    return _picture(store, {id_: things[id_] for id_ in shown if id_ in things}, where, 1)


def _by_turns(tied: Mapping[str, Tied]) -> list[str]:
    """Strongest first within a kind, and the kinds in turn: forty figures must not hide the first proposal."""
    turns: dict[str, int] = defaultdict(int)
    order: dict[str, tuple[int, int, str]] = {}
    for id_ in sorted(tied, key=lambda i: (-tied[i].passages, not tied[i].stated, i)):
        kind = id_.split(":", 1)[0]  # of the first reading: good enough to take turns by
        order[id_] = (turns[kind] // A_TURN.get(kind, 1), -tied[id_].passages, id_)
        turns[kind] += 1
    return sorted(order, key=order.__getitem__)


def _one_of_alike(store: Store, ids: Sequence[str], room: int) -> dict[str, Thing]:
    """The first `room`, of things with one kind and one name (« les habitants » of five documents) the first only.

    Of three times as many at most; more are asked for only where some are alike.
    """
    names: set[tuple[str, str]] = set()
    out: dict[str, Thing] = {}
    waiting = ids[: 3 * room]
    while waiting and len(out) < room:
        some = waiting[: max(room - len(out), min(room, LEAST_ASKED))]
        waiting = waiting[len(some) :]
        found = store.things(some)
        for id_ in some:
            if id_ in found and len(out) < room and (name := (found[id_].kind, key(found[id_].label))) not in names:
                names.add(name)
                out[id_] = found[id_]
    return out


def _picture(store: Store, shown: Mapping[str, Thing], where: Filter, min_passages: int) -> Neighbourhood:
    kept = list(shown)
    links = tuple(link for link in store.links(kept, where) if link.passages >= min_passages)
    drawn: dict[str, int] = defaultdict(int)
    for link in links:
        drawn[link.a] += 1
        drawn[link.b] += 1
    degrees = store.degrees(kept, where)
    hidden = {id_: max(degrees.get(id_, 0) - drawn[id_], 0) for id_ in kept}
    return Neighbourhood(tuple(shown.values()), links, hidden)
