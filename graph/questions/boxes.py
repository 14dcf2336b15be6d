"""What each thing covers in a picture, its label included: where a label is cut, which place is free, who makes room.

Coordinates are pixels at scale 1, x to the right, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]

LINE_CHARS, LINES = 18, 2
# Average width of a character and height of a line at the 12.5 px of labels, with a little air.
CHAR_PX, LINE_PX, GAP_PX = 5.9, 15.0, 5.0
HUB_LABEL = 1.15
# Space between a thing and one added beside it.
CELL_PX = 105.0
# How many circles are tried around a parent: the last is outside of any picture of 500.
CIRCLES = 60
MARGIN_PX = 4.0
OVERLAP_STEPS = 300
# Pairs within reach are looked for every few steps only: the search is what costs.
LOOK_AGAIN, REACH_PX = 10, 40.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing to place: its radius in pixels, its label as drawn, and whether others gather around it (a theme)."""

    id: str
    radius: float
    label: str = ""
    hub: bool = False


def wrap(text: str, width: int = LINE_CHARS, lines: int = LINES) -> list[str]:
    """Cut a label at words into at most `lines` lines, ending with … when something is left out.

    >>> wrap("Ouvrir une ligne de covoiturage entre deux bourgs")
    ['Ouvrir une ligne', 'de covoiturage…']
    """
    out: list[str] = [""]
    for word in text.split():
        if not out[-1]:
            out[-1] = word
        elif len(out[-1]) + 1 + len(word) <= width:
            out[-1] += f" {word}"
        elif len(out) == lines:
            out[-1] += "…"
            break
        else:
            out.append(word)
    return [line if len(line) <= width + 4 else f"{line[: width + 3]}…" for line in out]


class Room:
    """Looks for a place where a label covers nothing, on wider and wider circles."""

    def __init__(self, spots: Sequence[Spot], at: Array) -> None:
        self.half, self.drop = boxes(spots)
        self.at = at

    def near(self, i: int, parent: Array, heart: Array, placed: Sequence[int]) -> Array:
        """The first free place around `parent`, those turned away from the `heart` of the picture first."""
        outward = math.atan2(*(parent - heart)[::-1]) if np.any(parent != heart) else -math.pi / 2
        others = np.array(placed)
        for circle in range(CIRCLES):
            far = CELL_PX * (0.8 + 0.45 * circle)
            for step in range(12 + 4 * circle):
                turn = (step + 1) // 2 * (-1) ** step * 2 * math.pi / (12 + 4 * circle)
                place_ = parent + far * np.array([math.cos(outward + turn), math.sin(outward + turn)])
                if self._free(i, place_, others):
                    return np.asarray(place_)
        return np.asarray(place_)

    def _free(self, i: int, place_: Array, others: Numbers) -> bool:
        gap = np.abs(self.at[others] - place_)
        gap[:, 1] = np.abs(self.at[others, 1] + self.drop[others] - place_[1] - self.drop[i])
        return not bool((gap < self.half[others] + self.half[i]).all(axis=1).any())


def boxes(spots: Sequence[Spot]) -> tuple[Array, Array]:
    """Half sizes of what each thing covers, label included, and how far its middle lies below the shape's."""
    half, drop = np.zeros((len(spots), 2)), np.zeros(len(spots))
    for i, spot in enumerate(spots):
        lines = wrap(spot.label) if spot.label else []
        grow = HUB_LABEL if spot.hub else 1.0
        width = max([2 * spot.radius, *(len(line) * CHAR_PX * grow for line in lines)])
        below = (GAP_PX + len(lines) * LINE_PX * grow) if lines else 0.0
        half[i] = width / 2 + MARGIN_PX, spot.radius + below / 2 + MARGIN_PX
        drop[i] = below / 2
    return half, drop


def separate(at: Array, spots: Sequence[Spot], among: Sequence[int]) -> Array:
    """Push overlapping boxes apart along their shorter way, until none is left or the steps are used up."""
    half, drop = boxes([spots[i] for i in among])
    x, y = at[among, 0], at[among, 1] + drop
    wide, high = half[:, 0, None] + half[None, :, 0], half[:, 1, None] + half[None, :, 1]
    upper = np.triu(np.ones(wide.shape, dtype=bool), 1)
    for step in range(OVERLAP_STEPS):
        if step % LOOK_AGAIN == 0:
            close = (np.abs(x[:, None] - x) < wide + REACH_PX) & (np.abs(y[:, None] - y) < high + REACH_PX)
            one, other = np.nonzero(close & upper)
            room = wide[one, other], high[one, other]
        deep_x, deep_y = room[0] - np.abs(x[one] - x[other]), room[1] - np.abs(y[one] - y[other])
        over = (deep_x > 0) & (deep_y > 0)
        if not over.any() and step % LOOK_AGAIN == 0:
            break
        _part(x, deep_x, over & (deep_x <= deep_y), one, other)
        _part(y, deep_y, over & (deep_y < deep_x), one, other)
    at = at.copy()
    at[among] = np.stack([x, y - drop], axis=1)
    return at


def _part(line: Array, deep: Array, along: NDArray[np.bool_], first: Numbers, second: Numbers) -> None:
    """Move the pairs that part along this axis, each box half of the way."""
    first, second = first[along], second[along]
    # Two boxes on the same spot part by their order, so that the answer stays the same.
    way = np.where(line[second] >= line[first], 0.5, -0.5) * (deep[along] + 0.5)
    step = np.zeros_like(line)
    np.add.at(step, first, -way)
    np.add.at(step, second, way)
    # Several pushes on one box are averaged a little: without it a dense knot explodes.
    count = np.bincount(np.concatenate([first, second]), minlength=len(line))
    line += step / np.maximum(1.0, count**0.5)
