"""Proof of a whole Neo4j store: the same as of the embedded one, read a source or a page at a time."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from graph.derived.proof import MOST_TOLD, bearing_problems, node_problems, thing_problems, told
from graph.model import VerifyReport
from graph.store.neo4j.base import Neo4jBase, acts
from graph.store.neo4j.brought import passage_entry
from graph.store.neo4j.names import relation_of, types
from graph.store.neo4j.odd import count_claims
from graph.store.neo4j.read import ReadVerbs
from graph.store.neo4j.rows import CypherRows
from graph.store.neo4j.stored import stored_source
from graph.store.neo4j.ties import lost_link_problems, stored_link_problems, thing_page
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.unread import noted

Check: TypeAlias = Callable[[Tx, Counter[str]], Iterator[str]]
_ENTRY = ("folded", "evidence", "stems", "forms", "standing", "ranks")
_TRIES = 3  # of a proof that a write came between


class VerifyVerbs(ReadVerbs, Neo4jBase):
    def verify(self) -> VerifyReport:
        """See Store.verify. A transaction of this server sees what others commit meanwhile: it is then done again."""
        for _ in range(_TRIES):
            before = self._read(acts)
            checked: Counter[str] = Counter()
            problems = self._problems(checked)
            if not problems or self._read(acts) == before:
                break
        else:
            problems.append("the store was written to during every proof: run it again")
        return VerifyReport(dict(sorted(checked.items())), told(problems))

    def _problems(self, checked: Counter[str]) -> list[str]:
        problems: list[str] = []
        for id_ in self._read(lambda tx: [r["id"] for r in tx.rows("MATCH (s:Source) RETURN s.id AS id ORDER BY id")]):
            problems += self._checked(partial(_source, id_), checked, f"source {id_}")
        checks: tuple[Check, ...] = (_schema, _ends, _passages, _nodes, _members, _bearing, _things, _lost_links)
        for check in checks:
            problems += self._checked(check, checked, check.__name__.strip("_"))
        return problems + self._link_problems(checked)

    def _link_problems(self, checked: Counter[str]) -> list[str]:
        problems: list[str] = []
        page = self._read(lambda tx: thing_page(tx, ""))
        while page:
            problems += self._checked(partial(_links, page), checked, "links")
            page = self._read(partial(thing_page, after=page[-1]))
        return problems

    def _checked(self, check: Check, checked: Counter[str], title: str) -> list[str]:
        """What one check finds, in a transaction of its own; counts are added once, however often it is tried."""

        def work(tx: Tx) -> tuple[list[str], Counter[str]]:
            counted: Counter[str] = Counter()
            try:
                found = list(check(tx, counted))
            except (ValueError, KeyError, TypeError, zlib.error) as error:
                found = [f"{title}: unreadable: {error}"]
            return found, counted

        found, counted = self._read(work)
        for name, n in counted.items():
            checked[name] += n
        return found


def _source(id_: str, tx: Tx, checked: Counter[str]) -> Iterator[str]:
    checked["sources"] += 1
    stored = stored_source(tx, id_)
    stored.count(checked)
    yield from stored.problems()
    said = Counter(p.passage for placed in stored.mentions.values() for p in placed)
    entries = {row["p"]["id"]: row["p"] for row in tx.rows("MATCH (p:Passage {source: $id}) RETURN p", id=id_)}
    for passage in stored.passages:
        right = passage_entry(passage, said[passage.id])
        if any(entries[passage.id].get(key) != right.get(key) for key in _ENTRY):
            yield f"source {id_}: its rows in the index are not right"
            break
    own = tx.rows("MATCH (s:Source {id: $id}) RETURN s.claimed AS claimed, s.unread AS unread", id=id_)[0]
    spans = [(p.evidence.start, p.evidence.end) for placed in stored.mentions.values() for p in placed]
    if [own["claimed"], own["unread"]] != [count_claims(tx, [id_])[id_], noted(id_, stored.passages, spans)]:
        yield f"source {id_}: what it says is not counted right"
    yield from stored.digest_problems()


def _schema(tx: Tx, checked: Counter[str]) -> Iterator[str]:
    """The server's own proofs: every index is there and online."""
    rows = tx.rows("SHOW INDEXES YIELD name, state, type WHERE type <> 'LOOKUP' RETURN name, state")
    checked["tables"] += len(rows)
    yield from (f"index {row['name']}: {row['state'].lower()}" for row in rows if row["state"] != "ONLINE")
    if "words" not in {row["name"] for row in rows}:
        yield "index words: is not there"


def _ends(tx: Tx, checked: Counter[str]) -> Iterator[str]:
    """Both ends of every relation, each said by the same source or a passage of it."""
    pattern = f"MATCH (a)-[r:{'|'.join(types().values())}]->(b)"
    checked["ends"] += 2 * int(tx.rows(f"{pattern} RETURN count(r) AS n")[0]["n"])
    cypher = f"""
        {pattern} UNWIND [a, b] AS e
        WITH a, r, b, e WHERE NOT (e:Passage AND e.source = r.source)
          AND NOT EXISTS {{ (e)<-[:CLAIMS]-(:Source {{id: r.source}}) }}
        RETURN a.id AS from, type(r) AS type, b.id AS to, e.id AS missing LIMIT {MOST_TOLD + 1}"""
    for row in tx.rows(cypher):
        yield f"{row['from']} {relation_of()[row['type']]} {row['to']}: {row['missing']} is not there"


def _passages(tx: Tx, _: Counter[str]) -> Iterator[str]:
    cypher = f"""
        MATCH (p:Passage) OPTIONAL MATCH (p)-[:IN]->(s:Source {{id: p.source}})
        OPTIONAL MATCH (q:Passage {{id: p.parent}})
        WITH p, s, q WHERE s IS NULL OR NOT (0 <= p.start AND p.start <= p.end AND p.end <= s.chars)
          OR (p.parent IS NOT NULL AND (q IS NULL OR q.source <> p.source))
        RETURN p.id AS id ORDER BY id LIMIT {MOST_TOLD + 1}"""
    yield from (f"passage {row['id']}: its bounds or its parent do not hold" for row in tx.rows(cypher))


def _nodes(tx: Tx, checked: Counter[str]) -> Iterator[str]:
    return node_problems(CypherRows(tx), checked)


def _members(tx: Tx, _: Counter[str]) -> Iterator[str]:
    """A member shows what the thing it belongs to shows."""
    cypher = f"""
        MATCH (n:Node) WHERE n.canonical <> n.id OPTIONAL MATCH (t:Node {{id: n.canonical}})
        WITH n, t WHERE t IS NULL OR n.label <> t.label OR n.rejected <> t.rejected OR n.kind <> t.kind
          OR n.confirmed <> t.confirmed OR NOT n:Member OR n:Thing OR NOT n:Odd
        RETURN n.id AS id ORDER BY id LIMIT {MOST_TOLD + 1}"""
    yield from (f"node {row['id']}: does not show the thing it belongs to" for row in tx.rows(cypher))


def _bearing(tx: Tx, checked: Counter[str]) -> Iterator[str]:
    return bearing_problems(CypherRows(tx), checked)


def _things(tx: Tx, checked: Counter[str]) -> Iterator[str]:
    found = tx.rows("MATCH (p:Passage) WHERE p.stems IS NOT NULL RETURN count(p) AS n")[0]["n"]
    checked["searchable"] += found + tx.rows("MATCH (t:Thing) RETURN count(t) AS n")[0]["n"]
    return thing_problems(CypherRows(tx), checked)


def _links(page: list[str], tx: Tx, _: Counter[str]) -> Iterator[str]:
    return stored_link_problems(tx, page)


def _lost_links(tx: Tx, _: Counter[str]) -> Iterator[str]:
    return lost_link_problems(tx)
