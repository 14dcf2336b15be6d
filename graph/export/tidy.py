"""Places for the topics of a map on a plane: levels side by side, a parent in the middle of its children."""

from __future__ import annotations

from graph.export.xmltext import visits
from graph.outline import Outline


def places(outline: Outline, across: float, down: float) -> dict[str, tuple[float, float]]:
    """x and y of every topic by its id; `across` between levels, `down` between leaves. No two topics share a place."""
    found: dict[str, tuple[float, float]] = {}
    leaves = 0
    for topic, level, opening in visits(outline.roots):
        if opening:
            continue
        if topic.children:
            y = (found[topic.children[0].id][1] + found[topic.children[-1].id][1]) / 2
        else:
            y = leaves * down
            leaves += 1
        found[topic.id] = ((level - 1) * across, y)
    return found
