"""Where initiatives are: by its coordinates, else by its address or commune, and what has to be said of it.

Communes come from the table that ships with the application (`graph.gazetteer`): the network is not needed. A commune
that the table does not know is where the initiatives of the same name that have coordinates are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean, median

from graph import gazetteer
from graph.gazetteer import Place
from graph.initiatives.coordinates import Coordinates, checked, kilometres, pair
from graph.text import key

FAR_KM = 60.0  # coordinates farther than this from the commune that is named beside them are to be checked
_POSTCODE = re.compile(r"\b(?:F-)?(\d{2})[ .]?(\d{3})\b")
_DEPARTMENT = re.compile(r"\((\d{2,3}|2[ABab])\)")
_CEDEX = re.compile(r"(?i)\s*\bcedex\b.*$")
_MOST_WORDS = 8  # of a commune's name inside an address
_SHORTEST = 4  # letters of a name that nothing else announces
Point = tuple[float, float]


class Precision(StrEnum):
    """How surely a place is known, the surest first."""

    EXACT = "exact"  # its own coordinates
    ADDRESS = "address"  # those of another initiative at the same address
    COMMUNE = "commune"  # the centre of its commune
    TOWN = "town"  # its commune has none in the table: the largest located town of its grouping or department
    OTHERS = "others"  # its commune is not in the table: the middle of its other initiatives
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Located:
    """A place as latitude and longitude, with what has to be said of it.

    `by`: the commune or town whose coordinates stand in; `homonyms`: how many communes bear the name, where more than
    one does and nothing but a guess told which; `doubt`, `written`: what was wrong with coordinates, as they stood.
    """

    point: Point | None = None
    precision: Precision = Precision.NOWHERE
    by: str = ""
    homonyms: int = 0
    doubt: str = ""
    written: str = ""

    @property
    def told(self) -> bool:
        """Whether a person should know that it is not simply at its own coordinates."""
        return self.precision is not Precision.EXACT or bool(self.doubt)


@dataclass(frozen=True, slots=True)
class Said:
    """What an initiative says of its place: cells as written."""

    latitude: str = ""
    longitude: str = ""
    address: str = ""
    commune: str = ""
    postcode: str = ""
    doubt: str = ""  # found when it was read: the coordinates are no longer there, or were put right
    written: str = ""


class Gazetteer:
    """The communes of the table as the initiatives of one territory name them."""

    def __init__(self, anchor: Point | None = None) -> None:
        self._anchor = anchor
        self._found: dict[tuple[str, str], tuple[Place, ...]] = {}

    def candidates(self, commune: str, address: str = "") -> tuple[Place, ...]:
        """The communes of this name, or that the end of the address names; in the department that they tell if any."""
        asked = (commune, address if not commune or _POSTCODE.search(address) else "")
        if asked not in self._found:
            found = named_communes(commune) or (() if commune else in_address(address))
            self._found[asked] = _of_department(found, f"{commune} {address}")
        return self._found[asked]

    def one(self, candidates: Sequence[Place], near: Point | None = None) -> Place | None:
        """The one meant: the nearest to a place, or to the middle of the territory; else the most populated."""
        close = near or self._anchor
        known = [place for place in candidates if point_of(place)]
        if not known:
            return None
        return min(known, key=lambda p: kilometres(point_of(p) or (0, 0), close)) if close else known[0]


def named_communes(name: str) -> tuple[Place, ...]:
    """The communes of this name."""
    bare = bare_name(name)
    return gazetteer.named(bare, "commune", "delegated") if bare else ()


def bare_name(commune: str) -> str:
    """The name of a commune without what goes with it in an address.

    >>> bare_name("76000 Rouen Cedex 2"), bare_name("Saint-Denis (93)")
    ('Rouen', 'Saint-Denis')
    """
    return _CEDEX.sub("", _DEPARTMENT.sub("", _POSTCODE.sub("", commune))).strip(" ,-")


def in_address(address: str) -> tuple[Place, ...]:
    """The communes that an address names: what follows its postcode or last comma, else its last words."""
    after = _POSTCODE.split(address)[-1] if _POSTCODE.search(address) else address.rsplit(",", 1)[-1]
    if found := named_communes(after):
        return found
    words = _CEDEX.sub("", address).replace(",", " ").split()
    if len(words) < 2:
        return ()
    tails = (" ".join(words[first:]) for first in range(max(len(words) - _MOST_WORDS, 1), len(words)))
    return next((found for tail in tails if len(tail) >= _SHORTEST and (found := named_communes(tail))), ())


def _of_department(found: tuple[Place, ...], said: str) -> tuple[Place, ...]:
    """Those of the department that a postcode or a number in brackets tells, if any is."""
    told = ""
    if code := _POSTCODE.search(said):
        told = code[1] + code[2][:1] if code[1] in {"97", "98"} else code[1]
    elif named := _DEPARTMENT.search(said):
        told = named[1].upper()
    wanted = ("2A", "2B") if told == "20" else (told,)  # Corsica's postcodes keep its old number
    inside = tuple(p for p in found if p.department in wanted) or found
    # A former commune that gave its name to the present one is no homonym.
    return tuple({(place.department, key(place.name)): place for place in reversed(inside)}.values())[::-1]


def point_of(place: Place) -> Point | None:
    return None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)


def at_commune(place: Place, homonyms: int = 0) -> Located:
    """A place at its commune, or at the town that stands in for it."""
    town = gazetteer.by_code(place.located_by) if place.located_by else None
    if town:
        return Located(point_of(place), Precision.TOWN, town.name, homonyms)
    return Located(point_of(place), Precision.COMMUNE, place.name, homonyms)


def locate(said: Sequence[Said]) -> list[Located]:
    """The place of each, in order. What none can be found for is NOWHERE, never left out."""
    own = [_own(each) for each in said]
    points = [found.point for found in own if found.point]
    around = Gazetteer(middle(points))
    known = _Known(said, own)
    out = []
    for each, coordinates in zip(said, own, strict=True):
        doubt, written = each.doubt or str(coordinates.doubt or ""), each.written or _written(each, coordinates)
        if coordinates.point:
            found = Located(coordinates.point, Precision.EXACT)
            doubt = doubt or _far(each, coordinates.point, around)
        else:
            found = known.address(each) or _by_commune(each, around, known)
        out.append(replace(found, doubt=doubt, written=written) if doubt else found)
    return out


def _own(said: Said) -> Coordinates:
    if not said.longitude and (both := pair(said.latitude)):
        return checked(*both)
    return checked(said.latitude, said.longitude)


def _written(said: Said, coordinates: Coordinates) -> str:
    return "; ".join(x for x in (said.latitude, said.longitude) if x) if coordinates.doubt else ""


def _far(said: Said, point: Point, around: Gazetteer) -> str:
    """« far » where the commune named is nowhere near the coordinates: homonyms are given the benefit of the doubt."""
    place = (
        around.one(around.candidates(said.commune, f"{said.address} {said.postcode}".strip()), point)
        if said.commune
        else None
    )
    there = point_of(place) if place else None
    return "far" if there and kilometres(there, point) > FAR_KM else ""


def _by_commune(said: Said, around: Gazetteer, known: _Known) -> Located:
    candidates = around.candidates(said.commune, f"{said.address} {said.postcode}".strip())
    place = around.one(candidates)
    others = known.commune(said.commune)
    if place is None or (place.located_by and others):
        return Located(others, Precision.OTHERS, bare_name(said.commune)) if others else Located()
    return at_commune(place, len(candidates) if len(candidates) > 1 else 0)


class _Known:
    """The points of the initiatives that have coordinates, by address and by commune."""

    def __init__(self, said: Iterable[Said], own: Iterable[Coordinates]) -> None:
        communes, addresses = defaultdict[str, list[Point]](list), dict[tuple[str, str], Point]()
        for each, found in zip(said, own, strict=True):
            if found.point:
                communes[key(bare_name(each.commune))].append(found.point)
                if each.address:
                    addresses.setdefault((key(each.address), key(each.commune)), found.point)
        self.communes: Mapping[str, Point] = {name: mean(points) for name, points in communes.items() if name}
        self.addresses = addresses

    def address(self, said: Said) -> Located | None:
        point = self.addresses.get((key(said.address), key(said.commune))) if said.address else None
        return Located(point, Precision.ADDRESS, said.address) if point else None

    def commune(self, name: str) -> Point | None:
        return self.communes.get(key(bare_name(name))) if name else None


def mean(points: Sequence[Point]) -> Point:
    return fmean(p[0] for p in points), fmean(p[1] for p in points)


def middle(points: Sequence[Point]) -> Point | None:
    """The middle of some places, which a few that are far away do not move."""
    return (median(p[0] for p in points), median(p[1] for p in points)) if points else None
