"""The period of the sidebar: a month or a year, as documents are dated, is taken whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import app_store, run_page, shown
from course_graph import fill, write

from graph.store.base import Store


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


def test_a_month_at_an_end_of_the_period_is_taken_whole(empty):
    fill(empty)
    write(empty, "mars.txt", "Les volets.\n", "Réunion de mars", "2026-03", [], [])
    at = run_page("reunions", tab="list")
    at.selectbox(key="choice-until").select("2026-03").run()
    said = shown(at)
    assert [name in said for name in ("Réunion de mars", "Atelier du printemps", "Atelier de l’été")] == [1, 1, 0]
    assert "31 mars 2026" in said
    assert at.selectbox(key="choice-until").value == "2026-03"
    said = shown(run_page("reunions", tab="list", since="2026-03", until="2026"))
    assert [name in said for name in ("Réunion de mars", "Atelier du printemps", "Atelier de l’été")] == [1, 1, 1]
    assert "Réunion de mars" not in shown(run_page("reunions", tab="list", since="2026-04"))
    assert "Réunion de mars" in shown(run_page("reunions", tab="list", since="2026-13")), "no month, no filter"
