"""Who sees what the sources of the shared store brought: published or taken back, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Actor, Visibility
from graph.store.neo4j.base import Neo4jBase, log_act
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.write import source_id


class VisibilityVerbs(Neo4jBase):
    def set_visibility(self, sources: Sequence[str], visibility: Visibility, actor: Actor) -> int:
        """See Store.set_visibility."""
        cypher = """
            MATCH (s:Source {id: $id}) WHERE s.visibility <> $visibility
            SET s.visibility = $visibility RETURN s.id AS id"""

        def work(tx: Tx) -> int:
            changed = 0
            for found in dict.fromkeys(source_id(tx, asked) for asked in sources):
                if tx.rows(cypher, id=found, visibility=str(visibility)):
                    log_act(tx, actor.name, str(visibility), found)
                    changed += 1
            return changed

        return self._write(work)
