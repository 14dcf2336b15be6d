"""Questions to the stored links of a Neo4j store: what a thing is linked to, without counting anything anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from graph.model import Filter, Link, Tied
from graph.questions.ties import link_of
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import confirmed
from graph.store.neo4j.names import any_label
from graph.store.neo4j.ties import PAIR, pair_key
from graph.store.neo4j.tx import Tx

FEW = 300  # links; of a thing with more, those with others alike are looked up pair by pair


# Most links of a hub are of one passage: none of those is put in order, nor the id at its other end read, unless the
# stronger ones leave room for it.
_FIRST = """
      WITH {of} l.passages AS passages, collect([l, o]) AS alike ORDER BY passages DESC
      WITH {of} collect([passages, alike]) AS all
      UNWIND all[..reduce(
        had = [0, 0], each IN all |
        CASE WHEN had[0] >= $limit THEN had ELSE [had[0] + size(each[1]), had[1] + 1] END
      )[1]] AS each
      UNWIND each[1] AS one
      WITH {of} one[0] AS l, one[1] AS o, each[0] AS passages, one[1].id AS b
      ORDER BY passages DESC, b LIMIT $limit"""


def stored_neighbours(
    tx: Tx, thing: str, kinds: Sequence[str], where: Filter, least: int, limit: int, *, stated_only: bool
) -> list[Link]:
    """The links of a thing, strongest first, then by id."""
    cypher = f"""
        MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
        MATCH (t:Node {{id: asked.canonical}}) {linked_to(where, kinds, stated_only=stated_only, least=True)}"""
    given = {"id": thing, "kinds": list(kinds), "least": least, "limit": max(limit, 0)}
    return links_of_rows(tx.lists(f"{cypher} {ALIKE}", "t.id", *OF_ALIKE, **given))


# Links that differ in their other end alone come as one row: what a row holds takes the driver longer than the server.
ALIKE = "WITH t, passages, l.tally AS tally, startNode(l) = o AS turned, collect(b) AS others"
OF_ALIKE = ("passages", "tally", "turned", "others")


def links_of_rows(rows: Iterable[list[Any]]) -> list[Link]:
    """The links that rows of a thing and OF_ALIKE tell, strongest first, then by id."""
    return strongest_first(
        link_of(a, b, passages, tally, turned=turned) for a, passages, tally, turned, others in rows for b in others
    )


def strongest_first(links: Iterable[Link]) -> list[Link]:
    """These links by their passages, then by the id of their other end."""
    return sorted(links, key=lambda link: (-link.passages, link.b))


def linked_to(where: Filter, kinds: Sequence[str], *, stated_only: bool, least: bool = False) -> str:
    """The first $limit links (l, o, passages, b) of `t`, strongest first, then by id; `least`: of $least passages."""
    conditions = ["l.passages >= $least"] if least else ["l.passages >= 1"]
    conditions += [f"o:{any_label(kinds)}" if any_label(kinds) else "false"] if kinds else []
    conditions += ["NOT l.tally STARTS WITH '[{}'"] if stated_only else []
    asked = f"{' AND '.join(conditions)} {confirmed(where, 'o')}"
    return f"MATCH (t)-[l:LINKED]-(o:Node) WHERE {asked} {_FIRST.format(of='t,')}"


# Asked ids with what each answers as: one statement from what is asked to what is answered.
_ASKED = "UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE NOT n.rejected MATCH (t:Node {id: n.canonical})"
# Of few links all count, in any order: only those of hubs are put in order.
_RINGS = """
    , COUNT {{ (t)-[:LINKED]-() }} AS degree
    CALL (t, degree) {{
      MATCH (t)-[l:LINKED]-(o) WHERE degree <= $limit {more} RETURN l, o
      UNION ALL
      MATCH (t)-[l:LINKED]-(o) WHERE degree > $limit {more} {first} RETURN l, o
    }}"""


def stored_around(
    tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, least: int, limit: int
) -> dict[str, Tied]:
    """What these things together are linked to; of each, its first `limit` links."""
    cypher = f"""
        {_ASKED} WITH DISTINCT t WITH t {_RINGS.format(more=_narrowed(kinds, where, least), first=_FIRST.format(of=""))}
        WITH o, count(*) AS things, sum(l.passages) AS passages,
          sum(CASE WHEN l.tally STARTS WITH '[{{}}' THEN 0 ELSE 1 END) > 0 AS stated"""
    found = tx.lists(cypher, "o.id", "things", "passages", "stated", ids=list(ids), least=least, limit=limit)
    return {thing: Tied(things, passages, stated) for thing, things, passages, stated in found}


def stored_near(tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, limit: int) -> dict[str, list[str]]:
    """What each of these things is linked to, its first `limit` links; by the id that was asked."""
    return dict(_near(tx, ids, _narrowed(kinds, where, 1), limit, "collect(o.id)"))


def stored_steps(tx: Tx, ids: Sequence[str], kinds: Sequence[str], limit: int) -> dict[str, dict[str, int]]:
    """The same, and how many links each of them has."""
    steps = ("collect(o.id)", "collect(COUNT { (o)-[:LINKED]-() })")
    found = _near(tx, ids, _narrowed(kinds, NO_FILTER, 1), limit, *steps)
    return {id_: dict(zip(others, degrees, strict=True)) for id_, others, degrees in found}


def _near(tx: Tx, ids: Sequence[str], more: str, limit: int, *collected: str) -> Iterator[list[Any]]:
    """What is collected of the first links of each thing, one that has none included, by the ids that were asked."""
    columns = [f"{text} AS c{n}" for n, text in enumerate(collected)]
    cypher = f"""
        {_ASKED} WITH t, collect(id) AS asked
        CALL (t) {{ WITH t {_RINGS.format(more=more, first=_FIRST.format(of=""))} RETURN {", ".join(columns)} }}"""
    names = (f"c{n}" for n in range(len(collected)))
    for asked, *own in tx.lists(cypher, "asked", *names, ids=list(ids), limit=limit) if ids else ():
        yield from ([id_, *own] for id_ in asked)


def _narrowed(kinds: Sequence[str], where: Filter, least: int) -> str:
    """The conditions on a link and its other end."""
    conditions = ["AND l.passages >= $least"] if least > 1 else []
    conditions += [f"AND o:{any_label(kinds)}" if any_label(kinds) else "AND false"] if kinds else []
    return f"{' '.join(conditions)} {confirmed(where, 'o')}"


def stored_links(tx: Tx, ids: Sequence[str], where: Filter) -> list[Link]:
    """All links among these things, by their ends; read from the end that has few, else pair by pair."""
    cypher = f"{_ASKED} WHERE true {confirmed(where, 'n')} WITH DISTINCT t"
    degrees = dict(tx.lists(cypher, "t.id", "COUNT { (t)-[:LINKED]-() }", ids=list(ids)))
    few = [id_ for id_ in degrees if degrees[id_] <= FEW]
    hubs = [id_ for id_ in degrees if degrees[id_] > FEW]
    of_few = """
        UNWIND $few AS id MATCH (x:Node {id: id})
        CALL (x) {
          MATCH (x)-[l:LINKED]->(y) WHERE y.id IN $ids RETURN x.id AS a, y.id AS b, l
          UNION ALL
          MATCH (y)-[l:LINKED]->(x) WHERE y.id IN $hubs RETURN y.id AS a, x.id AS b, l
        }"""
    found = tx.lists(of_few, "a", "b", "l.passages", "l.tally", few=few, hubs=hubs, ids=list(degrees))
    found += _between(tx, hubs)
    return [link_of(a, b, passages, tally, turned=False) for a, b, passages, tally in sorted(found)]


def _between(tx: Tx, hubs: Sequence[str]) -> Iterator[list[Any]]:
    """The links among hubs, pair by pair. Thousands are alike but for their ends, which the numbers of pairs tell.

    These go as one text: the driver takes as long for each number of a list as the server for the whole look-up.
    """
    pairs = {pair_key(pair): pair for pair in combinations(sorted(hubs), 2)}
    cypher = f"""
        UNWIND split($pairs, ' ') AS number WITH toInteger(number) AS pair {PAIR}
        WITH l.passages AS passages, l.tally AS tally, collect(pair) AS alike"""
    asked = " ".join(map(str, pairs))
    for passages, tally, alike in tx.lists(cypher, "passages", "tally", "alike", pairs=asked) if pairs else ():
        yield from ([*pairs[pair], passages, tally] for pair in alike)


def stored_degrees(tx: Tx, ids: Iterable[str]) -> dict[str, int]:
    """How many links each of these things has, by the id that was asked."""
    return dict(tx.lists(_ASKED, "id", "COUNT { (t)-[:LINKED]-() }", ids=list(ids)))
