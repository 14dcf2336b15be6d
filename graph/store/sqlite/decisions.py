"""The log of corrections in the embedded store: appended in one transaction with its effect."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.decided.checking import check_decision, check_record
from graph.decided.identity import canonical_json
from graph.decided.overlay import check_targets, ends, keys, state_of, to_undo, unknown, with_states
from graph.errors import DecisionError
from graph.model import Actor, Decision, DecisionKind
from graph.store.sqlite.base import SQLiteBase, utc_now
from graph.store.sqlite.rows import MANY, read_log
from graph.store.sqlite.ties import redecide
from graph.store.sqlite.write import log_act


class DecisionVerbs(SQLiteBase):
    def decide(
        self, decision: Decision, *, seen_version: int | None = None, seen: Mapping[str, int] | None = None
    ) -> Decision:
        """See Store.decide."""
        check_decision(decision)
        with self._writing() as con:
            check_targets(decision, {decision.target: seen_version, **(seen or {})}, _versions(con, decision))
            if con.execute("SELECT 1 FROM decision WHERE id = ?", (decision.id,)).fetchone():
                raise DecisionError(f"decision {decision.id} is in the log already")
            _append(con, [decision])
            redecide(con, [decision.id])
            return _with_state(con, decision)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""
        with self._writing() as con:
            target = to_undo(with_states(read_log(con), _borne(con)), decision)
            entry = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            _append(con, [entry])
            redecide(con, [target.id])
            return replace(entry, state="active")

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)
        with self._writing() as con:
            known = {row["id"] for row in con.execute("SELECT id FROM decision")}
            new = unknown(decisions, known)
            _append(con, new)
            redecide(con, {d.target if d.kind == DecisionKind.UNDO else d.id for d in new})
        return len(new)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        with self._reading() as con:
            return with_states(read_log(con), _borne(con))


_INSERT = "INSERT INTO decision(id, kind, target, value, anchor, actor, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _append(con: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    con.executemany(_INSERT, [decision_row(d) for d in decisions])
    con.executemany("INSERT INTO naming VALUES (?, ?)", [pair for d in decisions for pair in naming_rows(d)])
    for d in decisions:
        log_act(con, d.actor, str(d.kind), d.target)


def decision_row(d: Decision) -> tuple[str, ...]:
    value, anchor = canonical_json(dict(d.value)), canonical_json(dict(d.anchor))
    return (d.id, str(d.kind), d.target, value, anchor, d.actor, d.at, d.reason)


def naming_rows(d: Decision) -> list[tuple[str, str]]:
    return [] if d.kind == DecisionKind.UNDO else [(d.id, key) for key in sorted(keys(d))]


def _versions(con: sqlite3.Connection, decision: Decision) -> dict[str, tuple[str, int]]:
    """The canonical id and the version of each thing that a decision is about, those that are not there left out."""
    sql = f"""
        SELECT n.id, t.id AS canonical, t.version FROM node n JOIN thing t ON t.id = n.canonical AND t.rejected = 0
        WHERE n.id {MANY}"""
    asked = canonical_json([end["id"] for end in ends(decision)])
    return {row["id"]: (row["canonical"], row["version"]) for row in con.execute(sql, (asked,))}


def _borne(con: sqlite3.Connection) -> set[str]:
    return {row["decision"] for row in con.execute("SELECT DISTINCT decision FROM bearing")}


def _with_state(con: sqlite3.Connection, decision: Decision) -> Decision:
    borne = con.execute("SELECT decision FROM bearing WHERE decision = ? LIMIT 1", (decision.id,)).fetchall()
    return replace(decision, state=state_of(decision, (), [row["decision"] for row in borne]))
