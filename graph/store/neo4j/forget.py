"""Forgetting in a Neo4j store: sources masked one by one, the log rewritten.

What the server keeps elsewhere (transaction logs, query logs, backups) is its administrator's to rotate.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.decided.overlay import keys
from graph.derived.linking import retie
from graph.derived.refresh import refresh, refresh_decided
from graph.model import Actor
from graph.persons.forgetting import Masker, Variant, rewritten
from graph.store.forgetting import Forgetting
from graph.store.neo4j.base import log_act
from graph.store.neo4j.decisions import DecisionVerbs, name, own
from graph.store.neo4j.jobs import JobVerbs
from graph.store.neo4j.read import ReadVerbs
from graph.store.neo4j.rows import CypherRows
from graph.store.neo4j.ties import CypherLinks
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.write import WriteVerbs


class ForgetVerbs(Forgetting, ReadVerbs, WriteVerbs, DecisionVerbs, JobVerbs):
    def _remember(self, variants: Sequence[Variant]) -> None:
        rows = [{"id": v.digest, "key": v.key, "letters": v.letters} for v in variants]
        cypher = "UNWIND $rows AS row MERGE (f:Forgotten {id: row.id}) SET f.key = row.key, f.letters = row.letters"
        self._write(lambda tx: tx.many(cypher, rows))

    def _clean(self) -> None:
        """Nothing is left that a statement reaches."""

    def _rewrite_log(self, ids: Sequence[str], masker: Masker, actor: Actor) -> int:
        log = self.decisions()
        gone, changed = rewritten(log, set(ids), masker)

        def work(tx: Tx) -> int:
            tx.many("UNWIND $rows AS id MATCH (d:Decision {id: id}) DETACH DELETE d", sorted(gone))
            tx.many("UNWIND $rows AS id MATCH (a:Act {object: id}) DELETE a", sorted({*ids, *gone}))
            tx.many(
                """
                UNWIND $rows AS row MATCH (d:Decision {id: row.id}) SET d += row.own
                WITH d MATCH (d)-[n:NAMES]->() DELETE n""",
                [{"id": d.id, "own": own(d)} for d in changed],
            )
            name(tx, changed)
            tx.run("MATCH (k:Name) WHERE NOT EXISTS { (k)<-[:NAMES]-() } DELETE k")
            rows = CypherRows(tx)
            moved = refresh_decided(rows, {d.id for d in changed if d.kind != "undo"})
            moved |= refresh(rows, {node for d in log if d.id in gone for node in keys(d)}, ())
            retie(CypherLinks(tx), (), {}, moved)
            log_act(tx, masker.text(actor.name), "forget", "")
            return len(gone) + len(changed)

        return self._write(work)
