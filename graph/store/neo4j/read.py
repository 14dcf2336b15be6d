"""Things, their evidence, sources and their passages, as a Neo4j store answers them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.decided.identity import Claim, plain_value
from graph.model import Filter, Fragment, Mention, Passage, Source, SourceInfo, Thing
from graph.questions.having import having, written
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, confirmed, only, within
from graph.store.neo4j.names import any_label, labels
from graph.store.neo4j.odd import ANSWERS_AS, counts_by_source
from graph.store.neo4j.rows import claims_within
from graph.store.neo4j.stored import MENTION, passage_columns, passage_of, passages_of, source_of, stored_source
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.write import source_id

_THING = (
    *("id", "kind", "label", "aliases", "attributes", "members", "evidence", "sources", "confidence", "version"),
    "confirmed",
)
_VALUES = tuple(f"t.{name}" for name in _THING)  # without their names, which cost as much as they do
# The same of a thing with the counts of the row, which are those within a filter.
_WITHIN = {"t.evidence": "evidence", "t.sources": "sources", "t.confidence": "best"}
COUNTED = tuple(_WITHIN.get(value, value) for value in _VALUES)
# Sources are put in order, then the mentions of those alone that the limit reaches.
_EVIDENCE = """
    MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
    MATCH (n:Node {{canonical: asked.canonical}})<-[m:MENTIONS]-(p:Passage) {only}
    WITH m.source AS source, collect([n, m, p]) AS said MATCH (s:Source {{id: source}})
    WITH said ORDER BY s.date, s.id WITH collect(said) AS all
    UNWIND range(1, reduce(
      had = [0, 0], each IN all |
      CASE WHEN had[0] >= $limit THEN had ELSE [had[0] + size(each), had[1] + 1] END
    )[1]) AS place
    UNWIND all[place - 1] AS one
    WITH place, one[0] AS n, one[1] AS m, one[2] AS p ORDER BY place, m.start, m.end, n.id LIMIT $limit"""
_IN_ORDER = """
    WITH t, evidence, sources, best
    ORDER BY sources DESC, evidence DESC, t.folded, t.id SKIP $offset LIMIT $limit"""


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
        return {id_: thing_of(*own) for id_, *own in found}

    def rows(
        self,
        kinds: Sequence[str],
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        offset: int = 0,
        min_evidence: int = 0,
        attribute: tuple[str, str] | None = None,
    ) -> list[Thing]:
        """See Store.rows."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked or limit <= 0:
            return []
        said, having_it = (written(*attribute), "WITH * WHERE t.attributes CONTAINS $said") if attribute else ("", "")

        def work(tx: Tx) -> list[Thing]:
            sources = within(tx, where)
            cypher, columns = (
                (_first(asked, where), _VALUES)
                if sources is None
                else (f"{filtered(asked)} {confirmed(where, 't')} {_IN_ORDER}", COUNTED)
            )
            given = {"within": sources, "kinds": asked, "least": min_evidence, "said": said}
            bounds = {"offset": offset, "limit": limit, "most": limit + offset}
            found = tx.lists(f"{cypher} {having_it}", *columns, **given, **bounds)
            return [thing_of(*own) for own in found]

        return having(self._read(work), attribute)

    def names(self, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, tuple[str, ...]]]:
        """See Store.names."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked or limit <= 0:
            return []
        given = {"kinds": asked, "least": 0, "offset": 0, "limit": limit, "most": limit}
        found = self._read(lambda tx: tx.lists(_first(asked, NO_FILTER), "t.id", "t.label", "t.aliases", **given))
        return [(id_, label, tuple(aliases)) for id_, label, aliases in found]

    def count_rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, *, min_evidence: int = 0) -> int:
        """See Store.count_rows."""
        asked = [kind for kind in dict.fromkeys(kinds) if kind in labels()]
        if not asked:
            return 0

        def work(tx: Tx) -> int:
            sources = within(tx, where)
            if min_evidence <= 1:  # everything is said at least once
                counted = (
                    counts_by_kind(tx, asked, where)
                    if sources is None
                    else counts_within(tx, asked, {0: sources}, confirmed=where.confirmed)[0]
                )
                return sum(counted.values())
            cypher = (
                f"MATCH (t:{any_label(asked)}) WHERE t:Thing AND t.evidence >= $least"
                if sources is None
                else filtered(asked)
            )
            given = {"within": sources, "least": min_evidence}
            return int(tx.rows(f"{cypher} {confirmed(where, 't')} RETURN count(t) AS n", **given)[0]["n"])

        return self._read(work)

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        """See Store.evidence."""

        def work(tx: Tx) -> list[Mention]:
            sources = within(tx, where)
            cypher = _EVIDENCE.format(only=only(sources, "m.source"))
            found = tx.lists(cypher, "n.canonical", *MENTION, id=thing, within=sources, limit=max(limit, 0))
            return [Mention(*row) for row in found]

        return self._read(work)

    def sentences(self, thing: str, where: Filter = NO_FILTER) -> dict[str, int]:
        """See Store.sentences; claims tell it, which are fewer."""

        def work(tx: Tx) -> dict[str, int]:
            sources = within(tx, where)
            cypher = f"""
                MATCH (asked:Node {{id: $id}}) WHERE NOT asked.rejected
                MATCH (n:Node {{canonical: asked.canonical}})<-[c:CLAIMS]-(s:Source) {only(sources, "s.id")}
                WITH s.id AS source, sum(c.weight) AS n"""
            return dict(tx.lists(cypher, "source", "n", id=thing, within=sources))

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
            counts = counts_by_source(tx, {row["s"]["id"]: row["s"]["claimed"] for row in found})
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
        cypher = "MATCH (p:Passage {id: $id})"
        found = self._read(lambda tx: tx.lists(cypher, "p.source", *passage_columns("p"), id=passage))
        return next(((source, passage_of(*own)) for source, *own in found), None)

    def mentions(self, source: str) -> list[Mention]:
        """See Store.mentions."""
        cypher = "MATCH (p:Passage {source: $source})-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected"
        found = self._read(lambda tx: tx.lists(cypher, *MEMBER_SAID, source=source_id(tx, source)))
        return in_order(found)


def filtered(kinds: Sequence[str]) -> str:
    """Things of these kinds with what they are said within $within, which claims tell alone; a condition may follow."""
    return f"""
        CALL () {{
          UNWIND $within AS source MATCH (:Source {{id: source}})-[c:CLAIMS]->(t:{any_label(kinds)}) WHERE t:Thing
          RETURN source, c, t
          UNION ALL
          UNWIND $within AS source MATCH (:Source {{id: source}})-[c:CLAIMS]->(n:{any_label(kinds)}) WHERE n:Member
          WITH source, c, n.canonical AS own MATCH (t:Node {{id: own}})
          RETURN source, c, t
        }}
        WITH t, sum(c.weight) AS evidence, count(DISTINCT source) AS sources, max(c.confidence) AS best
        WHERE evidence >= $least"""


CONFIRMED = "MATCH (t:Thing) USING INDEX t:Thing(confirmed) WHERE t.confirmed = true AND t.kind IN $kinds"


def counts_by_kind(tx: Tx, kinds: Sequence[str], where: Filter) -> dict[str, int]:
    """How many things there are of each of these kinds, whatever the source; those of which there are none left out.

    Labels are counted without being read, as long as nothing stands beside the count; members are taken off.
    """
    if where.confirmed:
        return dict(tx.lists(f"{CONFIRMED} WITH t.kind AS kind, count(*) AS n", "kind", "n", kinds=list(kinds)))
    arms = [f"MATCH (n:{labels()[kind]}) WITH count(n) AS n RETURN '{kind}' AS kind, n" for kind in kinds]
    members = "MATCH (n:Member) WHERE n.kind IN $kinds AND NOT n:Rejected RETURN n.kind AS kind, -count(n) AS n"
    found: Counter[str] = Counter()
    for kind, n in tx.lists(f"CALL () {{ {' UNION ALL '.join((*arms, members))} }}", "kind", "n", kinds=list(kinds)):
        found[kind] += n
    return {kind: n for kind, n in found.items() if n}


_COUNTED_WITHIN = """
    UNWIND $asked AS one
    CALL (one) {{
      UNWIND one.sources AS source MATCH (:Source {{id: source}})-[:CLAIMS]->(n:{any_label})
      RETURN n.kind AS kind, count(DISTINCT {answers_as}) AS n
    }}"""
_CONFIRMED_WITHIN = f"""
    UNWIND $asked AS one
    CALL (one) {{
      {CONFIRMED} MATCH (n:Node {{canonical: t.id}})<-[:CLAIMS]-(s:Source) WHERE s.id IN one.sources
      RETURN t.kind AS kind, count(DISTINCT t) AS n
    }}"""


def counts_within(
    tx: Tx, kinds: Sequence[str], asked: Mapping[int, Sequence[str]], *, confirmed: bool
) -> dict[int, dict[str, int]]:
    """The same of what some sources speak of, for each of several choices of them, by their places."""
    every = _COUNTED_WITHIN.format(any_label=any_label(kinds), answers_as=ANSWERS_AS)
    rows = [{"place": place, "sources": list(sources)} for place, sources in asked.items()]
    found = tx.lists(_CONFIRMED_WITHIN if confirmed else every, "one.place", "kind", "n", kinds=list(kinds), asked=rows)
    out: dict[int, dict[str, int]] = {place: {} for place in asked}
    for place, kind, n in found:
        out[place][kind] = n
    return out


def _first(kinds: Sequence[str], where: Filter) -> str:
    """The first of each kind, taken in the order of the index, then the first of all."""
    of_kind = f"""
        MATCH (t:Thing) WHERE t.place STARTS WITH kind + '|' AND t.evidence >= $least {confirmed(where, "t")}"""
    if len(kinds) == 1:
        return f"""
        WITH $kinds[0] AS kind {of_kind}
        WITH t ORDER BY t.place, t.folded, t.id SKIP $offset LIMIT $limit"""
    return f"""
        UNWIND $kinds AS kind
        CALL (kind) {{ {of_kind} RETURN t ORDER BY t.place, t.folded, t.id LIMIT $most }}
        WITH t ORDER BY t.sources DESC, t.evidence DESC, t.folded, t.id SKIP $offset LIMIT $limit"""


def thing_of(
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


# What is said of a node `n`, and as what it answers.
MEMBER_SAID = ("n.id", "n.canonical", *MENTION)


def in_order(rows: Iterable[Sequence[Any]]) -> list[Mention]:
    """Mentions by source, place, longest first, then by what they are of."""
    told = [(member, Mention(*own)) for member, *own in rows]
    told.sort(key=lambda pair: (pair[1].source, pair[1].start, -pair[1].end, pair[1].node, pair[0]))
    return [mention for _, mention in told]


def _info_of(s: Mapping[str, Any], passages: int, counts: Mapping[str, int]) -> SourceInfo:
    names = ("id", "document", "name", "title", "format", "language", "sha256", "meeting", "date", "place")
    more = ("visibility", "chars", "imported_by", "imported_at", "digest")
    given = {name: s[name] for name in (*names, *more)}
    return SourceInfo(**given, passages=passages, counts=counts, ledger=json.loads(s["ledger"]))
