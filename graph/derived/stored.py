"""What a store holds of one source, in normal form: proven against its own text, or given back as the fragment it was.

Pure, shared by every store.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.decided.identity import Claim
from graph.derived.prepare import Placed, PreparedRelation, fragment_digest, text_hash
from graph.model import Evidence, Fragment, Node, Passage, Relation, Source


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Everything one source brought, as it was read back, and the fingerprints that were stored with it."""

    source: Source
    passages: Sequence[Passage]
    claims: Sequence[Claim]
    mentions: Mapping[str, Sequence[Placed]]
    relations: Sequence[PreparedRelation]
    digest: str
    text_hash: str
    chars: int

    def fragment(self) -> Fragment:
        """The fragment that, written to any store, has the same digest."""
        nodes = tuple(
            Node(c.node, c.kind, c.label, _evidence(self.mentions[c.node]), c.aliases, c.attributes, c.merge_key)
            for c in self.claims
        )
        relations = tuple(
            Relation(r.from_id, r.type, r.to_id, _evidence(r.spans), r.attributes) for r in self.relations
        )
        return Fragment(self.source, tuple(self.passages), nodes, relations)

    def count(self, checked: Counter[str]) -> None:
        """Add what there is to check."""
        checked.update(
            passages=len(self.passages),
            mentions=sum(map(len, self.mentions.values())),
            relations=len(self.relations),
            claims=len(self.claims),
        )

    def problems(self) -> Iterator[str]:
        """What does not hold: text, bytes, weights, spans, the fingerprint of all of it."""
        id_ = self.source.id
        yield from self._own_problems()
        bounds = {p.id: (p.start, p.end) for p in self.passages}
        for claim in self.claims:
            said = self.mentions[claim.node]
            if len(said) != claim.weight or not claim.weight:
                yield f"{claim.node} in {id_}: {len(said)} mentions, {claim.weight} expected"
            elif max(p.evidence.confidence for p in said) != claim.confidence:
                yield f"{claim.node} in {id_}: not the confidence of its best evidence"
            yield from _span_problems(self.source.text, bounds, f"{claim.node} in {id_}", said)
        for relation in self.relations:
            title = f"{relation.from_id} {relation.type} {relation.to_id} in {id_}"
            if not relation.spans:
                yield f"{title}: no evidence"
            yield from _span_problems(self.source.text, bounds, title, relation.spans)

    def _own_problems(self) -> Iterator[str]:
        source = self.source
        if text_hash(source.text) != self.text_hash or len(source.text) != self.chars:
            yield f"source {source.id}: its text is not the one that was stored"
        if source.data and hashlib.sha256(source.data).hexdigest() != source.sha256:
            yield f"source {source.id}: its bytes are not the ones that were stored"

    def digest_problems(self) -> Iterator[str]:
        found = fragment_digest(self.source, self.passages, self.claims, self.mentions, self.relations)
        if found != self.digest:
            yield f"source {self.source.id}: what it brought is not what was stored (fingerprint)"


def _evidence(placed: Sequence[Placed]) -> tuple[Evidence, ...]:
    return tuple(p.evidence for p in placed)


def _span_problems(
    text: str, bounds: Mapping[str, tuple[int, int]], title: str, placed: Sequence[Placed]
) -> Iterator[str]:
    for p in placed:
        where = f"{title}: {p.evidence.start}-{p.evidence.end}"
        if text[p.evidence.start : p.evidence.end] != p.evidence.quote:
            yield f"{where}: the text does not read so"
        start, end = bounds.get(p.passage, (0, -1))
        if not start <= p.evidence.start < p.evidence.end <= end:
            yield f"{where}: outside its passage {p.passage}"
