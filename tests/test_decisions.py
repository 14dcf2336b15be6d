"""Corrections by people: applied, kept through re-import, removal and changed rules, undone without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from graph import actions
from graph.errors import DecisionError, NotFound, PermissionDenied, Stale
from graph.model import Actor, Decision, Fragment, Role, Thing, make_id
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, build, spring


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    return fresh_store


def _thing(store: Store, label: str) -> Thing:
    kinds = ["theme", "person", "organisation", "territory", "proposal", "question"]
    return next(t for t in store.rows(kinds, limit=1000) if t.label == label)


def _states(store: Store) -> list[tuple[str, str]]:
    return [(d.kind, d.state) for d in store.decisions()]


def test_a_rename_is_shown_everywhere_and_the_old_label_still_finds(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine")
    actions.rename(valley, facilitator, theme.id, "  Restauration scolaire ", "le mot du service")
    found = valley.get(theme.id)
    assert found is not None
    assert (found.label, found.aliases, found.version) == ("Restauration scolaire", ("cantine",), 1)
    assert [valley.search(word, ["theme"])[0].id for word in ("restauration", "cantine")] == [theme.id] * 2
    assert valley.verify().ok


def test_a_rejected_thing_is_in_no_answer_count_or_link(valley: Store, facilitator: Actor) -> None:
    theme, bus = _thing(valley, "mobilité"), _thing(valley, "pédibus")
    before = valley.counts()["nodes"]["theme"]  # type: ignore[index]
    actions.reject(valley, facilitator, theme.id)
    assert valley.get(theme.id) is None
    assert theme.id not in valley.things([theme.id, bus.id])
    assert valley.counts()["nodes"]["theme"] == before - 1  # type: ignore[index]
    assert theme.id not in {t.id for t in valley.rows(["theme"])}
    assert theme.id not in {h.id for h in valley.search("mobilité")}
    assert theme.id not in {n.b for n in valley.neighbours(bus.id)}
    assert valley.neighbours(theme.id) == []
    assert valley.evidence(theme.id) == []
    assert valley.why(theme.id, bus.id) == []
    assert valley.links([theme.id, bus.id]) == []
    assert all(theme.id not in pair for pair in valley.shared(["theme"], ["theme"]))
    assert all(m.node != theme.id for s in valley.sources() for m in valley.mentions(s.id))
    assert [s.counts["theme"] for s in valley.sources()] == [2, 2]
    assert valley.degrees([bus.id])[bus.id] == len(valley.neighbours(bus.id))
    assert valley.verify().ok


def test_rejecting_a_merged_thing_rejects_every_member(valley: Store, facilitator: Actor) -> None:
    person = _thing(valley, "Élise Morvan")
    assert len(person.members) == 2
    actions.reject(valley, facilitator, person.members[-1])
    assert valley.rows(["person"]) == []
    valley.remove("mars.txt", facilitator)
    assert valley.rows(["person"]) == []  # the member of October is still the one that was rejected


def test_undo_gives_the_graph_exactly_as_before(valley: Store, facilitator: Actor) -> None:
    before = answers(valley)
    renamed = actions.rename(valley, facilitator, _thing(valley, "cantine").id, "Restauration scolaire")
    rejected = actions.reject(valley, facilitator, _thing(valley, "Élise Morvan").id)
    changed = answers(valley)
    assert changed != before
    actions.undo(valley, facilitator, renamed.id)
    actions.undo(valley, facilitator, rejected.id[:10], "erreur")
    assert answers(valley) == before
    assert _states(valley) == [("rename", "undone"), ("reject", "undone"), ("undo", "active"), ("undo", "active")]
    assert valley.verify().ok


def test_of_two_renames_the_last_in_the_log_is_shown(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine").id
    first = actions.rename(valley, facilitator, theme, "Repas")
    second = actions.rename(valley, facilitator, theme, "Restauration")
    actions.undo(valley, facilitator, first.id)
    assert valley.get(theme).label == "Restauration"  # type: ignore[union-attr]
    actions.undo(valley, facilitator, second.id)
    assert valley.get(theme).label == "cantine"  # type: ignore[union-attr]


def test_decisions_survive_reimport(valley: Store, facilitator: Actor) -> None:
    actions.rename(valley, facilitator, _thing(valley, "cantine").id, "Restauration scolaire")
    actions.reject(valley, facilitator, _thing(valley, "logement").id)
    before = answers(valley)
    for fragment in (spring(), autumn()):
        assert valley.write(fragment, facilitator).outcome == "unchanged"
    assert answers(valley) == before


def test_decisions_wait_while_their_source_is_away_and_hold_when_it_returns(valley: Store, facilitator: Actor) -> None:
    actions.rename(valley, facilitator, _thing(valley, "cantine").id, "Restauration scolaire")
    actions.reject(valley, facilitator, _thing(valley, "école").id)
    before = answers(valley)
    valley.remove("octobre.txt", facilitator)
    assert _states(valley) == [("rename", "waiting"), ("reject", "waiting")]
    assert valley.verify().ok
    valley.write(autumn(), facilitator)
    assert _states(valley) == [("rename", "active"), ("reject", "active")]
    assert answers(valley) == before


def test_a_decision_taken_before_other_imports_holds_after_them(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    one.write(autumn(), facilitator)
    decision = actions.rename(one, facilitator, _thing(one, "Élise Morvan").id, "Élise Morvan-Petit")
    one.write(spring(), facilitator)
    for fragment in (spring(), autumn()):
        other.write(fragment, facilitator)
    other.decide(replace(decision, state="active"))
    assert answers(one) == answers(other)
    assert len(_thing(one, "Élise Morvan-Petit").members) == 2


def _other_ids(fragment: Fragment, kind: str, salt: str) -> Fragment:
    """The same fragment as a changed rule would give it, with other ids for one kind."""
    new = {n.id: make_id(kind, salt, n.id) for n in fragment.nodes if n.kind == kind}
    nodes = tuple(replace(n, id=new.get(n.id, n.id)) for n in fragment.nodes)
    relations = tuple(
        replace(r, from_id=new.get(r.from_id, r.from_id), to_id=new.get(r.to_id, r.to_id)) for r in fragment.relations
    )
    return replace(fragment, nodes=nodes, relations=relations)


@pytest.mark.parametrize("label", ["école", "cantine"])
def test_a_decision_finds_its_thing_again_after_a_changed_rule(valley: Store, facilitator: Actor, label: str) -> None:
    old = _thing(valley, label)
    actions.rename(valley, facilitator, old.id, "Nom choisi")
    report = valley.write(_other_ids(autumn(), old.kind, "v2"), facilitator)
    assert report.outcome == "replaced"
    assert valley.get(old.id) is None
    assert _thing(valley, "Nom choisi").aliases == (label,)
    assert _states(valley) == [("rename", "active")]
    assert valley.verify().ok
    valley.write(autumn(), facilitator)
    assert _thing(valley, "Nom choisi").id == old.id


def test_where_two_things_answer_to_an_anchor_the_decision_waits(fresh_store: Store, facilitator: Actor) -> None:
    one = build("a.txt", "Le [organisation:club] se réunit.")
    fresh_store.write(one, facilitator)
    actions.reject(fresh_store, facilitator, one.nodes[0].id)
    twice = build("a.txt", "Le [organisation:club] se réunit.")
    a, b = (replace(twice.nodes[0], id=f"organisation:{n}") for n in "ab")
    fresh_store.write(replace(twice, nodes=(a, b)), facilitator)
    assert _states(fresh_store) == [("reject", "waiting")]
    assert fresh_store.count_rows(["organisation"]) == 2


def test_a_rejected_statement_is_found_by_its_quote_in_a_new_version(fresh_store: Store, facilitator: Actor) -> None:
    first = build("v1.txt", "question> Qui paie la [theme:cantine] ?", document="document:1")
    fresh_store.write(first, facilitator)
    actions.reject(fresh_store, facilitator, _thing(fresh_store, "Qui paie la cantine ?").id)
    fresh_store.remove("v1.txt", facilitator)
    lines = "Ordre du jour\nquestion> Qui paie la [theme:cantine] ?"
    fresh_store.write(build("v2.txt", lines, document="document:1"), facilitator)
    assert fresh_store.rows(["question"]) == []
    assert _states(fresh_store) == [("reject", "active")]


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_stale_correction_is_told_and_changes_nothing(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine")
    actions.rename(valley, facilitator, theme.id, "Repas", seen_version=theme.version)
    before = answers(valley)
    with pytest.raises(Stale):
        actions.rename(valley, Actor("une autre"), theme.id, "Menus", seen_version=theme.version)
    with pytest.raises(Stale):
        actions.reject(valley, Actor("une autre"), theme.id, seen_version=theme.version)
    assert answers(valley) == before
    assert len(valley.decisions()) == 1


def test_versions_never_come_back(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine")
    seen = {theme.version}
    for label in ("Repas", "Menus"):
        taken = actions.rename(valley, facilitator, theme.id, label)
        seen.add(valley.get(theme.id).version)  # type: ignore[union-attr]
        actions.undo(valley, facilitator, taken.id)
        seen.add(valley.get(theme.id).version)  # type: ignore[union-attr]
    assert len(seen) == 5


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.RESEARCHER])
def test_only_facilitators_correct_and_remove(valley: Store, facilitator: Actor, role: Role) -> None:
    other, theme = Actor("Paul", role), _thing(valley, "cantine").id
    taken = actions.rename(valley, facilitator, theme, "Repas")
    before = answers(valley)
    for act in (
        lambda: actions.rename(valley, other, theme, "Menus"),
        lambda: actions.reject(valley, other, theme),
        lambda: actions.undo(valley, other, taken.id),
        lambda: actions.remove_source(valley, other, "mars.txt"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert answers(valley) == before


@pytest.mark.parametrize("label", ["", "   ", "x" * 301, "deux\nlignes", "nul\x00", "\x1b[31mrouge", "a\u2028b"])
def test_a_label_has_bounds(valley: Store, facilitator: Actor, label: str) -> None:
    with pytest.raises(DecisionError):
        actions.rename(valley, facilitator, _thing(valley, "cantine").id, label)
    assert valley.decisions() == []


@pytest.mark.parametrize("label", ["<img src=x onerror=alert(1)>", "'); DROP TABLE thing; --", "=1+1", "x" * 300, "🌳"])
def test_any_other_text_is_a_label_like_another(valley: Store, facilitator: Actor, label: str) -> None:
    theme = _thing(valley, "cantine").id
    actions.rename(valley, facilitator, theme, label)
    assert valley.get(theme).label == label  # type: ignore[union-attr]
    assert valley.verify().ok


def test_what_is_not_there_cannot_be_corrected_or_undone(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine").id
    taken = actions.reject(valley, facilitator, theme)
    for wanted in (theme, "theme:0"):
        with pytest.raises(NotFound):
            actions.rename(valley, facilitator, wanted, "Autre")
    with pytest.raises(NotFound):
        actions.undo(valley, facilitator, "ffff")
    gone = actions.undo(valley, facilitator, taken.id)
    with pytest.raises(DecisionError, match="already"):
        actions.undo(valley, facilitator, taken.id)
    with pytest.raises(DecisionError, match="is an undo"):
        actions.undo(valley, facilitator, gone.id)


def test_the_store_itself_refuses_what_no_store_can_apply(valley: Store) -> None:
    theme = _thing(valley, "cantine").id
    for kind, value in (("explode", {}), ("rename", {}), ("rename", {"label": " x"}), ("undo", {})):
        with pytest.raises(DecisionError):
            valley.decide(Decision("1", kind, theme, value, {}, "a", "2031-01-01T00:00:00+00:00"))
    assert valley.decisions() == []


def test_a_record_names_who_when_why_and_what_it_was_about(valley: Store, facilitator: Actor) -> None:
    theme = _thing(valley, "cantine")
    actions.rename(valley, facilitator, theme.id, "Repas", "  demandé en séance ")
    (entry,) = valley.decisions()
    assert (entry.actor, entry.reason, entry.target) == ("facilitatrice", "demandé en séance", theme.id)
    assert datetime.fromisoformat(entry.at).utcoffset() is not None
    said = valley.evidence(theme.id)[0]
    anchor = {name: entry.anchor[name] for name in ("kind", "label", "source", "start", "end", "quote")}
    assert anchor == {
        "kind": "theme", "label": "cantine", "source": said.source, "start": said.start, "end": said.end,
        "quote": "cantine",
    }  # fmt: skip


def test_removal_by_a_person_goes_through_the_same_door(valley: Store, facilitator: Actor) -> None:
    assert actions.remove_source(valley, facilitator, "mars.txt")["source"] == 1
    assert [s.name for s in valley.sources()] == ["octobre.txt"]
