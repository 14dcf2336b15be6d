"""Suggestions of merges: what is found, what is left alone, and that time grows with the number of things."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from graph import actions
from graph.model import Actor, Thing
from graph.review.suggest import MOST_TOGETHER, best, shared_names, suggest
from graph.store.base import Store
from tests.fragments import build


def _things(kind: str, *labels: str) -> list[Thing]:
    return [Thing(f"{kind}:{n}", kind, label, evidence_count=1) for n, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("kind", "one", "other", "reason"),
    [
        ("organisation", "CCAS", "Centre communal d’action sociale", "initials"),
        ("organisation", "SIVOM", "Syndicat intercommunal à vocation multiple", ""),
        ("organisation", "AMAP", "Association pour le maintien d’une agriculture paysanne", "initials"),
        ("person", "Élise Morvan", "MORVAN Elise", "same words"),
        ("organisation", "Les Jardins partagés", "jardin partagé", "same words"),
        ("theme", "covoiturage", "co-voiturage", "same letters"),
        ("territory", "CC du Val Perdu", "Communauté de communes du Val Perdu", "same place"),
        ("proposal", "Ouvrir un local aux jeunes le samedi", "Ouvrir un local aux jeunes le samedi soir", "near"),
        ("person", "Élise Morvan", "Élise Martin", ""),
        ("organisation", "Mairie de Valbrune", "Mairie de Valnoire", ""),
        ("organisation", "CCAS", "Club de cyclotourisme des Aiguilles", ""),
        ("organisation", "CCAS de Valnoire", "commune de Valbrune", ""),
        ("proposal", "Ouvrir un local pour les jeunes", "Fermer la route aux camions de passage", ""),
    ],
)  # fmt: skip
def test_two_names_are_suggested_with_their_reason_or_left_alone(kind: str, one: str, other: str, reason: str) -> None:
    assert [s.reason for s in best(_things(kind, one, other), 10)] == ([reason] if reason else [])


def test_two_that_only_another_of_their_names_brings_together_are_said_to_share_it() -> None:
    one, other = _things("organisation", "Maison de santé des Aiguilles", "Cabinet du pont")
    one, other = replace(one, aliases=("maison de santé",)), replace(other, aliases=("Maisons de santé",))
    (found,) = best([one, other], 10)
    assert (found.reason, shared_names(found.a, found.b)) == ("shared name", ["maison de santé"])


def test_what_a_theme_is_also_called_is_no_short_form_of_it() -> None:
    one, other = _things("theme", "mobilité", "transports en commun")
    one, other = replace(one, aliases=("ligne de car",)), replace(other, aliases=("ligne de car scolaire",))
    assert best([one, other], 10) == []
    assert best(_things("theme", "ligne de car", "ligne de car scolaire"), 10) != []


def test_kinds_that_cannot_be_one_are_not_compared() -> None:
    assert best([Thing("theme:1", "theme", "Jardins"), Thing("person:1", "person", "Jardins")], 10) == []


def test_what_was_merged_is_no_longer_suggested(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(build("a.txt", "Le [theme:covoiturage] et le [theme:co-voiturage]."), facilitator)
    (one,) = suggest(fresh_store)
    actions.merge(fresh_store, facilitator, [one.a.id, one.b.id])
    assert suggest(fresh_store) == []


def test_time_grows_with_the_number_of_things() -> None:
    def cpu(number: int) -> float:
        names = [f"Association numéro{n} du quartier{n % 97} {n}" for n in range(number)]
        start = time.process_time()
        best(_things("organisation", *names), 100)
        return time.process_time() - start

    cpu(500)
    assert cpu(8_000) < 10 * cpu(2_000) + 0.2


def test_a_common_name_in_several_documents_is_one_suggestion_with_all_its_places(
    fresh_store: Store, facilitator: Actor
) -> None:
    for number in range(4):
        fresh_store.write(build(f"{number}.txt", f"Les [group:habitants] ({number}) et [theme:vélo]."), facilitator)
    (one,) = suggest(fresh_store)
    assert ([t.label for t in one.things], one.reason) == (["habitants"] * 4, "same words")
    assert len({t.id for t in one.things}) == 4
    first, second, *_ = one.things
    kept = actions.keep_apart(fresh_store, facilitator, [first.id, second.id])
    assert sorted(len(s.things) for s in suggest(fresh_store)) == [2, 2, 3], (
        "the one taken out is asked about by itself"
    )
    actions.undo(fresh_store, facilitator, kept.id)
    all_apart = actions.keep_apart(fresh_store, facilitator, [t.id for t in one.things])
    assert suggest(fresh_store) == []
    actions.undo(fresh_store, facilitator, all_apart.id)
    actions.merge(fresh_store, facilitator, [t.id for t in one.things])
    assert suggest(fresh_store) == []
    assert len(fresh_store.rows(["group"])) == 1


def test_persons_of_one_name_are_asked_about_two_by_two() -> None:
    same = [Thing(f"person:{n}", "person", "Élise Morvan", evidence_count=1) for n in range(3)]
    assert [len(s.things) for s in best(same, 10)] == [2, 2, 2]


def test_a_name_in_very_many_documents_is_still_one_question() -> None:
    same = [Thing(f"group:{n:03}", "group", "habitants", evidence_count=n) for n in range(120)]
    (one,) = best(same, 10)
    assert len(one.things) == MOST_TOGETHER
    assert one.a.evidence_count == 119
