"""What a role reads: published words only, whole pages of published meetings; on both stores."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course_graph import FACILITATOR, node, write

from graph import actions
from graph.course.attendance import participants
from graph.course.meetings import meetings, named_meetings
from graph.course.publication import disappearing
from graph.errors import PermissionDenied
from graph.model import Actor, Evidence, Filter, Role
from graph.persons import unnamed
from graph.persons.unnamed import SETTING
from graph.persons.visible import seen_by
from graph.questions.answers import find
from graph.store.base import Store
from graph.synthesis.build import Scope, synthesis

PARTICIPANT = Actor("participante", Role.PARTICIPANT)


def test_labels_and_attributes_are_those_of_published_sources_unless_a_person_gave_them(told: Store) -> None:
    first = meetings(told.sources())[0].sources[0].id
    actions.publish(told, FACILITATOR, [first])
    text = "Des autocars de nuit. Des autocars de nuit."
    said = node(text, "theme", "autocars de nuit", "autocars de nuit", "cars", colour="secret")
    twice = Evidence(text.rindex("autocars"), text.rindex(" de") + len(" de nuit"), "autocars de nuit", "test.rule@1")
    again = replace(said, evidence=(*said.evidence, twice))
    write(told, "brouillon.txt", text, "Bureau", "2026-10-01", [replace(again, aliases=("car de minuit",))], [])
    write(told, "brouillon2.txt", text + "!", "Bureau", "2026-10-01", [again], [])
    cars = find(told, "autocars de nuit")
    assert cars.attributes == {"colour": "secret"}
    seen = seen_by(told, PARTICIPANT)
    (row,) = [thing for thing in seen.rows(["theme"]) if thing.id == cars.id]
    assert (row.label, row.aliases, row.attributes) == ("cars", (), {})
    assert seen.things([cars.id])[cars.id].label == "cars"
    assert [hit.label for hit in seen.search("cars", ["theme"])] == ["cars"]
    assert not seen.search("minuit"), "what only a draft says leads nowhere"
    actions.rename(told, FACILITATOR, cars.id, "Cars et autocars")
    assert seen.things([cars.id])[cars.id].label == "Cars et autocars", "a person gave this name"


def test_a_participant_reads_who_was_there_and_the_synthesis_of_a_published_meeting(told: Store) -> None:
    meeting = meetings(told.sources())[0]
    actions.publish(told, FACILITATOR, [info.id for info in meeting.sources])
    seen = seen_by(told, PARTICIPANT)
    (shown, *_) = meetings(seen.sources())
    assert [p.thing.label for p in participants(seen, shown)] == ["Odile Brinchemont"]
    lines = synthesis(seen, Scope(shown.name, meeting=shown), lambda key, /, **given: str(given.get("text", key)))
    assert any(line.text.startswith("Ouvrir une ligne de car") for line in lines)
    assert {info.imported_by for info in seen.sources()} == {""}


def test_what_more_than_fifty_places_hide_is_counted_as_said_elsewhere(told: Store) -> None:
    many = "".join(f"{n} cars.\n" for n in range(60))
    spots = [Evidence(at := many.index(f"{n} cars") + len(f"{n} "), at + 4, "cars", "test.rule@1") for n in range(60)]
    car = replace(node(many, "theme", "cars", "cars", "cars"), evidence=tuple(dict.fromkeys(spots)))
    long = write(told, "aaa.txt", many, "Longue", "2020-01-01", [car], [])
    first = meetings(told.sources(Filter(meeting="Atelier du printemps")))[0].sources[0].id
    actions.publish(told, FACILITATOR, [long, first])
    gone = disappearing(told, named_meetings(told, "Longue")[0])
    assert dict(gone.new) == {"theme": 0}, "the other published meeting says it still"


def test_a_role_that_reads_no_name_meets_pseudonyms_everywhere_and_quotations_hold(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = meetings(told.sources())[0]
    actions.publish(told, FACILITATOR, [info.id for info in meeting.sources])
    odile = find(told, "Odile Brinchemont")
    named = seen_by(told, PARTICIPANT)
    assert named.things([odile.id])[odile.id].label == "Odile Brinchemont"
    monkeypatch.setenv(SETTING, "participant")
    seen = seen_by(told, PARTICIPANT)
    shown = seen.things([odile.id])[odile.id].label
    assert shown.startswith("Personne_")
    (said,) = seen.evidence(odile.id)
    assert shown in said.quote, "one pseudonym in the label and in the sentence"
    text = seen.source(said.source).text
    assert shown in text
    for mention in seen.mentions(said.source):
        assert text[mention.start : mention.end] == mention.quote
    for passage in seen.passages(said.source):
        assert "Brinchemont" not in text[passage.start : passage.end] + passage.label
    assert not seen.search("Brinchemont")
    assert [hit.id for hit in seen.search("cars", ["theme"])] == [find(told, "cars").id]
    (published, *_) = meetings(seen.sources())
    assert [p.thing.label for p in participants(seen, published)] == [shown]
    lines = synthesis(seen, Scope(published.name, meeting=published), lambda key, /, **given: f"{key} {given}")
    everything = (lines, seen.sources(), seen.fragment(said.source), seen.rows(["person"]), text)
    assert "Brinchemont" not in repr(everything)
    for refused in ("claims", "forget", "masker"):
        with pytest.raises(PermissionDenied):
            getattr(seen, refused)([])
    assert seen_by(told, FACILITATOR) is told
    unnamed.empty()


def test_texts_without_names_are_read_once_and_those_of_a_draft_not_at_all(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "participant")
    published, draft, *_ = (info.id for m in meetings(told.sources()) for info in m.sources)
    actions.publish(told, FACILITATOR, [published])
    whole = seen_by(told, PARTICIPANT).source(published).text
    unnamed.empty()
    seen = seen_by(told, PARTICIPANT)
    monkeypatch.setattr(told, "source", None)
    assert seen.texts([published, draft, published, "source:none"]) == {published: whole}
    assert "Personne_" in whole
    unnamed.empty()
