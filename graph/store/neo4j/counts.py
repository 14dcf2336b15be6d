"""What pages count, by statements of a Neo4j store that bring no more than they must."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from neo4j import Record

from graph.model import Filter, Thing
from graph.questions.counted import (
    BLANK,
    DIGITS,
    FURNITURE,
    HEADER,
    HEADING,
    SENTENCE,
    UNSURE_BELOW,
    First,
    Linked,
    Unread,
    Unsure,
    silent,
)
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.links import ties_within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.read import FILTERED, THING, counted_thing
from graph.store.neo4j.stored import passage_of
from graph.store.neo4j.tx import Tx

_BLANK = "[" + "".join(f"\\u{ord(c):04x}" for c in BLANK) + "]*"  # a label that says nothing, as the server reads it
_UNPLACED = "MATCH (b:Passage) WHERE b.parent_confidence < $below AND b.parent IS NOT NULL"
_UNREAD = """
    RETURN s.id AS source, COLLECT {
      MATCH (p:Passage {source: s.id})
      RETURN [p.id, p.parent, p.start, p.end, p.kind = $sentence, NOT p.kind IN $apart AND NOT p.label =~ $blank
        AND NOT p.attributes CONTAINS $header]
    } AS passages, COLLECT {
      MATCH (p:Passage {source: s.id})-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected RETURN DISTINCT [m.start, m.end]
    } AS said ORDER BY source"""

# Each link of a thing `asked` under an id, with what is at its other end.
_LINKED = """
    MATCH (t:Node {{id: asked.canonical}})-[l:LINKED]-(o:Node) WHERE l.passages >= 1 AND o.kind IN $kinds {confirmed}
    WITH id, o.kind AS kind, o.id AS other, l.passages AS passages"""


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
                else f"{FILTERED} AND best < $below {narrowed} WITH t, evidence, sources, best"
            )
            total = tx.rows(f"{found} RETURN count(t) AS n", **given, within=sources)[0]["n"]
            cypher = f"""
                {found} ORDER BY round((1 - best) * log(2 + evidence), $digits) DESC, t.id LIMIT $limit
                RETURN {THING}, evidence, sources, best"""
            rows = tx.rows(cypher, **given, within=sources)
            return First(tuple(counted_thing(row) for row in rows), total)

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
                MATCH (p:Passage {{id: b.parent}}) RETURN b, p ORDER BY b.parent_confidence, b.id"""
            rows = tx.rows(cypher, **given, limit=max(limit, 0))
            return First(tuple(Unsure(r["b"]["source"], passage_of(r["b"]), passage_of(r["p"])) for r in rows), total)

        return self._read(work)

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        """See Store.linked."""

        def work(tx: Tx) -> dict[str, dict[str, Linked]]:
            sources = within(tx, where)
            found: dict[str, dict[str, Linked]] = defaultdict(dict)
            asked = {"ids": list(dict.fromkeys(ids)), "kinds": list(kinds), "within": sources}
            for row in tx.rows(_linked(where, sources), **asked):
                found[row["id"]][row["kind"]] = Linked(row["number"], row["first"])
            return dict(found)

        return self._read(work) if any_label(kinds) else {}

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        """See Store.unread."""
        told = {"apart": [HEADING, FURNITURE], "sentence": SENTENCE, "blank": _BLANK, "header": HEADER}

        def work(tx: Tx) -> list[Unread]:
            sources = within(tx, where)
            cypher = f"MATCH (s:Source) {only(sources, 's.id')} {_UNREAD}"
            return [_unread(row) for row in tx.rows(cypher, **told, within=sources)]

        return [found for found in self._read(work) if found.passages]


def _unread(row: Record) -> Unread:
    parted = {parent for _, parent, _, _, sentence, _ in row["passages"] if sentence}
    saying = [(start, end) for id_, _, start, end, _, says in row["passages"] if says and id_ not in parted]
    return Unread(row["source"], len(saying), silent(saying, map(tuple, row["said"])))


def _linked(where: Filter, sources: list[str] | None) -> str:
    """Rows (id, kind, number, first) of what $ids are linked to, of $kinds, in these sources; None for all of them."""
    links = (
        _LINKED.format(confirmed=confirmed(where, "o"))
        if sources is None
        else f"""
        WITH id, asked.canonical AS a MATCH (o:Node {{canonical: a}})
        {ties_within(sources, "AND n.kind IN $kinds " + confirmed(where, "n"))}
        WITH id, n.canonical AS other, min(n.kind) AS kind, count(DISTINCT passage) AS passages
        WHERE passages >= 1"""
    )
    return f"""
        UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected {links}
        WITH id, kind, passages, other ORDER BY passages DESC, other
        RETURN id, kind, count(*) AS number, head(collect(other)) AS first"""
