"""The store as a whole: what it counts, and a copy of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from graph.errors import StoreError
from graph.store.sqlite.base import SQLiteBase

# What was rejected is little: all is counted, and it is taken off.
_GONE = """
    WITH gone AS MATERIALIZED (
      SELECT n.id FROM thing t JOIN node n ON n.canonical = t.id WHERE t.rejected = 1
    )"""
_RELATIONS = f"""
    {_GONE}
    SELECT type, sum(n) AS n FROM (
      SELECT type, count(*) AS n FROM relation GROUP BY type
      UNION ALL
      SELECT type, -count(*) FROM (
        SELECT r.* FROM gone CROSS JOIN relation r ON r.from_id = gone.id
        UNION SELECT r.* FROM gone CROSS JOIN relation r ON r.to_id = gone.id
      ) GROUP BY type
    ) GROUP BY type"""
_MENTIONS = f"""
    {_GONE}
    SELECT (SELECT count(*) FROM mention) - (SELECT count(*) FROM gone CROSS JOIN mention m ON m.node = gone.id)"""


class WholeVerbs(SQLiteBase):
    def acts(self) -> int:
        """See Store.acts. Numbers of acts are never given twice, whatever forgetting takes out of their log."""
        with self._reading() as con:
            return int(con.execute("SELECT coalesce(max(number), 0) FROM act").fetchone()[0])

    def actors(self) -> list[str]:
        """See Store.actors."""
        with self._reading() as con:
            return [name for (name,) in con.execute("SELECT DISTINCT actor FROM act ORDER BY actor")]

    def counts(self) -> Mapping[str, object]:
        """See Store.counts. Keys are sorted; kinds and types that are absent are left out."""
        with self._reading() as con:
            return counts(con)

    def backup(self, path: Path) -> None:
        """See Store.backup. Raises StoreError where the file is there already or cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()
        except FileExistsError:
            raise StoreError(f"{path} is there already; a backup never overwrites") from None
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from None
        try:
            with self._told():
                _copy(self._writer_copy_source(), path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def _writer_copy_source(self) -> sqlite3.Connection:
        """A connection of its own: a copy may take long, and holds up neither readers nor the writer."""
        return self._connect()


def _copy(source: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(path, isolation_level=None)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        target.close()
        source.close()


def counts(con: sqlite3.Connection) -> dict[str, object]:
    """The count of everything that is visible, by kind and type."""

    def one(sql: str) -> int:
        return int(con.execute(sql).fetchone()[0])

    nodes = dict(tuple(row) for row in con.execute("SELECT kind, count(*) FROM thing WHERE rejected = 0 GROUP BY kind"))
    sources, passages = one("SELECT count(*) FROM source"), one("SELECT count(*) FROM passage")
    documents = one("SELECT count(DISTINCT document) FROM source")
    nodes |= {"document": documents, "source": sources, "passage": passages}
    relations = {row["type"]: row["n"] for row in con.execute(_RELATIONS)}
    relations["part_of"] = relations.get("part_of", 0) + passages + sources
    relations["mentions"] = relations.get("mentions", 0) + one(_MENTIONS)
    return {
        "nodes": {kind: n for kind, n in sorted(nodes.items()) if n},
        "relations": {type_: n for type_, n in sorted(relations.items()) if n},
        "documents": documents,
        "sources": sources,
        "decisions": one("SELECT count(*) FROM decision"),
    }
