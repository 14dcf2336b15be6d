"""How far measures hold when the corpus changes a little: one document is left out, then they are taken again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TypeAlias, TypeVar

from graph.study.bridges import Bridge, Hole, bridges, holes
from graph.study.measures import FEWEST_PIVOTS, Measured, communities, cost, placed, ways_through
from graph.study.ties import Pair, Progress, Ties, no_progress

TRIES = 6
WORK = 60_000  # ties, over all tries: about 4 s of processor
WAYS = 600_000  # visits of a thing or tie that following the ways anew may cost, over all tries: about 1 s
TOP = 20
FEWEST_TRIES = 3  # from which on it is told how often something is listed again
What = TypeVar("What", bound=Hashable)
_Listed: TypeAlias = tuple[Sequence[Bridge], Sequence[Hole]]


@dataclass(frozen=True, slots=True)
class Try:
    """One document left out. `agreement` of the communities of themes (adjusted Rand index: 1 the same, 0 chance).

    The others are the share of the first ones that are still among the first (None where there was none): `top` of the
    TOP most said themes, `central` of the TOP that most ways go through (None too where following the ways anew would
    take too long), `bridges` and `holes` of those that are listed.
    """

    source: str
    name: str
    agreement: float
    top: float | None
    central: float | None
    bridges: float | None
    holes: float | None


@dataclass(frozen=True, slots=True)
class Stability:
    """`stays` is, for each theme, the mean share of its companions that it keeps (0-1); `bridges` and `holes` are, for
    each theme and pair of themes that is listed, in how many of the tries it is listed again, where there were enough.
    `pivots` is from how many things the ways were followed anew, 0 where they were not."""

    tries: tuple[Try, ...]
    stays: Mapping[str, float]
    bridges: Mapping[str, int]
    holes: Mapping[Pair, int]
    pivots: int

    @property
    def agreement(self) -> float:
        return sum(t.agreement for t in self.tries) / len(self.tries) if self.tries else 1.0

    @property
    def top(self) -> float:
        shares = [t.top for t in self.tries if t.top is not None]
        return sum(shares) / len(shares) if shares else 1.0


@dataclass(frozen=True, slots=True)
class _Firsts:
    """What stands first in a corpus, by measure."""

    said: Sequence[str]
    central: Sequence[str]
    bridges: Sequence[str]
    holes: Sequence[Pair]


def stability(
    ties: Ties, measured: Measured, *, listed: _Listed | None = None, progress: Progress = no_progress
) -> Stability:
    """Leave out one document after the other, from the largest to the smallest, and compare.

    `listed` are the bridges and holes of the whole, where they are known already.
    """
    chosen = _chosen(ties)
    pivots = _pivots(ties, measured.seed, len(chosen))
    whole, first = _themes(ties, measured.community_of()), _firsts(ties, measured, pivots, listed)
    kept: dict[str, list[float]] = {id_: [] for id_ in whole}
    tries, found = list[Try](), list[_Firsts]()
    for done, source in enumerate(chosen):
        progress(done / len(chosen))
        rest = ties.without(source)
        near = rest.near()
        again = placed(rest, near, communities(near, seed=measured.seed), {}, 0, measured.seed)
        parted = _themes(ties, again.community_of())
        common = sorted(whole.keys() & parted.keys())
        for id_, share in _companions(whole, parted, common).items():
            kept[id_].append(share)
        agreement = adjusted_rand([whole[i] for i in common], [parted[i] for i in common])
        found.append(_firsts(rest, again, pivots))
        tries.append(_try(source, ties.names[source], agreement, first, found[-1], ways=bool(pivots)))
    progress(1.0)
    stays = {id_: sum(shares) / len(shares) for id_, shares in kept.items() if shares}
    bridged, apart = (_again(first.bridges, [f.bridges for f in found]), _again(first.holes, [f.holes for f in found]))
    return Stability(tuple(tries), stays, bridged, apart, len(pivots))


def _try(source: str, name: str, agreement: float, first: _Firsts, then: _Firsts, *, ways: bool) -> Try:
    central = _share(first.central, then.central) if ways else None
    lists = (_share(first.bridges, then.bridges), _share(first.holes, then.holes))
    return Try(source, name, agreement, _share(first.said, then.said), central, *lists)


def _pivots(ties: Ties, seed: int, tries: int) -> list[str]:
    """From where the ways are followed anew, the same in every try; none where that would be too few to tell."""
    near = ties.near()
    count = min(len(near), WAYS // (cost(near) * (tries + 1)))
    if not tries or count < min(FEWEST_PIVOTS, len(near)):
        return []
    return random.Random(seed).sample(list(near), count)  # noqa: S311  drawn again by whoever has the seed


def _firsts(ties: Ties, measured: Measured, pivots: Sequence[str], listed: _Listed | None = None) -> _Firsts:
    central: list[str] = []
    if pivots:
        through = ways_through(near := ties.near(), [id_ for id_ in pivots if id_ in near])
        passed = [id_ for id_, share in through.items() if share and ties.things[id_].kind == "theme"]
        central = sorted(passed, key=lambda id_: (-through[id_], id_))[:TOP]
    leading, apart = listed or (bridges(ties, measured), holes(ties, measured))
    return _Firsts(_most_said(ties), central, [b.theme.id for b in leading], [ends(hole) for hole in apart])


def ends(hole: Hole) -> Pair:
    """The two themes of a hole, in an order that no measure changes."""
    return (min(hole.a.id, hole.b.id), max(hole.a.id, hole.b.id))


def _share(first: Sequence[Hashable], then: Sequence[Hashable]) -> float | None:
    return len(set(first) & set(then)) / len(first) if first else None


def _again(first: Sequence[What], tries: Sequence[Sequence[What]]) -> dict[What, int]:
    """For each of the first, in how many of the tries it is among the first again; of too few tries nothing is told."""
    times = Counter(each for found in tries for each in found)
    return {each: times[each] for each in first} if len(tries) >= FEWEST_TRIES else {}


def _chosen(ties: Ties) -> list[str]:
    """Sources to leave out: evenly from the one with most ties to the one with fewest; fewer tries on a large graph."""
    by_size = sorted((s for s, pairs in ties.by_source.items() if pairs), key=lambda s: (-len(ties.by_source[s]), s))
    most = min(TRIES, max(1, WORK // max(len(ties.all), 1)))
    if len(by_size) < 2:
        return []  # without its only document nothing is left to compare
    if len(by_size) <= most:
        return by_size
    return [by_size[at * len(by_size) // most] for at in range(most)]


def _themes(ties: Ties, number: Mapping[str, int]) -> dict[str, int]:
    return {id_: n for id_, n in number.items() if ties.things[id_].kind == "theme"}


def _companions(whole: Mapping[str, int], again: Mapping[str, int], common: Sequence[str]) -> dict[str, float]:
    """For each theme, of those that are with it before or after, the share that is on both occasions."""
    before, after, both = Counter[int](), Counter[int](), Counter[tuple[int, int]]()
    for id_ in common:
        before[whole[id_]] += 1
        after[again[id_]] += 1
        both[whole[id_], again[id_]] += 1
    out = {}
    for id_ in common:
        one, other = whole[id_], again[id_]
        kept = both[one, other]
        out[id_] = kept / (before[one] + after[other] - kept)
    return out


def _most_said(ties: Ties) -> list[str]:
    passages = Counter[str]()
    for pair, n in ties.all.items():
        for id_ in pair:
            if ties.things[id_].kind == "theme":
                passages[id_] += n
    return sorted(passages, key=lambda i: (-passages[i], i))[:TOP]


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """How alike two ways of parting the same things are: 1 the same, about 0 by chance.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0]), round(adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]), 2)
    (1.0, -0.5)
    """
    together = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    rows, columns = (sum(comb(n, 2) for n in Counter(part).values()) for part in (one, other))
    chance = rows * columns / max(comb(len(one), 2), 1)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)
