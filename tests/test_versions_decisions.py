"""Decisions in the versions of a document: they hold in each, and what finds nothing waits to be seen by a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph import actions, text_actions
from graph.cli.main import build as program
from graph.copy import copy
from graph.errors import DecisionError, NotFound, PermissionDenied
from graph.model import Actor, Fragment, Role, Thing
from graph.store import open_store
from graph.store.base import Store
from graph.versions import lineage
from tests.dumps import answers
from tests.fragments import build

FIRST = """
Atelier du bourg sur la [theme:vie locale]
proposal> Ouvrir une épicerie associative dans l’ancienne [theme:poste] du village.
proposal> Prêter la salle des fêtes aux jeunes le vendredi soir.
question> Qui tiendra la permanence du lundi à la [organisation:mairie] ?
finding> Le dernier [theme:commerce] a fermé au printemps dernier.
"""
PROPOSAL = "Ouvrir une épicerie associative dans l’ancienne poste du village."
ROOM = "Prêter la salle des fêtes aux jeunes le vendredi soir."


def _version(name: str, lines: str = FIRST, **source: Any) -> Fragment:
    return build(name, lines, document="document:bourg", **source)


def _second(*edits: tuple[str, str]) -> Fragment:
    lines = "Relu en séance le 3 mai.\n" + FIRST
    for before, after in edits:
        assert before in lines
        lines = lines.replace(before, after)
    fragment = _version("v2.txt", lines)
    return replace(fragment, source=replace(fragment.source, options={lineage.AFTER: [_version("v1.txt").source.id]}))


def _things(store: Store, label: str) -> list[Thing]:
    return [t for t in store.rows(["proposal", "question", "finding", "theme"], limit=1000) if t.label == label]


@pytest.fixture
def first(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(_version("v1.txt"), facilitator)
    return fresh_store


def test_a_decision_on_a_statement_holds_in_both_versions_and_in_the_one_that_stays(
    first: Store, facilitator: Actor
) -> None:
    taken = actions.rename(first, facilitator, _things(first, PROPOSAL)[0].id, "Épicerie à la poste")
    actions.reject(first, facilitator, _things(first, ROOM)[0].id)
    first.write(_second(), facilitator)
    assert len(_things(first, "Épicerie à la poste")) == 2
    assert _things(first, ROOM) == _things(first, PROPOSAL) == []
    first.remove("v1.txt", facilitator)
    assert len(_things(first, "Épicerie à la poste")) == 1
    assert _things(first, ROOM) == []
    assert {d.state for d in first.decisions()} == {"active"}
    assert lineage.waiting(first) == []
    actions.undo(first, facilitator, taken.id)
    assert len(_things(first, PROPOSAL)) == 1
    assert first.verify().ok


@pytest.mark.parametrize("gone_first", [False, True])
def test_a_decision_follows_its_statement_hardly_reworded_and_moved(
    first: Store, facilitator: Actor, gone_first: bool
) -> None:
    actions.confirm(first, facilitator, _things(first, PROPOSAL)[0].id)
    if gone_first:
        first.remove("v1.txt", facilitator)
    first.write(_second(("une épicerie", "une petite épicerie")), facilitator)
    (found,) = _things(first, PROPOSAL.replace("une épicerie", "une petite épicerie"))
    assert found.confirmed
    assert first.verify().ok


def test_what_was_said_otherwise_waits_with_what_is_closest_and_is_taken_there_by_a_person(
    first: Store, facilitator: Actor
) -> None:
    taken = actions.rename(first, facilitator, _things(first, ROOM)[0].id, "La salle aux jeunes")
    new = "Ouvrir la salle des fêtes aux jeunes, avec deux adultes, le samedi après-midi."
    first.write(_second((ROOM, new)), facilitator)
    (wait,) = lineage.waiting(first)
    assert (wait.decision.id, [t.label for t in wait.closest]) == (taken.id, [new])
    assert wait.source is not None
    assert wait.source.name == "v2.txt"
    with pytest.raises(PermissionDenied):
        actions.reattach(first, Actor("Paul", Role.RESEARCHER), taken.id, wait.closest[0].id)
    actions.reattach(first, facilitator, taken.id, wait.closest[0].id, "relu ensemble")
    assert [t.source_count for t in _things(first, "La salle aux jeunes")] == [1]
    assert lineage.waiting(first) == []
    assert [(d.kind, d.state) for d in first.decisions()] == [
        ("rename", "undone"), ("rename", "active"), ("undo", "active"),
    ]  # fmt: skip


def test_undoing_a_decision_taken_elsewhere_brings_the_former_back_to_wait_and_giving_it_up_does_not(
    first: Store, facilitator: Actor
) -> None:
    former = actions.rename(first, facilitator, _things(first, ROOM)[0].id, "La salle aux jeunes", "vu")
    new = "Ouvrir la salle des fêtes aux jeunes, avec deux adultes, le samedi après-midi."
    first.write(_second((ROOM, new)), facilitator)
    first.remove("v1.txt", facilitator)
    for _ in range(2):  # what was brought back can be taken there again
        (wait,) = lineage.waiting(first)
        assert (wait.decision.target, wait.decision.value, wait.decision.reason) == (former.target, former.value, "vu")
        assert (wait.decision.anchor, wait.decision.state) == (former.anchor, "waiting")
        moved = actions.reattach(first, facilitator, wait.decision.id, _things(first, new)[0].id)
        assert lineage.waiting(first) == []
        actions.undo(first, facilitator, moved.id)
        assert len(_things(first, new)) == 1
    (wait,) = lineage.waiting(first)
    moved = actions.reattach(first, facilitator, wait.decision.id, _things(first, new)[0].id)
    again = actions.reattach(first, facilitator, moved.id, _things(first, PROPOSAL)[0].id)
    assert lineage.waiting(first) == [], "what a decision was moved from is not brought back by moving it on"
    actions.give_up(first, facilitator, again.id)
    assert lineage.waiting(first) == []
    assert not [d for d in first.decisions() if d.kind == "rename" and d.state != "undone"]


def test_of_two_people_who_move_a_decision_at_once_one_does_and_the_other_leaves_nothing(
    first: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = actions.confirm(first, facilitator, _things(first, ROOM)[0].id)
    decide = first.decide

    def while_another_gives_up(decision: Any, **seen: Any) -> Any:
        taken = decide(decision, **seen)
        first.undo(former.id, Actor("une autre"))
        return taken

    monkeypatch.setattr(first, "decide", while_another_gives_up)
    with pytest.raises(DecisionError, match="undone already"):
        actions.reattach(first, facilitator, former.id, _things(first, PROPOSAL)[0].id)
    assert not [t.label for t in first.rows(["proposal"]) if t.confirmed]


def test_a_reason_is_bounded_whatever_is_decided(first: Store, facilitator: Actor) -> None:
    thing, long = _things(first, ROOM)[0].id, "é" * 501
    with pytest.raises(DecisionError, match="500 characters at most"):
        actions.confirm(first, facilitator, thing, long)
    taken = actions.confirm(first, facilitator, thing, f" {long[:500]} ")
    with pytest.raises(DecisionError, match="500 characters at most"):
        actions.undo(first, facilitator, taken.id, long)
    assert [(d.state, len(d.reason)) for d in first.decisions()] == [("active", 500)]


def test_what_a_person_added_or_moved_waits_where_the_newest_version_does_not_hold_it(
    first: Store, facilitator: Actor
) -> None:
    source = first.sources()[0].id
    gone, stays = "Le dernier commerce a fermé au printemps dernier.", PROPOSAL
    blocks = {p.label: p.id for p in first.passages(source)}
    text = first.source(source).text
    for piece in ("a fermé au printemps", "épicerie associative"):
        at = text.index(piece)
        text_actions.add(first, facilitator, source, (at, at + len(piece)), "theme")
    for block in (gone, stays):
        text_actions.move(first, facilitator, blocks[block], blocks[ROOM])
    added_gone, _, moved_gone, _ = first.decisions()
    first.write(
        _second((gone.replace("commerce", "[theme:commerce]"), "Le marché du samedi se porte bien.")), facilitator
    )
    assert {d.state for d in first.decisions()} == {"active"}
    assert [w.decision.id for w in lineage.waiting(first)] == [added_gone.id, moved_gone.id]
    first.remove("v1.txt", facilitator)
    assert [w.decision.id for w in lineage.waiting(first)] == [added_gone.id, moved_gone.id]


def test_a_correction_of_several_things_is_not_taken_elsewhere_at_once(first: Store, facilitator: Actor) -> None:
    one, other = _things(first, PROPOSAL)[0], _things(first, ROOM)[0]
    taken = actions.merge(first, facilitator, [one.id, other.id])
    with pytest.raises(DecisionError, match="several things"):
        actions.reattach(first, facilitator, taken.id, _things(first, "commerce")[0].id)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("du lundi", "du 12"),
        ("Qui tiendra", "Qui ne tiendra pas"),
    ],
)
def test_another_number_or_a_negation_is_another_statement(
    first: Store, facilitator: Actor, before: str, after: str
) -> None:
    question = "Qui tiendra la permanence du lundi à la mairie ?"
    actions.reject(first, facilitator, _things(first, question)[0].id)
    first.write(_second((before, after)), facilitator)
    assert len(_things(first, question.replace(before, after))) == 1
    assert len(lineage.waiting(first)) == 1


def test_a_statement_that_goes_is_not_taken_for_the_one_that_stood_beside_it(
    fresh_store: Store, facilitator: Actor
) -> None:
    lines = "\n".join(f"proposal> Tenir une permanence de la maison des services le {d} matin." for d in DAYS)
    fresh_store.write(_version("v1.txt", lines), facilitator)
    actions.reject(fresh_store, facilitator, _things(fresh_store, _label("mardi"))[0].id)
    fresh_store.remove("v1.txt", facilitator)
    kept = "\n".join(line for line in lines.splitlines() if "mardi" not in line)
    fresh_store.write(_version("v2.txt", kept), facilitator)
    assert fresh_store.count_rows(["proposal"]) == 2
    assert [d.state for d in fresh_store.decisions()] == ["waiting"]
    assert [w.source.name for w in lineage.waiting(fresh_store) if w.source] == ["v2.txt"]


DAYS = ("lundi", "mardi", "jeudi")


def _label(day: str) -> str:
    return f"Tenir une permanence de la maison des services le {day} matin."


def test_the_second_of_two_equal_lines_is_told_from_the_first(fresh_store: Store, facilitator: Actor) -> None:
    lines = "Groupe des habitants\nproposal> Refaire la place.\nGroupe des élus\nproposal> Refaire la place."
    fresh_store.write(_version("v1.txt", lines), facilitator)
    second = max(_things(fresh_store, "Refaire la place."), key=lambda t: fresh_store.evidence(t.id)[0].start)
    actions.rename(fresh_store, facilitator, second.id, "La place, disent les élus")
    fresh_store.remove("v1.txt", facilitator)
    fresh_store.write(_version("v2.txt", "Relevé de juin\n" + lines), facilitator)
    (found,) = _things(fresh_store, "La place, disent les élus")
    assert fresh_store.evidence(found.id)[0].start > 60


def test_a_merge_of_two_statements_joins_both_in_every_version(first: Store, facilitator: Actor) -> None:
    ids = [_things(first, label)[0].id for label in (PROPOSAL, ROOM)]
    before = answers(first)
    taken = actions.merge(first, facilitator, ids)
    first.write(_second(), facilitator)
    (one,) = _things(first, PROPOSAL)
    assert len(one.members) == 4
    first.remove("v2.txt", facilitator)
    actions.undo(first, facilitator, taken.id)
    assert answers(first) == before


def test_versions_come_in_the_order_that_was_said_and_keep_it_in_a_copy(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    for fragment in (_second(("le vendredi soir", "chaque soir")), _version("v1.txt")):
        one.write(fragment, facilitator)
    copy(one, other, facilitator)
    for store in (one, other):
        steps = lineage.versions(store, "document:bourg")
        assert [s.source.name for s in steps] == ["v1.txt", "v2.txt"]
        assert steps[1].changed is not None
        assert steps[1].changed.counts == {"added": 1, "removed": 0, "moved": 0, "reworded": 1}
        found = lineage.newest(store, "document:bourg")
        assert found is not None
        assert found.name == "v2.txt"
        assert lineage.last_step(store, steps[0].source.id) is None
    with pytest.raises(NotFound):
        lineage.versions(one, "document:0")


def test_the_order_of_imports_and_the_store_change_nothing_in_what_decisions_bear_on(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    versions = [_version("v1.txt"), _second(("une épicerie", "une petite épicerie"))]
    one.write(versions[0], facilitator)
    actions.rename(one, facilitator, _things(one, PROPOSAL)[0].id, "Épicerie")
    actions.reject(one, facilitator, _things(one, "commerce")[0].id)
    one.write(versions[1], facilitator)
    other.adopt(one.decisions())
    for fragment in reversed(versions):
        other.write(fragment, facilitator)
    assert answers(one) == answers(other)
    assert len(_things(other, "Épicerie")) == 2


def test_the_commands_tell_versions_and_decisions_that_wait(tmp_path: Path, facilitator: Actor) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    store.write(_version("v1.txt"), facilitator)
    taken = actions.rename(store, facilitator, _things(store, ROOM)[0].id, "Salle")
    store.write(_second((ROOM, "Ouvrir la salle des fêtes aux jeunes en été, avec des adultes.")), facilitator)
    store.close()

    def run(*arguments: str, plain: bool = False) -> Any:
        done = CliRunner().invoke(program(), [*arguments, "--store", url, *([] if plain else ["--json"])])
        return done.output if plain or done.exit_code else json.loads(done.output)

    told = run("versions", "v1.txt")
    assert [v["name"] for v in told["versions"]] == ["v1.txt", "v2.txt"]
    assert told["versions"][1]["counts"]["added"] == 1
    assert [w["decision"] for w in told["waiting"]] == [taken.id]
    assert "reworded" in run("versions", told["document"], plain=True)
    assert "perhaps" in run("waiting", plain=True)
    assert run("reattach", taken.id[:8], told["waiting"][0]["closest"][0]["id"])["value"] == {"label": "Salle"}
    assert run("waiting") == {"waiting": []}
    assert "nothing found" in run("versions", "jamais.txt")
