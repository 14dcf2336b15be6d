"""Writing and removing sources: one transaction each, all derived rows brought up to date in it."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Mapping

from graph.decided.identity import canonical_json
from graph.derived.arrival import MOST_NAMED, arriving, reported, the_one, visibility_of
from graph.derived.linking import label_of, retie, ties_of
from graph.derived.prepare import Prepared, prepare, text_hash
from graph.derived.refresh import concerned_by, refresh
from graph.model import Actor, Fragment, Passage, WriteReport
from graph.persons.forgetting import Masker, Variant
from graph.store.sqlite.base import SQLiteBase, utc_now
from graph.store.sqlite.links import canonical_ids
from graph.store.sqlite.rows import SQLiteRows
from graph.store.sqlite.ties import SQLiteLinks, of_source
from graph.store.sqlite.words import insert_entries, passage_entries

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
        rows = _Rows(ready)  # everything slow is computed before the transaction opens
        with self._writing() as con:
            old = con.execute(_SAME_BYTES, (ready.source.id, ready.source.sha256)).fetchall()
            kept = arriving(fragment, ready, old, renamed=renamed)
            if kept is None:
                return reported(ready, "unchanged", 0)
            if kept is not ready:
                ready, rows = kept, _Rows(kept)
            new = set(rows.touched) - _existing(con, rows.touched)
            touched = set(rows.touched)
            places = {ready.source.id, ready.source.document}
            minus = [of_source(con, source["id"]) for source in old]
            for source in old:
                touched |= _delete(con, source["id"])
                places |= {source["id"], source["document"]}
            rows.insert(con, visibility_of(ready, old), actor)
            derived = SQLiteRows(con)
            moved = refresh(derived, touched, concerned_by(derived, touched | places))
            retie(SQLiteLinks(con), minus, ties_of(ready, canonical_ids(con, rows.touched)), moved)
            log_act(con, actor.name, "replace" if old else "write", ready.source.id)
        return reported(ready, "replaced" if old else "new", len(new))

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""
        with self._writing() as con:
            found = source_id(con, source)
            passages = con.execute("SELECT count(*) FROM passage WHERE source = ?", (found,)).fetchone()[0]
            document = con.execute("SELECT document FROM source WHERE id = ?", (found,)).fetchone()[0]
            minus = of_source(con, found)
            touched = _delete(con, found)
            before = _kinds(con, touched)
            derived = SQLiteRows(con)
            moved = refresh(derived, touched, concerned_by(derived, {*touched, found, document}))
            retie(SQLiteLinks(con), [minus], {}, moved)
            gone = before - _kinds(con, touched)
            log_act(con, actor.name, "remove", found)
        return {**dict(sorted(gone.items())), "passage": passages, "source": 1}


class _Rows:
    """The rows of a fragment, ready for executemany."""

    def __init__(self, ready: Prepared) -> None:
        self.ready = ready
        self.touched = [c.node for c in ready.claims]
        source = ready.source.id
        self.passages = [_passage_row(source, p) for p in ready.passages]
        self.claims = [
            (
                c.node,
                source,
                c.kind,
                c.label,
                canonical_json(c.aliases),
                canonical_json(dict(c.attributes)),
                c.merge_key,
                c.weight,
                c.confidence,
            )
            for c in ready.claims
        ]
        self.mentions = [
            (node, source, e.start, e.end, p.passage, e.confidence, e.rule, e.quote)
            for node, placed in ready.mentions.items()
            for p in placed
            for e in (p.evidence,)
        ]
        self.relations = [
            (
                r.from_id,
                r.type,
                r.to_id,
                source,
                label_of(r.attributes),
                canonical_json(dict(r.attributes)),
            )
            for r in ready.relations
        ]
        self.spans = [
            (r.from_id, r.type, r.to_id, source, e.start, e.end, p.passage, e.confidence, e.rule, e.quote)
            for r in ready.relations
            for p in r.spans
            for e in (p.evidence,)
        ]
        self.entries = passage_entries(source, ready.passages, ready.mentions)
        self.data = zlib.compress(ready.source.data, 6)

    def insert(self, con: sqlite3.Connection, visibility: str, actor: Actor) -> None:
        s = self.ready.source
        con.execute(
            f"INSERT INTO source VALUES ({_marks(21)})",
            (
                *(s.id, s.document, s.name, s.sha256, s.format, s.title, s.language, s.reader),
                *(canonical_json(dict(s.options)), s.meeting, s.date, s.place, visibility),
                *(canonical_json(dict(s.ledger)), self.ready.digest, len(s.text), text_hash(s.text)),
                *(actor.name, utc_now(), s.text, self.data),
            ),
        )
        for table, rows in (
            ("passage", self.passages),
            ("claim", self.claims),
            ("mention", self.mentions),
            ("relation", self.relations),
            ("relation_span", self.spans),
        ):
            if rows:
                con.executemany(f"INSERT INTO {table} VALUES ({_marks(len(rows[0]))})", rows)
        insert_entries(con, self.entries)


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _passage_row(source: str, p: Passage) -> tuple[object, ...]:
    return (
        *(p.id, source, p.order, p.kind, p.start, p.end, p.label, p.level, p.parent, p.place, p.parent_confidence),
        canonical_json(dict(p.attributes)),
    )


def _existing(con: sqlite3.Connection, nodes: list[str]) -> set[str]:
    sql = "SELECT id FROM node WHERE id IN (SELECT value FROM json_each(?))"
    return {row["id"] for row in con.execute(sql, (canonical_json(nodes),))}


def _delete(con: sqlite3.Connection, source: str) -> set[str]:
    """Delete all rows of a source; returns the nodes it spoke of."""
    touched = {row["node"] for row in con.execute("SELECT node FROM claim WHERE source = ?", (source,))}
    for table in _OF_A_SOURCE:
        con.execute(f"DELETE FROM {table} WHERE source = ?", (source,))
    con.execute("DELETE FROM source WHERE id = ?", (source,))
    return touched


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
