"""What links things in a Neo4j store: stated relations and shared passages, counted on the server."""

from __future__ import annotations

from collections.abc import Sequence

from neo4j import Record

from graph.model import Filter, Link
from graph.store.base import NO_FILTER
from graph.store.degrees import RemembersDegrees
from graph.store.neo4j.base import Neo4jBase, acts, confirmed, only, within
from graph.store.neo4j.names import any_label, relation_of, stated
from graph.store.neo4j.shared import stored_shared
from graph.store.neo4j.stored_links import stored_degrees, stored_links, stored_neighbours
from graph.store.neo4j.tx import Tx


def ties_within(sources: list[str] | None, more: str = "") -> str:
    """Rows (n, passage, type, label, confidence) of all that ties `o`, a node that answers as `a`, to anything else.

    `more` narrows the other ends. Each passage counts once for `o`, however often it names it: otherwise one long
    passage is squared.
    """
    others = f"n.canonical <> a AND NOT n.rejected {more}"
    arms = [
        f"""
        MATCH (o){left}-[r:{stated()}]-{right}(n:Node) WHERE {others} {only(sources, "r.source", "AND")}
        UNWIND range(0, size(r.passages) - 1) AS i
        RETURN n, r.passages[i] AS passage, '{sign}' + type(r) AS type, r.label AS label,
          r.confidences[i] AS confidence"""
        for left, right, sign in (("", ">", ""), ("<", "", "-"))
    ]
    arms.append(f"""
        MATCH (o)<-[m:MENTIONS]-(p:Passage) {only(sources, "m.source")}
        WITH p, a, max(m.confidence) AS own
        MATCH (p)-[x:MENTIONS]->(n:Node) WHERE {others}
        RETURN n, p.id AS passage, null AS type, '' AS label,
          CASE WHEN x.confidence < own THEN x.confidence ELSE own END AS confidence""")
    return f"CALL (o, a) {{ {' UNION ALL '.join(arms)} }}"


GROUPED = """
    WITH a, n.canonical AS b, min(n.kind) AS kind, count(DISTINCT passage) AS passages, collect(DISTINCT type) AS types,
      max(label) AS label, max(confidence) AS confidence"""
_LINK = "a, b, passages, types, label, confidence"


def canonical_ids(tx: Tx, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, str]:
    """The canonical id of each id that is there and not rejected, confirmed where the filter asks for it."""
    cypher = f"UNWIND $ids AS id MATCH (n:Node {{id: id}}) WHERE NOT n.rejected {confirmed(where, 'n')}"
    return dict(tx.lists(cypher, "id", "n.canonical", ids=list(dict.fromkeys(ids))))


class LinkVerbs(RemembersDegrees, Neo4jBase):
    def neighbours(
        self,
        thing: str,
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
        stated_only: bool = False,
    ) -> list[Link]:
        """See Store.neighbours. Links are stored; within a filter on sources they are counted anew."""

        def work(tx: Tx) -> list[Link]:
            sources = within(tx, where)
            if sources is None:
                return stored_neighbours(tx, thing, kinds, where, min_passages, limit, stated_only=stated_only)
            cypher = f"""
                MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
                WITH asked.canonical AS a MATCH (o:Node {{canonical: a}})
                {ties_within(sources, ("AND n.kind IN $kinds " if kinds else "") + confirmed(where, "n"))} {GROUPED}
                WHERE passages >= $least {"AND size(types) > 0" if stated_only else ""}
                RETURN {_LINK} ORDER BY passages DESC, b LIMIT $limit"""
            given = {"kinds": list(kinds), "least": min_passages, "limit": max(limit, 0)}
            return [link_of_row(row) for row in tx.rows(cypher, id=thing, within=sources, **given)]

        return self._read(work)

    def links(self, ids: Sequence[str], where: Filter = NO_FILTER) -> list[Link]:
        """See Store.links."""

        def work(tx: Tx) -> list[Link]:
            sources = within(tx, where)
            if sources is None:
                return stored_links(tx, ids, where)
            asked = sorted(set(canonical_ids(tx, ids, where).values()))
            cypher = f"""
                UNWIND $ids AS a MATCH (o:Node {{canonical: a}})
                {ties_within(sources, "AND a < n.canonical AND n.canonical IN $ids")} {GROUPED}
                RETURN {_LINK} ORDER BY a, b"""
            return [link_of_row(row) for row in tx.rows(cypher, ids=asked, within=sources)]

        return self._read(work)

    def degrees(self, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, int]:
        """See Store.degrees. Remembered until the next write of any process: hubs are asked for again and again."""
        return self._read(lambda tx: self.degrees_within(tx, ids, where))

    def degrees_within(self, tx: Tx, ids: Sequence[str], where: Filter) -> dict[str, int]:
        """The degrees, inside a transaction."""
        if where == NO_FILTER:
            return stored_degrees(tx, list(dict.fromkeys(ids)))
        canonical = canonical_ids(tx, ids)
        known = self._degrees.known(acts(tx), where)
        missing = sorted({id_ for id_ in canonical.values() if id_ not in known})
        if missing:
            known |= dict.fromkeys(missing, 0) | _count_degrees(tx, missing, where)
        return {id_: known[own] for id_, own in canonical.items()}

    def shared(
        self, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter = NO_FILTER, *, limit: int = 500
    ) -> list[tuple[str, str, int]]:
        """See Store.shared."""
        one, other = any_label(kinds_a), any_label(kinds_b)
        if not one or not other:
            return []

        def work(tx: Tx) -> list[tuple[str, str, int]]:
            sources = within(tx, where)
            if sources is None:
                return stored_shared(tx, kinds_a, kinds_b, where, limit)
            # One order per pair: by id where both could stand on either side, else as the kinds are asked.
            cypher = f"""
                MATCH (o:{one})<-[m:MENTIONS]-(p:Passage) {only(sources, "m.source")}
                WITH DISTINCT o, p MATCH (p)-[:MENTIONS]->(n:{other})
                WHERE o.canonical <> n.canonical {confirmed(where, "o")} {confirmed(where, "n")}
                  AND (o.canonical < n.canonical OR NOT (o.kind IN $kinds_b AND n.kind IN $kinds_a))
                RETURN o.canonical AS a, n.canonical AS b, count(DISTINCT p) AS n ORDER BY n DESC, a, b LIMIT $limit"""
            given = {"kinds_a": list(kinds_a), "kinds_b": list(kinds_b), "limit": max(limit, 0)}
            return [(row["a"], row["b"], row["n"]) for row in tx.rows(cypher, within=sources, **given)]

        return self._read(work)


def link_of_row(row: Record) -> Link:
    signed = {("-" if t.startswith("-") else "") + relation_of()[t.lstrip("-")] for t in row["types"]}
    types = tuple(sorted(signed, key=lambda t: (t.lstrip("-"), t)))
    return Link(row["a"], row["b"], types, row["passages"], row["confidence"], row["label"] or "")


def _count_degrees(tx: Tx, ids: Sequence[str], where: Filter) -> dict[str, int]:
    sources = within(tx, where)
    others = f"n.canonical <> a AND NOT n.rejected {confirmed(where, 'n')}"
    cypher = f"""
        UNWIND $ids AS a MATCH (o:Node {{canonical: a}})
        CALL (o, a) {{
          MATCH (o)-[r:{stated()}]-(n:Node) WHERE {others} {only(sources, "r.source", "AND")}
          RETURN DISTINCT n.canonical AS b
          UNION
          MATCH (o)<-[m:MENTIONS]-(p:Passage) {only(sources, "m.source")}
          WITH DISTINCT p, a MATCH (p)-[:MENTIONS]->(n:Node) WHERE {others}
          RETURN DISTINCT n.canonical AS b
        }}
        RETURN a, count(DISTINCT b) AS n"""
    return {row["a"]: row["n"] for row in tx.rows(cypher, ids=list(ids), within=sources)}
