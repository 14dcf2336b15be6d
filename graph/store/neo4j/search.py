"""Search in a Neo4j store: the full-text index finds, graph.questions.ranking orders."""

from __future__ import annotations

from collections.abc import Sequence

from neo4j import Record

from graph.model import Filter, Hit
from graph.questions.ranking import Query, Rank, best_first, considered, excerpt, rank, rank_prepared, read_query
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, Tx, only, within
from graph.store.neo4j.words import is_cut, is_whole, match
from graph.text import words


class SearchVerbs(Neo4jBase):
    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search."""
        query = read_query(text)
        if query is None or limit <= 0:
            return []

        def work(tx: Tx) -> list[Hit]:
            sources = within(tx, where)
            asked = _matches(tx, query, kinds, sources, where, considered(limit))
            found = [(_rank(query, row), row) for row in asked]
            found.sort(key=lambda pair: best_first(pair[0], pair[1]["evidence"], pair[1]["id"]))
            shown = found[:limit]
            quotes = _quotes(tx, [row["id"] for _, row in shown if row["source"] is None], sources)
            return [Hit(row["id"], row["kind"], row["label"], at.score, _quote(row, quotes)) for at, row in shown]

        return self._read(work)


def _names(row: Record) -> list[str]:
    return [row["label"], *(row["aliases"] or [])]


def _rank(query: Query, row: Record) -> Rank:
    stems = row["stems"].split()
    if row["aliases"] or not is_whole(stems):
        return rank(query, _names(row))
    return rank_prepared(query, row["folded"], stems, row["forms"].split())


def _quote(row: Record, quotes: dict[str, str]) -> str:
    return quotes.get(row["id"], "") if row["source"] is None else excerpt(row["label"])


def _matches(
    tx: Tx, query: Query, kinds: Sequence[str], sources: list[str] | None, where: Filter, most: int
) -> list[Record]:
    """The first `most` matches: what the query is, what begins with it, then by standing."""
    conditions = ["CASE WHEN e:Passage THEN 'passage' ELSE e.kind END IN $kinds"] if kinds else []
    if sources is not None:
        conditions.append(
            """CASE WHEN e:Passage THEN e.source IN $within
               ELSE EXISTS { (n:Node {canonical: e.id})<-[m:MENTIONS]-() WHERE m.source IN $within } END"""
        )
    if where.confirmed:
        conditions.append("(e:Passage OR e.confirmed)")
    cypher = f"""
        CALL db.index.fulltext.queryNodes('words', $match) YIELD node AS e
        {"WHERE " + " AND ".join(conditions) if conditions else ""}
        WITH e ORDER BY e.folded = $folded DESC, e.folded STARTS WITH $folded DESC, e.standing, e.id LIMIT $most
        RETURN e.id AS id, CASE WHEN e:Passage THEN 'passage' ELSE e.kind END AS kind, e.label AS label,
          CASE WHEN e:Passage THEN e.source END AS source, e.evidence AS evidence, e.folded AS folded,
          e.stems AS stems, e.forms AS forms, CASE WHEN e:Passage THEN null ELSE e.aliases END AS aliases"""
    found = tx.rows(cypher, match=match(query), folded=query.folded, kinds=list(kinds), within=sources, most=most)
    return [row for row in found if _begins(query, row)] if is_cut(query) else found


def _begins(query: Query, row: Record) -> bool:
    return any(word.startswith(query.prefix) for name in _names(row) for word in words(name))


def _quotes(tx: Tx, ids: list[str], sources: list[str] | None) -> dict[str, str]:
    """The sentence each thing rests on best."""
    cypher = f"""
        UNWIND $ids AS id
        CALL (id) {{
          MATCH (n:Node {{canonical: id}})<-[m:MENTIONS]-(p:Passage)-[:IN]->(s:Source)
          {only(sources, "m.source")}
          RETURN p.label AS label, m.quote AS quote
          ORDER BY m.confidence DESC, s.date, s.id, m.start, m.end, n.id LIMIT 1
        }}
        RETURN id, label, quote"""
    found = tx.rows(cypher, ids=ids, within=sources) if ids else []
    return {row["id"]: excerpt(row["label"] or row["quote"], row["quote"]) for row in found}
