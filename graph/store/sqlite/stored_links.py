"""Questions to the stored links of the embedded store: what a thing is linked to, without counting anything anew."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Link, Tied
from graph.questions.ties import link_of, tied
from graph.store.sqlite.exceptions import kind_of
from graph.store.sqlite.rows import MANY

Wanted: TypeAlias = tuple[Sequence[str], bool, int, bool]  # kinds, confirmed only, least passages, stated only
Row: TypeAlias = tuple[str, int, str, int]  # the other thing, passages, tally, whether it is the first of the pair
AS_FAST = 6  # links of a thing are read in the time in which one is looked up
_HALF = """
    SELECT o.thing, l.passages, l.tally, {turned} FROM link l CROSS JOIN linked o ON o.number = l.{other} {more}
    WHERE l.{own} = ?1 AND l.passages >= ?2"""
_THING = "CROSS JOIN thing t ON t.id = o.thing"
UNSTATED = "[{}"  # how a tally begins that counts no type
_STATED = f"AND substr(l.tally, 1, {len(UNSTATED)}) <> '{UNSTATED}'"


def stored_neighbours(con: sqlite3.Connection, thing: str, wanted: Wanted, limit: int) -> list[Link]:
    """The links of a thing, strongest first, then by id."""
    found = strongest(con, thing, wanted, limit)
    return [link_of(thing, b, n, tally, turned=bool(turned)) for b, n, tally, turned in found]


def strongest(con: sqlite3.Connection, thing: str, wanted: Wanted, limit: int) -> list[Row]:
    """The first links of a thing, most passages first, then by id.

    Either half comes in the order of an index: SQLite reads both in turns, until the weakest that is shown cannot
    change, and puts only those of one strength in order.
    """
    kinds, confirmed, least, stated = wanted
    cursor = _plain(con)
    number = cursor.execute("SELECT number FROM linked WHERE thing = ?", (thing,)).fetchone()
    if number is None or limit <= 0:
        return []
    more = _narrowed(kinds, confirmed, "?4")
    one = _HALF.format(own="a", other="b", turned=0, more=more)
    other = _HALF.format(own="b", other="a", turned=1, more=more)
    kept = _STATED if stated else ""
    sql = f"{one} {kept} UNION ALL {other} {kept} ORDER BY 2 DESC, 1 LIMIT ?3"
    return cursor.execute(sql, [number[0], max(least, 1), limit, *_asked(kinds)]).fetchall()


# Of few links all count, in any order: both ends of each are numbers until the end.
_RINGS = """
    WITH asked AS MATERIALIZED (
      SELECT number, thing FROM linked WHERE degree <= ?2 AND thing IN (SELECT value FROM json_each(?1))
    )
    SELECT o.thing, y.things, y.passages, y.stated FROM (
      SELECT n, count(*) AS things, sum(passages) AS passages, max(stated) AS stated FROM (
        SELECT l.b AS n, l.passages, substr(l.tally, 1, 3) <> '[{{}}' AS stated
        FROM asked x CROSS JOIN link l ON l.a = x.number
        UNION ALL
        SELECT l.a, l.passages, substr(l.tally, 1, 3) <> '[{{}}' FROM asked x CROSS JOIN link l ON l.b = x.number
      ) WHERE passages >= ?3 GROUP BY n
    ) y CROSS JOIN linked o ON o.number = y.n {more}"""
_STEPS = """
    WITH asked AS MATERIALIZED (
      SELECT number, thing FROM linked WHERE degree <= ?2 AND thing IN (SELECT value FROM json_each(?1))
    )
    SELECT x.thing, o.thing, o.degree
    FROM asked x CROSS JOIN link l ON l.a = x.number CROSS JOIN linked o ON o.number = l.b {more}
    UNION ALL
    SELECT x.thing, o.thing, o.degree
    FROM asked x CROSS JOIN link l ON l.b = x.number CROSS JOIN linked o ON o.number = l.a {more}"""


def stored_around(con: sqlite3.Connection, ids: Sequence[str], wanted: Wanted, limit: int) -> dict[str, Tied]:
    """What these things together are linked to; of each, its first `limit` links."""
    kinds, confirmed, least, _ = wanted
    more = _narrowed(kinds, confirmed, "?4")
    values = [canonical_json(list(ids)), limit, least, *_asked(kinds)]
    found = con.execute(_RINGS.format(more=more), values) if ids else ()
    out = {thing: Tied(things, passages, bool(stated)) for thing, things, passages, stated in found}
    of_many = tied(
        (b, passages, not tally.startswith(UNSTATED))
        for hub in _hubs(con, ids, limit)
        for b, passages, tally, _ in strongest(con, hub, wanted, limit)
    )
    for thing, more_of_it in of_many.items():
        out[thing] = out[thing].and_also(more_of_it) if thing in out else more_of_it
    return out


def stored_steps(
    con: sqlite3.Connection, ids: Sequence[str], kinds: Sequence[str], limit: int
) -> dict[str, dict[str, int]]:
    """What each of these things is linked to, its first `limit` links, and the degree of that."""
    out: dict[str, dict[str, int]] = defaultdict(dict)
    sql = _STEPS.format(more=_narrowed(kinds, False, "?3"))
    for one, other, degree in con.execute(sql, [canonical_json(list(ids)), limit, *_asked(kinds)]) if ids else ():
        out[one][other] = degree
    for hub in _hubs(con, ids, limit):
        out[hub] = stored_degrees(con, [row[0] for row in strongest(con, hub, (kinds, False, 1, False), limit)])
    return out


def _hubs(con: sqlite3.Connection, ids: Sequence[str], least: int) -> list[str]:
    """Those of these things that have more links."""
    sql = f"SELECT thing FROM linked WHERE degree > ? AND thing {MANY}"
    return [row[0] for row in con.execute(sql, (least, canonical_json(list(ids))))]


def _narrowed(kinds: Sequence[str], confirmed: bool, names: str) -> str:
    """The join that keeps the other ends of these kinds, or confirmed ones."""
    of_kinds = f"AND {kind_of('o.thing')} IN (SELECT value FROM json_each({names}))" if kinds else ""
    return f"{of_kinds} {f'{_THING} AND t.confirmed = 1' if confirmed else ''}"


def _asked(kinds: Sequence[str]) -> list[str]:
    return [canonical_json(list(kinds))] if kinds else []


_AMONG = """
    SELECT a, b, passages, tally FROM link
    WHERE a IN (SELECT value FROM json_each(?)) AND {}b IN (SELECT value FROM json_each(?))"""
_SCANNED = _AMONG.format("+")  # the plus keeps SQLite from looking up each pair
_LOOKED_UP = _AMONG.format("")


def stored_links(con: sqlite3.Connection, ids: Sequence[str]) -> list[Link]:
    """All links among these things, by their ends: all links of each are read, those of a hub pair by pair."""
    sql = f"SELECT number, thing, degree > {AS_FAST} * ? FROM linked WHERE thing {MANY} ORDER BY thing"
    cursor = _plain(con)
    asked = cursor.execute(sql, (len(ids), canonical_json(list(ids)))).fetchall()
    # By place among what is asked: numbers are put in order much faster than ids.
    places = {number: place for place, (number, _, _) in enumerate(asked)}
    found: list[tuple[int, int, int, str]] = []
    for is_hub, one in enumerate((_SCANNED, _LOOKED_UP)):
        first = [number for number, _, hub in asked if hub == is_hub]
        rows = cursor.execute(one, (canonical_json(first), canonical_json(list(places)))) if first else ()
        found += [(places[a], places[b], passages, tally) for a, b, passages, tally in rows]
    found.sort()
    return [link_of(asked[a][1], asked[b][1], passages, tally, turned=False) for a, b, passages, tally in found]


def _plain(con: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor that gives plain tuples: a row by name costs as much as reading it."""
    cursor = con.cursor()
    cursor.row_factory = None
    return cursor


def stored_degrees(con: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """How many links each of these things has; one without any is left out."""
    sql = f"SELECT thing, degree FROM linked WHERE thing {MANY}"
    return dict(tuple(row) for row in con.execute(sql, (canonical_json(list(ids)),)))
