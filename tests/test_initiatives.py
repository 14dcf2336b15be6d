"""Initiatives are read from tables of services and places, whatever the columns are called and in what order."""

from __future__ import annotations

import pytest

from graph.model import Fragment
from ingest.document import RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.extract.said import action_rows
from ingest.extract.who.people_tables import attendees_of_tables
from ingest.pipeline import prepare
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
        ("Nom;Type;Lieu;Date", "Bal de printemps;fête;Salle des Tilleuls;4 mars 2026"),
        ("Quoi;Type;Où;Quand", "Bal de printemps;fête;Salle des Tilleuls;le soir"),
    ],
)
def test_lists_of_people_tables_that_say_too_little_and_rows_without_a_name_hold_none(lines: tuple[str, ...]) -> None:
    assert read(*lines).initiatives == []


@pytest.mark.parametrize("sign", [";", "|", " | ", "\t", ","])
@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("Nom Type Où", "Bricothèque:prêt de la semaine:3 rue des Forges"),
        ("Lieu Type Emplacement", "Bricothèque:prêt de la semaine:3 rue des Forges"),
        ("Quoi Type Lieu", "Bricothèque:prêt de la semaine:3 rue des Forges"),
        ("What Kind Where", "The tool library:lending for the week:behind the school"),
    ],
)
def test_where_it_is_is_an_address_whatever_the_word_and_the_separator(columns: str, row: str, sign: str) -> None:
    found = read(sign.join(columns.split()), *(sign.join(row.split(":")) for _ in range(2))).initiatives
    assert ":".join((found[0].name, found[0].type or "", found[0].attributes["address"])) == row


@pytest.mark.parametrize(
    ("pair", "kept"),
    [
        ("1.25;46.5", ("46.5", "1.25")),
        ("6600000;700000", ("46.5", "3.0")),
        ('46°30\'00""N;1°15\'00""E', ("46.5", "1.25")),
    ],
)
def test_exchanged_metres_and_minutes_are_put_in_degrees(pair: str, kept: tuple[str, str]) -> None:
    reading = read(HEADER, ROW.replace("46.5;1.25", pair))
    (found,) = reading.initiatives
    assert (found.attributes["latitude"], found.attributes["longitude"]) == kept


def test_exchanged_coordinates_are_told_as_they_stood() -> None:
    reading = read(HEADER, ROW.replace("46.5;1.25", "1.25;46.5"))
    assert reading.initiatives[0].attributes["coordinates_doubt"] == "swapped"
    assert reading.initiatives[0].attributes["coordinates_written"] == "1.25, 46.5"
    assert reading.degraded == [
        "row 2: 1.25, 46.5: latitude and longitude are exchanged, which would be outside France: put right"
    ]


@pytest.mark.parametrize("cell", ["46.5, 1.25", "POINT(1.25 46.5)", "[46.5;1.25]"])
def test_one_column_may_hold_both_coordinates(cell: str) -> None:
    reading = read("Dénomination\tgeo_point_2d\tcode postal\tcommune", f"Bricothèque\t{cell}\t36200\tVaubrun")
    (found,) = reading.initiatives
    assert found.attributes == {"postcode": "36200", "latitude": "46.5", "longitude": "1.25"}


def test_a_telephone_under_the_word_for_coordinates_is_no_place() -> None:
    reading = read("nom;type;commune;coordonnées", "Permanence;démarches;Vaubrun;02 54 00 00 00")
    assert reading.initiatives[0].attributes == {}
    assert reading.degraded == []


def test_a_row_that_says_little_counts_in_a_table_of_initiatives_and_one_without_name_is_told() -> None:
    reading = read(HEADER, ROW, "Café;;;;;;", ";Formation;;Vaubrun;;;")
    assert [x.name for x in reading.initiatives] == ["Bricothèque", "Café"]
    assert reading.degraded == ["row 4: an initiative without a name: kept as a passage only"]


def made(*lines: str) -> Fragment:
    return prepare(RawFile("lieux.csv", ("\n".join(lines) + "\n").encode())).fragment


def test_one_name_in_two_communes_is_two_initiatives() -> None:
    rows = ("nom;type;commune", "Permanence;démarches;Vaubrun", "Permanence;démarches;Lirey", "Atelier;formation;Lirey")
    found = [n for n in made(*rows).nodes if n.kind == "initiative"]
    assert [(n.label, n.attributes["where"]) for n in found] == [
        ("Permanence", "Vaubrun"), ("Permanence", "Lirey"), ("Atelier", "Lirey"),
    ]  # fmt: skip


def test_initiatives_serve_the_themes_of_their_words_and_of_their_column_never_those_of_an_address() -> None:
    rows = ("nom;type;adresse;commune;thèmes", "Bus du soir;formation;2 rue du Logement;Vaubrun;Veillée des voisins")
    fragment = made(*rows)
    labels = {node.id: node.label for node in fragment.nodes}
    served = {labels[r.to_id] for r in fragment.relations if r.type == "about"}
    assert "Veillée des voisins" in served
    assert "formation" in served
    assert "habitat" not in served


def test_keys_of_openstreetmap_say_type_address_commune_and_who_runs_it() -> None:
    reading = read(
        "name,amenity,operator,addr:street,addr:city,website,latitude,longitude",
        "Atelier du Port,community_centre,Les Mains vertes,rue du Port,Vaubrun,https://port.example,46.5,1.25",
    )
    (found,) = reading.initiatives
    assert (found.type, found.where, found.by) == ("community_centre", "Vaubrun", "Les Mains vertes")
    assert (found.attributes["address"], found.attributes["url"]) == ("rue du Port", "https://port.example")


@pytest.mark.parametrize(("said", "own"), [("exact", True), ("commune", False), ("address", False), ("town", False)])
@pytest.mark.parametrize("column", ["précision du lieu", "place_precision"])
def test_coordinates_that_an_export_took_from_elsewhere_are_not_those_of_the_place(
    column: str, said: str, own: bool
) -> None:
    (found,) = read(f"{HEADER};{column}", f"{ROW};{said}").initiatives
    assert ("latitude" in found.attributes) is own
    assert found.where == "Vaubrun"
    assert "description" not in found.attributes


def test_a_table_of_places_holds_no_proposals_and_a_plan_with_its_dates_does() -> None:
    columns, row = "Intitulé,Porteur,Commune,Latitude,Longitude", "Ouvrir un café,Les Mains vertes,Vaubrun,46.5,1.25"
    places, plan = (f"{columns}\n{row}\n", f"{columns},Échéance\n{row},juin 2027\n")
    for text, expected in ((places, []), (plan, ["Ouvrir un café"])):
        reading = Reading(read_document(RawFile("lieux.csv", text.encode())))
        action_rows.run(reading, {})
        assert [statement.text for statement in reading.statements] == expected


def test_a_list_of_places_under_other_headings_holds_nobody() -> None:
    head = "Nom du lieu,Type de service,Adresse complète,Structure porteuse,GPS"
    rows = (
        "Café numérique,Accompagnement,3 place Neuve,Foyer du Port,'47.3, 0.4'",
        "Jardin partagé,Loisirs,rue Haute,Foyer,",
    )
    text = "\n".join([head, *(row.replace("'", '"') for row in rows)]) + "\n"
    reading = Reading(read_document(RawFile("lieux.csv", text.encode())))
    assert list(attendees_of_tables(reading)) == []
    initiatives.run(reading)
    assert [found.name for found in reading.initiatives] == ["Café numérique", "Jardin partagé"]
