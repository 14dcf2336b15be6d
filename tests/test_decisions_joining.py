"""Merges, splits, kinds and confirmations: applied, undone byte for byte, waiting, depending on each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph import actions
from graph.decided.checking import MOST_ENDS
from graph.errors import DecisionError, HasDependents, NotFound, PermissionDenied, Stale
from graph.model import Actor, Decision, Filter, Role, Thing
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, build, spring

KINDS = ["theme", "person", "organisation", "group", "territory", "proposal", "question"]


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    return fresh_store


def _thing(store: Store, label: str) -> Thing:
    return next(t for t in store.rows(KINDS, limit=1000) if t.label == label)


def _ids(store: Store, *labels: str) -> list[str]:
    return [_thing(store, label).id for label in labels]


def test_merged_things_answer_as_one_under_the_name_of_the_first(valley: Store, facilitator: Actor) -> None:
    food, school = _thing(valley, "cantine"), _thing(valley, "école")
    both = food.evidence_count + _thing(valley, "logement").evidence_count
    taken = actions.merge(valley, facilitator, _ids(valley, "cantine", "logement"), "deux mots d’une même chose")
    one = _thing(valley, "cantine")
    assert (taken.state, taken.kind, one.evidence_count) == ("active", "merge", both)
    assert "logement" in one.aliases
    assert len(one.members) == 2
    assert [valley.get(member) for member in one.members] == [one, one]
    assert valley.search("logement", ["theme"])[0].id == one.id
    assert school.id in {link.b for link in valley.neighbours(one.id)}
    assert valley.verify().ok


def test_undoing_a_merge_gives_the_graph_back(valley: Store, facilitator: Actor) -> None:
    before = answers(valley)
    taken = actions.merge(valley, facilitator, _ids(valley, "cantine", "logement", "mobilité"))
    assert answers(valley) != before
    actions.undo(valley, facilitator, taken.id)
    assert answers(valley) == before
    assert valley.verify().ok


def test_a_merge_lasts_through_removal_and_return(valley: Store, facilitator: Actor) -> None:
    actions.merge(valley, facilitator, _ids(valley, "cantine", "logement"))
    before = answers(valley)
    valley.remove("mars.txt", facilitator)
    assert [d.state for d in valley.decisions()] == ["waiting"]
    assert _thing(valley, "cantine").members == (_thing(valley, "cantine").id,)
    assert valley.verify().ok
    valley.write(spring(), facilitator)
    assert [d.state for d in valley.decisions()] == ["active"]
    assert answers(valley) == before


def test_a_split_takes_apart_what_merged_by_itself_and_keeps_apart_what_comes(
    valley: Store, facilitator: Actor
) -> None:
    person = _thing(valley, "Élise Morvan")
    before = answers(valley)
    taken = actions.split(valley, facilitator, person.id)
    assert sorted(t.members for t in valley.rows(["person"])) == [(member,) for member in sorted(person.members)]
    third = build("mai.txt", "[person:Élise Morvan] passe.", keys=("Élise Morvan",))
    valley.write(third, facilitator)
    assert valley.count_rows(["person"]) == 3  # rivals are known now: a third is nobody's by itself
    valley.remove("mai.txt", facilitator)
    actions.undo(valley, facilitator, taken.id)
    assert answers(valley) == before
    assert valley.verify().ok


def test_a_split_part_may_be_merged_again(valley: Store, facilitator: Actor) -> None:
    person = _thing(valley, "Élise Morvan")
    actions.split(valley, facilitator, person.id, [person.members[0]])
    actions.merge(valley, facilitator, list(person.members))
    assert _thing(valley, "Élise Morvan").members == person.members


def test_what_depends_on_a_merge_is_named_before_it_is_undone(valley: Store, facilitator: Actor) -> None:
    before = answers(valley)
    taken = actions.merge(valley, facilitator, _ids(valley, "cantine", "logement"))
    renamed = actions.rename(valley, facilitator, taken.target, "Se nourrir et se loger")
    other = actions.rename(valley, facilitator, _thing(valley, "pédibus").id, "Bus à pied")
    with pytest.raises(HasDependents, match=renamed.id[:12]) as told:
        actions.undo(valley, facilitator, taken.id)
    assert [d.id for d in told.value.dependents] == [renamed.id]
    actions.undo(valley, facilitator, taken.id, together=True)
    assert [d.state for d in valley.decisions() if d.kind != "undo"] == ["undone", "undone", "active"]
    actions.undo(valley, facilitator, other.id)
    assert answers(valley) == before


def test_what_was_decided_on_a_part_depends_on_the_split(valley: Store, facilitator: Actor) -> None:
    person = _thing(valley, "Élise Morvan")
    taken = actions.split(valley, facilitator, person.id)
    renamed = actions.rename(valley, facilitator, person.members[1], "Élise Morvan (la nièce)")
    assert {t.label for t in valley.rows(["person"])} == {"Élise Morvan", "Élise Morvan (la nièce)"}
    with pytest.raises(HasDependents, match=renamed.id[:12]):
        actions.undo(valley, facilitator, taken.id)


def test_a_split_of_what_was_merged_leaves_each_its_own_name(valley: Store, facilitator: Actor) -> None:
    ids = _ids(valley, "cantine", "logement")
    taken = actions.merge(valley, facilitator, ids)
    actions.split(valley, facilitator, taken.target)
    assert [valley.get(id_).label for id_ in ids] == ["cantine", "logement"]  # type: ignore[union-attr]
    assert valley.verify().ok


def test_cycles_of_merges_end_and_are_harmless(valley: Store, facilitator: Actor) -> None:
    a, b, c = _ids(valley, "cantine", "logement", "mobilité")
    before = answers(valley)
    taken = [actions.merge(valley, facilitator, [a, b]), actions.merge(valley, facilitator, [b, c])]
    with pytest.raises(DecisionError, match="already"):
        actions.merge(valley, facilitator, [c, a])
    round_ = replace(taken[0], id="round", target=c, anchor={"members": [c]})
    assert valley.adopt([replace(round_, value={**round_.value, "others": [{"id": a}]})]) == 1
    assert len(_thing(valley, valley.get(a).label).members) == 3  # type: ignore[union-attr]
    assert valley.verify().ok
    for decision in ("round", taken[1].id, taken[0].id):
        valley.undo(decision, facilitator)
    assert answers(valley) == before


@pytest.mark.long_on_a_server
def test_a_merge_of_everything_is_bounded_and_told(fresh_store: Store, facilitator: Actor) -> None:
    words = " ".join(f"[theme:mot{n}]" for n in range(MOST_ENDS + 2))
    fresh_store.write(build("mots.txt", words), facilitator)
    ids = [t.id for t in fresh_store.rows(["theme"], limit=1000)]
    before = answers(fresh_store)
    with pytest.raises(DecisionError, match=f"{MOST_ENDS + 1} things in one merge: {MOST_ENDS} at most"):
        actions.merge(fresh_store, facilitator, ids)
    assert (fresh_store.decisions(), answers(fresh_store)) == ([], before)
    taken = actions.merge(fresh_store, facilitator, ids[: MOST_ENDS + 1])
    assert fresh_store.count_rows(["theme"]) == 2
    actions.undo(fresh_store, facilitator, taken.id)
    assert answers(fresh_store) == before


def test_the_kind_of_a_thing_is_changed_and_its_id_stays(valley: Store, facilitator: Actor) -> None:
    before, town = answers(valley), _thing(valley, "mairie")
    taken = actions.change_kind(valley, facilitator, town.id, "territory")
    found = valley.get(town.id)
    assert found is not None
    assert (found.id, found.kind) == (town.id, "territory")
    assert town.id in {t.id for t in valley.rows(["territory"])}
    assert town.id not in {t.id for t in valley.rows(["organisation"])}
    assert [h.kind for h in valley.search("mairie", ["territory"])] == ["territory"]
    renamed = actions.rename(valley, facilitator, town.id, "Commune")
    valley.remove("mars.txt", facilitator)
    valley.write(spring(), facilitator)
    assert valley.get(town.id).kind == "territory"  # type: ignore[union-attr]
    assert valley.verify().ok
    for decision in (renamed, taken):
        actions.undo(valley, facilitator, decision.id)
    assert answers(valley) == before


@pytest.mark.parametrize("kind", ["passage", "document", "proposal", "nonsense", "", "event"])
def test_a_thing_takes_no_kind_of_another_role(valley: Store, facilitator: Actor, kind: str) -> None:
    with pytest.raises(DecisionError):
        actions.change_kind(valley, facilitator, _thing(valley, "mairie").id, kind)
    assert valley.decisions() == []


def test_things_of_different_roles_are_not_merged(valley: Store, facilitator: Actor) -> None:
    question = _thing(valley, "Comment financer le pédibus et la cantine ?")
    with pytest.raises(DecisionError, match="cannot be"):
        actions.merge(valley, facilitator, [_thing(valley, "cantine").id, question.id])


def test_two_kinds_of_stakeholders_become_one_of_the_first_kind(valley: Store, facilitator: Actor) -> None:
    town, place = _thing(valley, "mairie"), _thing(valley, "Saint-Aubrac")
    before = answers(valley)
    taken = actions.merge(valley, facilitator, [place.id, town.id])
    assert {(t.kind, t.label) for t in valley.things([place.id, town.id]).values()} == {("territory", "Saint-Aubrac")}
    assert valley.verify().ok
    actions.undo(valley, facilitator, taken.id)
    assert answers(valley) == before


def test_only_what_was_confirmed_is_shown_where_that_is_asked(valley: Store, facilitator: Actor) -> None:
    only = Filter(confirmed=True)
    food, bus = _ids(valley, "cantine", "pédibus")
    before = answers(valley)
    taken = actions.confirm(valley, facilitator, food)
    assert valley.get(food).confirmed  # type: ignore[union-attr]
    assert [t.id for t in valley.rows(KINDS, only)] == [food]
    assert valley.count_rows(KINDS, only) == 1
    assert valley.count_rows(KINDS, Filter(confirmed=True, meeting="Atelier de mars")) == 0
    assert [h.id for h in valley.search("cantine", ["theme"], where=only)] == [food]
    assert valley.search("pédibus", ["theme"], where=only) == []
    assert {n.b for n in valley.neighbours(bus, where=only)} == {food}
    assert valley.neighbours(food, where=only) == []
    assert valley.links([food, bus], only) == []
    assert valley.degrees([food, bus], only) == {food: 0, bus: 1}
    assert valley.shared(["theme"], ["theme"], only) == []
    actions.confirm(valley, facilitator, bus)
    assert [(link.a, link.b) for link in valley.links([food, bus], only)] == [tuple(sorted((food, bus)))]
    assert [set(pair[:2]) for pair in valley.shared(["theme"], ["theme"], only)] == [{food, bus}]
    assert valley.verify().ok
    for decision in (d for d in valley.decisions() if d.kind == "confirm"):
        actions.undo(valley, facilitator, decision.id)
    assert taken.kind == "confirm"
    assert answers(valley) == before


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(valley: Store, facilitator: Actor) -> None:
    food, home = _thing(valley, "cantine"), _thing(valley, "logement")
    actions.rename(valley, facilitator, home.id, "Habiter")
    seen = {food.id: food.version, home.id: home.version}
    with pytest.raises(Stale):
        actions.merge(valley, facilitator, [food.id, home.id], seen=seen)
    with pytest.raises(Stale):
        actions.confirm(valley, facilitator, home.id, seen_version=home.version)
    assert [d.kind for d in valley.decisions()] == ["rename"]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.RESEARCHER])
def test_only_facilitators_correct(valley: Store, role: Role) -> None:
    other = Actor("quelqu’un", role)
    food, home = _ids(valley, "cantine", "logement")
    for act in (
        lambda: actions.merge(valley, other, [food, home]),
        lambda: actions.split(valley, other, food),
        lambda: actions.confirm(valley, other, food),
        lambda: actions.change_kind(valley, other, food, "group"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_cannot_be_joined_or_taken_apart_is_told(valley: Store, facilitator: Actor) -> None:
    food = _thing(valley, "cantine").id
    with pytest.raises(NotFound):
        actions.merge(valley, facilitator, [food, "theme:0"])
    with pytest.raises(DecisionError, match="already"):
        actions.merge(valley, facilitator, [food, food])
    with pytest.raises(DecisionError, match="one piece"):
        actions.split(valley, facilitator, food)
    with pytest.raises(DecisionError, match="not in"):
        actions.split(valley, facilitator, food, ["theme:0"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("merge", {"label": "x", "kind": "theme", "others": []}),
        ("merge", {"label": "x", "kind": "theme", "others": ["theme:1"]}),
        ("merge", {"label": "x", "kind": "passage", "others": [{"id": "theme:1"}]}),
        ("merge", {"label": " x", "kind": "theme", "others": [{"id": "theme:1"}]}),
        ("merge", {"label": "x", "kind": "theme", "others": [{"id": "theme:1", "members": [1]}]}),
        ("merge", {"label": "x", "kind": "theme", "others": [{"id": "t" * 600}]}),
        ("split", {"parts": [["a"]]}),
        ("split", {"parts": [["a"], ["a", "b"]]}),
        ("split", {"parts": [["a"], []]}),
        ("kind", {"kind": "source"}),
        ("kind", {}),
    ],
)
def test_a_record_that_no_store_can_apply_is_refused_whole(valley: Store, kind: str, value: dict[str, object]) -> None:
    good = Decision("good", "reject", _thing(valley, "cantine").id, {}, {}, "a", "2031-01-01")
    with pytest.raises(DecisionError):
        valley.adopt([good, Decision("bad", kind, "theme:0", value, {}, "a", "2031-01-01")])
    assert valley.decisions() == []


def test_decisions_in_another_order_of_imports_give_the_same_graph(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    for fragment in (spring(), autumn()):
        one.write(fragment, facilitator)
    merged = actions.merge(one, facilitator, _ids(one, "cantine", "logement"))
    actions.change_kind(one, facilitator, _thing(one, "mairie").id, "group")
    actions.split(one, facilitator, _thing(one, "Élise Morvan").id)
    actions.confirm(one, facilitator, merged.target)
    other.adopt(one.decisions())
    assert {d.state for d in other.decisions()} == {"waiting"}
    for fragment in (autumn(), spring()):
        other.write(fragment, facilitator)
    assert answers(one) == answers(other)
    assert one.verify().ok
    assert other.verify().ok


def test_a_merge_of_two_statements_finds_them_again_in_a_new_version(fresh_store: Store, facilitator: Actor) -> None:
    lines = "question> Qui paie la [theme:cantine] ?\nquestion> Qui paiera la [theme:cantine] ?"
    fresh_store.write(build("v1.txt", lines, document="document:1"), facilitator)
    actions.merge(fresh_store, facilitator, [t.id for t in fresh_store.rows(["question"])])
    fresh_store.remove("v1.txt", facilitator)
    fresh_store.write(build("v2.txt", "Ordre du jour\n" + lines, document="document:1"), facilitator)
    assert [len(t.members) for t in fresh_store.rows(["question"])] == [2]
    assert [d.state for d in fresh_store.decisions()] == ["active"]
    assert fresh_store.verify().ok
