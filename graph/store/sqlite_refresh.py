"""Derived rows: `node`, `thing`, `entry` of things and `bearing`, recomputed for what a transaction touched.

They are functions of the claims, the mentions and the log alone; so the order of imports never shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from graph.identity import Candidate, Claim, canonical_ids, canonical_json, summarise
from graph.model import Decision, DecisionKind
from graph.overlay import Trace, apply, asked_ids, bearing, undone
from graph.ranking import folded_label
from graph.store.sqlite_words import INSERT_ENTRY, prepared_words

_MANY = "IN (SELECT value FROM json_each(?))"
_CHUNK = 2_000


def refresh(con: sqlite3.Connection, touched: Collection[str]) -> None:
    """Bring derived rows up to date after the claims or mentions of `touched` nodes changed, or the log did."""
    affected = _nodes(con, touched)
    log = read_log(con)
    affected |= _bearings(con, log)
    _things(con, affected, log)


def refresh_decision(con: sqlite3.Connection, nodes: Collection[str]) -> None:
    """The same after a new entry in the log about `nodes`."""
    log = read_log(con)
    affected = _bearings(con, log) | canonicals(con, nodes)
    _things(con, affected, log)


def read_log(con: sqlite3.Connection) -> list[Decision]:
    return [
        Decision(
            row["id"], row["kind"], row["target"], json.loads(row["value"]), json.loads(row["anchor"]),
            row["actor"], row["at"], row["reason"],
        )
        for row in con.execute("SELECT * FROM decision ORDER BY number")
    ]  # fmt: skip


def canonicals(con: sqlite3.Connection, nodes: Collection[str]) -> set[str]:
    out: set[str] = set()
    for chunk in _chunks(nodes):
        out |= {row[0] for row in con.execute(f"SELECT canonical FROM node WHERE id {_MANY}", (chunk,))}
    return out


def _chunks(values: Collection[str]) -> Iterator[str]:
    ordered = sorted(values)
    for at in range(0, len(ordered), _CHUNK):
        yield canonical_json(ordered[at : at + _CHUNK])


# --- nodes and what they merge into -----------------------------------------------------------------------------------


def _nodes(con: sqlite3.Connection, touched: Collection[str]) -> set[str]:
    """Recompute `node` for the touched ids; returns every canonical id whose thing may have changed."""
    affected: set[str] = set()
    keys: set[tuple[str, str]] = set()
    for chunk in _chunks(touched):
        for row in con.execute(f"SELECT kind, merge_key, canonical FROM node WHERE id {_MANY}", (chunk,)):
            affected.add(row["canonical"])
            keys.add((row["kind"], row["merge_key"]))
        sql = f"SELECT * FROM claim WHERE node {_MANY} ORDER BY node, source"
        by_node = _grouped(con.execute(sql, (chunk,)), "node")
        rows = []
        for node, claims in by_node.items():
            said = summarise(claims)
            keys.add((said.kind, said.merge_key))
            rows.append((node, said.kind, said.merge_key, node, canonical_json(dict(said.attributes))))
            affected.add(node)
        con.execute(f"DELETE FROM node WHERE id {_MANY}", (chunk,))
        con.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?)", rows)
    for kind, key in sorted(keys):
        if key:
            affected |= _group(con, kind, key)
    return affected


def _group(con: sqlite3.Connection, kind: str, key: str) -> set[str]:
    sql = "SELECT id, kind, attributes, canonical FROM node WHERE kind = ? AND merge_key = ? ORDER BY id"
    rows = con.execute(sql, (kind, key)).fetchall()
    if not rows:
        return set()
    found = canonical_ids([Candidate(row["id"], row["kind"], json.loads(row["attributes"])) for row in rows])
    changes = [(found[row["id"]], row["id"]) for row in rows if found[row["id"]] != row["canonical"]]
    con.executemany("UPDATE node SET canonical = ? WHERE id = ?", changes)
    return {row["canonical"] for row in rows} | set(found.values())


def _grouped(rows: Iterable[sqlite3.Row], column: str) -> dict[str, list[Claim]]:
    out: dict[str, list[Claim]] = defaultdict(list)
    for row in rows:
        aliases, attributes = tuple(json.loads(row["aliases"])), json.loads(row["attributes"])
        out[row[column]].append(
            Claim(row["node"], row["kind"], row["label"], aliases, attributes, row["merge_key"], row["weight"])
        )
    return out


# --- what decisions bear on -------------------------------------------------------------------------------------------


def _bearings(con: sqlite3.Connection, log: list[Decision]) -> set[str]:
    """Recompute `bearing`; returns the canonical ids of the nodes where it changed."""
    decisions = [d for d in log if d.kind != DecisionKind.UNDO]
    if not decisions:
        return set()
    before: dict[str, set[str]] = defaultdict(set)
    for row in con.execute("SELECT decision, node FROM bearing"):
        before[row["decision"]].add(row["node"])
    named = {id_ for d in decisions for id_ in asked_ids(d)}
    present = _present(con, named)
    changed: set[str] = set()
    for decision in decisions:
        traces = [] if any(id_ in present for id_ in asked_ids(decision)) else _traces(con, decision)
        now = set(bearing(decision, present, traces))
        if now != before[decision.id]:
            changed |= now ^ before[decision.id]
            con.execute("DELETE FROM bearing WHERE decision = ?", (decision.id,))
            con.executemany("INSERT INTO bearing VALUES (?, ?)", [(decision.id, node) for node in sorted(now)])
    return canonicals(con, changed)


def _present(con: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    out: set[str] = set()
    for chunk in _chunks(ids):
        out |= {row["id"] for row in con.execute(f"SELECT id FROM node WHERE id {_MANY}", (chunk,))}
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


# --- things as they are answered --------------------------------------------------------------------------------------


def _things(con: sqlite3.Connection, affected: Collection[str], log: list[Decision]) -> None:
    gone = undone(log)
    for chunk in _chunks(affected):
        con.execute(f"DELETE FROM entry WHERE source IS NULL AND id {_MANY}", (chunk,))
        con.execute(f"DELETE FROM thing WHERE id {_MANY}", (chunk,))
        members = _members(con, chunk)
        claims = _grouped(con.execute(_CLAIMS, (chunk,)), "canonical")
        numbers = {row["canonical"]: tuple(row)[1:] for row in con.execute(_NUMBERS, (chunk,))}
        decided = _decided(con, chunk, log)
        for canonical in sorted(claims):
            said = summarise(claims[canonical])
            shown = apply(said, decided.get(canonical, []), gone)
            evidence, sources, confidence = numbers[canonical]
            folded = folded_label(shown.label)
            con.execute(
                "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(canonical, said.kind, shown.label, folded, canonical_json(shown.aliases)),
                    *(canonical_json(dict(said.attributes)), canonical_json(members[canonical]), int(shown.rejected)),
                    *(evidence, sources, confidence, shown.version),
                ),
            )
            if not shown.rejected:
                prepared = prepared_words(" ".join((shown.label, *shown.aliases)))
                con.execute(INSERT_ENTRY, (canonical, said.kind, None, shown.label, folded, evidence, *prepared))


_CLAIMS = f"""
    SELECT n.canonical, c.* FROM node n JOIN claim c ON c.node = n.id
    WHERE n.canonical {_MANY} ORDER BY c.node, c.source"""
_NUMBERS = f"""
    SELECT n.canonical, count(*), count(DISTINCT m.source), max(m.confidence) FROM node n JOIN mention m ON m.node = n.id
    WHERE n.canonical {_MANY} GROUP BY n.canonical"""


def _members(con: sqlite3.Connection, chunk: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in con.execute(f"SELECT canonical, id FROM node WHERE canonical {_MANY} ORDER BY id", (chunk,)):
        out[row["canonical"]].append(row["id"])
    return out


def _decided(con: sqlite3.Connection, chunk: str, log: list[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each canonical id, each once, in log order."""
    sql = (
        f"SELECT DISTINCT n.canonical, b.decision FROM node n JOIN bearing b ON b.node = n.id WHERE n.canonical {_MANY}"
    )
    by_decision: dict[str, list[str]] = defaultdict(list)
    for row in con.execute(sql, (chunk,)):
        by_decision[row["decision"]].append(row["canonical"])
    out: dict[str, list[Decision]] = defaultdict(list)
    for decision in log:
        for canonical in by_decision.get(decision.id, ()):
            out[canonical].append(decision)
    return out
