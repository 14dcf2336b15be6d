"""The derived data of a Neo4j store, as graph.derived read and write them.

A node of the graph is (:Node {id}); the one that answers for a merged group also bears :Thing and what people see, the
others :Member with the same label and kind, so that a query on kinds and relations needs no knowledge of merging. What
was rejected bears :Rejected and no kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.decided.identity import Claim, plain_value
from graph.decided.joining import CHUNK, GroupKey, NodeRow
from graph.derived.derive import Numbers, ThingRow
from graph.derived.known import KnowsDecisions
from graph.derived.proof import Entry, entry_of
from graph.model import JOINING, Decision
from graph.questions.stamped import LOWER_HALF
from graph.store.neo4j.names import every_label, labels
from graph.store.neo4j.nodes import claims_by_id, group_key, node_of, own_values, shown_values, stored_thing
from graph.store.neo4j.odd import is_odd
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.words import indexed_forms, indexed_stems, ranks
from graph.versions.reattach import Trace, is_known_by_place, trace_of

# What is said of an `id`; sources that say the same are summed on the server.
_SUMMED = """
    WITH id, c.kind AS kind, c.label AS label, c.aliases AS aliases, c.attributes AS attributes,
      c.merge_key AS merge_key, sum(c.weight) AS weight"""
_SAID = ("id", "kind", "label", "aliases", "attributes", "merge_key", "weight")
_SHOWN = (
    *("folded", "aliases", "attributes", "members", "evidence", "sources", "confidence", "version"),
    *("stems", "forms", "place", "standing", "ranks"),
)
_NODE = ("n.id", "n.own_kind", "n.merge_key", "n.canonical", "n.own_attributes")
_DECISION = ("d.number", "d.id", "d.kind", "d.target", "d.value", "d.anchor", "d.actor", "d.at", "d.reason")
_ENTRY = ("kind", "label", "folded", "evidence", "stems", "forms", "standing", "ranks")


def claims_within(tx: Tx, ids: Sequence[str], sources: Sequence[str] | None) -> Mapping[str, list[Claim]]:
    """What is said of things, by the id that was asked, in these sources; None for all of them."""
    cypher = f"""
        UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected
        MATCH (n:Node {{canonical: asked.canonical}})<-[c:CLAIMS]-(s:Source)
        {"" if sources is None else "WHERE s.id IN $sources"} {_SUMMED}"""
    return claims_by_id(tx.lists(cypher, *_SAID, ids=list(ids), sources=sources))


def read_log(tx: Tx) -> list[Decision]:
    """The log in order, states left out."""
    return [_decision_of(row) for row in sorted(tx.lists("MATCH (d:Decision)", *_DECISION))]


def _decision_of(row: Sequence[Any]) -> Decision:
    _, id_, kind, target, value, anchor, actor, at, reason = row
    return Decision(id_, kind, target, plain_value(value), plain_value(anchor), actor, at, reason)


def borne(tx: Tx) -> set[str]:
    """The decisions that bear on anything now."""
    return {id_ for (id_,) in tx.lists("MATCH (d:Decision)-[:BEARS_ON]->() WITH DISTINCT d", "d.id")}


_SPEAKING = "UNWIND $rows AS id MATCH (:Node {canonical: id})<-[:CLAIMS]-(s:Source) WITH DISTINCT s"
# Drawn, not counted: a number is never given twice, whatever was restored, copied or taken off in between.
_HALF = f"toInteger(rand() * {LOWER_HALF + 1})"  # a number that is drawn has 53 bits, a stamp 62
NEW_STAMP = f"SET s.stamp = {_HALF} * {LOWER_HALF + 1} + {_HALF}"
_NEW_LOWER_HALF = f"SET s.stamp = coalesce(s.stamp, 0) / {LOWER_HALF + 1} * {LOWER_HALF + 1} + {_HALF}"


class CypherRows(KnowsDecisions):
    """Rows and ProvableRows of graph.derived over one transaction."""

    def __init__(self, tx: Tx) -> None:
        super().__init__()
        self._tx = tx

    # --- nodes -------------------------------------------------------------------------------------------------------

    def nodes(self, ids: Sequence[str]) -> list[NodeRow]:
        cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE n.own_kind IS NOT NULL"
        return [node_of(row) for row in sorted(self._asked(cypher, ids, *_NODE))]

    def claims(self, ids: Sequence[str]) -> Mapping[str, list[Claim]]:
        cypher = f"""
            UNWIND $ids AS id MATCH (n:Node {{id: id}})<-[c:CLAIMS]-(:Source) {_SUMMED}"""
        return claims_by_id(self._asked(cypher, ids, *_SAID))

    def put_nodes(self, ids: Sequence[str], rows: Sequence[NodeRow]) -> None:
        gone = sorted(set(ids) - {row.id for row in rows})
        self._tx.many("UNWIND $rows AS id MATCH (n:Node {id: id}) DETACH DELETE n", gone)
        values = [{"id": r.id, "own": own_values(r)} for r in rows]
        self._tx.many("UNWIND $rows AS row MATCH (n:Node {id: row.id}) SET n += row.own", values)

    def groups(self, keys: Sequence[GroupKey]) -> Mapping[GroupKey, list[NodeRow]]:
        cypher = "UNWIND $ids AS group MATCH (n:Node {merge_group: group})"
        out: dict[GroupKey, list[NodeRow]] = defaultdict(list)
        for row in sorted(self._asked(cypher, [group_key(*key) for key in keys], *_NODE)):
            out[(row[1], row[2])].append(node_of(row))
        return out

    def set_canonical(self, canonical: Mapping[str, str]) -> None:
        changes = [{"id": id_, "canonical": right} for id_, right in canonical.items()]
        self._tx.many("UNWIND $rows AS row MATCH (n:Node {id: row.id}) SET n.canonical = row.canonical", changes)

    # --- decisions ---------------------------------------------------------------------------------------------------

    def _read_decisions(self, ids: Sequence[str]) -> Iterator[tuple[int, Decision]]:
        cypher = "UNWIND $ids AS id MATCH (d:Decision {id: id}) WHERE d.kind <> 'undo'"
        return ((row[0], _decision_of(row)) for row in self._asked(cypher, ids, *_DECISION))

    def undone(self, ids: Sequence[str]) -> set[str]:
        return self._set("UNWIND $ids AS id MATCH (d:Decision {target: id}) WHERE d.kind = 'undo'", "id", ids)

    def concerning(self, keys: Sequence[str]) -> set[str]:
        named = self._set("UNWIND $ids AS key MATCH (:Name {id: key})<-[:NAMES]-(d:Decision)", "d.id", keys)
        return named | self._set("UNWIND $ids AS key MATCH (:Node {id: key})<-[:BEARS_ON]-(d:Decision)", "d.id", keys)

    def joining(self, nodes: Sequence[str]) -> set[str]:
        cypher = f"""
            UNWIND $ids AS node MATCH (:Node {{id: node}})<-[:BEARS_ON]-(d:Decision)
            WHERE d.kind IN {list(map(str, JOINING))}"""
        return self._set(cypher, "d.id", nodes)

    def traces(self, kind: str, source: str, document: str) -> list[Trace]:
        cypher = """
            MATCH (s:Source) WHERE s.id = $source OR s.document = $document
            MATCH (s)-[c:CLAIMS {kind: $kind}]->(n:Node)
            MATCH (n)<-[m:MENTIONS {source: s.id}]-(p:Passage)
            RETURN n.id AS node, c.kind AS kind, c.label AS label, m.quote AS quote, s.id AS source, m.start AS start,
              m.end AS end, s.format AS format, p.place AS place"""
        text = """
            MATCH (s:Source)-[:HAS_CONTENT]->(c:Content) WHERE s.id = $source OR s.document = $document
            RETURN s.id AS source, c.text AS text"""
        asked = self._tx.rows(text, source=source, document=document) if is_known_by_place(kind) else []
        texts = {row["source"]: row["text"] for row in asked}
        found = self._tx.rows(cypher, kind=kind, source=source, document=document)
        return [trace_of(tuple(r.values()), texts) for r in found]

    def sources_of(self, documents: Sequence[str]) -> Mapping[str, int]:
        cypher = "UNWIND $ids AS document MATCH (s:Source {document: document}) WITH document, count(s) AS n"
        return dict(self._asked(cypher, documents, "document", "n"))

    def bearing(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (:Decision {id: id})-[:BEARS_ON]->(n:Node) WITH id, collect(n.id) AS nodes"""
        return {id_: set(nodes) for id_, nodes in self._asked(cypher, decisions, "id", "nodes")}

    def put_bearing(self, bearing: Mapping[str, Collection[str]]) -> None:
        self._tx.many("UNWIND $rows AS id MATCH (:Decision {id: id})-[b:BEARS_ON]->() DELETE b", list(bearing))
        cypher = """
            UNWIND $rows AS row MATCH (d:Decision {id: row.id}) MATCH (n:Node {id: row.node})
            CREATE (d)-[:BEARS_ON]->(n)"""
        self._tx.many(cypher, [{"id": id_, "node": node} for id_, nodes in bearing.items() for node in sorted(nodes)])

    # --- things ------------------------------------------------------------------------------------------------------

    def members(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        cypher = "UNWIND $ids AS id MATCH (n:Node {canonical: id}) WITH id, collect(n.id) AS members"
        return {id_: sorted(members) for id_, members in self._asked(cypher, canonicals, "id", "members")}

    def claims_of_things(self, canonicals: Sequence[str]) -> Mapping[str, list[Claim]]:
        cypher = f"""
            UNWIND $ids AS id MATCH (n:Node {{canonical: id}})<-[c:CLAIMS]-(:Source) {_SUMMED}"""
        return claims_by_id(self._asked(cypher, canonicals, *_SAID))

    def numbers(self, canonicals: Sequence[str]) -> Mapping[str, Numbers]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {canonical: id})<-[c:CLAIMS]-(s:Source)
            WITH id, sum(c.weight) AS said, count(DISTINCT s) AS sources, max(c.confidence) AS best"""
        found = self._asked(cypher, canonicals, "id", "said", "sources", "best")
        return {id_: (said, sources, best) for id_, said, sources, best in found}

    def borne(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {canonical: id})<-[:BEARS_ON]-(d:Decision)
            WITH d.id AS decision, collect(DISTINCT id) AS things"""
        return dict(self._asked(cypher, canonicals, "decision", "things"))

    def stamp(self, things: Sequence[str]) -> None:
        self._tx.many(f"{_SPEAKING} {NEW_STAMP}", things)

    def stamp_members(self, things: Sequence[str]) -> None:
        self._tx.many(f"{_SPEAKING} {_NEW_LOWER_HALF}", things)

    def put_things(self, ids: Sequence[str], rows: Sequence[ThingRow]) -> None:
        gone = sorted(set(ids) - {row.id for row in rows})
        # What no longer answers for itself is a member now: the thing it belongs to gives it its labels.
        undressed = f"REMOVE n:Thing, {', '.join(f'n.{name}' for name in _SHOWN)}"
        self._tx.many(f"UNWIND $rows AS id MATCH (n:Node {{id: id}}) {undressed}", gone)
        by_look: dict[tuple[str, bool, bool], list[ThingRow]] = defaultdict(list)
        for row in rows:
            odd = is_odd(row.id, row.kind, row.members, rejected=row.rejected)
            by_look[(row.kind, row.rejected, odd)].append(row)
        for (kind, rejected, odd), alike in by_look.items():
            self._put_alike(labels()[kind], rejected, odd, alike)

    def _put_alike(self, label: str, rejected: bool, odd: bool, rows: Sequence[ThingRow]) -> None:
        dress, member = (
            (f"SET n:Rejected REMOVE n:Thing:Member:{label}", f"SET n:Rejected:Member REMOVE n:Thing:{label}")
            if rejected
            else (f"SET n:Thing:{label} REMOVE n:Member:Rejected", f"SET n:Member:{label} REMOVE n:Thing:Rejected")
        )
        dress, member = f"{dress} {'SET' if odd else 'REMOVE'} n:Odd", f"{member} SET n:Odd"
        # What changes its kind loses the label of the former one.
        cypher = f"""
            UNWIND $rows AS row MATCH (n:Node {{id: row.id}})
            FOREACH (_ IN CASE WHEN n.kind <> row.shown.kind THEN [1] ELSE [] END | REMOVE n{every_label()})
            SET n += row.shown"""
        self._tx.many(f"{cypher} {dress}", [{"id": r.id, "shown": shown_values(r)} for r in rows])
        others = [
            {"id": id_, "shown": {"kind": r.kind, "label": r.label, "rejected": rejected, "confirmed": r.confirmed}}
            for r in rows
            for id_ in r.members
            if id_ != r.id
        ]
        self._tx.many(f"{cypher} {member}", others)

    # --- for the proof -----------------------------------------------------------------------------------------------

    def log(self) -> list[Decision]:
        return read_log(self._tx)

    def borne_decisions(self) -> set[str]:
        return borne(self._tx)

    def keys_of(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (:Decision {id: id})-[:NAMES]->(k:Name) WITH id, collect(k.id) AS keys"""
        return {id_: set(keys) for id_, keys in self._asked(cypher, decisions, "id", "keys")}

    def node_ids(self, after: str) -> list[str]:
        return self._page("MATCH (n:Node) WHERE n.id > $after RETURN n.id AS id ORDER BY id LIMIT $limit", after)

    def claimed(self, ids: Sequence[str]) -> Collection[str]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE EXISTS { (n)<-[:CLAIMS]-(:Source) } RETURN id"""
        return [row["id"] for row in self._tx.rows(cypher, ids=list(ids))]

    def thing_ids(self, after: str) -> list[str]:
        cypher = """
            MATCH (n:Node) WHERE n.id > $after AND (n:Thing OR n.stems IS NOT NULL OR n.canonical = n.id)
            RETURN n.id AS id ORDER BY id LIMIT $limit"""
        return self._page(cypher, after)

    def stored_things(self, ids: Sequence[str]) -> Mapping[str, ThingRow]:
        cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE n.folded IS NOT NULL RETURN n, labels(n) AS labels"
        found = self._tx.rows(cypher, ids=list(ids))
        return {row["n"]["id"]: stored_thing(row["n"], set(row["labels"])) for row in found}

    def stored_entries(self, ids: Sequence[str]) -> Mapping[str, Entry]:
        cypher = "UNWIND $ids AS id MATCH (n:Thing {id: id}) WHERE n:Node RETURN n"
        return {
            row["n"]["id"]: tuple(row["n"].get(key) for key in _ENTRY) for row in self._tx.rows(cypher, ids=list(ids))
        }

    def entry(self, thing: ThingRow) -> Entry | None:
        right = entry_of(replace(thing, stems=indexed_stems(thing.stems), forms=indexed_forms(thing.forms)))
        return right and (*right, ranks(thing.kind, thing.standing))

    def _asked(self, cypher: str, ids: Sequence[str], *columns: str) -> list[list[Any]]:
        return self._tx.lists(cypher, *columns, ids=list(ids)) if ids else []

    def _set(self, cypher: str, column: str, ids: Sequence[str]) -> set[str]:
        return {id_ for (id_,) in self._asked(cypher, ids, column)}

    def _page(self, cypher: str, after: str) -> list[str]:
        return [row["id"] for row in self._tx.rows(cypher, after=after, limit=CHUNK)]
