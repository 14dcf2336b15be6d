"""The section of a source that is one of several versions: what changed, and taking the older one away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from app_pages import app_store, run_page
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.model import Actor, Fragment
from graph.store.base import Store
from graph.versions import lineage
from tests.fragments import build
from views import versions

ACTOR = Actor()
FIRST = """
Relevé de la rencontre du bourg
proposal> Ouvrir une épicerie <b>associative</b> dans l’ancienne poste.
proposal> Prêter la salle des fêtes aux jeunes le vendredi.
""".strip()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


def _versions(store: Store) -> tuple[Fragment, Fragment]:
    first = build("avant.txt", FIRST, document="document:bourg")
    lines = FIRST.replace("le vendredi", "le samedi").replace("Relevé", "Nouveau four à pain\nRelevé")
    second = build("apres.txt", lines, document="document:bourg")
    second = replace(second, source=replace(second.source, options={lineage.AFTER: [first.source.id]}))
    for fragment in (first, second):
        store.write(fragment, ACTOR)
    return first, second


def _page(source: str) -> AppTest:
    return run_page("sources", doc=source)


def _html(at: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in at.get("html"))


def test_a_new_version_shows_what_it_changed_and_its_words_are_text(store: Store) -> None:
    _, second = _versions(store)
    at = _page(second.source.id)
    assert [e.label for e in at.expander if "2" in e.label]
    said = " ".join(m.value for m in at.markdown)
    assert "1 passage ajouté" in said
    assert "1 reformulé" in said
    assert "Nouveau four à pain" in _html(at)
    assert "<b>associative</b>" not in _html(at)
    assert "<del>vendredi.</del>" in _html(at)
    assert "<ins>samedi.</ins>" in _html(at)


def test_the_older_version_is_taken_away_and_corrections_stay(store: Store) -> None:
    first, second = _versions(store)
    kept = next(t for t in store.rows(["proposal"]) if "épicerie" in t.label)
    actions.rename(store, ACTOR, kept.id, "Épicerie à la poste")
    at = _page(second.source.id)
    at.button(key="versions-remove").click().run()
    assert not at.exception
    assert [s.id for s in store.sources()] == [second.source.id]
    assert [t.label for t in store.rows(["proposal"])].count("Épicerie à la poste") == 1
    assert first.source.id not in _html(_page(second.source.id))


def test_a_decision_that_waits_is_taken_on_what_the_newest_version_says(store: Store) -> None:
    first = build("avant.txt", FIRST, document="document:bourg")
    store.write(first, ACTOR)
    taken = actions.confirm(store, ACTOR, next(t.id for t in store.rows(["proposal"]) if "salle" in t.label))
    lines = FIRST.replace("Prêter", "Ouvrir").replace("le vendredi", ", avec deux adultes, le samedi après-midi")
    second = build("apres.txt", lines, document="document:bourg")
    second = replace(second, source=replace(second.source, options={lineage.AFTER: [first.source.id]}))
    store.write(second, ACTOR)
    at = run_page("verifier", sort="waiting")
    (onto,) = [button for button in at.button if str(button.key).startswith("onto-")]
    assert "samedi" in onto.label
    onto.click().run()
    assert [d.state for d in store.decisions() if d.id == taken.id] == ["undone"]
    assert [t.confirmed for t in store.rows(["proposal"]) if "samedi" in t.label] == [True]
    at.button(key="undo-now").click().run()
    (again,) = lineage.waiting(store)
    assert again.decision.target == taken.target, "the correction is asked about again"
    at = run_page("verifier", sort="waiting")
    at.text_input(key=f"why-{again.decision.id}").set_value("plus d’actualité").run()
    at.button(key="review-reject").click().run()
    assert not at.exception
    assert lineage.waiting(store) == []
    assert store.decisions()[-1].reason == "plus d’actualité"
    assert "undo-now" not in {button.key for button in at.button}, "what was given up cannot be undone by one more undo"


def test_a_document_of_one_version_has_no_such_section(store: Store) -> None:
    alone = build("seul.txt", FIRST)
    store.write(alone, ACTOR)
    assert not [b for b in _page(alone.source.id).button if b.key == "versions-remove"]


def test_the_line_of_an_import_tells_counts_and_what_waits() -> None:
    counts = {"added": 2, "removed": 0, "moved": 1, "reworded": 0}
    told = versions.line({"since": "avant.mm", "counts": counts, "waiting": 1})
    assert "2 passages ajoutés, 1 déplacé" in told
    assert "À vérifier" in told
    assert versions.line({}) == ""


def test_pages_that_count_say_that_a_document_counts_in_each_of_its_versions(store: Store) -> None:
    first, _ = _versions(store)

    def told() -> str:
        return " ".join(caption.value for caption in run_page("propositions").caption)

    assert "1 document a plusieurs versions ici" in told().replace("\u00a0", " ")
    actions.remove_source(store, ACTOR, first.source.id)
    assert "plusieurs versions" not in told()
