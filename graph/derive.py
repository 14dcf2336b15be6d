"""What a store derives from its claims, its mentions and the log of decisions, and how it is kept up to date.

Nodes, what they merge into, what decisions bear on, things as they are answered. Pure and shared by every store: a
store reads and writes the rows (`Rows`), this decides what they must hold. The order of imports never shows in any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from graph.identity import Candidate, Claim, canonical_ids, canonical_json, summarise
from graph.model import Decision, DecisionKind
from graph.overlay import Trace, apply, asked_ids, bearing, undone
from graph.ranking import folded_label
from graph.text import search_words, words

CHUNK = 2_000  # ids asked at once, so that a statement never grows with the store

GroupKey: TypeAlias = tuple[str, str]  # kind and merge key
Numbers: TypeAlias = tuple[int, int, float]  # mentions, sources, best confidence


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node as its sources say it; `attributes` is canonical JSON, `canonical` the id it answers as."""

    id: str
    kind: str
    merge_key: str
    canonical: str
    attributes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A thing as it is answered and searched."""

    id: str
    kind: str
    label: str
    folded: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, object]
    members: tuple[str, ...]
    rejected: bool
    evidence: int
    sources: int
    confidence: float
    version: int
    stems: str
    forms: str


class Rows(Protocol):
    """The rows of one transaction. Ids come in chunks; answers leave out ids that are not there."""

    def log(self) -> list[Decision]:
        """The log in order, states left out."""

    def nodes(self, ids: Sequence[str]) -> list[NodeRow]: ...

    def claims(self, ids: Sequence[str]) -> Mapping[str, list[Claim]]:
        """What is said of each node; sources that say the same are summed into one claim."""

    def put_nodes(self, ids: Sequence[str], rows: Sequence[NodeRow]) -> None:
        """Store these rows in place of whatever is under `ids`; an id without a row goes."""

    def groups(self, keys: Sequence[GroupKey]) -> Mapping[GroupKey, list[NodeRow]]:
        """All nodes of each kind and merge key, by id."""

    def set_canonical(self, canonical: Mapping[str, str]) -> None: ...

    def traces(self, decision: Decision) -> list[Trace]:
        """The nodes of the document that the decision's anchor names, of the anchor's kind."""

    def bearing(self) -> Mapping[str, set[str]]:
        """The nodes each decision bears on, as stored."""

    def put_bearing(self, decision: str, nodes: Collection[str]) -> None: ...

    def members(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]: ...

    def claims_of_things(self, canonicals: Sequence[str]) -> Mapping[str, list[Claim]]: ...

    def numbers(self, canonicals: Sequence[str]) -> Mapping[str, Numbers]: ...

    def borne(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        """For each decision that bears on any of these, which of them."""

    def put_things(self, ids: Sequence[str], rows: Sequence[ThingRow]) -> None:
        """Store these rows in place of whatever is under `ids`, and bring the index of words up to date."""


def chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """The ids in order, CHUNK at a time."""
    ordered = sorted(ids)
    for at in range(0, len(ordered), CHUNK):
        yield ordered[at : at + CHUNK]


def prepared_words(text: str) -> tuple[str, str]:
    """What the index holds of a text: its stems, and its words as typed for the prefix of a query."""
    return " ".join(search_words(text)), " ".join(dict.fromkeys(words(text)))


# --- what must be ---------------------------------------------------------------------------------------------------


def node_rows(rows: Rows, ids: Sequence[str]) -> list[NodeRow]:
    """The nodes of a chunk as their claims give them, each canonical for itself so far."""
    out = []
    for node, claims in rows.claims(ids).items():
        said = summarise(claims)
        out.append(NodeRow(node, said.kind, said.merge_key, node, said.attributes))
    return out


def merged(group: Sequence[NodeRow]) -> dict[str, str]:
    """The canonical id that each node of one kind and merge key must have."""
    return canonical_ids([Candidate(row.id, row.kind, row.attributes) for row in group])


def bearings(rows: Rows, log: Iterable[Decision]) -> dict[str, set[str]]:
    """The nodes on which each correction of the log bears now, undone ones included."""
    corrections = [d for d in log if d.kind != DecisionKind.UNDO]
    named = {id_ for d in corrections for id_ in asked_ids(d)}
    present = {row.id for chunk in chunks(named) for row in rows.nodes(chunk)}
    out: dict[str, set[str]] = {}
    for decision in corrections:
        lost = present.isdisjoint(asked_ids(decision))
        out[decision.id] = set(bearing(decision, present, rows.traces(decision) if lost else []))
    return out


def thing_rows(rows: Rows, canonicals: Sequence[str], log: Sequence[Decision]) -> Iterator[ThingRow]:
    """The things of a chunk of canonical ids, in order."""
    gone = undone(log)
    members = rows.members(canonicals)
    claims = rows.claims_of_things(canonicals)
    numbers = rows.numbers(canonicals)
    decided = _decided(rows.borne(canonicals), log)
    for canonical in sorted(claims):
        shown = decided.get(canonical, [])
        yield _thing(canonical, claims[canonical], members[canonical], numbers.get(canonical, (0, 0, 0.0)), shown, gone)


def said_first(claim: Claim) -> tuple[NodeRow, ThingRow]:
    """The node and the thing of a claim that is the first on its id, without a merge key: nothing else bears on it."""
    said = summarise([claim])
    numbers = (claim.weight, 1, float(claim.confidence))
    node = NodeRow(claim.node, said.kind, said.merge_key, claim.node, said.attributes)
    return node, _thing(claim.node, [claim], [claim.node], numbers, [], ())


def _thing(
    id_: str,
    claims: Sequence[Claim],
    members: Sequence[str],
    numbers: Numbers,
    decided: Sequence[Decision],
    gone: Collection[str],
) -> ThingRow:
    said = summarise(claims)
    shown = apply(said, decided, gone)
    stems, forms = prepared_words(" ".join((shown.label, *shown.aliases)))
    evidence, sources, confidence = numbers
    return ThingRow(
        id=id_,
        kind=said.kind,
        label=shown.label,
        folded=folded_label(shown.label),
        aliases=shown.aliases,
        attributes=said.attributes,
        members=tuple(members),
        rejected=shown.rejected,
        evidence=evidence,
        sources=sources,
        confidence=confidence,
        version=shown.version,
        stems=stems,
        forms=forms,
    )


def _decided(borne: Mapping[str, list[str]], log: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions on each canonical id, each once, in log order."""
    out: dict[str, list[Decision]] = defaultdict(list)
    for decision in log:
        for canonical in borne.get(decision.id, ()):
            out[canonical].append(decision)
    return out


# --- keeping it so --------------------------------------------------------------------------------------------------


def refresh(rows: Rows, touched: Collection[str]) -> None:
    """Bring everything up to date after the claims or mentions of the `touched` nodes changed, and nothing else."""
    affected = _nodes(rows, touched)
    log = rows.log()
    _things(rows, affected | _bearings(rows, log), log)


def refresh_decided(rows: Rows, nodes: Collection[str]) -> None:
    """The same after a new entry in the log about `nodes`."""
    log = rows.log()
    _things(rows, _bearings(rows, log) | _canonicals(rows, nodes), log)


def _canonicals(rows: Rows, nodes: Collection[str]) -> set[str]:
    return {row.canonical for chunk in chunks(nodes) for row in rows.nodes(chunk)}


def _nodes(rows: Rows, touched: Collection[str]) -> set[str]:
    """Write the nodes; returns every canonical id, former or present, whose thing may have changed."""
    affected: set[str] = set()
    keys: set[GroupKey] = set()
    for chunk in chunks(touched):
        before, now = rows.nodes(chunk), node_rows(rows, chunk)
        rows.put_nodes(chunk, now)
        affected |= {row.canonical for row in before} | {row.id for row in now}
        keys |= {(row.kind, row.merge_key) for row in (*before, *now) if row.merge_key}
    return affected | _regroup(rows, sorted(keys))


def _regroup(rows: Rows, keys: Sequence[GroupKey]) -> set[str]:
    affected: set[str] = set()
    for at in range(0, len(keys), CHUNK):
        changes: dict[str, str] = {}
        for group in rows.groups(keys[at : at + CHUNK]).values():
            right = merged(group)
            affected |= {row.canonical for row in group} | set(right.values())
            changes |= {row.id: right[row.id] for row in group if right[row.id] != row.canonical}
        rows.set_canonical(changes)
    return affected


def _bearings(rows: Rows, log: Sequence[Decision]) -> set[str]:
    """Write what decisions bear on; returns the canonical ids of the nodes where it changed."""
    before = rows.bearing()
    changed: set[str] = set()
    for decision, now in bearings(rows, log).items():
        was = before.get(decision, set())
        if now != was:
            changed |= now ^ was
            rows.put_bearing(decision, now)
    return _canonicals(rows, changed)


def _things(rows: Rows, affected: Collection[str], log: Sequence[Decision]) -> None:
    for chunk in chunks(affected):
        rows.put_things(chunk, list(thing_rows(rows, chunk, log)))


def said_once(claims: Iterable[tuple[str, Claim]]) -> dict[str, list[Claim]]:
    """Claims grouped under the id they are given for."""
    out: dict[str, list[Claim]] = defaultdict(list)
    for id_, claim in claims:
        out[id_].append(claim)
    return out


def attributes_text(attributes: Mapping[str, object]) -> str:
    return canonical_json(dict(attributes))
