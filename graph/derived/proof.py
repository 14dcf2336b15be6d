"""Proof of everything derived: nodes, merging, decisions and things against what claims and log give. For every store.

Read a page at a time: memory does not grow with the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeAlias

from graph.decided.joining import CHUNK, borne_by, cluster
from graph.decided.overlay import keys
from graph.derived.derive import Rows, ThingRow, bearings, node_rows, thing_rows
from graph.model import Decision, DecisionKind

MOST_TOLD = 100  # problems listed; the rest is counted

Entry: TypeAlias = tuple[object, ...]  # (kind, label, folded, evidence, stems, forms, standing)


class ProvableRows(Rows, Protocol):
    """What a proof reads besides; pages hold at most CHUNK ids, in order, after the one given."""

    def log(self) -> list[Decision]:
        """The whole log in order, states left out."""

    def borne_decisions(self) -> set[str]:
        """Every id under which something is said to bear on a node."""

    def keys_of(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        """What these corrections are found by, as stored."""

    def node_ids(self, after: str) -> list[str]:
        """Ids of nodes that are stored or that a source speaks of."""

    def claimed(self, ids: Sequence[str]) -> Collection[str]:
        """Which of these a source speaks of."""

    def thing_ids(self, after: str) -> list[str]:
        """Ids of things that are stored, that are in the index, or that nodes answer as."""

    def stored_things(self, ids: Sequence[str]) -> Mapping[str, ThingRow]:
        """Things as stored, stems and forms left empty."""

    def stored_entries(self, ids: Sequence[str]) -> Mapping[str, Entry]:
        """What the index of words holds of things, passages left out."""

    def entry(self, thing: ThingRow) -> Entry | None:
        """What the index must hold of a thing."""


def told(problems: Sequence[str]) -> tuple[str, ...]:
    """The first problems, and how many more there are."""
    more = len(problems) - MOST_TOLD
    return (*problems[:MOST_TOLD], *([f"and {more} more"] if more > 0 else []))


def _pages(ask: Callable[[str], list[str]]) -> Iterator[list[str]]:
    page = ask("")
    while page:
        yield page
        page = ask(page[-1])


def node_problems(rows: ProvableRows, checked: Counter[str]) -> Iterator[str]:
    """Every node is what its claims give, and answers as the group it belongs to does."""
    checked["nodes"] = 0
    for ids in _pages(rows.node_ids):
        claimed = set(rows.claimed(ids))
        stored = {row.id: row for row in rows.nodes(ids)}
        checked["nodes"] += len(stored)
        for id_ in sorted(claimed ^ set(stored)):
            yield f"node {id_}: {'not derived from its claims' if id_ in claimed else 'no source says it'}"
        for right in node_rows(rows, sorted(claimed & set(stored))):
            if replace(stored[right.id], canonical=right.id) != right:
                yield f"node {right.id}: not what its claims give"
        found = cluster(rows, sorted(stored))
        right_ids = found.canonicals(rows)
        for id_, row in stored.items():
            if row.canonical != right_ids[id_]:
                yield f"node {id_}: answers as {row.canonical}, should as {right_ids[id_]}"


def bearing_problems(rows: ProvableRows, checked: Counter[str]) -> Iterator[str]:
    """Every decision is laid on what it bears on, and on nothing else; and it is found by what it names."""
    log = rows.log()
    checked["decisions"] = len(log)
    corrections = {d.id: d for d in log if d.kind != DecisionKind.UNDO}
    laid = borne_by(rows, rows.borne_decisions() | set(corrections))
    stored = {(decision, node) for decision, nodes in laid.items() for node in nodes}
    right = {(decision, node) for decision, nodes in bearings(rows, log).items() for node in nodes}
    for decision, node in sorted(stored ^ right):
        yield f"decision {decision}: {'wrongly' if (decision, node) in stored else 'not'} laid on {node}"
    for ids in (list(corrections)[at : at + CHUNK] for at in range(0, len(corrections), CHUNK)):
        found = rows.keys_of(ids)
        yield from (f"decision {i}: not found by what it names" for i in ids if found.get(i) != keys(corrections[i]))


def thing_problems(rows: ProvableRows, checked: Counter[str]) -> Iterator[str]:
    """Every thing, and its words in the index, are what its claims and decisions give."""
    checked["things"] = 0
    for ids in _pages(rows.thing_ids):
        things, entries = dict(rows.stored_things(ids)), dict(rows.stored_entries(ids))
        checked["things"] += len(things)
        for right in thing_rows(rows, ids):
            if things.pop(right.id, None) != replace(right, stems="", forms=""):
                yield f"thing {right.id}: not what its claims and decisions give"
            if entries.pop(right.id, None) != rows.entry(right):
                yield f"thing {right.id}: its row in the index is not right"
        yield from (f"thing {id_}: nothing rests under it" for id_ in sorted(set(things) | set(entries)))


def entry_of(thing: ThingRow) -> Entry | None:
    """What the index must hold of a thing; a rejected one is not found."""
    if thing.rejected:
        return None
    return (thing.kind, thing.label, thing.folded, thing.evidence, thing.stems, thing.forms, thing.standing)
