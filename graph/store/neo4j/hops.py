"""Why two things are linked, as a Neo4j store answers it: what is stated, then what passages they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from neo4j import Record

from graph.model import Filter, Hop
from graph.questions.ties import Pair
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, only, within
from graph.store.neo4j.brought import SHORT_PASSAGE
from graph.store.neo4j.links import canonical_ids
from graph.store.neo4j.names import relation_of, stated
from graph.store.neo4j.tx import Tx


class HopVerbs(Neo4jBase):
    def why(self, a: str, b: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
        """See Store.why. Each hop goes from `a` to `b`; a type stated from `b` to `a` begins with "-"."""
        return self.whys([(a, b)], where, limit=limit)[(a, b)]

    def whys(
        self, pairs: Sequence[tuple[str, str]], where: Filter = NO_FILTER, *, limit: int = 20
    ) -> dict[tuple[str, str], list[Hop]]:
        """See Store.whys."""

        def work(tx: Tx) -> dict[tuple[str, str], list[Hop]]:
            own = canonical_ids(tx, [end for pair in pairs for end in pair])
            known = {(a, b): (own[a], own[b]) for a, b in pairs if a in own and b in own}
            hops = _hops(tx, sorted(set(known.values())), within(tx, where), max(limit, 0))
            return {pair: hops[known[pair]][:limit] if pair in known else [] for pair in pairs}

        return self._read(work)


def _hops(tx: Tx, pairs: Sequence[Pair], sources: list[str] | None, limit: int) -> Mapping[Pair, list[Hop]]:
    """The first hops of each pair of canonical ids; more than `limit` where some are stated and some shared."""
    found: dict[Pair, list[Hop]] = defaultdict(list)
    if limit:
        _add_stated(tx, found, pairs, sources, limit)
        _add_shared(tx, found, [pair for pair in pairs if len(found[pair]) < limit], sources, limit)
    return found


def _add_stated(
    tx: Tx, found: dict[Pair, list[Hop]], pairs: Sequence[Pair], sources: list[str] | None, limit: int
) -> None:
    cypher = f"""
        UNWIND $pairs AS pair
        CALL (pair) {{
          MATCH (o:Node {{canonical: pair[0]}})-[r:{stated()}]-(n:Node {{canonical: pair[1]}})
          {only(sources, "r.source")}
          MATCH (s:Source {{id: r.source}}) UNWIND range(0, size(r.passages) - 1) AS i
          WITH r, s, i, startNode(r) AS f, endNode(r) AS g, r.confidences[i] AS confidence, r.starts[i] AS start,
            r.ends[i] AS end
          ORDER BY confidence DESC, s.date, s.id, start, type(r), end, f.id, g.id LIMIT $limit
          RETURN f.canonical AS from, type(r) AS type, s.id AS source, start, end, r.quotes[i] AS quote, confidence
        }}
        RETURN pair[0] AS a, pair[1] AS b, from, type, source, start, end, quote, confidence"""
    for row in tx.rows(cypher, pairs=[list(pair) for pair in pairs], within=sources, limit=limit) if pairs else ():
        sign = "" if row["from"] == row["a"] else "-"
        found[(row["a"], row["b"])].append(_hop(row, sign + relation_of()[row["type"]], row["quote"]))


def _add_shared(
    tx: Tx, found: dict[Pair, list[Hop]], pairs: Sequence[Pair], sources: list[str] | None, limit: int
) -> None:
    # The passage itself is shown; of a long one, the piece around the two mentions.
    cypher = f"""
        UNWIND $pairs AS pair
        CALL (pair) {{
          MATCH (o:Node {{canonical: pair[0]}})<-[m:MENTIONS]-(p:Passage) {only(sources, "m.source")}
          WITH p, pair, max(m.confidence) AS own, min(m.start) AS low, max(m.end) AS high
          MATCH (p)-[x:MENTIONS]->(:Node {{canonical: pair[1]}})
          WITH p, own, low, high, max(x.confidence) AS its, min(x.start) AS first, max(x.end) AS last
          MATCH (p)-[:IN]->(s:Source)
          WITH p, s, CASE WHEN own < its THEN own ELSE its END AS confidence,
            CASE WHEN low < first THEN low ELSE first END AS low, CASE WHEN high > last THEN high ELSE last END AS high
          ORDER BY confidence DESC, s.date, s.id, p.start, p.end, p.id LIMIT $limit
          RETURN s.id AS source, p.start AS start, p.end AS end, confidence, low, high,
            coalesce(p.text, p.label) AS text
        }}
        RETURN pair[0] AS a, pair[1] AS b, source, start, end, confidence, low, high, text"""
    for row in tx.rows(cypher, pairs=[list(pair) for pair in pairs], within=sources, limit=limit) if pairs else ():
        found[(row["a"], row["b"])].append(_shared(tx, row))


def _shared(tx: Tx, row: Record) -> Hop:
    if row["end"] - row["start"] <= SHORT_PASSAGE:
        return _hop(row, "mentions", row["text"])
    start, end = row["low"], row["high"]
    text = str(tx.rows("MATCH (c:Content {id: $id}) RETURN c.text AS text", id=row["source"])[0]["text"])
    return Hop(row["a"], row["b"], "mentions", row["source"], start, end, text[start:end], row["confidence"])


def _hop(row: Record, type_: str, quote: str) -> Hop:
    return Hop(row["a"], row["b"], type_, row["source"], row["start"], row["end"], quote, row["confidence"])
