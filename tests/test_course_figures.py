"""Key figures side by side, what a value is worth, and topics for the next meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from course_graph import FACILITATOR

from graph import actions
from graph.course.figures import side_by_side
from graph.course.meetings import meetings
from graph.course.numbers import amount
from graph.course.topics import KIND, kept_topics, topics
from graph.model import (
    Evidence,
    Filter,
    Fragment,
    Node,
    Passage,
    Relation,
    Source,
    Thing,
    make_id,
)
from graph.store.base import Store


def figure(number: str, statement: str, year: str = "", unit: str = "") -> Thing:
    values = {"value": number, "statement": statement, "year": year, "unit": unit}
    return Thing(make_id("figure", number, statement, year), "figure", f"{number} {statement}", attributes=values)


def test_figures_that_contradict_each_other_are_shown_together(told: Store) -> None:
    groups = side_by_side(told.rows(["figure"]), lambda _: "2026")
    assert [(g.verdict, [f.value for f in g.figures]) for g in groups] == [("contradict", ["47 %", "52 %"])]


@pytest.mark.parametrize(
    ("one", "other", "verdicts"),
    [
        (("12", "bénévoles ont signé la charte", "2024"), ("20", "bénévoles ont signé la charte", "2025"), ["change"]),
        (("12", "bénévoles ont signé la charte"), ("douze", "bénévoles ont signé la charte"), ["agree"]),
        (("12", "bénévoles ont signé la charte"), ("20 %", "bénévoles ont signé la charte"), ["alone", "alone"]),
        (("sept", "communes"), ("trois", "communes"), ["alone", "alone"]),
        (("12", "places de crèche au bourg"), ("12", "logements vides au centre ancien"), ["alone", "alone"]),
    ],
)
def test_what_is_brought_together_and_what_is_not(one: Any, other: Any, verdicts: list[str]) -> None:
    assert [g.verdict for g in side_by_side([figure(*one), figure(*other)])] == verdicts


def test_two_numbers_of_one_sentence_do_not_contradict_each_other() -> None:
    aim = "de produits locaux dans les repas, pour un objectif de 40 % en 2029"
    two = [figure("40 %", aim), figure("17 %", aim)]
    found = side_by_side([*two, figure("12 %", aim)], document_of=lambda _: "d")
    assert [(g.verdict, g.figures[0].value) for g in found] == [("alone", "40 %"), ("alone", "17 %"), ("alone", "12 %")]
    elsewhere = side_by_side(two, document_of=lambda thing: thing.id)
    assert [g.verdict for g in elsewhere] == ["contradict"]


def test_second_numbers_of_two_sentences_are_compared_with_each_other_as_first_ones_are() -> None:
    said = "12 % des agents en 2024 et {} % des élus utilisent le vélo pour venir"
    things = [
        replace(figure(value, said.format(second)), id=f"figure:{document}{value}")
        for document, second in (("a", 40), ("b", 35))
        for value in ("12 %", f"{second} %")
    ]
    found = side_by_side(things, lambda _: "2024", lambda thing: thing.id[7])
    assert [(g.verdict, [f.value for f in g.figures]) for g in found] == [
        ("contradict", ["35 %", "40 %"]), ("agree", ["12 %", "12 %"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "first", "second", "other"),
    [
        ("Des 12 % attendus à la halle, 7 % sont venus, dont 2 % en retard", "7 %", "2 %", "9 %"),
        ("Des 1 200 lits du canton, 300 sont libres et 200 fermés", "300", "200", "400"),
    ],
)
def test_a_number_is_not_found_within_a_longer_one(said: str, first: str, second: str, other: str) -> None:
    things = [figure(second, said), figure(first, said), figure(other, said.replace(first, other))]
    found = side_by_side(things, lambda _: "2024", lambda _: "d")
    assert [(g.verdict, [f.value for f in g.figures]) for g in found] == [
        ("contradict", [first, other]), ("alone", [second]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "worth"),
    [
        ("2 340", 2340.0), ("2\u202f340 €", 2340.0), ("12.500", 12500.0), ("9,4 km", 9.4), ("8,7 %", 0.087),
        ("six demandes sur dix", 0.6), ("1 ménage sur 7", 1 / 7), ("la moitié", 0.5), ("un tiers", 1 / 3),
        ("quatre-vingt-dix", 90.0), ("cent vingt", 120.0), ("deux cents", 200.0), ("quarante et un", 41.0),
        ("1,2 million", 1_200_000.0), ("beaucoup", None), ("", None), ("0 sur 0", 0.0),
    ],
)  # fmt: skip
def test_a_value_is_worth_what_it_says(said: str, worth: float | None) -> None:
    assert amount(said) == (pytest.approx(worth) if worth is not None else None)


def test_topics_that_are_the_same_are_one_and_stand_out_when_two_meetings_keep_them(told: Store) -> None:
    kept = kept_topics(told)
    found = topics(told, kept, meetings(told.sources()))
    assert not kept.cut
    assert len(found) == 1
    assert (len(found[0].said), len(found[0].meetings), found[0].stands_out) == (2, 2, True)
    assert [actor.label for actor in found[0].carriers] == ["Foyer"]


def test_a_sentence_that_lists_topics_is_not_one_more(told: Store) -> None:
    before = [thing.label for thing in kept_topics(told).things]
    line = "Sont retenus la halle couverte et le four communal."
    parts, alone = ("la halle couverte", "le four communal"), "abri des vélos"
    text = f"{line}\nOn reparle d'un {alone}.\n"
    spans = [(said, text.index(said)) for said in (line, *parts, alone)]
    asker = Node(make_id("group", "jardiniers"), "group", "jardiniers", (Evidence(0, 4, line[:4], "topics@1"),))
    nodes = tuple(
        Node(make_id("proposal", said), "proposal", said, (Evidence(at, at + len(said), said, "topics@1"),),
             attributes={"kind": KIND})
        for said, at in spans
    )  # fmt: skip
    passage = Passage("passage:liste", 0, "sentence", 0, len(text) - 1, text[:-1])
    source = Source(make_id("source", text), "document:liste", "liste.txt", make_id("sha", text), "txt", text)
    made = tuple(Relation(nodes[n].id, "made_by", asker.id, nodes[n].evidence) for n in (0, 3))
    told.write(Fragment(source, (passage,), (*nodes, asker), made), FACILITATOR)
    kept = kept_topics(told, Filter(source=source.id))
    assert sorted(thing.label for thing in kept_topics(told).things) == sorted([*before, *parts, alone])
    found = topics(told, kept, meetings(told.sources()))
    carriers = {topic.said[0].label: [actor.label for actor in topic.carriers] for topic in found}
    assert carriers == {said: ["jardiniers"] for said in (*parts, alone)}
    assert list(carriers) == [*parts, alone], "of equals, those that a sentence lists come first"
    actions.confirm(told, FACILITATOR, nodes[0].id)
    assert sorted(thing.label for thing in kept_topics(told).things) == sorted([*before, line, *parts, alone])
