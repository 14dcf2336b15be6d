"""Where initiatives are: own coordinates, then address, commune, town; what is doubtful is told, nothing is dropped."""

from __future__ import annotations

import json

import pytest

from graph.initiatives.base_map import towns
from graph.initiatives.catalogue import NONE, Body, Catalogue, Wanted, counts, entries_of, type_of
from graph.initiatives.coordinates import Doubt, checked, kilometres
from graph.initiatives.export import COLUMNS, geojson, rows
from graph.initiatives.place import Located, Precision, Said, locate
from graph.initiatives.search import find
from graph.model import Thing
from ontology.initiatives import VARIABLE, initiative_types
from ontology.schema import OntologyError

ROUEN = (49.4431, 1.0993)


def one(**said: str) -> Located:
    return locate([Said(**said)])[0]


@pytest.mark.parametrize(
    ("pair", "doubt"),
    [
        (("", ""), None),
        (("48.85", "2.35"), None),
        (("2.35", "48.85"), Doubt.SWAPPED),
        (("14.6", "-61.0"), None),
        (("-61.0", "14.6"), Doubt.SWAPPED),
        (("40.4", "-3.7"), None),
        (("95", "2"), Doubt.IMPOSSIBLE),
        (("ici", "là"), Doubt.IMPOSSIBLE),
        (("inf", "1"), Doubt.IMPOSSIBLE),
        (("48.85", ""), Doubt.INCOMPLETE),
        (("0", "0"), Doubt.NULL),
        (("6600000", "700000"), None),
    ],
)
def test_what_is_wrong_with_coordinates_is_named(pair: tuple[str, str], doubt: Doubt | None) -> None:
    assert checked(*pair).doubt == doubt


def test_exchanged_coordinates_are_placed_in_france_and_told() -> None:
    found = one(latitude="1.1", longitude="49.4", commune="Rouen")
    assert found.point == (49.4, 1.1)
    assert (found.precision, found.doubt, found.written) == (Precision.EXACT, "swapped", "1.1; 49.4")


def test_without_coordinates_the_commune_stands_in_with_its_postcode_or_in_the_address() -> None:
    for said in ({"commune": "Rouen"}, {"commune": "76000 Rouen Cedex 2"}, {"address": "3 rue du Gros, 76000 Rouen"}):
        found = one(**said)
        assert (found.point, found.precision, found.by) == (ROUEN, Precision.COMMUNE, "Rouen")


def test_a_commune_without_coordinates_falls_to_a_town_of_its_department_and_says_so() -> None:
    found = one(commune="Alvimare")
    assert found.precision is Precision.TOWN
    assert found.point
    assert found.by not in {"", "Alvimare"}


def test_of_homonyms_the_department_tells_else_the_nearest_to_the_others() -> None:
    assert one(commune="Saint-Denis (93)").by == "Saint-Denis"
    near_aude = locate([Said("43.35", "2.2", commune="Saint-Papoul"), Said(commune="Saint-Denis")])[1]
    assert near_aude.homonyms > 1
    assert near_aude.point
    assert kilometres(near_aude.point, (43.35, 2.2)) < 100
    assert one(commune="Saint-Denis", postcode="93200").homonyms == 0


def test_a_commune_that_no_table_knows_is_in_the_middle_of_its_initiatives() -> None:
    said = [Said("46.7", "1.0", commune="Vaubrun"), Said("46.8", "1.2", commune="Vaubrun"), Said(commune="Vaubrun")]
    found = locate(said)[2]
    assert found.precision is Precision.OTHERS
    assert found.point == pytest.approx((46.75, 1.1))


def test_the_same_address_gives_its_coordinates() -> None:
    said = [Said("46.7", "1.0", "4 rue du Pont", "Vaubrun"), Said("", "", "4, rue du pont", "Vaubrun")]
    assert locate(said)[1] == Located((46.7, 1.0), Precision.ADDRESS, "4, rue du pont")


def test_what_has_no_place_stays_and_is_nowhere() -> None:
    assert [found.precision for found in locate([Said(), Said(commune="Nullepart-les-Oies"), Said("95", "2")])] == [
        Precision.NOWHERE
    ] * 3


def test_coordinates_far_from_the_commune_are_doubtful_but_kept() -> None:
    found = one(latitude="43.3", longitude="5.4", commune="Rouen")
    assert (found.point, found.doubt) == ((43.3, 5.4), "far")


SAID = [Said("46.73", "1.04", "4 rue du Pont", "Vernay-sur-Ambre"), Said("46.78", "1.09", "", "Moncreux")]


@pytest.mark.parametrize(
    ("asked", "point", "precision"),
    [
        ("12 rue du Lavoir, Moncreux", (46.78, 1.09), Precision.OTHERS),
        ("Vernay", (46.73, 1.04), Precision.OTHERS),
        ("4 rue du Pont, Vernay-sur-Ambre", (46.73, 1.04), Precision.ADDRESS),
        ("10 rue de la Paix, 76000 Rouen", ROUEN, Precision.COMMUNE),
        ("46,7 ; 1,1", (46.7, 1.1), Precision.EXACT),
        ("rue qui n'existe pas", None, Precision.NOWHERE),
        ("", None, Precision.NOWHERE),
    ],
)
def test_a_typed_place_is_looked_for_among_the_initiatives_then_in_the_table(
    asked: str, point: tuple[float, float] | None, precision: Precision
) -> None:
    found = find(asked, SAID, locate(SAID))
    assert (found.point, found.precision) == (point, precision)


# --- the catalogue ----------------------------------------------------------------------------------------------------


def thing(name: str, **attributes: str) -> Thing:
    return Thing(f"initiative:{name}", "initiative", name, attributes=attributes)


THINGS = [
    thing("Permanence", type="démarches", where="76000 Rouen", by="CCAS", latitude="49.44", longitude="1.09"),
    thing("Atelier", type="Formations", where="Rouen", by="ccas", address="2 rue Haute"),
    thing("Ressourcerie", type="réemploi", where="Le Havre", description="Outils prêtés"),
    thing("Appli"),
]
BODY = Body("organisation:1", "CCAS de Rouen")
CATALOGUE = Catalogue(entries_of(THINGS, {"cca": BODY}))


def names(wanted: Wanted) -> list[str]:
    return [each.entry.name for each in CATALOGUE.matching(wanted)]


def test_types_are_those_of_the_vocabulary_first_then_those_of_the_tables() -> None:
    assert list(CATALOGUE.types) == [*initiative_types(), "own:reemploi", NONE]
    assert CATALOGUE.types["help"] == CATALOGUE.types["training"] == CATALOGUE.types[NONE] == 1


def test_communes_and_structures_are_one_whatever_their_spelling() -> None:
    assert CATALOGUE.communes == {"havre": "Le Havre", "rouen": "Rouen"}
    assert CATALOGUE.structures == {"organisation:1": "CCAS de Rouen"}


def test_filters_add_up_and_words_are_found_in_any_field() -> None:
    assert names(Wanted()) == ["Appli", "Atelier", "Permanence", "Ressourcerie"]
    assert names(Wanted(types=frozenset({"help", "training"}), commune="rouen")) == ["Atelier", "Permanence"]
    assert names(Wanted(structure="organisation:1", text="rue HAUTE")) == ["Atelier"]
    assert names(Wanted(text="outils pretes")) == ["Ressourcerie"]
    assert names(Wanted(text="introuvable")) == []


def test_distances_order_the_list_and_what_has_no_place_comes_last() -> None:
    shown = CATALOGUE.matching(Wanted(origin=(49.49, 0.11)))
    assert [each.entry.name for each in shown] == ["Ressourcerie", "Permanence", "Atelier", "Appli"]
    assert shown[0].km is not None
    assert shown[0].km < 5
    assert shown[-1].km is None
    assert names(Wanted(origin=(49.49, 0.11), within_km=20)) == ["Ressourcerie"]


def test_counts_are_by_commune_and_type() -> None:
    found = counts(CATALOGUE.entries)
    assert found["rouen"] == {"help": 1, "training": 1}
    assert found[NONE].total() == 1


def test_another_file_changes_the_types(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "types.toml"
    file.write_text('[types.garden]\nfr = "Jardin partagé"\nen = "Shared garden"\nwords = "potager|jardin"\n', "utf-8")
    monkeypatch.setenv(VARIABLE, str(file))
    assert type_of("Jardins") == "garden"
    assert type_of("formation") == "own:formation"
    broken = tmp_path / "broken.toml"
    broken.write_text("types = 3", "utf-8")
    monkeypatch.setenv(VARIABLE, str(broken))
    with pytest.raises(OntologyError, match=r"broken\.toml"):
        type_of("formation")


def test_every_type_has_both_languages_and_no_word_names_two() -> None:
    words = [word for spec in initiative_types().values() for word in {type_of(w) for w in spec.words}]
    assert sorted(words) == sorted(initiative_types())
    assert all(spec.fr and spec.en and spec.glyph for spec in initiative_types().values())


# --- what goes out ----------------------------------------------------------------------------------------------------


def test_geojson_holds_every_initiative_longitude_first_and_is_read_again() -> None:
    shown = CATALOGUE.matching(Wanted())
    data = json.loads(geojson(shown, lambda x: x.entry.type_written, lambda _: ""))
    assert [f["properties"]["name"] for f in data["features"]] == [x.entry.name for x in shown]
    places = {f["properties"]["name"]: f["geometry"] for f in data["features"]}
    assert places["Permanence"] == {"type": "Point", "coordinates": [1.09, 49.44]}
    assert places["Appli"] is None


def test_rows_have_a_cell_per_column() -> None:
    made = rows(CATALOGUE.matching(Wanted(origin=ROUEN)), lambda x: x.entry.type_written, lambda _: "dit")
    assert all(len(row) == len(COLUMNS) for row in made)
    first = dict(zip(COLUMNS, made[0], strict=True))
    assert (first["commune"], first["place_precision"], first["kilometres"]) == ("Rouen", "commune", 0.0)


def test_the_communes_around_are_drawn_where_the_table_knows_the_territory() -> None:
    drawn = towns([entry for entry in CATALOGUE.entries if entry.commune_name])
    assert [town.name for town in drawn if town.own] == ["Rouen", "Le Havre"]
    assert sum(not town.own for town in drawn) > 20
    invented = entries_of([thing("A", where="Vaubrun", latitude="46.7", longitude="1.0")], {})
    assert [town.name for town in towns(invented)] == ["Vaubrun"]
    assert towns([]) == []
