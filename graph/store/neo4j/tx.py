"""One transaction of a Neo4j store, as its verbs use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neo4j import ManagedTransaction, Record

BATCH = 2_000  # rows per statement
# The server calls it transient; it would be met again.
OUT_OF_MEMORY = "Neo.TransientError.General.MemoryPoolOutOfMemoryError"


class Tx:
    """One transaction, as the verbs use it. `token` marks what it writes, to recognise it when an answer is lost."""

    def __init__(self, tx: ManagedTransaction, token: str = "") -> None:
        self._tx, self.token = tx, token

    def rows(self, cypher: str, /, **values: object) -> list[Record]:
        """Run a statement and fetch its answer whole."""
        return list(self._tx.run(cypher, dict(values)))

    def run(self, cypher: str, /, **values: object) -> None:
        self._tx.run(cypher, dict(values)).consume()

    def many(self, cypher: str, rows: Sequence[object], /, **values: object) -> None:
        """Run a statement that begins with UNWIND $rows, a batch at a time."""
        for at in range(0, len(rows), BATCH):
            self.run(cypher, rows=rows[at : at + BATCH], **values)

    def lists(self, cypher: str, /, *columns: str, **values: object) -> list[list[Any]]:
        """The rows of a statement without its RETURN, fetched as one value: each record costs the driver two reads."""
        return list(self.rows(f"{cypher} RETURN collect([{', '.join(columns)}]) AS rows", **values)[0]["rows"])

    def found(self, cypher: str, column: str, ids: Sequence[str]) -> set[str]:
        """What a statement that begins with UNWIND $ids finds, without its RETURN, a batch at a time."""
        batches = (list(ids[at : at + BATCH]) for at in range(0, len(ids), BATCH))
        return {value for batch in batches for (value,) in self.lists(cypher, column, ids=batch)}

    def one(self, cypher: str, /, **values: object) -> Record | None:
        found = self.rows(cypher, **values)
        return found[0] if found else None
