"""A database that an earlier version of the schema left is brought up to date when it is opened, with all it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from neo4j import Driver
from neo4j_server import connected, wipe

from graph import actions
from graph.model import Actor
from graph.store import open_store
from graph.store.neo4j.schema import MIGRATIONS, VERSION
from tests.dumps import answers
from tests.fragments import autumn, build, spring

ACTOR = Actor("facilitatrice")
# What takes a database of the present schema back to version 7, to version 2, then to version 1.
TO_SEVENTH = (
    "DROP INDEX thing_confirmed IF EXISTS",
    "DROP INDEX linked_passages IF EXISTS",
    "MATCH (n:Odd) REMOVE n:Odd",
    "MATCH (s:Source) REMOVE s.claimed, s.unread",
)
TO_SECOND = (*TO_SEVENTH, "DROP CONSTRAINT forgotten_id IF EXISTS", "MATCH (f:Forgotten) DETACH DELETE f")
TO_FIRST = (
    *TO_SECOND,
    "DROP CONSTRAINT name_id IF EXISTS",
    "DROP INDEX decision_target IF EXISTS",
    "MATCH (k:Name) DETACH DELETE k",
    "MATCH (n:Node) REMOVE n.own_kind, n.confirmed",
)


@pytest.fixture
def driver(neo4j_address: str) -> Iterator[Driver]:
    found, _ = connected(neo4j_address)
    with found:
        yield found


@pytest.mark.parametrize(("version", "back"), [(1, TO_FIRST), (2, TO_SECOND), (7, TO_SEVENTH)])
def test_a_store_of_an_earlier_version_is_brought_up_to_date(
    neo4j_address: str, own_schema: None, driver: Driver, version: int, back: tuple[str, ...]
) -> None:
    wipe(neo4j_address)
    store = open_store(neo4j_address)
    for fragment in (spring(), autumn()):
        store.write(fragment, ACTOR)
    themes = {t.label: t.id for t in store.rows(["theme"])}
    actions.rename(store, ACTOR, themes["cantine"], "Restauration")
    rejected = actions.reject(store, ACTOR, themes["logement"])
    before, log = answers(store), store.decisions()
    store.close()
    for statement in back:
        driver.execute_query(statement)
    driver.execute_query("MATCH (m:Maillage) SET m.version = $v", v=version)
    driver.execute_query("MATCH (g:Migration) WHERE g.number > $v DELETE g", v=version)

    store = open_store(neo4j_address, create=False)
    try:
        assert answers(store) == before
        assert store.decisions() == log
        assert store.verify().ok
        found = driver.execute_query("MATCH (g:Migration) RETURN g.number AS n, g.name AS name ORDER BY n").records
        assert [(r["n"], r["name"]) for r in found] == [(n, m[0]) for n, m in enumerate(MIGRATIONS, 1)]
        assert found[-1]["n"] == VERSION
        # What the migration derived is used: a removal finds the corrections, a return applies them again.
        store.remove("octobre.txt", ACTOR)
        assert [d.state for d in store.decisions()] == ["waiting", "active"]
        store.write(autumn(), ACTOR)
        actions.undo(store, ACTOR, rejected.id)
        store.write(build("juin.txt", "Encore la [theme:cantine]."), ACTOR)
        assert store.verify().ok
    finally:
        store.close()
