"""Every act of a person on the graph: who acts, whether they may, and the record of it.

Pages and commands change a store through these functions only.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from graph.errors import NotFound, PermissionDenied
from graph.model import Actor, Decision, DecisionKind, Filter, Role, Thing
from graph.overlay import checked_label
from graph.store.base import Store


def rename(
    store: Store, actor: Actor, thing: str, label: str, reason: str = "", seen_version: int | None = None
) -> Decision:
    """Give a thing another label; what the sources say stays among its aliases.

    Raises PermissionDenied, NotFound, DecisionError (the label), Stale (corrected by another since `seen_version`).
    """
    _allow(actor, "rename")
    value = {"label": checked_label(label)}
    return store.decide(_decision(store, actor, DecisionKind.RENAME, thing, value, reason), seen_version=seen_version)


def reject(store: Store, actor: Actor, thing: str, reason: str = "", seen_version: int | None = None) -> Decision:
    """Take a thing out of every answer; its sources keep their text. Raises as `rename` does."""
    _allow(actor, "reject")
    return store.decide(_decision(store, actor, DecisionKind.REJECT, thing, {}, reason), seen_version=seen_version)


def undo(store: Store, actor: Actor, decision: str, reason: str = "") -> Decision:
    """Deactivate a decision; the graph is then as if it had not been taken.

    Raises PermissionDenied, NotFound, DecisionError (undone already, or itself an undo).
    """
    _allow(actor, "undo")
    return store.undo(decision, actor, reason.strip())


def remove_source(store: Store, actor: Actor, source: str) -> Mapping[str, int]:
    """Remove a source and all that rests on it alone; returns what went, by kind. Raises PermissionDenied, NotFound."""
    _allow(actor, "remove a source")
    return store.remove(source, actor)


def _allow(actor: Actor, act: str) -> None:
    if actor.role != Role.FACILITATOR:
        raise PermissionDenied(f"only a facilitator may {act}; the role here is {actor.role}")


def _decision(
    store: Store, actor: Actor, kind: DecisionKind, asked: str, value: Mapping[str, Any], reason: str
) -> Decision:
    thing = store.get(asked)
    if thing is None:
        raise NotFound(asked)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    anchor = anchor_of(store, thing)
    return Decision(uuid.uuid4().hex, kind, thing.id, value, anchor, actor.name, now, reason.strip())


def anchor_of(store: Store, thing: Thing) -> dict[str, Any]:
    """What finds the thing again when its id is no longer there: its members, names, document and first mention."""
    anchor: dict[str, Any] = {
        "kind": thing.kind,
        "label": thing.label,
        "names": [thing.label, *thing.aliases],
        "members": list(thing.members),
    }
    for mention in store.evidence(thing.id, limit=1):
        anchor |= {"source": mention.source, "start": mention.start, "end": mention.end, "quote": mention.quote}
        anchor["document"] = next((s.document for s in store.sources(Filter(source=mention.source))), "")
    return anchor
