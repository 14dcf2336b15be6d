"""Questions in Cypher on a real server: reading only, bounded in time, rows and size, answered as plain data."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver
from neo4j_server import connected, wipe

from graph.cli.main import build
from graph.errors import CypherRefused, PermissionDenied, StoreError
from graph.model import Actor, Role
from graph.questions.cypher import Limits, Table, ask, examples, shown, value_of
from graph.questions.cypher_guard import Question, checked
from graph.store import open_store
from graph.store.base import Store
from graph.store.neo4j.cypher import MOST_ITEMS, MOST_TEXT, answer
from tests.fragments import autumn, spring

GRAPH = """
CREATE (a:Thing:Theme {id: 'theme:1', kind: 'theme', label: 'Mobilité', evidence: 3}),
       (b:Thing:Theme {id: 'theme:2', kind: 'theme', label: 'Logement', evidence: 1}),
       (p:Thing:Proposal {id: 'proposal:1', kind: 'proposal', label: 'Ouvrir un pédibus'}),
       (p)-[:ABOUT {source: 's'}]->(a), (p)-[:ABOUT {source: 's'}]->(b)"""


@pytest.fixture
def driver(neo4j_address: str) -> Iterator[Driver]:
    """A server that holds two themes and a proposal about both."""
    found, _ = connected(neo4j_address)
    with found:
        wipe(neo4j_address)
        found.execute_query(GRAPH)
        yield found
        wipe(neo4j_address)


def asked(driver: Driver, text: str, limits: Limits | None = None, /, **parameters: object) -> Table:
    return answer(driver, None, checked(text), parameters, limits or Limits())  # type: ignore[arg-type]


def count(driver: Driver) -> int:
    return int(driver.execute_query("MATCH (n:Thing) RETURN count(n) AS n").records[0]["n"])


# --- answers --------------------------------------------------------------------------------------------------------


def test_nodes_links_and_paths_come_as_plain_data(driver: Driver) -> None:
    table = asked(
        driver, "MATCH w = (p:Proposal)-[r:ABOUT]->(t {id: $id}) RETURN p, r, w, 1.5 AS x, null AS y", id="theme:1"
    )
    proposal = {"id": "proposal:1", "kind": "proposal", "label": "Ouvrir un pédibus"}
    theme = {"id": "theme:1", "kind": "theme", "label": "Mobilité"}
    about = {"from": "proposal:1", "type": "ABOUT", "to": "theme:1"}
    assert table.columns == ("p", "r", "w", "x", "y")
    assert table.rows == ((proposal, about, [proposal, about, theme], 1.5, None),)
    assert table.met == ("proposal:1", "theme:1")
    assert table.cut == ""


def test_dates_points_and_maps_come_as_text_and_maps(driver: Driver) -> None:
    text = "RETURN date('2031-03-14') AS d, duration('P1D') AS u, point({x: 1, y: 2}) AS p, {a: [1, {b: true}]} AS m"
    ((day, length, place, kept),) = asked(driver, text).rows
    assert (day, length, kept) == ("2031-03-14", "P1D", {"a": [1, {"b": True}]})
    assert isinstance(place, str)


def test_rows_beyond_the_limit_are_left_out_and_it_is_said(driver: Driver) -> None:
    table = asked(driver, "UNWIND range(1, 1000000) AS n RETURN n", Limits(rows=7))
    assert [row[0] for row in table.rows] == [1, 2, 3, 4, 5, 6, 7]
    assert "first 7 rows" in table.cut
    assert asked(driver, "UNWIND range(1, 7) AS n RETURN n", Limits(rows=7)).cut == ""


def test_long_texts_and_lists_are_cut_and_it_is_said(driver: Driver) -> None:
    ((text, items),) = asked(driver, "RETURN $text AS text, range(1, 1000) AS items", text="é" * 10_000).rows
    assert len(str(text)) == MOST_TEXT + 1
    assert len(items) == MOST_ITEMS  # type: ignore[arg-type]
    assert "cut" in asked(driver, "RETURN $text", text="é" * 10_000).cut


def test_an_answer_that_is_too_large_is_cut(driver: Driver) -> None:
    table = asked(driver, "UNWIND range(1, 3000) AS n RETURN n, $text", Limits(rows=5_000), text="é" * 3_900)
    assert 0 < len(table.rows) < 1_100
    assert "too large" in table.cut


# --- refusals of the server -----------------------------------------------------------------------------------------


def test_a_question_that_is_too_slow_is_stopped(driver: Driver) -> None:
    began = time.monotonic()
    with pytest.raises(CypherRefused, match=r"stopped after 1 s"):
        asked(driver, "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)", Limits(seconds=1))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "text",
    ["CREATE (n:Theme)", "MATCH (n) SET n.x = 1", "MATCH (n) DETACH DELETE n", "CREATE INDEX FOR (n:A) ON (n.b)"],
)
def test_a_write_that_would_pass_the_first_lock_is_stopped_by_the_second(driver: Driver, text: str) -> None:
    with pytest.raises(CypherRefused, match=r"more than read|only reads"):
        answer(driver, None, Question(text, ()), {}, Limits())
    assert count(driver) == 3


def test_what_is_not_cypher_is_told_in_one_line(driver: Driver) -> None:
    for text in (
        "MATCH (n RETURN n",
        "RETURN nothing.here",
        "RETURN 1/0",
        "CALL db.labels(1) YIELD label RETURN label",
    ):
        with pytest.raises(CypherRefused) as told:
            asked(driver, text)
        assert len(str(told.value).splitlines()) == 1
        assert len(str(told.value)) < 400


def test_a_lost_server_is_told_in_one_line() -> None:
    from neo4j import GraphDatabase

    with GraphDatabase.driver("bolt://127.0.0.1:9", connection_timeout=1) as nowhere, pytest.raises(StoreError) as told:
        asked(nowhere, "RETURN 1")
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize(
    "value", ["'; MATCH (n) DETACH DELETE n //", "`", "\\u0027", "$x", "{}", "\x00", "é" * 1_000_000]
)
def test_parameters_are_values_and_nothing_else(driver: Driver, value: str) -> None:
    ((same, found),) = asked(driver, "OPTIONAL MATCH (n {label: $v}) RETURN $v = $w, n", v=value, w=value).rows
    assert (same, found) == (True, None)
    assert count(driver) == 3


# --- the door -------------------------------------------------------------------------------------------------------


def test_an_embedded_store_says_what_it_needs(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(CypherRefused, match="needs a Neo4j store"):
        ask(store, Actor(), "RETURN 1")
    store.close()


def test_only_a_facilitator_may_ask(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}")
    for role in (Role.PARTICIPANT, Role.RESEARCHER):
        with pytest.raises(PermissionDenied):
            ask(store, Actor("x", role), "RETURN 1")
    store.close()


def test_every_example_passes_the_guard_and_names_its_parameters() -> None:
    assert len(examples()) == 10
    assert len({example.key for example in examples()}) == 10
    for example in examples():
        assert set(checked(example.text).parameters) == set(example.parameters)
        assert set(example.title) == {"fr", "en"}


@pytest.fixture
def territory(neo4j_address: str) -> Iterator[Store]:
    """A store on the server, with two workshops in it."""
    wipe(neo4j_address)
    store = open_store(neo4j_address)
    for fragment in (spring(), autumn()):
        store.write(fragment, Actor())
    yield store
    store.close()


def test_the_examples_answer_from_the_graph_of_two_workshops(territory: Store) -> None:
    given = {
        "no-proposal": {"least": 1},
        "way-between": {"from": "mobilité", "to": "cantine"},
        "doubtful": {"below": 2},
    }
    for example in examples():
        table = ask(territory, Actor(), example.text, {**example.parameters, **given.get(example.key, {})})
        assert table.rows, example.key
        assert set(table.met) <= set(territory.things(table.met)) | passages(territory), example.key


def passages(store: Store) -> set[str]:
    return {p.id for info in store.sources() for p in store.passages(info.id)}


def test_what_an_example_says_is_what_the_store_says(territory: Store) -> None:
    most = next(example for example in examples() if example.key == "most-said")
    rows = ask(territory, Actor(), most.text, most.parameters).rows
    themes = territory.rows(["theme"])
    assert sorted((row[0]["id"], row[1], row[2]) for row in rows) == sorted(
        (t.id, t.evidence_count, t.source_count) for t in themes
    )


def test_the_command_answers_with_columns_and_rows(
    territory: Store, neo4j_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["cypher", "most-said", "--store", neo4j_address, "--json", "--param", "most=1"]
    build("cypher")(command, standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert told["columns"] == ["theme", "sentences", "documents"]
    assert len(told["rows"]) == 1
    assert told["cut"] == ""


def test_the_command_refuses_in_one_line(
    territory: Store, neo4j_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("LOAD CSV FROM 'x' AS row RETURN row", "MATCH (n) RETURN n.id, $missing", "MATCH (n RETURN n"):
        with pytest.raises(SystemExit):
            build("cypher")(["cypher", text, "--store", neo4j_address], standalone_mode=False)
        told = capsys.readouterr()
        assert told.out == ""
        assert len(told.err.splitlines()) == 1


def test_a_missing_parameter_is_named(territory: Store) -> None:
    with pytest.raises(CypherRefused, match=r"no value for the parameters b, c"):
        ask(territory, Actor(), "RETURN $a, $b, $c", {"a": 1})


def test_every_example_only_reads_for_the_server(driver: Driver) -> None:
    for example in examples():
        assert isinstance(asked(driver, example.text, **example.parameters).rows, tuple), example.key


def test_cells_and_parameters_are_read_by_people() -> None:
    assert shown({"a": 1, "b": [True, None]}) == "a: 1, b: True, "
    assert [value_of(x) for x in ("007", "1e3", "-2", "inf", "")] == [7, 1000.0, -2, "inf", ""]
