"""What pages ask of many things at once: one statement of a Neo4j store instead of one for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.model import Filter, Link, Mention, Passage
from graph.questions.kept import Placed, kept
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.links import canonical_ids, link_of_row, ties_within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.read import MEMBER_SAID, counts_by_kind, counts_within, in_order
from graph.store.neo4j.stored import MENTION, passage_columns, passage_of
from graph.store.neo4j.stored_links import ALIKE, OF_ALIKE, linked_to, links_of_rows, strongest_first
from graph.store.neo4j.tx import Tx

# The first source that speaks of a thing comes from its claims, which are fewer than its mentions.
_FIRSTS = """
    UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected
    CALL (asked) {{
      MATCH (:Node {{canonical: asked.canonical}})<-[:CLAIMS]-(s:Source) {only}
      WITH s ORDER BY s.date, s.id LIMIT 1
      MATCH (n:Node {{canonical: asked.canonical}})<-[m:MENTIONS {{source: s.id}}]-(p:Passage)
      RETURN n, m, p ORDER BY m.start, m.end, n.id LIMIT 1
    }}"""


class ManyVerbs(Neo4jBase):
    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        """See Store.firsts."""
        asked = list(dict.fromkeys(ids))

        def work(tx: Tx) -> dict[str, Mention]:
            sources = within(tx, where)
            cypher = _FIRSTS.format(only=only(sources, "s.id"))
            found = tx.lists(cypher, "id", "n.canonical", *MENTION, ids=asked, within=sources)
            return {id_: Mention(*own) for id_, *own in found}

        return self._read(work) if asked else {}

    def strongest(
        self,
        ids: Iterable[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        stated_only: bool = False,
    ) -> dict[str, list[Link]]:
        """See Store.strongest."""
        asked = list(dict.fromkeys(ids))

        def work(tx: Tx) -> dict[str, list[Link]]:
            sources, own = within(tx, where), canonical_ids(tx, asked)
            given = {"things": sorted(set(own.values())), "kinds": list(kinds), "limit": limit}
            first: dict[str, list[Link]] = defaultdict(list)
            found = (
                links_of_rows(tx.lists(_stored(where, kinds, stated_only), "a", *OF_ALIKE, **given))
                if sources is None
                else strongest_first(
                    map(link_of_row, tx.rows(_counted(where, kinds, sources, stated_only), **given, within=sources))
                )
            )
            for link in found:
                first[link.a].append(link)
            return {id_: list(first[a]) for id_, a in own.items() if a in first}

        return self._read(work) if asked and limit > 0 and (not kinds or any_label(kinds)) else {}

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        """See Store.count_within."""

        def work(tx: Tx) -> list[dict[str, int]]:
            known = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
            sources = kept(_placed(tx), filters)
            out: dict[int, dict[str, int]] = {}
            for only_confirmed in {where.confirmed for where in filters}:
                every = Filter(confirmed=only_confirmed)
                places = [place for place, where in enumerate(filters) if where.confirmed is only_confirmed]
                within = {place: own for place in places if (own := sources[place]) is not None}
                out |= counts_within(tx, known, within, confirmed=only_confirmed) if within else {}
                whole = counts_by_kind(tx, known, every) if len(within) < len(places) else {}
                out |= {place: whole for place in places if place not in within}
            return [dict(sorted(out[place].items())) for place in range(len(filters))]

        return self._read(work) if any_label(kinds) else [{} for _ in filters]

    def stamps(self) -> list[Placed]:
        """See Store.stamps."""
        return self._read(_placed)

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        """See Store.blocks."""
        asked = list(dict.fromkeys(ids))
        cypher, columns = "UNWIND $ids AS id MATCH (p:Passage {id: id})", ("p.id", "p.source", *passage_columns("p"))
        found = self._read(lambda tx: tx.lists(cypher, *columns, ids=asked)) if asked else []
        return {id_: (source, passage_of(*own)) for id_, source, *own in found}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        """See Store.said_in."""
        asked = list(dict.fromkeys(blocks))
        cypher = "UNWIND $ids AS id MATCH (p:Passage {id: id})-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected"
        return in_order(self._read(lambda tx: tx.lists(cypher, *MEMBER_SAID, ids=asked)) if asked else ())

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        """See Store.texts."""
        asked = list(dict.fromkeys(sources))
        cypher = "UNWIND $ids AS id MATCH (:Source {id: id})-[:HAS_CONTENT]->(c)"
        return dict(self._read(lambda tx: tx.lists(cypher, "id", "c.text", ids=asked))) if asked else {}


def _placed(tx: Tx) -> list[Placed]:
    names = ("id", "document", "meeting", "date", "visibility")
    columns = (*(f"s.{name}" for name in names), "coalesce(s.stamp, 0)")
    return sorted(Placed(*row) for row in tx.lists("MATCH (s:Source)", *columns))


def _stored(where: Filter, kinds: Sequence[str], stated_only: bool) -> str:
    return f"""
        UNWIND $things AS a MATCH (t:Node {{id: a}})
        CALL (t) {{
          {linked_to(where, kinds, stated_only=stated_only)} {ALIKE}
          RETURN {", ".join(OF_ALIKE)}
        }}"""


def _counted(where: Filter, kinds: Sequence[str], sources: list[str], stated_only: bool) -> str:
    more = ("AND n.kind IN $kinds " if kinds else "") + confirmed(where, "n")
    return f"""
        UNWIND $things AS a
        CALL (a) {{
          MATCH (o:Node {{canonical: a}}) {ties_within(sources, more)}
          WITH n.canonical AS b, count(DISTINCT passage) AS passages, collect(DISTINCT type) AS types,
            max(label) AS label, max(confidence) AS confidence
          {"WHERE size(types) > 0" if stated_only else ""}
          RETURN b, passages, types, label, confidence ORDER BY passages DESC, b LIMIT $limit
        }}
        RETURN a, b, passages, types, label, confidence"""
