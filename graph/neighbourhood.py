"""What a picture shows: a chosen thing and its surroundings, or the opening view; never the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Filter, Link, Thing
from graph.store.base import NO_FILTER, Store

MOST_SHOWN = 500
MOST_DEPTH = 3
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
    for thing in ring:
        # Those shown already may stand before the new ones: ask for as many more.
        asked = room + len(shown)
        for link in store.neighbours(thing, kinds, where, limit=asked, min_passages=min_passages):
            if link.b not in shown:
                strength[link.b] += link.passages
    return sorted(strength, key=lambda id_: (-strength[id_], id_))[:room]


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
