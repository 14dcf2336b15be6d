"""Questions to the stored links of the embedded store: what a thing is linked to, without counting anything anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Link
from graph.questions.ties import link_of
from graph.store.sqlite.rows import MANY

Wanted: TypeAlias = tuple[Sequence[str], bool, int, bool]  # kinds, confirmed only, least passages, stated only
Row: TypeAlias = tuple[str, int, str, int]  # the other thing, passages, tally, whether it is the first of the pair
_HALF = """
    SELECT o.thing, l.passages, l.tally, {turned} FROM link l CROSS JOIN linked o ON o.number = l.{other} {more}
    WHERE l.{own} = ?1 AND l.passages >= ?2 {wanted}"""
_THING = "CROSS JOIN thing t ON t.id = o.thing"
_UNSTATED = "[{}"  # how a tally begins that counts no type


def stored_neighbours(con: sqlite3.Connection, thing: str, wanted: Wanted, limit: int) -> list[Link]:
    """The links of a thing, strongest first, then by id: read until the weakest that is shown cannot change."""
    found: list[Row] = []
    for row in _read(con, thing, wanted):
        if len(found) >= limit and row[1] < found[limit - 1][1]:
            break
        found.append(row)
    found.sort(key=lambda row: (-row[1], row[0]))
    return [link_of(thing, b, n, tally, turned=bool(turned)) for b, n, tally, turned in found[:limit]]


def _read(con: sqlite3.Connection, thing: str, wanted: Wanted) -> Iterator[Row]:
    """The links of a thing, most passages first.

    Either half comes in the order of an index: SQLite reads both in turns, and only as far as it is asked.
    """
    kinds, confirmed, least, stated = wanted
    number = con.execute("SELECT number FROM linked WHERE thing = ?", (thing,)).fetchone()
    if number is None:
        return
    conditions = ["AND t.kind IN (SELECT value FROM json_each(?3))"] if kinds else []
    conditions += ["AND t.confirmed = 1"] if confirmed else []
    given = {"more": _THING if conditions else "", "wanted": " ".join(conditions)}
    one, other = (
        _HALF.format(own="a", other="b", turned=0, **given),
        _HALF.format(own="b", other="a", turned=1, **given),
    )
    values = [number[0], max(least, 1), *([canonical_json(list(kinds))] if kinds else [])]
    for row in con.execute(f"{one} UNION ALL {other} ORDER BY 2 DESC", values):
        if not (stated and row[2].startswith(_UNSTATED)):
            yield row[0], row[1], row[2], row[3]


def stored_links(con: sqlite3.Connection, ids: Sequence[str]) -> list[Link]:
    """All links among these things, by their ends."""
    sql = f"""
        WITH asked AS MATERIALIZED (SELECT number, thing FROM linked WHERE thing {MANY})
        SELECT x.thing, y.thing, l.passages, l.tally
        FROM asked x CROSS JOIN asked y ON y.thing > x.thing CROSS JOIN link l ON l.a = x.number AND l.b = y.number
        ORDER BY x.thing, y.thing"""
    found = con.execute(sql, (canonical_json(list(ids)),))
    return [link_of(a, b, passages, tally, turned=False) for a, b, passages, tally in found]


def stored_degrees(con: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """How many links each of these things has; one without any is left out."""
    sql = f"SELECT thing, degree FROM linked WHERE thing {MANY}"
    return dict(tuple(row) for row in con.execute(sql, (canonical_json(list(ids)),)))
