"""Which names merge by themselves: measured on pairs with homonyms in them, and rule by rule."""

from __future__ import annotations

import pytest

from ingest.resolve import merge_key
from tests.quality import identity

PRECISION = 0.98  # of merges that nobody is asked about
RECALL = 0.94  # merged, or offered to a person


def test_merges_that_nobody_is_asked_about_are_right() -> None:
    found = identity.score()
    assert found.pairs >= 200
    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed
    assert found.merged >= 60


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Ève MORIZOT", "MORIZOT Ève"),
        ("person", "Morizot, Ève", "Mme Ève Morizot"),
        ("person", "Jean-Noël Capdeville", "CAPDEVILLE Jean Noël"),
        ("organisation", "CIAS du Haut-Verdain", "Centre intercommunal d’action sociale du Haut-Verdain"),
        ("organisation", "Communauté d’agglomération du Morlois", "CA du Morlois"),
        ("organisation", "Mairie de St-Aubrac", "mairie de Saint Aubrac"),
        ("territory", "St Aubrac", "Saint-Aubrac"),
        ("territory", "Commune de Saint-Aubrac", "Saint-Aubrac"),
    ],
)
def test_names_written_in_two_ways_have_one_key(kind: str, one: str, other: str) -> None:
    assert merge_key(kind, one) == merge_key(kind, other) != ""


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Lucas Morizot", "Luca Morizot"),
        ("person", "Ève Du Mas", "Ève Mas"),
        ("organisation", "Mairie de Tours", "Mairie de La Tour"),
        ("organisation", "Préfecture du Morlois", "Sous-préfecture du Morlois"),
        ("territory", "Tours", "La Tour"),
        ("territory", "Communauté de communes du Morlois", "Morlois"),
    ],
)
def test_names_that_spelling_almost_makes_one_keep_apart(kind: str, one: str, other: str) -> None:
    keys = merge_key(kind, one), merge_key(kind, other)
    assert keys[0] != keys[1] or keys == ("", "")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("person", "Ève"),
        ("person", "Mme Morizot"),
        ("person", "Pierre Durand"),  # thousands bear it
        ("person", "Un Voisin"),
        ("organisation", "Collège Jean-Moulin"),
        ("organisation", "Association Le Tremplin"),
        ("organisation", "Comité des Fêtes"),
        ("organisation", "Mairie de Saint-Martin"),  # there are many
        ("organisation", "ABCD"),
        ("territory", "Villeneuve"),
        ("territory", "Quartier Nord"),
        ("group", "Les Voisins de Morlois"),
    ],
)
def test_a_name_that_many_bear_is_left_to_a_person(kind: str, name: str) -> None:
    assert merge_key(kind, name) == ""
