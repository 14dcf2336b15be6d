"""Which things share most passages, from the stored links of the embedded store, the strongest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.model import Filter
from graph.store.sqlite.base import confirmed_sql
from graph.store.sqlite.stored_links import UNSTATED

Pair: TypeAlias = tuple[str, str, int]  # ids, and passages that mention both
_MOST = 256  # passages from which on links are read first; then of a quarter of them, and so on
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
    """See Store.shared, where no source is left out.

    A link counts the passages that mention both ends and those that state a relation between them: it has at least as
    many passages as its ends share. So links of few passages are read only where those of more were not enough.
    """
    least = _MOST
    while limit > 0:
        found = sorted(_counted(con, kinds_a, kinds_b, where, least), key=lambda pair: (-pair[2], pair[0], pair[1]))
        if least == 1 or (len(found) >= limit and found[limit - 1][2] >= least):
            return found[:limit]
        least = max(1, least // 4)
    return []


def _counted(
    con: sqlite3.Connection, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter, least: int
) -> Iterator[Pair]:
    one, other = set(kinds_a), set(kinds_b)
    confirmed = f"{confirmed_sql(where, 't')} {confirmed_sql(where, 'u')}"
    kinds = canonical_json(sorted(one | other))
    for row in con.execute(_CANDIDATES.format(confirmed=confirmed), (least, kinds, kinds)):
        a, b = row["a"], row["b"]
        as_asked = row["kind_a"] in one and row["kind_b"] in other
        if as_asked or (row["kind_b"] in one and row["kind_a"] in other):
            n = row["passages"]
            if not row["tally"].startswith(UNSTATED):
                n = con.execute(_SHARED, (a, b)).fetchone()[0]
            if n:
                yield (a, b, n) if as_asked else (b, a, n)
