"""The types of initiatives are changed by a facilitator, in the store: the map follows, each change can be undone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.copy import copy
from graph.errors import DecisionError, NotFound, PermissionDenied, Stale
from graph.initiatives import types
from graph.initiatives.catalogue import Catalogue, entries_of, type_of
from graph.model import Actor, Role, Thing
from graph.store import open_store
from graph.store.base import Store
from ontology.initiatives import VARIABLE, initiative_types

ONE = Actor("animatrice")
DEFAULT = list(initiative_types())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield made
    made.close()


def test_the_five_types_are_those_of_the_vocabulary_until_they_are_changed(fresh_store: Store) -> None:
    assert len(DEFAULT) == 5
    assert types.kept(fresh_store) == types.Kept(initiative_types())


def test_a_type_is_added_renamed_and_removed_and_tables_are_read_by_it(fresh_store: Store) -> None:
    made = types.add(fresh_store, ONE, "Jardin partagé", "Shared garden", ["potager"])
    types.edit(fresh_store, ONE, "training", "Apprendre")
    types.remove(fresh_store, ONE, "phone")
    found = types.kept(fresh_store).types
    assert list(found) == [*(kind for kind in DEFAULT if kind != "phone"), made]
    assert [type_of(written, found) for written in ("Potagers", "apprendre", "Formation", "appli")] == [
        made, "training", "training", "own:appli",
    ]  # fmt: skip
    things = [
        Thing(f"initiative:{n}", "initiative", w, attributes={"type": w}) for n, w in enumerate(("Appli", "potager"))
    ]
    entries = Catalogue(entries_of(things, {}, found), vocabulary=found)
    assert entries.types == {**dict.fromkeys(found, 0), made: 1, "own:appli": 1}


def test_each_change_is_undone_alone_and_the_first_types_come_back_at_once(fresh_store: Store) -> None:
    types.remove(fresh_store, ONE, "phone")
    made = types.add(fresh_store, ONE, "Jardin")
    first, second = types.kept(fresh_store).changes
    types.undo(fresh_store, ONE, first.id)
    assert list(types.kept(fresh_store).types) == [*DEFAULT, made]
    with pytest.raises(DecisionError, match="undone already"):
        types.undo(fresh_store, ONE, first.id)
    types.reset(fresh_store, ONE)
    found = types.kept(fresh_store)
    assert found.types == initiative_types()
    assert [(change.did, change.actor) for change in found.changes] == [
        (did, ONE.name) for did in ("remove", "add", "undo", "reset")
    ]
    types.undo(fresh_store, ONE, found.changes[-1].id)
    assert made in types.kept(fresh_store).types
    types.undo(fresh_store, ONE, second.id)
    assert types.kept(fresh_store).types == initiative_types()


def test_an_undoing_is_refused_where_no_other_change_could_make_such_types(store: Store) -> None:
    types.remove(store, ONE, "training")
    taken, made = types.kept(store).changes[-1].id, types.add(store, ONE, "Cours")
    with pytest.raises(DecisionError, match="Cours: this is how « Formation » is written"):
        types.undo(store, ONE, taken)
    for kind in set(types.kept(store).types) - {made}:
        types.remove(store, ONE, kind)
    added = next(change.id for change in types.kept(store).changes if change.key == made)
    with pytest.raises(DecisionError, match="one type of initiatives stays"):
        types.undo(store, ONE, added)
    assert list(types.kept(store).types) == [made]
    types.edit(store, ONE, made, "Cours du soir")
    types.undo(store, ONE, types.kept(store).changes[-1].id)
    assert types.kept(store).types[made].fr == "Cours"


@pytest.mark.parametrize(
    ("names", "refused"),
    [
        (("Formations",), "is how « Formation » is written"),
        (("", ""), "1 to 80 characters"),
        (("x" * 81,), "1 to 80 characters"),
        (("a|b",), "holds no"),
        (("Neuf", "", ["mot"] * 61), "60 words"),
    ],
)
def test_a_type_that_cannot_be_is_refused_in_one_line(store: Store, names: tuple[str, ...], refused: str) -> None:
    with pytest.raises(DecisionError, match=refused):
        types.add(store, ONE, *names)
    assert types.kept(store).changes == ()


def test_only_a_facilitator_changes_types_and_who_comes_second_is_told(fresh_store: Store) -> None:
    for act in (lambda who: types.add(fresh_store, who, "Jardin"), lambda who: types.reset(fresh_store, who)):
        with pytest.raises(PermissionDenied):
            act(Actor("x", Role.PARTICIPANT))
    seen = types.kept(fresh_store).types["phone"]
    types.edit(fresh_store, ONE, "phone", "Téléphone", seen=seen)
    with pytest.raises(Stale):
        types.edit(fresh_store, Actor("animateur"), "phone", "Mobile", seen=seen)
    with pytest.raises(NotFound):
        types.remove(fresh_store, ONE, "nothing")
    assert types.kept(fresh_store).types["phone"].fr == "Téléphone"


def test_a_copy_takes_the_changes_of_both_and_a_second_copy_changes_nothing(new_store: Callable[[], Store]) -> None:
    one, other = new_store(), new_store()
    made, theirs = types.add(one, ONE, "Jardin"), types.add(other, ONE, "Atelier vélo")
    types.remove(one, ONE, "phone")
    copy(one, other, ONE)
    assert set(types.kept(other).types) == {*DEFAULT, made, theirs} - {"phone"}
    assert copy(one, other, ONE).new_notes == 0


def test_the_types_go_out_as_a_file_that_another_installation_reads(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types.add(store, ONE, 'Le "bon" coin', words=["troc"])
    found = types.kept(store).types
    file = tmp_path / "types.toml"
    file.write_text(types.as_toml(found), "utf-8")
    assert set(tomllib.loads(file.read_text("utf-8"))["types"]) == set(found)
    monkeypatch.setenv(VARIABLE, str(file))
    assert {k: (s.fr, s.en, set(s.words), s.glyph) for k, s in initiative_types().items()} == {
        k: (s.fr, s.en, set(s.words), s.glyph) for k, s in found.items()
    }
