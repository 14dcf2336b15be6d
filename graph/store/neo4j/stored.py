"""One source of a Neo4j store read back whole: its text, its passages and all that it states."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph.decided.identity import Claim
from graph.derived.prepare import Placed, PreparedRelation
from graph.derived.stored import StoredSource
from graph.model import Evidence, Passage, Source, Visibility
from graph.store.neo4j.names import relation_of, relations_of_source
from graph.store.neo4j.tx import Tx

# A mention `m` of a passage `p`, after what it is of.
MENTION = ("m.source", "p.id", "m.start", "m.end", "m.quote", "m.rule", "m.confidence")
_PASSAGE = (
    *("id", "position", "kind", "start", "end", "label", "level", "parent", "native_place", "parent_confidence"),
    "attributes",
)


def passage_columns(p: str) -> list[str]:
    """What `passage_of` needs of a passage: its entry in the index of words is as large again, and stays there."""
    return [f"{p}.{name}" for name in _PASSAGE]


def passage_of(*values: Any) -> Passage:
    """A passage of the values of its columns."""
    id_, order, kind, start, end, label, level, parent, place, confidence, attributes = values
    return Passage(id_, order, kind, start, end, label, level, parent, place, confidence, json.loads(attributes))


def passages_of(tx: Tx, source: str) -> list[Passage]:
    """The passages of a source in reading order."""
    found = tx.lists("MATCH (p:Passage {source: $id})", *passage_columns("p"), id=source)
    return sorted((passage_of(*row) for row in found), key=lambda p: (p.order, p.id))


def source_of(tx: Tx, source: str) -> Source:
    """One source whole; `source` is a full id that is there."""
    row = tx.rows("MATCH (s:Source {id: $id})-[:HAS_CONTENT]->(c) RETURN s, c.text AS text, c.data AS data", id=source)
    s = row[0]["s"]
    names = ("id", "document", "name", "sha256", "format", "title", "language", "reader", "meeting", "date", "place")
    return Source(
        **{name: s[name] for name in names},
        text=row[0]["text"],
        data=zlib.decompress(row[0]["data"]),
        options=json.loads(s["options"]),
        ledger=json.loads(s["ledger"]),
        visibility=Visibility(s["visibility"]),
    )


def stored_source(tx: Tx, source: str) -> StoredSource:
    """All that one source brought, read back; `source` is a full id that is there."""
    own = tx.rows("MATCH (s:Source {id: $id}) RETURN s", id=source)[0]["s"]
    claims = _claims(tx, source)
    said = _mentions(tx, source)
    return StoredSource(
        source=source_of(tx, source),
        passages=passages_of(tx, source),
        claims=claims,
        mentions={claim.node: said.get(claim.node, ()) for claim in claims},
        relations=_relations(tx, source),
        digest=own["digest"],
        text_hash=own["text_hash"],
        chars=own["chars"],
    )


def _claims(tx: Tx, source: str) -> list[Claim]:
    found = tx.rows("MATCH (:Source {id: $id})-[c:CLAIMS]->(n:Node) RETURN n.id AS node, properties(c) AS c", id=source)
    claims = [
        Claim(
            row["node"],
            row["c"]["kind"],
            row["c"]["label"],
            tuple(row["c"]["aliases"]),
            json.loads(row["c"]["attributes"]),
            row["c"]["merge_key"],
            row["c"]["weight"],
            row["c"]["confidence"],
        )
        for row in found
    ]
    return sorted(claims, key=lambda claim: claim.node)


def _mentions(tx: Tx, source: str) -> dict[str, tuple[Placed, ...]]:
    out: dict[str, list[Placed]] = defaultdict(list)
    for node, _, passage, *evidence in tx.lists(
        "MATCH (p:Passage {source: $id})-[m:MENTIONS]->(n:Node)", "n.id", *MENTION, id=source
    ):
        out[node].append(Placed(passage, Evidence(*evidence)))
    return {node: tuple(sorted(placed, key=_where)) for node, placed in out.items()}


def _where(placed: Placed) -> tuple[int, int]:
    return placed.evidence.start, placed.evidence.end


def _relations(tx: Tx, source: str) -> list[PreparedRelation]:
    cypher = f"""
        {relations_of_source()}
        RETURN startNode(r).id AS from, type(r) AS type, endNode(r).id AS to, properties(r) AS r"""
    out = []
    for row in tx.rows(cypher, id=source):
        ends = (row["from"], relation_of()[row["type"]], row["to"])
        out.append(PreparedRelation(*ends, json.loads(row["r"]["attributes"]), _placed(row["r"])))
    return sorted(out, key=lambda r: (r.from_id, r.type, r.to_id))


def _placed(r: Mapping[str, Any]) -> tuple[Placed, ...]:
    columns = ("starts", "ends", "quotes", "rules", "confidences")
    spans = zip(*(r[name] for name in columns), strict=True)
    return tuple(Placed(p, Evidence(*span)) for p, span in zip(r["passages"], spans, strict=True))
