"""What stores count for pages: the first doubts, links by kind, what is unread; as it is counted by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from graph import actions, text_actions
from graph.model import Actor, Filter, Fragment, Passage, Role
from graph.persons.visible import seen_by
from graph.questions.counted import Linked, Unread, unsure, weight
from graph.review.silence import silence
from graph.review.trust import kinds
from graph.store.base import NO_FILTER, Store
from tests.fragments import autumn, build, spring

OCTOBER = Filter(meeting="Atelier d’octobre")
STATEMENTS = ("proposal", "finding", "question")


def _unsure(made: Fragment, confidences: dict[str, float]) -> Fragment:
    """The fragment with some labels read with less confidence, its two last blocks under guessed parents."""
    nodes = [
        replace(n, evidence=tuple(replace(e, confidence=confidences.get(n.label, 1.0)) for e in n.evidence))
        for n in made.nodes
    ]
    first, *others, before, last = made.passages
    before = replace(before, parent=first.id, parent_confidence=0.5)
    last = replace(last, parent=first.id, parent_confidence=0.3)
    return replace(made, nodes=tuple(nodes), passages=(first, *others, before, last))


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    """Both workshops, the first read with little confidence, with a line that says nothing."""
    fresh_store.write(
        _unsure(spring(), {"mobilité": 0.4, "logement": 0.5, "pédibus": 0.5, "enfants": 0.2}), facilitator
    )
    fresh_store.write(_unsure(autumn(), {"cantine": 0.55}), facilitator)
    return fresh_store


def _labels(store: Store, where: Filter = NO_FILTER, **options: int) -> list[str]:
    return [thing.label for thing in store.doubtful(kinds(), where, **options).rows]


def test_the_heaviest_doubts_come_first_with_how_many_there_are(valley: Store, facilitator: Actor) -> None:
    found = valley.doubtful(kinds())
    weights = [weight(t.confidence, t.evidence_count) for t in found.rows]
    assert _labels(valley) == ["enfants", "logement", "cantine"], "the others are said with certainty elsewhere"
    assert weights == sorted(weights, reverse=True)
    assert found.total == 3
    assert (_labels(valley, limit=1), valley.doubtful(kinds(), limit=1).total) == (["enfants"], 3)
    assert _labels(valley, Filter(meeting="Atelier de mars")) == ["mobilité", "enfants", "logement", "pédibus"]
    assert valley.doubtful(["group"]).total == valley.doubtful(kinds(), limit=0).total - 2 == 1
    assert valley.doubtful([]).rows == valley.doubtful(kinds(), Filter(confirmed=True)).rows == ()
    actions.confirm(valley, facilitator, found.rows[0].id)
    assert _labels(valley) == ["logement", "cantine"]
    participant = seen_by(valley, Actor("participante", Role.PARTICIPANT))
    assert _labels(participant) == ["cantine"], "only the second workshop is published"


def test_guessed_places_are_those_of_the_trees_as_people_corrected_them(valley: Store, facilitator: Actor) -> None:
    found = valley.unplaced()
    assert [each.block.parent_confidence for each in found.rows] == [0.3, 0.3, 0.5, 0.5]
    assert found.total == valley.unplaced(limit=1).total == 4
    assert all(each.parent.id == each.block.parent for each in found.rows)
    assert (valley.unplaced(below=0.4).total, valley.unplaced(OCTOBER).total) == (2, 2)
    least = found.rows[0]
    text_actions.confirm_place(valley, facilitator, least.block.id)
    assert least.block.id not in {each.block.id for each in valley.unplaced().rows}
    assert (valley.unplaced(limit=1).total, len(valley.unplaced(limit=1).rows)) == (3, 1)
    by_hand = [each for info in valley.sources() for each in unsure(info.id, valley.passages(info.id))]
    assert {each.block.id for each in valley.unplaced().rows} == {each.block.id for each in by_hand}


@pytest.mark.parametrize("where", [Filter(), OCTOBER, Filter(confirmed=True)], ids=["all", "one meeting", "confirmed"])
def test_links_are_counted_by_kind_and_led_by_the_strongest(valley: Store, where: Filter, facilitator: Actor) -> None:
    themes = [thing.id for thing in valley.rows(["theme"])]
    actions.confirm(valley, facilitator, valley.rows(["question"])[0].id)
    found = valley.linked([*themes, "theme:none"], STATEMENTS, where)
    by_hand: dict[str, dict[str, Linked]] = {}
    for theme in themes:
        for kind in STATEMENTS:
            links = valley.neighbours(theme, [kind], where)
            if links:
                by_hand.setdefault(theme, {})[kind] = Linked(len(links), links[0].b)
    assert found == by_hand
    assert found
    assert valley.linked(themes, [], where) == {}


def test_what_is_unread_is_counted_as_source_by_source(valley: Store, facilitator: Actor) -> None:
    valley.write(_quiet(), facilitator)
    assert valley.unread() == _by_hand(valley)
    assert Counter(each.silent for each in valley.unread()) == {0: 2, 2: 1}
    assert valley.unread(OCTOBER) == [each for each in _by_hand(valley) if each.source in _sources(valley, OCTOBER)]
    actions.reject(valley, facilitator, next(t.id for t in valley.rows(["theme"]) if t.label == "cantine"))
    block = next(p for p in valley.passages(_sources(valley, OCTOBER)[0]) if len(p.label.split()) > 3)
    text_actions.cut(valley, facilitator, block.id, 2)
    assert valley.unread() == _by_hand(valley)


def _quiet() -> Fragment:
    """Notes of which two sentences say nothing, one of them in a paragraph; with a heading and the head of a table."""
    made = build("notes.txt", "Rien de neuf.\nLe [theme:verger] fleurit.\nLe vent était doux.\nDivers\nQui, quoi")
    first, second, third, heading, row = made.passages
    both = Passage("passage:both", 9, "paragraph", first.start, second.end, made.source.text[: second.end])
    parts = [replace(p, parent=both.id) for p in (first, second)]
    framing = [replace(heading, kind="heading"), replace(row, kind="row", attributes={"header": True, "cells": []})]
    return replace(made, passages=(both, *parts, third, *framing))


def _sources(store: Store, where: Filter) -> list[str]:
    return [info.id for info in store.sources(where)]


def _by_hand(store: Store) -> list[Unread]:
    found = (silence(store, source) for source in sorted(_sources(store, Filter())))
    return [Unread(each.source.id, each.passages, len(each.silent)) for each in found if each.passages]


def test_counts_hold_for_what_is_no_longer_what_its_id_says(valley: Store, facilitator: Actor) -> None:
    by_label = {thing.label: thing.id for thing in valley.rows(kinds())}
    spare = [thing.id for thing in valley.rows(["theme"])][-2:]
    actions.reject(valley, facilitator, by_label["enfants"])
    actions.change_kind(valley, facilitator, spare[0], "organisation")
    actions.merge(valley, facilitator, [by_label["cantine"], by_label["mobilité"]])
    for info in valley.sources():
        for where in (Filter(source=info.id), Filter(meeting=info.meeting), Filter(since=info.date)):
            there = Counter(thing.kind for thing in valley.rows(kinds(), where, limit=1_000))
            assert {kind: n for kind in kinds() if (n := valley.count_rows([kind], where))} == there
            assert valley.count_rows(kinds(), where) == valley.count_rows([*kinds(), *kinds()], where) == there.total()
        within = Counter(thing.kind for thing in valley.rows(kinds(), Filter(source=info.id), limit=1_000))
        assert {kind: n for kind, n in info.counts.items() if kind in kinds()} == within
    for thing in valley.rows(kinds()):
        beside = Counter(valley.things([link.b])[link.b].kind for link in valley.neighbours(thing.id))
        assert {kind: x.number for kind, x in valley.linked([thing.id], kinds()).get(thing.id, {}).items()} == beside
        assert (
            Counter(link.b for kind in beside for link in valley.neighbours(thing.id, [kind])).total() == beside.total()
        )
