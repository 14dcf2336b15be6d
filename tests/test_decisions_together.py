"""Several people correct at once, and corrections that bite their own tail: told, bounded, nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from graph import actions, text_actions
from graph.errors import DecisionError, MaillageError, NotFound, Stale
from graph.model import Actor, Decision, Thing
from graph.persons import privacy
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, build, spring

ANA, BEN = Actor("Ana"), Actor("Ben")


@pytest.fixture
def valley(fresh_store: Store) -> Store:
    for fragment in (spring(), autumn()):
        fresh_store.write(fragment, ANA)
    return fresh_store


def _thing(store: Store, label: str) -> Thing:
    return next(t for t in store.rows(["theme", "person", "question"], limit=1000) if t.label == label)


def _together(acts: list[Callable[[], object]]) -> list[object]:
    """Run acts at the same moment, each in its thread; what each answered, or how it was refused."""
    ready, out = threading.Barrier(len(acts)), [object()] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        ready.wait(30)
        try:
            out[number] = act()
        except MaillageError as error:
            out[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return out


def test_of_two_people_who_rename_what_both_saw_one_is_told_and_the_other_stands(valley: Store) -> None:
    seen = _thing(valley, "cantine")
    done = _together(
        [
            lambda actor=actor, label=label: actions.rename(valley, actor, seen.id, label, seen_version=seen.version)  # type: ignore[misc]
            for actor, label in ((ANA, "Repas"), (BEN, "Menus"))
        ]
    )
    (told,) = [d for d in done if isinstance(d, Stale)]
    (taken,) = [d for d in done if isinstance(d, Decision)]
    assert "was corrected since it was read" in str(told)
    assert [d.id for d in valley.decisions()] == [taken.id]
    now = valley.get(seen.id)
    assert now is not None
    assert now.label == taken.value["label"]
    # The second looks again, and takes the same correction with what is there now: both are in the log.
    other = BEN if taken.actor == "Ana" else ANA
    actions.rename(valley, other, seen.id, "Repas et menus", seen_version=now.version)
    assert [d.actor for d in valley.decisions()] == [taken.actor, other.name]
    assert valley.verify().ok


def test_many_corrections_at_once_of_different_things_are_all_taken(valley: Store) -> None:
    labels = ["cantine", "logement", "pédibus", "école"]
    things = [t for t in valley.rows(["theme", "organisation"], limit=100) if t.label in labels]
    done = _together([lambda t=t: actions.confirm(valley, ANA, t.id, seen_version=t.version) for t in things])  # type: ignore[misc]
    assert all(isinstance(d, Decision) for d in done)
    assert len(valley.decisions()) == len(things) == len(labels)
    assert all(valley.get(t.id).confirmed for t in things)  # type: ignore[union-attr]
    assert valley.verify().ok


def test_a_merge_of_what_another_just_rejected_is_told_and_changes_nothing(valley: Store) -> None:
    one, other = _thing(valley, "cantine"), _thing(valley, "logement")
    actions.reject(valley, BEN, other.id)
    before = answers(valley)
    with pytest.raises(NotFound):
        actions.merge(valley, ANA, [one.id, other.id], seen={one.id: one.version, other.id: other.version})
    assert answers(valley) == before


def test_of_two_people_who_describe_a_document_or_move_its_blocks_at_once_one_is_told(valley: Store) -> None:
    info = next(info for info in valley.sources() if info.name == "mars.txt")
    blocks, seen = [p.id for p in valley.passages(info.id)], text_actions.version(valley, info.id)
    acts: tuple[Callable[[Actor], object], ...] = (
        lambda who: actions.describe(valley, who, info.id, {"meeting": f"Conseil de {who.name}"}, seen=info.digest),
        lambda who: text_actions.move(valley, who, blocks[3], blocks[1 if who == ANA else 2], seen=seen),
    )
    for number, act in enumerate(acts, start=1):
        done = _together([lambda who=who, act=act: act(who) for who in (ANA, BEN)])  # type: ignore[misc]
        assert sorted(type(d).__name__ for d in done) == ["Decision", "Stale"], done
        assert len(valley.decisions()) == number
    assert valley.verify().ok


def test_an_undo_that_another_took_already_is_told(valley: Store) -> None:
    taken = actions.rename(valley, ANA, _thing(valley, "cantine").id, "Repas")
    done = _together([lambda actor=actor: actions.undo(valley, actor, taken.id) for actor in (ANA, BEN)])  # type: ignore[misc]
    assert sorted(type(d).__name__ for d in done) == ["Decision", "DecisionError"]
    assert [d.kind for d in valley.decisions()] == ["rename", "undo"]


def test_merging_everything_into_one_step_by_step_ends_and_comes_apart_again(valley: Store) -> None:
    before = answers(valley)
    themes = [t.id for t in valley.rows(["theme"], limit=100)]
    taken = [actions.merge(valley, ANA, [themes[0], other]) for other in themes[1:]]
    (whole,) = valley.rows(["theme"])
    assert len(whole.members) == len(themes)
    with pytest.raises(DecisionError, match="already"):
        actions.merge(valley, BEN, [themes[-1], themes[1]])
    assert valley.verify().ok
    actions.undo(valley, BEN, taken[0].id, together=True)
    for decision in taken[1:]:
        if any(d.id == decision.id and d.state != "undone" for d in valley.decisions()):
            actions.undo(valley, BEN, decision.id, together=True)
    assert answers(valley) == before


def test_a_decision_about_a_thing_that_is_gone_is_told_and_its_undo_still_works(valley: Store) -> None:
    gone = _thing(valley, "Comment financer le pédibus et la cantine ?")
    taken = actions.rename(valley, ANA, gone.id, "Qui paie ?")
    valley.remove("octobre.txt", ANA)
    with pytest.raises(NotFound):
        actions.confirm(valley, BEN, gone.id)
    assert [d.state for d in valley.decisions()] == ["waiting"]
    actions.undo(valley, BEN, taken.id)
    valley.write(autumn(), ANA)
    assert _thing(valley, "Comment financer le pédibus et la cantine ?").id == gone.id


@pytest.mark.parametrize(("name", "word", "hits"), [("Rose", "rose", 3), ("Olive Marchand", "olive", 1)])
def test_a_person_whose_name_is_a_common_word_is_corrected_without_touching_the_word(
    fresh_store: Store, name: str, word: str, hits: int
) -> None:
    lines = f"[person:{name}] anime l’atelier sur la [theme:{word}].\nLa [theme:{word}] revient dans chaque groupe."
    fresh_store.write(build("nom.txt", lines), ANA)
    person, theme = (fresh_store.rows([kind])[0] for kind in ("person", "theme"))
    assert len(privacy.kept(fresh_store, name).found) == hits  # each word that forgetting would mask is shown first
    actions.reject(fresh_store, ANA, person.id)
    assert fresh_store.get(theme.id) == theme
    assert fresh_store.verify().ok
