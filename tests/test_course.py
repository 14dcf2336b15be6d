"""The course of the meetings: order, doubtful dates, moving themes, what became of proposals, figures, topics."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from course_graph import AUTUMN, autumn, node, spring, write

from graph.course.attendance import participants
from graph.course.follow import Follower
from graph.course.meetings import count_of, known_date, meetings, named_meetings, things_of
from graph.course.streams import moved, streams
from graph.errors import NotFound
from graph.model import (
    Evidence,
    Link,
    Relation,
    Thing,
)
from graph.store.base import Store

# --- meetings --------------------------------------------------------------------------------------------------------


def test_meetings_come_in_order_of_date_and_count_what_was_said(told: Store) -> None:
    found = meetings(told.sources())
    assert [m.name for m in found] == ["Atelier du printemps", "Atelier de l’été", "Atelier de l’automne"]
    assert [count_of(told, m, "theme") for m in found] == [1, 1, 1]
    assert [t.label for t in things_of(told, found[0], ["proposal", "figure"])] == [
        "52 % des trajets du canton font moins de 5 km",
        "Ouvrir une ligne de car vers la gare de Brume",
        "Parler des horaires du marché à la prochaine réunion",
    ]


@pytest.mark.parametrize(
    ("said", "date", "doubt"),
    [
        ("2026-03-18", "2026-03-18", ""),
        ("2026-03", "2026-03", ""),
        ("2026", "2026", ""),
        ("2026-02-30", "", "not_a_date"),
        ("2026-13", "", "not_a_date"),
        ("bientôt", "", "not_a_date"),
        ("0026-03-18", "", "far"),
        ("2999-01-01", "", "far"),
        ("", "", "no_date"),
    ],
)
def test_a_date_that_cannot_be_is_a_doubt_and_no_date(said: str, date: str, doubt: str) -> None:
    assert known_date(said) == (date, doubt)


def test_a_meeting_without_a_possible_date_is_kept_last_and_its_content_with_it(fresh_store: Store) -> None:
    autumn(fresh_store, "2026-02-30")
    spring(fresh_store)
    last = meetings(fresh_store.sources())[-1]
    assert (last.name, last.date, last.said, last.doubts) == (
        "Atelier de l’automne", "", "2026-02-30", ("not_a_date",),
    )  # fmt: skip
    assert [t.label for t in things_of(fresh_store, last, ["theme"])] == ["habitat"]


def test_meetings_on_the_same_day_stay_two_and_say_so(fresh_store: Store) -> None:
    autumn(fresh_store, "2026-03-18")
    spring(fresh_store)
    found = meetings(fresh_store.sources())
    assert [m.doubts for m in found] == [("same_day",), ("same_day",)]
    assert len({m.id for m in found}) == 2


def test_one_meeting_at_several_places_keeps_them_all_and_says_so(fresh_store: Store) -> None:
    spring(fresh_store)
    (info,) = fresh_store.sources()
    many = [replace(info, id=f"source:{n}", place=f"Salle {n}") for n in range(60)]
    assert meetings([info, *many])[0].place.count(" ; ") == 60
    others = [replace(info, id=f"source:{n}", place=place) for n, place in enumerate(("Brume (centre)", "Valmont"))]
    assert [(m.place, m.doubts) for m in meetings([info, others[0]])] == [("Brume", ())]
    assert [(m.place, m.doubts) for m in meetings([info, *others])] == [("Brume ; Valmont", ("places",))]


def test_one_name_on_several_days_is_several_meetings_each_with_its_own_things(fresh_store: Store) -> None:
    for text, day in ((AUTUMN, "2026-09-24"), (AUTUMN + "Encore.\n", "2026-10-24"), (AUTUMN + "Enfin.\n", "")):
        nodes = [node(text, "theme", "Habitat", "habitat", "habitat")]
        write(fresh_store, f"{len(text)}.txt", text, "Comité", day, nodes, [])
    found = meetings(fresh_store.sources())
    assert [m.said for m in found] == ["2026-09-24", "2026-10-24", ""]
    assert [things_of(fresh_store, m, ["theme"])[0].evidence_count for m in found] == [1, 1, 1]


def test_a_meeting_is_found_by_its_name_whatever_the_case(told: Store) -> None:
    assert [m.said for m in named_meetings(told, "ATELIER DU PRINTEMPS")] == ["2026-03-18"]
    with pytest.raises(NotFound):
        named_meetings(told, "Atelier du printemps", "2026-01-01")


def test_participants_are_listed_with_their_role(told: Store) -> None:
    found = participants(told, meetings(told.sources())[0])
    assert [(p.thing.label, p.role, p.function) for p in found] == [("Odile Brinchemont", "chair", "présidente")]


# --- movement --------------------------------------------------------------------------------------------------------


def test_themes_move_through_the_series_as_the_rule_says(told: Store) -> None:
    found = streams(told, meetings(told.sources()))
    assert {s.theme.label: (s.counts, s.movement, s.at) for s in found} == {
        "cars": ((1, 1, 0), "fades", 1),
        "habitat": ((0, 0, 1), "appears", 2),
    }


def test_a_theme_that_is_not_among_the_most_said_of_a_meeting_is_counted_there_all_the_same(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Un abri pour les cars, un autre abri, des cars.\n"
    twice = [Evidence(at, at + 4, "abri", "test.rule@1") for at in (text.index("abri"), text.rindex("abri"))]
    shelter = replace(node(text, "theme", "abri", "abri", "abri"), evidence=tuple(twice))
    write(told, "hiver.txt", text, "Hiver", "2026-12-01", [shelter, node(text, "theme", "cars", "cars", "cars")], [])
    series = meetings(told.sources())
    whole = {s.theme.label: (s.counts, s.movement) for s in streams(told, series)}
    assert whole["cars"] == ((1, 1, 0, 1), "holds")
    monkeypatch.setattr("graph.course.streams._PER_MEETING", 1)
    assert {s.theme.label: (s.counts, s.movement) for s in streams(told, series)} == whole


@pytest.mark.parametrize(
    ("counts", "movement"),
    [((2, 3), "grows"), ((3, 3), "holds"), ((3, 2), "shrinks"), ((0, 2), "appears"), ((2, 0), "fades")],
)
def test_a_movement_follows_from_the_counts(counts: tuple[int, ...], movement: str) -> None:
    theme = Thing("theme:a", "theme", "a")
    assert [s.movement for s in moved({theme.id: theme}, {theme.id: counts}, [])] == [movement]


@pytest.mark.parametrize(
    ("tie", "movement"),
    [
        (Link("theme:a", "theme:b", ("broader",), 0), "joins"),
        (Link("theme:a", "theme:b", ("-broader",), 0), "fades"),
        (Link("theme:a", "theme:b", (), 2), "joins"),
        (Link("theme:a", "theme:b", (), 1), "fades"),
    ],
)
def test_a_theme_joins_a_wider_one_or_one_that_shares_half_of_its_sentences(tie: Link, movement: str) -> None:
    themes = {f"theme:{x}": Thing(f"theme:{x}", "theme", x) for x in "ab"}
    found = moved(themes, {"theme:a": (4, 0), "theme:b": (1, 3)}, [tie])
    assert (found[0].movement, found[0].into) == (movement, "theme:b" if movement == "joins" else "")


def test_what_became_of_a_proposal_is_told_with_the_later_sentence(told: Store) -> None:
    series = meetings(told.sources())
    follower = Follower(told, series[1:])
    outcomes = {p.label: follower.outcome(p) for p in things_of(told, series[0], ["proposal"])}
    line = outcomes["Ouvrir une ligne de car vers la gare de Brume"]
    assert (line.status, [x.meeting.name for x in line.later]) == ("done", ["Atelier de l’été"])
    market = outcomes["Parler des horaires du marché à la prochaine réunion"]
    assert (market.status, [x.near for x in market.later]) == ("again", [True])
    assert Follower(told, series[2:]).outcome(line.proposal).status == "nothing"


WINTER = """Les voies
Inviter la maison de santé
Vélos de la maison
Une navette vers la maison de santé chaque mardi
Achever la voie douce entre Brume et Orvance
"""
SNOW = """Les voies
Et si le marché accueillait une fois par mois la maison de santé sous une tente
Ouvrir une voie douce entre Brume et Orvance, le long du canal
"""


@pytest.mark.parametrize(("sure", "status"), [(0.85, "theme"), (0.35, "nothing")])
def test_some_common_words_are_no_answer_and_a_doubtful_theme_does_not_come_back(
    fresh_store: Store, sure: float, status: str
) -> None:
    for name, text, day in (("hiver.txt", SNOW, "2026-01-09"), ("fin.txt", WINTER, "2026-02-09")):
        way = node(text, "theme", "Les voies", "voies", "voies")
        said = [node(text, "proposal", line, kind="proposal") for line in text.splitlines()[1:]]
        about = [Relation(p.id, "about", way.id, (replace(p.evidence[0], confidence=sure),)) for p in said]
        write(fresh_store, name, text, name, day, [way, *said], about)
    first, last = meetings(fresh_store.sources())
    follower = Follower(fresh_store, [last])
    became = {p.label: follower.outcome(p).status for p in things_of(fresh_store, first, ["proposal"])}
    market, path = SNOW.splitlines()[1:]
    assert became == {market: status, path: "again"}


def test_what_became_of_many_proposals_asks_once_for_the_themes_of_all(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = meetings(told.sources())
    proposals = things_of(told, series[0], ["proposal"])
    each = [Follower(told, series[1:]).outcome(proposal) for proposal in proposals]
    asked = []
    read = told.strongest

    def counted(*args: Any, **options: Any) -> dict[str, list[Link]]:
        asked.append(args)
        return read(*args, **options)

    monkeypatch.setattr(told, "strongest", counted)
    monkeypatch.setattr(told, "neighbours", None)
    assert Follower(told, series[1:]).outcomes(proposals) == each
    assert (len(proposals), len(asked)) == (2, 1)
