"""Several meetings that are one: said by a person, proposed where it is plain, and nothing published by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from course_graph import FACILITATOR, link, node, write

from graph import actions
from graph.copy import copy
from graph.course.attendance import participants
from graph.course.meetings import Meeting, count_of, meetings, things_of
from graph.course.same import (
    SAME_PLACE,
    SAME_SERIES,
    apart,
    header,
    keepable,
    named_by_people,
    proposed,
    said_of,
)
from graph.course.streams import streams
from graph.errors import DecisionError, PermissionDenied, Stale
from graph.model import Actor, Decision, Role
from graph.persons.visible import seen_by
from graph.store.base import Store
from tests.dumps import answers

PARTICIPANT = Actor("participante", Role.PARTICIPANT)
TABLES = ("Vieillir au village", "Les trajets du soir", "Le bois et la haie")
DAY = "2026-05-12"


def _table(store: Store, number: int, title: str, day: str = DAY) -> str:
    person = f"Maude Tessandier {'ABC'[number]}"
    text = f"{title}\nOuvrir la halle le soir, table {number}.\n{person} était là, pour la halle.\n"
    event = node(text, "event", title, title, main="yes")
    who = node(text, "person", person)
    theme = node(text, "theme", "halle", "halle", "halle")
    offer = node(text, "proposal", f"Ouvrir la halle le soir, table {number}", kind="proposal")
    links = [
        link(text, who, "took_part_in", event, f"{person} était là", status="present"),
        link(text, offer, "about", theme, offer.label),
    ]
    return write(store, f"table-{number}.txt", text, title, day, [event, who, theme, offer], links)


@pytest.fixture
def forum(fresh_store: Store) -> Store:
    for number, title in enumerate(TABLES):
        _table(fresh_store, number, title)
    return fresh_store


def _join(store: Store, found: Sequence[Meeting]) -> Decision:
    seen = {info.id: info.digest for meeting in found for info in meeting.sources}
    return actions.describe_together(store, FACILITATOR, said_of(found), "une table chacune", seen=seen)


def test_meetings_that_are_one_have_all_that_was_said_at_each(forum: Store) -> None:
    apart = meetings(forum.sources())
    assert len(apart) == 3
    _join(forum, apart)
    (whole,) = meetings(forum.sources())
    assert (whole.id, whole.name, whole.date, len(whole.sources)) == (apart[0].id, apart[0].name, DAY, 3)
    assert len(participants(forum, whole)) == 3
    assert count_of(forum, whole, "proposal") == len(things_of(forum, whole, ["proposal"])) == 3
    assert [(theme.label, theme.evidence_count) for theme in things_of(forum, whole, ["theme"])] == [("halle", 3)]
    assert [row.counts for row in streams(forum, [whole])] == [(3,)]
    assert forum.verify().ok


def test_one_undoing_takes_the_whole_apart_and_each_document_can_be_taken_out_alone(forum: Store) -> None:
    before = answers(forum)
    taken = _join(forum, meetings(forum.sources()))
    log = [decision for decision in forum.decisions() if decision.kind == "describe"]
    assert (len(log), {decision.reason for decision in log}) == (2, {"une table chacune"})
    actions.undo(forum, FACILITATOR, log[-1].id)
    assert sorted(len(meeting.sources) for meeting in meetings(forum.sources())) == [1, 2]
    actions.undo(forum, FACILITATOR, taken.id)
    assert answers(forum) == before
    assert {decision.state for decision in forum.decisions() if decision.kind == "describe"} == {"undone"}


def test_it_outlasts_reading_anew_and_goes_with_the_copy_of_a_store(
    forum: Store, new_store: Callable[[], Store]
) -> None:
    taken = _join(forum, meetings(forum.sources()))
    last = next(info for info in forum.sources() if info.name == "table-2.txt")
    forum.remove(last.id, FACILITATOR)
    _table(forum, 2, TABLES[2])
    other = new_store()
    copy(forum, other, FACILITATOR)
    for store in (forum, other):
        assert [len(meeting.sources) for meeting in meetings(store.sources())] == [3]
    actions.undo(other, FACILITATOR, taken.id)
    assert len(meetings(other.sources())) == 3


def test_nothing_is_published_by_it_and_no_name_of_a_draft_is_read(forum: Store) -> None:
    actions.publish(forum, FACILITATOR, [info.id for info in meetings(forum.sources())[2].sources])
    *drafts, shown = meetings(forum.sources())
    assert keepable([*drafts, shown]) == [shown]
    with pytest.raises(DecisionError, match="draft"):
        said_of([*drafts, shown])
    before = [(info.id, info.meeting, info.date) for info in seen_by(forum, PARTICIPANT).sources()]
    _join(forum, [shown, *drafts])
    (whole,) = meetings(forum.sources())
    assert (whole.partly, whole.published) == (True, False)
    seen = seen_by(forum, PARTICIPANT)
    assert [(info.id, info.meeting, info.date) for info in seen.sources()] == before
    (met,) = meetings(seen.sources())
    assert (len(met.sources), count_of(seen, met, "proposal"), len(participants(seen, met))) == (1, 1, 1)


def test_a_date_that_only_drafts_say_is_not_read_either(fresh_store: Store) -> None:
    shown = _table(fresh_store, 0, TABLES[0], "")
    _table(fresh_store, 1, TABLES[1])
    actions.publish(fresh_store, FACILITATOR, [shown])
    draft, published = meetings(fresh_store.sources())
    _join(fresh_store, [published, draft])
    assert [meeting.date for meeting in meetings(fresh_store.sources())] == [DAY]
    assert [info.date for info in seen_by(fresh_store, PARTICIPANT).sources()] == [""]


def test_the_date_of_a_draft_is_not_said_of_the_published_documents_of_a_meeting_that_is_partly_so(
    fresh_store: Store,
) -> None:
    shown = _table(fresh_store, 0, TABLES[0], "")
    other = _table(fresh_store, 1, TABLES[1], "")
    text = f"{TABLES[0]}\nOn reparle de la halle.\n"
    write(fresh_store, "brouillon.txt", text, TABLES[0], DAY, [node(text, "theme", "halle", "halle", "halle")], [])
    actions.publish(fresh_store, FACILITATOR, [shown, other])
    partly, published = sorted(meetings(fresh_store.sources()), key=lambda m: not m.partly)
    assert (partly.partly, partly.date) == (True, DAY)
    _join(fresh_store, [partly, published])
    assert {info.date for info in seen_by(fresh_store, PARTICIPANT).sources()} == {""}


def test_who_may_not_or_looked_at_something_older_changes_nothing(forum: Store) -> None:
    found = meetings(forum.sources())
    with pytest.raises(PermissionDenied):
        actions.describe_together(forum, PARTICIPANT, said_of(found))
    last = found[-1].sources[0].id
    with pytest.raises(Stale):
        actions.describe_together(forum, FACILITATOR, said_of(found), seen={last: "another"})
    with pytest.raises(DecisionError, match="one meeting already"):
        said_of([found[0], found[0]])
    assert (forum.decisions(), len(meetings(forum.sources()))) == ([], 3)


def test_meetings_of_one_day_are_proposed_by_their_place_or_their_header(forum: Store) -> None:
    found = meetings(forum.sources())
    (same,) = proposed(found)
    assert ({m.id for m in same.meetings}, same.reasons) == ({m.id for m in found}, (SAME_PLACE,))
    elsewhere = [replace(m, place=f"Salle {n} du bourg {n}") for n, m in enumerate(found)]
    assert not proposed(elsewhere)
    named = [replace(m, name=f"Forum des habitants – {m.name}") for m in elsewhere]
    assert [same.reasons for same in proposed(named)] == [(SAME_SERIES,)]
    assert not proposed([replace(m, date=f"2026-05-1{n}") for n, m in enumerate(named)])
    assert not proposed([replace(m, date="2026-05") for m in named]), "a month is no day"
    _join(forum, same.meetings)
    assert not proposed(meetings(forum.sources()))


@pytest.mark.parametrize("name", [
    "Atelier : se loger", "Réunion n° 3", "Table 2 – se loger", "Conseil municipal – Arvor",
    "Réunion publique : Kerbol", "Compte rendu de l'atelier Énergie",
])  # fmt: skip
def test_a_header_of_one_word_or_of_any_series_says_nothing(name: str) -> None:
    assert header(name) == ""


def test_meetings_that_people_say_are_different_are_not_proposed_again_until_that_is_undone(fresh_store: Store) -> None:
    for number, title in enumerate(("Forum du bourg – Table 1 : vieillir", "Forum du bourg – Table 2 : se loger")):
        _table(fresh_store, number, title)

    def asked() -> int:
        found = meetings(fresh_store.sources())
        return len(proposed(found, named_by_people(found, fresh_store.decisions())))

    before = meetings(fresh_store.sources())
    assert asked() == 1
    taken = actions.describe_together(fresh_store, FACILITATOR, apart(before), again=True)
    assert asked() == 0
    assert [m.id for m in meetings(fresh_store.sources())] == [m.id for m in before]
    _table(fresh_store, 2, "Forum du bourg – Table 3 : se nourrir")
    assert asked() == 1, "nobody was asked of the third"
    actions.undo(fresh_store, FACILITATOR, taken.id, together=True)
    assert asked() == 1
    _join(fresh_store, meetings(fresh_store.sources()))
    assert asked() == 0
