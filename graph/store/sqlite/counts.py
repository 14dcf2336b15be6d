"""What pages count, by statements of the embedded store that read no more than they must."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from graph.decided.identity import canonical_json
from graph.model import Filter, Thing
from graph.questions.counted import (
    BLANK,
    FURNITURE,
    HEADER,
    HEADING,
    SENTENCE,
    UNSURE_BELOW,
    First,
    Linked,
    Unread,
    Unsure,
)
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import SQLiteBase, confirmed_sql, filter_sql
from graph.store.sqlite.exceptions import kind_of
from graph.store.sqlite.links import canonical_ids, counted
from graph.store.sqlite.read import THING, rows_sql, thing_of
from graph.store.sqlite.rows import MANY
from graph.store.sqlite.stored import passage_of

MOST_LINKS = 1_000_000  # of one thing within a filter: all of them
MOST_PASSAGES = 9_999_999_999  # of one link, written with ten digits

# The literal is the condition of the index.
_UNPLACED = (
    "FROM passage b JOIN passage p ON p.id = b.parent WHERE b.parent_confidence < 1.0 AND b.parent_confidence < ?"
)
# Mentions and passages of a source in one order: a passage is silent when no mention that begins before its end, and so
# the furthest end of all of these, comes beyond its start.
_UNREAD = """
    SELECT source, count(*) AS passages, sum(coalesce(reach, -1) <= start) AS silent FROM (
      SELECT source, start, said, max(reach) OVER (PARTITION BY source ORDER BY at, said ROWS UNBOUNDED PRECEDING)
        AS reach
      FROM (
        SELECT p.source, p.end AS at, 0 AS said, p.start, NULL AS reach FROM passage p
        WHERE p.kind NOT IN (?, ?) AND trim(p.label, ?) <> '' AND NOT instr(p.attributes, ?)
          AND NOT EXISTS (SELECT 1 FROM passage c WHERE c.parent = p.id AND c.kind = ?) {passages}
        UNION ALL
        SELECT m.source, m.start, 1, NULL, m.end FROM mention m
        WHERE m.node NOT IN (SELECT n.id FROM thing t CROSS JOIN node n ON n.canonical = t.id WHERE t.rejected = 1)
          {mentions}
      )
    ) WHERE said = 0 GROUP BY source ORDER BY source"""

# Each link of the things asked for (?1), from its end.
_HALVES = " UNION ALL ".join(
    f"""
      SELECT own.thing AS a, l.{far} AS other, l.passages
      FROM json_each(?1) j CROSS JOIN linked own ON own.thing = j.value
      CROSS JOIN link l ON l.{near} = own.number AND l.passages >= 1"""
    for near, far in (("a", "b"), ("b", "a"))
)
# The strongest, then the first by id, is the least of one text: to put the links of hubs in order takes twice as long.
_LINKED = f"""
    SELECT a, kind, count(*), substr(min(printf('%010d', {MOST_PASSAGES} - passages) || thing), 11) FROM (
      SELECT y.a, {kind_of("o.thing")} AS kind, o.thing, y.passages
      FROM ({_HALVES}) y CROSS JOIN linked o ON o.number = y.other {{confirmed}}
    ) WHERE kind IN (SELECT value FROM json_each(?2)) GROUP BY a, kind"""


class CountVerbs(SQLiteBase):
    def doubtful(
        self, kinds: Sequence[str], where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200
    ) -> First[Thing]:
        """See Store.doubtful."""
        sql, values = _doubtful(kinds, where, below)
        first = f"SELECT {THING.format('')} {sql} ORDER BY doubt_weight(confidence, evidence) DESC, id LIMIT ?"
        with self._reading() as con:
            total = con.execute(f"SELECT count(*) {sql}", values).fetchone()[0]
            return First(tuple(thing_of(row) for row in con.execute(first, (*values, max(limit, 0)))), total)

    def unplaced(self, where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200) -> First[Unsure]:
        """See Store.unplaced."""
        condition, values = filter_sql(where, "b.source")
        sql = f"{_UNPLACED} {condition}"
        first = f"SELECT b.id, b.parent {sql} ORDER BY b.parent_confidence, b.id LIMIT ?"
        with self._reading() as con:
            total = con.execute(f"SELECT count(*) {sql}", (below, *values)).fetchone()[0]
            pairs = con.execute(first, (below, *values, max(limit, 0))).fetchall()
            asked = canonical_json(sorted({id_ for pair in pairs for id_ in pair}))
            read = con.execute("SELECT p.* FROM json_each(?) j CROSS JOIN passage p ON p.id = j.value", (asked,))
            by_id = {row["id"]: (row["source"], passage_of(row)) for row in read}
        return First(tuple(Unsure(*by_id[block], by_id[parent][1]) for block, parent in pairs), total)

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        """See Store.linked."""
        with self._reading() as con:
            asked = canonical_ids(con, ids)
            found: dict[str, dict[str, Linked]] = defaultdict(dict)
            for thing, kind, number, first in _linked(con, sorted(set(asked.values())), kinds, where):
                found[thing][kind] = Linked(number, first)
        return {id_: dict(found[own]) for id_, own in asked.items() if own in found}

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        """See Store.unread."""
        passages, values = filter_sql(where, "p.source")
        mentions, _ = filter_sql(where, "m.source")
        told = (HEADING, FURNITURE, BLANK, HEADER, SENTENCE)
        sql = _UNREAD.format(passages=passages, mentions=mentions)
        with self._reading() as con:
            return [Unread(*row) for row in con.execute(sql, (*told, *values, *values))]


def _doubtful(kinds: Sequence[str], where: Filter, below: float) -> tuple[str, list[object]]:
    """From which rows the doubtful things are taken, and the parameters."""
    if filter_sql(where, "source")[0]:
        found, values = rows_sql(kinds, where, 0)
        return f"FROM ({found}) WHERE confirmed = 0 AND confidence < ?", [*values, below]
    sql = f"""
        FROM thing t INDEXED BY thing_unsure WHERE t.rejected = 0 AND t.confirmed = 0 AND t.confidence < ?
          AND t.kind IN (SELECT value FROM json_each(?)) {confirmed_sql(where, "t")}"""
    return sql, [below, canonical_json(list(kinds))]


def _linked(
    con: sqlite3.Connection, ids: Sequence[str], kinds: Sequence[str], where: Filter
) -> Iterable[tuple[str, str, int, str]]:
    """What these things, by canonical ids, are linked to: (thing, kind, how many, the first of them)."""
    if not filter_sql(where, "source")[0]:
        confirmed = "CROSS JOIN thing t ON t.id = o.thing AND t.confirmed = 1" if where.confirmed else ""
        sql = _LINKED.format(confirmed=confirmed)
        return con.execute(sql, (canonical_json(list(ids)), canonical_json(list(kinds))))
    links = [(row["a"], row["b"]) for row in counted(con, ids, kinds, where, 1, MOST_LINKS)] if kinds else []
    asked = canonical_json(sorted({b for _, b in links}))
    kind_of = dict(con.execute(f"SELECT id, kind FROM thing WHERE id {MANY}", (asked,)).fetchall())
    number = Counter((a, kind_of[b]) for a, b in links)
    first = {(a, kind_of[b]): b for a, b in reversed(links)}  # the strongest comes first
    return [(a, kind, n, first[a, kind]) for (a, kind), n in number.items()]
