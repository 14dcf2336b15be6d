"""What a picture shows: a chosen thing and its surroundings, or the opening view; never the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Filter, Link, Thing
from graph.store.base import NO_FILTER, Store
from graph.text import key

MOST_SHOWN = 500
MOST_DEPTH = 3
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
    shown = list(dict.fromkeys(found[id_].id for id_ in centre_ids if id_ in found))[:limit]
    ring: Sequence[str] = shown
    for _ in range(max(1, min(depth, MOST_DEPTH))):
        room = limit - len(shown)
        if room <= 0 or not ring:
            break
        ring = _next_ring(store, ring, set(shown), kinds, where, min_passages, room)
        shown += ring
    return _picture(store, shown, where, min_passages)


def opening(store: Store, where: Filter = NO_FILTER, limit: int = 40) -> Neighbourhood:
    """The themes with most sources, and the things that join at least two of them."""
    limit = max(1, min(limit, MOST_SHOWN))
    themes = [thing.id for thing in store.rows(["theme"], where, limit=max(1, round(limit * THEMES_FIRST)))]
    joins: dict[str, int] = defaultdict(int)
    strength: dict[str, int] = defaultdict(int)
    for theme in themes:
        for link in store.neighbours(theme, (), where, limit=limit * 2):
            joins[link.b] += 1
            strength[link.b] += link.passages
    others = [id_ for id_, n in joins.items() if n > 1 and id_ not in set(themes)]
    others.sort(key=lambda id_: (-joins[id_], -strength[id_], id_))
    return _picture(store, themes + others[: limit - len(themes)], where, 1)


def _next_ring(
    store: Store,
    ring: Iterable[str],
    shown: set[str],
    kinds: Sequence[str],
    where: Filter,
    min_passages: int,
    room: int,
) -> list[str]:
    strength: dict[str, int] = defaultdict(int)
    stated: set[str] = set()
    for thing in ring:
        for link in store.neighbours(thing, kinds, where, limit=MOST_ASKED, min_passages=min_passages):
            if link.b not in shown:
                strength[link.b] += link.passages
                stated |= {link.b} if link.types else set()
    return _one_of_alike(store, _by_turns(strength, stated), room)


def _by_turns(strength: Mapping[str, int], stated: Collection[str]) -> list[str]:
    """Strongest first within a kind, and the kinds in turn: forty figures must not hide the first proposal."""
    turns: dict[str, int] = defaultdict(int)
    order: dict[str, tuple[int, int, str]] = {}
    for id_ in sorted(strength, key=lambda i: (-strength[i], i not in stated, i)):
        kind = id_.split(":", 1)[0]  # of the first reading: good enough to take turns by
        order[id_] = (turns[kind] // A_TURN.get(kind, 1), -strength[id_], id_)
        turns[kind] += 1
    return sorted(order, key=order.__getitem__)


def _one_of_alike(store: Store, ids: Sequence[str], room: int) -> list[str]:
    """The first `room`, of things with one kind and one name (« les habitants » of five documents) the first only."""
    things = store.things(ids[: 3 * room])
    names: set[tuple[str, str]] = set()
    out: list[str] = []
    for id_ in ids[: 3 * room]:
        if id_ in things and (name := (things[id_].kind, key(things[id_].label))) not in names:
            names.add(name)
            out.append(id_)
    return out[:room]


def _picture(store: Store, shown: Sequence[str], where: Filter, min_passages: int) -> Neighbourhood:
    things = store.things(shown)
    kept = [id_ for id_ in shown if id_ in things]
    links = tuple(link for link in store.links(kept, where) if link.passages >= min_passages)
    drawn: dict[str, int] = defaultdict(int)
    for link in links:
        drawn[link.a] += 1
        drawn[link.b] += 1
    degrees = store.degrees(kept, where)
    hidden = {id_: max(degrees.get(id_, 0) - drawn[id_], 0) for id_ in kept}
    return Neighbourhood(tuple(things[id_] for id_ in kept), links, hidden)
