"""Forgetting in a Neo4j store.

What the server keeps elsewhere (transaction logs, query logs, backups) is its administrator's to rotate.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.persons.forgetting import Variant
from graph.store.forgetting import Forgetting
from graph.store.neo4j.jobs import JobVerbs
from graph.store.neo4j.read import ReadVerbs
from graph.store.neo4j.write import ChangeVerbs


class ForgetVerbs(Forgetting, ReadVerbs, ChangeVerbs, JobVerbs):
    def _remember(self, variants: Sequence[Variant]) -> None:
        rows = [{"id": v.digest, "key": v.key, "letters": v.letters} for v in variants]
        cypher = "UNWIND $rows AS row MERGE (f:Forgotten {id: row.id}) SET f.key = row.key, f.letters = row.letters"
        self._write(lambda tx: tx.many(cypher, rows))

    def _clean(self) -> None:
        """Nothing is left that a statement reaches."""
