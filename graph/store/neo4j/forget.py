"""Forgetting in a Neo4j store.

What the server keeps elsewhere (transaction logs, query logs, backups) is its administrator's to rotate.
"""

from __future__ import annotations

from graph.store.forgetting import Forgetting
from graph.store.neo4j.jobs import JobVerbs
from graph.store.neo4j.read import ReadVerbs
from graph.store.neo4j.write import ChangeVerbs


class ForgetVerbs(Forgetting, ReadVerbs, ChangeVerbs, JobVerbs):
    def _clean(self) -> None:
        """Nothing is left that a statement reaches."""
