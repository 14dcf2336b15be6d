"""Which things share most passages, from the stored links of a Neo4j store, the strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Filter
from graph.questions.pairs import Found, Pair, as_asked, most_shared
from graph.store.neo4j.base import confirmed
from graph.store.neo4j.tx import Tx

# An index keeps links by their passages.
_CANDIDATES = """
    MATCH (a:Node)-[l:LINKED]->(b:Node) USING INDEX l:LINKED(passages)
    WHERE l.passages >= $least AND ((a.kind IN $one AND b.kind IN $other) OR (b.kind IN $one AND a.kind IN $other))"""
_COLUMNS = ("a.id", "a.kind", "b.id", "b.kind", "l.passages", "l.tally STARTS WITH '[{}'")
_SHARED = """
    UNWIND $pairs AS pair
    CALL (pair) {
      MATCH (:Node {canonical: pair[0]})<-[:MENTIONS]-(p:Passage) WITH DISTINCT p, pair
      WHERE EXISTS { (p)-[:MENTIONS]->(n:Node) WHERE n.canonical = pair[1] }
      RETURN count(p) AS n
    }"""


def stored_shared(tx: Tx, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter, limit: int) -> list[Pair]:
    """See Store.shared, where no source is left out."""
    one, other = set(kinds_a), set(kinds_b)
    return most_shared(lambda least: as_asked(_counted(tx, one, other, where, least), one, other), limit)


def _counted(tx: Tx, one: set[str], other: set[str], where: Filter, least: int) -> Iterator[Found]:
    cypher = f"{_CANDIDATES} {confirmed(where, 'a')} {confirmed(where, 'b')}"
    found = tx.lists(cypher, *_COLUMNS, least=least, one=sorted(one), other=sorted(other))
    stated = [[a, b] for a, _, b, _, _, unstated in found if not unstated]
    shared = {(a, b): n for a, b, n in tx.lists(_SHARED, "pair[0]", "pair[1]", "n", pairs=stated)} if stated else {}
    for a, kind_a, b, kind_b, passages, _ in found:
        yield a, kind_a, b, kind_b, shared.get((a, b), passages)
