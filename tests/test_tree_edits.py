"""The tree of a source corrected by people: moved, fused and cut blocks, undone, kept through versions and copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from graph import actions, text_actions
from graph.copy import copy
from graph.errors import DecisionError, NotFound, PermissionDenied, Stale
from graph.model import Actor, Fragment, Role
from graph.store.base import Store
from tests.fragments import build, spring

LINES = ["Se déplacer", "  Vélo", "    Abris fermés", "    Pompes", "  Bus", "Se loger"]


def _map(name: str = "carte.mm", lines: list[str] = LINES) -> Fragment:
    """A map: indentation tells the tree, the last child of each branch is doubtful."""
    made = build(name, "\n".join(line.strip() for line in lines), document="document:carte")
    above: list[str] = []
    passages = []
    for line, p in zip(lines, made.passages, strict=True):
        level = (len(line) - len(line.lstrip())) // 2
        above[level:] = [p.id]
        parent = above[level - 1] if level else None
        doubt = 0.5 if p.label == "Pompes" else 1.0
        passages.append(replace(p, kind="topic", level=level + 1, parent=parent, parent_confidence=doubt))
    return replace(made, passages=tuple(passages))


@pytest.fixture
def mapped(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(_map(), facilitator)
    return fresh_store


def _drawn(store: Store) -> list[str]:
    """The tree as indented lines."""
    (source,) = [s.id for s in store.sources()]
    return [f"{'  ' * (p.level - 1)}{p.label}" for p in store.passages(source)]


def _id(store: Store, label: str) -> str:
    (source,) = [s.id for s in store.sources()]
    return next(p.id for p in store.passages(source) if p.label == label)


def test_outdent_and_indent_take_the_branch_along(mapped: Store, facilitator: Actor) -> None:
    text_actions.outdent(mapped, facilitator, _id(mapped, "Vélo"))
    assert _drawn(mapped) == ["Se déplacer", "  Bus", "Vélo", "  Abris fermés", "  Pompes", "Se loger"]
    text_actions.indent(mapped, facilitator, _id(mapped, "Vélo"))
    assert _drawn(mapped) == ["Se déplacer", "  Bus", "  Vélo", "    Abris fermés", "    Pompes", "Se loger"]


def test_undoing_gives_the_tree_as_before(mapped: Store, facilitator: Actor) -> None:
    (source,) = mapped.sources()
    before = mapped.passages(source.id)
    text_actions.move(mapped, facilitator, _id(mapped, "Pompes"), _id(mapped, "Se loger"))
    text_actions.fuse(mapped, facilitator, _id(mapped, "Bus"), _id(mapped, "Abris fermés"))
    text_actions.cut(mapped, facilitator, _id(mapped, "Se déplacer"), 1)
    assert _drawn(mapped) == ["Se", "  Vélo", "  Abris fermés Bus", "déplacer", "Se loger", "  Pompes"]
    for decision in reversed(mapped.decisions()):
        actions.undo(mapped, facilitator, decision.id)
    assert mapped.passages(source.id) == before
    assert mapped.verify().ok


def test_a_guessed_parent_is_confirmed_where_it_is(mapped: Store, facilitator: Actor) -> None:
    text_actions.confirm_place(mapped, facilitator, _id(mapped, "Pompes"))
    assert _drawn(mapped) == LINES
    (source,) = mapped.sources()
    assert all(p.parent_confidence == 1 for p in mapped.passages(source.id))


def test_fusing_takes_the_children_over(mapped: Store, facilitator: Actor) -> None:
    text_actions.fuse(mapped, facilitator, _id(mapped, "Se loger"), _id(mapped, "Vélo"))
    assert _drawn(mapped) == ["Se déplacer", "  Bus", "Vélo Se loger", "  Abris fermés", "  Pompes"]


def test_the_halves_of_a_cut_block_lie_on_their_words(mapped: Store, facilitator: Actor) -> None:
    text_actions.cut(mapped, facilitator, _id(mapped, "Abris fermés"), 1)
    (source,) = mapped.sources()
    text = mapped.source(source.id).text
    halves = [p for p in mapped.passages(source.id) if p.label in {"Abris", "fermés"}]
    assert [text[p.start : p.end].strip() for p in halves] == ["Abris", "fermés"]
    assert mapped.passage(halves[1].id) == (source.id, halves[1])
    actions.undo(mapped, facilitator, mapped.decisions()[0].id)
    assert mapped.passage(halves[1].id) is None, "what was cut off is no more"


def test_a_new_version_of_the_map_keeps_what_was_corrected(mapped: Store, facilitator: Actor) -> None:
    text_actions.move(mapped, facilitator, _id(mapped, "Pompes"), _id(mapped, "Bus"))
    mapped.remove("carte.mm", facilitator)
    assert [d.state for d in mapped.decisions()] == ["waiting"]
    mapped.write(_map("carte.xmind", ["Nouveau sujet", *LINES]), facilitator)
    assert _drawn(mapped) == [
        "Nouveau sujet", "Se déplacer", "  Vélo", "    Abris fermés", "  Bus", "    Pompes", "Se loger",
    ]  # fmt: skip
    assert [d.state for d in mapped.decisions()] == ["active"]


def test_a_copy_shows_the_same_tree(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(_map(), facilitator)
    text_actions.outdent(one, facilitator, _id(one, "Vélo"))
    copy(one, other, facilitator)
    assert _drawn(one) == _drawn(other)
    assert one.decisions() == other.decisions()


def test_the_second_of_two_people_is_told_and_loses_nothing(mapped: Store, facilitator: Actor) -> None:
    (source,) = mapped.sources()
    seen = text_actions.version(mapped, source.id)
    text_actions.outdent(mapped, facilitator, _id(mapped, "Bus"), seen=seen)
    drawn = _drawn(mapped)
    with pytest.raises(Stale):
        text_actions.outdent(mapped, Actor("une autre"), _id(mapped, "Vélo"), seen=seen)
    assert _drawn(mapped) == drawn


def test_what_makes_no_tree_is_refused(mapped: Store, facilitator: Actor) -> None:
    ids = {label.strip(): _id(mapped, label.strip()) for label in LINES}
    with pytest.raises(DecisionError):
        text_actions.move(mapped, facilitator, ids["Vélo"], ids["Pompes"])
    for after in ("Bus", "Abris fermés"):
        with pytest.raises(DecisionError, match="under the same parent"):
            text_actions.move(mapped, facilitator, ids["Bus"], "", ids[after])
    with pytest.raises(NotFound):
        text_actions.version(mapped, "source:0")
    with pytest.raises(DecisionError):
        text_actions.fuse(mapped, facilitator, ids["Pompes"], ids["Vélo"])
    with pytest.raises(DecisionError):
        text_actions.outdent(mapped, facilitator, ids["Se loger"])
    with pytest.raises(DecisionError):
        text_actions.indent(mapped, facilitator, ids["Se déplacer"])
    with pytest.raises(DecisionError):
        text_actions.cut(mapped, facilitator, ids["Bus"], 1)
    with pytest.raises(NotFound):
        text_actions.move(mapped, facilitator, "passage:0", ids["Bus"])
    with pytest.raises(PermissionDenied):
        text_actions.outdent(mapped, Actor("Paul", Role.RESEARCHER), ids["Vélo"])
    assert mapped.decisions() == []
    assert _drawn(mapped) == LINES


def test_the_log_is_read_once_between_two_writes_and_again_after_any(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    (theme, *_) = fresh_store.rows(["theme"])
    log = cast("Any", fresh_store)._plain_log
    assert log() is log()
    before = log()
    actions.rename(fresh_store, facilitator, theme.id, "Autrement")
    assert [d.kind for d in fresh_store.decisions()] == [*(d.kind for d in before), "rename"]
    fresh_store.decisions().clear()
    assert len(fresh_store.decisions()) == len(before) + 1, "who asks may change the answer"
