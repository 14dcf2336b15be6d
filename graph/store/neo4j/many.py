"""What pages ask of many things at once: one statement of a Neo4j store instead of one for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.model import Filter, Link, Mention, Passage
from graph.questions.kept import Placed, kept
from graph.questions.ties import link_of
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.links import canonical_ids, link_of_row, ties_within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.read import mention_of
from graph.store.neo4j.stored import MENTION, passage_of
from graph.store.neo4j.stored_links import linked_to
from graph.store.neo4j.tx import Tx

# The first source that speaks of a thing comes from its claims, which are fewer than its mentions.
_FIRSTS = """
    UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected
    CALL (asked) {{
      MATCH (:Node {{canonical: asked.canonical}})<-[:CLAIMS]-(s:Source) {only}
      WITH s ORDER BY s.date, s.id LIMIT 1
      MATCH (n:Node {{canonical: asked.canonical}})<-[m:MENTIONS {{source: s.id}}]-(p:Passage)
      RETURN n, m, p ORDER BY m.start, m.end, n.id LIMIT 1
    }}
    RETURN id, n.canonical AS node, {mention}"""
_COUNTED_WITHIN = """
    UNWIND $asked AS one
    CALL (one) {{
      UNWIND one.sources AS source
      MATCH (:Source {{id: source}})-[:CLAIMS]->(n:Node) WHERE n.kind IN $kinds AND NOT n.rejected {confirmed}
      RETURN n.kind AS kind, count(DISTINCT n.canonical) AS number
    }}"""


class ManyVerbs(Neo4jBase):
    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        """See Store.firsts."""
        asked = list(dict.fromkeys(ids))

        def work(tx: Tx) -> dict[str, Mention]:
            sources = within(tx, where)
            cypher = _FIRSTS.format(only=only(sources, "s.id"), mention=MENTION)
            return {row["id"]: mention_of(row) for row in tx.rows(cypher, ids=asked, within=sources)}

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
            found: dict[str, list[Link]] = defaultdict(list)
            if sources is None:
                columns = ("t.id", "b", "passages", "tally", "turned")
                for a, b, n, tally, turned in tx.lists(_stored(where, kinds, stated_only), *columns, **given):
                    found[a].append(link_of(a, b, n, tally, turned=turned))
            else:
                for row in tx.rows(_counted(where, kinds, sources, stated_only), **given, within=sources):
                    found[row["a"]].append(link_of_row(row))
            first = {a: sorted(links, key=lambda x: (-x.passages, x.b)) for a, links in found.items()}
            return {id_: list(first[a]) for id_, a in own.items() if a in first}

        return self._read(work) if asked and limit > 0 and (not kinds or any_label(kinds)) else {}

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        """See Store.count_within."""

        def work(tx: Tx) -> list[dict[str, int]]:
            sources = kept(_placed(tx), filters)
            out: list[dict[str, int]] = [{} for _ in filters]
            for only_confirmed in (False, True):
                asked = [n for n, where in enumerate(filters) if where.confirmed is only_confirmed]
                cypher = _COUNTED_WITHIN.format(confirmed="AND n.confirmed" if only_confirmed else "")
                rows = [{"place": n, "sources": sources[n]} for n in asked if sources[n] is not None]
                whole = _whole(tx, kinds, only_confirmed) if len(rows) < len(asked) else {}
                for n in asked:
                    out[n] |= whole if sources[n] is None else {}
                for place, kind, n in tx.lists(cypher, "one.place", "kind", "number", asked=rows, kinds=list(kinds)):
                    out[place][kind] = n
            return [dict(sorted(own.items())) for own in out]

        return self._read(work)

    def stamps(self) -> list[Placed]:
        """See Store.stamps."""
        return self._read(_placed)

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        """See Store.blocks."""
        asked = list(dict.fromkeys(ids))
        cypher = "UNWIND $ids AS id MATCH (p:Passage {id: id}) RETURN p"
        found = self._read(lambda tx: tx.rows(cypher, ids=asked)) if asked else []
        return {row["p"]["id"]: (row["p"]["source"], passage_of(row["p"])) for row in found}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        """See Store.said_in."""
        asked = list(dict.fromkeys(blocks))
        cypher = f"""
            UNWIND $ids AS id MATCH (p:Passage {{id: id}})-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected
            RETURN n.canonical AS node, n.id AS member, {MENTION}"""
        found = self._read(lambda tx: tx.rows(cypher, ids=asked)) if asked else []
        found.sort(key=lambda row: (row["source"], row["start"], -row["end"], row["node"], row["member"]))
        return [mention_of(row) for row in found]

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        """See Store.texts."""
        asked = list(dict.fromkeys(sources))
        cypher = "UNWIND $ids AS id MATCH (:Source {id: id})-[:HAS_CONTENT]->(c)"
        return dict(self._read(lambda tx: tx.lists(cypher, "id", "c.text", ids=asked))) if asked else {}


def _placed(tx: Tx) -> list[Placed]:
    names = ("id", "document", "meeting", "date", "visibility")
    columns = (*(f"s.{name}" for name in names), "coalesce(s.stamp, 0)")
    return sorted(Placed(*row) for row in tx.lists("MATCH (s:Source)", *columns))


def _whole(tx: Tx, kinds: Sequence[str], only_confirmed: bool) -> dict[str, int]:
    """How many things there are of each of these kinds; by their labels, which the server counts by itself."""
    asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
    more = "AND t.confirmed" if only_confirmed else ""
    arms = (f"MATCH (t:{labels()[kind]}) WHERE t:Thing {more} RETURN '{kind}' AS kind, count(t) AS n" for kind in asked)
    found = tx.rows(" UNION ALL ".join(arms)) if asked else []
    return {row["kind"]: row["n"] for row in found if row["n"]}


def _stored(where: Filter, kinds: Sequence[str], stated_only: bool) -> str:
    return f"""
        UNWIND $things AS a MATCH (t:Node {{id: a}})
        CALL (t) {{
          {linked_to(where, kinds, stated_only=stated_only)}
          RETURN b, passages, l.tally AS tally, startNode(l) = o AS turned
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
