"""The links of the embedded store, stored: one tally per pair of things, and how many links each thing has.

Things bear numbers there, so that millions of pairs stay small.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from graph.decided.identity import canonical_json
from graph.decided.joining import CHUNK, chunks
from graph.derived.linking import Settled, link_problems, retie, settle, unstated
from graph.questions.ties import Pair, Tally, tallies
from graph.store.sqlite.rows import MANY

_PAIRS_AT_ONCE = 5_000
_THING = "JOIN thing {t} ON {t}.id = {n}.canonical AND {t}.rejected = 0"
_SAID = f"""
    SELECT n.canonical, m.passage, m.confidence FROM {{mentions}} JOIN node n ON n.id = m.node
    {_THING.format(t="t", n="n")}"""
_STATED = f"""
    SELECT f.canonical, p.type, g.canonical, p.passage, r.label, p.confidence
    FROM {{spans}} JOIN relation r USING (from_id, type, to_id, source)
    JOIN node f ON f.id = p.from_id {_THING.format(t="t", n="f")}
    JOIN node g ON g.id = p.to_id {_THING.format(t="u", n="g")}
    WHERE p.type NOT IN (SELECT value FROM json_each(?))"""
_SAID_BY_SOURCE = _SAID.format(mentions="mention m") + " WHERE m.source = ?"
_STATED_BY_SOURCE = _STATED.format(spans="relation_span p") + " AND r.source = ?"
_MEMBERS = "json_each(?) j CROSS JOIN node o ON o.canonical = j.value"
_SAID_WITH = _SAID.format(
    mentions=f"""(
      SELECT DISTINCT m.passage FROM {_MEMBERS} CROSS JOIN mention m ON m.node = o.id
    ) x CROSS JOIN mention m ON m.passage = x.passage"""
)
_SPANS_WITH = f"""(
      SELECT p.* FROM {_MEMBERS} CROSS JOIN relation_span p ON p.from_id = o.id
      UNION
      SELECT p.* FROM {_MEMBERS} CROSS JOIN relation r ON r.to_id = o.id
      CROSS JOIN relation_span p ON p.from_id = r.from_id AND p.type = r.type AND p.to_id = r.to_id
        AND p.source = r.source
    ) p"""


@cache
def unstated_types() -> str:
    return canonical_json(list(unstated()))


def of_source(con: sqlite3.Connection, source: str, among: Collection[str] | None = None) -> dict[Pair, Tally]:
    """What one source ties, as things answer now; of its nodes, or of some `among` them."""
    if among is None:
        said = con.execute(_SAID_BY_SOURCE, (source,))
        return tallies(said, con.execute(_STATED_BY_SOURCE, (unstated_types(), source)))
    nodes = canonical_json(sorted(among))
    said = con.execute(f"{_SAID_BY_SOURCE} AND m.node {MANY}", (source, nodes))
    stated = f"{_STATED_BY_SOURCE} AND p.from_id {MANY} AND p.to_id {MANY}"
    return tallies(said, con.execute(stated, (unstated_types(), source, nodes, nodes)))


class SQLiteLinks:
    """Links of graph.derived.linking over one connection."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def of_things(self, ids: Sequence[str]) -> dict[Pair, Tally]:
        asked = canonical_json(list(ids))
        said = self._con.execute(_SAID_WITH, (asked,))
        stated = self._con.execute(_STATED.format(spans=_SPANS_WITH), (asked, asked, unstated_types()))
        return tallies(said, stated, set(ids))

    def forget(self, ids: Collection[str]) -> None:
        for chunk in chunks(ids):
            _forget(self._con, chunk)

    def apply(self, change: Mapping[Pair, Tally]) -> None:
        _apply(self._con, change)


def _forget(con: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Take off every link of these things, and count those of the others less."""
    own = f"SELECT number FROM linked WHERE thing {MANY}"
    asked = canonical_json(ids)
    lost: Counter[int] = Counter()
    for one, other in (("a", "b"), ("b", "a")):
        sql = f"SELECT {other}, count(*) FROM link WHERE {one} IN ({own}) GROUP BY {other}"
        lost.update(dict(tuple(row) for row in con.execute(sql, (asked,))))
    con.execute(f"DELETE FROM link WHERE a IN ({own}) OR b IN ({own})", (asked, asked))
    con.executemany("UPDATE linked SET degree = degree - ? WHERE number = ?", [(n, at) for at, n in lost.items()])
    con.execute(f"DELETE FROM linked WHERE thing {MANY}", (asked,))
    con.executemany("DELETE FROM linked WHERE number = ? AND degree <= 0", [(at,) for at in lost])


_STORED = """
    SELECT l.a, l.b, l.passages, l.tally FROM json_each(?) j
    CROSS JOIN link l ON l.a = json_extract(j.value, '$[0]') AND l.b = json_extract(j.value, '$[1]')"""


def _apply(con: sqlite3.Connection, change: Mapping[Pair, Tally]) -> None:
    """Add each tally to what is stored for its pair, and count the links that come or go."""
    known, new = _numbers(con, set(chain.from_iterable(change)))
    numbers = known | new
    ordered = sorted((numbers[a], numbers[b], tally) for (a, b), tally in change.items())
    fresh = set(new.values())
    degrees: Counter[int] = Counter()
    for at in range(0, len(ordered), _PAIRS_AT_ONCE):
        part = [((a, b), tally) for a, b, tally in ordered[at : at + _PAIRS_AT_ONCE]]
        asked = [ends for ends, _ in part if fresh.isdisjoint(ends)] if known else []
        stored = {(r[0], r[1]): Tally.read(r[2], r[3]) for r in con.execute(_STORED, (canonical_json(asked),))}
        _write(con, settle(part, stored), degrees)
    con.executemany("UPDATE linked SET degree = degree + ? WHERE number = ?", [(n, at) for at, n in degrees.items()])
    lonely = {at for at, n in degrees.items() if n < 0} | {at for at in fresh if not degrees[at]}
    con.executemany("DELETE FROM linked WHERE number = ? AND degree <= 0", [(at,) for at in lonely])


def _write(con: sqlite3.Connection, settled: Settled[tuple[int, int]], degrees: Counter[int]) -> None:
    con.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?)", ((a, b, t.passages, t.text()) for (a, b), t in settled.come)
    )
    con.executemany(
        "UPDATE link SET passages = ?, tally = ? WHERE a = ? AND b = ?",
        ((t.passages, t.text(), a, b) for (a, b), t in settled.stay),
    )
    con.executemany("DELETE FROM link WHERE a = ? AND b = ?", settled.gone)
    degrees.update(chain.from_iterable(ends for ends, _ in settled.come))
    degrees.subtract(chain.from_iterable(settled.gone))


def _numbers(con: sqlite3.Connection, ids: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of these things: of those that have one, and of those that get one now."""
    sql = f"SELECT thing, number FROM linked WHERE thing {MANY}"
    known = {row[0]: row[1] for chunk in chunks(ids) for row in con.execute(sql, (canonical_json(chunk),))}
    new = sorted(set(ids) - set(known))
    first = con.execute("SELECT ifnull(max(number), 0) + 1 FROM linked").fetchone()[0]
    given = {id_: first + n for n, id_ in enumerate(new)}
    con.executemany("INSERT INTO linked VALUES (?, ?, 0)", [(number, id_) for id_, number in given.items()])
    return known, given


def stored_link_problems(con: sqlite3.Connection) -> Iterator[str]:
    """Every link is what mentions and relations tie, and every degree the number of links; a page of things at a time.

    A link is looked at with the page that holds its first end.
    """
    page = _page(con, "")
    while page:
        yield from link_problems(SQLiteLinks(con), page, con.execute(_LINKS_OF, (canonical_json(page),)))
        page = _page(con, page[-1])
    for (number,) in con.execute("SELECT a FROM link UNION SELECT b FROM link EXCEPT SELECT number FROM linked"):
        yield f"links of {number}: of no thing"
    yield from (f"thing {row[0]}: not the number of its links" for row in con.execute(_MISCOUNTED))


def _page(con: sqlite3.Connection, after: str) -> list[str]:
    every = "SELECT id FROM thing UNION SELECT thing FROM linked"
    return [row[0] for row in con.execute(f"SELECT id FROM ({every}) WHERE id > ? ORDER BY id LIMIT ?", (after, CHUNK))]


_LINKS_OF = """
    SELECT o.thing, p.thing, l.passages, l.tally FROM json_each(?) j CROSS JOIN linked o ON o.thing = j.value
    CROSS JOIN link l ON l.a = o.number LEFT JOIN linked p ON p.number = l.b"""
_MISCOUNTED = """
    SELECT o.thing FROM linked o LEFT JOIN (
      SELECT at, count(*) AS n FROM (SELECT a AS at FROM link UNION ALL SELECT b FROM link) GROUP BY at
    ) c ON c.at = o.number WHERE o.degree IS NOT c.n"""


def fill_links(con: sqlite3.Connection) -> None:
    """The links of a store that has none yet."""
    for (source,) in con.execute("SELECT id FROM source ORDER BY id").fetchall():
        retie(SQLiteLinks(con), (), of_source(con, source), ())
