"""The derived data of a Neo4j store, as graph.derived read and write them.

A node of the graph is (:Node {id}); the one that answers for a merged group also bears :Thing and what people see, the
others :Member with the same label and kind, so that a query on kinds and relations needs no knowledge of merging. What
was rejected bears :Rejected and no kind.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from neo4j import Record

from graph.decided.identity import Claim
from graph.decided.joining import CHUNK, GroupKey, NodeRow
from graph.derived.derive import Numbers, ThingRow
from graph.derived.proof import Entry, entry_of
from graph.model import JOINING, Decision
from graph.store.neo4j.names import every_label, labels
from graph.store.neo4j.nodes import claims_by_id, group_key, node_of, own_values, shown_values, stored_thing
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.words import indexed_forms, indexed_stems, ranks
from graph.versions.reattach import Trace, is_known_by_place, trace_of

_SAID = "c.kind AS kind, c.label AS label, c.aliases AS aliases, c.attributes AS attributes, c.merge_key AS merge_key"
_SHOWN = (
    *("folded", "aliases", "attributes", "members", "evidence", "sources", "confidence", "version"),
    *("stems", "forms", "place", "standing", "ranks"),
)
_NODE = """n.id AS id, n.own_kind AS kind, n.merge_key AS merge_key, n.canonical AS canonical,
    n.own_attributes AS attributes"""
_ENTRY = ("kind", "label", "folded", "evidence", "stems", "forms", "standing", "ranks")


def claims_within(tx: Tx, ids: Sequence[str], sources: Sequence[str] | None) -> Mapping[str, list[Claim]]:
    """What is said of things, by the id that was asked, in these sources; None for all of them."""
    cypher = f"""
        UNWIND $ids AS id MATCH (asked:Node {{id: id}}) WHERE NOT asked.rejected
        MATCH (n:Node {{canonical: asked.canonical}})<-[c:CLAIMS]-(s:Source)
        {"" if sources is None else "WHERE s.id IN $sources"} RETURN id, {_SAID}, sum(c.weight) AS weight"""
    return claims_by_id(tx.rows(cypher, ids=list(ids), sources=sources))


def read_log(tx: Tx) -> list[Decision]:
    """The log in order, states left out."""
    return [_decision_of(row["d"]) for row in tx.rows("MATCH (d:Decision) RETURN d ORDER BY d.number")]


def _decision_of(d: Mapping[str, Any]) -> Decision:
    return Decision(
        id=d["id"],
        kind=d["kind"],
        target=d["target"],
        value=json.loads(d["value"]),
        anchor=json.loads(d["anchor"]),
        actor=d["actor"],
        at=d["at"],
        reason=d["reason"],
    )


class CypherRows:
    """Rows and ProvableRows of graph.derived over one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    # --- nodes -------------------------------------------------------------------------------------------------------

    def nodes(self, ids: Sequence[str]) -> list[NodeRow]:
        cypher = (
            f"UNWIND $ids AS id MATCH (n:Node {{id: id}}) WHERE n.own_kind IS NOT NULL RETURN {_NODE} ORDER BY n.id"
        )
        return [node_of(row) for row in self._tx.rows(cypher, ids=list(ids))] if ids else []

    def claims(self, ids: Sequence[str]) -> Mapping[str, list[Claim]]:
        cypher = f"""
            UNWIND $ids AS id MATCH (n:Node {{id: id}})<-[c:CLAIMS]-(:Source)
            RETURN n.id AS id, {_SAID}, sum(c.weight) AS weight"""
        return claims_by_id(self._tx.rows(cypher, ids=list(ids)))

    def put_nodes(self, ids: Sequence[str], rows: Sequence[NodeRow]) -> None:
        gone = sorted(set(ids) - {row.id for row in rows})
        self._tx.many("UNWIND $rows AS id MATCH (n:Node {id: id}) DETACH DELETE n", gone)
        values = [{"id": r.id, "own": own_values(r)} for r in rows]
        self._tx.many("UNWIND $rows AS row MATCH (n:Node {id: row.id}) SET n += row.own", values)

    def groups(self, keys: Sequence[GroupKey]) -> Mapping[GroupKey, list[NodeRow]]:
        cypher = f"""
            UNWIND $groups AS group MATCH (n:Node {{merge_group: group}}) RETURN {_NODE} ORDER BY n.id"""
        out: dict[GroupKey, list[NodeRow]] = defaultdict(list)
        if keys:
            for row in self._tx.rows(cypher, groups=[group_key(*key) for key in keys]):
                out[(row["kind"], row["merge_key"])].append(node_of(row))
        return out

    def set_canonical(self, canonical: Mapping[str, str]) -> None:
        changes = [{"id": id_, "canonical": right} for id_, right in canonical.items()]
        self._tx.many("UNWIND $rows AS row MATCH (n:Node {id: row.id}) SET n.canonical = row.canonical", changes)

    # --- decisions ---------------------------------------------------------------------------------------------------

    def decisions(self, ids: Sequence[str]) -> Mapping[int, Decision]:
        cypher = "UNWIND $ids AS id MATCH (d:Decision {id: id}) WHERE d.kind <> 'undo' RETURN d"
        return {row["d"]["number"]: _decision_of(row["d"]) for row in self._asked(cypher, ids)}

    def undone(self, ids: Sequence[str]) -> set[str]:
        return self._set("UNWIND $ids AS id MATCH (d:Decision {target: id}) WHERE d.kind = 'undo' RETURN id", ids)

    def concerning(self, keys: Sequence[str]) -> set[str]:
        return self._set(
            "UNWIND $ids AS key MATCH (:Name {id: key})<-[:NAMES]-(d:Decision) RETURN d.id AS id", keys
        ) | (self._set("UNWIND $ids AS key MATCH (:Node {id: key})<-[:BEARS_ON]-(d:Decision) RETURN d.id AS id", keys))

    def joining(self, nodes: Sequence[str]) -> set[str]:
        cypher = f"""
            UNWIND $ids AS node MATCH (:Node {{id: node}})<-[:BEARS_ON]-(d:Decision)
            WHERE d.kind IN {list(map(str, JOINING))} RETURN d.id AS id"""
        return self._set(cypher, nodes)

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
        cypher = """
            UNWIND $ids AS document MATCH (s:Source {document: document}) RETURN document, count(s) AS n"""
        return {row["document"]: row["n"] for row in self._asked(cypher, documents)}

    def bearing(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (:Decision {id: id})-[:BEARS_ON]->(n:Node) RETURN id, collect(n.id) AS nodes"""
        return {row["id"]: set(row["nodes"]) for row in self._asked(cypher, decisions)}

    def put_bearing(self, bearing: Mapping[str, Collection[str]]) -> None:
        self._tx.many("UNWIND $rows AS id MATCH (:Decision {id: id})-[b:BEARS_ON]->() DELETE b", list(bearing))
        cypher = """
            UNWIND $rows AS row MATCH (d:Decision {id: row.id}) MATCH (n:Node {id: row.node})
            CREATE (d)-[:BEARS_ON]->(n)"""
        self._tx.many(cypher, [{"id": id_, "node": node} for id_, nodes in bearing.items() for node in sorted(nodes)])

    # --- things ------------------------------------------------------------------------------------------------------

    def members(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {canonical: id}) RETURN id, collect(n.id) AS members"""
        return {row["id"]: sorted(row["members"]) for row in self._tx.rows(cypher, ids=list(canonicals))}

    def claims_of_things(self, canonicals: Sequence[str]) -> Mapping[str, list[Claim]]:
        cypher = f"""
            UNWIND $ids AS id MATCH (n:Node {{canonical: id}})<-[c:CLAIMS]-(:Source)
            RETURN id, {_SAID}, sum(c.weight) AS weight"""
        return claims_by_id(self._tx.rows(cypher, ids=list(canonicals)))

    def numbers(self, canonicals: Sequence[str]) -> Mapping[str, Numbers]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {canonical: id})<-[c:CLAIMS]-(s:Source)
            RETURN id, sum(c.weight) AS said, count(DISTINCT s) AS sources, max(c.confidence) AS best"""
        found = self._tx.rows(cypher, ids=list(canonicals))
        return {row["id"]: (row["said"], row["sources"], row["best"]) for row in found}

    def borne(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (n:Node {canonical: id})<-[:BEARS_ON]-(d:Decision)
            RETURN d.id AS decision, collect(DISTINCT id) AS things"""
        return {row["decision"]: row["things"] for row in self._tx.rows(cypher, ids=list(canonicals))}

    def hidden(self, ids: Sequence[str]) -> set[str]:
        return self._set("UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE n:Rejected RETURN id", ids)

    def put_things(self, ids: Sequence[str], rows: Sequence[ThingRow]) -> None:
        gone = sorted(set(ids) - {row.id for row in rows})
        # What no longer answers for itself is a member now: the thing it belongs to gives it its labels.
        undressed = f"REMOVE n:Thing, {', '.join(f'n.{name}' for name in _SHOWN)}"
        self._tx.many(f"UNWIND $rows AS id MATCH (n:Node {{id: id}}) {undressed}", gone)
        by_look: dict[tuple[str, bool], list[ThingRow]] = defaultdict(list)
        for row in rows:
            by_look[(row.kind, row.rejected)].append(row)
        for (kind, rejected), alike in by_look.items():
            self._put_alike(labels()[kind], rejected, alike)

    def _put_alike(self, label: str, rejected: bool, rows: Sequence[ThingRow]) -> None:
        dress, member = (
            (f"SET n:Rejected REMOVE n:Thing:Member:{label}", f"SET n:Rejected:Member REMOVE n:Thing:{label}")
            if rejected
            else (f"SET n:Thing:{label} REMOVE n:Member:Rejected", f"SET n:Member:{label} REMOVE n:Thing:Rejected")
        )
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
        return {row["id"] for row in self._tx.rows("MATCH (d:Decision)-[:BEARS_ON]->() RETURN DISTINCT d.id AS id")}

    def keys_of(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        cypher = """
            UNWIND $ids AS id MATCH (:Decision {id: id})-[:NAMES]->(k:Name) RETURN id, collect(k.id) AS keys"""
        return {row["id"]: set(row["keys"]) for row in self._tx.rows(cypher, ids=list(decisions))}

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

    def _asked(self, cypher: str, ids: Sequence[str]) -> list[Record]:
        return self._tx.rows(cypher, ids=list(ids)) if ids else []

    def _set(self, cypher: str, ids: Sequence[str]) -> set[str]:
        return {row["id"] for row in self._asked(cypher, ids)}

    def _page(self, cypher: str, after: str) -> list[str]:
        return [row["id"] for row in self._tx.rows(cypher, after=after, limit=CHUNK)]
