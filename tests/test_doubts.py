"""What is in doubt and in which order; what was refused is not asked again; what share of the graph is confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph import actions, text_actions
from graph.errors import PermissionDenied
from graph.model import Actor, Filter, Fragment, Role
from graph.review.doubts import Sort, queue
from graph.review.suggest import suggest
from graph.review.trust import checked, precision, share
from graph.store.base import Store
from ontology import load
from tests.fragments import build

TEXT = """
Le [organisation:CCAS] et le [organisation:Centre communal d’action sociale] parlent de [theme:mobilité].
proposal> Ouvrir un local aux jeunes le samedi
proposal> Ouvrir un local aux jeunes le samedi soir
[theme:covoiturage] et [theme:co-voiturage], [theme:covoit-urage]
"""


def _doubtful() -> Fragment:
    """One theme read without certainty, one sentence under a guessed parent."""
    made = build("notes.txt", TEXT, meeting="Atelier", date="2031-03-14")
    nodes = [
        replace(n, evidence=tuple(replace(e, confidence=0.4) for e in n.evidence)) if n.label == "mobilité" else n
        for n in made.nodes
    ]
    first, *others, last = made.passages
    last = replace(last, parent=first.id, parent_confidence=0.5)
    return replace(made, nodes=tuple(nodes), passages=(first, *others, last))


@pytest.fixture
def store(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(_doubtful(), facilitator)
    return fresh_store


def _labels(store: Store, sort: Sort) -> list[str]:
    return [d.label for d in queue(store) if d.sort == sort]


def test_the_queue_holds_every_sort_of_doubt_the_heaviest_first(store: Store, facilitator: Actor) -> None:
    found = queue(store)
    assert [d.weight for d in found] == sorted((d.weight for d in found), reverse=True)
    assert _labels(store, Sort.READING) == ["mobilité"]
    assert len(_labels(store, Sort.PLACE)) == 1
    assert {frozenset(label.split(" · ")) for label in _labels(store, Sort.MERGE)} >= {
        frozenset({"CCAS", "Centre communal d’action sociale"}),
        frozenset({"Ouvrir un local aux jeunes le samedi", "Ouvrir un local aux jeunes le samedi soir"}),
    }


def test_three_names_of_one_thing_are_two_questions(store: Store) -> None:
    assert sum("voit" in label for label in _labels(store, Sort.MERGE)) == 2


def test_what_was_kept_apart_or_split_is_not_suggested_again(store: Store, facilitator: Actor) -> None:
    before = len(suggest(store))
    pair = next(s for s in suggest(store) if s.reason == "initials")
    kept = actions.keep_apart(store, facilitator, [pair.a.id, pair.b.id])
    assert len(suggest(store)) == before - 1
    actions.undo(store, facilitator, kept.id)
    actions.merge(store, facilitator, [pair.a.id, pair.b.id])
    actions.split(store, facilitator, pair.a.id)
    assert {pair.a.id, pair.b.id} not in [{s.a.id, s.b.id} for s in suggest(store)]
    assert store.verify().ok


def test_keeping_apart_changes_nothing_else_and_is_a_facilitator_s(store: Store, facilitator: Actor) -> None:
    counts = store.counts()["nodes"]
    pair = suggest(store)[0]
    with pytest.raises(PermissionDenied):
        actions.keep_apart(store, Actor("Paul", Role.PARTICIPANT), [pair.a.id, pair.b.id])
    actions.keep_apart(store, facilitator, [pair.a.id, pair.b.id])
    assert store.counts()["nodes"] == counts


def test_an_answer_takes_its_question_away(store: Store, facilitator: Actor) -> None:
    theme = next(d.thing for d in queue(store) if d.sort == Sort.READING)
    block = next(d.block for d in queue(store) if d.sort == Sort.PLACE)
    assert theme
    assert block
    actions.confirm(store, facilitator, theme.id)
    text_actions.confirm_place(store, facilitator, block.id)
    assert {d.sort for d in queue(store)} == {Sort.MERGE}


def test_a_decision_whose_object_is_away_is_asked_about(store: Store, facilitator: Actor) -> None:
    theme = next(d.thing for d in queue(store) if d.sort == Sort.READING)
    assert theme
    actions.rename(store, facilitator, theme.id, "Déplacements")
    store.remove("notes.txt", facilitator)
    assert [(d.sort, d.label) for d in queue(store)] == [(Sort.WAITING, "mobilité")]


def test_the_filter_of_the_page_holds_for_its_doubts(store: Store) -> None:
    assert queue(store, Filter(meeting="une autre")) == []
    assert len(queue(store, Filter(meeting="Atelier"))) == len(queue(store))


def test_the_share_confirmed_counts_what_the_filter_leaves(store: Store, facilitator: Actor) -> None:
    theme = store.rows(["theme"])[0]
    assert share(store).confirmed == 0
    actions.confirm(store, facilitator, theme.id)
    actions.reject(store, facilitator, store.rows(["proposal"])[0].id)
    assert (share(store, asked=["theme"]).confirmed, share(store).confirmed) == (1, 1)
    assert share(store, Filter(meeting="une autre")).total == 0
    rows = {row.kind: row for row in checked(store)}
    assert (rows["theme"].confirmed, rows["proposal"].read, rows["proposal"].rejected) == (1, 1, 1)


def test_measured_precision_names_kinds_and_is_a_share() -> None:
    assert set(precision()) <= set(load().kinds)
    assert {"proposal", "organisation", "theme"} <= set(precision())
    assert all(0 < value <= 1 for value in precision().values())
