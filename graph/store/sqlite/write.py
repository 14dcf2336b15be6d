"""The steps of a change of the embedded store, inside one transaction of its writer."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from graph.decided.identity import canonical_json
from graph.derived.arrival import MOST_NAMED, Deleted, the_one
from graph.derived.prepare import Prepared
from graph.derived.proof import ProvableRows
from graph.model import Actor, Fragment, Source, Visibility
from graph.persons.forgetting import Masker
from graph.store.change import Change, T
from graph.store.deciding import DecisionVerbs
from graph.store.sqlite.base import SQLiteBase
from graph.store.sqlite.brought import Brought
from graph.store.sqlite.links import canonical_ids
from graph.store.sqlite.log import Log
from graph.store.sqlite.rows import MANY, NEW_STAMP, SQLiteRows
from graph.store.sqlite.stored import stored_source
from graph.store.sqlite.ties import SQLiteLinks, of_source
from graph.store.sqlite.words import delete_entries
from graph.store.writing import WriteVerbs

_OF_A_SOURCE = ("relation", "mention", "claim", "passage")
_SPANS = """
    DELETE FROM relation_span WHERE (from_id, type, to_id, source) IN (
      SELECT from_id, type, to_id, source FROM relation WHERE source = ?)"""

# Ways in which a source is named, the surest first.
_NAMED = (
    "id = ?1",
    "sha256 = ?1",
    "name = ?1",
    "substr(id, 1, length(?1)) = ?1 OR instr(lower(id), lower(':' || ?1)) > 0",
)


class ChangeVerbs(WriteVerbs[Brought], DecisionVerbs[Brought], SQLiteBase):
    def masker(self) -> Masker:
        """See Store.masker."""
        with self._reading() as con:
            return Log(con).masker()

    def _brought(self, ready: Prepared) -> Brought:
        return Brought(ready)

    def _changing(self, work: Callable[[Change[Brought]], T]) -> T:
        with self._writing() as con:
            return work(SQLiteChange(con))

    def _asking(self, work: Callable[[ProvableRows], T]) -> T:
        with self._reading() as con:
            return work(SQLiteRows(con))


class SQLiteChange(Log):
    """Change of graph.store.change."""

    @cached_property
    def rows(self) -> SQLiteRows:
        return SQLiteRows(self._con)

    def links(self, _new: Collection[str] = (), /) -> SQLiteLinks:
        return SQLiteLinks(self._con)

    # --- sources

    def named(self, asked: str) -> str:
        return source_id(self._con, asked)

    def held(self, source: Source) -> list[sqlite3.Row]:
        sql = "SELECT id, document, name, format, digest, visibility FROM source WHERE id = ? OR sha256 = ?"
        return self._con.execute(sql, (source.id, source.sha256)).fetchall()

    def imported(self, places: Collection[str]) -> dict[str, tuple[str, str]]:
        sql = f"SELECT id, imported_by, imported_at FROM source WHERE id {MANY} OR document {MANY} ORDER BY id"
        asked = canonical_json(sorted(places))
        return {id_: (by, at) for id_, by, at in self._con.execute(sql, (asked, asked))}

    def dated(self, source: str, at: str) -> None:
        self._con.execute("UPDATE source SET imported_at = ? WHERE id = ?", (at, source))

    def fragment(self, source: str) -> Fragment:
        return stored_source(self._con, source).fragment()

    def keys_of(self, sources: Sequence[str]) -> set[str]:
        said = self._asked(f"SELECT node FROM claim WHERE source {MANY}", sources)
        own = self._asked(f"SELECT id, document FROM source WHERE id {MANY}", sources)
        return {key for found in (said, own) for row in found for key in row}

    def insert(self, brought: Brought, visibility: str, actor: Actor, first: Collection[str]) -> None:
        brought.insert(self._con, visibility, self.masker().actor(actor), first)

    def delete(self, source: str) -> Deleted:
        con = self._con
        alone = {row["node"]: row["kind"] for row in con.execute(_ALONE, (source,))}
        said = {row["node"] for row in con.execute("SELECT node FROM claim WHERE source = ?", (source,))}
        passages = con.execute("SELECT count(*) FROM passage WHERE source = ?", (source,)).fetchone()[0]
        shared = said - alone.keys()
        tied = of_source(con, source, shared)
        delete_entries(con, "source = ?", (source,))
        con.execute(_SPANS, (source,))
        for table in _OF_A_SOURCE:
            con.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
        for table, column in (("source", "id"), ("stamp", "source")):
            con.execute(f"DELETE FROM {table} WHERE {column} = ?", (source,))
        self.links().forget(alone)
        self.rows.drop(sorted(alone))
        return Deleted(passages, Counter(alone.values()), shared, tied)

    def show(self, sources: Sequence[str], visibility: Visibility) -> list[str]:
        sql = "UPDATE source SET visibility = ?1 WHERE id = ?2 AND visibility <> ?1"
        return [id_ for id_ in sources if self._con.execute(sql, (str(visibility), id_)).rowcount]

    def stamp(self, places: Collection[str]) -> None:
        asked = canonical_json(sorted(places))
        self._con.execute(f"{NEW_STAMP} {MANY} OR document {MANY}", (asked, asked))

    def stamp_all(self) -> None:
        self._con.execute(f"{NEW_STAMP} <> ''")

    # --- nodes

    def existing(self, nodes: Sequence[str]) -> set[str]:
        return {row["id"] for row in self._asked(f"SELECT id FROM node WHERE id {MANY}", nodes)}

    def kinds(self, nodes: Collection[str]) -> Counter[str]:
        sql = f"SELECT kind, count(*) AS n FROM node WHERE id {MANY} GROUP BY kind"
        return Counter({row["kind"]: row["n"] for row in self._asked(sql, sorted(nodes))})

    def answering(self, nodes: Collection[str]) -> dict[str, str]:
        return canonical_ids(self._con, sorted(nodes))


# Said by this source only, and merged with nothing: nothing else changes when they go, but that their links go too.
_ALONE = """
    SELECT c.node, n.kind FROM claim c JOIN node n ON n.id = c.node AND n.merge_key = '' AND n.canonical = n.id
    JOIN thing t ON t.id = n.id AND json_array_length(t.members) = 1
    WHERE c.source = ?1 AND NOT EXISTS (SELECT 1 FROM claim d WHERE d.node = c.node AND d.source <> ?1)"""


def source_id(con: sqlite3.Connection, asked: str) -> str:
    """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""

    def found(condition: str) -> list[str]:
        sql = f"SELECT id FROM source WHERE {condition} ORDER BY id LIMIT {MOST_NAMED}"
        return [row["id"] for row in con.execute(sql, (asked,))]

    return the_one(asked, map(found, _NAMED))
