"""What pages ask of many things at once, in one moment of the embedded store."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.decided.identity import canonical_json
from graph.model import Filter, Link, Mention, Passage
from graph.questions.kept import Placed, kept
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import SQLiteBase, confirmed_sql, filter_sql
from graph.store.sqlite.exceptions import COUNTED_WITHIN
from graph.store.sqlite.links import canonical_ids, counted, link_of_row
from graph.store.sqlite.read import mention_of
from graph.store.sqlite.rows import MANY
from graph.store.sqlite.stored import passage_of
from graph.store.sqlite.stored_links import stored_neighbours

# The first source that speaks of a thing comes from its claims, which are fewer than its mentions.
_FIRSTS = """
    SELECT x.asked, x.canonical, m.* FROM (
      SELECT j.value AS asked, t.id AS canonical, (
        SELECT c.source FROM node n CROSS JOIN claim c ON c.node = n.id CROSS JOIN source s ON s.id = c.source
        WHERE n.canonical = t.id {condition} ORDER BY s.date, s.id LIMIT 1
      ) AS source
      FROM json_each(?) j CROSS JOIN node a ON a.id = j.value
      CROSS JOIN thing t ON t.id = a.canonical AND t.rejected = 0
    ) x CROSS JOIN node n ON n.canonical = x.canonical CROSS JOIN mention m ON m.node = n.id AND m.source = x.source
    ORDER BY m.start, m.end, m.node"""
_PLACED = """
    SELECT s.id, s.document, s.meeting, s.date, s.visibility, ifnull(n.number, 0)
    FROM source s LEFT JOIN stamp n ON n.source = s.id ORDER BY s.id"""
_SAID_IN = """
    SELECT n.canonical, m.* FROM json_each(?) j CROSS JOIN mention m ON m.passage = j.value
    CROSS JOIN node n ON n.id = m.node CROSS JOIN thing t ON t.id = n.canonical AND t.rejected = 0
    ORDER BY m.source, m.start, m.end DESC, n.canonical, m.node"""
_WHOLE = """
    SELECT t.kind, count(*) FROM thing t WHERE t.kind IN (SELECT value FROM json_each(?)) AND t.rejected = 0 {confirmed}
    GROUP BY t.kind"""
_CONFIRMED_WITHIN = """
    WITH pair(place, source) AS MATERIALIZED (
      SELECT f.key, s.value FROM json_each(?2) f CROSS JOIN json_each(f.value) s
    )
    SELECT p.place, t.kind, count(DISTINCT t.id) FROM thing t INDEXED BY thing_confirmed
    CROSS JOIN node n ON n.canonical = t.id CROSS JOIN claim c ON c.node = n.id CROSS JOIN pair p ON p.source = c.source
    WHERE t.confirmed = 1 AND t.rejected = 0 AND t.kind IN (SELECT value FROM json_each(?1)) GROUP BY 1, 2"""


class ManyVerbs(SQLiteBase):
    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        """See Store.firsts."""
        condition, values = filter_sql(where, "c.source")
        found: dict[str, Mention] = {}
        with self._reading() as con:
            asked = canonical_json(list(dict.fromkeys(ids)))
            for row in con.execute(_FIRSTS.format(condition=condition), (*values, asked)):
                if row["asked"] not in found:
                    found[row["asked"]] = mention_of(row)
        return found

    def strongest(
        self,
        ids: Iterable[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        stated_only: bool = False,
    ) -> dict[str, list[Link]]:
        """See Store.strongest."""
        if limit <= 0:
            return {}
        found: dict[str, list[Link]] = defaultdict(list)
        with self._reading() as con:
            asked = canonical_ids(con, list(ids))
            things = sorted(set(asked.values()))
            if filter_sql(where, "source")[0]:
                for row in counted(con, things, kinds, where, 1, limit, stated_only=stated_only):
                    found[row["a"]].append(link_of_row(row))
            else:
                wanted = (tuple(kinds), where.confirmed, 1, stated_only)
                found |= {thing: stored_neighbours(con, thing, wanted, limit) for thing in things}
        return {id_: list(found[own]) for id_, own in asked.items() if found.get(own)}

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        """See Store.count_within."""
        out: list[dict[str, int]] = [{} for _ in filters]
        with self._reading() as con:
            sources = kept(_placed(con), filters)
            for confirmed, sql in ((True, _CONFIRMED_WITHIN), (False, COUNTED_WITHIN)):
                asked = {
                    n: own for n, own in enumerate(sources) if own is not None and filters[n].confirmed is confirmed
                }
                for place, kind, number in _counted(con, sql, kinds, asked) if asked else ():
                    out[int(place)][kind] = out[int(place)].get(kind, 0) + number
            for n, own in enumerate(sources):
                if own is None:
                    whole = _WHOLE.format(confirmed=confirmed_sql(filters[n], "t"))
                    out[n] = {row[0]: row[1] for row in con.execute(whole, (canonical_json(list(kinds)),))}
        return [dict(sorted((kind, n) for kind, n in own.items() if n)) for own in out]

    def stamps(self) -> list[Placed]:
        """See Store.stamps."""
        with self._reading() as con:
            return _placed(con)

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        """See Store.blocks."""
        sql = "SELECT p.* FROM json_each(?) j CROSS JOIN passage p ON p.id = j.value"
        with self._reading() as con:
            found = con.execute(sql, (canonical_json(list(dict.fromkeys(ids))),))
            return {row["id"]: (row["source"], passage_of(row)) for row in found}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        """See Store.said_in."""
        with self._reading() as con:
            return [mention_of(row) for row in con.execute(_SAID_IN, (canonical_json(list(dict.fromkeys(blocks))),))]

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        """See Store.texts."""
        with self._reading() as con:
            found = con.execute(f"SELECT id, text FROM source WHERE id {MANY}", (canonical_json(list(sources)),))
            return {row["id"]: row["text"] for row in found}


def _placed(con: sqlite3.Connection) -> list[Placed]:
    return [Placed(*row) for row in con.execute(_PLACED)]


def _counted(
    con: sqlite3.Connection, sql: str, kinds: Sequence[str], asked: dict[int, list[str]]
) -> Iterable[tuple[str, str, int]]:
    return con.execute(
        sql, (canonical_json(list(dict.fromkeys(kinds))), canonical_json({str(n): s for n, s in asked.items()}))
    )
