"""What pages keep in memory goes when a name is erased, wherever it is erased; a log tells no word of a page."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from graph.model import Actor
from graph.persons import privacy
from graph.store import ROOT, open_store
from graph.store.base import Store
from views import memory

NAME = "Odile Brinchemont"


def test_every_cache_of_a_page_is_one_that_erasing_empties() -> None:
    apart = {"views/memory.py", "views/state.py", "views/network/component.py"}  # the store itself, and fixed files
    views = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "views").rglob("*.py")}
    assert {name for name, text in views.items() if "@st.cache_resource" in text} - apart == set()
    assert sum("@memory.kept" in text for text in views.values()) >= 4


def test_a_name_that_is_forgotten_here_or_elsewhere_leaves_nothing_in_memory(small: Store, ids: dict[str, str]) -> None:
    made: list[str] = []

    @memory.kept()
    def words(source: str) -> str:
        made.append(source)
        return small.source(source).text

    try:
        source = ids["atelier-mars.txt"]
        memory.follow(small)
        assert NAME in words(source)
        assert words(source)
        memory.follow(small)
        assert len(made) == 1, "kept as long as nothing is forgotten"
        elsewhere = open_store(small.url)  # as another process would
        privacy.forget(elsewhere, Actor(), privacy.kept(elsewhere, NAME))
        elsewhere.close()
        memory.follow(small)
        assert NAME not in words(source)
        assert len(made) == 2
    finally:
        memory._KEPT.remove(words)


def test_what_fails_on_a_page_is_logged_by_kind_and_place_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def page() -> None:
        from views.errors import told

        with told():
            raise KeyError("Odile Brinchemont")

    with caplog.at_level(logging.DEBUG):
        at = AppTest.from_function(page, default_timeout=60).run()
    assert at.error, "the reader is told"
    said = [record.getMessage() for record in caplog.records if record.name == "maillage.views"]
    assert len(said) == 1
    assert said[0].startswith("a page failed: KeyError at ")
    assert " in page" in said[0]
    assert NAME not in caplog.text
