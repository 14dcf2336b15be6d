"""Communes, groupings and departments by any usual spelling of their name."""

from __future__ import annotations

import pytest

from graph.gazetteer import beginning, by_code, named, places


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("AMBERIEU EN BUGEY", "01004"),
        ("l’Abergement-Clémenciat", "01001"),
        ("St-Étienne", "42218"),
        ("Saint Etienne", "42218"),
        ("Nîmes", "30189"),
        ("nimes", "30189"),
    ],
)
def test_a_commune_is_found_by_any_spelling(written: str, code: str) -> None:
    assert named(written, "commune")[0].code == code


@pytest.mark.parametrize("written", ["communauté de communes Faucigny-Glières", "CC du Faucigny Glières"])
def test_a_grouping_is_found_without_its_announcement(written: str) -> None:
    assert [p.type for p in named(written, "grouping")] == ["CC"]


def test_homonyms_are_all_given_the_most_populated_first() -> None:
    found = named("Saint-Denis", "commune")
    assert len(found) > 1
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)


def test_a_short_form_leads_to_the_communes_that_begin_so() -> None:
    assert "01004" in {p.code for p in beginning("Ambérieu")}
    assert not beginning("Ambérieu-en-Bugey")


def test_nothing_is_found_for_an_invented_name() -> None:
    assert named("Trifouillis-sur-Nulle") == ()
    assert by_code("99999") is None


def test_every_commune_of_the_mainland_has_coordinates_its_own_or_of_a_commune_that_has() -> None:
    communes = [p for p in places() if p.kind == "commune" and p.department[:2] < "97"]
    assert len(communes) > 34_000
    for place in communes:
        assert place.latitude is not None
        assert place.longitude is not None
        assert 41 < place.latitude < 52
        assert -6 < place.longitude < 10
        stand_in = by_code(place.located_by) if place.located_by else None
        assert not place.located_by or (stand_in is not None and not stand_in.located_by)
