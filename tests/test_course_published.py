"""Publishing a meeting and withdrawing it: what appears, what a participant meets, the three commands."""

from __future__ import annotations

from typing import Any

import pytest
from course_graph import FACILITATOR, node, spring, write

from graph import actions
from graph.course.meetings import meetings
from graph.course.publication import appearing, disappearing
from graph.errors import NotFound, PermissionDenied
from graph.model import (
    Actor,
    Role,
    Visibility,
)
from graph.persons.visible import seen_by
from graph.questions.answers import find
from graph.store.base import Store

PARTICIPANT = Actor("participante", Role.PARTICIPANT)


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
