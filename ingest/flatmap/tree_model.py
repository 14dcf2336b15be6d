"""Which open topic a topic stands under: learnt from the trees of public maps, by the shapes of words alone.

Topics come depth first, so the parent of one is the topic before it or one above that. Each of these is scored by the
sum of the weights of what holds of it (`tree_weights.json`, made by ``tests/benchmarks/train_flat_parents.py``). Trees
are drawn by these scores; a parent is as sure as it is frequent among them.
"""

from __future__ import annotations

import heapq
import json
import math
import random
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from ingest.flatmap.by_rank import names_branches, parents_by_rank
from ingest.flatmap.shape import Shape, alike, bucket

_WEIGHTS = Path(__file__).with_name("tree_weights.json")
LONGEST = 5_000  # topics; a longer text is no map that anybody drew
_MOST_DRAWN, _LEAST_DRAWN, _DRAWN_TOPICS = 24, 4, 4_800
_BY_RANK = 0.5  # what the rank of words adds to a share, in maps that name their branches
_BEAM = 8
_OPEN = 8  # open topics that are asked, beside the centre: maps deeper than that are rare
_ANNOUNCED = {"deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6}


class Open(NamedTuple):
    """A topic that may have more children, the last that it has and how many."""

    topic: int
    last: int = -1
    children: int = 0


State = tuple[Open, ...]
_Tree = tuple[float, tuple[int, ...], Any]  # the sum of its shares, its open topics, its parents from the last back


def levels(state: State) -> list[int]:
    """The levels of a state that may hold the next topic, deepest first."""
    deepest = len(state) - 1
    near = list(range(deepest, max(-1, deepest - _OPEN), -1))
    return near if near[-1] == 0 else [*near, 0]


class Features:
    """What holds of a topic and of each topic that may be above it, as names."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.count = len(labels)
        self.shapes = [*map(Shape, labels), Shape("")]  # the last, at -1, is that of a centre which is missing
        self._alike: dict[tuple[int, int], list[str]] = {}
        self._own: dict[int, list[str]] = {}
        self._levels: dict[str, int] = {}  # of the words of topics that have their place

    def own(self, topic: int) -> list[str]:
        """What holds of a topic alone."""
        if topic not in self._own:
            s = self.shapes[topic]
            found = [f"h{s.height}", f"l{s.length}", f"e{s.end}", f"c{s.case}", f"a{s.lead}"]
            found += [f"w{bucket(len(s.words), 1, 2, 3, 4, 6, 9, 14)}", f"al{s.lead}{bucket(s.length, 2, 4, 6)}"]
            self._own[topic] = found + [f"s{sign}" for sign in s.signs]
        return self._own[topic]

    def alike(self, one: int, other: int) -> list[str]:
        """In what two topics are of one make."""
        if (one, other) not in self._alike:
            self._alike[one, other] = alike(self.shapes[one], self.shapes[other])
        return self._alike[one, other]

    def start(self) -> State:
        """With the first topic as the centre; where it is worded as a main branch, the centre is missing."""
        self._levels = {}
        return (Open(-1, 0, 1), Open(0)) if self.shapes[0].height == 0 else (Open(0),)

    def again(self, level: int, topic: int) -> int | None:
        """How far a level is from that of the last topic with the same words; None where there is none."""
        known = self._levels.get(self.shapes[topic].key)
        return None if known is None else max(-2, min(2, level - known))

    def attached(self, state: State, level: int, topic: int) -> State:
        """The state after a topic has been put under the open topic at `level`."""
        over = state[level]
        self._levels[self.shapes[topic].key] = level
        return (*state[:level], Open(over.topic, topic, over.children + 1), Open(topic))

    def around(self, topic: int) -> list[str]:
        """What holds of a topic and its neighbours, whatever is above it."""
        found = ["", *self.own(topic), *(f"p{x}" for x in self.own(topic - 1))]
        found += [f"pp{x}" for x in self.alike(topic - 1, topic)]
        if topic + 1 < self.count:
            found += [f"n{x}" for x in self.own(topic + 1)] + [f"nn{x}" for x in self.alike(topic, topic + 1)]
            skip = self.alike(topic - 1, topic + 1)
            found += [f"ns{x}" for x in skip]
        else:
            found.append("n.")
        if topic > 1:
            found += [f"b{x}" for x in self.alike(topic - 2, topic)]
        return found

    def above(self, state: State, level: int, topic: int) -> list[str]:
        """What holds of a topic under the open topic at `level`."""
        over, step = state[level], step_of(state, level)
        return [
            *self.placed(min(level, 6), step, over.children),
            *self.under(over.topic, topic, step, level == 0),
            *self.announced(over.topic, over.children),
            *self.repeated(self.again(level, topic)),
            *self.after(over.last, topic, step == "1"),
        ]

    @staticmethod
    def placed(level: int, step: str, children: int) -> list[str]:
        """Of the place alone."""
        return [f"d{level}{step}", f"k{bucket(children, 1, 2, 3, 5, 8, 13)}{step}{'' if level else 'r'}"]

    def under(self, parent: int, topic: int, step: str, is_top: bool) -> list[str]:
        """Of a topic and the one above it."""
        top = "r" if is_top else ""
        over, child = self.shapes[parent], self.shapes[topic]
        return [
            f"ph{over.height}{child.height}{top}", f"pl{over.length}-{child.length}", f"pe{over.end}{step}",
            f"pa{over.lead}{child.lead}", f"pc{over.case}{child.case}{top}",
            f"pw{min(2, len(over.content & child.content))}{top}",
        ]  # fmt: skip

    def announced(self, parent: int, children: int) -> list[str]:
        """Of the children that a topic names and those that it has."""
        return [f"an{_announced(self.shapes[parent], children)}"]

    @staticmethod
    def repeated(again: int | None) -> list[str]:
        return [] if again is None else [f"again{again}"]

    def after(self, last: int, topic: int, is_next: bool) -> list[str]:
        """Of a topic and the last one under the same parent; `is_next`: nothing stands between them."""
        mark = "s" if is_next else "u"
        return [f"{mark}{x}" for x in self.alike(last, topic)] if last >= 0 else []


def step_of(state: State, level: int) -> str:
    """How far up a parent is: 0 for the topic before, 1 for its parent …"""
    return str(min(4, len(state) - 1 - level))


def _announced(parent: Shape, count: int) -> str:
    """Whether a parent that names a number of things has fewer than it names, as many, or more."""
    said = next((int(w) if w.isdecimal() and len(w) < 3 else _ANNOUNCED.get(w, 0) for w in parent.words[:2]), 0)
    return "" if said < 2 else "<" if count < said else "=" if count == said else ">"


Marginals = list[dict[int, float]]  # for every topic, how likely each earlier one is above it; -1 where none is


class TreeModel:
    """Weights by name; `chance`: the share of right parents, on maps not learnt from, by their share in the model."""

    def __init__(self, weights: Mapping[str, float], chance: Sequence[tuple[float, float]] = ()) -> None:
        self.weights = weights
        self.chance = chance

    def guess(self, labels: Sequence[str]) -> list[tuple[int, float]]:
        """Parent (-1 where there is none) and confidence of every topic: the tree whose parents are the likeliest.

        Likely means often found in trees drawn from the model, so that an early mistake does not settle what follows.
        """
        if len(labels) > LONGEST:
            return [(min(n, 1) - 1, 0.0) for n in range(len(labels))]
        shares = self.marginals(labels)
        best = _best(_with_ranks(shares, labels) if names_branches(labels) else shares)
        return [(parent, self._calibrated(of.get(parent, 0.0))) for parent, of in zip(best, shares, strict=True)]

    def marginals(self, labels: Sequence[str]) -> Marginals:
        """The share of each parent among trees drawn at random (always the same for the same labels)."""
        drawn = max(_LEAST_DRAWN, min(_MOST_DRAWN, _DRAWN_TOPICS // max(1, len(labels))))
        shares: Marginals = [{} for _ in labels]
        scores, dice = _Scores(self.weights, Features(labels)), random.Random(1)  # noqa: S311 - draws, no secrets
        for _ in range(drawn):
            for topic, parent in enumerate(scores.draw(dice)):
                shares[topic][parent] = shares[topic].get(parent, 0.0) + 1.0 / drawn
        return shares

    def _calibrated(self, share: float) -> float:
        points = self.chance
        if not points:
            return share
        at = bisect_left(points, (share, 0.0))
        if at in (0, len(points)):
            return points[min(at, len(points) - 1)][1]
        (left, low), (right, high) = points[at - 1], points[at]
        return low + (high - low) * (share - left) / (right - left)


class _Scores:
    """The scores of what may stand above what: of each thing that holds worked out once for all trees drawn."""

    def __init__(self, weights: Mapping[str, float], features: Features) -> None:
        self._weights = weights
        self._features = features
        around = cache(features.around)
        self._around = self._summed(lambda topic, step: [step + name for name in around(topic)])
        self._placed = self._summed(features.placed)
        self._under = self._summed(features.under)
        self._announced = self._summed(features.announced)
        self._repeated = self._summed(features.repeated)
        self._after = self._summed(features.after)

    def _summed(self, names: Callable[..., list[str]]) -> Callable[..., float]:
        """The weight of all that holds, asked once for the same things."""
        weight = self._weights.get
        return cache(lambda *of: sum(map(weight, names(*of), repeat(0.0))))

    def draw(self, dice: random.Random) -> list[int]:
        """The parents of a tree, each drawn by its probability."""
        state = self._features.start()
        parents = [-1] * min(1, self._features.count)
        for topic in range(1, self._features.count):
            open_levels = levels(state)
            scores = [self._score(state, level, topic) for level in open_levels]
            highest = max(scores)
            (level,) = dice.choices(open_levels, [math.exp(score - highest) for score in scores])
            parents.append(state[level].topic)
            state = self._features.attached(state, level, topic)
        return parents

    def _score(self, state: State, level: int, topic: int) -> float:
        step, over = step_of(state, level), state[level]
        return (
            self._around(topic, step)
            + self._placed(min(level, 6), step, over.children)
            + self._under(over.topic, topic, step, level == 0)
            + self._announced(over.topic, over.children)
            + self._repeated(self._features.again(level, topic))
            + self._after(over.last, topic, step == "1")
        )


def _with_ranks(shares: Marginals, labels: Sequence[str]) -> Marginals:
    """The same, where the words of a map tell more than their shapes."""
    ranked = parents_by_rank(labels)
    return [{**of, parent: of.get(parent, 0.0) + _BY_RANK} for of, parent in zip(shares, ranked, strict=True)]


def _best(shares: Marginals) -> list[int]:
    """The parents, of topics that come depth first, whose shares add up to the most (nearly: a beam)."""
    trees: list[_Tree] = [(0.0, (-1, 0), None)] if shares else []
    for topic, of in enumerate(shares[1:], 1):
        grown = (
            (score + of.get(parent, 0.0), (*path[: level + 1], topic), (parent, before))
            for score, path, before in trees
            for level, parent in enumerate(path)
        )
        trees = heapq.nlargest(_BEAM, grown, key=itemgetter(0))
    parents: list[int] = []
    chain = trees[0][2] if trees else None
    while chain is not None:
        parents.append(chain[0])
        chain = chain[1]
    return [-1, *reversed(parents)] if shares else []


@cache
def model() -> TreeModel:
    """The model that ships."""
    data = json.loads(_WEIGHTS.read_text("utf-8"))
    return TreeModel(data["weights"], [(p, c) for p, c in data["chance"]])
