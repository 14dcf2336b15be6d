"""Search in the embedded store: FTS5 finds in the order of standings, graph.questions.ranking orders."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from graph.model import Filter, Hit
from graph.questions.ranking import (
    FIRST_MARK,
    Query,
    Rank,
    best_first,
    considered,
    excerpt,
    rank,
    rank_prepared,
    read_query,
    standing_words,
)
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import SQLiteBase, filter_sql
from graph.store.sqlite.words import MOST_MOVED
from ontology import load


class SearchVerbs(SQLiteBase):
    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search."""
        query = read_query(text)
        asked = [kind for kind in dict.fromkeys(kinds) if kind in load().kinds]
        if query is None or limit <= 0 or (kinds and not asked):
            return []
        with self._reading() as con:
            found = [(_rank(query, row), row) for row in _matches(con, query, asked, where, considered(limit))]
            found.sort(key=lambda pair: best_first(pair[0], pair[1]["evidence"], pair[1]["id"]))
            return [
                Hit(row["id"], row["kind"], row["label"], place.score, _quote(con, row, where))
                for place, row in found[:limit]
            ]


def _rank(query: Query, row: sqlite3.Row) -> Rank:
    aliases = json.loads(row["aliases"] or "[]")
    if aliases:
        return rank(query, [row["label"], *aliases])
    return rank_prepared(query, row["folded"], row["stems"].split(), row["forms"].split())


def _match(query: Query, kinds: Sequence[str]) -> str:
    """The FTS expression: quoted words only, so that no text of a user is ever syntax."""
    parts = [f'stems : "{stem}"' for stem in query.stems[:-1]]
    parts.append(f'(stems : "{query.stems[-1]}" OR forms : "{query.prefix}" *)')
    if kinds:
        parts.append(f"({' OR '.join(f'kind : {chr(34)}{kind}{chr(34)}' for kind in kinds)})")
    return " AND ".join(parts)


def _starting(query: Query) -> str:
    """The same for labels that may begin with the query: those whose first word is its first."""
    first, *more = query.folded.split()
    return f'forms : "{FIRST_MARK}{first}"' + ("" if more else " *")


def _matches(
    con: sqlite3.Connection, query: Query, kinds: Sequence[str], where: Filter, most: int
) -> list[sqlite3.Row]:
    """The first `most` matches: what the query is, what begins with it, then by standing."""
    match = _match(query, kinds)
    found: dict[int, sqlite3.Row] = {}
    starting = _in_order(con, f"{match} AND {_starting(query)}", where)
    begun = (row for row in starting if row["folded"].startswith(query.folded))
    longest = len(set(query.stems))
    for row in _first(begun, most, longest):
        found[row["number"]] = row
    if len(found) < most:
        found |= {row["number"]: row for row in _first(_in_order(con, match, where), most)}
    ordered = sorted(found.values(), key=lambda row: _before(query, row))
    return ordered[:most]


def _before(query: Query, row: sqlite3.Row) -> tuple[object, ...]:
    folded = row["folded"]
    return folded != query.folded, not folded.startswith(query.folded), row["standing"], row["id"]


def _first(rows: Iterator[sqlite3.Row], most: int, words: int = -1) -> Iterator[sqlite3.Row]:
    """At least the first `most` by standing and id, and all those that have a name of as few `words`."""
    last = 0
    for count, row in enumerate(rows):
        if count >= most and row["number"] > last + MOST_MOVED and standing_words(row["standing"]) > words:
            return
        if count < most:
            last = row["number"]
        yield row


def _in_order(con: sqlite3.Connection, match: str, where: Filter) -> Iterator[sqlite3.Row]:
    """What matches, in the order of numbers; read as far as it is asked for."""
    condition, values = filter_sql(where, "m.source")
    direct, direct_values = filter_sql(where, "e.source")
    within = (
        f"""AND CASE WHEN e.source IS NULL
              THEN EXISTS (SELECT 1 FROM node n JOIN mention m ON m.node = n.id WHERE n.canonical = e.id {condition})
              ELSE 1 {direct} END"""
        if condition
        else ""
    )
    sql = f"""
        SELECT e.number, e.id, e.kind, e.label, e.source, e.folded, e.evidence, e.stems, e.forms, e.standing, t.aliases
        FROM fts CROSS JOIN entry e ON e.number = fts.rowid LEFT JOIN thing t ON e.source IS NULL AND t.id = e.id
        WHERE fts MATCH ? {within} {"AND (e.source IS NOT NULL OR t.confirmed = 1)" if where.confirmed else ""}
        ORDER BY fts.rowid"""
    return con.execute(sql, (match, *values, *direct_values))


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
