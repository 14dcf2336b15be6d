"""A node of a Neo4j store as values: what is written of a node or thing, and what is read back of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.decided.identity import Claim, plain_value
from graph.decided.joining import NodeRow
from graph.derived.derive import ThingRow, attributes_text, said_first, said_once
from graph.store.neo4j.names import labels
from graph.store.neo4j.odd import is_odd
from graph.store.neo4j.words import START_LENGTH, indexed_forms, indexed_stems, ranks

_MOST_COUNT = 10**12  # subtracted from, so that more comes first in the order of texts


def group_key(kind: str, merge_key: str) -> str:
    """What stands for a kind and merge key of any length in an index."""
    return hashlib.blake2b(f"{kind}\x1f{merge_key}".encode(), digest_size=16).hexdigest()


def order_place(kind: str, sources: int, evidence: int, folded: str) -> str:
    """Where a thing stands among its kind, as text that an index keeps in order: most sources, then most evidence."""
    return f"{kind}|{_MOST_COUNT - sources:013}|{_MOST_COUNT - evidence:013}|{folded[:START_LENGTH]}"


def first_node(claim: Claim) -> dict[str, object]:
    """All properties of a node of which nothing was said before; it bears :Thing and its kind."""
    node, thing = said_first(claim)
    return {"id": node.id, **own_values(node), **shown_values(thing)}


def own_values(r: NodeRow) -> dict[str, object]:
    return {
        "own_kind": r.kind,
        "merge_key": r.merge_key,
        "merge_group": group_key(r.kind, r.merge_key) if r.merge_key else None,
        "canonical": r.canonical,
        "own_attributes": attributes_text(r.attributes),
    }


def shown_values(r: ThingRow) -> dict[str, object]:
    return {
        "kind": r.kind,
        "label": r.label,
        "rejected": r.rejected,
        "confirmed": r.confirmed,
        "folded": r.folded,
        "aliases": list(r.aliases),
        "attributes": attributes_text(r.attributes),
        "members": list(r.members),
        "evidence": r.evidence,
        "sources": r.sources,
        "confidence": r.confidence,
        "version": r.version,
        "stems": indexed_stems(r.stems),
        "forms": indexed_forms(r.forms),
        "place": order_place(r.kind, r.sources, r.evidence, r.folded),
        "standing": r.standing,
        "ranks": ranks(r.kind, r.standing),
    }


def stored_thing(n: Mapping[str, Any], found: set[str]) -> ThingRow:
    """The thing as stored. Raises ValueError where its labels or its place are not those of its properties."""
    rejected = bool(n["rejected"])
    expected = {"Rejected"} if rejected else {"Thing", labels()[n["kind"]]}
    expected |= {"Odd"} if is_odd(n["id"], n["kind"], n["members"], rejected=rejected) else set()
    if found - {"Node"} != expected or n["place"] != order_place(n["kind"], n["sources"], n["evidence"], n["folded"]):
        raise ValueError(f"thing {n['id']}: its labels or its place are not its own")
    return ThingRow(
        id=n["id"],
        kind=n["kind"],
        label=n["label"],
        folded=n["folded"],
        aliases=tuple(n["aliases"]),
        attributes=plain_value(n["attributes"]),
        members=tuple(n["members"]),
        rejected=rejected,
        confirmed=bool(n["confirmed"]),
        evidence=n["evidence"],
        sources=n["sources"],
        confidence=n["confidence"],
        version=n["version"],
        stems="",
        forms="",
    )


def claims_by_id(rows: Iterable[Sequence[Any]]) -> dict[str, list[Claim]]:
    return said_once((id_, _claim(id_, *said)) for id_, *said in rows)


def _claim(
    id_: str, kind: str, label: str, aliases: Sequence[str], attributes: str, merge_key: str, weight: int
) -> Claim:
    return Claim(id_, kind, label, tuple(aliases), plain_value(attributes), merge_key, weight)


def node_of(row: Sequence[Any]) -> NodeRow:
    id_, kind, merge_key, canonical, attributes = row
    return NodeRow(id_, kind, merge_key, canonical, plain_value(attributes))
