"""What is kept beside the graph: nothing is lost when two people write at once, it goes along, and it is masked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from course_graph import spring

from graph import notes
from graph.copy import copy
from graph.errors import DecisionError, PermissionDenied, Stale
from graph.model import Actor, Role, Visibility
from graph.persons import privacy
from graph.persons.visible import seen_by
from graph.store import open_store
from graph.store.base import Store
from graph.study import queries
from graph.synthesis.kept import keep, kept
from graph.synthesis.lines import MOST_LINES

ONE, OTHER = Actor("animatrice"), Actor("animateur")
RESEARCHER, PARTICIPANT = Actor("chercheuse", Role.RESEARCHER), Actor("participante", Role.PARTICIPANT)


def together(*acts: Callable[[], object]) -> list[BaseException]:
    """Does all of these at the same instant; returns what was refused."""
    start, refused = threading.Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], object]) -> None:
        start.wait(60)
        try:
            act()
        except Stale as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def test_of_two_edits_at_the_same_instant_one_is_kept_and_the_other_is_told(fresh_store: Store) -> None:
    refused = together(*(lambda a=a: keep(fresh_store, a, "meeting:a|fr", f"# De {a.name}\n") for a in (ONE, OTHER)))
    assert len(refused) == 1
    found = kept(fresh_store, "meeting:a|fr")
    assert found is not None
    assert (found.text, found.version) == (f"# De {found.actor}\n", 1)


def test_questions_kept_at_the_same_instant_are_all_there(fresh_store: Store) -> None:
    save = [lambda n=n: queries.save(fresh_store, ONE, f"Question {n}", "etude", {"q": str(n)}) for n in range(4)]
    assert together(*save) == []
    assert sorted(q.name for q in queries.queries(fresh_store, ONE)) == [f"Question {n}" for n in range(4)]


def test_a_participant_keeps_no_question_and_a_researcher_meets_those_of_research_only(fresh_store: Store) -> None:
    first = queries.save(fresh_store, ONE, "Animation", "etude", {})
    second = queries.save(fresh_store, RESEARCHER, "Recherche", "etude", {})
    for act in (lambda: queries.save(fresh_store, PARTICIPANT, "x", "etude", {}),
                lambda: queries.delete(fresh_store, PARTICIPANT, first.id)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            act()
    queries.delete(fresh_store, RESEARCHER, first.id)
    assert queries.queries(fresh_store, ONE) == [second, first]
    assert (queries.queries(fresh_store, RESEARCHER), queries.queries(fresh_store, PARTICIPANT)) == ([second], [])


def test_an_edited_synthesis_is_read_by_participants_once_all_that_it_rests_on_is_published(fresh_store: Store) -> None:
    source = spring(fresh_store)
    seen = seen_by(fresh_store, PARTICIPANT)
    keep(fresh_store, ONE, "rests", "# Vélo et cars\n", sources=[source])
    keep(fresh_store, ONE, "unknown", "# Tout le reste\n")
    assert kept(seen, "rests") is None
    fresh_store.set_visibility([source], Visibility.PUBLISHED, ONE)
    assert kept(seen, "rests") == kept(fresh_store, "rests")
    assert kept(seen, "unknown") is None


def test_a_text_of_more_lines_than_are_written_is_refused_and_not_cut(fresh_store: Store) -> None:
    with pytest.raises(DecisionError, match="lines at most"):
        keep(fresh_store, ONE, "a", "- une ligne\n" * (MOST_LINES + 1))
    assert kept(fresh_store, "a") is None


def test_a_copy_takes_notes_along_and_a_second_one_changes_nothing(new_store: Callable[[], Store]) -> None:
    one, other = new_store(), new_store()
    keep(one, ONE, "a", "# Un\n")
    query = queries.save(one, ONE, "Mobilité", "etude", {"q": "mobilité"})
    theirs = queries.save(other, OTHER, "Habitat", "etude", {})
    assert copy(one, other, ONE).new_notes == 2
    assert kept(other, "a") == kept(one, "a")
    assert {q.id for q in queries.queries(other, ONE)} == {query.id, theirs.id}
    again = copy(one, other, ONE)
    assert (again.new_notes, again.notes_left) == (0, 0)


def test_of_texts_edited_in_both_stores_the_one_that_is_there_stays_and_is_counted(
    new_store: Callable[[], Store],
) -> None:
    one, other = new_store(), new_store()
    keep(one, ONE, "a", "# Un\n")
    copy(one, other, ONE)
    keep(one, ONE, "a", "# Un, repris\n", seen=1)
    assert copy(one, other, ONE).new_notes == 1, "a later edit of the same text is brought"
    assert text_of(other, "a") == "# Un, repris\n"
    assert copy(other, one, ONE).notes_left == 0
    keep(one, ONE, "a", "# Un, ici\n", seen=2)
    keep(other, OTHER, "a", "# Un, là\n", seen=notes_version(other, "a"))
    assert copy(one, other, ONE).notes_left == 1
    assert text_of(other, "a") == "# Un, là\n"


def test_a_backup_holds_the_notes(fresh_store: Store, tmp_path: Path) -> None:
    keep(fresh_store, ONE, "a", "# Un\n")
    fresh_store.backup(tmp_path / "copie.db")
    copied = open_store(f"sqlite:///{tmp_path / 'copie.db'}")
    assert kept(copied, "a") == kept(fresh_store, "a")
    copied.close()


def test_forgetting_masks_a_note_and_whoever_had_it_open_is_told_and_masked_too(fresh_store: Store) -> None:
    spring(fresh_store)
    keep(fresh_store, ONE, "a", "# Mot d’Odile Brinchemont\n")
    privacy.forget(fresh_store, ONE, privacy.kept(fresh_store, "Odile Brinchemont"))
    assert "Brinchemont" not in text_of(fresh_store, "a")
    with pytest.raises(Stale):
        keep(fresh_store, OTHER, "a", "# Mot d’Odile Brinchemont, encore\n", seen=1)
    assert "Brinchemont" not in keep(fresh_store, OTHER, "a", "# Odile Brinchemont\n", seen=2).text
    assert "Brinchemont" not in str([note.options for note in notes.notes(fresh_store)])


def text_of(store: Store, scope: str) -> str:
    found: Any = kept(store, scope)
    return str(found.text)


def notes_version(store: Store, scope: str) -> int:
    found: Any = kept(store, scope)
    return int(found.version)
