"""Questions to the stored links of a Neo4j store: what a thing is linked to, without counting anything anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from graph.model import Filter, Link, Tied
from graph.questions.ties import link_of
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import confirmed
from graph.store.neo4j.ties import PAIR, pair_key
from graph.store.neo4j.tx import Tx

FEW = 300  # links; of a thing with more, those with others alike are looked up pair by pair


def stored_neighbours(
    tx: Tx, thing: str, kinds: Sequence[str], where: Filter, least: int, limit: int, *, stated_only: bool
) -> list[Link]:
    """The links of a thing, strongest first, then by id."""
    conditions = ["l.passages >= $least"]
    conditions += ["o.kind IN $kinds"] if kinds else []
    conditions += ["NOT l.tally STARTS WITH '[{}'"] if stated_only else []
    cypher = f"""
        MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
        MATCH (t:Node {{id: asked.canonical}})-[l:LINKED]-(o:Node)
        WHERE {" AND ".join(conditions)} {confirmed(where, "o")}
        WITH t, l, o, l.passages AS passages, o.id AS b ORDER BY passages DESC, b LIMIT $limit"""
    columns = ("t.id", "b", "passages", "l.tally", "startNode(l) = o")
    found = tx.lists(cypher, *columns, id=thing, kinds=list(kinds), least=least, limit=max(limit, 0))
    return [link_of(a, b, n, tally, turned=turned) for a, b, n, tally, turned in found]


# Of few links all count, in any order: only those of hubs are put in order.
_RINGS = """
    UNWIND $ids AS id MATCH (t:Node {{id: id}}) WITH t, COUNT {{ (t)-[:LINKED]-() }} AS degree
    CALL (t, degree) {{
      MATCH (t)-[l:LINKED]-(o) WHERE degree <= $limit {more} RETURN l, o
      UNION ALL
      MATCH (t)-[l:LINKED]-(o) WHERE degree > $limit {more}
      WITH l, o ORDER BY l.passages DESC, o.id LIMIT $limit RETURN l, o
    }}"""


def stored_around(
    tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, least: int, limit: int
) -> dict[str, Tied]:
    """What these things together are linked to; of each, its first `limit` links."""
    cypher = f"""
        {_RINGS.format(more=_narrowed(kinds, where, least))}
        WITH o, count(*) AS things, sum(l.passages) AS passages,
          sum(CASE WHEN l.tally STARTS WITH '[{{}}' THEN 0 ELSE 1 END) > 0 AS stated"""
    given = {"ids": list(ids), "kinds": list(kinds), "least": least, "limit": limit}
    found = tx.lists(cypher, "o.id", "things", "passages", "stated", **given)
    return {thing: Tied(things, passages, stated) for thing, things, passages, stated in found}


def stored_near(tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, limit: int) -> dict[str, list[str]]:
    """What each of these things is linked to, its first `limit` links."""
    cypher = f"{_RINGS.format(more=_narrowed(kinds, where, 1))} RETURN t.id AS id, collect(o.id) AS others"
    return {row["id"]: row["others"] for row in tx.rows(cypher, ids=list(ids), kinds=list(kinds), limit=limit)}


def stored_steps(tx: Tx, ids: Sequence[str], kinds: Sequence[str], limit: int) -> dict[str, dict[str, int]]:
    """The same, and how many links each of them has."""
    cypher = f"""
        {_RINGS.format(more=_narrowed(kinds, NO_FILTER, 1))}
        RETURN t.id AS id, collect(o.id) AS others, collect(COUNT {{ (o)-[:LINKED]-() }}) AS degrees"""
    rows = tx.rows(cypher, ids=list(ids), kinds=list(kinds), limit=limit)
    return {row["id"]: dict(zip(row["others"], row["degrees"], strict=True)) for row in rows}


def _narrowed(kinds: Sequence[str], where: Filter, least: int) -> str:
    """The conditions on a link and its other end."""
    conditions = ["AND l.passages >= $least"] if least > 1 else []
    conditions += ["AND o.kind IN $kinds"] if kinds else []
    return f"{' '.join(conditions)} {confirmed(where, 'o')}"


def stored_links(tx: Tx, ids: Sequence[str]) -> list[Link]:
    """All links among these things, by their ends; read from the end that has few, else pair by pair."""
    degrees = stored_degrees(tx, ids)
    few = [id_ for id_ in ids if degrees.get(id_, 0) <= FEW]
    hubs = [id_ for id_ in ids if degrees.get(id_, 0) > FEW]
    of_few = """
        UNWIND $few AS id MATCH (x:Node {id: id})
        CALL (x) {
          MATCH (x)-[l:LINKED]->(y) WHERE y.id IN $ids RETURN x.id AS a, y.id AS b, l
          UNION ALL
          MATCH (y)-[l:LINKED]->(x) WHERE y.id IN $hubs RETURN y.id AS a, x.id AS b, l
        }"""
    found = tx.lists(of_few, "a", "b", "l.passages", "l.tally", few=few, hubs=hubs, ids=list(ids))
    pairs = [{"pair": pair_key(pair)} for pair in combinations(sorted(hubs), 2)]
    found += tx.lists(f"UNWIND $rows AS row {PAIR}", "a.id", "b.id", "l.passages", "l.tally", rows=pairs)
    return [link_of(a, b, passages, tally, turned=False) for a, b, passages, tally in sorted(found)]


def stored_degrees(tx: Tx, ids: Iterable[str]) -> dict[str, int]:
    """How many links each of these things has."""
    cypher = "UNWIND $ids AS id MATCH (t:Node {id: id})"
    return dict(tx.lists(cypher, "id", "COUNT { (t)-[:LINKED]-() }", ids=list(ids)))
