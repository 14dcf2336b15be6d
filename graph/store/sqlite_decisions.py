"""The log of corrections in the embedded store: appended in one transaction with its effect."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence

from graph.derive import refresh_decided
from graph.errors import DecisionError, NotFound, Stale
from graph.identity import canonical_json
from graph.model import Actor, Decision, DecisionKind
from graph.overlay import check_decision, check_record, to_undo, unknown, with_states
from graph.store.sqlite_base import SQLiteBase, utc_now
from graph.store.sqlite_rows import MANY, SQLiteRows, read_log
from graph.store.sqlite_write import log_act


class DecisionVerbs(SQLiteBase):
    def decide(self, decision: Decision, *, seen_version: int | None = None) -> Decision:
        """See Store.decide."""
        check_decision(decision)
        with self._writing() as con:
            version = _version(con, decision.target)
            if version is None:
                raise NotFound(decision.target)
            if seen_version is not None and seen_version != version:
                raise Stale(
                    f"{decision.target} was corrected since it was read (version {version}, seen {seen_version})"
                )
            if con.execute("SELECT 1 FROM decision WHERE id = ?", (decision.id,)).fetchone():
                raise DecisionError(f"decision {decision.id} is in the log already")
            _append(con, decision)
            refresh_decided(SQLiteRows(con), [decision.target])
            return _found(con, decision.id)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""
        with self._writing() as con:
            target = to_undo(with_states(read_log(con), _borne(con)), decision)
            nodes = [row["node"] for row in con.execute("SELECT node FROM bearing WHERE decision = ?", (target.id,))]
            entry = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            _append(con, entry)
            refresh_decided(SQLiteRows(con), nodes)
            return _found(con, entry.id)

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)
        with self._writing() as con:
            known = {row["id"] for row in con.execute("SELECT id FROM decision")}
            new = unknown(decisions, known)
            for decision in new:
                _append(con, decision)
            undone = canonical_json([d.target for d in new if d.kind == DecisionKind.UNDO])
            sql = f"SELECT DISTINCT node FROM bearing WHERE decision {MANY}"
            refresh_decided(SQLiteRows(con), [row["node"] for row in con.execute(sql, (undone,))])
        return len(new)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        with self._reading() as con:
            return with_states(read_log(con), _borne(con))


def _append(con: sqlite3.Connection, d: Decision) -> None:
    con.execute(
        "INSERT INTO decision(id, kind, target, value, anchor, actor, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            d.id,
            str(d.kind),
            d.target,
            canonical_json(dict(d.value)),
            canonical_json(dict(d.anchor)),
            d.actor,
            d.at,
            d.reason,
        ),
    )
    log_act(con, d.actor, str(d.kind), d.target)


def _version(con: sqlite3.Connection, target: str) -> int | None:
    sql = "SELECT t.version FROM node n JOIN thing t ON t.id = n.canonical AND t.rejected = 0 WHERE n.id = ?"
    row = con.execute(sql, (target,)).fetchone()
    return int(row["version"]) if row else None


def _borne(con: sqlite3.Connection) -> set[str]:
    return {row["decision"] for row in con.execute("SELECT DISTINCT decision FROM bearing")}


def _found(con: sqlite3.Connection, decision: str) -> Decision:
    return next(d for d in with_states(read_log(con), _borne(con)) if d.id == decision)
