"""Coordinates as people write them: read, checked, put right where the two are exchanged; distances.

Degrees of WGS 84 everywhere. The metres of Lambert 93, in which French administrations publish, are converted.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_PAIR = 80  # characters
EARTH_KM = 6371.0088  # the mean radius
# Latitude and longitude of the boxes that hold France: the mainland with Corsica, then the lands overseas.
FRANCE = (
    ((41.2, 51.2), (-5.3, 9.7)),
    ((14.3, 18.2), (-63.2, -60.7)),  # Antilles
    ((2.0, 6.0), (-54.7, -51.5)),  # Guyane
    ((-21.5, -20.8), (55.1, 56.0)),  # La Réunion
    ((-13.1, -12.5), (44.9, 45.4)),  # Mayotte
    ((46.7, 47.2), (-56.5, -56.0)),  # Saint-Pierre-et-Miquelon
    ((-23.0, -19.4), (163.5, 168.3)),  # Nouvelle-Calédonie
    ((-28.0, -7.7), (-155.0, -134.0)),  # Polynésie
    ((-14.5, -13.1), (-178.4, -175.9)),  # Wallis-et-Futuna
)
_NUMBER = re.compile(r"\s*([+-]?\d{1,9}(?:[.,]\d{1,20})?)\s*°?\s*([NSEWO]?)\s*", re.IGNORECASE)
_DEGREES = re.compile(
    r"\s*(\d{1,3})\s*[°d]\s*(?:(\d{1,2})\s*['’′])?\s*(?:(\d{1,2}(?:[.,]\d{1,9})?)\s*(?:\"|''|’’|″))?\s*([NSEWO])\s*",
    re.IGNORECASE,
)
_WKT = re.compile(r"(?i)point\s*z?\s*\(\s*(\S+)\s+(\S+)(?:\s+\S+)?\s*\)")
_BETWEEN = (r"\s*;\s*", r"\s*,\s+", r"\s+", r",")  # what parts the two of a cell, the surest first
_LAMBERT_X, _LAMBERT_Y = (0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0)


class Doubt(StrEnum):
    """What is wrong with a pair of coordinates."""

    SWAPPED = "swapped"  # latitude and longitude exchanged: put right
    IMPOSSIBLE = "impossible"  # no place on earth, or no number
    INCOMPLETE = "incomplete"  # one of the two only
    NULL = "null"  # 0, 0: what programs write where nothing is known


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A place on earth in degrees, or None twice; with what was wrong, if anything."""

    latitude: float | None = None
    longitude: float | None = None
    doubt: Doubt | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


def degrees(text: str) -> float | None:
    """A number of degrees as written, with a comma or a point, or in minutes and seconds; None for no number.

    >>> degrees("46,7312"), degrees("1.04° O"), degrees("46°43'52\\"N"), degrees("nan")
    (46.7312, -1.04, 46.73111, None)
    """
    if plain := _NUMBER.fullmatch(text):
        return _signed(float(plain[1].replace(",", ".")), plain[2])
    if parts := _DEGREES.fullmatch(text):
        seconds = float((parts[3] or "0").replace(",", "."))
        return _signed(round(int(parts[1]) + int(parts[2] or 0) / 60 + seconds / 3600, 5), parts[4])
    return None


def _signed(value: float, side: str) -> float:
    return -value if side and side.upper() in "SWO" else value


def pair(text: str) -> tuple[str, str] | None:
    """The latitude and the longitude that one cell holds, as written: « 46.73, 1.04 », « POINT(1.04 46.73) ».

    >>> pair("46.73, 1.04"), pair("POINT (1.04 46.73)"), pair("46,73 ; 1,04"), pair("place du Marché")
    (('46.73', '1.04'), ('46.73', '1.04'), ('46,73', '1,04'), None)
    """
    if len(text) > _LONGEST_PAIR:
        return None
    if well_known := _WKT.fullmatch(text.strip()):
        return well_known[2], well_known[1]
    bare = text.strip().strip("[]()").strip()
    for between in _BETWEEN:
        parts = re.split(between, bare)
        if len(parts) == 2 and all(degrees(part) is not None for part in parts):
            return parts[0], parts[1]
    return None


def checked(latitude: str, longitude: str) -> Coordinates:
    """The place that two cells name. The two exchanged are put right where that, and only that, is in France.

    >>> checked("1.0415", "46.7312").doubt, checked("146.5", "1.25").point, checked("46.5", "").doubt
    (<Doubt.SWAPPED: 'swapped'>, None, <Doubt.INCOMPLETE: 'incomplete'>)
    """
    if not latitude.strip() and not longitude.strip():
        return Coordinates()
    if not latitude.strip() or not longitude.strip():
        return Coordinates(doubt=Doubt.INCOMPLETE)
    north, east = degrees(latitude), degrees(longitude)
    if north is None or east is None:
        return Coordinates(doubt=Doubt.IMPOSSIBLE)
    return placed(north, east)


def placed(north: float, east: float) -> Coordinates:
    """The same of two numbers, which may be metres of Lambert 93 (`east` first written as X, `north` as Y)."""
    if north == 0 and east == 0:
        return Coordinates(doubt=Doubt.NULL)
    if _in_lambert(east, north):
        return Coordinates(*from_lambert93(east, north))
    if _in_lambert(north, east):
        return Coordinates(*from_lambert93(north, east), Doubt.SWAPPED)
    if not in_france(north, east) and in_france(east, north):
        return Coordinates(east, north, Doubt.SWAPPED)
    if not (abs(north) <= 90 and abs(east) <= 180):  # so that what is no number fails too
        return Coordinates(doubt=Doubt.IMPOSSIBLE)
    return Coordinates(north, east)


def in_france(latitude: float, longitude: float) -> bool:
    """Whether a place is in one of the boxes that hold France."""
    return any(a <= latitude <= b and c <= longitude <= d for (a, b), (c, d) in FRANCE)


def _in_lambert(x: float, y: float) -> bool:
    return _LAMBERT_X[0] < x < _LAMBERT_X[1] and _LAMBERT_Y[0] < y < _LAMBERT_Y[1]


def from_lambert93(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of Lambert 93 (EPSG:2154), in metres; exact to a few centimetres.

    The inverse of the conic projection of Lambert on the ellipsoid GRS 80, with the constants of the IGN (NTG 71).

    >>> from_lambert93(700_000.0, 6_600_000.0)
    (46.5, 3.0)
    """
    n, c, xs, ys, e = 0.7256077650532670, 11754255.4261, 700000.0, 12655612.0499, 0.0818191910428158
    radius, angle = math.hypot(x - xs, y - ys), math.atan((x - xs) / (ys - y))
    isometric = -math.log(radius / c) / n
    latitude = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _ in range(8):
        bent = ((1 + e * math.sin(latitude)) / (1 - e * math.sin(latitude))) ** (e / 2)
        latitude = 2 * math.atan(bent * math.exp(isometric)) - math.pi / 2
    return round(math.degrees(latitude), 6), round(math.degrees(angle / n) + 3.0, 6)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance as the crow flies between two places given as latitude and longitude.

    >>> round(kilometres((48.8534, 2.3488), (49.4431, 1.0993)))
    112
    """
    (north_a, east_a), (north_b, east_b) = a, b
    p, q = math.radians(north_a), math.radians(north_b)
    half = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(east_b - east_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
