"""What a person adds from a piece of a source: found everywhere, undone, kept through versions and copies."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from graph import actions, text_actions
from graph.copy import copy
from graph.errors import DecisionError, HasDependents, MaillageError, NotFound, PermissionDenied
from graph.model import Actor, Filter, Role
from graph.persons import privacy
from graph.persons.spellings import variants
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, build, spring

WORDS = "parlent de mobilité"


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    return fresh_store


def _add(store: Store, actor: Actor, words: str = WORDS, kind: str = "proposal", **more: str) -> str:
    source = next(s for s in store.sources() if s.name == "mars.txt")
    at = store.source(source.id).text.index(words)
    return text_actions.add(store, actor, source.id, (at, at + len(words)), kind, **more).target


def test_a_sentence_becomes_a_thing_that_rests_on_it(valley: Store, facilitator: Actor) -> None:
    made = _add(valley, facilitator, " parlent de mobilité.")
    thing = valley.get(made)
    assert thing
    assert (thing.kind, thing.label, thing.confirmed, thing.evidence_count) == (
        "proposal", "parlent de mobilité.", True, 1,
    )  # fmt: skip
    (said,) = valley.evidence(made)
    assert valley.source(said.source).text[said.start : said.end] == said.quote == "parlent de mobilité."
    assert made in {hit.id for hit in valley.search("parlent de mobilité", ["proposal"])}
    assert {valley.get(link.b).label for link in valley.neighbours(made)} >= {"mobilité", "mairie"}  # type: ignore[union-attr]
    assert made in {thing.id for thing in valley.rows(["proposal"], Filter(confirmed=True))}
    assert made in {m.node for m in valley.mentions(said.source)}
    assert valley.verify().ok


def test_undoing_gives_the_graph_as_before(valley: Store, facilitator: Actor) -> None:
    before = answers(valley)
    made = _add(valley, facilitator)
    assert answers(valley) != before
    actions.undo(valley, facilitator, valley.decisions()[-1].id)
    assert valley.get(made) is None
    assert answers(valley) == before
    assert valley.verify().ok


def test_what_is_one_with_a_thing_joins_it_and_is_undone_together(valley: Store, facilitator: Actor) -> None:
    theme = next(t for t in valley.rows(["theme"]) if t.label == "logement")
    made = _add(valley, facilitator, "Le logement vacant", "theme", label="logement vide", onto=theme.id)
    whole = valley.get(theme.id)
    assert whole
    assert (whole.label, made in whole.members) == ("logement", True)
    addition = next(d for d in valley.decisions() if d.kind == "add")
    with pytest.raises(HasDependents):
        actions.undo(valley, facilitator, addition.id)
    actions.undo(valley, facilitator, addition.id, together=True)
    assert valley.get(theme.id).members == theme.members  # type: ignore[union-attr]


def test_what_cannot_be_one_with_a_thing_is_not_added_either(valley: Store, facilitator: Actor) -> None:
    proposal = valley.rows(["proposal"])[0].id
    for onto, error in ((proposal, DecisionError), ("theme:nowhere", NotFound)):
        with pytest.raises(error):
            _add(valley, facilitator, "Le logement vacant", "theme", onto=onto)
    theme = valley.rows(["theme"])[0].id
    valley.forget((), variants(["Zoé Tavernier"]), facilitator)
    with pytest.raises(DecisionError, match="masked"):
        _add(valley, facilitator, "Le logement vacant", "theme", label="Tavernier Zoé", onto=theme)
    assert valley.decisions() == []


def test_it_is_corrected_like_anything_else(valley: Store, facilitator: Actor) -> None:
    made = _add(valley, facilitator)
    actions.rename(valley, facilitator, made, "Parler de mobilité")
    actions.change_kind(valley, facilitator, made, "finding")
    thing = valley.get(made)
    assert thing
    assert (thing.label, thing.kind) == ("Parler de mobilité", "finding")


def test_it_waits_while_its_source_is_away_and_returns_with_it(valley: Store, facilitator: Actor) -> None:
    made = _add(valley, facilitator)
    before = answers(valley)
    valley.remove("mars.txt", facilitator)
    assert valley.get(made) is None
    assert [d.state for d in valley.decisions()] == ["waiting"]
    valley.write(spring(), facilitator)
    assert answers(valley) == before
    assert valley.write(spring(), facilitator).outcome == "unchanged"


def test_it_is_found_again_in_a_new_version_of_its_document(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(
        build("mars.txt", "On en parle.\nUn jardin partagé derrière la halle.", document="d:1"), facilitator
    )
    made = _add(fresh_store, facilitator, "Un jardin partagé")
    later = build("mars-2.txt", "Nouveau début\nOn en parle.\nUn jardin partagé derrière la halle.", document="d:1")
    fresh_store.remove("mars.txt", facilitator)
    fresh_store.write(later, facilitator)
    (said,) = fresh_store.evidence(made)
    assert (said.source, said.quote) == (later.source.id, "Un jardin partagé")
    assert fresh_store.verify().ok


def test_a_copy_holds_it_by_its_decision_and_not_twice(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(spring(), facilitator)
    made = _add(one, facilitator)
    copy(one, other, facilitator)
    assert answers(one) == answers(other)
    actions.undo(other, facilitator, other.decisions()[-1].id)
    assert other.get(made) is None


def test_forgetting_a_person_forgets_what_was_added_about_them(valley: Store, facilitator: Actor) -> None:
    made = _add(valley, facilitator, "Élise Morvan anime l’échange", "finding")
    person = _add(valley, facilitator, "Élise Morvan", "person")
    privacy.forget(valley, facilitator, privacy.kept(valley, person))
    left = valley.get(made)
    assert left
    assert left.label.startswith("█████ ██████ anime")
    assert valley.get(person) is None
    assert valley.verify().ok


@pytest.mark.parametrize(("words", "kind"), [("mobilité.\nLa mairie", "theme"), (WORDS, "passage"), (WORDS, "ruche")])
def test_what_cannot_be_added_is_told_and_changes_nothing(
    valley: Store, facilitator: Actor, words: str, kind: str
) -> None:
    with pytest.raises(DecisionError):
        _add(valley, facilitator, words, kind)
    assert valley.decisions() == []


def test_the_same_words_are_added_once_and_by_facilitators_only(valley: Store, facilitator: Actor) -> None:
    _add(valley, facilitator)
    with pytest.raises(DecisionError, match="already"):
        _add(valley, facilitator)
    with pytest.raises(PermissionDenied):
        _add(valley, Actor("Paul", Role.PARTICIPANT), "Le logement vacant")


PIECES = ("parlent de mobilité", "Le logement vacant", "anime l’échange", "ouvrir un pédibus", "premier sujet")


def _act(store: Store, actor: Actor, seed: int) -> str:
    """One act chosen by the seed; what it did or why it was refused, the ids of decisions left out."""
    chosen = Random(seed)
    sources = store.sources()
    try:
        what = chosen.randrange(6)
        if what == 0 or not sources:
            return store.write(chosen.choice((spring, autumn))(), actor).outcome
        source = chosen.choice(sources)
        if what == 1:
            return str(store.remove(source.id, actor))
        if what == 2:
            words = chosen.choice(PIECES)
            at = store.source(source.id).text.find(words)
            return text_actions.add(store, actor, source.id, (at, at + len(words)), "finding").target
        if what == 3:
            pair = [t.id for t in store.rows(["theme", "finding"], limit=40)[:2]]
            return str(chosen.choice((actions.keep_apart, actions.merge))(store, actor, pair).target)
        if what == 4:
            block = chosen.choice(store.passages(source.id)).id
            return str(chosen.choice((text_actions.indent, text_actions.outdent))(store, actor, block).value)
        log = [d for d in store.decisions() if d.kind != "undo" and d.state != "undone"]
        return actions.undo(store, actor, chosen.choice(log).id, together=True).kind if log else "nothing"
    except MaillageError as error:
        return type(error).__name__


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_two_stores_that_are_told_the_same_answer_the_same(
    new_store: Callable[[], Store], facilitator: Actor, sequence: int
) -> None:
    one, other = new_store(), new_store()
    for step in range(14):
        seed = 1_000 * sequence + step
        assert _act(one, facilitator, seed) == _act(other, facilitator, seed)
        assert answers(one) == answers(other)
        assert [d.state for d in one.decisions()] == [d.state for d in other.decisions()]
        for info in one.sources():
            assert one.passages(info.id) == other.passages(info.id)
    assert one.verify().ok
    assert other.verify().ok
