"""The log of corrections in a Neo4j store: appended in one transaction with its effect."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.decided.checking import check_decision, check_record
from graph.decided.identity import canonical_json
from graph.decided.overlay import check_targets, ends, keys, state_of, to_undo, unknown, with_states
from graph.errors import DecisionError
from graph.model import Actor, Decision, DecisionKind
from graph.store.neo4j.base import Neo4jBase, log_acts, utc_now
from graph.store.neo4j.rows import CypherRows, borne, read_log
from graph.store.neo4j.ties import redecide
from graph.store.neo4j.tx import Tx


class DecisionVerbs(Neo4jBase):
    def decide(
        self, decision: Decision, *, seen_version: int | None = None, seen: Mapping[str, int] | None = None
    ) -> Decision:
        """See Store.decide."""
        check_decision(decision)

        def work(tx: Tx) -> Decision:
            check_targets(decision, {decision.target: seen_version, **(seen or {})}, _versions(tx, decision))
            if tx.rows("MATCH (d:Decision {id: $id}) RETURN d.id", id=decision.id):
                raise DecisionError(f"decision {decision.id} is in the log already")
            _append(tx, [decision])
            redecide(tx, [decision.id])
            return replace(decision, state=state_of(decision, (), CypherRows(tx).bearing([decision.id])))

        return self._write(work)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""

        def work(tx: Tx) -> Decision:
            target = to_undo(_log(tx), decision)
            entry = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            _append(tx, [entry])
            redecide(tx, [target.id])
            return replace(entry, state="active")

        return self._write(work)

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)

        def work(tx: Tx) -> int:
            known = {id_ for (id_,) in tx.lists("MATCH (d:Decision)", "d.id")}
            new = unknown(decisions, known)
            _append(tx, new)
            redecide(tx, {d.target if d.kind == DecisionKind.UNDO else d.id for d in new})
            return len(new)

        return self._write(work)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        return self._read(_log)


def _append(tx: Tx, decisions: Sequence[Decision]) -> None:
    row = tx.one("MATCH (m:Maillage {id: 'store'}) RETURN m.decisions AS n")
    first = (row["n"] if row else 0) + 1
    tx.many(
        "UNWIND $rows AS row CREATE (d:Decision {id: row.id}) SET d += row.own",
        [{"id": d.id, "own": {"number": first + i, **own(d)}} for i, d in enumerate(decisions)],
    )
    name(tx, decisions)
    tx.run("MATCH (m:Maillage {id: 'store'}) SET m.decisions = m.decisions + $n", n=len(decisions))
    log_acts(tx, [(d.actor, str(d.kind), d.target) for d in decisions])


def own(d: Decision) -> dict[str, object]:
    return {
        "kind": str(d.kind),
        "target": d.target,
        "value": canonical_json(dict(d.value)),
        "anchor": canonical_json(dict(d.anchor)),
        "actor": d.actor,
        "at": d.at,
        "reason": d.reason,
    }


def name(tx: Tx, decisions: Sequence[Decision]) -> None:
    """Store what each correction is found by."""
    tx.many(
        """
        UNWIND $rows AS row MATCH (d:Decision {id: row.id}) MERGE (k:Name {id: row.key}) CREATE (d)-[:NAMES]->(k)""",
        [{"id": d.id, "key": key} for d in decisions if d.kind != DecisionKind.UNDO for key in sorted(keys(d))],
    )


def _versions(tx: Tx, decision: Decision) -> dict[str, tuple[str, int]]:
    """The canonical id and the version of each thing that a decision is about, those that are not there left out."""
    cypher = """
        UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE NOT n.rejected MATCH (t:Node {id: n.canonical})
        RETURN id, t.id AS canonical, t.version AS version"""
    found = tx.rows(cypher, ids=[end["id"] for end in ends(decision)])
    return {row["id"]: (row["canonical"], row["version"]) for row in found}


def _log(tx: Tx) -> list[Decision]:
    return with_states(read_log(tx), borne(tx))
