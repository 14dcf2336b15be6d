"""Labels and ties into trees: which label is the root, who hangs under whom, in which order."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.flatmap.drawn.labels import DrawnLabel
from ingest.flatmap.drawn.links import Tie

_CANDIDATES = 12
_LARGER = 1.15  # times the next size: the font of the root
SURE = 1.0
DOUBTFUL = 0.7  # the line stops short of the label


@dataclass(slots=True)
class Drawing:
    """Trees over labels, by their numbers. `parents` has None for a root; `related` are ties that make a ring."""

    parents: list[int | None]
    confidence: list[float]
    order: list[int]  # depth first, as a reader of the map goes
    related: list[tuple[int, int]] = field(default_factory=list)


class _Net:
    """The ties by the labels that they tie."""

    def __init__(self, labels: Sequence[DrawnLabel], ties: Sequence[Tie]) -> None:
        self.labels, self.ties = labels, ties
        self.of: dict[int, list[int]] = defaultdict(list)
        for n, tie in enumerate(ties):
            for label in tie.sides:
                self.of[label].append(n)

    def parts(self) -> list[list[int]]:
        """Labels that hang together, the largest part first."""
        seen: set[int] = set()
        parts = []
        for start in range(len(self.labels)):
            if start not in seen:
                part = [label for label, _, _ in self.walk(start)]
                seen.update(part)
                parts.append(part)
        return sorted(parts, key=len, reverse=True)

    def walk(self, root: int) -> list[tuple[int, int | None, int | None]]:
        """Every label that a root leads to, nearest first, with its parent and the tie between."""
        found: list[tuple[int, int | None, int | None]] = [(root, None, None)]
        seen, used = {root}, set[int]()
        queue = deque([root])
        while queue:
            label = queue.popleft()
            for tie in self.of.get(label, ()):
                if tie in used:
                    continue
                used.add(tie)
                for other in self.ties[tie].sides:
                    if other not in seen:
                        seen.add(other)
                        found.append((other, label, tie))
                        queue.append(other)
        return found

    def conflicts(self, root: int) -> int:
        """How many lines leave a label on the side where its parent stands: none, seen from the right root."""
        count = 0
        for label, _, tie in self.walk(root):
            if tie is not None:
                side = self.ties[tie].sides[label]
                count += sum(self.ties[t].sides[label] == side for t in self.of[label] if t != tie)
        return count

    def root(self, part: list[int]) -> int:
        """The label that everything hangs under."""
        size = {n: self.labels[n].size for n in part}
        ranked = sorted(part, key=lambda n: (-size[n], -len(self.of[n]), n))
        if len(ranked) < 2 or size[ranked[0]] >= _LARGER * size[ranked[1]]:
            return ranked[0]
        sides = sorted(part, key=lambda n: (-len(self.of[n]), n))[:_CANDIDATES]
        edges = [
            min(part, key=lambda n: self.labels[n].box.x0), min(part, key=lambda n: self.labels[n].box.top),
            max(part, key=lambda n: self.labels[n].box.x1), max(part, key=lambda n: self.labels[n].box.bottom),
        ]  # fmt: skip
        candidates = dict.fromkeys([*ranked[:_CANDIDATES], *sides, *edges])
        return min(candidates, key=lambda n: (self.conflicts(n), -size[n], -len(self.of[n]), self.labels[n].box.top))


def tied_tree(labels: Sequence[DrawnLabel], ties: Sequence[Tie]) -> Drawing:
    """The trees that the ties make; labels that nothing ties are roots of their own, after the others."""
    net = _Net(labels, ties)
    parents: list[int | None] = [None] * len(labels)
    confidence = [SURE] * len(labels)
    roots = []
    for part in net.parts():
        roots.append(net.root(part))
        for label, parent, tie in net.walk(roots[-1]):
            parents[label] = parent
            if tie is not None and not ties[tie].sure:
                confidence[label] = DOUBTFUL
    related = [pair for tie in ties if (pair := _ring(tie, parents))]
    return Drawing(parents, confidence, depth_first(labels, parents, roots), related)


def _ring(tie: Tie, parents: list[int | None]) -> tuple[int, int] | None:
    """The two labels of a tie that is none of parent and child, nor of brothers on one line."""
    if len(tie.sides) != 2:
        return None
    a, b = tie.sides
    return None if a in {parents[b], b} or b == parents[a] else (a, b)


def depth_first(labels: Sequence[DrawnLabel], parents: Sequence[int | None], roots: Sequence[int]) -> list[int]:
    """Labels in reading order: down the right side of a root, then down its left; from left to right in a chart."""
    below: dict[int, list[int]] = defaultdict(list)
    for n, parent in enumerate(parents):
        if parent is not None:
            below[parent].append(n)
    chart = _is_chart(labels, below)
    order: list[int] = []
    stack = list(reversed(roots))
    while stack:
        label = stack.pop()
        order.append(label)
        stack += sorted(below.get(label, ()), key=lambda n: _place(labels, n, label, chart=chart), reverse=True)
    return order


def _place(labels: Sequence[DrawnLabel], child: int, parent: int, *, chart: bool) -> tuple[float, ...]:
    (x, y), (u, _) = labels[child].box.middle, labels[parent].box.middle
    return (x, y) if chart else (float(x < u), y, x)


def _is_chart(labels: Sequence[DrawnLabel], below: dict[int, list[int]]) -> bool:
    """Whether children stand side by side under their parent: their tops differ less than their left edges."""
    across = down = 0.0
    for children in below.values():
        boxes = [labels[n].box for n in children]
        across += max(b.x0 for b in boxes) - min(b.x0 for b in boxes)
        down += max(b.top for b in boxes) - min(b.top for b in boxes)
    return across > down
