"""The course of the meetings: order, doubtful dates, moving themes, what became of proposals, figures, topics."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from course_graph import AUTUMN, FACILITATOR, autumn, fill, node, spring, write

from graph import actions
from graph.course.attendance import participants
from graph.course.figures import side_by_side
from graph.course.follow import Follower
from graph.course.meetings import count_of, known_date, meetings, named_meetings, things_of
from graph.course.numbers import amount
from graph.course.publication import appearing, disappearing
from graph.course.streams import moved, streams
from graph.course.topics import KIND, kept_topics, topics
from graph.errors import NotFound, PermissionDenied
from graph.model import (
    Actor,
    Evidence,
    Filter,
    Fragment,
    Link,
    Node,
    Passage,
    Relation,
    Role,
    Source,
    Thing,
    Visibility,
    make_id,
)
from graph.persons.visible import seen_by
from graph.questions.answers import find
from graph.store.base import Store

PARTICIPANT = Actor("participante", Role.PARTICIPANT)


@pytest.fixture
def told(fresh_store: Store) -> Store:
    fill(fresh_store)
    return fresh_store


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


# --- figures and topics ----------------------------------------------------------------------------------------------


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


# --- publishing ------------------------------------------------------------------------------------------------------


def test_publishing_shows_first_what_will_appear_and_can_be_withdrawn(told: Store) -> None:
    first = meetings(told.sources())[0]
    shown = appearing(told, first)
    assert (shown.counts["proposal"], shown.new["theme"], [p.label for p in shown.people]) == (
        2, 1, ["Odile Brinchemont"],
    )  # fmt: skip
    assert not disappearing(told, first).sources
    assert actions.publish(told, FACILITATOR, [info.id for info in first.sources]) == 1
    assert actions.publish(told, FACILITATOR, [info.id for info in first.sources]) == 0
    again = meetings(told.sources())[0]
    assert again.published
    assert not appearing(told, again).sources
    assert actions.withdraw(told, FACILITATOR, [info.id for info in again.sources]) == 1
    assert not meetings(told.sources())[0].published
    assert told.verify().ok


def test_what_was_published_stays_so_when_it_is_imported_again(told: Store) -> None:
    source = meetings(told.sources())[0].sources[0].id
    actions.publish(told, FACILITATOR, [source])
    spring(told)
    assert told.source(source).visibility is Visibility.PUBLISHED


def test_only_a_facilitator_publishes_and_all_or_nothing_is_published(told: Store) -> None:
    source = meetings(told.sources())[0].sources[0].id
    with pytest.raises(PermissionDenied):
        actions.publish(told, PARTICIPANT, [source])
    with pytest.raises(NotFound):
        actions.publish(told, FACILITATOR, [source, "source:nowhere"])
    assert told.source(source).visibility is Visibility.DRAFT


def test_a_participant_meets_nothing_of_what_is_not_published(told: Store) -> None:
    seen = seen_by(told, PARTICIPANT)
    line = find(told, "Ouvrir une ligne de car vers la gare de Brume")
    source = told.evidence(line.id)[0].source
    assert (seen.sources(), seen.rows(["theme"]), seen.search("car"), seen.get(line.id)) == ([], [], [], None)
    assert not seen.neighbours(line.id)
    for verb in (seen.source, seen.fragment, seen.passages, seen.mentions):
        with pytest.raises(NotFound):
            verb(source)
    assert seen.passage(told.passages(source)[0].id) is None
    assert seen.claims([line.id]) == {}
    with pytest.raises(PermissionDenied):
        seen.set_visibility([source], Visibility.PUBLISHED, PARTICIPANT)


def test_a_participant_meets_what_is_published_with_the_counts_that_it_gives(told: Store) -> None:
    source = meetings(told.sources())[0].sources[0].id
    actions.publish(told, FACILITATOR, [source])
    seen = seen_by(told, PARTICIPANT)
    cars = find(told, "cars")
    assert (cars.evidence_count, cars.source_count) == (2, 2)
    shown = seen.get(cars.id)
    assert shown is not None
    assert (shown.evidence_count, shown.source_count) == (1, 1)
    assert [m.source for m in seen.evidence(cars.id)] == [source]
    assert seen.counts()["documents"] == 1
    assert seen_by(told, FACILITATOR) is told


def test_a_name_that_only_a_draft_gives_is_in_no_list_of_a_participant(told: Store) -> None:
    actions.publish(told, FACILITATOR, [meetings(told.sources())[0].sources[0].id])
    text = "Des autocars."
    write(
        told, "brouillon.txt", text, "Bureau", "2026-10-01", [node(text, "theme", "autocars", "autocars", "cars")], []
    )
    assert [thing.aliases for thing in told.rows(["theme"]) if thing.id == find(told, "cars").id] == [("autocars",)]
    seen = seen_by(told, PARTICIPANT)
    assert [thing.aliases for thing in seen.rows(["theme"])] == [()]
    assert [thing.aliases for thing in seen.things(t.id for t in seen.rows(["theme"])).values()] == [()]


def test_the_three_commands_list_publish_and_withdraw(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from graph.cli.meetings import meetings as listed
    from graph.cli.meetings import publish, withdraw
    from graph.store import open_store

    url = f"sqlite:///{tmp_path / 'cli.db'}"
    store = open_store(url)
    spring(store)
    store.close()
    publish("Atelier du printemps", url)
    assert "nothing was changed" in capsys.readouterr().out
    publish("Atelier du printemps", url, yes=True)
    told = capsys.readouterr().out
    assert "2 proposal (2 new)" in told
    assert "named: Odile Brinchemont" in told
    listed(url)
    assert "published" in capsys.readouterr().out
    withdraw("Atelier du printemps", url, yes=True)
    listed(url)
    assert "draft" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        publish("Ailleurs", url)
    assert "nothing found for 'Ailleurs'" in capsys.readouterr().err
