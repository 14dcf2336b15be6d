"""Search in the embedded store: FTS5 finds, graph.ranking orders."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from graph.identity import canonical_json
from graph.model import Filter, Hit
from graph.ranking import CONSIDERED, Query, best_first, excerpt, rank, read_query
from graph.store.base import NO_FILTER
from graph.store.sqlite_base import SQLiteBase, filter_sql


class SearchVerbs(SQLiteBase):
    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search."""
        query = read_query(text)
        if query is None or limit <= 0:
            return []
        with self._reading() as con:
            found = [(rank(query, _names(row)), row) for row in _matches(con, query, kinds, where)]
            found.sort(key=lambda pair: best_first(pair[0], pair[1]["evidence"], pair[1]["id"]))
            return [
                Hit(row["id"], row["kind"], row["label"], place.score, _quote(con, row, where))
                for place, row in found[:limit]
            ]


def _names(row: sqlite3.Row) -> list[str]:
    return [row["label"], *json.loads(row["aliases"] or "[]")]


def _match(query: Query) -> str:
    """The FTS expression: quoted words only, so that no text of a user is ever syntax."""
    parts = [f'stems : "{stem}"' for stem in query.stems[:-1]]
    parts.append(f'(stems : "{query.stems[-1]}" OR forms : "{query.prefix}" *)')
    return " AND ".join(parts)


def _matches(con: sqlite3.Connection, query: Query, kinds: Sequence[str], where: Filter) -> list[sqlite3.Row]:
    condition, values = filter_sql(where, "m.source")
    direct, direct_values = filter_sql(where, "e.source")
    kind = "AND e.kind IN (SELECT value FROM json_each(?))" if kinds else ""
    within = (
        f"""AND CASE WHEN e.source IS NULL
              THEN EXISTS (SELECT 1 FROM node n JOIN mention m ON m.node = n.id WHERE n.canonical = e.id {condition})
              ELSE 1 {direct} END"""
        if condition
        else ""
    )
    sql = f"""
        SELECT e.id, e.kind, e.label, e.source, e.evidence, t.aliases
        FROM fts JOIN entry e ON e.number = fts.rowid LEFT JOIN thing t ON t.id = e.id
        WHERE fts MATCH ? {kind} {within} {"AND (e.source IS NOT NULL OR t.confirmed = 1)" if where.confirmed else ""}
        ORDER BY e.folded = ? DESC, substr(e.folded, 1, length(?)) = ? DESC, e.source IS NOT NULL, e.evidence DESC, e.id
        LIMIT {CONSIDERED}"""
    folded = query.folded
    asked = [_match(query), *([canonical_json(list(kinds))] if kinds else []), *values, *direct_values]
    return con.execute(sql, (*asked, folded, folded, folded)).fetchall()


def _quote(con: sqlite3.Connection, row: sqlite3.Row, where: Filter) -> str:
    if row["source"] is not None:
        return excerpt(row["label"])
    condition, values = filter_sql(where, "m.source")
    sql = f"""
        SELECT p.label, m.quote FROM node n JOIN mention m ON m.node = n.id JOIN passage p ON p.id = m.passage
        JOIN source s ON s.id = m.source WHERE n.canonical = ? {condition}
        ORDER BY m.confidence DESC, s.date, s.id, m.start, m.end, m.node LIMIT 1"""
    found = con.execute(sql, (row["id"], *values)).fetchone()
    return excerpt(found["label"] or found["quote"], found["quote"]) if found else ""
