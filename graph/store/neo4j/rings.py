"""What several things are linked to, asked at once of a Neo4j store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Filter, Tied
from graph.questions.ties import tied
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import confirmed, within
from graph.store.neo4j.links import GROUPED, LinkVerbs, canonical_ids, ties_within
from graph.store.neo4j.stored_links import stored_around, stored_near, stored_steps
from graph.store.neo4j.tx import Tx


class RingVerbs(LinkVerbs):
    def around(
        self,
        things: Sequence[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
    ) -> dict[str, Tied]:
        """See Store.around. Links are stored; within a filter on sources they are counted anew."""

        def work(tx: Tx) -> dict[str, Tied]:
            sources = within(tx, where)
            if sources is None:
                return stored_around(tx, things, kinds, where, min_passages, limit)
            own = sorted(set(canonical_ids(tx, things).values()))
            near = _near(tx, own, kinds, where, sources, min_passages, limit)
            return tied(link for links in near.values() for link in links)

        return self._read(work) if things and limit > 0 else {}

    def steps(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, *, limit: int = 200
    ) -> dict[str, dict[str, int]]:
        """See Store.steps."""

        def work(tx: Tx) -> dict[str, dict[str, int]]:
            if where == NO_FILTER:
                return stored_steps(tx, list(dict.fromkeys(things)), kinds, max(limit, 0))
            own = canonical_ids(tx, things)
            asked = sorted(set(own.values()))
            found: Mapping[str, dict[str, int]] = self._near_with_degrees(tx, asked, kinds, where, max(limit, 0))
            return {id_: found.get(one, {}) for id_, one in own.items()}

        return self._read(work) if things else {}

    def _near_with_degrees(
        self, tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, limit: int
    ) -> dict[str, dict[str, int]]:
        sources = within(tx, where)
        near = (
            stored_near(tx, ids, kinds, where, limit)
            if sources is None
            else {a: [link[0] for link in of] for a, of in _near(tx, ids, kinds, where, sources, 1, limit).items()}
        )
        degrees = self.degrees_within(tx, sorted({b for found in near.values() for b in found}), where)
        return {a: {b: degrees[b] for b in found} for a, found in near.items()}


def _near(
    tx: Tx, ids: Sequence[str], kinds: Sequence[str], where: Filter, sources: list[str], least: int, limit: int
) -> dict[str, list[tuple[str, int, bool]]]:
    """The `limit` strongest links of each of these things within some sources: the other, passages, whether stated."""
    more = ("AND n.kind IN $kinds " if kinds else "") + confirmed(where, "n")
    cypher = f"""
        UNWIND $ids AS a MATCH (o:Node {{canonical: a}})
        {ties_within(sources, more)} {GROUPED}
        WITH a, b, passages, size(types) > 0 AS stated WHERE passages >= $least
        WITH a, b, passages, stated ORDER BY passages DESC, b
        RETURN a, collect(b)[..$limit] AS others, collect(passages)[..$limit] AS passages,
          collect(stated)[..$limit] AS stated"""
    given = {"kinds": list(kinds), "least": least, "limit": limit}
    rows = tx.rows(cypher, ids=list(ids), within=sources, **given) if ids else []
    return {row["a"]: list(zip(row["others"], row["passages"], row["stated"], strict=True)) for row in rows}
