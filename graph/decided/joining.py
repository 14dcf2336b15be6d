"""Which nodes are one thing: proper names that merge by themselves, then merges and splits in the order of the log.

Pure over the rows of a store. What is looked at is what hangs together with the nodes asked for, never the whole store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from graph.decided.identity import Candidate, canonical_ids
from graph.decided.overlay import parts
from graph.model import Decision, DecisionKind

CHUNK = 2_000  # ids asked at once, so that a statement never grows with the store

GroupKey: TypeAlias = tuple[str, str]  # kind and merge key


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node as its sources say it; `attributes` is canonical JSON, `canonical` the id it answers as."""

    id: str
    kind: str
    merge_key: str
    canonical: str
    attributes: Mapping[str, object]


class JoiningRows(Protocol):
    """What is read to know which nodes are one."""

    def nodes(self, ids: Sequence[str]) -> list[NodeRow]: ...

    def groups(self, keys: Sequence[GroupKey]) -> Mapping[GroupKey, list[NodeRow]]:
        """All nodes of each kind and merge key, by id."""

    def joining(self, nodes: Sequence[str]) -> set[str]:
        """The merges and splits that bear on any of these nodes, undone ones included."""

    def bearing(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        """The nodes each of these decisions bears on, as stored."""

    def decisions(self, ids: Sequence[str]) -> Mapping[int, Decision]:
        """These corrections by their number in the log, states left out."""

    def undone(self, ids: Sequence[str]) -> set[str]:
        """Those of these corrections that are undone."""


def chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """The ids in order, CHUNK at a time."""
    ordered = sorted(ids)
    for at in range(0, len(ordered), CHUNK):
        yield ordered[at : at + CHUNK]


def corrections(rows: JoiningRows, ids: Collection[str]) -> tuple[list[Decision], set[str]]:
    """These decisions in log order, and the ids of those of them that are undone."""
    found = {n: d for chunk in chunks(ids) for n, d in rows.decisions(chunk).items()}
    gone = {id_ for chunk in chunks(ids) for id_ in rows.undone(chunk)}
    return [found[n] for n in sorted(found)], gone


def borne_by(rows: JoiningRows, decisions: Collection[str]) -> dict[str, set[str]]:
    """The nodes each of these decisions bears on; none where it waits."""
    return {id_: nodes for chunk in chunks(decisions) for id_, nodes in rows.bearing(chunk).items()}


@dataclass(slots=True)
class Cluster:
    """All that hangs together with some nodes: the nodes, their groups of one name, the merges and splits on them."""

    known: dict[str, NodeRow] = field(default_factory=dict)
    groups: dict[GroupKey, list[NodeRow]] = field(default_factory=dict)
    joins: dict[str, set[str]] = field(default_factory=dict)

    def canonicals(self, rows: JoiningRows) -> dict[str, str]:
        """The canonical id of every node: the smallest of its block."""
        blocks = _Blocks(self.known)
        for group in self.groups.values():
            right = canonical_ids([Candidate(row.id, row.kind, row.attributes) for row in group])
            for id_, other in right.items():
                blocks.join((id_, other))
        log, gone = corrections(rows, self.joins)
        for decision in log:
            if decision.id in gone:
                continue
            if decision.kind == DecisionKind.MERGE:
                blocks.join(self.joins[decision.id])
            else:
                blocks.split(parts(decision))
        return blocks.canonicals()


def cluster(rows: JoiningRows, seeds: Collection[str]) -> Cluster:
    """What hangs together with these nodes, ids that are not there left out."""
    found = Cluster()
    seen: set[str] = set()
    waiting = set(seeds)
    while waiting:
        seen |= waiting
        here = {row.id: row for chunk in chunks(waiting) for row in rows.nodes(chunk)}
        found.known |= here
        keys = {(row.kind, row.merge_key) for row in here.values() if row.merge_key} - found.groups.keys()
        groups = _groups(rows, sorted(keys))
        joins = {id_ for chunk in chunks(here) for id_ in rows.joining(chunk)} - found.joins.keys()
        borne = borne_by(rows, joins)
        found.groups |= groups
        found.joins |= {id_: borne.get(id_, set()) for id_ in joins}
        linked = {row.id for group in groups.values() for row in group} | {n for nodes in borne.values() for n in nodes}
        waiting = linked - seen
    return found


def _groups(rows: JoiningRows, keys: Sequence[GroupKey]) -> dict[GroupKey, list[NodeRow]]:
    out: dict[GroupKey, list[NodeRow]] = {}
    for at in range(0, len(keys), CHUNK):
        out |= rows.groups(keys[at : at + CHUNK])
    return out


class _Blocks:
    """A partition of nodes; ids that are not among them are passed over."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._block = {node: {node} for node in nodes}

    def join(self, nodes: Collection[str]) -> None:
        """Make one block of all the blocks of these nodes, the smaller ones poured into the largest."""
        blocks = {id(block): block for node in nodes if (block := self._block.get(node))}
        if len(blocks) < 2:
            return
        largest = max(blocks.values(), key=len)
        for block in blocks.values():
            if block is not largest:
                largest |= block
                self._block.update(dict.fromkeys(block, largest))

    def split(self, groups: Iterable[Collection[str]]) -> None:
        """Take each group out of the blocks that hold anything else."""
        for group in groups:
            here = [node for node in group if node in self._block]
            for block in {id(b): b for node in here if (b := self._block[node])}.values():
                apart = block.intersection(here)
                if len(apart) < len(block):
                    block.difference_update(apart)
                    self._block.update(dict.fromkeys(apart, apart))

    def canonicals(self) -> dict[str, str]:
        smallest: dict[int, str] = {}
        return {n: smallest.get(id(b)) or smallest.setdefault(id(b), min(b)) for n, b in self._block.items()}
