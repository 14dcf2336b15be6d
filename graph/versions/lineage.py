"""The versions of a document in a store: their order, what each changed, and the decisions that wait for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.decided import added, tree
from graph.decided.overlay import end_ids, ends
from graph.derived.prepare import prepare
from graph.errors import NotFound, StoreError
from graph.model import TREE, Decision, DecisionKind, Filter, SourceInfo, Thing
from graph.store.base import Store
from graph.versions.changes import Comparison, compare
from graph.versions.reattach import (
    Trace,
    Version,
    context,
    found_again,
    is_known_by_place,
    is_statement,
    native_id,
    read_kind,
)
from graph.versions.similar import WORTH, ratio, spelled

AFTER = "after"  # the option of a source that lists those it is a newer version of
_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A version and what it changed; `since` and `changed` are None for the first."""

    source: SourceInfo
    since: SourceInfo | None = None
    changed: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that bears on nothing, or not on the newest version (`source`) of the document it was taken about.

    `closest` are the things there that it may be about, most alike first.
    """

    decision: Decision
    source: SourceInfo | None
    closest: tuple[Thing, ...]


def document_of(store: Store, asked: str) -> str:
    """The id of the document with this id, or of the one that a source (id, beginning of it, name) is a version of.

    Raises NotFound, StoreError where a name is that of several documents.
    """
    infos = store.sources()
    begins = [s for s in infos if asked and (s.id.startswith(asked) or s.document.startswith(asked))]
    exact = ([s for s in infos if asked == getattr(s, name)] for name in ("document", "id", "name"))
    for named in (*exact, begins):
        found = sorted({s.document for s in named})
        if len(found) > 1:
            raise StoreError(f"{asked!r} names several documents: {', '.join(found[:6])}")
        if found:
            return found[0]
    raise NotFound(asked)


def versions(store: Store, document: str) -> list[Step]:
    """Every version of a document, oldest first, each with what it changed. Raises NotFound."""
    ordered = in_order(store, _of(store, document))
    if not ordered:
        raise NotFound(document)
    return [Step(ordered[0]), *(Step(new, old, compared(store, old, new)) for old, new in pairwise(ordered))]


def last_step(store: Store, source: str) -> Step | None:
    """What a source changed in its document; None where it is the only version, or the first. Raises NotFound."""
    info = next(iter(store.sources(Filter(source=source))), None)
    if info is None:
        raise NotFound(source)
    ordered = in_order(store, _of(store, info.document))
    at = [s.id for s in ordered].index(source)
    return Step(info, ordered[at - 1], compared(store, ordered[at - 1], info)) if at else None


def _of(store: Store, document: str) -> list[SourceInfo]:
    return store.sources(Filter(document=document)) if document else []


def compared(store: Store, old: SourceInfo, new: SourceInfo) -> Comparison:
    return compare(store.passages(old.id), store.passages(new.id), (old.format, new.format))


def in_order(store: Store, infos: Sequence[SourceInfo]) -> list[SourceInfo]:
    """Versions of one document, oldest first: as was said when they were imported, then by date, then as they came."""
    waiting = sorted(infos, key=lambda s: (s.date, s.imported_at, s.id))
    if len(waiting) < 2:
        return waiting
    here = {s.id for s in waiting}
    after = {s.id: here.intersection(store.source(s.id).options.get(AFTER) or ()) - {s.id} for s in waiting}
    ordered: list[SourceInfo] = []
    while waiting:
        placed = {s.id for s in ordered}
        # Two machines may each say that theirs is the newer: the first in order then goes first.
        free = next((s for s in waiting if after[s.id] <= placed), waiting[0])
        waiting.remove(free)
        ordered.append(free)
    return ordered


def newest(store: Store, document: str) -> SourceInfo | None:
    """The newest version of a document."""
    ordered = in_order(store, _of(store, document))
    return ordered[-1] if ordered else None


# --- decisions that wait ----------------------------------------------------------------------------------------------


def waiting(store: Store, document: str = "") -> list[Waiting]:
    """The decisions that a person has to look at, in log order: of one document only, where it is given."""
    log = [d for d in store.decisions() if d.state in ("active", "waiting") and d.kind != DecisionKind.UNDO]
    infos = store.sources(Filter(document=document))
    count = Counter(s.document for s in infos)
    several = {d for d, n in count.items() if n > 1}
    last = {d: newest(store, d) for d in {_document(d) for d in log} & count.keys()}
    found: list[Waiting] = []
    seen: dict[str, _Newest] = {}
    for decision in log:
        own = _document(decision)
        if document and own != document:
            continue
        source = last.get(own)
        if decision.state == "active" and own not in several:
            continue
        if source and source.id not in seen:
            seen[source.id] = _Newest(store, source, log)
        here = seen[source.id] if source else None
        if decision.state == "waiting" or (here and here.lacks(decision)):
            found.append(Waiting(decision, source, here.closest(decision) if here else ()))
    return found


def _document(decision: Decision) -> str:
    return str(decision.anchor.get("document") or "")


class _Newest:
    """What the newest version of a document says, as far as decisions may be about it."""

    def __init__(self, store: Store, source: SourceInfo, log: Collection[Decision]) -> None:
        # As it was read: what a person rejected is in no answer, and is there all the same.
        fragment = store.fragment(source.id)
        self._store, self._read = store, prepare(fragment)
        place = (source.id, source.document)
        self._laid = tree.laid(fragment.passages, tree.of_document(log, *place)).found
        self._added = {node.id for node in added.laid(fragment, added.of_source(log, *place)).nodes}
        self._nodes = {claim.node: claim for claim in self._read.claims}
        self._places = {p.id: native_id(source.format, p.place) for p in self._read.passages}
        self._versions: dict[str, Version] = {}

    def lacks(self, decision: Decision) -> bool:
        """Whether the decision is about what this version does not hold: a statement, a block of its tree, a piece."""
        if decision.kind in TREE:
            return decision.id not in self._laid
        if decision.kind == DecisionKind.ADD:
            return decision.target not in self._added
        return any(is_statement(end) and not self._has(end) for end in ends(decision))

    def _has(self, end: Mapping[str, Any]) -> bool:
        return not self._nodes.keys().isdisjoint(end_ids(end)) or bool(found_again(end, self._version(read_kind(end))))

    def _version(self, kind: str) -> Version:
        if kind not in self._versions:
            self._versions[kind] = Version(
                [t for n, c in self._nodes.items() if c.kind == kind for t in self._traces(n)]
            )
        return self._versions[kind]

    def _traces(self, node: str) -> Iterator[Trace]:
        claim, text = self._nodes[node], self._read.source.text
        for placed in self._read.mentions[node]:
            start, end = placed.evidence.start, placed.evidence.end
            before, after = context(text, start, end) if is_known_by_place(claim.kind) else ("", "")
            native = self._places[placed.passage]
            yield Trace(node, claim.kind, claim.label, placed.evidence.quote, "", start, native, before, after)

    def closest(self, decision: Decision) -> tuple[Thing, ...]:
        """The things most alike in words to the one that a decision was about."""
        wanted = spelled(str(decision.anchor.get("quote") or decision.anchor.get("label") or ""))
        found: dict[str, float] = {}
        for kind in {read_kind({"id": decision.target}), str(decision.anchor.get("kind") or "")}:
            version = self._version(kind)
            for share, n in version.alike.to(wanted, WORTH, ratio):
                nodes = {t.node for t in version.by_words[version.sentences[n]]}
                found |= {node: max(share, found.get(node, 0.0)) for node in nodes}
        best = sorted(found, key=lambda n: (-found[n], n))[: 2 * _PROPOSED]
        things = self._store.things(best)
        return tuple({things[n].id: things[n] for n in best if n in things}.values())[:_PROPOSED]


# --- as plain data ----------------------------------------------------------------------------------------------------


def step_answer(step: Step, most: int = 1_000) -> dict[str, Any]:
    """A version as JSON: what it changed, at most so many changes listed."""
    found = step.changed
    rows = [
        {"what": list(c.what), "old": c.old.label if c.old else None, "new": c.new.label if c.new else None,
         "old_place": c.old.place if c.old else None, "new_place": c.new.place if c.new else None,
         "start": c.new.start if c.new else None, "end": c.new.end if c.new else None}
        for c in (found.changes[:most] if found else ())
    ]  # fmt: skip
    return {
        "source": step.source.id,
        "name": step.source.name,
        "format": step.source.format,
        "since": step.since.id if step.since else None,
        "same": found.same if found else None,
        "counts": found.counts if found else None,
        "changes": rows,
        "left_out": max(0, len(found.changes) - most) if found else 0,
    }


def waiting_answer(waits: Collection[Waiting]) -> list[dict[str, Any]]:
    """Decisions that wait, as JSON."""
    return [
        {
            "decision": w.decision.id,
            "kind": str(w.decision.kind),
            "label": str(w.decision.anchor.get("label") or ""),
            "quote": str(w.decision.anchor.get("quote") or ""),
            "state": w.decision.state,
            "document": _document(w.decision),
            "newest": w.source.id if w.source else None,
            "closest": [{"id": t.id, "kind": t.kind, "label": t.label} for t in w.closest],
        }
        for w in waits
    ]
