"""Initiatives are read from tables of services and places, whatever the columns are called and in what order."""

from __future__ import annotations

import pytest

from ingest.document import RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.registry import read_document

HEADER = "Nom;Type;Adresse;Commune;Structure;Latitude;Longitude"
ROW = "Bricothèque;équipement en libre-service;3 rue des Forges;Vaubrun;Les Mains vertes;46.5;1.25"


def read(*lines: str) -> Reading:
    document = read_document(RawFile("lieux.csv", ("\n".join(lines) + "\n").encode()))
    reading = Reading(document)
    initiatives.run(reading)
    return reading


def test_a_row_gives_name_type_place_and_who_runs_it() -> None:
    reading = read(HEADER, ROW)
    (found,) = reading.initiatives
    assert (found.name, found.type, found.where, found.by) == (
        "Bricothèque",
        "équipement en libre-service",
        "Vaubrun",
        "Les Mains vertes",
    )
    assert found.attributes == {"address": "3 rue des Forges", "latitude": "46.5", "longitude": "1.25"}
    assert reading.slice(found.at.start, found.at.end) == ROW


def test_who_runs_it_and_where_are_stakeholders_that_their_cells_mention() -> None:
    reading = read(HEADER, ROW, ROW.replace("Bricothèque", "Atelier vélo"))
    assert [(s.name, s.kind, len(s.mentions)) for s in reading.stakeholders] == [
        ("Les Mains vertes", "organisation", 2),
        ("Vaubrun", "territory", 2),
    ]
    for stakeholder in reading.stakeholders:
        assert all(reading.slice(m.start, m.end) == stakeholder.name for m in stakeholder.mentions)
    assert [r.type for r in reading.relations] == ["made_by", "located_in"] * 2


def test_other_columns_and_decimal_commas_are_understood() -> None:
    reading = read("lat\tlon\tVille\tIntitulé\tPorteur", "46,5\t1,25\tVaubrun\tCafé des aidants\tCCAS de Vaubrun")
    (found,) = reading.initiatives
    assert found.name == "Café des aidants"
    assert found.attributes == {"latitude": "46.5", "longitude": "1.25"}


@pytest.mark.parametrize("pair", ["146.5;1.25", "46.5;1900", "ici;là", "nan;1.25", "46.5;"])
def test_coordinates_that_are_no_place_are_told_and_the_row_is_kept(pair: str) -> None:
    reading = read(HEADER, ROW.replace("46.5;1.25", pair))
    (found,) = reading.initiatives
    assert "latitude" not in found.attributes
    assert "left out" in reading.degraded[0]


@pytest.mark.parametrize(
    "lines",
    [
        ("Nom;Prénom;Fonction;Structure;Commune;Type", "ARDENT;Lise;Élue;Mairie;Vaubrun;titulaire"),
        ("Nom;Remarque", "Bricothèque;à revoir"),
        (HEADER, ROW.replace("Bricothèque", "")),
    ],
)
def test_lists_of_people_tables_that_say_too_little_and_rows_without_a_name_hold_none(lines: tuple[str, ...]) -> None:
    assert read(*lines).initiatives == []
