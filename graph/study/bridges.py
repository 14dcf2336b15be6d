"""Bridges: themes that tie communities. Holes: themes that nothing said ties, though other themes are tied to both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

from graph.model import Thing
from graph.study.measures import Measured
from graph.study.ties import Ties

MOST = 30
AMONG = 150  # themes that are paired when holes are looked for: those with most passages
SHOWN_BETWEEN = 4
FEWEST_BETWEEN = 2  # themes that must be tied to both ends of a hole


@dataclass(frozen=True, slots=True)
class Span:
    """One arm of a bridge: the number of a community, the passages that lead to it, the thing most tied there."""

    community: int
    passages: int
    nearest: Thing


@dataclass(frozen=True, slots=True)
class Bridge:
    """A theme with the communities, other than its own, that it is tied to: most passages first."""

    theme: Thing
    community: int
    spans: tuple[Span, ...]

    @property
    def passages(self) -> int:
        return sum(span.passages for span in self.spans)


@dataclass(frozen=True, slots=True)
class Hole:
    """Two themes that no passage ties and no statement is about, with the themes that are tied to both.

    `score` is the sum of 1 / ln(degree) of all of these (Adamic and Adar): what is tied to everything counts little.
    """

    a: Thing
    b: Thing
    between: tuple[Thing, ...]
    score: float


def bridges(ties: Ties, measured: Measured, *, most: int = MOST) -> list[Bridge]:
    """The themes with most passages that lead out of their community."""
    near, number = ties.near(), measured.community_of()
    found = [
        Bridge(place.thing, place.community, spans)
        for place in measured.places
        if place.thing.kind == "theme" and (spans := _spans(ties, near[place.thing.id], number, place.community))
    ]
    return sorted(found, key=lambda b: (-b.passages, -len(b.spans), b.theme.id))[:most]


def _spans(ties: Ties, others: Mapping[str, int], number: Mapping[str, int], own: int) -> tuple[Span, ...]:
    passages, nearest = Counter[int](), dict[int, str]()
    for id_, n in others.items():
        if number[id_] != own:
            passages[number[id_]] += n
            best = nearest.setdefault(number[id_], id_)
            if (n, ties.things[id_].kind == "theme") > (others[best], ties.things[best].kind == "theme"):
                nearest[number[id_]] = id_
    ordered = sorted(passages, key=lambda c: (-passages[c], c))
    return tuple(Span(c, passages[c], ties.things[nearest[c]]) for c in ordered)


def holes(ties: Ties, measured: Measured, *, most: int = MOST) -> list[Hole]:
    """The pairs of themes apart to whose ends most is common."""
    near = {id_: set(others) for id_, others in ties.near().items()}
    themes = [place.thing for place in measured.places if place.thing.kind == "theme"][:AMONG]
    found = []
    for a, b in combinations(themes, 2):
        common = near[a.id] & near[b.id]
        apart = b.id not in near[a.id] and all(ties.things[id_].kind == "theme" for id_ in common)
        if apart and len(common) >= FEWEST_BETWEEN:
            score = sum(1 / log(len(near[id_])) for id_ in sorted(common))
            found.append((score, a, b, common))
    found.sort(key=lambda h: (-h[0], h[1].id, h[2].id))
    return [Hole(a, b, _closest(ties, near, common), round(score, 3)) for score, a, b, common in found[:most]]


def _closest(ties: Ties, near: Mapping[str, set[str]], common: set[str]) -> tuple[Thing, ...]:
    """What is tied to little else."""
    return tuple(ties.things[id_] for id_ in sorted(common, key=lambda i: (len(near[i]), i))[:SHOWN_BETWEEN])
