"""Why two things are linked, as the embedded store answers it: what is stated, then what passages they share."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from graph.model import Filter, Hop
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import SQLiteBase, filter_sql
from graph.store.sqlite.links import OWN_PASSAGES, canonical_ids
from graph.store.sqlite.ties import unstated_types

LONG_PASSAGE = 600  # characters; of a longer one a hop shows the piece around the two mentions


class HopVerbs(SQLiteBase):
    def why(self, a: str, b: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
        """See Store.why. Each hop goes from `a` to `b`; a type stated from `b` to `a` begins with "-"."""
        return self.whys([(a, b)], where, limit=limit)[(a, b)]

    def whys(
        self, pairs: Sequence[tuple[str, str]], where: Filter = NO_FILTER, *, limit: int = 20
    ) -> dict[tuple[str, str], list[Hop]]:
        """See Store.whys."""
        with self._reading() as con:
            own = canonical_ids(con, list(dict.fromkeys(end for pair in pairs for end in pair)))
            return {
                (a, b): _hops(con, (own[a], own[b]), where, max(limit, 0)) if a in own and b in own else []
                for a, b in pairs
            }


def _hops(con: sqlite3.Connection, pair: tuple[str, str], where: Filter, limit: int) -> list[Hop]:
    stated = _stated_hops(con, pair, where, limit)
    return stated + _shared_hops(con, pair, where, limit - len(stated))


def _stated_hops(con: sqlite3.Connection, pair: tuple[str, str], where: Filter, limit: int) -> list[Hop]:
    condition, values = filter_sql(where, "p.source")
    sql = f"""
        SELECT f.canonical AS from_id, p.type, p.source, p.start, p.end, p.quote, p.confidence
        FROM node f CROSS JOIN relation_span p ON p.from_id = f.id CROSS JOIN node g ON g.id = p.to_id
        JOIN source s ON s.id = p.source
        WHERE ((f.canonical = ? AND g.canonical = ?) OR (f.canonical = ? AND g.canonical = ?))
          AND p.type NOT IN (SELECT value FROM json_each(?)) {condition}
        ORDER BY p.confidence DESC, s.date, s.id, p.start, p.type, p.end, p.from_id, p.to_id LIMIT ?"""
    a, b = pair
    return [
        Hop(
            a, b, ("" if row["from_id"] == a else "-") + row["type"], row["source"], row["start"], row["end"],
            row["quote"], row["confidence"],
        )
        for row in con.execute(sql, (a, b, b, a, unstated_types(), *values, limit))
    ]  # fmt: skip


def _shared_hops(con: sqlite3.Connection, pair: tuple[str, str], where: Filter, limit: int) -> list[Hop]:
    condition, values = filter_sql(where, "m.source")
    own = OWN_PASSAGES.format(own="node o", more=f"AND o.canonical = ? {condition}")
    other = OWN_PASSAGES.format(own="node o", more="AND o.canonical = ?")
    sql = f"""
        SELECT p.source, p.start, p.end, min(m.confidence, x.confidence) AS confidence,
          min(m.low, x.low) AS low, max(m.high, x.high) AS high
        FROM ({own}) m JOIN ({other}) x ON x.passage = m.passage
        JOIN passage p ON p.id = m.passage JOIN source s ON s.id = p.source
        ORDER BY min(m.confidence, x.confidence) DESC, s.date, p.source, p.start, p.end, p.id LIMIT ?"""
    a, b = pair
    out = []
    for row in con.execute(sql, (a, *values, b, max(limit, 0))).fetchall():
        text = con.execute("SELECT text FROM source WHERE id = ?", (row["source"],)).fetchone()[0]
        start, end = row["start"], row["end"]
        if end - start > LONG_PASSAGE:
            start, end = row["low"], row["high"]
        out.append(Hop(a, b, "mentions", row["source"], start, end, text[start:end], row["confidence"]))
    return out
