"""How themes move from one meeting to the next: counts, and a movement by a rule that pages can state. Pure.

The rule: a theme *appears* when the first meeting says nothing of it; it *fades* when the last meeting says nothing of
it, and *joins* another when, besides, that one goes on and is the wider theme or shares half of its sentences; else it
*grows* or *shrinks* when its sentences change by half between the first and the last meeting, and *holds* otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.course.meetings import Meeting, things_of
from graph.model import Link, Thing
from graph.store.base import Store

MOST_THEMES = 8
MOST_MEETINGS = 12
_PER_MEETING = 200
CHANGE = 1.5  # times
SHARED = 0.5  # of the sentences of the theme that ends
APPEARS, GROWS, HOLDS, SHRINKS, FADES, JOINS = "appears", "grows", "holds", "shrinks", "fades", "joins"


@dataclass(frozen=True, slots=True)
class Stream:
    """A theme through a series: `counts` are its sentences in each meeting.

    `at` is the place of the meeting where it appears or is said last; `into` the id of the theme it joins.
    """

    theme: Thing
    counts: tuple[int, ...]
    movement: str
    at: int = 0
    into: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)


def streams(
    store: Store, series: Sequence[Meeting], *, most: int = MOST_THEMES, also: Sequence[str] = ()
) -> list[Stream]:
    """The most said themes of a series of meetings, in the order given, and the themes `also` whatever their rank."""
    counts: dict[str, list[int]] = {}
    themes: dict[str, Thing] = {}
    cut = []
    for place, meeting in enumerate(series):
        said = things_of(store, meeting, ["theme"], limit=_PER_MEETING)
        cut += [place] if len(said) == _PER_MEETING else []
        for theme in said:
            themes.setdefault(theme.id, theme)
            counts.setdefault(theme.id, [0] * len(series))[place] = theme.evidence_count
    ranked = sorted(counts, key=lambda i: (-sum(counts[i]), themes[i].label, i))
    shown = [*ranked[:most], *(i for i in ranked[most:] if i in set(also))]
    for place in cut:
        _complete(store, series[place], place, {i: counts[i] for i in shown})
    links = store.links(shown) if shown else []
    return moved({i: themes[i] for i in shown}, {i: tuple(counts[i]) for i in shown}, links)


def _complete(store: Store, meeting: Meeting, place: int, counts: Mapping[str, list[int]]) -> None:
    """Count, by their ids, the themes that are not among the most said of a meeting."""
    missing = [id_ for id_, own in counts.items() if not own[place]]
    for where in meeting.filters:
        for id_, claims in store.claims(missing, where).items():
            counts[id_][place] += sum(claim.weight for claim in claims)


def moved(themes: Mapping[str, Thing], counts: Mapping[str, tuple[int, ...]], links: Sequence[Link]) -> list[Stream]:
    """The streams of these themes, in their order."""
    return [_stream(theme, counts, links) for theme in themes.values()]


def _stream(theme: Thing, counts: Mapping[str, tuple[int, ...]], links: Sequence[Link]) -> Stream:
    own = counts[theme.id]
    said = [place for place, n in enumerate(own) if n]
    first, last = said[0], said[-1]
    if last < len(own) - 1:
        into = _joined(theme.id, last, counts, links)
        return Stream(theme, own, JOINS if into else FADES, last, into)
    if first > 0:
        return Stream(theme, own, APPEARS, first)
    return Stream(theme, own, _change(own[first], own[last]), first)


def _change(first: int, last: int) -> str:
    if last >= first * CHANGE:
        return GROWS
    return SHRINKS if last * CHANGE <= first else HOLDS


def _joined(theme: str, last: int, counts: Mapping[str, tuple[int, ...]], links: Sequence[Link]) -> str:
    """The theme that this one joins: the one that shares most with it among those that go on; none for the rest."""
    best: tuple[bool, int, str] | None = None
    total = sum(counts[theme])
    for link in links:
        if theme not in (link.a, link.b):
            continue
        other = link.b if link.a == theme else link.a
        wider = ("broader" if link.a == theme else "-broader") in link.types
        goes_on = other in counts and any(counts[other][last + 1 :])
        if goes_on and (wider or link.passages >= total * SHARED):
            best = max(best or (False, 0, ""), (wider, link.passages, other))
    return best[2] if best else ""
