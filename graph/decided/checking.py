"""Which decisions any store can apply: the shape of each, and its bounds. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from graph.decided.described import FIELDS
from graph.decided.overlay import asked_ids, end_ids, ends, keys
from graph.errors import DecisionError
from graph.model import Decision, DecisionKind
from ontology import load

MAX_LABEL = 300
MAX_REASON = 500  # characters: the log is never cut
MAX_QUOTE = 5_000  # characters that a thing added by a person rests on
MAX_ID = 500  # characters: ids are indexed
MOST_ENDS = 200  # things that one merge joins
MOST_MEMBERS = 5_000  # nodes that one decision names: a merge of everything into one is refused and told
_OVERLAID = ("thing", "statement", "event", "act")


def checked_label(label: str, longest: int = MAX_LABEL) -> str:
    """The label stripped. Raises DecisionError unless it has 1 to `longest` characters, none of them control ones."""
    stripped = label.strip()
    if not 1 <= len(stripped) <= longest:
        raise DecisionError(f"a label has 1 to {longest} characters, not {len(stripped)}")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in stripped):
        raise DecisionError("a label holds no control characters or line breaks")
    return stripped


def checked_reason(reason: str) -> str:
    """The reason of a correction, stripped. Raises DecisionError for more than MAX_REASON characters."""
    stripped = reason.strip()
    if len(stripped) > MAX_REASON:
        raise DecisionError(f"a reason has {MAX_REASON} characters at most")
    return stripped


def checked_kind(kind: str, before: str = "") -> str:
    """The kind. Raises DecisionError unless it is a kind of the same role as the one before, where that is known."""
    known = load().kinds
    role = known[kind].role if kind in known else ""
    if role not in _OVERLAID:
        raise DecisionError(f"{kind!r} is no kind that a thing can have")
    if before in known and known[before].role != role:
        raise DecisionError(f"what is a {before} ({known[before].role}) cannot be a {kind} ({role})")
    return kind


def check_decision(decision: Decision) -> None:
    """Raise DecisionError for a correction that no store can apply: of unknown kind, ill-formed, too large."""
    check = _CHECKS.get(decision.kind)
    if check is None:
        raise DecisionError(f"unknown correction {decision.kind!r}")
    members = decision.anchor.get("members")
    if members is not None and not _are_ids(members):
        raise DecisionError("the members of a thing are a list of ids")
    check(decision)
    named = asked_ids(decision)
    if len(named) > MOST_MEMBERS:
        raise DecisionError(f"{len(named)} things under one: {MOST_MEMBERS} at most; nothing was changed")
    if any(len(key) > MAX_ID for key in keys(decision)):
        raise DecisionError(f"an id has {MAX_ID} characters at most")


def check_record(decision: Decision) -> None:
    """Raise DecisionError for an entry of another log that no store can apply: as `check_decision`; undos pass."""
    if not decision.id or len(decision.id) > MAX_ID or len(decision.target) > MAX_ID:
        raise DecisionError("a decision without an id, or with one that is too long")
    if decision.kind != DecisionKind.UNDO:
        check_decision(decision)


def _nothing(decision: Decision) -> None:
    """Nothing but the thing is given."""


def _label(decision: Decision) -> None:
    label = decision.value.get("label")
    if not isinstance(label, str) or label != checked_label(label):
        raise DecisionError("a label is given without spaces around it")


def _kind(decision: Decision) -> None:
    checked_kind(str(decision.value.get("kind")), str(decision.anchor.get("kind") or ""))


def _merge(decision: Decision) -> None:
    _label(decision)
    checked_kind(str(decision.value.get("kind")))
    _others(decision)


def _others(decision: Decision) -> None:
    others = decision.value.get("others")
    if not isinstance(others, list | tuple) or not others or not all(map(_is_end, others)):
        raise DecisionError("a merge names the other things")
    if len(others) > MOST_ENDS:
        raise DecisionError(f"{len(others)} things in one merge: {MOST_ENDS} at most; nothing was changed")
    if decision.target in {id_ for end in ends(decision)[1:] for id_ in end_ids(end)}:
        raise DecisionError("a thing is not merged with itself")


def _addition(decision: Decision) -> None:
    label, anchor = decision.value.get("label"), decision.anchor
    if not isinstance(label, str) or label != checked_label(label, MAX_QUOTE):
        raise DecisionError("a label is given without spaces around it")
    checked_kind(str(decision.value.get("kind")))
    start, quote = anchor.get("start"), anchor.get("quote")
    if not _is_count(start) or not isinstance(quote, str) or not 1 <= len(quote) <= MAX_QUOTE:
        raise DecisionError(f"what is added rests on 1 to {MAX_QUOTE} characters of a source")
    if not (isinstance(anchor.get("source"), str) and anchor["source"]):
        raise DecisionError("what is added rests on a source")


def _move(decision: Decision) -> None:
    if not _is_ref(decision.value.get("parent")) or not _is_ref(decision.value.get("after", {})):
        raise DecisionError("a block is moved under another, or none, and after another, or none")


def _fusion(decision: Decision) -> None:
    other = decision.value.get("other")
    if not other or not _is_ref(other) or other["id"] == decision.target:
        raise DecisionError("a block is fused with another")


def _cutting(decision: Decision) -> None:
    value = decision.value
    if not _is_count(value.get("at")) or not _is_count(value.get("words")) or not _are_ids([value.get("made")]):
        raise DecisionError("a block is cut at a place and makes another")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_ref(value: Any) -> bool:
    """Nothing, or a block by id, label and place."""
    return isinstance(value, Mapping) and (
        not value or (_are_ids([value.get("id")]) and all(isinstance(value.get(k), str) for k in ("label", "place")))
    )


def _description(decision: Decision) -> None:
    if not decision.value or not set(decision.value) <= set(FIELDS):
        raise DecisionError(f"a source is described by its {', '.join(FIELDS)}")
    if dict(decision.value) != {name: checked_field(name, said) for name, said in decision.value.items()}:
        raise DecisionError("a field is given without spaces around it")
    if not (isinstance(decision.anchor.get("source"), str) and decision.anchor["source"]):
        raise DecisionError("what is described is a source")


def checked_field(name: str, said: object) -> str:
    """One field of a description, stripped; it may be empty. Raises DecisionError (too long, no ISO day or month)."""
    text = said.strip() if isinstance(said, str) else ""
    if not isinstance(said, str) or (name == "date" and text and not _is_date(text)):
        raise DecisionError(f"{said!r} is no day (2026-03-18), month (2026-03) or year")
    return checked_label(text) if text else ""


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _split(decision: Decision) -> None:
    parts = decision.value.get("parts")
    if not isinstance(parts, list | tuple) or len(parts) < 2 or not all(p and _are_ids(p) for p in parts):
        raise DecisionError("a split names two parts or more")
    ids = [id_ for part in parts for id_ in part]
    if len(ids) != len(set(ids)):
        raise DecisionError("the parts of a split have nothing in common")


def _is_end(end: Any) -> bool:
    return (
        isinstance(end, Mapping)
        and isinstance(end.get("id"), str)
        and bool(end["id"])
        and _are_ids(end.get("members") or [])
    )


def _are_ids(ids: Any) -> bool:
    return isinstance(ids, list | tuple) and all(isinstance(id_, str) and id_ for id_ in ids)


_CHECKS: Mapping[str, Callable[[Decision], None]] = {
    DecisionKind.RENAME: _label,
    DecisionKind.REJECT: _nothing,
    DecisionKind.CONFIRM: _nothing,
    DecisionKind.KIND: _kind,
    DecisionKind.MERGE: _merge,
    DecisionKind.SPLIT: _split,
    DecisionKind.APART: _others,
    DecisionKind.ADD: _addition,
    DecisionKind.MOVE: _move,
    DecisionKind.FUSE: _fusion,
    DecisionKind.CUT: _cutting,
    DecisionKind.DESCRIBE: _description,
}
