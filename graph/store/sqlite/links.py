"""What links things in the embedded store: stated relations and shared passages, counted in one statement each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from operator import itemgetter

from graph.decided.identity import canonical_json
from graph.model import Filter, Link
from graph.store.base import NO_FILTER
from graph.store.degrees import RemembersDegrees
from graph.store.sqlite.base import SQLiteBase, confirmed_sql, filter_sql, numbered
from graph.store.sqlite.shared import stored_shared
from graph.store.sqlite.stored_links import stored_degrees, stored_links, stored_neighbours
from graph.store.sqlite.ties import unstated_types
from ontology import load

IDS = object()


@cache
def _hidden_kinds() -> str:
    return canonical_json(load().of_role("text"))


def _ties(where: Filter) -> tuple[str, list[object]]:
    """Rows (a, b, passage, type, label, confidence) of all that ties the things asked for to anything else.

    CROSS JOIN fixes the order: from the asked things outwards, never from the whole table of mentions. IDS among the
    values stands for the list of canonical ids.
    """
    relation_filter, relation_values = filter_sql(where, "r.source")
    mention_filter, mention_values = filter_sql(where, "m.source")
    arms: list[str] = []
    values: list[object] = []
    for own, other, sign in (("from_id", "to_id", ""), ("to_id", "from_id", "-")):
        arms.append(f"""
            SELECT o.canonical AS a, n.canonical AS b, p.passage, '{sign}' || r.type AS type, r.label, p.confidence
            FROM json_each(?) j CROSS JOIN node o ON o.canonical = j.value
            CROSS JOIN relation r ON r.{own} = o.id
            CROSS JOIN relation_span p ON p.from_id = r.from_id AND p.type = r.type AND p.to_id = r.to_id
              AND p.source = r.source
            CROSS JOIN node n ON n.id = r.{other}
            WHERE r.type NOT IN (SELECT value FROM json_each(?)) {relation_filter}""")
        values += [IDS, unstated_types(), *relation_values]
    arms.append(f"""
        SELECT m.a, n.canonical, m.passage, NULL, '', min(m.confidence, x.confidence)
        FROM ({OWN_PASSAGES.format(own=_ASKED, more=mention_filter)}) m
        CROSS JOIN mention x ON x.passage = m.passage CROSS JOIN node n ON n.id = x.node""")
    values += [IDS, *mention_values]
    return " UNION ALL ".join(arms), values


def _ties_among(where: Filter) -> tuple[str, list[object]]:
    """The same rows between the members of `asked` alone, each pair once with a < b.

    Nothing outside is looked up: a hub that is drawn with few others costs what it says with them. Relations are read
    from the end that states them, which has few, where a theme is the other end of thousands.
    """
    relation_filter, relation_values = filter_sql(where, "r.source")
    mention_filter, mention_values = filter_sql(where, "m.source")
    stated = f"""
        SELECT min(o.canonical, n.canonical) AS a, max(o.canonical, n.canonical) AS b, p.passage,
          iif(o.canonical < n.canonical, '', '-') || r.type AS type, r.label, p.confidence
        FROM asked o CROSS JOIN relation r ON r.from_id = o.id CROSS JOIN asked n ON n.id = r.to_id
        CROSS JOIN relation_span p ON p.from_id = r.from_id AND p.type = r.type AND p.to_id = r.to_id
          AND p.source = r.source
        WHERE r.type NOT IN (SELECT value FROM json_each(?)) {relation_filter}"""
    own = OWN_PASSAGES.format(own="asked o", more=mention_filter)
    shared = """
        SELECT m.a, x.a, m.passage, NULL, '', min(m.confidence, x.confidence)
        FROM said m JOIN said x ON x.passage = m.passage AND m.a < x.a"""
    with_said = f"WITH said AS MATERIALIZED ({own}) {stated} UNION ALL {shared}"
    return with_said, [*mention_values, unstated_types(), *relation_values]


_AMONG = """
    WITH asked AS MATERIALIZED (
      SELECT o.id, o.canonical FROM json_each(?) j CROSS JOIN node o ON o.canonical = j.value
    )"""


# Each passage once per thing, however often it names it: otherwise one long passage is squared.
_ASKED = "json_each(?) j CROSS JOIN node o ON o.canonical = j.value"
OWN_PASSAGES = """
    SELECT o.canonical AS a, m.passage, max(m.confidence) AS confidence, min(m.start) AS low, max(m.end) AS high
    FROM {own} CROSS JOIN mention m ON m.node = o.id WHERE 1 {more} GROUP BY o.canonical, m.passage"""


# Grouped first, looked up after: a hub has many rows and few neighbours.
def _grouped(ties: str, where: Filter, within: str = "a <> b") -> str:
    return f"""
        SELECT y.* FROM (
          SELECT a, b, count(DISTINCT passage) AS passages, group_concat(DISTINCT type) AS types, max(label) AS label,
            max(confidence) AS confidence
          FROM ({ties}) WHERE {within} GROUP BY a, b
        ) y CROSS JOIN thing t ON t.id = y.b AND t.rejected = 0 {confirmed_sql(where, "t")}
        WHERE t.kind NOT IN (SELECT value FROM json_each(?))"""


def _bind(values: Sequence[object], ids: Iterable[str]) -> list[object]:
    asked = canonical_json(sorted(set(ids)))
    return [asked if value is IDS else value for value in values]


def canonical_ids(con: sqlite3.Connection, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, str]:
    """The canonical id of each id that is there and not rejected, confirmed where the filter asks for it."""
    sql = f"""
        SELECT n.id, n.canonical FROM json_each(?) j CROSS JOIN node n ON n.id = j.value
        JOIN thing t ON t.id = n.canonical AND t.rejected = 0 {confirmed_sql(where, "t")}"""
    return {row["id"]: row["canonical"] for row in con.execute(sql, (canonical_json(list(ids)),))}


def counted(
    con: sqlite3.Connection,
    ids: Iterable[str],
    kinds: Sequence[str],
    where: Filter,
    least: int,
    limit: int,
    *,
    stated_only: bool = False,
) -> Iterator[sqlite3.Row]:
    """The `limit` strongest links of each of these things, counted anew within a filter; by thing."""
    ties, values = _ties(where)
    more = "AND t.kind IN (SELECT value FROM json_each(?))" if kinds else ""
    more += " AND y.types IS NOT NULL" if stated_only else ""
    sql = f"{_grouped(ties, where)} {more} AND y.passages >= ? ORDER BY y.a, y.passages DESC, y.b"
    values = [*values, _hidden_kinds(), *([canonical_json(list(kinds))] if kinds else []), least]
    for _, own in groupby(con.execute(sql, _bind(values, ids)), key=itemgetter("a")):
        yield from islice(own, max(limit, 0))


class LinkVerbs(RemembersDegrees, SQLiteBase):
    def neighbours(
        self,
        thing: str,
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
        stated_only: bool = False,
    ) -> list[Link]:
        """See Store.neighbours. Links are stored; within a filter on sources they are counted anew."""
        if not filter_sql(where, "source")[0]:
            with self._reading() as con:
                asked = canonical_ids(con, [thing]).get(thing)
                wanted = (tuple(kinds), where.confirmed, min_passages, stated_only)
                return stored_neighbours(con, asked, wanted, limit) if asked and limit > 0 else []
        with self._reading() as con:
            ids = canonical_ids(con, [thing]).values()
            rows = counted(con, ids, kinds, where, min_passages, limit, stated_only=stated_only)
            return [link_of_row(row) for row in rows]

    def links(self, ids: Sequence[str], where: Filter = NO_FILTER) -> list[Link]:
        """See Store.links."""
        if not filter_sql(where, "source")[0]:
            with self._reading() as con:
                return stored_links(con, sorted(set(canonical_ids(con, ids, where).values())))
        ties, values = _ties_among(where)
        sql = f"{_AMONG} {_grouped(ties, where, 'a < b')} ORDER BY y.a, y.b"
        with self._reading() as con:
            found = canonical_ids(con, ids, where).values()
            return [link_of_row(row) for row in con.execute(sql, _bind([IDS, *values, _hidden_kinds()], found))]

    def degrees(self, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, int]:
        """See Store.degrees. Remembered until the next write of any process: hubs are asked for again and again."""
        with self._reading() as con:
            canonical = canonical_ids(con, ids)
            if where == NO_FILTER:
                degrees = stored_degrees(con, canonical.values())
                return {id_: degrees.get(own, 0) for id_, own in canonical.items()}
            known = self._degrees.known(con.execute("SELECT max(number) FROM act").fetchone()[0], where)
            missing = [id_ for id_ in canonical.values() if id_ not in known]
            if missing:
                known |= dict.fromkeys(missing, 0) | _degrees(con, missing, where)
        return {id_: known[own] for id_, own in canonical.items()}

    def shared(
        self, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter = NO_FILTER, *, limit: int = 500
    ) -> list[tuple[str, str, int]]:
        """See Store.shared. From the stored links; within a filter on sources, passages are counted anew."""
        if not filter_sql(where, "source")[0]:
            with self._reading() as con:
                return stored_shared(con, kinds_a, kinds_b, where, limit)
        condition, values = filter_sql(where, "m.source")
        own = OWN_PASSAGES.format(
            own="thing q CROSS JOIN node o ON o.canonical = q.id",
            more=f"AND q.kind IN (SELECT value FROM json_each(?1)) AND q.rejected = 0 {numbered(condition, 3)}",
        )
        # One order per pair: by id where both could stand on either side, else as the kinds are asked.
        sql = f"""
            SELECT t.id AS a, u.id AS b, count(DISTINCT m.passage) AS n
            FROM ({own}) m CROSS JOIN mention x ON x.passage = m.passage CROSS JOIN node p ON p.id = x.node
            CROSS JOIN thing t ON t.id = m.a CROSS JOIN thing u ON u.id = p.canonical
            WHERE u.kind IN (SELECT value FROM json_each(?2)) AND u.rejected = 0 AND t.id <> u.id
              {confirmed_sql(where, "t")} {confirmed_sql(where, "u")}
              AND (t.id < u.id OR NOT (t.kind IN (SELECT value FROM json_each(?2))
                                       AND u.kind IN (SELECT value FROM json_each(?1))))
            GROUP BY t.id, u.id ORDER BY n DESC, a, b LIMIT ?{3 + len(values)}"""
        asked = (canonical_json(list(kinds_a)), canonical_json(list(kinds_b)), *values, limit)
        with self._reading() as con:
            return [(row["a"], row["b"], row["n"]) for row in con.execute(sql, asked)]


def link_of_row(row: sqlite3.Row) -> Link:
    types = tuple(sorted(set((row["types"] or "").split(",")) - {""}, key=lambda t: (t.lstrip("-"), t)))
    return Link(row["a"], row["b"], types, row["passages"], row["confidence"], row["label"] or "")


def _degrees(con: sqlite3.Connection, ids: Sequence[str], where: Filter) -> dict[str, int]:
    ties, values = _ties(where)
    sql = f"""
        SELECT y.a, count(*) AS n FROM (SELECT DISTINCT a, b FROM ({ties}) WHERE a <> b) y
        CROSS JOIN thing t ON t.id = y.b AND t.rejected = 0 {confirmed_sql(where, "t")}
        WHERE t.kind NOT IN (SELECT value FROM json_each(?)) GROUP BY y.a"""
    return {row["a"]: row["n"] for row in con.execute(sql, _bind([*values, _hidden_kinds()], ids))}
