"""What pages count, by statements of a Neo4j store that bring no more than they must."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from graph.model import Filter, Thing
from graph.questions.counted import DIGITS, UNSURE_BELOW, First, Linked, Unread, Unsure
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.links import ties_within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.read import COUNTED, filtered, thing_of
from graph.store.neo4j.stored import passage_columns, passage_of
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.unread import unread_of

# By how unsure they are, which few are, and not source by source.
_UNPLACED = """
    MATCH (b:Passage) USING INDEX b:Passage(parent_confidence)
    WHERE b.parent_confidence < $below AND b.parent IS NOT NULL"""
# Each link of a thing `asked` under an id, with what is at its other end. Its label tells the kind, with the node: a
# property is looked for among twenty.
_LINKED = """
    MATCH (t:Node {{id: asked.canonical}})-[l:LINKED]-(o:{any_label}) WHERE l.passages >= 1 {confirmed}
    WITH id, {kind} AS kind, o, l.passages AS passages"""


class CountVerbs(Neo4jBase):
    def doubtful(
        self, kinds: Sequence[str], where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200
    ) -> First[Thing]:
        """See Store.doubtful."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked:
            return First((), 0)
        given = {"kinds": asked, "below": below, "limit": max(limit, 0), "digits": DIGITS, "least": 0}

        def work(tx: Tx) -> First[Thing]:
            sources = within(tx, where)
            narrowed = f"AND NOT t.confirmed {confirmed(where, 't')}"
            found = (
                f"""
                MATCH (t:Thing) WHERE t.confidence < $below AND t.kind IN $kinds {narrowed}
                WITH t, t.evidence AS evidence, t.sources AS sources, t.confidence AS best"""
                if sources is None
                else f"{filtered(asked)} AND best < $below {narrowed} WITH t, evidence, sources, best"
            )
            total = tx.rows(f"{found} RETURN count(t) AS n", **given, within=sources)[0]["n"]
            cypher = f"""
                {found} ORDER BY round((1 - best) * log(2 + evidence), $digits) DESC, t.id LIMIT $limit"""
            rows = tx.lists(cypher, *COUNTED, **given, within=sources)
            return First(tuple(thing_of(*own) for own in rows), total)

        return self._read(work)

    def unplaced(self, where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200) -> First[Unsure]:
        """See Store.unplaced."""

        def work(tx: Tx) -> First[Unsure]:
            sources = within(tx, where)
            found = f"{_UNPLACED} {only(sources, 'b.source', 'AND')}"
            given = {"below": below, "within": sources}
            total = tx.rows(f"{found} RETURN count(b) AS n", **given)[0]["n"]
            cypher = f"""
                {found} WITH b ORDER BY b.parent_confidence, b.id LIMIT $limit
                MATCH (p:Passage {{id: b.parent}}) WITH b, p ORDER BY b.parent_confidence, b.id"""
            columns = ("b.source", *passage_columns("b"), *passage_columns("p"))
            rows = tx.lists(cypher, *columns, **given, limit=max(limit, 0))
            return First(tuple(_unsure(*row) for row in rows), total)

        return self._read(work)

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        """See Store.linked."""

        known = [kind for kind in dict.fromkeys(kinds) if kind in labels()]

        def work(tx: Tx) -> dict[str, dict[str, Linked]]:
            sources = within(tx, where)
            found: dict[str, dict[str, Linked]] = defaultdict(dict)
            asked = {"ids": list(dict.fromkeys(ids)), "kinds": known, "within": sources}
            columns = ("id", "kind", "number", "first")
            for id_, kind, number, first in tx.lists(_linked(where, sources, known), *columns, **asked):
                found[id_][kind] = Linked(number, first)
            return dict(found)

        return self._read(work) if known else {}

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        """See Store.unread."""
        return self._read(lambda tx: unread_of(tx, within(tx, where)))


def _unsure(source: str, *both: Any) -> Unsure:
    half = len(both) // 2
    return Unsure(source, passage_of(*both[:half]), passage_of(*both[half:]))


def _linked(where: Filter, sources: list[str] | None, kinds: Sequence[str]) -> str:
    """Rows (id, kind, number, first) of what $ids are linked to, of $kinds, in these sources; None for all of them."""
    links = (
        _LINKED.format(any_label=any_label(kinds), confirmed=confirmed(where, "o"), kind=_kind_of("o", kinds))
        if sources is None
        else f"""
        WITH id, asked.canonical AS a MATCH (o:Node {{canonical: a}})
        {ties_within(sources, "AND n.kind IN $kinds " + confirmed(where, "n"))}
        WITH id, n.canonical AS other, count(DISTINCT passage) AS passages WHERE passages >= 1
        MATCH (o:Node {{id: other}}) WITH id, o.kind AS kind, o, passages"""
    )
    # The ids of the strongest alone are read and put in order.
    return f"""
        UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected {links}
        WITH id, kind, count(*) AS number, max(passages) AS most, collect([passages, o]) AS others
        UNWIND [other IN others WHERE other[0] = most | other[1].id] AS other
        WITH id, kind, number, min(other) AS first"""


def _kind_of(node: str, kinds: Sequence[str]) -> str:
    """Which of these kinds a node is of."""
    arms = (f"WHEN {node}:{labels()[kind]} THEN '{kind}'" for kind in kinds)
    return f"CASE {' '.join(arms)} END"
