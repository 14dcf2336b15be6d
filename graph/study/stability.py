"""How far measures hold when the corpus changes a little: one document is left out, then they are taken again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from graph.study.measures import Measured, communities
from graph.study.ties import Progress, Ties, no_progress

TRIES = 6
WORK = 80_000  # ties, over all tries: about 4 s of processor
TOP = 20


@dataclass(frozen=True, slots=True)
class Try:
    """One document left out. `agreement` of the communities of themes (adjusted Rand index: 1 the same, 0 chance);
    `top` the share of the TOP most said themes that are still among them."""

    source: str
    name: str
    agreement: float
    top: float


@dataclass(frozen=True, slots=True)
class Stability:
    """`stays` is, for each theme, the mean share of its companions that it keeps (0-1)."""

    tries: tuple[Try, ...]
    stays: Mapping[str, float]

    @property
    def agreement(self) -> float:
        return sum(t.agreement for t in self.tries) / len(self.tries) if self.tries else 1.0

    @property
    def top(self) -> float:
        return sum(t.top for t in self.tries) / len(self.tries) if self.tries else 1.0


def stability(ties: Ties, measured: Measured, *, progress: Progress = no_progress) -> Stability:
    """Leave out one document after the other, from the largest to the smallest, and compare."""
    whole = _themes(ties, measured.community_of())
    kept: dict[str, list[float]] = {id_: [] for id_ in whole}
    tries = []
    chosen = _chosen(ties)
    for done, source in enumerate(chosen):
        progress(done / len(chosen))
        rest = ties.without(source)
        near = rest.near()
        found = {id_: n for n, ids in enumerate(communities(near, seed=measured.seed)) for id_ in ids}
        again = _themes(ties, found)
        common = sorted(whole.keys() & again.keys())
        for id_, share in _companions(whole, again, common).items():
            kept[id_].append(share)
        agreement = adjusted_rand([whole[i] for i in common], [again[i] for i in common])
        tries.append(Try(source, ties.names[source], agreement, _top(ties, rest)))
    progress(1.0)
    return Stability(tuple(tries), {id_: sum(shares) / len(shares) for id_, shares in kept.items() if shares})


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


def _top(ties: Ties, rest: Ties) -> float:
    before, after = _most_said(ties), _most_said(rest)
    return len(before & after) / len(before) if before else 1.0


def _most_said(ties: Ties) -> set[str]:
    passages = Counter[str]()
    for pair, n in ties.all.items():
        for id_ in pair:
            if ties.things[id_].kind == "theme":
                passages[id_] += n
    return set(sorted(passages, key=lambda i: (-passages[i], i))[:TOP])


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
