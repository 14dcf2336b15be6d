"""Questions to the stored links of a Neo4j store: what a thing is linked to, without counting anything anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from neo4j import Record

from graph.model import Filter, Link, Tied
from graph.questions.ties import link_of
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import confirmed
from graph.store.neo4j.ties import PAIR, pair_key
from graph.store.neo4j.tx import Tx

FEW = 300  # links; of a thing with more, those with others alike are looked up pair by pair
_LINK = "l.passages AS passages, l.tally AS tally"


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
        WITH t, l, o, l.passages AS passages, o.id AS b ORDER BY passages DESC, b LIMIT $limit
        RETURN t.id AS a, b, passages, l.tally AS tally, startNode(l) = o AS turned"""
    found = tx.rows(cypher, id=thing, kinds=list(kinds), least=least, limit=max(limit, 0))
    return [_link(row) for row in found]


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
          sum(CASE WHEN l.tally STARTS WITH '[{{}}' THEN 0 ELSE 1 END) > 0 AS stated
        RETURN collect(o.id) AS ids, collect(things) AS things, collect(passages) AS passages,
          collect(stated) AS stated"""
    row = tx.rows(cypher, ids=list(ids), kinds=list(kinds), least=least, limit=limit)[0]
    ties = map(Tied, row["things"], row["passages"], row["stated"])
    return dict(zip(row["ids"], ties, strict=True))


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
    """All links among these things, by their ends."""
    degrees = stored_degrees(tx, ids)
    few = [id_ for id_ in ids if degrees.get(id_, 0) <= FEW]
    hubs = [id_ for id_ in ids if degrees.get(id_, 0) > FEW]
    of_few = f"""
        UNWIND $few AS id MATCH (x:Node {{id: id}})-[l:LINKED]-(y:Node) WHERE y.id IN $ids
        WITH DISTINCT l RETURN startNode(l).id AS a, endNode(l).id AS b, {_LINK}, false AS turned"""
    found = tx.rows(of_few, few=few, ids=list(ids))
    pairs = [{"pair": pair_key(pair)} for pair in combinations(sorted(hubs), 2)]
    of_hubs = f"UNWIND $rows AS row {PAIR} RETURN a.id AS a, b.id AS b, {_LINK}, false AS turned"
    found += tx.rows(of_hubs, rows=pairs) if pairs else []
    return sorted((_link(row) for row in found), key=lambda link: (link.a, link.b))


def stored_degrees(tx: Tx, ids: Iterable[str]) -> dict[str, int]:
    """How many links each of these things has."""
    cypher = "UNWIND $ids AS id MATCH (t:Node {id: id}) RETURN id, COUNT { (t)-[:LINKED]-() } AS n"
    return {row["id"]: row["n"] for row in tx.rows(cypher, ids=list(ids))}


def _link(row: Record) -> Link:
    return link_of(row["a"], row["b"], row["passages"], row["tally"], turned=row["turned"])
