"""What a store derives from its claims, its mentions and the log of decisions.

Nodes, what they merge into, what decisions bear on, things as they are answered. Pure and shared by every store: a
store reads and writes the rows (`Rows`), this decides what they must hold. The order of imports never shows in any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from graph.decided.identity import Claim, Summary, by_name, canonical_json, is_by_name, summarise
from graph.decided.joining import JoiningRows, NodeRow, borne_by, chunks, corrections
from graph.decided.overlay import apply, asked_ids, bearing, end_ids, ends, in_effect
from graph.model import Decision, DecisionKind
from graph.questions.ranking import name_words, standing
from graph.versions.reattach import Trace, Version, found_again, is_statement, read_kind

Numbers: TypeAlias = tuple[int, int, float]  # mentions, sources, best confidence


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
    confirmed: bool
    evidence: int
    sources: int
    confidence: float
    version: int
    stems: str
    forms: str

    @property
    def face(self) -> tuple[object, ...]:
        """All but what is counted: what answers within some sources show of the others.

        Of a stakeholder, not which nodes of that name there are: that changes wherever one more document names it.
        """
        shown = (self.kind, self.label, self.aliases, dict(self.attributes))
        named = self.kind in by_name()
        members = tuple(node for node in self.members if not (named and is_by_name(node)))
        return (*shown, members, self.rejected, self.confirmed, self.version)

    @property
    def standing(self) -> int:
        """Its place among the matches of a search."""
        return standing((self.label, *self.aliases), self.evidence, self.id)


class Rows(JoiningRows, Protocol):
    """The rows of one transaction. Ids come in chunks; answers leave out ids that are not there."""

    def claims(self, ids: Sequence[str]) -> Mapping[str, list[Claim]]:
        """What is said of each node; sources that say the same are summed into one claim."""

    def put_nodes(self, ids: Sequence[str], rows: Sequence[NodeRow]) -> None:
        """Store these rows in place of whatever is under `ids`; an id without a row goes."""

    def set_canonical(self, canonical: Mapping[str, str]) -> None: ...

    def concerning(self, keys: Sequence[str]) -> set[str]:
        """The corrections that bear on any of these nodes, or name any of these nodes, sources or documents."""

    def traces(self, kind: str, source: str, document: str) -> list[Trace]:
        """What the source, and any source of the document, says of this kind; with context for statements."""

    def sources_of(self, documents: Sequence[str]) -> Mapping[str, int]:
        """How many sources, that is versions, each of these documents has."""

    def put_bearing(self, bearing: Mapping[str, Collection[str]]) -> None:
        """Store the nodes that these decisions bear on, in place of what was stored for them."""

    def members(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]: ...

    def claims_of_things(self, canonicals: Sequence[str]) -> Mapping[str, list[Claim]]: ...

    def numbers(self, canonicals: Sequence[str]) -> Mapping[str, Numbers]: ...

    def borne(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        """For each decision that bears on any of these, which of them."""

    def stored_things(self, ids: Sequence[str]) -> Mapping[str, ThingRow]:
        """Things as they are stored, rejected ones included, without what is searched."""

    def stamp(self, things: Sequence[str]) -> None:
        """Give each source that speaks of one of these things a new stamp (Store.stamps)."""

    def stamp_members(self, things: Sequence[str]) -> None:
        """Draw the lower half of these stamps alone: only which nodes are one of these things is another."""

    def put_things(self, ids: Sequence[str], rows: Sequence[ThingRow]) -> None:
        """Store these rows in place of whatever is under `ids`, and bring the index of words up to date."""


def node_rows(rows: Rows, ids: Sequence[str]) -> list[NodeRow]:
    """The nodes of a chunk as their claims give them, each canonical for itself so far."""
    out = []
    for node, claims in rows.claims(ids).items():
        said = summarise(claims)
        out.append(NodeRow(node, said.kind, said.merge_key, node, said.attributes))
    return out


class _Finder:
    """What anchors find again in their documents, each document read once."""

    def __init__(self, rows: Rows, documents: Collection[str]) -> None:
        self._rows = rows
        self._sources = {d: n for chunk in chunks(documents) for d, n in rows.sources_of(chunk).items()}
        self._traces: dict[tuple[str, str, str], list[Trace]] = {}
        self._versions: dict[tuple[str, ...], list[Version]] = {}

    def __call__(self, end: Mapping[str, Any], here: tuple[str, ...]) -> tuple[str, ...]:
        """What is there of an end (`here`), else what its anchor finds; of a statement, in every version."""
        if not is_statement(end):
            return here or found_again(end, self._of(end, apart=False)[0])
        document = str(end.get("document") or "")
        if here and self._sources.get(document, 0) < 2:
            return here
        named = {*end_ids(end)}
        others = (v for v in self._of(end, apart=True) if named.isdisjoint(v.nodes))
        return (*here, *(node for version in others for node in found_again(end, version)))

    def _of(self, end: Mapping[str, Any], *, apart: bool) -> list[Version]:
        """The versions of a document, or all of it as one where it is not taken `apart`."""
        # The kind that was shown may be a person's; the one that was read is the beginning of the id.
        kinds = tuple(dict.fromkeys((read_kind(end), str(end.get("kind") or ""))))
        place = str(end.get("source") or ""), str(end.get("document") or "")
        if (*kinds, *place) not in self._versions:
            traces = [t for kind in kinds for t in self._read(kind, *place)]
            groups = [[t for t in traces if t.source == s] for s in sorted({t.source for t in traces})]
            self._versions[(*kinds, *place)] = [Version(g) for g in (groups if apart else [traces])]
        return self._versions[(*kinds, *place)]

    def _read(self, kind: str, source: str, document: str) -> list[Trace]:
        if (kind, source, document) not in self._traces:
            self._traces[(kind, source, document)] = self._rows.traces(kind, source, document)
        return self._traces[(kind, source, document)]


def bearings(rows: Rows, log: Iterable[Decision]) -> dict[str, set[str]]:
    """The nodes on which each of these corrections bears now, undone ones included."""
    asked = [d for d in log if d.kind != DecisionKind.UNDO]
    named = {id_ for d in asked for id_ in asked_ids(d)}
    present = {row.id for chunk in chunks(named) for row in rows.nodes(chunk)}
    find = _Finder(rows, {str(e.get("document") or "") for d in asked for e in ends(d) if is_statement(e)} - {""})
    return {d.id: set(bearing(d, present, find)) for d in asked}


def thing_rows(rows: Rows, canonicals: Sequence[str]) -> Iterator[ThingRow]:
    """The things of a chunk of canonical ids, in order."""
    members = rows.members(canonicals)
    claims = rows.claims_of_things(canonicals)
    numbers = rows.numbers(canonicals)
    decided = _Decided(rows, canonicals)
    for canonical in sorted(claims):
        said = numbers.get(canonical, (0, 0, 0.0))
        yield _thing(canonical, summarise(claims[canonical]), members[canonical], said, decided)


class _Decided:
    """The decisions on each of some things, in log order."""

    def __init__(self, rows: Rows | None = None, canonicals: Sequence[str] = ()) -> None:
        self._on: dict[str, list[Decision]] = defaultdict(list)
        self._borne: dict[str, set[str]] = {}
        self.gone: set[str] = set()
        borne = rows.borne(canonicals) if rows else {}
        if rows and borne:
            log, self.gone = corrections(rows, borne)
            self._borne = borne_by(rows, [d.id for d in log if d.kind == DecisionKind.MERGE])
            for decision in log:
                for canonical in borne[decision.id]:
                    self._on[canonical].append(decision)

    def on(self, canonical: str) -> Sequence[Decision]:
        return self._on.get(canonical, ())

    def joined(self, canonical: str, members: Collection[str]) -> set[str]:
        """The merges that are in effect in a thing."""
        merges = [d for d in self.on(canonical) if d.id in self._borne]
        return {d.id for d in merges if in_effect(d, self._borne[d.id], members)}


_NOTHING_DECIDED = _Decided()


def said_first(claim: Claim) -> tuple[NodeRow, ThingRow]:
    """The node and the thing of a claim that is the first on its id, without a merge key: nothing else bears on it."""
    said = summarise([claim])
    numbers = (claim.weight, 1, float(claim.confidence))
    node = NodeRow(claim.node, said.kind, said.merge_key, claim.node, said.attributes)
    return node, _thing(claim.node, said, [claim.node], numbers, _NOTHING_DECIDED)


def _thing(
    id_: str,
    said: Summary,
    members: Sequence[str],
    numbers: Numbers,
    decided: _Decided,
) -> ThingRow:
    shown = apply(said, decided.on(id_), decided.gone, decided.joined(id_, members))
    found = name_words(" ".join((shown.label, *shown.aliases)))
    evidence, sources, confidence = numbers
    return ThingRow(
        id=id_,
        kind=shown.kind,
        label=shown.label,
        folded=name_words(shown.label).folded,
        aliases=shown.aliases,
        attributes=said.attributes,
        members=tuple(members),
        rejected=shown.rejected,
        confirmed=shown.confirmed,
        evidence=evidence,
        sources=sources,
        confidence=confidence,
        version=shown.version,
        stems=found.stems,
        forms=found.forms,
    )


def said_once(claims: Iterable[tuple[str, Claim]]) -> dict[str, list[Claim]]:
    """Claims grouped under the id they are given for."""
    out: dict[str, list[Claim]] = defaultdict(list)
    for id_, claim in claims:
        out[id_].append(claim)
    return out


def attributes_text(attributes: Mapping[str, object]) -> str:
    return canonical_json(dict(attributes))
