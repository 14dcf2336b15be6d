"""The page « Cypher »: on a file it says what it needs; on a server it answers with rows, a file and a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import run_page
from neo4j_server import wipe
from small_graph import ATTACK, fill
from streamlit.testing.v1 import AppTest

from graph.questions.cypher import examples
from graph.store.base import Store
from views import state


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the app opens, filled: on a server unless the test asks for a file."""
    address = f"sqlite:///{tmp_path / 'pages.db'}"
    if "on_a_file" not in request.node.name:
        address = request.getfixturevalue("neo4j_address")
        wipe(address)
    monkeypatch.setenv("MAILLAGE_STORE", address)
    monkeypatch.setenv("MAILLAGE_SPOOL", str(tmp_path / "spool"))
    state._opened.cache_clear()
    fill(state.store())
    yield state.store()
    state.store().close()
    state._opened.cache_clear()


def opened(**params: str) -> AppTest:
    return run_page("cypher", **params)


def asked(at: AppTest, text: str = "") -> AppTest:
    if text:
        at.text_area(key="cypher-text").set_value(text).run()
    next(b for b in at.button if b.label == "Interroger").click().run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "\n".join(block.proto.body for block in at.get("html"))


def test_on_a_file_the_page_says_in_one_line_what_it_needs(store: Store) -> None:
    at = opened()
    assert [i.value for i in at.info] == [
        "Cette page interroge un graphe tenu par Neo4j (--store neo4j://…). "
        "Celui-ci est un fichier SQLite : les autres pages y répondent.".replace(" :", "\u00a0:")
    ]
    assert not at.text_area


def test_the_first_example_answers_with_the_themes(store: Store, neo4j_address: str) -> None:
    at = asked(opened())
    assert not at.error
    assert "<th scope=col>theme</th>" in html(at)
    for theme in store.rows(["theme"]):
        assert theme.id.replace(":", "%3A") in html(at), "a thing leads to the network"


def test_every_example_can_be_chosen_and_run(store: Store, neo4j_address: str) -> None:
    at = opened()
    for example in examples():
        at.selectbox(key="cypher-example").select(example.key).run()
        assert at.text_area(key="cypher-text").value == example.text
        asked(at)
        assert not at.error, example.key
        assert at.query_params["example"] in (example.key, [example.key])


def test_an_address_fills_the_question_and_does_not_run_it(store: Store, neo4j_address: str) -> None:
    at = opened(q="MATCH (t:Theme) RETURN t.label AS name")
    assert at.text_area(key="cypher-text").value == "MATCH (t:Theme) RETURN t.label AS name"
    assert "<th scope=col>name</th>" not in html(at)
    assert "<th scope=col>name</th>" in html(asked(at))


def test_a_parameter_gets_a_field_of_its_own(store: Store, neo4j_address: str) -> None:
    at = opened()
    at.text_area(key="cypher-text").set_value("MATCH (t:Theme) WHERE t.label = $name RETURN t.label AS found").run()
    at.text_input(key="cypher-with-name").set_value("'; MATCH (n) DETACH DELETE n //").run()
    assert [i.value for i in asked(at).info] == ["Aucune ligne ne répond à cette question."]
    assert store.counts()["sources"] == 2


@pytest.mark.parametrize(
    "text", ["CREATE (n:Theme)", "LOAD CSV FROM 'file:///x' AS r RETURN r", "MATCH (n RETURN", "RETURN $`[x](y)`"]
)
def test_what_is_refused_is_told_on_the_page(store: Store, neo4j_address: str, text: str) -> None:
    at = asked(opened(), text)
    assert len(at.error) == (0 if "$" in text else 1)
    assert store.counts()["sources"] == 2


def test_hostile_labels_are_shown_as_text(store: Store, neo4j_address: str) -> None:
    at = asked(opened(), "MATCH (p:Passage) RETURN p.label AS `<script>alert(1)</script>`, p")
    assert "<script>alert" not in html(at)
    assert "<img src=x" not in html(at)
    assert ATTACK.replace("<", "&lt;").replace(">", "&gt;")[:20] in html(at)


def test_things_in_the_answer_are_drawn_as_a_network(store: Store, neo4j_address: str) -> None:
    at = asked(opened(), "MATCH (t:Theme:Thing) RETURN t")
    assert [tab.label for tab in at.tabs][-1] == "Réseau"
    drawn = asked(at, "MATCH (t:Theme:Thing) RETURN t.label")
    assert "Réseau" not in [tab.label for tab in drawn.tabs], "labels alone are no things"
