"""The initiatives that a list shows, as rows of a table and as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from graph.initiatives.catalogue import Shown

COLUMNS = (
    "name", "type", "structure", "address", "commune", "latitude", "longitude", "place_precision", "place_remark",
    "kilometres", "description", "url", "id",
)  # fmt: skip
Words = Callable[[Shown], str]


def rows(shown: Sequence[Shown], type_name: Words, remark: Words) -> list[list[object]]:
    """A row per initiative under COLUMNS; `type_name` and `remark` say what is said in a language."""
    return [list(_values(each, type_name, remark).values()) for each in shown]


def geojson(shown: Sequence[Shown], type_name: Words, remark: Words) -> bytes:
    """A collection of features; an initiative without a place is a feature without geometry."""
    features = [_feature(each, type_name, remark) for each in shown]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _feature(each: Shown, type_name: Words, remark: Words) -> dict[str, Any]:
    point = each.entry.place.point
    values = _values(each, type_name, remark)
    told = {
        name: value for name, value in values.items() if name not in {"latitude", "longitude", "id"} and value != ""
    }
    place = {"type": "Point", "coordinates": [round(point[1], 6), round(point[0], 6)]} if point else None
    return {"type": "Feature", "id": each.entry.id, "geometry": place, "properties": told}


def _values(each: Shown, type_name: Words, remark: Words) -> dict[str, object]:
    entry, place = each.entry, each.entry.place
    north, east = (round(v, 6) for v in place.point) if place.point else ("", "")
    values = (
        entry.name, type_name(each), entry.structure_name, entry.address, entry.commune_name, north, east,
        str(place.precision), remark(each), "" if each.km is None else round(each.km, 2), entry.description, entry.url,
        entry.id,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))
