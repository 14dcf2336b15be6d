"""Learn which open topic a topic of a flat map stands under, from the trees of maps in folders of any format.

    python tests/benchmarks/train_flat_parents.py TREES.json… [--folds 3] [--write]

TREES.json holds ``[{"group": repository, "name": file, "nodes": [[label, parent index or -1], …]}, …]``, depth first
(``python -m ingest outline --json`` gives the trees). Cross-validated by group: no map
is judged by weights that saw another of its repository. Prints accuracy and calibration; `--write` learns from all and
writes the weights with the calibration of the folds. Needs numpy.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests" / "tools")]

from ingest.flatmap.tree_model import Features, Open, State, TreeModel, levels, step_of  # noqa: E402

_WEIGHTS = _ROOT / "ingest" / "flatmap" / "tree_weights.json"
_PASSES = 8
_RATE = 0.1
_DECAY = 100.0
_LONGEST = 220  # topics of a map that are learnt from and judged: the beginning of a map is a map
_FULL_WEIGHT = 120  # topics of a map that count whole; larger maps count less a topic
_LEAST = 0.01  # smaller weights are left out of the file


@dataclass(frozen=True)
class Tree:
    """The topics of a map depth first, with the index of each one's parent."""

    group: str
    name: str
    labels: list[str]
    parents: list[int]


@dataclass(frozen=True)
class Choice:
    """One topic: the names that hold of each open topic, and which is right."""

    names: list[list[str]]
    right: int
    weight: float


def choices(tree: Tree) -> Iterator[Choice]:
    """The choices on the way through a map."""
    features = Features(tree.labels)
    state = start_of(tree)
    weight = min(1.0, _FULL_WEIGHT / len(tree.labels)) ** 0.5
    for topic in range(1, len(tree.labels)):
        found = levels(state)
        right = next(level for level, entry in enumerate(state) if entry.topic == tree.parents[topic])
        if right in found:
            around = features.around(topic)
            names = [
                [step_of(state, level) + x for x in around] + features.above(state, level, topic) for level in found
            ]
            yield Choice(names, found.index(right), weight)
        state = features.attached(state, right, topic)


def start_of(tree: Tree) -> State:
    """As the map begins: with its centre, or under one that was taken away."""
    return (Open(0),) if tree.parents.count(-1) == 1 else (Open(-1, 0, 1), Open(0))


def beheaded(tree: Tree) -> Tree:
    """A map without its centre: main branches are roots."""
    return Tree(tree.group, tree.name, tree.labels[1:], [p - 1 if p > 0 else -1 for p in tree.parents[1:]])


def learnt(trees: Sequence[Tree]) -> TreeModel:
    """Weights from maps, with their centre and without it."""
    trees = [*trees, *(beheaded(t) for t in trees if t.parents.count(0) > 2)]
    return _fitted([choice for tree in trees for choice in choices(tree)], 1)


def _fitted(examples: Sequence[Choice], seed: int) -> TreeModel:
    """Weights that make the right choices likely (Adagrad on the logarithm of their probability, decayed)."""
    index: dict[str, int] = {}
    batches = [_Batch.of(examples[n : n + 256], index) for n in range(0, len(examples), 256)]
    weights, squares = np.zeros(len(index)), np.full(len(index), 1e-1)
    order = np.random.default_rng(seed)
    for _ in range(_PASSES):
        for n in order.permutation(len(batches)):
            slope = batches[n].slope(weights) + _DECAY / len(batches) * weights
            squares += slope * slope
            weights -= _RATE * slope / np.sqrt(squares)
    return TreeModel({name: round(float(weights[at]), 3) for name, at in index.items() if abs(weights[at]) > _LEAST})


@dataclass(frozen=True)
class _Batch:
    """Choices as arrays: names of all candidates one after the other, where each candidate and each choice begins."""

    names: np.ndarray
    candidates: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    right: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, examples: Sequence[Choice], index: dict[str, int]) -> _Batch:
        rows = [names for example in examples for names in example.names]
        flat = [index.setdefault(name, len(index)) for names in rows for name in names]
        sizes = np.array([len(example.names) for example in examples])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        right = starts + np.array([example.right for example in examples])
        candidates = np.repeat(np.arange(len(rows)), [len(names) for names in rows])
        return cls(np.array(flat), candidates, starts, sizes, right, np.array([e.weight for e in examples]))

    def slope(self, weights: np.ndarray) -> np.ndarray:
        rows = int(self.sizes.sum())
        scores = np.bincount(self.candidates, weights[self.names], rows)
        scores -= np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        odds = np.exp(scores)
        odds /= np.repeat(np.add.reduceat(odds, self.starts), self.sizes)
        odds[self.right] -= 1.0
        odds *= np.repeat(self.weights, self.sizes)
        return np.bincount(self.names, odds[self.candidates], len(weights))


Guess = tuple[float, bool]  # probability, whether the parent is right


def judged(model: TreeModel, tree: Tree) -> list[Guess]:
    """Every guess on a map but that of its first topic."""
    found = model.guess(tree.labels)[1:]
    return [(p, parent == right) for (parent, p), right in zip(found, tree.parents[1:], strict=True)]


def folds(trees: Sequence[Tree], number: int, seed: int = 1) -> list[set[str]]:
    """The groups in so many sets of about as many topics each."""
    groups: dict[str, int] = {}
    for tree in trees:
        groups[tree.group] = groups.get(tree.group, 0) + len(tree.labels)
    sets: list[set[str]] = [set() for _ in range(number)]
    for group in sorted(groups, key=lambda g: (-groups[g], g)):
        min(sets, key=lambda s: sum(groups[g] for g in s)).add(group)
    return sets


def calibration(guesses: Iterable[Guess], bins: int = 20) -> list[tuple[float, float]]:
    """Share of right parents by probability: bins of equal size, never falling."""
    ordered = sorted(guesses)
    size = max(1, len(ordered) // bins)
    points: list[list[float]] = []  # sum of probabilities, right ones, number
    for n in range(0, len(ordered), size):
        part = ordered[n : n + size]
        points.append([sum(p for p, _ in part), sum(right for _, right in part), len(part)])
        while len(points) > 1 and points[-2][1] / points[-2][2] > points[-1][1] / points[-1][2]:
            last = points.pop()
            points[-1] = [a + b for a, b in zip(points[-1], last, strict=True)]
    return [(round(p / number, 4), round(right / number, 3)) for p, right, number in points]


def loaded(paths: Iterable[Path]) -> list[Tree]:
    rows = [row for path in paths for row in json.loads(path.read_text("utf-8"))]
    kept = [(r["group"], r["name"], r["nodes"][:_LONGEST]) for r in rows]
    return [Tree(group, name, [x for x, _ in nodes], [p for _, p in nodes]) for group, name, nodes in kept]


def report(title: str, guesses: Sequence[Guess]) -> None:
    right = sum(r for _, r in guesses)
    print(f"{title}: {right / max(1, len(guesses)):.3f} of {len(guesses)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("trees", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    trees = loaded(options.trees)
    everything: list[Guess] = []
    by_map: dict[str, list[Guess]] = {}
    for held in folds(trees, options.folds):
        model = learnt([t for t in trees if t.group not in held])
        for tree in (t for t in trees if t.group in held):
            found = judged(model, tree)
            everything += found
            by_map[f"{tree.group}/{tree.name}"] = found
        report(
            f"without {', '.join(sorted(held))[:60]}",
            [g for t in trees if t.group in held for g in by_map[f"{t.group}/{t.name}"]],
        )
    report("all, each by weights from other repositories", everything)
    above = [(0.0, p == n) for t in trees for n, p in enumerate(t.parents[1:])]
    report("the topic before as parent", above)
    report("the centre as parent", [(0.0, p == 0) for t in trees for p in t.parents[1:]])
    print("mean of maps:", round(sum(sum(r for _, r in g) / len(g) for g in by_map.values()) / len(by_map), 3))
    for p, c in calibration(everything):
        print(f"   {p:.3f} -> {c:.3f}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = [r for p, r in everything if p >= least]
        print(f"p >= {least}: share {len(kept) / len(everything):.3f}, right {sum(kept) / max(1, len(kept)):.3f}")
    for group in sorted({t.group for t in trees}):
        report(group, [g for t in trees if t.group == group for g in by_map[f"{t.group}/{t.name}"]])
    if options.write:
        model = learnt(trees)
        _WEIGHTS.write_text(
            json.dumps(
                {"chance": calibration(everything), "weights": dict(sorted(model.weights.items()))},
                ensure_ascii=False,
                indent=0,
            )
        )
        print(_WEIGHTS.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
