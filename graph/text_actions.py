"""Acts of a person on the text of a source: what they add from it, what they change in its tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graph.actions import allow, merge, record
from graph.decided import tree
from graph.decided.checking import MAX_QUOTE, checked_kind, checked_label
from graph.errors import DecisionError, NotFound, Stale
from graph.model import Actor, Decision, DecisionKind, Filter, Passage, Source, make_id
from graph.persons.forgetting import is_masked_name
from graph.store.base import Store
from graph.versions.reattach import context


def add(
    store: Store,
    actor: Actor,
    source: str,
    span: tuple[int, int],
    kind: str,
    label: str = "",
    reason: str = "",
    *,
    onto: str = "",
) -> Decision:
    """Say that a piece of a source (its span, in code points) is a thing of this kind; without a label, its own words.

    `onto` is a thing that it is one with: a second decision, which depends on the first. Raises PermissionDenied,
    NotFound, DecisionError (a span outside any block, too long or blank; a kind; a label; added already; with `onto`, a
    label that is a masked name).
    """
    allow(actor, "add")
    whole = store.source(source)
    start, end = _span(whole.text, span)
    quote = whole.text[start:end]
    if not any(p.start <= start and end <= p.end for p in store.passages(whole.id)):
        raise DecisionError("a piece lies within one block of the text")
    if onto:  # before anything is taken: the merge follows in a decision of its own
        _may_join(store, onto, kind)
    value = {"kind": checked_kind(kind), "label": checked_label(label or " ".join(quote.split()), MAX_QUOTE)}
    if onto and is_masked_name(kind, store.masker().text(value["label"])):
        raise DecisionError("this name is masked here: nothing would bear it")
    made = make_id(kind, "added", whole.document, start, quote)
    if store.get(made):
        raise DecisionError("this was added already, from the same words")
    before, after = context(whole.text, start, end)
    about = {"kind": kind, "label": value["label"], "start": start, "end": end, "quote": quote}
    anchor = {**about, **_place(whole), "before": before, "after": after}
    taken = store.decide(record(actor, DecisionKind.ADD, made, value, anchor, reason))
    if onto:
        merge(store, actor, [onto, made], reason)
    return taken


def _may_join(store: Store, thing: str, kind: str) -> None:
    found = store.get(thing)
    if found is None:
        raise NotFound(thing)
    checked_kind(found.kind, kind)


def _span(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without the spaces at its ends."""
    start, end = span
    if not 0 <= start < end <= len(text):
        raise DecisionError(f"there is no piece {start}-{end} in this text")
    own = text[start:end]
    start, end = start + len(own) - len(own.lstrip()), end - len(own) + len(own.rstrip())
    if not 0 < end - start <= MAX_QUOTE:
        raise DecisionError(f"a piece has 1 to {MAX_QUOTE} characters")
    return start, end


# --- the tree -------------------------------------------------------------------------------------------------------

Say = Callable[[list[Passage], Passage], Mapping[str, Any]]


def confirm_place(store: Store, actor: Actor, block: str, reason: str = "", seen: int | None = None) -> Decision:
    """Say that a block stands under the right parent. `seen` is the version of the tree that was read (`version`).

    Raises PermissionDenied, NotFound, Stale, DecisionError.
    """
    return _change(store, actor, DecisionKind.MOVE, block, tree.confirm_value, reason, seen)


def indent(store: Store, actor: Actor, block: str, reason: str = "", seen: int | None = None) -> Decision:
    """Put a block, with all under it, last under the one before it. Raises as `confirm_place` does."""
    return _change(store, actor, DecisionKind.MOVE, block, partial(tree.shifted, deeper=True), reason, seen)


def outdent(store: Store, actor: Actor, block: str, reason: str = "", seen: int | None = None) -> Decision:
    """Put a block, with all under it, after its parent. Raises as `confirm_place` does."""
    return _change(store, actor, DecisionKind.MOVE, block, partial(tree.shifted, deeper=False), reason, seen)


def move(
    store: Store, actor: Actor, block: str, parent: str, after: str = "", reason: str = "", seen: int | None = None
) -> Decision:
    """Put a block, with all under it, under `parent` ("" for the first level), after a sibling or first.

    Raises as `confirm_place` does.
    """

    def say(passages: list[Passage], target: Passage) -> Mapping[str, Any]:
        return tree.move_value(passages, target, _block(passages, parent), _block(passages, after))

    return _change(store, actor, DecisionKind.MOVE, block, say, reason, seen)


def fuse(store: Store, actor: Actor, block: str, other: str, reason: str = "", seen: int | None = None) -> Decision:
    """Make one block of two, that one reading had cut; what is under the other goes under it. Raises as above."""

    def say(passages: list[Passage], target: Passage) -> Mapping[str, Any]:
        second = _block(passages, other)
        if second is None or second.id == target.id or target.id in tree.below(passages, second.id):
            raise DecisionError("a block is fused with another that it does not stand under")
        return {"other": tree.ref(second)}

    return _change(store, actor, DecisionKind.FUSE, block, say, reason, seen)


def cut(store: Store, actor: Actor, block: str, words: int, reason: str = "", seen: int | None = None) -> Decision:
    """Make two blocks of one, after so many of its words. Raises as `confirm_place` does."""

    def say(_: list[Passage], target: Passage) -> Mapping[str, Any]:
        return tree.cut_value(store.source(_source_of(store, block)).text, target, words)

    return _change(store, actor, DecisionKind.CUT, block, say, reason, seen)


def version(store: Store, source: str) -> int:
    """The version of the tree of a source, for an edit to carry. Raises NotFound."""
    found = store.sources(Filter(source=source))
    if not found:
        raise NotFound(source)
    return tree.version(store.decisions(), source, found[0].document)


def _change(
    store: Store, actor: Actor, kind: DecisionKind, block: str, say: Say, reason: str, seen: int | None
) -> Decision:
    allow(actor, "change a tree")
    source = store.source(_source_of(store, block))
    now = tree.version(store.decisions(), source.id, source.document)
    if seen is not None and seen != now:
        raise Stale(f"the tree of {source.name} was changed since it was read (version {now}, seen {seen})")
    passages = store.passages(source.id)
    target = next(p for p in passages if p.id == block)
    anchor = {"kind": "passage", **tree.ref(target), **_place(source)}
    return store.decide(record(actor, kind, block, say(passages, target), anchor, reason), seen_version=now)


def _source_of(store: Store, block: str) -> str:
    found = store.passage(block)
    if found is None or found[1].id != block:
        raise NotFound(block)
    return found[0]


def _block(passages: list[Passage], wanted: str) -> Passage | None:
    if not wanted:
        return None
    found = next((p for p in passages if p.id == wanted), None)
    if found is None:
        raise NotFound(wanted)
    return found


def _place(source: Source) -> dict[str, str]:
    return {"source": source.id, "document": source.document}
