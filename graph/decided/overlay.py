"""Decisions over extraction: which are in force, what they bear on, what they change. Pure, shared by every store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.decided.identity import Summary
from graph.errors import DecisionError, NotFound, Stale
from graph.model import JOINING, PAIRING, TREE, WRITTEN, Decision, DecisionKind

TAKEN_WITH = "taken_with"  # in the anchor of a decision that is part of an act: the id of the first one of that act

# For an end of a decision and those of its ids that are there: all that it is now, found again where it has to be.
Finder = Callable[[Mapping[str, Any], tuple[str, ...]], tuple[str, ...]]


def undone(log: Iterable[Decision]) -> set[str]:
    """The ids of the decisions that a later one deactivates."""
    return {d.target for d in log if d.kind == DecisionKind.UNDO}


def about(log: Iterable[Decision], kinds: Collection[str], source: str, document: str) -> list[Decision]:
    """The decisions of these kinds about a source, or another version of its document, undone ones included."""
    return [d for d in log if d.kind in kinds and _is_of(d.anchor, source, document)]


def text_version(log: Iterable[Decision], kind: str, source: str, document: str) -> int:
    """What changes with each correction of the tree of a source, or each description of it, undoing included.

    0 for other kinds: they bear on things, which have a version of their own.
    """
    kinds = next((kinds for kinds in (TREE, (DecisionKind.DESCRIBE,)) if kind in kinds), ())
    return sum(2 if d.state == "undone" else 1 for d in about(log, kinds, source, document))


def _is_of(anchor: Mapping[str, Any], source: str, document: str) -> bool:
    return anchor.get("source") == source or (bool(document) and anchor.get("document") == document)


def ends(decision: Decision) -> tuple[Mapping[str, Any], ...]:
    """The anchors of the things that a decision is about, each with its `id`: one, or all those that it pairs.

    None for what is about a source, its tree or a piece of its text, and not about what is there.
    """
    if decision.kind in WRITTEN or decision.kind in TREE:
        return ()
    own = {**decision.anchor, "id": decision.target}
    return (own, *decision.value["others"]) if decision.kind in PAIRING else (own,)


def end_ids(end: Mapping[str, Any]) -> tuple[str, ...]:
    """The id of an end, then the other members the thing had when the decision was taken."""
    return (end["id"], *(m for m in end.get("members") or () if m != end["id"]))


def parts(decision: Decision) -> tuple[tuple[str, ...], ...]:
    """The groups of ids that a decision holds together: the ends of a merge, the parts of a split, or its thing."""
    if decision.kind == DecisionKind.SPLIT:
        return tuple(tuple(part) for part in decision.value["parts"])
    return tuple(end_ids(end) for end in ends(decision))


def asked_ids(decision: Decision) -> tuple[str, ...]:
    """Every id of a thing that a decision names, its target first."""
    return tuple(dict.fromkeys((decision.target, *(id_ for part in parts(decision) for id_ in part))))


def keys(decision: Decision) -> set[str]:
    """What a store finds a decision by when it changes: the things it names, their sources and documents."""
    anchors = (decision.anchor, *ends(decision))
    places = {str(end.get(name) or "") for end in anchors for name in ("source", "document")}
    return {*asked_ids(decision), *places} - {""}


def bearing(decision: Decision, present: Collection[str], find: Finder) -> tuple[str, ...]:
    """The nodes a decision bears on now: those it names that are there, else those its anchor finds again.

    What pairs or splits bears on nothing where less than two ends are there.
    """
    if decision.kind == DecisionKind.ADD:
        return (decision.target,) if decision.target in present else ()
    if decision.kind == DecisionKind.SPLIT:
        found = [tuple(id_ for id_ in part if id_ in present) for part in parts(decision)]
    else:
        found = [find(end, tuple(id_ for id_ in end_ids(end) if id_ in present)) for end in ends(decision)]
    if decision.kind in {*JOINING, *PAIRING} and sum(map(bool, found)) < 2:
        return ()
    return tuple(dict.fromkeys(id_ for end in found for id_ in end))


def state_of(decision: Decision, gone: Collection[str], borne: Collection[str]) -> str:
    if decision.id in gone:
        return "undone"
    # Of a source and of its tree, the store tells more.
    is_text = decision.kind in {DecisionKind.UNDO, DecisionKind.DESCRIBE} or decision.kind in TREE
    return "active" if is_text or decision.id in borne else "waiting"


def with_states(log: Sequence[Decision], borne: Collection[str]) -> list[Decision]:
    """The log with the present state of each; `borne` are the ids of decisions that bear on something."""
    gone = undone(log)
    return [replace(d, state=state_of(d, gone, borne)) for d in log]


def unknown(decisions: Iterable[Decision], known: Collection[str]) -> list[Decision]:
    """The decisions whose ids are not known yet, each id once, in order."""
    return list({d.id: d for d in reversed(list(decisions)) if d.id not in known}.values())[::-1]


def to_undo(log: Sequence[Decision], asked: str) -> Decision:
    """The decision to undo. Raises NotFound, DecisionError with the reason why not."""
    found = [d for d in log if d.id == asked] or [d for d in log if asked and d.id.startswith(asked)]
    if not found:
        raise NotFound(asked)
    if len(found) > 1:
        raise DecisionError(f"{asked!r} is the beginning of {len(found)} decisions; give more of it")
    decision = found[0]
    if decision.kind == DecisionKind.UNDO:
        raise DecisionError(f"{decision.id} is an undo; take the correction again instead")
    if decision.state == "undone":
        raise DecisionError(f"{decision.id} is undone already")
    return decision


def check_targets(decision: Decision, seen: Mapping[str, int | None], found: Mapping[str, tuple[str, int]]) -> None:
    """Raise NotFound, Stale or DecisionError where a decision cannot be taken about what is there.

    `seen` are the versions that its author saw, `found` the canonical id and version of each thing that is there.
    """
    named = [str(end["id"]) for end in ends(decision)]
    for id_ in named:
        if id_ not in found:
            raise NotFound(id_)
        was, now = seen.get(id_), found[id_][1]
        if was is not None and was != now:
            raise Stale(f"{id_} was corrected since it was read (version {now}, seen {was})")
    if decision.kind in PAIRING and len({found[id_][0] for id_ in named}) == 1:
        raise DecisionError("these are one thing already")


def dependents(log: Sequence[Decision], decision: Decision) -> list[Decision]:
    """The later decisions, undone ones left out, that would not mean the same without this one.

    What was decided about the whole after a merge, about a part after a split, about what was added or cut off.
    """
    at = next((i for i, d in enumerate(log) if d.id == decision.id), len(log))
    later = (d for d in log[at + 1 :] if d.state != "undone" and d.kind != DecisionKind.UNDO)
    if made := _made(decision):
        return [d for d in later if made in asked_ids(d)]
    if decision.kind not in JOINING:
        return []
    held = [set(part) for part in parts(decision)]
    return [d for d in later if _rests_on(d, decision.kind, held)]


def taken_with(log: Iterable[Decision], first: str) -> list[Decision]:
    """What is still in force of the act that this decision is the first of, the latest first."""
    return [d for d in log if d.anchor.get(TAKEN_WITH) == first and d.state != "undone"][::-1]


def _made(decision: Decision) -> str:
    """The id of what is there by this decision alone."""
    if decision.kind == DecisionKind.CUT:
        return str(decision.value["made"])
    return decision.target if decision.kind == DecisionKind.ADD else ""


def _rests_on(later: Decision, kind: str, held: Sequence[set[str]]) -> bool:
    """Whether one group of ids that a later decision takes as one thing lies across the ends, or in one part."""
    for part in parts(later) if later.kind != DecisionKind.SPLIT else [asked_ids(later)]:
        crossed = sum(not group.isdisjoint(part) for group in held)
        if crossed > 1 if kind == DecisionKind.MERGE else crossed == 1:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing after the decisions on it."""

    kind: str
    label: str
    aliases: tuple[str, ...]
    rejected: bool
    confirmed: bool
    version: int


def apply(summary: Summary, decisions: Sequence[Decision], gone: Collection[str], joined: Collection[str]) -> Shown:
    """Lay decisions (in log order, undone ones included, for the version counts them) over what the sources say.

    `joined` are the ids of the merges that are in effect in this thing: after a split they name only one part of it.
    """
    kind, label, rejected, confirmed = summary.kind, summary.label, False, False
    for decision in decisions:
        if decision.id in gone:
            continue
        whole = decision.kind == DecisionKind.MERGE and decision.id in joined
        if whole or decision.kind == DecisionKind.RENAME:
            label = str(decision.value["label"])
        if whole or decision.kind == DecisionKind.KIND:
            kind = str(decision.value["kind"])
        rejected |= decision.kind == DecisionKind.REJECT
        confirmed |= decision.kind in {DecisionKind.CONFIRM, DecisionKind.ADD}
    aliases = tuple(sorted({summary.label, *summary.aliases} - {label}))
    version = sum(2 if d.id in gone else 1 for d in decisions)
    return Shown(kind, label, aliases, rejected, confirmed and not rejected, version)


def in_effect(decision: Decision, borne: Collection[str], members: Collection[str]) -> bool:
    """Whether a merge still joins its target with anything in the thing that has these members."""
    own, here = set(end_ids(ends(decision)[0])), set(borne).intersection(members)
    return len(here) == len(set(borne)) or bool(here & own and here - own)
