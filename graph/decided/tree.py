"""The tree of a source as people corrected it: blocks moved, fused, cut, laid over what was read. Pure, for any store.

A correction names blocks by id, place and label, so that it is found again in a new version of the document; one whose
blocks are not there, or that would make a loop, changes nothing and waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.decided.overlay import about, text_version
from graph.errors import DecisionError
from graph.model import TREE, Decision, DecisionKind, Passage, make_id

Ref = Mapping[str, Any]  # a block: its id, and place and label to find it again

FUSED = "fused"  # the attribute that lists the ids of the blocks that another took in


def ref(passage: Passage | None) -> dict[str, Any]:
    """What finds a block again; nothing for none (above the roots, before the first)."""
    return {"id": passage.id, "label": passage.label, "place": passage.place} if passage else {}


def of_document(log: Iterable[Decision], source: str, document: str) -> list[Decision]:
    """The corrections in force of the tree of a source, or of another version of its document, in log order."""
    return [d for d in about(log, TREE, source, document) if d.state != "undone"]


def version(log: Iterable[Decision], source: str, document: str) -> int:
    """What changes with each correction of the tree, undoing included: an edit carries the one it saw."""
    return text_version(log, DecisionKind.MOVE, source, document)


@dataclass(slots=True)
class Tree:
    """The blocks of a source after corrections; `found` are the ids of those that could be laid."""

    passages: list[Passage]
    found: set[str] = field(default_factory=set)


def laid(passages: Sequence[Passage], decisions: Iterable[Decision]) -> Tree:
    """Lay corrections over the blocks of one source, in their order."""
    tree = Tree(list(passages))
    for decision in decisions:
        target = resolve({**decision.anchor, "id": decision.target}, tree.passages)
        changed = target and _LAY[DecisionKind(decision.kind)](tree.passages, target, decision.value)
        if changed:
            tree.passages, tree.found = changed, tree.found | {decision.id}
    if tree.found:
        tree.passages = [replace(p, order=n) if p.order != n else p for n, p in enumerate(tree.passages)]
    return tree


def resolve(wanted: Ref, passages: Sequence[Passage]) -> Passage | None:
    """The block with this id; else the only one with its place and label, else with its label."""
    by_id = next((p for p in passages if p.id == wanted.get("id")), None)
    if by_id or not wanted.get("label"):
        return by_id
    same = [p for p in passages if p.label == wanted["label"]]
    placed = [p for p in same if wanted.get("place") and p.place == wanted["place"]]
    return next((found[0] for found in (placed, same) if len(found) == 1), None)


def below(passages: Sequence[Passage], root: str) -> set[str]:
    """The ids of a block and of all under it, whatever the depth."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for p in passages:
        children[p.parent].append(p.id)
    out, waiting = {root}, [root]
    while waiting:
        new = [child for child in children[waiting.pop()] if child not in out]
        out.update(new)
        waiting += new
    return out


def _moved(passages: list[Passage], target: Passage, value: Mapping[str, Any]) -> list[Passage] | None:
    parent = resolve(value["parent"], passages) if value["parent"] else None
    branch = below(passages, target.id)
    if (value["parent"] and parent is None) or (parent and parent.id in branch):
        return None
    level = parent.level + 1 if parent else min(p.level for p in passages)
    same = target.parent == (parent.id if parent else None)
    shift = 0 if same else level - target.level
    own = [replace(p, level=p.level + shift) if shift else p for p in passages if p.id in branch]
    own = [
        replace(p, parent=parent.id if parent else None, parent_confidence=1.0) if p.id == target.id else p for p in own
    ]
    if same and "after" not in value:
        changed = {p.id: p for p in own}
        return [changed.get(p.id, p) for p in passages]
    rest = [p for p in passages if p.id not in branch]
    at = _after(rest, parent, resolve(value.get("after") or {}, rest))
    return [*rest[:at], *own, *rest[at:]]


def _after(rest: Sequence[Passage], parent: Passage | None, sibling: Passage | None) -> int:
    """Where a branch goes: after all of this sibling, else right under its parent, else first."""
    if sibling:
        branch = below(rest, sibling.id)
        return max(n for n, p in enumerate(rest) if p.id in branch) + 1
    return next((n for n, p in enumerate(rest) if parent and p.id == parent.id), -1) + 1


def _fused(passages: list[Passage], target: Passage, value: Mapping[str, Any]) -> list[Passage] | None:
    other = resolve(value["other"], passages)
    if other is None or other.id == target.id or target.id in below(passages, other.id):
        return None
    first, second = sorted((target, other), key=lambda p: p.start)
    taken = [*target.attributes.get(FUSED, ()), other.id, *other.attributes.get(FUSED, ())]
    whole = replace(
        target,
        label=f"{first.label} {second.label}".strip(),
        attributes={**target.attributes, FUSED: taken},
    )
    shift = target.level - other.level
    inside = below(passages, other.id)

    def kept(p: Passage) -> Passage:
        if p.id == target.id:
            return whole
        p = replace(p, level=p.level + shift) if p.id in inside and shift else p
        return replace(p, parent=target.id) if p.parent == other.id else p

    children = [kept(p) for p in passages if p.id in inside and p.id != other.id]
    rest = [kept(p) for p in passages if p.id not in inside]
    branch = below(rest, target.id)
    at = max(n for n, p in enumerate(rest) if p.id in branch) + 1
    return [*rest[:at], *children, *rest[at:]]


def _cut(passages: list[Passage], target: Passage, value: Mapping[str, Any]) -> list[Passage] | None:
    at = target.start + int(value["at"])
    words = target.label.split()
    if not target.start < at < target.end or not 0 < int(value["words"]) < len(words):
        return None
    first, second = " ".join(words[: int(value["words"])]), " ".join(words[int(value["words"]) :])
    one = replace(target, end=at, label=first)
    other = replace(target, id=str(value["made"]), start=at, label=second, attributes={}, parent_confidence=1.0)
    branch = below(passages, target.id)
    after = max(n for n, p in enumerate(passages) if p.id in branch) + 1
    out = [one if p.id == target.id else p for p in passages]
    return [*out[:after], other, *out[after:]]


_LAY = {DecisionKind.MOVE: _moved, DecisionKind.FUSE: _fused, DecisionKind.CUT: _cut}


# --- what a correction says -----------------------------------------------------------------------------------------


def move_value(
    passages: Sequence[Passage], target: Passage, parent: Passage | None, after: Passage | None
) -> dict[str, Any]:
    """Under a parent (none: among the roots), after a sibling (none: first).

    Raises DecisionError for a loop, and where what it should follow is itself or stands elsewhere.
    """
    if parent and parent.id in below(passages, target.id):
        raise DecisionError("a block cannot stand under itself")
    if after and (after.id == target.id or after.parent != (parent.id if parent else None)):
        raise DecisionError("a block goes after one that stands under the same parent")
    return {"parent": ref(parent), "after": ref(after)}


def confirm_value(passages: Sequence[Passage], target: Passage) -> dict[str, Any]:
    """Where it is: the parent that was guessed is right."""
    return {"parent": ref(next((p for p in passages if p.id == target.parent), None))}


def cut_value(text: str, target: Passage, words: int) -> dict[str, Any]:
    """In two after so many words. Raises DecisionError where that leaves nothing on one side."""
    label = target.label.split()
    if not 0 < words < len(label):
        raise DecisionError(f"a block is cut after 1 to {max(len(label) - 1, 1)} of its words")
    own = text[target.start : target.end]
    at = 0
    for word in label[:words]:
        found = own.find(word, at)
        if found < 0:
            raise DecisionError("the words of this block do not stand so in the text")
        at = found + len(word)
    at += len(own[at:]) - len(own[at:].lstrip())
    made = make_id("passage", target.id, "cut", at)
    return {"at": at, "words": words, "made": made}


def shifted(passages: Sequence[Passage], target: Passage, *, deeper: bool) -> dict[str, Any]:
    """One step to the right (last under the sibling before it) or to the left (after its parent).

    Raises DecisionError where there is no such place.
    """
    by_id = {p.id: p for p in passages}
    if deeper:
        before = siblings_before(passages, target)
        if not before:
            raise DecisionError("there is nothing before it to stand under")
        children = [p for p in passages if p.parent == before[-1].id]
        return move_value(passages, target, before[-1], children[-1] if children else None)
    parent = by_id.get(target.parent or "")
    if parent is None:
        raise DecisionError("it stands at the first level already")
    return move_value(passages, target, by_id.get(parent.parent or ""), parent)


def siblings_before(passages: Sequence[Passage], target: Passage) -> list[Passage]:
    """The blocks with the same parent that come before it, in order."""
    same = [p for p in passages if p.parent == target.parent]
    return same[: next((n for n, p in enumerate(same) if p.id == target.id), 0)]
