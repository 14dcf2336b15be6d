"""Lists of statements begin with the surest, and who makes one is never taken for whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from app_pages import app_store, run_page, shown
from course_graph import link, node, write

from graph.model import Node, Relation
from graph.questions.answers import find
from graph.questions.surest import surest
from graph.store.base import Store

TEXT = """Les haies
Planter une haie le long du chemin du lavoir et la tailler chaque automne, demande Roues Folles.
Acheter pour tous des tables et des bancs neufs pour la salle commune du bourg.
Garder les bancs pour les aînés.
"""


def _about(statement: Node, theme: Node, confidence: float, *more: Node) -> Relation:
    """A doubtful link rests on a heading as well: it has more passages than a sure one."""
    evidence = tuple(replace(n.evidence[0], confidence=confidence) for n in (statement, *more))
    return Relation(statement.id, "about", theme.id, evidence)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    heading = node(TEXT, "theme", "Les haies", "haies", "haies")
    hedge, tables = (node(TEXT, "proposal", line.partition(", demande")[0], kind="proposal")
                     for line in TEXT.splitlines()[1:3])  # fmt: skip
    keep = node(TEXT, "proposal", "Garder les bancs pour les aînés", kind="proposal")
    wheels, elders = node(TEXT, "organisation", "Roues Folles"), node(TEXT, "group", "aînés")
    links = [
        _about(hedge, heading, 0.85), _about(tables, heading, 0.35, heading), _about(keep, heading, 0.35, heading),
        link(TEXT, hedge, "made_by", wheels, "Roues Folles"), link(TEXT, keep, "concerns", elders, "aînés"),
    ]  # fmt: skip
    for store in app_store(tmp_path, monkeypatch):
        write(store, "haies.txt", TEXT, "Atelier", "2026-01-01", [heading, hedge, tables, keep, wheels, elders], links)
        yield store


def test_the_surest_statement_comes_first_whatever_passages_others_have(told: Store) -> None:
    theme = find(told, "haies")
    links = surest(told, theme.id, ["proposal"], limit=1)
    assert [found.label[:7] for found in told.things(one.b for one in links).values()] == ["Planter"]
    strongest = told.neighbours(theme.id, ["proposal"], limit=1)
    assert "Planter" not in told.things(one.b for one in strongest)[strongest[0].b].label


def test_home_lets_the_surest_statement_speak_for_a_theme(told: Store) -> None:
    said = shown(run_page("accueil"))
    assert "Planter une haie" in said
    assert "Acheter pour tous" not in said


def test_the_list_of_themes_lets_it_speak_too(told: Store) -> None:
    said = shown(run_page("themes"))
    assert "Planter une haie" in said
    assert "Acheter pour tous" not in said


def test_a_theme_lists_the_surest_first_and_tells_who_makes_from_who_is_concerned(told: Store) -> None:
    said = shown(run_page("themes", thing=find(told, "haies").id))
    assert said.index("Planter une haie") < said.index("Garder les bancs")
    assert "<small>Concerne</small>" in said.partition("Garder les bancs")[2]
    assert "<small>" not in said.partition("Planter une haie")[2].partition("Roues Folles")[0]
