"""Pages of meetings with much in them, or little: many documents, two meetings on one day, one meeting alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import app_store, run_page, shown
from course_graph import autumn, fill, node, spring, write

from graph.course.meetings import meetings, places_apart
from graph.store.base import Store
from views.details import CARD


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


def test_many_documents_of_a_meeting_are_folded_and_home_leads_to_all_of_them(empty: Store) -> None:
    for n in range(CARD + 3):
        text = f"Les arbres du mail {n}\n"
        write(empty, f"table-{n}.txt", text, "Forum", "2026-01-01", [node(text, "theme", "arbres", "arbres", "a")], [])
    meeting = meetings(empty.sources())[0].id
    page = shown(run_page("reunions", m=meeting))
    assert "Voir les 3 autres" in page
    assert page.count("table-") >= CARD + 3
    home = shown(run_page("accueil"))
    assert f"Les {CARD + 3} documents de cette réunion" in home
    assert f"m={meeting.replace(':', '%3A')}" in home


def test_two_meetings_on_one_day_are_told_apart_in_the_table_and_one_alone_does_not_move(empty: Store) -> None:
    spring(empty)
    alone = shown(run_page("reunions"))
    assert "Mouvement" not in alone
    assert "se maintient</td>" not in alone
    autumn(empty, "2026-03-18")
    both = shown(run_page("reunions")).replace("\u00a0", " ")
    for name in ("Atelier du printemps", "Atelier de l’automne"):
        assert f"18 mars 2026 : {name}</th>" in both
    assert "Mouvement" in both


def test_what_is_not_spoken_of_again_is_not_said_to_be(empty: Store) -> None:
    fill(empty)
    first = meetings(empty.sources())[0]
    assert "Habitat" not in shown(run_page("reunions", m=first.id, tab="became"))


def test_places_are_told_apart_whatever_their_number_and_order() -> None:
    assert places_apart([f"Salle {n}" for n in range(300)]) == [f"Salle {n}" for n in range(300)]
    assert places_apart(["Salle 3, Brume", "Salle 3", "Brume", "Brume et Orvance"]) == [
        "Salle 3, Brume", "Brume et Orvance",
    ]  # fmt: skip
    assert places_apart(["?", "Mairie"]) == ["?", "Mairie"]
