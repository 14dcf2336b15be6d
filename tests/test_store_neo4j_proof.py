"""A Neo4j store proved, copied, and asked in Cypher by a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver
from neo4j_server import wipe

from graph import actions
from graph.errors import StoreError
from graph.model import Actor
from graph.store import open_store
from graph.store.base import Store
from graph.store.neo4j.tx import Tx
from tests.dumps import answers
from tests.fragments import autumn, mobility, spring

TAMPERED = {
    "a quote": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 SET m.quote = 'autre'",
    "a confidence": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 SET m.confidence = 0.2",
    "a mention": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 DELETE m",
    "a claim": "MATCH ()-[c:CLAIMS]->() WITH c LIMIT 1 DELETE c",
    "a relation": "MATCH ()-[r:ABOUT]->() WITH r LIMIT 1 DELETE r",
    "an end": "MATCH (a)-[r:ABOUT]->() WITH a, r LIMIT 1 CREATE (a)-[n:ABOUT]->(:Node {id: 'x'}) SET n = properties(r)",
    "a text": "MATCH (c:Content) WITH c LIMIT 1 SET c.text = c.text + '.'",
    "the bytes": "MATCH (c:Content) WITH c LIMIT 1 SET c.text = 'x' + c.text",
    "a title": "MATCH (s:Source) WITH s LIMIT 1 SET s.title = 'autre'",
    "a passage": "MATCH (p:Passage) WITH p LIMIT 1 SET p.end = 10000",
    "a parent": "MATCH (p:Passage) WITH p LIMIT 1 SET p.parent = 'nulle part'",
    "the words of a passage": "MATCH (p:Passage) WITH p LIMIT 1 SET p.stems = 'autre'",
    "the words of a thing": "MATCH (t:Thing) WITH t LIMIT 1 SET t.forms = 'autre'",
    "a label": "MATCH (t:Thing) WITH t LIMIT 1 SET t.label = 'autre'",
    "a kind": "MATCH (t:Theme) WITH t LIMIT 1 SET t.kind = 'group'",
    "a label of a kind": "MATCH (t:Theme) WITH t LIMIT 1 REMOVE t:Theme",
    "what makes it found": "MATCH (t:Theme) WITH t LIMIT 1 REMOVE t:Thing",
    "a count": "MATCH (t:Thing) WITH t LIMIT 1 SET t.evidence = 77",
    "an order": "MATCH (t:Thing) WITH t LIMIT 1 SET t.place = 'theme|0'",
    "a merge": "MATCH (n:Member) SET n.canonical = n.id",
    "what is odd": "MATCH (n:Odd) REMOVE n:Odd",
    "what is not odd": "MATCH (t:Theme) WHERE NOT t:Odd WITH t LIMIT 1 SET t:Odd",
    "what a source speaks of": "MATCH (s:Source) WITH s LIMIT 1 SET s.claimed = '{}'",
    "what is unread": "MATCH (s:Source) WITH s LIMIT 1 SET s.unread = [7, 7]",
    "a member": "MATCH (n:Member) SET n.label = 'autre'",
    "a decision": "MATCH (:Decision)-[b:BEARS_ON]->() DELETE b",
    "a link": "MATCH ()-[l:LINKED]->() WITH l LIMIT 1 SET l.passages = l.passages + 1",
    "a lost link": "MATCH ()-[l:LINKED]->() WITH l LIMIT 1 DELETE l",
    "a link of nothing": "MATCH (t:Theme) WITH t LIMIT 1 CREATE (t)-[:LINKED {passages: 1, tally: '', pair: 1}]->(:X)",
    "how a link is found": "MATCH ()-[l:LINKED]->() WITH l LIMIT 1 SET l.pair = 7",
    "an orphan": "CREATE (:Node:Thing:Theme {id: 'theme:x', kind: 'theme', merge_key: '', canonical: 'theme:x', "
    "own_attributes: '{}', rejected: false})",
}


@pytest.fixture(scope="module")
def proven(neo4j_address: str) -> Iterator[Store]:
    """A store in which all is right; what the tests change of it is never committed."""
    wipe(neo4j_address)
    store = open_store(neo4j_address)
    store.write(spring(), Actor())
    store.write(autumn(), Actor())
    actions.rename(store, Actor(), mobility(store), "Se déplacer")
    assert store.verify().problems == ()
    yield store
    store.close()


@pytest.mark.parametrize("what", TAMPERED)
def test_a_proof_finds_what_was_changed_behind_the_store(
    proven: Store, driver: Driver, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with driver.session() as session, session.begin_transaction() as tx:
        assert tx.run(TAMPERED[what]).consume().counters.contains_updates
        monkeypatch.setattr(proven, "_read", lambda work: work(Tx(tx)))  # type: ignore[arg-type]
        report = proven.verify()
        tx.rollback()
    assert report.problems
    assert all("\n" not in problem for problem in report.problems)


def test_a_proof_says_when_the_index_of_words_is_gone(empty_address: str, driver: Driver) -> None:
    store = open_store(empty_address)
    driver.execute_query("DROP INDEX words")
    assert store.verify().problems == ("index words: is not there",)
    store.close()


def test_a_backup_is_a_file_that_opens_as_a_store(address: str, tmp_path: Path, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    actions.undo(store, facilitator, actions.rename(store, facilitator, mobility(store), "Se déplacer").id)
    path = tmp_path / "deep" / "copy.db"
    store.backup(path)
    assert [p.name for p in path.parent.iterdir()] == ["copy.db"]
    copy = open_store(f"sqlite:///{path}", create=False)
    assert answers(copy) == answers(store)
    assert copy.decisions() == store.decisions()
    assert [s.imported_by for s in copy.sources()] == [s.imported_by for s in store.sources()]
    assert copy.verify().problems == ()
    with pytest.raises(StoreError, match="never overwrites"):
        store.backup(path)
    copy.close()
    store.close()


# --- what a person asking in Cypher finds -----------------------------------------------------------------------------


def test_kinds_are_labels_and_relations_are_types(address: str, driver: Driver, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    who = driver.execute_query(
        "MATCH (p:Proposal)-[:ABOUT]->(t:Theme) MATCH (p)-[:MADE_BY]->(o:Organisation)"
        " RETURN DISTINCT t.label AS theme, o.label AS organisation ORDER BY theme"
    ).records
    assert [tuple(r) for r in who] == [("mobilité", "mairie"), ("pédibus", "mairie")]
    said = driver.execute_query(
        "MATCH (s:Source)<-[:IN]-(p:Passage)-[m:MENTIONS]->(:Person {label: 'Élise Morvan'})"
        " RETURN s.name AS name, m.quote AS quote ORDER BY name"
    ).records
    assert [tuple(r) for r in said] == [("mars.txt", "Élise Morvan"), ("octobre.txt", "Élise Morvan")]
    store.close()


def test_what_is_rejected_bears_no_kind(address: str, driver: Driver, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    taken = actions.reject(store, facilitator, mobility(store))
    count = "MATCH (t:Theme) RETURN count(t) AS n"
    assert driver.execute_query(count).records[0]["n"] == 2
    actions.undo(store, facilitator, taken.id)
    assert driver.execute_query(count).records[0]["n"] == 3
    store.close()
