"""The links of the embedded store, stored: one tally per pair of things, and how many links each thing has.

Things bear numbers there, so that millions of pairs stay small.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from graph.decided.identity import canonical_json
from graph.decided.joining import CHUNK, chunks
from graph.derived.derive import refresh_decided
from graph.questions.ties import Pair, Tally, changes, tallies
from graph.store.sqlite.rows import MANY, SQLiteRows
from ontology import load

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
_STATED_BY_SOURCE = _STATED.format(spans="relation_span p") + " AND p.source = ?"
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
def unstated() -> str:
    """Relations that say how sources are built, not what they speak of."""
    words = load()
    return canonical_json(["mentions", *(name for name, spec in words.relations.items() if not spec.path)])


def of_source(con: sqlite3.Connection, source: str) -> dict[Pair, Tally]:
    """What one source ties, as things answer now."""
    said = con.execute(_SAID_BY_SOURCE, (source,))
    return tallies(said, con.execute(_STATED_BY_SOURCE, (unstated(), source)))


def of_things(con: sqlite3.Connection, ids: Sequence[str]) -> dict[Pair, Tally]:
    """What ties these things to any other, or to each other."""
    asked = canonical_json(list(ids))
    said = con.execute(_SAID_WITH, (asked,))
    stated = con.execute(_STATED.format(spans=_SPANS_WITH), (asked, asked, unstated()))
    return tallies(said, stated, set(ids))


def retie(
    con: sqlite3.Connection, minus: Iterable[Mapping[Pair, Tally]], plus: Mapping[Pair, Tally], moved: Collection[str]
) -> None:
    """Take off what sources tied, add what one ties, and count the links of what `moved` anew."""
    change = changes(minus, plus)
    if moved:
        apart = set(moved)
        change = {pair: tally for pair, tally in change.items() if apart.isdisjoint(pair)}
        forget_links(con, moved)
    _apply(con, change)
    for chunk in chunks(moved):
        others = [id_ for id_ in moved if id_ not in chunk]
        found = of_things(con, chunk)
        # What links two of them is counted with the first chunk that holds one.
        _apply(con, {pair: tally for pair, tally in found.items() if not _earlier(pair, chunk, others)})


def _earlier(pair: Pair, chunk: Sequence[str], others: Collection[str]) -> bool:
    """Whether the end of a pair that is not in a chunk is in a chunk before."""
    return any(id_ in others and id_ < chunk[0] for id_ in pair)


def forget_links(con: sqlite3.Connection, ids: Collection[str]) -> None:
    """Take off every link of these things, and count those of the others less."""
    for chunk in chunks(ids):
        own = f"SELECT number FROM linked WHERE thing {MANY}"
        asked = canonical_json(chunk)
        lost: Counter[int] = Counter()
        for one, other in (("a", "b"), ("b", "a")):
            sql = f"SELECT {other}, count(*) FROM link WHERE {one} IN ({own}) GROUP BY {other}"
            lost.update(dict(tuple(row) for row in con.execute(sql, (asked,))))
        con.execute(f"DELETE FROM link WHERE a IN ({own}) OR b IN ({own})", (asked, asked))
        con.executemany("UPDATE linked SET degree = degree - ? WHERE number = ?", [(n, at) for at, n in lost.items()])
        con.execute(f"DELETE FROM linked WHERE thing {MANY} OR degree <= 0", (asked,))


_STORED = """
    SELECT l.a, l.b, l.passages, l.tally FROM json_each(?) j
    CROSS JOIN link l ON l.a = json_extract(j.value, '$[0]') AND l.b = json_extract(j.value, '$[1]')"""


def _apply(con: sqlite3.Connection, change: Mapping[Pair, Tally]) -> None:
    """Add each tally to what is stored for its pair, and count the links that come or go."""
    ids = {id_ for pair in change for id_ in pair}
    known, new = _numbers(con, ids)
    numbers = known | new
    ordered = sorted(((numbers[a], numbers[b], tally) for (a, b), tally in change.items()), key=lambda row: row[:2])
    fresh = set(new.values())
    degrees: Counter[int] = Counter()
    for at in range(0, len(ordered), _PAIRS_AT_ONCE):
        part = ordered[at : at + _PAIRS_AT_ONCE]
        asked = [(a, b) for a, b, _ in part if a not in fresh and b not in fresh]
        stored = {(r[0], r[1]): Tally.read(r[2], r[3]) for r in con.execute(_STORED, (canonical_json(asked),))}
        _write(con, part, stored, degrees)
    con.executemany("UPDATE linked SET degree = degree + ? WHERE number = ?", [(n, at) for at, n in degrees.items()])
    con.executemany("DELETE FROM linked WHERE number = ? AND degree <= 0", [(at,) for at in numbers.values()])


def _write(
    con: sqlite3.Connection,
    part: Sequence[tuple[int, int, Tally]],
    stored: Mapping[tuple[int, int], Tally],
    degrees: Counter[int],
) -> None:
    come, stay, gone = [], [], []
    for a, b, tally in part:
        before = stored.get((a, b))
        if before is None:
            come.append((a, b, tally.passages, tally.text()))
            degrees.update((a, b))
            continue
        before.add(tally)
        if before.passages > 0:
            stay.append((before.passages, before.text(), a, b))
        else:
            gone.append((a, b))
            degrees.subtract((a, b))
    con.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", come)
    con.executemany("UPDATE link SET passages = ?, tally = ? WHERE a = ? AND b = ?", stay)
    con.executemany("DELETE FROM link WHERE a = ? AND b = ?", gone)


def _numbers(con: sqlite3.Connection, ids: Collection[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The numbers of these things: of those that have one, and of those that get one now."""
    sql = f"SELECT thing, number FROM linked WHERE thing {MANY}"
    known = {row[0]: row[1] for chunk in chunks(ids) for row in con.execute(sql, (canonical_json(chunk),))}
    new = sorted(set(ids) - set(known))
    first = con.execute("SELECT ifnull(max(number), 0) + 1 FROM linked").fetchone()[0]
    given = {id_: first + n for n, id_ in enumerate(new)}
    con.executemany("INSERT INTO linked VALUES (?, ?, 0)", [(number, id_) for id_, number in given.items()])
    return known, given


def link_problems(con: sqlite3.Connection) -> Iterator[str]:
    """Every link is what mentions and relations tie, and every degree the number of links; a page of things at a time.

    A link is looked at with the page that holds its first end.
    """
    page = _page(con, "")
    while page:
        right = {pair: tally for pair, tally in of_things(con, page).items() if page[0] <= pair[0] <= page[-1]}
        for a, b, passages, text in con.execute(_LINKS_OF, (canonical_json(page),)):
            tally = right.pop((a, b), None)
            if tally is None or (tally.passages, tally.text()) != (passages, text):
                yield f"link {a} {b}: not what ties them"
        yield from (f"link {a} {b}: is not there" for a, b in right)
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
        retie(con, (), of_source(con, source), ())


def redecide(con: sqlite3.Connection, decisions: Collection[str]) -> None:
    """Bring everything up to date after these corrections came into the log, or were undone."""
    retie(con, (), {}, refresh_decided(SQLiteRows(con), decisions))
