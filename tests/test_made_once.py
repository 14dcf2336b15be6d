"""What pages make of a list of things is made once for the same list, and anew with each thing that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import course_graph
import pytest
from app_pages import app_store, run_page, shown
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.initiatives import catalogue, types
from graph.model import Actor
from graph.store.base import Store
from ingest.document import RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document
from tests.fragments import build
from views import memory
from views.meetings import figures as figures_page

WHO = Actor("facilitatrice")
HEADER = "nom;type;adresse;commune;structure;latitude;longitude\n"
FIRST = (
    f"{HEADER}Permanence;démarches;2 rue Haute;Rouen;CCAS de Rouen;49.44;1.09\nAtelier;jardin;;Rouen;CCAS de Rouen;;\n"
)
SECOND = f"{HEADER}Verger;jardin;;Le Havre;Foyer du Port;49.49;0.11\n"
Act = Callable[[Store], object]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for filled in app_store(tmp_path, monkeypatch):
        course_graph.fill(filled)
        _table(filled, "lieux.csv", FIRST)
        yield filled


def _table(store: Store, name: str, text: str) -> None:
    reading = Reading(read_document(RawFile(name, text.encode())))
    initiatives.run(reading)
    store.write(to_fragment(reading, ImportMeta()), WHO)


def _id(store: Store, kind: str, label: str) -> str:
    return next(thing.id for thing in store.rows([kind]) if thing.label == label)


def _source(store: Store, name: str) -> str:
    return next(info.id for info in store.sources() if info.name == name)


def _told(at: AppTest) -> str:
    """What the page shows, and what its lists offer to choose."""
    return f"{shown(at)} {[box.options for box in (*at.selectbox, *at.multiselect)]}"


def _elsewhere(store: Store) -> None:
    store.write(build("ailleurs.txt", "Le [theme:jardin] et la [theme:mobilité]."), WHO)


ACTS: dict[str, tuple[tuple[str, Act], ...]] = {
    "reperes": (
        ("dated", lambda s: actions.describe(s, WHO, _source(s, "ete.txt"), {"date": "2024-06-01"})),
        ("dated back", lambda s: s.undo(s.decisions()[-1].id, WHO)),
        ("rejected", lambda s: actions.reject(s, WHO, s.rows(["figure"])[0].id)),
        ("taken back", lambda s: s.undo(s.decisions()[-1].id, WHO)),
        ("removed", lambda s: s.remove(_source(s, "ete.txt"), WHO)),
        ("written again", course_graph.summer),
    ),
    "carte": (
        ("renamed", lambda s: actions.rename(s, WHO, _id(s, "initiative", "Permanence"), "Guichet")),
        ("runner renamed", lambda s: actions.rename(s, WHO, _id(s, "organisation", "CCAS de Rouen"), "Centre social")),
        ("typed", lambda s: types.add(s, WHO, "Jardin")),
        ("joined", lambda s: _table(s, "autres.csv", SECOND)),
        ("rejected", lambda s: actions.reject(s, WHO, _id(s, "initiative", "Verger"))),
        ("removed", lambda s: s.remove("lieux.csv", WHO)),
    ),
}


@pytest.mark.parametrize("page", list(ACTS))
def test_a_page_shows_after_each_act_what_one_shows_that_remembers_nothing(store: Store, page: str) -> None:
    at = run_page(page)
    before = _told(at)
    for name, act in ACTS[page]:
        act(store)
        now = _told(at.run())
        memory.empty()
        assert now == _told(at.run()), name
        assert now != before, name
        before = now


@pytest.mark.parametrize(("page", "module", "makes"), [
    ("reperes", figures_page, "side_by_side"),
    ("carte", catalogue, "entries_of"),
])  # fmt: skip
def test_what_is_said_elsewhere_makes_nothing_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, page: str, module: object, makes: str
) -> None:
    made: list[object] = []
    real = getattr(module, makes)
    monkeypatch.setattr(module, makes, lambda *given: made.append(given) or real(*given))
    at = run_page(page)
    told = shown(at)
    _elsewhere(store)
    assert shown(at.run()) == told
    assert len(made) == 1
