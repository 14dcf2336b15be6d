"""Decisions over extraction: which are in force, what they bear on, what they change. Pure, shared by every store."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import DecisionError, NotFound
from graph.identity import Summary
from graph.model import Decision, DecisionKind
from graph.text import fold

MAX_LABEL = 300


@dataclass(frozen=True, slots=True)
class Trace:
    """A node found in the document a decision was about, as something that decision may re-attach to."""

    node: str
    kind: str
    label: str
    quote: str


def undone(log: Iterable[Decision]) -> set[str]:
    """The ids of the decisions that a later one deactivates."""
    return {d.target for d in log if d.kind == DecisionKind.UNDO}


def asked_ids(decision: Decision) -> tuple[str, ...]:
    """Every id a decision names: its target, then the other members the thing had when it was taken."""
    members = decision.anchor.get("members") or ()
    return (decision.target, *(m for m in members if m != decision.target))


def bearing(decision: Decision, present: Collection[str], traces: Sequence[Trace]) -> tuple[str, ...]:
    """The nodes a decision bears on now: those it names that are there, else the one its anchor finds again.

    `traces` are the nodes of the anchor's document; needed only where no named id is present.
    """
    named = tuple(id_ for id_ in asked_ids(decision) if id_ in present)
    return named or reattach(decision.anchor, traces)


def reattach(anchor: Mapping[str, Any], traces: Sequence[Trace]) -> tuple[str, ...]:
    """The unique node of the anchor's kind with its quote, else its label, else one of its names; none in doubt."""
    same_kind = [t for t in traces if t.kind == anchor.get("kind")]
    labels = {fold(str(anchor.get("label") or ""))}
    names = labels | {fold(str(name)) for name in anchor.get("names") or ()}
    quotes = {str(anchor.get("quote") or "")}
    for wanted, said in ((quotes, _quote), (labels, _label), (names, _label)):
        found = {t.node for t in same_kind if said(t) in wanted - {""}}
        if len(found) == 1:
            return tuple(found)
    return ()


def _quote(trace: Trace) -> str:
    return trace.quote


def _label(trace: Trace) -> str:
    return fold(trace.label)


def with_states(log: Sequence[Decision], borne: Collection[str]) -> list[Decision]:
    """The log with the present state of each; `borne` are the ids of decisions that bear on something."""
    gone = undone(log)

    def state(decision: Decision) -> str:
        if decision.id in gone:
            return "undone"
        return "active" if decision.kind == DecisionKind.UNDO or decision.id in borne else "waiting"

    return [replace(d, state=state(d)) for d in log]


def check_decision(decision: Decision) -> None:
    """Raise DecisionError for a correction that no store can apply: unknown kind, empty or unfit label."""
    if decision.kind not in (DecisionKind.RENAME, DecisionKind.REJECT):
        raise DecisionError(f"unknown correction {decision.kind!r}")
    if decision.kind == DecisionKind.RENAME and decision.value.get("label") != checked_label(
        str(decision.value.get("label", ""))
    ):
        raise DecisionError("a label is given without spaces around it")


def check_record(decision: Decision) -> None:
    """Raise DecisionError for an entry of another log that no store can apply: as `check_decision`; undos pass."""
    if not decision.id:
        raise DecisionError("a decision without an id")
    if decision.kind != DecisionKind.UNDO:
        check_decision(decision)


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


def checked_label(label: str) -> str:
    """The label stripped. Raises DecisionError unless it has 1 to MAX_LABEL characters, none of them control ones."""
    stripped = label.strip()
    if not 1 <= len(stripped) <= MAX_LABEL:
        raise DecisionError(f"a label has 1 to {MAX_LABEL} characters, not {len(stripped)}")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in stripped):
        raise DecisionError("a label holds no control characters or line breaks")
    return stripped


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing after the decisions on it."""

    label: str
    aliases: tuple[str, ...]
    rejected: bool
    version: int


def apply(summary: Summary, decisions: Sequence[Decision], gone: Collection[str]) -> Shown:
    """Lay decisions (in log order, undone ones included, for the version counts them) over what the sources say."""
    label, rejected = summary.label, False
    for decision in decisions:
        if decision.id in gone:
            continue
        if decision.kind == DecisionKind.RENAME:
            label = str(decision.value["label"])
        elif decision.kind == DecisionKind.REJECT:
            rejected = True
    aliases = tuple(sorted({summary.label, *summary.aliases} - {label}))
    version = sum(2 if d.id in gone else 1 for d in decisions)
    return Shown(label, aliases, rejected, version)
