"""What is drawn under the initiatives where there is no tile server: communes as points, chosen from the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph import gazetteer
from graph.initiatives.catalogue import Entry
from graph.initiatives.place import Point, Precision, middle, point_of

MOST = 300  # communes drawn
_MARGIN = 0.35  # of the width and height of the territory, on each side
_LEAST = 0.12  # degrees: a map of one place still shows what is around
_SHARE_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Town:
    """A commune on the map: name, place, inhabitants (0 where not known), whether initiatives are in it."""

    name: str
    point: Point
    population: int = 0
    own: bool = False


def towns(entries: Sequence[Entry]) -> list[Town]:
    """The communes of the initiatives, then those of the table around them, the most populated first.

    Where the table does not know most of their communes (an invented territory, another country), it stays closed.
    """
    own = _own(entries)
    known = sum(bool(town.population) for town in own)
    if not own or known < _SHARE_KNOWN * len(own):
        return own
    low, high = bounds([entry.place.point for entry in entries if entry.place.point])
    named = {town.name for town in own}
    around = [
        Town(place.name, point, place.population)
        for place in gazetteer.places()
        if place.kind == "commune" and not place.located_by and place.name not in named
        if (point := point_of(place)) and low[0] <= point[0] <= high[0] and low[1] <= point[1] <= high[1]
    ]
    return own + sorted(around, key=lambda town: -town.population)[: max(MOST - len(own), 0)]


def _own(entries: Sequence[Entry]) -> list[Town]:
    """The communes that the initiatives name, the one with most of them first; at its centre, or in their middle."""
    points: dict[str, list[Point]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        if entry.place.point and entry.place.precision is not Precision.TOWN and not entry.place.doubt:
            points.setdefault(entry.commune, []).append(entry.place.point)
            names.setdefault(entry.commune, entry.commune_name)
    found = []
    for commune in sorted(points, key=lambda c: (-len(points[c]), c)):
        place = next((p for p in gazetteer.named(names[commune], "commune", "delegated")), None)
        if names[commune]:
            found.append(
                Town(names[commune], middle(points[commune]) or (0, 0), place.population if place else 0, own=True)
            )
    return found[:MOST]


def bounds(points: Sequence[Point]) -> tuple[Point, Point]:
    """The corners of what holds some places, with a margin: south-west, north-east."""
    norths, easts = [p[0] for p in points], [p[1] for p in points]
    high = max((max(norths) - min(norths)) * _MARGIN, _LEAST), max((max(easts) - min(easts)) * _MARGIN, _LEAST)
    return (min(norths) - high[0], min(easts) - high[1]), (max(norths) + high[0], max(easts) + high[1])
