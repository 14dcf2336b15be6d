"""What people said of a source and changed in its tree, over any store: the verbs of the store below, corrected.

The log holds the corrections. What was added to a source, and how it was described, is written with it, so that every
answer of the store counts it; the tree is laid over the blocks when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from graph.decided import described, tree
from graph.decided.written import as_read, laid_anew, places
from graph.errors import NotFound
from graph.model import (
    TREE,
    WRITTEN,
    Actor,
    Decision,
    DecisionKind,
    Filter,
    Fragment,
    Mention,
    Passage,
    SourceInfo,
    VerifyReport,
)
from graph.persons.spellings import Variant
from graph.questions.counted import UNSURE_BELOW, First, Unread, Unsure, unread, unsure
from graph.store.base import NO_FILTER, Store

T = TypeVar("T")
_TRIES = 5  # of a proof while others write


class EditedVerbs:
    """Stands before the verbs of a store, in the order of its bases."""

    @cached_property
    def _known(self) -> dict[str, tuple[int, object]]:
        """What was read of the log after which act."""
        return {}

    @property
    def _below(self) -> Store:
        return cast("Store", super())

    # --- what is written with a source --------------------------------------------------------------------------------

    def fragment(self, source: str) -> Fragment:
        """See Store.fragment: as it was read, without what people said of it."""
        return as_read(self._below.fragment(source))

    def forget(self, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> Mapping[str, int]:
        """See Store.forget."""
        try:
            return self._below.forget(ids, variants, actor)
        finally:
            self._known.clear()  # no name stays in memory

    def verify(self) -> VerifyReport:
        """See Store.verify."""
        self._known.clear()  # what is proved is what is there
        report = self._below.verify()
        said = self._sources_of([d for d in self._plain_log() if d.kind in WRITTEN])
        wrong = tuple(
            f"source {info.id}: what people said of it is not what its decisions say"
            for info in said
            if self._differs(info.id)
        )
        return replace(report, problems=(*report.problems, *wrong)) if wrong else report

    def _differs(self, source: str) -> bool:
        """Whether a source holds something else than its decisions say; read again where others wrote meanwhile."""
        for _ in range(_TRIES):
            acts = self._below.acts()
            log, masker = self._plain_log(), self._below.masker()
            try:
                right = laid_anew(self._below.fragment(source), log, masker)
            except NotFound:  # removed since
                return False
            if right is None:
                return False
            if self._below.acts() == acts:
                break
        return True

    def _sources_of(self, decisions: Sequence[Decision]) -> list[SourceInfo]:
        named = places(decisions)
        return [info for info in self._below.sources() if {info.id, info.document} & named] if named else []

    # --- the tree ----------------------------------------------------------------------------------------------------

    def passages(self, source: str) -> list[Passage]:
        """See Store.passages."""
        read = self._below.passages(source)
        edits = [d for d in self._plain_log() if d.kind in TREE]
        if not edits or not read:
            return read
        return tree.laid(read, self._edits(read[0].id, edits)).passages

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        """See Store.passage; one that was taken in by another answers as that one."""
        edits = [d for d in self._plain_log() if d.kind in TREE and d.state != "undone"]
        made = {str(d.value.get("made")): d.target for d in edits}
        wanted = passage
        while wanted in made:  # cut from a block that may itself be cut from another
            wanted = made.pop(wanted)
        found = self._below.passage(wanted)
        if not found or found[0] not in self._edited(edits):
            return found
        shown = self.passages(found[0])
        own = next((p for p in shown if p.id == passage or passage in p.attributes.get(tree.FUSED, ())), None)
        return (found[0], own) if own else None

    def mentions(self, source: str) -> list[Mention]:
        """See Store.mentions; each in the block that holds it now."""
        said = self._below.mentions(source)
        edits = [d for d in self._plain_log() if d.kind in TREE]
        if not edits or not said:
            return said
        shown = self.passages(source)
        taken = {old: p.id for p in shown for old in p.attributes.get(tree.FUSED, ())}
        made = {str(d.value.get("made")) for d in edits}
        cut = [p for p in shown if p.id in made]
        out = [replace(m, passage=taken.get(m.passage, m.passage)) for m in said]
        return [replace(m, passage=next((p.id for p in cut if p.start <= m.start < p.end), m.passage)) for m in out]

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        """See Store.blocks; those of a tree that was corrected one by one, as `passage` answers."""
        asked = list(dict.fromkeys(ids))
        found = self._below.blocks(asked)
        edits = [d for d in self._plain_log() if d.kind in TREE and d.state != "undone"]
        if not edits:
            return found
        edited = self._edited(edits)
        apart = [id_ for id_ in asked if id_ not in found or found[id_][0] in edited]
        now = {id_: self.passage(id_) for id_ in apart}
        return {id_: held for id_, held in ({**found, **now}).items() if held}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        """See Store.said_in; in the blocks as they are now."""
        asked = set(blocks)
        edits = [d for d in self._plain_log() if d.kind in TREE]
        if not edits:
            return self._below.said_in(sorted(asked))
        held, edited = self.blocks(asked), self._edited(edits)
        apart = {id_ for id_ in asked if id_ in held and held[id_][0] in edited}
        said = [m for source in sorted({held[id_][0] for id_ in apart}) for m in self.mentions(source)]
        found = [*self._below.said_in(sorted(asked - apart)), *(m for m in said if m.passage in apart)]
        return sorted(found, key=lambda m: m.source)  # stable: of each source they are in order already

    def unplaced(self, where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200) -> First[Unsure]:
        """See Store.unplaced; of a tree that was corrected, the blocks as they stand now."""
        edited = self.edited_trees(where)
        read = {id_: self._below.unplaced(replace(where, source=id_), below=below, limit=0).total for id_ in edited}
        found = self._below.unplaced(where, below=below, limit=limit + sum(read.values()))
        if not edited:
            return found
        own = [each for id_ in edited for each in unsure(id_, self.passages(id_), below)]
        rows = [*(each for each in found.rows if each.source not in read), *own]
        rows.sort(key=lambda each: (each.block.parent_confidence, each.block.id))
        return First(tuple(rows[:limit]), found.total - sum(read.values()) + len(own))

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        """See Store.unread; the same."""
        edited = self.edited_trees(where)
        own = [unread(id_, self.passages(id_), ((m.start, m.end) for m in self.mentions(id_))) for id_ in edited]
        found = [each for each in self._below.unread(where) if each.source not in edited]
        return sorted((*found, *(each for each in own if each.passages)), key=lambda each: each.source)

    def _edited(self, edits: Sequence[Decision]) -> Container[str]:
        """The sources whose tree was corrected: those of all others answer as they are."""
        return self._since("edited", lambda: frozenset(self.edited_trees())) if edits else ()

    def edited_trees(self, where: Filter = NO_FILTER) -> list[str]:
        """See Store.edited_trees."""
        edits = [d for d in self._plain_log() if d.kind in TREE and d.state != "undone"]
        concerned = {info.id for info in self._sources_of(edits)}
        return [info.id for info in self._below.sources(where) if info.id in concerned] if concerned else []

    def decisions(self) -> list[Decision]:
        """See Store.decisions; a correction of a tree whose blocks are not there, or of no source there, waits."""
        return list(self._since("decisions", self._laid_log))

    def _laid_log(self) -> list[Decision]:
        log = self._plain_log()
        edits = [d for d in log if d.kind in (*TREE, DecisionKind.DESCRIBE) and d.state != "undone"]
        if not edits:
            return log
        found: set[str] = set()
        for info in self._sources_of(edits):
            own = tree.of_document(edits, info.id, info.document)
            if own:
                found |= tree.laid(self._below.passages(info.id), own).found
            said = described.of_source(edits, info.id, info.document)
            source = self._below.source(info.id) if any(d.anchor.get("source") != info.id for d in said) else None
            found |= {d.id for d in said if source is None or described.takes(source, d)}
        waiting = {d.id for d in edits} - found
        return [replace(d, state="waiting") if d.id in waiting else d for d in log]

    def _edits(self, passage: str, edits: Sequence[Decision]) -> list[Decision]:
        """Those of the source that holds this block, or of another version of its document."""
        held = self._below.passage(passage)
        info = next(iter(self._below.sources(Filter(source=held[0]))), None) if held else None
        return tree.of_document(edits, info.id, info.document) if info else []

    def _plain_log(self) -> list[Decision]:
        """The log with the states of the store below: corrections of a tree are in force or undone."""
        return self._since("log", self._below.decisions)

    def _since(self, name: str, read: Callable[[], T]) -> T:
        """What was read since the last write, whoever wrote; read only. Each page asks for the log many times."""
        acts = self._below.acts()  # asked first: what is written meanwhile makes this answer old, never new
        known = self._known.get(name)
        if known is None or known[0] != acts:
            known = self._known[name] = (acts, read())
        return cast("T", known[1])
