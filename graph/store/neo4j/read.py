"""Things, their evidence, sources and their passages, as a Neo4j store answers them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from neo4j import Record

from graph.decided.identity import Claim, plain_value
from graph.model import Filter, Fragment, Mention, Passage, Source, SourceInfo, Thing
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.rows import claims_within
from graph.store.neo4j.stored import MENTION, passage_of, passages_of, source_of, stored_source
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.write import source_id

_THING = (
    *("id", "kind", "label", "aliases", "attributes", "members", "evidence", "sources", "confidence", "version"),
    "confirmed",
)
THING = f"t {{{', '.join(f'.{name}' for name in _THING)}}} AS t"
_VALUES = tuple(f"t.{name}" for name in _THING)  # the same without their names, which cost as much as they do


class ReadVerbs(Neo4jBase):
    def get(self, thing: str) -> Thing | None:
        """See Store.get."""
        return self.things([thing]).get(thing)

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        """See Store.things."""
        cypher = """
            UNWIND $ids AS asked MATCH (n:Node {id: asked}) MATCH (t:Node {id: n.canonical}) WHERE t:Thing"""
        asked = list(dict.fromkeys(ids))
        if not asked:
            return {}
        found = self._read(lambda tx: tx.lists(cypher, "asked", *_VALUES, ids=asked))
        return {id_: _thing(*own) for id_, *own in found}

    def rows(
        self,
        kinds: Sequence[str],
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        offset: int = 0,
        min_evidence: int = 0,
    ) -> list[Thing]:
        """See Store.rows."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked or limit <= 0:
            return []

        def work(tx: Tx) -> list[Thing]:
            sources = within(tx, where)
            if sources is None:
                return _first(tx, asked, where, limit, offset, min_evidence)
            cypher = f"""
                {FILTERED} {confirmed(where, "t")} WITH t, evidence, sources, best
                ORDER BY sources DESC, evidence DESC, t.folded, t.id SKIP $offset LIMIT $limit
                RETURN {THING}, evidence, sources, best"""
            given = {"within": sources, "kinds": asked, "least": min_evidence}
            found = tx.rows(cypher, **given, offset=offset, limit=limit)
            return [counted_thing(row) for row in found]

        return self._read(work)

    def count_rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, *, min_evidence: int = 0) -> int:
        """See Store.count_rows."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked:
            return 0

        def work(tx: Tx) -> int:
            sources = within(tx, where)
            if sources is None:
                cypher = f"""
                    MATCH (t:{any_label(asked)}) WHERE t:Thing AND t.evidence >= $least {confirmed(where, "t")}
                    RETURN count(t) AS n"""
                return int(tx.rows(cypher, least=min_evidence)[0]["n"])
            given = {"within": sources, "kinds": asked, "least": min_evidence}
            return int(tx.rows(f"{FILTERED} {confirmed(where, 't')} RETURN count(t) AS n", **given)[0]["n"])

        return self._read(work)

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        """See Store.evidence."""

        def work(tx: Tx) -> list[Mention]:
            sources = within(tx, where)
            cypher = f"""
                MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
                MATCH (n:Node {{canonical: asked.canonical}})<-[m:MENTIONS]-(p:Passage)-[:IN]->(s:Source)
                {only(sources, "m.source")}
                RETURN n.canonical AS node, {MENTION} ORDER BY s.date, s.id, m.start, m.end, n.id LIMIT $limit"""
            return [mention_of(row) for row in tx.rows(cypher, id=thing, within=sources, limit=max(limit, 0))]

        return self._read(work)

    def claims(self, ids: Iterable[str], where: Filter = NO_FILTER) -> Mapping[str, list[Claim]]:
        """See Store.claims."""
        asked = list(dict.fromkeys(ids))
        if not asked:
            return {}
        return self._read(lambda tx: claims_within(tx, asked, within(tx, where)))

    # --- sources -----------------------------------------------------------------------------------------------------

    def sources(self, where: Filter = NO_FILTER) -> list[SourceInfo]:
        """See Store.sources; by date, then name, then id."""

        def work(tx: Tx) -> list[SourceInfo]:
            sources = within(tx, where)
            cypher = f"""
                MATCH (s:Source) {only(sources, "s.id")}
                RETURN s, COUNT {{ (s)<-[:IN]-() }} AS passages ORDER BY s.date, s.name, s.id"""
            found = tx.rows(cypher, within=sources)
            counts = _counts_by_source(tx, [row["s"]["id"] for row in found])
            return [_info_of(row["s"], row["passages"], counts.get(row["s"]["id"], {})) for row in found]

        return self._read(work)

    def source(self, source: str) -> Source:
        """See Store.source."""
        return self._read(lambda tx: source_of(tx, source_id(tx, source)))

    def fragment(self, source: str) -> Fragment:
        """See Store.fragment."""
        return self._read(lambda tx: stored_source(tx, source_id(tx, source))).fragment()

    def passages(self, source: str) -> list[Passage]:
        """See Store.passages."""
        return self._read(lambda tx: passages_of(tx, source_id(tx, source)))

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        """See Store.passage."""
        row = self._read(lambda tx: tx.one("MATCH (p:Passage {id: $id}) RETURN p", id=passage))
        return (row["p"]["source"], passage_of(row["p"])) if row else None

    def mentions(self, source: str) -> list[Mention]:
        """See Store.mentions."""
        cypher = f"""
            MATCH (p:Passage {{source: $source}})-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected
            RETURN n.canonical AS node, n.id AS member, {MENTION}"""
        found = self._read(lambda tx: tx.rows(cypher, source=source_id(tx, source)))
        found.sort(key=lambda row: (row["start"], -row["end"], row["node"], row["member"]))
        return [mention_of(row) for row in found]


# Things of some kinds with what they are said within $within.
FILTERED = """
    UNWIND $within AS source MATCH (p:Passage {source: source})-[m:MENTIONS]->(n:Node)
    WHERE n.kind IN $kinds AND NOT n.rejected
    WITH n.canonical AS id, count(m) AS evidence, count(DISTINCT source) AS sources, max(m.confidence) AS best
    WHERE evidence >= $least MATCH (t:Node {id: id}) WHERE true"""


def _first(tx: Tx, kinds: Sequence[str], where: Filter, limit: int, offset: int, least: int) -> list[Thing]:
    """The first of each kind, taken in the order of the index, then the first of all."""
    cypher = f"""
        UNWIND $kinds AS kind
        CALL (kind) {{
          MATCH (t:Thing) WHERE t.place STARTS WITH kind + '|' AND t.evidence >= $least {confirmed(where, "t")}
          RETURN t ORDER BY t.place, t.folded, t.id LIMIT $most
        }}
        WITH t ORDER BY t.sources DESC, t.evidence DESC, t.folded, t.id SKIP $offset LIMIT $limit"""
    given = {"kinds": list(kinds), "least": least, "most": limit + offset, "offset": offset, "limit": limit}
    return [_thing(*own) for own in tx.lists(cypher, *_VALUES, **given)]


def _counts_by_source(tx: Tx, sources: list[str]) -> dict[str, dict[str, int]]:
    cypher = """
        UNWIND $ids AS id MATCH (:Source {id: id})-[:CLAIMS]->(n:Node) WHERE NOT n.rejected
        RETURN id, n.kind AS kind, count(DISTINCT n.canonical) AS n ORDER BY kind"""
    out: dict[str, dict[str, int]] = defaultdict(dict)
    for row in tx.rows(cypher, ids=sources):
        out[row["id"]][row["kind"]] = row["n"]
    return out


def _thing(
    id_: str,
    kind: str,
    label: str,
    aliases: Sequence[str],
    attributes: str,
    members: Sequence[str],
    evidence: int,
    sources: int,
    confidence: float,
    version: int,
    confirmed: bool,
) -> Thing:
    own = plain_value(attributes)
    return Thing(
        id_, kind, label, tuple(aliases), own, tuple(members), evidence, sources, confidence, version, confirmed
    )


def counted_thing(row: Record) -> Thing:
    """A thing `t` with the counts of the row, which are those within a filter."""
    own = {"evidence": row["evidence"], "sources": row["sources"], "confidence": row["best"]}
    values = {**row["t"], **own}
    return _thing(*(values[name] for name in _THING))


def mention_of(row: Record) -> Mention:
    names = ("node", "source", "passage", "start", "end", "quote", "rule", "confidence")
    return Mention(**{name: row[name] for name in names})


def _info_of(s: Mapping[str, Any], passages: int, counts: Mapping[str, int]) -> SourceInfo:
    names = ("id", "document", "name", "title", "format", "language", "sha256", "meeting", "date", "place")
    more = ("visibility", "chars", "imported_by", "imported_at", "digest")
    given = {name: s[name] for name in (*names, *more)}
    return SourceInfo(**given, passages=passages, counts=counts, ledger=json.loads(s["ledger"]))
