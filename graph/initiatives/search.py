"""The place of an address, commune or pair of coordinates that a person types, without the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph import gazetteer
from graph.gazetteer import Place
from graph.initiatives.coordinates import checked, kilometres, pair
from graph.initiatives.place import (
    FAR_KM,
    Gazetteer,
    Located,
    Point,
    Precision,
    Said,
    at_commune,
    bare_name,
    mean,
    middle,
    named_communes,
    point_of,
)
from graph.text import key

_SHORTEST = 3  # letters of the beginning of a name


def find(asked: str, said: Sequence[Said], located: Sequence[Located]) -> Located:
    """The place that is asked, looked for among those of the initiatives, then in the table of communes.

    An address falls to its commune; NOWHERE where nothing of it is known.
    """
    if both := pair(asked):
        found = checked(*both)
        return Located(found.point, Precision.EXACT if found.point else Precision.NOWHERE, doubt=str(found.doubt or ""))
    own = _Own(said, located)
    wanted = key(asked)
    if wanted in own.addresses:
        return Located(own.addresses[wanted], Precision.ADDRESS, asked)
    named = own.commune(wanted)
    candidates = _candidates(asked, located)
    if named:
        return _own_commune(*named, candidates)
    place = Gazetteer(middle([x.point for x in located if x.point])).one(candidates)
    return at_commune(place, len(candidates) if len(candidates) > 1 else 0) if place else Located()


def _candidates(asked: str, located: Sequence[Located]) -> tuple[Place, ...]:
    around = Gazetteer(middle([x.point for x in located if x.point]))
    found = around.candidates(asked) or around.candidates("", asked)
    return found or (gazetteer.beginning(asked)[:1] if len(key(asked)) >= _SHORTEST else ())


def _own_commune(name: str, point: Point, candidates: Sequence[Place]) -> Located:
    """The commune of some initiatives: at its own coordinates where the table has them, else in their middle."""
    place = Gazetteer(point).one(named_communes(name) or candidates)
    there = point_of(place) if place and not place.located_by else None
    if place and there and kilometres(there, point) <= FAR_KM:
        return at_commune(place)
    return Located(point, Precision.OTHERS, name)


class _Own:
    """The addresses and communes of the initiatives themselves."""

    def __init__(self, said: Sequence[Said], located: Sequence[Located]) -> None:
        self.addresses: dict[str, Point] = {}
        self._points: dict[str, list[Point]] = defaultdict(list)
        self._names: dict[str, str] = {}
        for each, place in zip(said, located, strict=True):
            if place.point and not place.doubt:
                commune = bare_name(each.commune)
                self._points[key(commune)].append(place.point)
                self._names.setdefault(key(commune), commune)
                if each.address and place.precision in {Precision.EXACT, Precision.ADDRESS}:
                    self.addresses.setdefault(key(f"{each.address} {commune}"), place.point)

    def commune(self, wanted: str) -> tuple[str, Point] | None:
        """The commune that an address ends with, or the only one that begins as asked; with their middle."""
        ends = [name for name in self._points if name and f" {wanted}".endswith(f" {name}")]
        begins = [name for name in self._points if len(wanted) >= _SHORTEST and name.startswith(f"{wanted} ")]
        found = max(ends, key=len, default="") or (begins[0] if len(begins) == 1 else "")
        return (self._names[found], mean(self._points[found])) if found else None
