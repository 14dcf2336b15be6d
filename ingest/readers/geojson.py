"""GeoJSON (RFC 7946): a row per feature, its properties and the coordinates of its place as cells."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from graph.errors import InputRefused
from ingest.bounds.limits import check_nodes, check_size
from ingest.document import Document, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.jsontree import broken_json_of, dict_in, dicts_in, list_in, parse_json, text_in
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.tables.sheets import Budget, Row, Sheet, workbook_document

_KINDS = frozenset({"FeatureCollection", "Feature"})
_SHAPES = frozenset("Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split())
_RAW = (("features", rb'"type"\s*:\s*"Feature"'), ("shapes", rb'"coordinates"\s*:'))
_PLACE = ("latitude", "longitude")
_MAX_COLUMNS = 400
_MAX_POINTS = 200_000  # of one shape: its middle is looked for
_FARTHEST = 1e9  # degrees or metres: beyond, no number of a place
_OTHER_SYSTEM = "the coordinates are in another system of reference"


@dataclass
class _Features:
    """The features being read: their rows by column, and what has to be told."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)

    def column(self, name: str) -> int | None:
        """The number of a column (from 1), or None where there are too many."""
        if name not in self.columns and len(self.columns) >= _MAX_COLUMNS:
            self.left["properties", f"more than {_MAX_COLUMNS} different ones"] += 1
            return None
        return self.columns.setdefault(name, len(self.columns) + 1)

    def tell(self, what: str, why: str, count: int = 1) -> None:
        self.left[what, why] += count


@dataclass(frozen=True)
class GeoJsonReader:
    name: str = "geojson"
    label: str = "GeoJSON (.geojson, .json)"
    extensions: tuple[str, ...] = (".geojson", ".json")
    carries: tuple[str, ...] = ("features", "properties", "coordinates of points", "middle of other shapes")
    loses: tuple[str, ...] = ("outlines of lines and surfaces", "altitudes", "styles of other programs")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        data = raw.json
        if not isinstance(data, dict):
            return broken_json_of(raw, b'"FeatureCollection"')
        if data.get("type") == "FeatureCollection":
            return isinstance(data.get("features"), list)
        return data.get("type") == "Feature" and "geometry" in data

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = raw.json if raw.json is not None else parse_json(raw.name, raw.data)
        reading = _Features(raw.name)
        features = dicts_in(data.get("features")) if data.get("type") == "FeatureCollection" else [data]
        check_nodes(raw.name, len(features))
        if not features:
            raise InputRefused(raw.name, "no feature in this GeoJSON")
        others = len(list_in(data.get("features"))) - len(features) if "features" in data else 0
        if others > 0:
            reading.tell("features", "no objects", others)
        _tell_system(data, reading)
        cells = [_cells(feature, reading) for feature in features]
        sheet = Sheet(text_in(data.get("name")) or raw.name.rsplit("/", 1)[-1], _rows(raw, reading, cells))
        left = [LeftOut(what, "features", n, why) for (what, why), n in reading.left.items()]
        return workbook_document(raw, "geojson", [sheet], raw_counts(raw.data, _RAW), left)


def _tell_system(data: Mapping[str, Any], reading: _Features) -> None:
    """Before RFC 7946 a file could name its system; metres of Lambert 93 are understood further on."""
    named = text_in(dict_in(dict_in(data.get("crs")).get("properties")).get("name"))
    if named and not named.endswith(("CRS84", "4326", "2154")):
        reading.tell("system of reference", f"{_OTHER_SYSTEM} ({clean(named)[:60]}): places may be wrong")


def _rows(raw: RawFile, reading: _Features, cells: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows of the table, the names of the columns first; columns in the order in which they are met."""
    head = Row(1, {number: name for name, number in reading.columns.items()})
    budget = Budget(raw.name)
    rows = [head] if head.cells else []
    for number, values in enumerate(cells, 2):
        found = {reading.columns[name]: value for name, value in values.items()}
        if found:
            budget.spend(found.values(), f"feature {number - 1}")
            rows.append(Row(number, dict(sorted(found.items()))))
        else:
            reading.tell("features", "neither properties nor a place")
    return rows


def _cells(feature: Mapping[str, Any], reading: _Features) -> dict[str, str]:
    place = _place(dict_in(feature.get("geometry")), reading)
    found: dict[str, str] = {}
    for key, value in dict_in(feature.get("properties")).items():
        name, text = clean(text_in(key)), _text(value)
        if place and name.lower() in _PLACE:
            continue  # the geometry says it too
        if name and text and reading.column(name):
            found[name] = text
    for name, value in zip(_PLACE, place, strict=False):
        if reading.column(name):
            found[name] = value
    return found


def _text(value: Any) -> str:
    """A property on one line; a list or an object as JSON writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(x, str | int | float) for x in value):
        return clean(", ".join(map(text_in, value)))
    if isinstance(value, dict | list):
        return clean(text_in(json.dumps(value, ensure_ascii=False))) if value else ""
    return clean(text_in(value))


def _place(geometry: Mapping[str, Any], reading: _Features) -> tuple[str, ...]:
    """Latitude and longitude as written for a point, those of the middle for another shape; nothing for none."""
    kind = text_in(geometry.get("type"))
    if not geometry:
        return ()
    if kind not in _SHAPES:
        reading.tell("shapes", f"{clean(kind)[:40] or 'nothing'} is no shape of GeoJSON")
        return ()
    points = list(islice(_points(geometry), _MAX_POINTS))
    if not points:
        reading.tell("shapes", "without coordinates")
        return ()
    if kind == "Point":
        return text_in(points[0][1]), text_in(points[0][0])
    reading.tell("shapes", "lines and surfaces are placed at their middle", 1)
    east, north = ((min(p[i] for p in points) + max(p[i] for p in points)) / 2 for i in (0, 1))
    return f"{north:.6f}", f"{east:.6f}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FARTHEST


def _points(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Every pair of numbers of a shape, whatever its depth."""
    waiting: list[Any] = [geometry]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [value.get("coordinates"), *list_in(value.get("geometries"))]
        elif isinstance(value, list):
            pair = value[:2]
            if len(pair) == 2 and all(map(_is_number, pair)):
                yield pair[0], pair[1]
            else:
                waiting += [x for x in value if isinstance(x, list | dict)][::-1]


READER = GeoJsonReader()
