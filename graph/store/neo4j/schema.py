"""Constraints and indexes of a Neo4j store, as numbered migrations recorded on its version node.

The server runs each statement on its own, so every statement can be run again: a migration cut short is taken up.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from functools import partial

from neo4j import ManagedTransaction, Record, Session
from neo4j.exceptions import Neo4jError

from graph.decided.overlay import keys
from graph.errors import StoreError
from graph.model import Decision
from graph.questions.ranking import name_words, standing
from graph.store.neo4j.names import types
from graph.store.neo4j.odd import MARK, fill_claimed
from graph.store.neo4j.ties import fill_links
from graph.store.neo4j.tx import OUT_OF_MEMORY, Tx
from graph.store.neo4j.unread import fill_unread
from graph.store.neo4j.words import indexed_forms, ranks

APPLICATION = "maillage"
INDEX_SECONDS = 300
PAGE = 2_000  # nodes read and written at once by a migration
_LOOK_AGAIN = 0.05  # seconds
_NOT_READY = """
    SHOW INDEXES YIELD state WHERE state <> 'ONLINE'
    RETURN count(*) AS n, sum(CASE state WHEN 'FAILED' THEN 1 ELSE 0 END) AS failed"""
_AGAIN_SECONDS = 60  # where another process makes the same schema at the same moment
_APART = 0.5  # seconds at most between two tries, drawn: two processes that wait alike meet again

_UNIQUE = (
    *(("Maillage", "id"), ("Source", "id"), ("Source", "sha256"), ("Content", "id"), ("Passage", "id"), ("Node", "id")),
    *(("Decision", "id"), ("Job", "id")),
)
# Never on text of any length: a range index takes keys of up to some 8 kB.
_RANGE = (
    *(("Passage", "source"), ("Node", "canonical"), ("Node", "merge_group"), ("Thing", "place")),
    *(("Act", "token"), ("Job", "created"), ("Decision", "number")),
)


def _first() -> Iterator[str]:
    for label, key in _UNIQUE:
        yield (f"CREATE CONSTRAINT {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")
    for label, key in _RANGE:
        yield f"CREATE INDEX {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"
    for type_ in types().values():
        yield f"CREATE INDEX {type_.lower()}_source IF NOT EXISTS FOR ()-[r:{type_}]-() ON (r.source)"


def _second() -> Iterator[str]:
    """What was confirmed; the kind that was read beside the one that is shown; what each correction names."""
    yield "CREATE CONSTRAINT name_id IF NOT EXISTS FOR (n:Name) REQUIRE n.id IS UNIQUE"
    yield "CREATE INDEX decision_target IF NOT EXISTS FOR (n:Decision) ON (n.target)"
    yield """
        MATCH (n:Node) WHERE n.own_kind IS NULL
        CALL (n) { SET n.own_kind = n.kind, n.confirmed = false } IN TRANSACTIONS OF 10000 ROWS"""


_ON_DECISIONS = """
    MATCH (d:Decision) WHERE d.kind <> 'undo' AND NOT EXISTS { (d)-[:NAMES]->() }
    RETURN d.id AS id, d.kind AS kind, d.target AS target, d.anchor AS anchor"""
_NAME = "UNWIND $rows AS row MATCH (d:Decision {id: row.id}) MERGE (k:Name {id: row.key}) MERGE (d)-[:NAMES]->(k)"


def _name_earlier(session: Session) -> None:
    """Let the corrections of the first schema, which are about one thing each, be found by what they name."""
    rows = []
    for found in list(session.run(_ON_DECISIONS)):
        anchor = json.loads(found["anchor"])
        decision = Decision(found["id"], found["kind"], found["target"], {}, anchor, "", "")
        rows += [{"id": decision.id, "key": key} for key in sorted(keys(decision))]
    session.run(_NAME, rows=rows).consume()


def _nothing(session: Session) -> None:
    """A migration of the schema alone."""


def _third() -> Iterator[str]:
    """Keyed digests of names that are masked in whatever is imported."""
    yield "CREATE CONSTRAINT forgotten_id IF NOT EXISTS FOR (n:Forgotten) REQUIRE n.id IS UNIQUE"


_SEARCHABLE = """
    MATCH (e:{label}) WHERE e.stems IS NOT NULL AND e.id > $after
    RETURN e.id AS id, CASE WHEN e:Passage THEN 'passage' ELSE e.kind END AS kind,
      e.label AS label, coalesce(e.aliases, []) AS aliases, e.evidence AS evidence
    ORDER BY id LIMIT $page"""
_STANDS = "UNWIND $rows AS row MATCH (e:{label} {{id: row.id}}) SET e += row.own"


def _stand(session: Session) -> None:
    """Give all that can be searched its standing among matches, and mark the first word of its label."""
    for label in ("Node", "Passage"):
        found = [""]
        while found:
            asked = session.run(_SEARCHABLE.format(label=label), after=found[-1], page=PAGE)
            rows = [_standing(row) for row in asked]
            session.run(_STANDS.format(label=label), rows=rows).consume()
            found = [str(row["id"]) for row in rows]


def _standing(row: Record) -> dict[str, object]:
    names = [row["label"], *row["aliases"]]
    place = standing(names, row["evidence"], row["id"])
    forms = indexed_forms(name_words(" ".join(names)).forms)
    return {"id": row["id"], "own": {"forms": forms, "standing": place, "ranks": ranks(row["kind"], place)}}


def _fourth() -> Iterator[str]:
    """Nothing: the order of matches comes with its parts, in the sixth."""
    yield from ()


_UNLINK = "MATCH ()-[l:LINKED]->() CALL (l) { DELETE l } IN TRANSACTIONS OF 10000 ROWS"


def _fifth() -> Iterator[str]:
    """Links, stored; none of them yet, so that the migration can be run again."""
    yield "CREATE INDEX linked_pair IF NOT EXISTS FOR ()-[l:LINKED]-() ON (l.pair)"
    yield _UNLINK


def _link(session: Session) -> None:
    """Tally what each source ties, one transaction each."""
    _await_indexes(session)
    for source in session.run("MATCH (s:Source) RETURN s.id ORDER BY s.id").value():
        session.execute_write(_link_source, source)


def _count(session: Session) -> None:
    """Note down what every source speaks of, and what is unread of it, one transaction each."""
    for source in session.run("MATCH (s:Source) RETURN s.id ORDER BY s.id").value():
        session.execute_write(_count_source, source)


def _count_source(tx: ManagedTransaction, source: str) -> None:
    fill_claimed(Tx(tx), source)
    fill_unread(Tx(tx), source)


def _link_source(tx: ManagedTransaction, source: str) -> None:
    fill_links(Tx(tx), source)


def _sixth() -> Iterator[str]:
    """The index of words holds the parts of the order of matches, too."""
    yield "DROP INDEX words IF EXISTS"
    yield (
        "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Thing|Passage) ON EACH [n.stems, n.forms, n.ranks]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    )


def _seventh() -> Iterator[str]:
    """What was read or placed without certainty, found by how unsure it is."""
    yield "CREATE INDEX thing_confidence IF NOT EXISTS FOR (n:Thing) ON (n.confidence)"
    yield "CREATE INDEX passage_parent_confidence IF NOT EXISTS FOR (n:Passage) ON (n.parent_confidence)"


def _eighth() -> Iterator[str]:
    """Stamps of sources: nothing yet, but what an older process writes would not be told by any."""
    yield from ()


def _ninth() -> Iterator[str]:
    """What was confirmed, found at once; links by their passages; what is not what its id says."""
    yield "CREATE INDEX thing_confirmed IF NOT EXISTS FOR (n:Thing) ON (n.confirmed)"
    yield "CREATE INDEX linked_passages IF NOT EXISTS FOR ()-[l:LINKED]-() ON (l.passages)"
    yield MARK


MIGRATIONS = (
    ("first schema", _first, _nothing),
    ("what was confirmed, what corrections name", _second, _name_earlier),
    ("forgotten names", _third, _nothing),
    ("the order of matches", _fourth, _nothing),
    ("links", _fifth, _link),
    ("search that ends early", _sixth, _stand),
    ("what is unsure, found at once", _seventh, _nothing),
    ("stamps of sources", _eighth, _nothing),
    ("what sources speak of, counted", _ninth, _count),
)
VERSION = len(MIGRATIONS)


def migrate(session: Session, place: str, *, create: bool) -> None:
    """Bring the database up to VERSION.

    Raises StoreError for a database of a newer version or of another application, which is not touched, and for an
    empty one unless `create`.
    """
    found = _version(session, place)
    if found is None and not create:
        raise StoreError(f"no store at {place}: the database is empty")
    if found is not None and found > VERSION:
        raise StoreError(f"{place} was written by a newer version (schema {found}, known {VERSION}); left untouched")
    if found == VERSION:
        return
    for number in range((found or 0) + 1, VERSION + 1):
        if (_version(session, place) or 0) < number:  # another process that makes the store may be ahead
            _apply(session, number)


def check_version(store: Record | None, place: str) -> None:
    """Raise StoreError where the store is gone, or another process changed its schema since this one opened it."""
    if store is None:
        raise StoreError(f"{place}: the store is no longer there")
    if (found := store["version"]) != VERSION:
        raise StoreError(f"{place} was changed by another version (schema {found}, known {VERSION}): open it again")


def _version(session: Session, place: str) -> int | None:
    """The version of the store, or None in an empty database."""
    row = session.run("MATCH (m:Maillage {id: 'store'}) RETURN m.application AS whose, m.version AS version").single()
    if row is not None and row["whose"] == APPLICATION and isinstance(row["version"], int):
        return int(row["version"])
    if row is not None or session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]:
        raise StoreError(f"the database at {place} belongs to another application; it was left untouched")
    return None


_APPLIED = """
    MERGE (m:Maillage {id: 'store'}) ON CREATE SET m.application = $application, m.acts = 0, m.decisions = 0
    SET m.version = CASE WHEN m.version > $number THEN m.version ELSE $number END
    MERGE (g:Migration {number: $number}) ON CREATE SET g.name = $name, g.at = toString(datetime())"""


def _apply(session: Session, number: int) -> None:
    name, statements, data = MIGRATIONS[number - 1]
    for statement in statements():
        _again(partial(_done, session, statement))
    _again(lambda: data(session))
    _await_indexes(session)
    _again(lambda: _done(session, _APPLIED, application=APPLICATION, number=number, name=name))


def _await_indexes(session: Session) -> None:
    """Wait until every index is ready, asking again and again.

    `db.awaitIndexes` is one long transaction, for whose end the index of another process's constraint waits: two
    processes that make a store would then wait for each other until time is up.
    """
    deadline = time.monotonic() + INDEX_SECONDS
    while (found := session.run(_NOT_READY).single(strict=True))["n"]:
        if found["failed"] or time.monotonic() > deadline:
            raise StoreError(f"the indexes were not ready within {INDEX_SECONDS} s")
        time.sleep(_LOOK_AGAIN)


def _done(session: Session, statement: str, **parameters: object) -> None:
    session.run(statement, parameters).consume()


def _again(step: Callable[[], object]) -> None:
    """Do a step that may be done twice, again where another process that makes or writes the store stood in its way."""
    deadline = time.monotonic() + _AGAIN_SECONDS
    while True:
        try:
            step()
        except Neo4jError as error:
            transient = (error.code or "").startswith("Neo.TransientError") or "AlreadyExists" in (error.code or "")
            if not transient or error.code == OUT_OF_MEMORY or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0, _APART))  # noqa: S311 - spreads the tries, keeps no secret
        else:
            return
