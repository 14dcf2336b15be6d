"""Derived rows brought up to date for what a transaction touched, and for nothing else."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection

from graph.model import Decision
from graph.store.sqlite_derive import MANY, bearings, chunks, group_of, node_rows, read_log, thing_rows
from graph.store.sqlite_words import INSERT_ENTRY


def refresh(con: sqlite3.Connection, touched: Collection[str]) -> None:
    """Bring everything up to date after the claims or mentions of the `touched` nodes changed."""
    affected = _nodes(con, touched)
    log = read_log(con)
    _things(con, affected | _bearings(con, log), log)


def refresh_decided(con: sqlite3.Connection, nodes: Collection[str]) -> None:
    """The same after a new entry in the log about `nodes`."""
    log = read_log(con)
    _things(con, _bearings(con, log) | _canonicals(con, nodes), log)


def _canonicals(con: sqlite3.Connection, nodes: Collection[str]) -> set[str]:
    out: set[str] = set()
    for chunk in chunks(nodes):
        out |= {row[0] for row in con.execute(f"SELECT canonical FROM node WHERE id {MANY}", (chunk,))}
    return out


def _nodes(con: sqlite3.Connection, touched: Collection[str]) -> set[str]:
    """Write `node`; returns every canonical id, former or present, whose thing may have changed."""
    affected: set[str] = set()
    keys: set[tuple[str, str]] = set()
    for chunk in chunks(touched):
        for row in con.execute(f"SELECT kind, merge_key, canonical FROM node WHERE id {MANY}", (chunk,)):
            affected.add(row["canonical"])
            keys.add((row["kind"], row["merge_key"]))
        rows = node_rows(con, chunk)
        con.execute(f"DELETE FROM node WHERE id {MANY}", (chunk,))
        con.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?)", rows)
        affected |= {row[0] for row in rows}
        keys |= {(row[1], row[2]) for row in rows}
    for kind, key in sorted(keys):
        if key:
            affected |= _regroup(con, kind, key)
    return affected


def _regroup(con: sqlite3.Connection, kind: str, key: str) -> set[str]:
    group = group_of(con, kind, key)
    changes = [(right, id_) for id_, stored, right in group if stored != right]
    con.executemany("UPDATE node SET canonical = ? WHERE id = ?", changes)
    return {canonical for _, stored, right in group for canonical in (stored, right)}


def _bearings(con: sqlite3.Connection, log: list[Decision]) -> set[str]:
    """Write `bearing`; returns the canonical ids of the nodes where it changed."""
    before: dict[str, set[str]] = defaultdict(set)
    for row in con.execute("SELECT decision, node FROM bearing"):
        before[row["decision"]].add(row["node"])
    changed: set[str] = set()
    for decision, now in bearings(con, log).items():
        if now != before[decision]:
            changed |= now ^ before[decision]
            con.execute("DELETE FROM bearing WHERE decision = ?", (decision,))
            con.executemany("INSERT INTO bearing VALUES (?, ?)", [(decision, node) for node in sorted(now)])
    return _canonicals(con, changed)


def _things(con: sqlite3.Connection, affected: Collection[str], log: list[Decision]) -> None:
    for chunk in chunks(affected):
        con.execute(f"DELETE FROM entry WHERE source IS NULL AND id {MANY}", (chunk,))
        con.execute(f"DELETE FROM thing WHERE id {MANY}", (chunk,))
        rows = list(thing_rows(con, chunk, log))
        con.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [thing for thing, _ in rows])
        con.executemany(INSERT_ENTRY, [entry for _, entry in rows if entry])
