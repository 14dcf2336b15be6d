"""Constraints and indexes of a Neo4j store, as numbered migrations recorded on its version node.

The server runs each statement on its own, so every statement can be run again: a migration cut short is taken up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from neo4j import Session
from neo4j.exceptions import Neo4jError

from graph.errors import StoreError
from graph.store.neo4j_names import types

APPLICATION = "maillage"
INDEX_SECONDS = 300
_TRIES = 5  # where another process makes the same schema at the same moment

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
    yield (
        "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:Thing|Passage) ON EACH [n.stems, n.forms]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    )


MIGRATIONS = (("first schema", _first),)
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
        _apply(session, number)


def _version(session: Session, place: str) -> int | None:
    """The version of the store, or None in an empty database."""
    row = session.run("MATCH (m:Maillage {id: 'store'}) RETURN m.application AS whose, m.version AS version").single()
    if row is not None and row["whose"] == APPLICATION and isinstance(row["version"], int):
        return int(row["version"])
    if row is not None or session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]:
        raise StoreError(f"the database at {place} belongs to another application; it was left untouched")
    return None


def _apply(session: Session, number: int) -> None:
    name, statements = MIGRATIONS[number - 1]
    for statement in statements():
        _run(session, statement)
    session.run(f"CALL db.awaitIndexes({INDEX_SECONDS})").consume()
    session.run(
        """
        MERGE (m:Maillage {id: 'store'}) ON CREATE SET m.application = $application, m.acts = 0, m.decisions = 0
        SET m.version = $number
        MERGE (g:Migration {number: $number}) ON CREATE SET g.name = $name, g.at = toString(datetime())""",
        application=APPLICATION,
        number=number,
        name=name,
    ).consume()


def _run(session: Session, statement: str) -> None:
    for left in reversed(range(_TRIES)):
        try:
            session.run(statement).consume()
        except Neo4jError as error:
            transient = (error.code or "").startswith("Neo.TransientError") or "AlreadyExists" in (error.code or "")
            if not left or not transient:
                raise
            time.sleep(0.2)
        else:
            return
