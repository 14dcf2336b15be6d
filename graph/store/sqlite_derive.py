"""What `node`, `thing`, `entry` and `bearing` must hold, computed from the claims, the mentions and the log.

`sqlite_refresh` writes it, `sqlite_verify` compares with it. The order of imports never shows in any of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from graph.identity import Candidate, Claim, canonical_ids, canonical_json, summarise
from graph.model import Decision, DecisionKind
from graph.overlay import Trace, apply, asked_ids, bearing, undone
from graph.ranking import folded_label
from graph.store.sqlite_words import prepared_words

Row: TypeAlias = tuple[object, ...]
MANY = "IN (SELECT value FROM json_each(?))"
_CHUNK = 2_000


def chunks(ids: Collection[str]) -> Iterator[str]:
    """Ids in JSON lists for `MANY`, so that a statement never grows with the store."""
    ordered = sorted(ids)
    for at in range(0, len(ordered), _CHUNK):
        yield canonical_json(ordered[at : at + _CHUNK])


def read_log(con: sqlite3.Connection) -> list[Decision]:
    """The log in order, states left out."""
    return [
        Decision(
            id=row["id"],
            kind=row["kind"],
            target=row["target"],
            value=json.loads(row["value"]),
            anchor=json.loads(row["anchor"]),
            actor=row["actor"],
            at=row["at"],
            reason=row["reason"],
        )
        for row in con.execute("SELECT * FROM decision ORDER BY number")
    ]


# --- nodes and what they merge into -----------------------------------------------------------------------------------


def node_rows(con: sqlite3.Connection, chunk: str) -> list[tuple[str, str, str, str, str]]:
    """(id, kind, merge_key, canonical, attributes) for the ids of a chunk, each canonical for itself so far."""
    by_node = _grouped(con.execute(_CLAIMS_OF_NODES, (chunk,)))
    rows = []
    for node, claims in by_node.items():
        said = summarise(claims)
        rows.append((node, said.kind, said.merge_key, node, canonical_json(dict(said.attributes))))
    return rows


def group_of(con: sqlite3.Connection, kind: str, key: str) -> list[tuple[str, str, str]]:
    """(id, canonical as stored, canonical as it must be) for the nodes of one kind and merge key."""
    sql = "SELECT id, kind, attributes, canonical FROM node WHERE kind = ? AND merge_key = ? ORDER BY id"
    rows = con.execute(sql, (kind, key)).fetchall()
    if not rows:
        return []
    found = canonical_ids([Candidate(row["id"], row["kind"], json.loads(row["attributes"])) for row in rows])
    return [(row["id"], row["canonical"], found[row["id"]]) for row in rows]


# Sources that say the same are summed in SQL: what is said of a thing is short however often it is said.
_SAID = "c.kind, c.label, c.aliases, c.attributes, c.merge_key"
_CLAIMS_OF_NODES = f"""
    SELECT c.node AS id, {_SAID}, sum(c.weight) AS weight FROM claim c WHERE c.node {MANY}
    GROUP BY c.node, {_SAID} ORDER BY c.node, {_SAID}"""


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[str, list[Claim]]:
    out: dict[str, list[Claim]] = defaultdict(list)
    for row in rows:
        aliases, attributes = tuple(json.loads(row["aliases"])), json.loads(row["attributes"])
        out[row["id"]].append(
            Claim(row["id"], row["kind"], row["label"], aliases, attributes, row["merge_key"], row["weight"])
        )
    return out


# --- what decisions bear on -------------------------------------------------------------------------------------------


def bearings(con: sqlite3.Connection, log: Iterable[Decision]) -> dict[str, set[str]]:
    """The nodes on which each correction of the log bears now, undone ones included."""
    corrections = [d for d in log if d.kind != DecisionKind.UNDO]
    named = {id_ for d in corrections for id_ in asked_ids(d)}
    present: set[str] = set()
    for chunk in chunks(named):
        present |= {row["id"] for row in con.execute(f"SELECT id FROM node WHERE id {MANY}", (chunk,))}
    out: dict[str, set[str]] = {}
    for decision in corrections:
        lost = present.isdisjoint(asked_ids(decision))
        out[decision.id] = set(bearing(decision, present, _traces(con, decision) if lost else []))
    return out


def _traces(con: sqlite3.Connection, decision: Decision) -> list[Trace]:
    anchor = decision.anchor
    sql = """
        SELECT DISTINCT m.node, c.kind, c.label, m.quote
        FROM source s JOIN claim c ON c.source = s.id AND c.kind = ?
        JOIN mention m ON m.node = c.node AND m.source = c.source
        WHERE s.id = ? OR s.document = ?"""
    values = (str(anchor.get("kind") or ""), str(anchor.get("source") or ""), str(anchor.get("document") or ""))
    return [Trace(*row) for row in con.execute(sql, values)]


# --- things as they are answered ----------------------------------------------------------------------------------

_CLAIMS = f"""
    SELECT n.canonical AS id, {_SAID}, sum(c.weight) AS weight FROM node n JOIN claim c ON c.node = n.id
    WHERE n.canonical {MANY} GROUP BY n.canonical, {_SAID} ORDER BY n.canonical, {_SAID}"""
_NUMBERS = f"""
    SELECT n.canonical, sum(c.weight), count(DISTINCT c.source), max(c.confidence)
    FROM node n JOIN claim c ON c.node = n.id
    WHERE n.canonical {MANY} GROUP BY n.canonical"""
_BORNE = f"SELECT DISTINCT n.canonical, b.decision FROM node n JOIN bearing b ON b.node = n.id WHERE n.canonical {MANY}"


def thing_rows(con: sqlite3.Connection, chunk: str, log: list[Decision]) -> Iterator[tuple[Row, Row | None]]:
    """For each canonical id of a chunk, in order: its row in `thing`, and its row in `entry` unless it is rejected."""
    gone = undone(log)
    members: dict[str, list[str]] = defaultdict(list)
    for row in con.execute(f"SELECT canonical, id FROM node WHERE canonical {MANY} ORDER BY id", (chunk,)):
        members[row["canonical"]].append(row["id"])
    claims = _grouped(con.execute(_CLAIMS, (chunk,)))
    numbers = {row["canonical"]: tuple(row)[1:] for row in con.execute(_NUMBERS, (chunk,))}
    decided = _decided(con, chunk, log)
    for canonical in sorted(claims):
        said = summarise(claims[canonical])
        shown = apply(said, decided.get(canonical, []), gone)
        folded = folded_label(shown.label)
        evidence, sources, confidence = numbers.get(canonical, (0, 0, 0.0))
        thing: Row = (
            *(canonical, said.kind, shown.label, folded, canonical_json(shown.aliases)),
            *(canonical_json(dict(said.attributes)), canonical_json(members[canonical]), int(shown.rejected)),
            *(evidence, sources, confidence, shown.version),
        )
        words = prepared_words(" ".join((shown.label, *shown.aliases)))
        entry: Row = (canonical, said.kind, None, shown.label, folded, evidence, *words)
        yield thing, None if shown.rejected else entry


def _decided(con: sqlite3.Connection, chunk: str, log: list[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each canonical id, each once, in log order."""
    by_decision: dict[str, list[str]] = defaultdict(list)
    for row in con.execute(_BORNE, (chunk,)):
        by_decision[row["decision"]].append(row["canonical"])
    out: dict[str, list[Decision]] = defaultdict(list)
    for decision in log:
        for canonical in by_decision.get(decision.id, ()):
            out[canonical].append(decision)
    return out
