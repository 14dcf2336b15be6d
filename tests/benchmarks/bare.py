"""The same rows and questions without the product, by plain sqlite3 and plain driver: what a store is compared with."""

from __future__ import annotations

import json
import pickle
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from neo4j import Driver, Session

from graph.store.sqlite.base import CACHE_KIB

BATCH = 2_000
LINKS_AT_ONCE = 20_000  # in one transaction
OF_A_SOURCE = ("source", "passage", "claim", "mention", "relation", "relation_span", "entry")
DERIVED = ("node", "thing", "entry", "linked", "link")

# The strongest neighbours of a thing that was never merged, best first: the whole question in one statement.
SQL_HOP = """
WITH tie(b, passage) AS (
  SELECT to_id, passage FROM relation_span WHERE from_id = ?1
  UNION ALL
  SELECT r.from_id, s.passage FROM relation r JOIN relation_span s USING (from_id, type, to_id, source)
  WHERE r.to_id = ?1
  UNION ALL
  SELECT x.node, m.passage FROM mention m JOIN mention x ON x.passage = m.passage WHERE m.node = ?1 AND x.node <> ?1
)
SELECT n.canonical AS b, count(DISTINCT passage) AS passages FROM tie JOIN node n ON n.id = tie.b
GROUP BY n.canonical ORDER BY passages DESC, b LIMIT ?2"""
# All links among some things: what a picture of them draws, counted anew.
SQL_DRAWN = """
WITH asked(id, thing) AS MATERIALIZED (
  SELECT n.id, n.canonical FROM json_each(?1) j CROSS JOIN node n ON n.canonical = j.value
),
said AS MATERIALIZED (SELECT DISTINCT thing, m.passage FROM asked CROSS JOIN mention m ON m.node = asked.id),
tie(a, b, passage) AS (
  SELECT x.thing, y.thing, x.passage FROM said x JOIN said y ON y.passage = x.passage AND x.thing < y.thing
  UNION
  SELECT min(f.thing, t.thing), max(f.thing, t.thing), s.passage
  FROM asked f CROSS JOIN relation_span s ON s.from_id = f.id CROSS JOIN asked t ON t.id = s.to_id
)
SELECT a, b, count(*) FROM tie WHERE a <> b GROUP BY a, b ORDER BY a, b"""
CYPHER_DRAWN = """
MATCH (a:Node) WHERE a.canonical IN $ids
CALL (a) {
  MATCH (a)<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b:Node) WHERE b.canonical IN $ids RETURN b, p.id AS passage
  UNION
  MATCH (a)-[r:ABOUT|MADE_BY|CONCERNS]-(b:Node) WHERE b.canonical IN $ids UNWIND r.passages AS passage
  RETURN b, passage
}
WITH a.canonical AS a, b.canonical AS b, passage WHERE a < b
RETURN a, b, count(DISTINCT passage) AS passages ORDER BY a, b"""
CYPHER_HOP = """
UNWIND $ids AS id MATCH (a:Node {id: id})
CALL (a) {
  MATCH (a)-[r:ABOUT|MADE_BY|CONCERNS]-(n:Node) UNWIND r.passages AS passage RETURN n, passage
  UNION ALL
  MATCH (a)<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(n:Node) WHERE n <> a RETURN n, p.id AS passage
}
WITH id, n.canonical AS b, count(DISTINCT passage) AS passages ORDER BY passages DESC, b
WITH id, collect({b: b, passages: passages})[..$limit] AS found
UNWIND found AS row RETURN row.b AS b, row.passages AS passages"""


class Clock:
    """Adds up milliseconds: of the clock on the wall, of the processor in this process."""

    def __init__(self) -> None:
        self.spent = [0.0, 0.0]

    def __enter__(self) -> None:
        self._began = (time.perf_counter(), time.process_time())

    def __exit__(self, *_: object) -> None:
        for n, now in enumerate((time.perf_counter(), time.process_time())):
            self.spent[n] += (now - self._began[n]) * 1000


# --- SQLite -----------------------------------------------------------------------------------------------------------


def connect(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", f"cache_size = -{CACHE_KIB}"):
        con.execute(f"PRAGMA {pragma}")
    return con


def write_sqlite(full: Path, empty: Path) -> list[float]:
    """Insert every row of a store into an empty one, a transaction per source; milliseconds of the inserts alone."""
    clock = Clock()
    one, other = connect(full), connect(empty)
    try:
        for (source,) in one.execute("SELECT id FROM source ORDER BY name").fetchall():
            rows = {table: _of(one, table, source) for table in OF_A_SOURCE}
            with clock:
                _insert(other, rows)
        rows = {table: _derived(one, table) for table in DERIVED}
        with clock:
            _insert(other, rows)
    finally:
        one.close()
        other.close()
    return clock.spent


def _of(con: sqlite3.Connection, table: str, source: str) -> list[tuple[Any, ...]]:
    column = "id" if table == "source" else "source"
    return con.execute(f"SELECT * FROM {table} WHERE {column} = ?", (source,)).fetchall()


def _derived(con: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return con.execute(f"SELECT * FROM {table}" + (" WHERE source IS NULL" if table == "entry" else "")).fetchall()


def _insert(con: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    con.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        if found:
            con.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    words = [(row[0], row[7], row[8], row[2]) for row in rows.get("entry", ())]
    con.executemany("INSERT INTO fts(rowid, stems, forms, kind) VALUES (?, ?, ?, ?)", words)
    con.execute("COMMIT")


class SQLiteQuestions:
    """The plain questions over one connection."""

    def __init__(self, path: Path) -> None:
        self._con = connect(path)

    def hop(self, thing: str, limit: int) -> list[str]:
        return [row[0] for row in self._con.execute(SQL_HOP, (thing, limit))]

    def two_hops(self, thing: str, limit: int) -> list[str]:
        ring = self.hop(thing, limit)
        found: dict[str, int] = defaultdict(int)
        for near in ring if len(ring) < limit else ():
            for b, passages in self._con.execute(SQL_HOP, (near, 500)):
                found[b] += passages
        further = sorted((b for b in found if b not in {thing, *ring}), key=lambda b: (-found[b], b))
        ids = [thing, *ring, *further][:limit]
        self._con.execute(f"SELECT * FROM thing WHERE id IN ({', '.join('?' * len(ids))})", ids).fetchall()
        return ids

    def drawn(self, ids: Sequence[str]) -> list[tuple[str, str, int]]:
        """All links among these things: their ends, in order, and by how many passages."""
        return [tuple(row) for row in self._con.execute(SQL_DRAWN, (json.dumps(list(ids)),))]

    def close(self) -> None:
        self._con.close()


# --- Neo4j ------------------------------------------------------------------------------------------------------------


def save_neo4j(driver: Driver, file: BinaryIO) -> None:
    """Every row of a store, a source at a time, into a file: what `write_neo4j` writes again."""
    with driver.session() as session:
        sources = session.run("MATCH (s:Source) RETURN s.id AS id ORDER BY s.name").value()
        known: set[str] = set()
        for id_ in sources:
            rows = _rows_of(session, id_)
            rows["nodes"] = [n for n in rows["nodes"] if n["id"] not in known]
            known |= {n["id"] for n in rows["nodes"]}
            pickle.dump(rows, file)
        links = session.run("MATCH (a)-[l:LINKED]->(b) RETURN a.id AS one, b.id AS other, properties(l) AS said")
        while page := [row.data() for row in links.fetch(LINKS_AT_ONCE)]:
            pickle.dump({"links": page}, file)


def _rows_of(session: Session, id_: str) -> dict[str, Any]:
    def found(cypher: str) -> list[dict[str, Any]]:
        return session.run(cypher, id=id_).data()

    return {
        "source": found("MATCH (s:Source {id: $id})-[:HAS_CONTENT]->(c) RETURN properties(s) AS s, properties(c) AS c"),
        "passages": [row["p"] for row in found("MATCH (p:Passage {source: $id}) RETURN properties(p) AS p")],
        "nodes": found(
            "MATCH (:Source {id: $id})-[:CLAIMS]->(n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS own"
        ),
        "claims": found("MATCH (:Source {id: $id})-[c:CLAIMS]->(n) RETURN n.id AS node, properties(c) AS said"),
        "mentions": found(
            "MATCH (p:Passage {source: $id})-[m:MENTIONS]->(n) RETURN p.id AS one, n.id AS other, properties(m) AS said"
        ),
        "relations": found(
            "MATCH (:Source {id: $id})-[:CLAIMS]->(a)-[r {source: $id}]->(b:Node) "
            "RETURN type(r) AS type, a.id AS one, b.id AS other, properties(r) AS said"
        ),
    }


def write_neo4j(driver: Driver, file: BinaryIO) -> list[float]:
    """Write what was saved into a database that has the schema only; milliseconds, a transaction per source."""
    clock = Clock()
    with driver.session() as session:
        for rows in _saved(file):
            with clock:
                session.execute_write(_write, rows)
    return clock.spent


def _saved(file: BinaryIO) -> Iterator[dict[str, Any]]:
    while True:
        try:
            yield pickle.load(file)
        except EOFError:
            return


def _write(tx: Any, rows: dict[str, Any]) -> None:
    source = rows["source"][0]["s"]["id"] if "source" in rows else ""

    def many(cypher: str, found: Sequence[Any]) -> None:
        for at in range(0, len(found), BATCH):
            tx.run(cypher, rows=found[at : at + BATCH], source=source).consume()

    if "links" in rows:
        many(
            "UNWIND $rows AS row MATCH (a:Node {id: row.one}) MATCH (b:Node {id: row.other}) "
            "CREATE (a)-[l:LINKED]->(b) SET l = row.said",
            rows["links"],
        )
        return
    many(
        "UNWIND $rows AS r CREATE (s:Source) SET s = r.s CREATE (s)-[:HAS_CONTENT]->(c:Content) SET c = r.c",
        rows["source"],
    )
    many(
        "MATCH (s:Source {id: $source}) UNWIND $rows AS row CREATE (p:Passage) SET p = row CREATE (p)-[:IN]->(s)",
        rows["passages"],
    )
    for labels, found in _by(rows["nodes"], "labels").items():
        many(f"UNWIND $rows AS row MERGE (n:Node {{id: row.id}}) SET n += row.own, n:{':'.join(labels)}", found)
    many(
        "MATCH (s:Source {id: $source}) UNWIND $rows AS row MATCH (n:Node {id: row.node}) "
        "CREATE (s)-[c:CLAIMS]->(n) SET c = row.said",
        rows["claims"],
    )
    many(
        "UNWIND $rows AS row MATCH (p:Passage {id: row.one}) MATCH (n:Node {id: row.other}) "
        "CREATE (p)-[m:MENTIONS]->(n) SET m = row.said",
        rows["mentions"],
    )
    for (type_,), found in _by(rows["relations"], "type").items():
        many(
            "UNWIND $rows AS row MATCH (a:Node {id: row.one}) MATCH (b:Node {id: row.other}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.said",
            found,
        )


def _by(rows: Sequence[dict[str, Any]], column: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    out: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        value = row[column]
        out[tuple(sorted(value)) if isinstance(value, list) else (value,)].append(row)
    return out


class Neo4jQuestions:
    """The plain questions, each in a reading transaction of its own as the driver's manual has it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    def hop(self, thing: str, limit: int) -> list[str]:
        with self.driver.session() as session:
            return session.execute_read(lambda tx: tx.run(CYPHER_HOP, ids=[thing], limit=limit).value("b"))

    def two_hops(self, thing: str, limit: int) -> list[str]:
        with self.driver.session() as session:
            return session.execute_read(_two_hops, thing, limit)

    def drawn(self, ids: Sequence[str]) -> list[tuple[str, str, int]]:
        """All links among these things: their ends, in order, and by how many passages."""
        with self.driver.session() as session:
            found = session.execute_read(lambda tx: tx.run(CYPHER_DRAWN, ids=list(ids)).values())
        return [(a, b, passages) for a, b, passages in found]

    def close(self) -> None:
        self.driver.close()


def _two_hops(tx: Any, thing: str, limit: int) -> list[str]:
    ring = tx.run(CYPHER_HOP, ids=[thing], limit=limit).value("b")
    found: dict[str, int] = defaultdict(int)
    if len(ring) < limit:
        for b, passages in tx.run(CYPHER_HOP, ids=ring, limit=500).values():
            found[b] += passages
    further = sorted((b for b in found if b not in {thing, *ring}), key=lambda b: (-found[b], b))
    ids = [thing, *ring, *further][:limit]
    tx.run("UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN properties(n)", ids=ids).consume()
    return ids
