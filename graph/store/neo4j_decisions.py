"""The log of corrections in a Neo4j store: appended in one transaction with its effect."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from graph.derive import refresh_decided
from graph.errors import DecisionError, NotFound, Stale
from graph.identity import canonical_json
from graph.model import Actor, Decision, DecisionKind
from graph.overlay import check_decision, check_record, to_undo, unknown, with_states
from graph.store.neo4j_base import Neo4jBase, Tx, log_act, utc_now
from graph.store.neo4j_rows import CypherRows, read_log


class DecisionVerbs(Neo4jBase):
    def decide(self, decision: Decision, *, seen_version: int | None = None) -> Decision:
        """See Store.decide."""
        check_decision(decision)

        def work(tx: Tx) -> Decision:
            version = _version(tx, decision.target)
            if version is None:
                raise NotFound(decision.target)
            if seen_version is not None and seen_version != version:
                raise Stale(
                    f"{decision.target} was corrected since it was read (version {version}, seen {seen_version})"
                )
            if tx.rows("MATCH (d:Decision {id: $id}) RETURN d.id", id=decision.id):
                raise DecisionError(f"decision {decision.id} is in the log already")
            _append(tx, decision)
            refresh_decided(CypherRows(tx), [decision.target])
            return _found(tx, decision.id)

        return self._write(work)

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """See Store.undo; `decision` may be the unique beginning of an id."""

        def work(tx: Tx) -> Decision:
            target = to_undo(_log(tx), decision)
            nodes = _laid_on(tx, [target.id])
            entry = Decision(uuid.uuid4().hex, DecisionKind.UNDO, target.id, {}, {}, actor.name, utc_now(), reason)
            _append(tx, entry)
            refresh_decided(CypherRows(tx), nodes)
            return _found(tx, entry.id)

        return self._write(work)

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """See Store.adopt."""
        for decision in decisions:
            check_record(decision)

        def work(tx: Tx) -> int:
            known = {row["id"] for row in tx.rows("MATCH (d:Decision) RETURN d.id AS id")}
            new = unknown(decisions, known)
            for decision in new:
                _append(tx, decision)
            undone = [d.target for d in new if d.kind == DecisionKind.UNDO]
            refresh_decided(CypherRows(tx), _laid_on(tx, undone))
            return len(new)

        return self._write(work)

    def decisions(self) -> list[Decision]:
        """See Store.decisions."""
        return self._read(_log)


def _append(tx: Tx, d: Decision) -> None:
    tx.run(
        """
        MATCH (m:Maillage {id: 'store'}) SET m.decisions = m.decisions + 1
        CREATE (d:Decision {id: $id, number: m.decisions}) SET d += $own""",
        id=d.id,
        own={
            "kind": str(d.kind),
            "target": d.target,
            "value": canonical_json(dict(d.value)),
            "anchor": canonical_json(dict(d.anchor)),
            "actor": d.actor,
            "at": d.at,
            "reason": d.reason,
        },
    )
    log_act(tx, d.actor, str(d.kind), d.target)


def _version(tx: Tx, target: str) -> int | None:
    cypher = """
        MATCH (n:Node {id: $id}) WHERE NOT n.rejected MATCH (t:Node {id: n.canonical}) RETURN t.version AS version"""
    row = tx.one(cypher, id=target)
    return int(row["version"]) if row else None


def _laid_on(tx: Tx, decisions: Sequence[str]) -> list[str]:
    cypher = "UNWIND $ids AS id MATCH (:Decision {id: id})-[:BEARS_ON]->(n:Node) RETURN DISTINCT n.id AS id"
    return [row["id"] for row in tx.rows(cypher, ids=list(decisions))]


def _log(tx: Tx) -> list[Decision]:
    borne = {row["id"] for row in tx.rows("MATCH (d:Decision)-[:BEARS_ON]->() RETURN DISTINCT d.id AS id")}
    return with_states(read_log(tx), borne)


def _found(tx: Tx, decision: str) -> Decision:
    return next(d for d in _log(tx) if d.id == decision)
