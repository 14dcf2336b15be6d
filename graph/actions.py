"""Every act of a person on the graph: who acts, whether they may, and the record of it.

Pages and commands change a store through these functions only.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from graph.decided.checking import checked_field, checked_kind, checked_label, checked_reason
from graph.decided.described import FIELDS, read_of
from graph.decided.overlay import TAKEN_WITH, dependents, taken_with, text_version, to_undo
from graph.errors import DecisionError, HasDependents, MaillageError, NotFound, PermissionDenied, Stale
from graph.model import Actor, Decision, DecisionKind, Role, SourceInfo, Thing, Visibility
from graph.store.base import Store
from graph.versions.anchors import Anchors, anchor_of

OF_ONE = (DecisionKind.RENAME, DecisionKind.REJECT, DecisionKind.KIND, DecisionKind.CONFIRM)
_INSTEAD_OF = "instead_of"  # in the anchor of a decision that was moved: the id of the one that it replaces


def rename(
    store: Store, actor: Actor, thing: str, label: str, reason: str = "", seen_version: int | None = None
) -> Decision:
    """Give a thing another label; what the sources say stays among its aliases.

    Raises PermissionDenied, NotFound, DecisionError (the label), Stale (corrected by another since `seen_version`).
    """
    allow(actor, "rename")
    value = {"label": checked_label(label)}
    return store.decide(_decision(store, actor, DecisionKind.RENAME, thing, value, reason), seen_version=seen_version)


def reject(store: Store, actor: Actor, thing: str, reason: str = "", seen_version: int | None = None) -> Decision:
    """Take a thing out of every answer; its sources keep their text. Raises as `rename` does."""
    allow(actor, "reject")
    return store.decide(_decision(store, actor, DecisionKind.REJECT, thing, {}, reason), seen_version=seen_version)


def confirm(store: Store, actor: Actor, thing: str, reason: str = "", seen_version: int | None = None) -> Decision:
    """Say that a thing is right as it is; pages can then show only what was confirmed. Raises as `rename` does."""
    allow(actor, "confirm")
    return store.decide(_decision(store, actor, DecisionKind.CONFIRM, thing, {}, reason), seen_version=seen_version)


def change_kind(
    store: Store, actor: Actor, thing: str, kind: str, reason: str = "", seen_version: int | None = None
) -> Decision:
    """Say that a thing is of another kind of the same role; its id and links stay. Raises as `rename` does."""
    allow(actor, "change the kind of a thing")
    value = {"kind": checked_kind(kind, _present(store, thing).kind)}
    return store.decide(_decision(store, actor, DecisionKind.KIND, thing, value, reason), seen_version=seen_version)


def merge(
    store: Store,
    actor: Actor,
    things: Sequence[str],
    reason: str = "",
    *,
    label: str = "",
    seen: Mapping[str, int] | None = None,
) -> Decision:
    """Say that two things or more are one, under the label and kind of the first, or another `label`.

    `seen` are the versions seen, by the ids given. Raises PermissionDenied, NotFound, Stale, DecisionError (one thing
    already, kinds of different roles, too many).
    """
    allow(actor, "merge")
    first, *others = _several(store, things)
    for other in others:
        checked_kind(first.kind, other.kind)
    value = {"label": checked_label(label or first.label), "kind": first.kind, "others": _ends(store, others)}
    return _decide_on_several(store, actor, DecisionKind.MERGE, first, value, reason, seen or {})


def keep_apart(
    store: Store, actor: Actor, things: Sequence[str], reason: str = "", *, seen: Mapping[str, int] | None = None
) -> Decision:
    """Say that things are not the same: nobody is asked again whether they are. Raises as `merge` does."""
    allow(actor, "keep things apart")
    first, *others = _several(store, things)
    value = {"others": _ends(store, others)}
    return _decide_on_several(store, actor, DecisionKind.APART, first, value, reason, seen or {})


def _several(store: Store, things: Sequence[str]) -> list[Thing]:
    found = list({thing.id: thing for thing in (_present(store, id_) for id_ in things)}.values())
    if len(found) < 2:
        raise DecisionError("these are one thing already")
    return found


def _ends(store: Store, things: Sequence[Thing]) -> list[dict[str, Any]]:
    anchors = Anchors(store)
    return [{**anchors.of(thing), "id": thing.id} for thing in things]


def _decide_on_several(
    store: Store,
    actor: Actor,
    kind: DecisionKind,
    first: Thing,
    value: Mapping[str, Any],
    reason: str,
    seen: Mapping[str, int],
) -> Decision:
    versions = {_present(store, id_).id: version for id_, version in seen.items()}
    return store.decide(_decision(store, actor, kind, first.id, value, reason), seen=versions)


def split(
    store: Store,
    actor: Actor,
    thing: str,
    apart: Sequence[str] = (),
    reason: str = "",
    seen_version: int | None = None,
) -> Decision:
    """Take the members `apart` out of a thing, as one thing of their own; without any, each member stands alone.

    Raises as `rename` does, and DecisionError where nothing can be taken apart.
    """
    allow(actor, "split")
    found = _present(store, thing)
    unknown = sorted(set(apart) - set(found.members))
    if unknown:
        raise DecisionError(f"{', '.join(unknown)}: not in {found.id}")
    rest = [member for member in found.members if member not in set(apart)]
    parts = [sorted(set(apart)), rest] if apart else [[member] for member in rest]
    if len(parts) < 2 or not all(parts):
        raise DecisionError(f"{found.id} is one piece: there is nothing to take apart")
    decision = _decision(store, actor, DecisionKind.SPLIT, found.id, {"parts": parts}, reason)
    return store.decide(decision, seen_version=seen_version)


def undo(store: Store, actor: Actor, decision: str, reason: str = "", *, together: bool = False) -> Decision:
    """Deactivate a decision; the graph is then as if it had not been taken: the one that it was moved from waits again.

    What was decided later about a merged or split thing depends on it: it is named in HasDependents, or undone first
    where `together` is set. Raises PermissionDenied, NotFound, DecisionError (undone already, or itself an undo).
    """
    allow(actor, "undo")
    target = to_undo(store.decisions(), decision)
    taken = give_up(store, actor, target.id, reason, together=together)
    _bring_back(store, actor, str(target.anchor.get(_INSTEAD_OF) or ""))
    return taken


def _bring_back(store: Store, actor: Actor, decision: str) -> None:
    """Take an undone decision anew, about the thing it was about, whether that is there or not."""
    former = next((d for d in store.decisions() if d.id == decision and d.state == "undone"), None)
    if former:
        again = record(actor, DecisionKind(former.kind), former.target, former.value, former.anchor, "")
        store.adopt([replace(again, reason=former.reason)])


def give_up(store: Store, actor: Actor, decision: str, reason: str = "", *, together: bool = False) -> Decision:
    """Deactivate a decision for good: as `undo`, but the one that it was moved from stays undone."""
    allow(actor, "undo")
    log = store.decisions()
    target = to_undo(log, decision)
    later = dependents(log, target)
    if later and not together:
        raise HasDependents(target, later)
    for dependent in reversed(later):
        if any(d.id == dependent.id and d.state != "undone" for d in store.decisions()):
            undo(store, actor, dependent.id, reason, together=True)
    for other in taken_with(log, target.id):
        store.undo(other.id, actor, checked_reason(reason))
    return store.undo(target.id, actor, checked_reason(reason))


def reattach(
    store: Store, actor: Actor, decision: str, thing: str, reason: str = "", seen_version: int | None = None
) -> Decision:
    """Take the same correction about another thing, and undo the former: for one that did not find its way.

    Raises as `rename` does, and DecisionError for a correction of several things, which is taken anew by hand.
    """
    allow(actor, "move a decision")
    former = to_undo(store.decisions(), decision)
    if former.kind not in OF_ONE:
        raise DecisionError(f"a {former.kind} is about several things: take it anew")
    value = dict(former.value)
    if former.kind == DecisionKind.KIND:
        checked_kind(str(value["kind"]), _present(store, thing).kind)
    anew = _decision(store, actor, DecisionKind(former.kind), thing, value, reason)
    anchor = {**anew.anchor, _INSTEAD_OF: former.id}
    taken = store.decide(replace(anew, anchor=anchor, reason=anew.reason or former.reason), seen_version=seen_version)
    try:
        give_up(store, actor, former.id, reason, together=True)
    except MaillageError:
        store.undo(taken.id, actor)  # another moved or undid the former meanwhile: what they did stands
        raise
    return taken


def remove_source(store: Store, actor: Actor, source: str) -> Mapping[str, int]:
    """Remove a source and all that rests on it alone; returns what went, by kind. Raises PermissionDenied, NotFound."""
    allow(actor, "remove a source")
    return store.remove(source, actor)


def describe(
    store: Store, actor: Actor, source: str, said: Mapping[str, str], reason: str = "", *, seen: str = ""
) -> Decision:
    """Say which `meeting` a source reports, its `date` (an ISO day or month) and `place`; "" says that there is none.

    Fields that are not given, or are so already, are left to what is read. `seen` is the digest of the source that the
    actor looked at. Raises PermissionDenied, NotFound, Stale, DecisionError (a field; nothing that changes).
    """
    return describe_together(store, actor, {source: said}, reason, seen={source: seen} if seen else {})


def describe_together(
    store: Store,
    actor: Actor,
    said: Mapping[str, Mapping[str, str]],
    reason: str = "",
    *,
    seen: Mapping[str, str] | None = None,
    again: bool = False,
) -> Decision:
    """The same of several sources, by id, as one act: undoing the decision that is returned undoes all of it.

    Each source keeps a decision of its own, so that it can be taken out again. Fields that change nothing are passed
    over, unless a person says them `again`, as true. Raises as `describe` does, before anything is taken.
    """
    allow(actor, "say which meeting a document reports")
    log = store.decisions()  # read first: what others say meanwhile is told
    here = {info.id: info for info in store.sources() if info.id in said}
    changed = [(info, value) for info, value in _changes(here, said, seen or {}, again=again) if value]
    if not changed:
        raise DecisionError("this is what the document says already")
    first: Decision | None = None
    for info, value in changed:
        taken = _describe(store, actor, info, value, reason, first.id if first else "", log)
        first = first or taken
    assert first is not None
    return first


def _changes(
    here: Mapping[str, SourceInfo], said: Mapping[str, Mapping[str, str]], seen: Mapping[str, str], *, again: bool
) -> Iterator[tuple[SourceInfo, dict[str, str]]]:
    """Each source with the fields that would change in it, all looked at before the first is taken."""
    for source, told in said.items():
        now = here.get(source)
        if now is None:
            raise NotFound(source)
        if seen.get(source, now.digest) != now.digest:
            raise Stale(f"{now.name} was imported or described anew since it was read")
        names = [n for n in FIELDS if n in told and (again or told[n].strip() != getattr(now, n).strip())]
        yield now, {name: checked_field(name, told[name]) for name in names}


def _describe(
    store: Store, actor: Actor, now: SourceInfo, value: Mapping[str, str], reason: str, first: str, log: list[Decision]
) -> Decision:
    place = {"source": now.id, "document": now.document, "read": read_of(store.source(now.id))}
    anchor = {"kind": "source", "label": now.title or now.name, **place, **({TAKEN_WITH: first} if first else {})}
    version = text_version(log, DecisionKind.DESCRIBE, now.id, now.document)
    return store.decide(record(actor, DecisionKind.DESCRIBE, now.id, value, anchor, reason), seen_version=version)


def publish(store: Store, actor: Actor, sources: Sequence[str]) -> int:
    """Show these sources to participants; returns how many were not shown yet. Raises PermissionDenied, NotFound.

    What will appear is told first by graph.course.publication.
    """
    allow(actor, "publish")
    return store.set_visibility(sources, Visibility.PUBLISHED, actor)


def withdraw(store: Store, actor: Actor, sources: Sequence[str]) -> int:
    """Take these sources back from participants; returns how many were shown. Raises as `publish` does."""
    allow(actor, "withdraw")
    return store.set_visibility(sources, Visibility.DRAFT, actor)


def allow(actor: Actor, act: str) -> None:
    """Raise PermissionDenied unless the actor may do this."""
    if actor.role != Role.FACILITATOR:
        raise PermissionDenied(f"only a facilitator may {act}; the role here is {actor.role}")


def _present(store: Store, asked: str) -> Thing:
    thing = store.get(asked)
    if thing is None:
        raise NotFound(asked)
    return thing


def _decision(
    store: Store, actor: Actor, kind: DecisionKind, asked: str, value: Mapping[str, Any], reason: str
) -> Decision:
    thing = _present(store, asked)
    return record(actor, kind, thing.id, value, anchor_of(store, thing), reason)


def record(
    actor: Actor, kind: DecisionKind, target: str, value: Mapping[str, Any], anchor: Mapping[str, Any], reason: str
) -> Decision:
    """A decision of now, not yet taken. Raises DecisionError for a reason that is too long."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Decision(uuid.uuid4().hex, kind, target, value, anchor, actor.name, now, checked_reason(reason))
