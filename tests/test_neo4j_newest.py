"""The newest Neo4j beside the long-term one: schema, writing, answers, removal and Cypher are the same there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from neo4j_server import NEWEST, connected, empty

from graph import actions
from graph.copy import copy
from graph.errors import CypherRefused, NotFound
from graph.model import Actor
from graph.questions.cypher import Limits, ask, examples
from graph.questions.cypher_guard import Question
from graph.questions.paths import explained_paths
from graph.store import open_store
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, spring


@pytest.fixture(scope="module")
def pair(newest_neo4j_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The same two workshops and corrections on the newest server and in a file."""
    empty(newest_neo4j_address)
    folder: Path = tmp_path_factory.mktemp("newest")
    stores = open_store(newest_neo4j_address), open_store(f"sqlite:///{folder / 'file.db'}")
    for store in stores:
        for fragment in (spring(), autumn()):
            assert store.write(fragment, Actor()).outcome == "new"
    actions.rename(stores[0], Actor(), stores[0].rows(["theme"])[0].id, "Se déplacer")
    actions.reject(stores[0], Actor(), stores[0].rows(["theme"])[-1].id)
    stores[1].adopt(stores[0].decisions())
    yield stores
    for store in stores:
        store.close()


def test_the_server_is_the_newest(newest_neo4j_address: str, pair: tuple[Store, Store]) -> None:
    driver, database = connected(newest_neo4j_address)
    with driver:
        asked = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version"
        assert driver.execute_query(asked, database_=database).records[0]["version"] == NEWEST


def test_it_answers_as_a_file_does(pair: tuple[Store, Store]) -> None:
    server, file = pair
    assert answers(server) == answers(file)
    assert server.decisions() == file.decisions()
    assert server.verify().problems == ()


@pytest.mark.parametrize("text", ["mobilité", "pedibus", "cant", "élise morvan", "saint aubrac", "d'eau (AND", "le"])
def test_it_finds_the_same_in_the_same_order(pair: tuple[Store, Store], text: str) -> None:
    server, file = pair
    assert server.search(text) == file.search(text)


def test_it_explains_the_same_paths(pair: tuple[Store, Store]) -> None:
    server, file = pair
    things = [thing.id for thing in file.rows(["theme", "person", "organisation"])]
    found = 0
    for a, b in pairwise(things):
        paths = explained_paths(server, a, b, 3)
        assert paths == explained_paths(file, a, b, 3)
        found += len(paths)
    assert found


def test_writing_and_removing_again_changes_nothing(pair: tuple[Store, Store]) -> None:
    server, file = pair
    before = answers(server)
    assert server.write(spring(), Actor()).outcome == "unchanged"
    assert server.remove("octobre.txt", Actor()) == file.remove("octobre.txt", Actor())
    assert answers(server) == answers(file)
    with pytest.raises(NotFound):
        server.source("octobre.txt")
    for store in pair:
        store.write(autumn(), Actor())
    assert answers(server) == before
    for store in pair:
        assert store.write(spring(rule="other@1"), Actor()).outcome == "replaced"
    assert answers(server) == answers(file) != before
    assert server.shared(["theme"], ["theme"]) == file.shared(["theme"], ["theme"])
    assert server.verify().problems == ()


def test_cypher_reads_and_nothing_else(pair: tuple[Store, Store]) -> None:
    server = pair[0]
    before = server.counts()
    assert all(ask(server, Actor(), example.text, example.parameters).columns for example in examples())
    for text in ("CREATE (n:Theme)", "MATCH (n) DETACH DELETE n", "CREATE INDEX FOR (n:A) ON (n.b)"):
        with pytest.raises(CypherRefused):
            server.cypher(Question(text, ()), {}, Limits())  # type: ignore[attr-defined]
        with pytest.raises(CypherRefused):
            ask(server, Actor(), text)
    with pytest.raises(CypherRefused, match="LOAD"):
        ask(server, Actor(), "MATCH (n) LOAD CSV FROM 'x' AS row RETURN row")
    assert server.counts() == before


def test_it_can_be_copied_to_a_file(pair: tuple[Store, Store], tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    copy(pair[0], other, Actor())
    assert answers(other) == answers(pair[0])
    other.close()
