"""Where each thing stands in a picture: seeded, repeatable, computed once in Python and never in the browser.

A theme (or whatever was chosen) stands in the middle, the linked themes around it, each with its own things. Boxes of
labels count when overlaps are removed. Coordinates are pixels at scale 1, x to the right, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import rustworkx as rx

from graph.questions.boxes import Array, Room, Spot, boxes, separate

Position = tuple[float, float]
Tie = tuple[str, str, float]

SEED = 20
# Canvas per area of boxes: less is cramped, more is scattered. Chosen by eye at 40 and 120 things.
ROOM = 2.4
# Width of a picture in standard deviations of its places.
SPREAD = 4.0
SPRING_STEPS = 45
# A picture this small reads best as a plain star.
RADIAL_MOST = 14


def place(
    spots: Sequence[Spot],
    ties: Iterable[Tie],
    *,
    centres: Sequence[str] = (),
    known: Mapping[str, Position] | None = None,
    aspect: float = 1.25,
) -> dict[str, Position]:
    """Positions of every spot. Those in `known` keep theirs; new ones settle beside what they are linked to.

    `aspect` is width over height of the picture. The same arguments always give the same answer.
    """
    if not spots:
        return {}
    graph = _Ties(spots, ties)
    fixed = {i: known[s.id] for i, s in enumerate(spots) if s.id in known} if known else {}
    chosen = [graph.index[c] for c in centres if c in graph.index]
    at = graph.beside(fixed) if fixed else graph.fresh(chosen, aspect)
    return {spot.id: (round(float(x), 1), round(float(y), 1)) for spot, (x, y) in zip(spots, at, strict=True)}


class _Ties:
    """The things and their links by number, as the layout reads them."""

    def __init__(self, spots: Sequence[Spot], ties: Iterable[Tie]) -> None:
        self.spots = spots
        self.index = {spot.id: i for i, spot in enumerate(spots)}
        self.near: list[dict[int, float]] = [{} for _ in spots]
        for a, b, weight in ties:
            if a in self.index and b in self.index and a != b:
                i, j = self.index[a], self.index[b]
                self.near[i][j] = self.near[j][i] = max(weight, self.near[i].get(j, 0.0))

    # --- a whole new picture -----------------------------------------------------------------------------------------
    def fresh(self, chosen: Sequence[int], aspect: float) -> Array:
        """Everything placed from nothing: middle, ring of hubs, fans, springs; then what nothing links."""
        linked = [i for i, near in enumerate(self.near) if near or i in chosen]
        middle = chosen[0] if chosen else self._busiest(linked or range(len(self.spots)))
        hubs = [i for i in linked if self.spots[i].hub or i in chosen] or [middle]
        if middle not in hubs:
            hubs.insert(0, middle)
        home = self._homes(hubs)
        at = self._ring(middle, hubs, home)
        self._fans(at, middle, hubs, home)
        if len(linked) > RADIAL_MOST:
            at = self._springs(at, middle, home)
        at = self._scaled(at, middle, linked or [middle], aspect)
        return self._with_alone(separate(at, self.spots, linked or [middle]), linked or [middle])

    def _with_alone(self, at: Array, linked: Sequence[int]) -> Array:
        """Things without any link stand together under the rest."""
        alone = [i for i in range(len(self.spots)) if i not in set(linked)]
        if alone:
            foot = np.array([at[linked, 0].mean(), at[linked, 1].max()])
            room, placed = Room(self.spots, at), list(linked)
            for i in alone:
                at[i] = room.near(i, foot, foot - (0.0, 1.0), placed)
                placed.append(i)
        return at

    def _busiest(self, among: Iterable[int]) -> int:
        return max(among, key=lambda i: (self.spots[i].hub, len(self.near[i]), -i))

    def _homes(self, hubs: Sequence[int]) -> dict[int, int]:
        """Which hub each thing gathers around: the one it is most strongly linked to, near ones first."""
        home = {hub: hub for hub in hubs}
        layer = list(hubs)
        while layer:
            pull: dict[int, tuple[float, int]] = {}
            for i in layer:
                for j, weight in self.near[i].items():
                    if j not in home:
                        pull[j] = max(pull.get(j, (0.0, -len(self.spots))), (weight, -home[i]))
            home.update({j: -minus for j, (_, minus) in pull.items()})
            layer = sorted(pull)
        return home | {i: hubs[0] for i in range(len(self.spots)) if i not in home}

    def _ring(self, middle: int, hubs: Sequence[int], home: Mapping[int, int]) -> Array:
        """Hubs around the middle, those that are linked side by side, each with the angle that its own things need."""
        at = np.zeros((len(self.spots), 2))
        order = self._ring_order([hub for hub in hubs if hub != middle])
        need = [1.0 + sum(1 for h in home.values() if h == hub) ** 0.5 for hub in order]
        turn = -math.pi / 2
        for hub, share in zip(order, need, strict=True):
            step = 2 * math.pi * share / sum(need)
            far = 2.2 if self.near[middle].get(hub) else 2.9
            at[hub] = far * math.cos(turn + step / 2), far * math.sin(turn + step / 2)
            turn += step
        return at

    def _ring_order(self, hubs: list[int]) -> list[int]:
        order: list[int] = []
        left = list(hubs)
        while left:
            last = order[-1] if order else None
            nearest = max(left, key=lambda i: (self.near[last].get(i, 0.0) if last is not None else 0.0, -i))
            order.append(nearest)
            left.remove(nearest)
        return order

    def _fans(self, at: Array, middle: int, hubs: Sequence[int], home: Mapping[int, int]) -> None:
        """The things of each hub open in a fan turned away from the middle; those of the middle all around it."""
        for hub in hubs:
            own = [i for i, h in home.items() if h == hub and i != hub]
            outward = math.atan2(at[hub][1], at[hub][0])
            spread = 2 * math.pi if hub == middle else math.pi * 1.25
            for rank, i in enumerate(own):
                angle = outward + spread * ((rank + 0.5) / len(own) - 0.5)
                far = 1.0 if hub == middle else 0.8 + 0.25 * (rank % 2)
                at[i] = at[hub] + (far * math.cos(angle), far * math.sin(angle))

    def _springs(self, at: Array, middle: int, home: Mapping[int, int]) -> Array:
        """A few seeded spring steps; a thing is drawn to its own hub more than to the rest."""
        graph = rx.PyGraph()
        graph.add_nodes_from(range(len(self.spots)))
        for i, near in enumerate(self.near):
            for j, weight in near.items():
                if i < j:
                    own = home[i] == j or home[j] == i
                    graph.add_edge(i, j, (1.6 if own else 0.35) * (1.0 + math.log(max(weight, 1.0))))
        found = rx.spring_layout(
            graph,
            pos={i: (float(x), float(y)) for i, (x, y) in enumerate(at)},
            fixed={middle},
            k=0.75,
            num_iter=SPRING_STEPS,
            weight_fn=float,
            seed=SEED,
        )
        return np.array([found[i] for i in range(len(self.spots))], dtype=float)

    def _scaled(self, at: Array, middle: int, linked: Sequence[int], aspect: float) -> Array:
        """The picture brought to the room that its labels need, in the proportions of the canvas."""
        at = at - at[middle]
        far = np.linalg.norm(at, axis=1)
        usual = max(float(np.median(far[linked])), 1e-6)
        # What drifted far is brought back: one outlier must not make all the rest small.
        at *= np.where(far > usual, (np.maximum(far, usual) / usual) ** -0.45, 1.0)[:, None]
        half, _ = boxes([self.spots[i] for i in linked])
        area = ROOM * float((4 * half[:, 0] * half[:, 1]).sum())
        wanted = np.array([math.sqrt(area * aspect), math.sqrt(area / aspect)])
        spread = np.maximum(SPREAD * at[linked].std(axis=0), 1e-6)
        return np.asarray(at * np.minimum(wanted / spread, 600.0))

    # --- something added to a picture --------------------------------------------------------------------------------
    def beside(self, fixed: Mapping[int, Position]) -> Array:
        """Known things where they were, each new one in the first free room around the thing it is most linked to."""
        at = np.zeros((len(self.spots), 2))
        for i, xy in fixed.items():
            at[i] = xy
        room = Room(self.spots, at)
        heart = at[list(fixed)].mean(axis=0)
        placed, waiting = list(fixed), [i for i in range(len(self.spots)) if i not in fixed]
        while waiting:
            there = set(placed)
            ready = [i for i in waiting if there & self.near[i].keys()] or waiting
            for i in ready:
                at[i] = room.near(i, at[self._parent(i, there)], heart, placed)
                placed.append(i)
            waiting = [i for i in waiting if i not in set(ready)]
        return at

    def _parent(self, i: int, placed: set[int]) -> int:
        linked = [(weight, -j) for j, weight in self.near[i].items() if j in placed]
        return -max(linked)[1] if linked else self._busiest(sorted(placed))
