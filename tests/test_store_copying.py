"""A source given back as the fragment it was, and a log taken over: what a copy between any two stores rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph import actions
from graph.derived.prepare import prepare
from graph.errors import DecisionError, NotFound
from graph.model import Actor, Decision, Fragment
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, spring


def _copied(one: Store, other: Store, actor: Actor) -> None:
    for info in one.sources():
        assert other.write(one.fragment(info.id), actor).outcome == "new"
    assert other.adopt(one.decisions()) == len(one.decisions())


@pytest.mark.parametrize("fragment", [spring(), autumn()], ids=lambda f: f.source.name)
def test_a_fragment_comes_back_with_the_same_fingerprint(
    fresh_store: Store, facilitator: Actor, fragment: Fragment
) -> None:
    fresh_store.write(fragment, facilitator)
    back = fresh_store.fragment(fragment.source.id)
    assert prepare(back).digest == prepare(fragment).digest
    assert fresh_store.write(back, facilitator).outcome == "unchanged"


def test_a_fragment_is_found_as_its_source_is(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    assert fresh_store.fragment("mars.txt").source == fresh_store.source("mars.txt")
    with pytest.raises(NotFound):
        fresh_store.fragment("juin.txt")


def test_a_copy_answers_as_the_first_store(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(spring(), facilitator)
    one.write(autumn(), facilitator)
    themes = one.rows(["theme"])
    first = actions.rename(one, facilitator, themes[0].id, "Se déplacer")
    actions.reject(one, facilitator, themes[1].id, "hors sujet")
    actions.undo(one, facilitator, first.id)
    actions.rename(one, facilitator, themes[2].id, "Manger ensemble")
    _copied(one, other, facilitator)
    assert other.decisions() == one.decisions()
    assert answers(other) == answers(one)
    assert other.verify().problems == ()


def test_adopting_twice_changes_nothing(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(spring(), facilitator)
    actions.rename(one, facilitator, one.rows(["theme"])[0].id, "Se déplacer")
    _copied(one, other, facilitator)
    before = answers(other), other.decisions()
    assert other.adopt(one.decisions()) == 0
    assert (answers(other), other.decisions()) == before


def test_an_undo_adopted_later_takes_its_effect(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(spring(), facilitator)
    taken = actions.reject(one, facilitator, one.rows(["theme"])[0].id)
    _copied(one, other, facilitator)
    actions.undo(one, facilitator, taken.id)
    assert other.adopt(one.decisions()) == 1
    assert answers(other) == answers(one)


def test_decisions_adopted_before_their_sources_wait_for_them(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    one.write(spring(), facilitator)
    actions.rename(one, facilitator, one.rows(["theme"])[0].id, "Se déplacer")
    other.adopt(one.decisions())
    assert [d.state for d in other.decisions()] == ["waiting"]
    other.write(one.fragment("mars.txt"), facilitator)
    assert answers(other) == answers(one)
    assert other.decisions() == one.decisions()


def test_a_log_with_an_entry_that_cannot_be_applied_is_refused_whole(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    good = actions._decision(fresh_store, facilitator, "reject", fresh_store.rows(["theme"])[0].id, {}, "")  # type: ignore[arg-type]
    bad: Decision = replace(good, id="autre", kind="abolish")
    with pytest.raises(DecisionError, match="abolish"):
        fresh_store.adopt([good, bad])
    assert fresh_store.decisions() == []
