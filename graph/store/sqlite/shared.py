"""Which things share most passages, from the stored links of the embedded store, the strongest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from graph.decided.identity import canonical_json
from graph.model import Filter
from graph.questions.pairs import Found, Pair, as_asked, most_shared
from graph.store.sqlite.base import confirmed_sql
from graph.store.sqlite.stored_links import UNSTATED

# Links of so many passages, from things of these kinds: the index of each thing gives the strongest first.
_CANDIDATES = """
    SELECT t.id AS a, t.kind AS kind_a, u.id AS b, u.kind AS kind_b, l.passages, l.tally
    FROM thing t INDEXED BY thing_kind CROSS JOIN linked x ON x.thing = t.id
    CROSS JOIN link l ON l.a = x.number AND l.passages >= ? CROSS JOIN linked y ON y.number = l.b
    CROSS JOIN thing u ON u.id = y.thing
    WHERE t.kind IN (SELECT value FROM json_each(?)) AND t.rejected = 0
      AND u.kind IN (SELECT value FROM json_each(?)) {confirmed}"""
_SHARED = """
    SELECT count(DISTINCT m.passage) FROM node o CROSS JOIN mention m ON m.node = o.id
    WHERE o.canonical = ? AND EXISTS (
      SELECT 1 FROM mention x CROSS JOIN node p ON p.id = x.node AND p.canonical = ? WHERE x.passage = m.passage)"""


def stored_shared(
    con: sqlite3.Connection, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter, limit: int
) -> list[Pair]:
    """See Store.shared, where no source is left out."""
    one, other = set(kinds_a), set(kinds_b)
    return most_shared(lambda least: as_asked(_counted(con, one, other, where, least), one, other), limit)


def _counted(con: sqlite3.Connection, one: set[str], other: set[str], where: Filter, least: int) -> Iterator[Found]:
    confirmed = f"{confirmed_sql(where, 't')} {confirmed_sql(where, 'u')}"
    kinds = canonical_json(sorted(one | other))
    for row in con.execute(_CANDIDATES.format(confirmed=confirmed), (least, kinds, kinds)):
        ends = {row["kind_a"], row["kind_b"]}
        if ends.isdisjoint(one) or ends.isdisjoint(other):
            continue  # both of one side: what they share is not asked
        n = row["passages"]
        if not row["tally"].startswith(UNSTATED):
            n = con.execute(_SHARED, (row["a"], row["b"])).fetchone()[0]
        yield row["a"], row["kind_a"], row["b"], row["kind_b"], n
