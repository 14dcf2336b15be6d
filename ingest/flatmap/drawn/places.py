"""A tree out of nothing but where labels stand: no line ties them. Every parent is a guess, with its confidence.

In every usual layout the children of a label stand in one column (or row) beyond it, and it stands at their middle.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.flatmap.drawn.labels import DrawnLabel
from ingest.flatmap.drawn.tree import Drawing, depth_first

MOST = 800  # labels: more are not placed by guessing
_COLUMN = 2.0  # points between the edges of one column
_LEAST_STEP, _MOST_STEP = 4, 250  # points between a parent and its children
_UNUSED = 0.01  # what a label without children costs where others have some, in points: ties go to more
_MOST_TRIES = 3_000_000
_LARGER = 1.15
_WELL = 0.2  # of a label's height: how far from the middle of its children it stands at most
_GOOD, _FAIR = 0.75, 0.5


@dataclass(slots=True)
class _Spot:
    """A label in a layout turned so that children stand to the right: from `near` to `far`, at the height `at`.

    `low` and `high` are the ends of what stands under it, itself included.
    """

    label: int
    near: float
    far: float
    at: float
    low: float
    high: float


@dataclass(slots=True)
class _Guess:
    """Parents by label, and how far off the middle of their children they stand: the sum over labels, in heights."""

    parents: dict[int, int]
    off: float = 0.0
    lost: int = 0


def placed_tree(labels: Sequence[DrawnLabel]) -> tuple[Drawing, float] | None:
    """The tree that fits best, and how badly (in heights of a label: 0 is exact); None where there is none."""
    if not 3 <= len(labels) <= MOST:
        return None
    guesses = [guess for root, turns in _roots(labels) if (guess := _grown(labels, root, turns))]
    if not guesses:
        return None
    best = min(guesses, key=lambda guess: (guess.lost, guess.off))
    parents: list[int | None] = [best.parents.get(n) for n in range(len(labels))]
    off = (best.off + best.lost) / len(labels)
    confidence = [1.0 if parent is None else _GOOD if off < _WELL else _FAIR for parent in parents]
    roots = [n for n, parent in enumerate(parents) if parent is None]
    return Drawing(parents, confidence, depth_first(labels, parents, roots)), off


_TURNS = ("right", "left", "down")


def _roots(labels: Sequence[DrawnLabel]) -> list[tuple[int, tuple[str, ...]]]:
    """The labels that may be the root, and where the others may stand from there."""
    everyone = range(len(labels))
    left, top = min(everyone, key=lambda n: labels[n].box.x0), min(everyone, key=lambda n: labels[n].box.top)
    right = max(everyone, key=lambda n: labels[n].box.x1)
    made: list[tuple[int, tuple[str, ...]]] = [(left, ("right",)), (right, ("left",)), (top, ("down",))]
    ranked = sorted(everyone, key=lambda n: -labels[n].size)
    if labels[ranked[0]].size >= _LARGER * labels[ranked[1]].size:
        largest = ranked[0]
        made = [each for each in made if each[0] == largest]
        return [*made, (largest, ("right", "left"))]
    middle = sum(label.box.middle[0] for label in labels) / len(labels)
    central = min(everyone, key=lambda n: abs(labels[n].box.middle[0] - middle))
    return [*made, (central, ("right", "left"))]


def _grown(labels: Sequence[DrawnLabel], root: int, turns: tuple[str, ...]) -> _Guess | None:
    whole = _Guess({}, lost=len(labels) - 1)
    for turn in turns:
        spots = [_turned(n, labels[n], turn) for n in range(len(labels))]
        beyond = [spot for spot in spots if spot.label != root and spot.near >= spots[root].far - _COLUMN]
        sides = (
            [_side(spots[root], beyond, step) for step in (0.0, _steady_step(spots[root], beyond))] if beyond else []
        )
        fitting = [side for side in sides if side is not None]
        if beyond and not fitting:
            return None
        for side in sorted(fitting, key=lambda side: side.off)[:1]:
            whole.parents |= side.parents
            whole.off += side.off
            whole.lost -= len(beyond)
    return whole if whole.parents else None


def _turned(n: int, label: DrawnLabel, turn: str) -> _Spot:
    box = label.box
    x, y = box.middle
    if turn == "down":
        return _Spot(n, box.top, box.bottom, x, box.x0, box.x1)
    near, far = (box.x0, box.x1) if turn == "right" else (-box.x1, -box.x0)
    return _Spot(n, near, far, y, box.top, box.bottom)


def _side(root: _Spot, beyond: list[_Spot], step: float) -> _Guess | None:
    """Hang every label of one side, the farthest column first; None where that takes too long.

    `step`: the distance at which children stand beyond their parent; 0 where columns go by depth.
    """
    guess = _Guess({})
    columns = [[replace(root)], *_columns([replace(spot) for spot in beyond])]
    height = max(median(spot.high - spot.low for spot in beyond), 1.0)
    for n in range(len(columns) - 1, 0, -1):
        column = columns[n]
        over = _over(columns[:n], column[0].near, step)
        if len(column) ** 2 * len(over) > _MOST_TRIES:
            return None
        off, chosen = _shared_out(column, over)
        guess.off += off / height
        for spot, parent in zip(column, chosen, strict=True):
            guess.parents[spot.label] = parent.label
            parent.low, parent.high = min(parent.low, spot.low), max(parent.high, spot.high)
    return guess


def _over(inner: list[list[_Spot]], near: float, step: float) -> list[_Spot]:
    """The labels that a column may hang under, from first to last."""
    if step:
        found = [spot for column in inner for spot in column if abs(near - spot.far - step) <= _COLUMN]
    else:
        found = [spot for spot in inner[-1] if spot.far <= near + _COLUMN]
    found = found or [spot for column in inner for spot in column if spot.far <= near + _COLUMN] or inner[0]
    return sorted(found, key=lambda spot: spot.at)


def _columns(spots: list[_Spot]) -> list[list[_Spot]]:
    """Labels whose near edges stand on one line, each column from its first to its last; the nearest column first."""
    columns: list[list[_Spot]] = []
    for spot in sorted(spots, key=lambda spot: spot.near):
        if columns and spot.near - columns[-1][0].near <= _COLUMN:
            columns[-1].append(spot)
        else:
            columns.append([spot])
    return [sorted(column, key=lambda spot: spot.at) for column in columns]


def _steady_step(root: _Spot, beyond: list[_Spot]) -> float:
    """The distance from a parent to its children at which the most labels find one."""
    fars = {round(spot.far) for spot in (root, *beyond)}
    nears = Counter(round(spot.near) for spot in beyond)
    counts = Counter(near - far for near in nears for far in fars if _LEAST_STEP <= near - far <= _MOST_STEP)
    best, most = 0, 0
    for step, _ in counts.most_common(40):
        reached = sum(times for near, times in nears.items() if any(near - step + d in fars for d in (-1, 0, 1)))
        if reached > most:
            best, most = step, reached
    return float(best)


def _shared_out(column: list[_Spot], over: list[_Spot]) -> tuple[float, list[_Spot]]:
    """Runs of a column, each under one of the labels over it, in the same order; the least off their middles."""
    size = len(column)
    costs = [0.0] + [math.inf] * size
    cuts: list[list[int]] = []
    for parent in over:
        now, cut = [cost + _UNUSED for cost in costs], [-1] * (size + 1)
        for start in range(size):
            if costs[start] == math.inf:
                continue
            for end in range(start + 1, size + 1):
                cost = costs[start] + _off(parent.at, column[start], column[end - 1]) * (end - start)
                if cost < now[end]:
                    now[end], cut[end] = cost, start
        cuts.append(cut)
        costs = now
    chosen = [over[0]] * size
    end = size
    for parent, cut in zip(reversed(over), reversed(cuts), strict=True):
        if end and cut[end] >= 0:
            chosen[cut[end] : end] = [parent] * (end - cut[end])
            end = cut[end]
    return costs[size], chosen


def _off(at: float, first: _Spot, last: _Spot) -> float:
    """How far a label stands from the middle of its first and last child, or of all that hangs under them."""
    return min(abs((first.at + last.at) / 2 - at), abs((first.low + last.high) / 2 - at))


def looks_placed(labels: Sequence[DrawnLabel], drawing: Drawing, off: float) -> bool:
    """Whether a page without lines is a map and no text in columns, table or form: the tree fits all too well."""
    if len(labels) < 8 or off > _WELL or any(len(label.text) > 300 for label in labels):
        return False
    depths: dict[int, int] = {}
    below: dict[int, int] = defaultdict(int)
    for n in drawing.order:
        parent = drawing.parents[n]
        depths[n] = 0 if parent is None else depths[parent] + 1
        if parent is not None:
            below[parent] += 1
    branching = sum(1 for count in below.values() if count > 1)
    short = sum(len(label.text) <= 80 for label in labels) / len(labels)
    return max(depths.values()) >= 2 and branching >= 2 and short >= 0.7 and not _is_table(labels)


def _is_table(labels: Sequence[DrawnLabel]) -> bool:
    """Whether most labels stand on a line with others, row by row."""
    rows = Counter(round(label.box.top) for label in labels)
    columns = Counter(round(label.box.x0) for label in labels)
    shared = sum(1 for label in labels if rows[round(label.box.top)] > 1 and columns[round(label.box.x0)] > 1)
    return shared > 0.6 * len(labels)
