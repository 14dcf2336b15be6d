"""GeoJSON: a row per feature; what has no place, an odd one or another shape is kept and told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.document import Document, RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.registry import choose, read_document


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(*numbers: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(numbers)}


def read(*features: Any, **more: Any) -> Document:
    data = {"type": "FeatureCollection", "features": list(features), **more}
    raw = RawFile("lieux.geojson", json.dumps(data).encode())
    assert choose(raw).name == "geojson"
    return read_document(raw)


def found(document: Document) -> Reading:
    reading = Reading(document)
    initiatives.run(reading)
    return reading


def told(document: Document) -> dict[str, str]:
    return {row.what: row.why for row in document.ledger.left_out}


def test_a_feature_is_a_row_with_its_properties_and_its_place() -> None:
    reading = found(read(feature(point(1.25, 46.5, 120), nom="Bricothèque", type="Formation", structure="Les Mains")))
    (made,) = reading.initiatives
    assert (made.name, made.type, made.by) == ("Bricothèque", "Formation", "Les Mains")
    assert made.attributes == {"latitude": "46.5", "longitude": "1.25"}
    assert reading.slice(made.at.start, made.at.end).startswith("Bricothèque\tFormation")


def test_a_single_feature_and_a_utf16_file_are_read() -> None:
    data = json.dumps(feature(point(1.25, 46.5), nom="Seul")).encode("utf-16")
    assert "Seul" in read_document(RawFile("un.json", data)).text


def test_a_feature_without_a_place_is_kept() -> None:
    reading = found(read(feature(None, nom="Sans lieu", type="Formation"), feature(point(1, 46), nom="A", type="B")))
    assert [x.name for x in reading.initiatives] == ["Sans lieu", "A"]
    assert "latitude" not in reading.initiatives[0].attributes


def test_a_line_or_a_surface_is_placed_at_its_middle_and_told() -> None:
    square = {"type": "Polygon", "coordinates": [[[1, 46], [2, 46], [2, 47], [1, 46]]]}
    several = {"type": "GeometryCollection", "geometries": [point(1, 46), point(3, 48)]}
    document = read(feature(square, nom="Parc", type="jardin"), feature(several, nom="Deux", type="jardin"))
    places = [(x.attributes["latitude"], x.attributes["longitude"]) for x in found(document).initiatives]
    assert places == [("46.500000", "1.500000"), ("47.000000", "2.000000")]
    assert told(document) == {"shapes": "lines and surfaces are placed at their middle"}


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        ({"type": "Point", "coordinates": []}, "without coordinates"),
        ({"type": "Point", "coordinates": ["1", "46"]}, "without coordinates"),
        ({"type": "Point", "coordinates": [True, False]}, "without coordinates"),
        ({"type": "Circle", "coordinates": [1, 2]}, "Circle is no shape of GeoJSON"),
        ({"coordinates": [1, 2]}, "nothing is no shape of GeoJSON"),
    ],
)
def test_a_broken_shape_is_told_and_its_feature_kept(geometry: Any, why: str) -> None:
    document = read(feature(geometry, nom="Bricothèque", type="Formation"))
    assert "Bricothèque" in document.text
    assert told(document) == {"shapes": why}


def test_properties_of_any_sort_are_text() -> None:
    document = read(feature(point(1, 46), nom="A", ouvert=True, jours=["lundi", "jeudi"], prix={"plein": 3}, n=None))
    assert 'A\ttrue\tlundi, jeudi\t{"plein": 3}\t46\t1' in document.text


def test_the_place_of_the_geometry_wins_over_properties_of_the_same_name() -> None:
    reading = found(read(feature(point(1.25, 46.5), nom="A", type="B", latitude="12", Longitude="13")))
    assert reading.initiatives[0].attributes == {"latitude": "46.5", "longitude": "1.25"}


def test_exchanged_coordinates_and_another_system_are_told() -> None:
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27572"}}
    document = read(feature(point(46.5, 1.25), nom="A", type="B"), crs=system)
    reading = found(document)
    assert reading.initiatives[0].attributes["latitude"] == "46.5"
    assert "exchanged" in reading.degraded[0]
    assert "another system" in told(document)["system of reference"]


def test_metres_of_lambert_are_degrees() -> None:
    reading = found(read(feature(point(700000, 6600000), nom="A", type="B")))
    assert reading.initiatives[0].attributes == {"latitude": "46.5", "longitude": "3.0"}


@pytest.mark.parametrize("features", [[], [1, "a", None]])
def test_a_collection_without_a_feature_is_refused(features: list[Any]) -> None:
    with pytest.raises(InputRefused, match="no feature"):
        read(*features)


def test_a_cut_file_says_where_it_breaks() -> None:
    raw = RawFile("lieux.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature", ')
    with pytest.raises(InputRefused, match="broken JSON"):
        read_document(raw)


def test_deep_nesting_in_a_shape_is_no_recursion_of_ours() -> None:
    deep: Any = [1, 46]
    for _ in range(400):
        deep = [deep]
    document = read(feature({"type": "MultiPolygon", "coordinates": deep}, nom="A", type="B"))
    assert "46.000000\t1.000000" in document.text


@pytest.mark.parametrize("kind", ["Point", "LineString"])
def test_numbers_beyond_any_place_leave_the_feature_without_one(kind: str) -> None:
    far = [10**400, 1] if kind == "Point" else [[10**400, 1], [1e300, 2]]
    document = read(feature({"type": kind, "coordinates": far}, nom="A", type="B"))
    assert "A\tB" in document.text
    assert told(document)["shapes"] == "without coordinates"
