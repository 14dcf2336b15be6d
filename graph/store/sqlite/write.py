"""Writing and removing sources: one transaction each, all derived rows brought up to date in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence

from graph.decided.identity import canonical_json
from graph.derived.arrival import MOST_NAMED, Deleted, arriving, reported, the_one, visibility_of
from graph.derived.linking import retie, ties_of
from graph.derived.prepare import prepare
from graph.derived.refresh import concerned_by, refresh
from graph.model import Actor, Fragment, WriteReport
from graph.persons.forgetting import Masker, Variant
from graph.store.sqlite.base import SQLiteBase, utc_now
from graph.store.sqlite.brought import Brought
from graph.store.sqlite.links import canonical_ids
from graph.store.sqlite.rows import MANY, SQLiteRows
from graph.store.sqlite.ties import SQLiteLinks, of_source

_OF_A_SOURCE = ("entry", "relation_span", "relation", "mention", "claim", "passage")


_SAME_BYTES = "SELECT id, document, name, format, digest, visibility FROM source WHERE id = ? OR sha256 = ?"


# Ways in which a source is named, the surest first.
_NAMED = (
    "id = ?1",
    "sha256 = ?1",
    "name = ?1",
    "substr(id, 1, length(?1)) = ?1 OR instr(lower(id), lower(':' || ?1)) > 0",
)


class WriteVerbs(SQLiteBase):
    def write(self, fragment: Fragment, actor: Actor) -> WriteReport:
        """See Store.write."""
        return self._put(self.masker().fragment(fragment), actor)

    def masker(self) -> Masker:
        """See Store.masker."""
        with self._reading() as con:
            return Masker([Variant(*row) for row in con.execute("SELECT digest, key, letters FROM forgotten")])

    def _put(self, fragment: Fragment, actor: Actor, *, renamed: bool = False) -> WriteReport:
        """Write what holds no forgotten name; `renamed` where the name of the source itself is masked."""
        ready = prepare(fragment)
        rows = Brought(ready)  # everything slow is computed before the transaction opens
        with self._writing() as con:
            old = con.execute(_SAME_BYTES, (ready.source.id, ready.source.sha256)).fetchall()
            kept = arriving(fragment, ready, old, renamed=renamed)
            if kept is None:
                return reported(ready, "unchanged", 0)
            if kept is not ready:
                ready, rows = kept, Brought(kept)
            there = _existing(con, rows.touched)
            new, touched = set(rows.touched) - there, set(rows.touched)
            concerned = _concerned(con, [s["id"] for s in old], {*touched, ready.source.id, ready.source.document})
            gone = [_delete(con, source["id"]) for source in old]
            touched |= {node for deleted in gone for node in deleted.shared}
            first = set(rows.first) - (_existing(con, sorted(there)) if old else there)
            rows.insert(con, visibility_of(ready, old), actor, first)
            moved = refresh(SQLiteRows(con), touched - first, concerned)
            answering = canonical_ids(con, sorted(set(rows.touched) - first)) | {id_: id_ for id_ in first}
            retie(SQLiteLinks(con), [deleted.tied for deleted in gone], ties_of(ready, answering), moved)
            log_act(con, actor.name, "replace" if old else "write", ready.source.id)
        return reported(ready, "replaced" if old else "new", len(new))

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""
        with self._writing() as con:
            found = source_id(con, source)
            concerned = _concerned(con, [found], set())
            deleted = _delete(con, found)
            before = _kinds(con, deleted.shared)
            moved = refresh(SQLiteRows(con), deleted.shared, concerned)
            retie(SQLiteLinks(con), [deleted.tied], {}, moved)
            gone = deleted.alone + before - _kinds(con, deleted.shared)
            log_act(con, actor.name, "remove", found)
        return {**dict(sorted(gone.items())), "passage": deleted.passages, "source": 1}


def _existing(con: sqlite3.Connection, nodes: list[str]) -> set[str]:
    sql = "SELECT id FROM node WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"] for row in con.execute(sql, (canonical_json(nodes),))}


def _concerned(con: sqlite3.Connection, sources: Sequence[str], keys: set[str]) -> set[str]:
    """The corrections that a change of these sources, and of what else goes by these keys, may move."""
    if not con.execute("SELECT 1 FROM decision LIMIT 1").fetchone():
        return set()
    asked = canonical_json(list(sources))
    said = {row[0] for row in con.execute(f"SELECT node FROM claim WHERE source {MANY}", (asked,))}
    own = {key for row in con.execute(f"SELECT id, document FROM source WHERE id {MANY}", (asked,)) for key in row}
    return concerned_by(SQLiteRows(con), said | own | keys)


# Said by this source only, and merged with nothing: nothing else changes when they go, but that their links go too.
_ALONE = """
    SELECT c.node, n.kind FROM claim c JOIN node n ON n.id = c.node AND n.merge_key = '' AND n.canonical = n.id
    JOIN thing t ON t.id = n.id AND json_array_length(t.members) = 1
    WHERE c.source = ?1 AND NOT EXISTS (SELECT 1 FROM claim d WHERE d.node = c.node AND d.source <> ?1)"""


def _delete(con: sqlite3.Connection, source: str) -> Deleted:
    """Delete all that is a source's own, nodes that nothing else speaks of included."""
    alone = {row["node"]: row["kind"] for row in con.execute(_ALONE, (source,))}
    said = {row["node"] for row in con.execute("SELECT node FROM claim WHERE source = ?", (source,))}
    passages = con.execute("SELECT count(*) FROM passage WHERE source = ?", (source,)).fetchone()[0]
    shared = said - alone.keys()
    tied = of_source(con, source, shared)
    for table in _OF_A_SOURCE:
        con.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
    con.execute("DELETE FROM source WHERE id = ?", (source,))
    SQLiteLinks(con).forget(alone)
    SQLiteRows(con).drop(sorted(alone))
    return Deleted(passages, Counter(alone.values()), shared, tied)


def _kinds(con: sqlite3.Connection, nodes: set[str]) -> Counter[str]:
    sql = "SELECT kind, count(*) AS n FROM node WHERE id IN (SELECT value FROM json_each(?)) GROUP BY kind"
    return Counter({row["kind"]: row["n"] for row in con.execute(sql, (canonical_json(sorted(nodes)),))})


def log_act(con: sqlite3.Connection, actor: str, verb: str, object_: str) -> None:
    """Note who wrote: an id and a verb, never content."""
    con.execute("INSERT INTO act(at, actor, verb, object) VALUES (?, ?, ?, ?)", (utc_now(), actor, verb, object_))


def source_id(con: sqlite3.Connection, asked: str) -> str:
    """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""

    def found(condition: str) -> list[str]:
        sql = f"SELECT id FROM source WHERE {condition} ORDER BY id LIMIT {MOST_NAMED}"
        return [row["id"] for row in con.execute(sql, (asked,))]

    return the_one(asked, map(found, _NAMED))
