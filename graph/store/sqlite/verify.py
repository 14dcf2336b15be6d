"""Proof of a whole store: every span against its text, every source against its fingerprint, every derived row."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

from graph.derived.proof import MOST_TOLD, bearing_problems, node_problems, thing_problems, told
from graph.model import VerifyReport
from graph.store.sqlite.base import SQLiteBase
from graph.store.sqlite.read import ReadVerbs
from graph.store.sqlite.rows import SQLiteRows
from graph.store.sqlite.stored import stored_source
from graph.store.sqlite.ties import stored_link_problems
from graph.store.sqlite.words import MOST_MOVED, passage_entries

Check = Callable[[sqlite3.Connection, Counter[str]], Iterator[str]]


class VerifyVerbs(ReadVerbs, SQLiteBase):
    def verify(self) -> VerifyReport:
        """See Store.verify. All of it is read as of one moment; imports go on meanwhile."""
        checked: Counter[str] = Counter()
        problems: list[str] = []
        with self._reading() as con:
            checks: tuple[Check, ...] = (_file, self._sources, _ends, _passages, _nodes, _bearing, _things, _links)
            for check in checks:
                try:
                    problems += check(con, checked)
                except (sqlite3.DatabaseError, ValueError, KeyError) as error:
                    problems.append(f"{check.__name__.strip('_')}: unreadable: {error}")
        problems += self._index()
        return VerifyReport(dict(sorted(checked.items())), told(problems))

    def _index(self) -> list[str]:
        """FTS5 proves its own index against the entries; that statement writes nothing but counts as a write."""
        try:
            with self._lock:
                self._writer.execute("INSERT INTO fts(fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            return [f"index: {error}"]
        return []

    def _sources(self, con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
        for (id_,) in con.execute("SELECT id FROM source ORDER BY id").fetchall():
            checked["sources"] += 1
            try:
                yield from self._source(con, id_, checked)
            except (ValueError, zlib.error) as error:
                yield f"source {id_}: unreadable: {error}"

    def _source(self, con: sqlite3.Connection, id_: str, checked: Counter[str]) -> Iterator[str]:
        stored = stored_source(con, id_)
        stored.count(checked)
        yield from stored.problems()
        entries = [tuple(row) for row in con.execute(f"{_ENTRIES} WHERE source = ? ORDER BY id", (id_,))]
        if entries != sorted(passage_entries(id_, stored.passages, stored.mentions), key=_first):
            yield f"source {id_}: its rows in the index are not right"
        yield from stored.digest_problems()


# --- tables against each other ----------------------------------------------------------------------------------------


def _file(con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
    """SQLite's own proofs: pages, indexes, references."""
    checked["tables"] = con.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()[0]
    for row in con.execute(f"PRAGMA integrity_check({MOST_TOLD})"):
        if row[0] != "ok":
            yield f"file: {row[0]}"
    for row in con.execute("PRAGMA foreign_key_check"):
        yield f"{row['table']}: a row refers to a {row['parent']} that is not there"


def _ends(con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
    """Both ends of every relation, each said by the same source or a passage of it."""
    for end in ("from_id", "to_id"):
        sql = f"""
            SELECT r.from_id, r.type, r.to_id, r.{end} AS missing FROM relation r
            WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.node = r.{end} AND c.source = r.source)
              AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.id = r.{end} AND p.source = r.source)"""
        for row in con.execute(sql):
            yield f"{row['from_id']} {row['type']} {row['to_id']}: {row['missing']} is not there"
        checked["ends"] += con.execute("SELECT count(*) FROM relation").fetchone()[0]


def _passages(con: sqlite3.Connection, _: Counter[str]) -> Iterator[str]:
    sql = """
        SELECT p.id FROM passage p JOIN source s ON s.id = p.source LEFT JOIN passage q ON q.id = p.parent
        WHERE NOT (0 <= p.start AND p.start <= p.end AND p.end <= s.chars)
           OR (p.parent IS NOT NULL AND q.source IS NOT p.source)"""
    for row in con.execute(sql):
        yield f"passage {row['id']}: its bounds or its parent do not hold"


def _nodes(con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
    return node_problems(SQLiteRows(con), checked)


def _bearing(con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
    return bearing_problems(SQLiteRows(con), checked)


def _things(con: sqlite3.Connection, checked: Counter[str]) -> Iterator[str]:
    checked["searchable"] = _searchable(con)
    yield from thing_problems(SQLiteRows(con), checked)
    for (id_,) in con.execute(f"SELECT id FROM entry WHERE number NOT BETWEEN standing AND standing + {MOST_MOVED}"):
        yield f"thing or passage {id_}: its number in the index is not that of its standing"


def _links(con: sqlite3.Connection, _: Counter[str]) -> Iterator[str]:
    return stored_link_problems(con)


_ENTRIES = "SELECT id, kind, source, label, folded, evidence, stems, forms, standing FROM entry"


def _first(row: tuple[object, ...]) -> str:
    return str(row[0])


def _searchable(con: sqlite3.Connection) -> int:
    return int(con.execute("SELECT count(*) FROM entry").fetchone()[0])
