"""A fragment checked and brought into one normal form, the same for every store: nothing is written before this.

Checks: every kind and relation is in the ontology, every node and relation rests on verbatim evidence inside a passage.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.decided.identity import Claim, canonical_json, summarise
from graph.errors import NOT_TEXT, EvidenceError
from graph.model import Evidence, Fragment, Node, Passage, Relation, Source
from ontology import Ontology, OntologyError, load

QUOTE_SHOWN = 60  # characters of a quote in an error message


class Placed(NamedTuple):  # made by the ten thousand: a frozen dataclass takes twice as long to make
    """A piece of evidence and the innermost passage that holds it."""

    passage: str
    evidence: Evidence


class PreparedRelation(NamedTuple):
    from_id: str
    type: str
    to_id: str
    attributes: Mapping[str, Any]
    spans: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A fragment fit to be written. `mentions` maps node ids to their evidence; `digest` identifies the content."""

    source: Source
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    mentions: Mapping[str, tuple[Placed, ...]]
    relations: tuple[PreparedRelation, ...]
    digest: str


def prepare(fragment: Fragment, ontology: Ontology | None = None) -> Prepared:
    """Check a fragment and normalise it.

    Raises EvidenceError (spans, passages, ends of relations, hash) or OntologyError (kinds, relations).
    """
    words = ontology or load()
    _check_source(fragment.source)
    _check_passages(fragment)
    _check_kinds(fragment, words)
    place = _Placer(fragment)
    claims, mentions = _claims(fragment.nodes, place)
    relations = _relations(fragment.relations, place)
    passages = tuple(sorted(fragment.passages, key=lambda p: (p.order, p.id)))
    try:
        digest = fragment_digest(fragment.source, passages, claims, mentions, relations)
    except UnicodeEncodeError:
        raise EvidenceError(f"{fragment.source.name!a}: {NOT_TEXT}") from None
    return Prepared(fragment.source, passages, claims, mentions, relations, digest)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _check_source(source: Source) -> None:
    try:
        source.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise EvidenceError(f"{source.name}: character {error.start}: half of a surrogate pair, not text") from None
    if source.data and hashlib.sha256(source.data).hexdigest() != source.sha256:
        raise EvidenceError(f"{source.name}: the bytes do not have the hash that is given for them")


def _check_passages(fragment: Fragment) -> None:
    name, length = fragment.source.name, len(fragment.source.text)
    parents: dict[str, str | None] = {}
    for passage in fragment.passages:
        if passage.id in parents:
            raise EvidenceError(f"{name}: passage {passage.id} is given twice")
        if not 0 <= passage.start <= passage.end <= length:
            raise EvidenceError(f"{name}: passage {passage.id}: {passage.start}-{passage.end} is outside the text")
        parents[passage.id] = passage.parent
    for child, parent in parents.items():
        if parent is not None and parent not in parents:
            raise EvidenceError(f"{name}: passage {child}: its parent {parent} is not in the source")
    _check_tree(name, parents)


def _check_tree(name: str, parents: Mapping[str, str | None]) -> None:
    safe: set[str] = set()
    for start in parents:
        trail: list[str] = []
        seen: set[str] = set()
        here: str | None = start
        while here is not None and here not in safe:
            if here in seen:
                raise EvidenceError(f"{name}: passage {here} is its own ancestor")
            seen.add(here)
            trail.append(here)
            here = parents[here]
        safe.update(trail)


def _check_kinds(fragment: Fragment, words: Ontology) -> None:
    kinds = {p.id: "passage" for p in fragment.passages}
    for node in fragment.nodes:
        if words.kind(node.kind).role == "text":
            raise OntologyError(f"kind {node.kind!r} is made by the store, not given as a node ({node.id})")
        if kinds.setdefault(node.id, node.kind) != node.kind:
            raise OntologyError(f"{node.id} is given as {kinds[node.id]!r} and as {node.kind!r}")
    for relation in fragment.relations:
        for end in (relation.from_id, relation.to_id):
            if end not in kinds:
                raise EvidenceError(f"{fragment.source.name}: {_title(relation)}: {end} is not in the fragment")
        words.check_relation(relation.type, kinds[relation.from_id], kinds[relation.to_id])


class _Placer:
    """Finds the innermost passage of each piece of evidence of a fragment, all at once: O(n log n) for nested spans."""

    def __init__(self, fragment: Fragment) -> None:
        self.source, self._text = fragment.source, fragment.source.text
        spans = {(e.start, e.end) for stated in _stated(fragment) for e in stated.evidence}
        self.found = _innermost(fragment.passages, spans)

    def __call__(self, stated: Node | Relation) -> tuple[Placed, ...]:
        if not stated.evidence:
            raise EvidenceError(f"{self.source.name}: {_title(stated)} rests on no evidence")
        if len(stated.evidence) == 1:  # as nearly everything has
            return (self._placed(stated, stated.evidence[0]),)
        best: dict[tuple[int, int], Placed] = {}
        for evidence in sorted(stated.evidence, key=lambda e: (e.start, e.end, -e.confidence, e.rule)):
            best.setdefault((evidence.start, evidence.end), self._placed(stated, evidence))
        return tuple(best.values())

    def _placed(self, stated: Node | Relation, e: Evidence) -> Placed:
        """Many thousands of times: what holds is seen at once, and only what does not hold is looked at by parts."""
        passage = self.found.get((e.start, e.end))  # each is within the text
        proven = passage is not None and e.start < e.end and self._text[e.start : e.end] == e.quote
        if not proven or passage is None or not 0 <= e.confidence <= 1 or not e.rule:
            raise self._refused(stated, e)
        return Placed(passage, e)

    def _refused(self, stated: Node | Relation, evidence: Evidence) -> EvidenceError:
        where, why = (
            f"{self.source.name}: {_title(stated)}: evidence {evidence.start}-{evidence.end}",
            "no rule is named",
        )
        if not 0 <= evidence.start < evidence.end <= len(self._text):
            why = "outside the text"
        elif self._text[evidence.start : evidence.end] != evidence.quote:
            why = f"the text does not read {evidence.quote[:QUOTE_SHOWN]!r} there"
        elif not 0 <= evidence.confidence <= 1:
            why = f"confidence {evidence.confidence} is not in 0-1"
        elif evidence.rule:
            why = "no passage holds it"
        return EvidenceError(f"{where}: {why}")


def _stated(fragment: Fragment) -> tuple[Node | Relation, ...]:
    return (*fragment.nodes, *fragment.relations)


def _title(stated: Node | Relation) -> str:
    return stated.id if isinstance(stated, Node) else f"{stated.from_id} {stated.type} {stated.to_id}"


def _innermost(passages: Sequence[Passage], spans: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    waiting = sorted(passages, key=lambda p: (p.start, -p.end, p.order), reverse=True)
    open_: list[Passage] = []
    found: dict[tuple[int, int], str] = {}
    for start, end in sorted(spans):
        while waiting and waiting[-1].start <= start:
            open_.append(waiting.pop())
        open_ = [p for p in open_ if p.end > start]
        holding = [p for p in open_ if p.end >= end]
        if holding:
            best = min(holding, key=lambda p: (p.end - p.start, -p.level, -p.order, p.id))
            found[(start, end)] = best.id
    return found


def _claims(nodes: Sequence[Node], place: _Placer) -> tuple[tuple[Claim, ...], dict[str, tuple[Placed, ...]]]:
    by_id: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_id[node.id].append(node)
    claims: list[Claim] = []
    mentions: dict[str, tuple[Placed, ...]] = {}
    for id_, same in sorted(by_id.items()):
        placed = [(node, place(node)) for node in same]
        said = summarise(
            Claim(n.id, n.kind, n.label, n.aliases, n.attributes, n.merge_key, len(found)) for n, found in placed
        )
        mentions[id_] = _together(found for _, found in placed) if len(placed) > 1 else placed[0][1]
        weight, best = len(mentions[id_]), max(p.evidence.confidence for p in mentions[id_])
        claims.append(Claim(id_, said.kind, said.label, said.aliases, said.attributes, said.merge_key, weight, best))
    return tuple(claims), mentions


def _relations(relations: Sequence[Relation], place: _Placer) -> tuple[PreparedRelation, ...]:
    by_key: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for relation in relations:
        by_key[(relation.from_id, relation.type, relation.to_id)].append(relation)
    out = []
    for ends, same in sorted(by_key.items()):
        if len(same) == 1:  # as nearly all are: nothing to join
            out.append(PreparedRelation(*ends, dict(same[0].attributes), place(same[0])))
            continue
        ordered = sorted(same, key=lambda r: canonical_json(dict(r.attributes)), reverse=True)
        attributes = {name: value for r in ordered for name, value in r.attributes.items()}
        out.append(PreparedRelation(*ends, attributes, _together(map(place, same))))
    return tuple(out)


def _together(placed: Iterable[Iterable[Placed]]) -> tuple[Placed, ...]:
    """Several pieces of evidence by their place; of two at one place the last."""
    spans = {(p.evidence.start, p.evidence.end): p for found in placed for p in found}
    return tuple(spans[where] for where in sorted(spans))


def fragment_digest(
    source: Source,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    mentions: Mapping[str, Sequence[Placed]],
    relations: Sequence[PreparedRelation],
) -> str:
    """One fingerprint of all that a source brings, given in normal form; `verify` computes it again from the store.

    Visibility is left out, since publishing is an act of its own; the bytes are covered by their sha256.
    """
    s = source
    header = [s.id, s.document, s.name, s.sha256, s.format, text_hash(s.text), s.title, s.language, s.reader]
    dated = [s.meeting, s.date, s.place, dict(s.options), dict(s.ledger), len(s.data)]
    digest = hashlib.sha256(canonical_json([*header, *dated]).encode())
    for p in passages:
        fields = [p.id, p.order, p.kind, p.start, p.end, p.label, p.level, p.parent, p.place, p.parent_confidence]
        digest.update(canonical_json([*fields, dict(p.attributes)]).encode())
    for c in claims:
        claim = [c.node, c.kind, c.label, c.aliases, dict(c.attributes), c.merge_key, _spans(mentions[c.node])]
        digest.update(canonical_json(claim).encode())
    for r in relations:
        digest.update(canonical_json([r.from_id, r.type, r.to_id, dict(r.attributes), _spans(r.spans)]).encode())
    return digest.hexdigest()


def _spans(placed: Sequence[Placed]) -> list[list[object]]:
    return [[p.evidence.start, p.evidence.end, p.evidence.rule, p.evidence.confidence] for p in placed]
