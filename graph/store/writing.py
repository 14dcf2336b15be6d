"""Writing and removing sources: one transaction each, all that is derived brought up to date in it, in every store."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic

from graph.collector import collection_paused
from graph.decided.joining import corrections
from graph.decided.written import as_read, laid, laid_anew, places
from graph.derived.arrival import Deleted, Held, arriving, only_named, reported, visibility_of
from graph.derived.derive import Rows
from graph.derived.linking import retie, ties_of
from graph.derived.prepare import Prepared, prepare
from graph.derived.refresh import concerned_by, refresh
from graph.model import WRITTEN, Actor, Decision, Fragment, Visibility, WriteReport
from graph.persons.forgetting import Masker
from graph.questions.ties import Pair, Tally
from graph.store.change import B, Change, Changing


class WriteVerbs(Changing[B]):
    @abstractmethod
    def masker(self) -> Masker:
        """See Store.masker."""

    @collection_paused()
    def write(self, fragment: Fragment, actor: Actor) -> WriteReport:
        """See Store.write; what people said of the source since it was read is laid over it."""
        read = as_read(fragment)
        place = (read.source.id, read.source.document)
        masker, said = self.masker(), self._asking(lambda rows: said_of(rows, *place))
        given = _whole(read, masker, said)
        brought = self._brought(prepare(given))

        def work(change: Change[B]) -> WriteReport:
            # Most of the work is done before the transaction; what was forgotten or said meanwhile asks for it again.
            now, heard = change.masker(), said_of(change.rows, *place) if change.decided() else []
            if now.knows(masker) and heard == said:
                return put(change, self._brought, given, brought, actor)
            return put(change, self._brought, _whole(read, now, heard), None, actor)

        return self._changing(work)

    @collection_paused()
    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""

        def work(change: Change[B]) -> Mapping[str, int]:
            found = change.named(source)
            change.stamp(change.keys_of([found]))
            concerned = _concerned(change, [found], ())
            deleted = change.delete(found)
            before = change.kinds(deleted.shared)
            moved = refresh(change.rows, deleted.shared, concerned)
            retie(change.links(), [deleted.tied], {}, moved)
            gone = deleted.alone + before - change.kinds(deleted.shared)
            change.log([(actor.name, "remove", found)])
            return {**dict(sorted(gone.items())), "passage": deleted.passages, "source": 1}

        return self._changing(work)

    def set_visibility(self, sources: Sequence[str], visibility: Visibility, actor: Actor) -> int:
        """See Store.set_visibility."""

        def work(change: Change[B]) -> int:
            moved = change.show(list(dict.fromkeys(map(change.named, sources))), visibility)
            change.log([(actor.name, str(visibility), source) for source in moved])
            return len(moved)

        return self._changing(work)


def put(
    change: Change[B],
    bring: Callable[[Prepared], B],
    fragment: Fragment,
    brought: B | None,
    actor: Actor,
    *,
    renamed: bool = False,
) -> WriteReport:
    """Write a fragment within a change; `brought` is what it brings, where that is known. See `arriving` for `renamed`.

    It holds no forgotten name, and what people said of its source is laid over it.
    """
    brought = brought or bring(prepare(fragment))
    ready = brought.ready
    held = change.held(ready.source)
    kept = arriving(fragment, ready, held, renamed=renamed)
    if kept is None:
        return reported(ready, "unchanged", 0)
    return _written(change, brought if kept is ready else bring(kept), held, actor)


def spoken_of(change: Change[B], decisions: Iterable[Decision]) -> Mapping[str, tuple[str, str]]:
    """The stored sources of which these decisions say, or said, what is written with them; see `Change.imported`."""
    concerned = places(d for d in decisions if d.kind in WRITTEN)
    return change.imported(concerned) if concerned else {}


@dataclass(frozen=True, slots=True)
class Laid(Generic[B]):
    """What a source is to hold with what is said of it, worked out from what it held; None where it holds just that.

    Masking and preparing a long source takes seconds, in which nobody else could write: it is done beforehand.
    """

    held: Fragment
    said: Sequence[Decision]
    masker: Masker
    right: Fragment | None
    brought: B | None

    @classmethod
    def of(cls, bring: Callable[[Prepared], B], held: Fragment, said: Sequence[Decision], masker: Masker) -> Laid[B]:
        right = laid_anew(held, said, masker)
        return cls(held, said, masker, right, bring(prepare(right)) if right else None)

    def fits(self, held: Fragment, said: Sequence[Decision], masker: Masker) -> bool:
        """Whether it was worked out from the same."""
        return self.held == held and self.said == said and self.masker.knows(masker)


def held_with(change: Change[B], source: str) -> tuple[Fragment, list[Decision]]:
    """A source as it is held, and what people said of it; `source` is a full id that is there."""
    held = change.fragment(source)
    return held, said_of(change.rows, held.source.id, held.source.document)


def lay(
    change: Change[B], bring: Callable[[Prepared], B], source: str, ahead: Mapping[str, Laid[B]] = MappingProxyType({})
) -> None:
    """Write a source anew with what is said of it; one that holds just that, or is not there, stays as it is.

    What was worked out `ahead` is taken where nobody changed anything since.
    """
    for id_, (importer, at) in change.imported([source]).items():
        held, said = held_with(change, id_)
        known, masker = ahead.get(id_), change.masker()
        laid_now = known if known and known.fits(held, said, masker) else Laid.of(bring, held, said, masker)
        if laid_now.right:
            put(change, bring, laid_now.right, laid_now.brought, Actor(importer))
            change.dated(id_, at)


def said_of(rows: Rows, source: str, document: str) -> list[Decision]:
    """What people said of a source, of another version of its document, and of what these speak of; in log order.

    What is undone bears that state.
    """
    log, gone = corrections(rows, concerned_by(rows, {source, document} - {""}))
    return [replace(d, state="undone") if d.id in gone else d for d in log]


def _whole(read: Fragment, masker: Masker, said: Sequence[Decision]) -> Fragment:
    """What a source is to hold: masked, with what is said of it."""
    masked = masker.fragment(read)
    whole = laid(masked, said)
    return masked if whole is masked else masker.fragment(whole)


def _written(change: Change[B], brought: B, held: Sequence[Held], actor: Actor) -> WriteReport:
    """Put what is brought in place of the sources that are `held`.

    Where a copy of the same bytes only brings the name that stays, people are told that nothing changed.
    """
    ready, olds = brought.ready, [row["id"] for row in held]
    source, said = ready.source, {c.node for c in ready.claims}
    there = change.existing(sorted(said))
    concerned = _concerned(change, olds, {*said, source.id, source.document})
    gone = [change.delete(old) for old in olds]
    untied = _untied(change, gone)
    shared = {node for deleted in gone for node in deleted.shared}
    # Most nodes are new and stand alone: written whole at once, they need no second look.
    left = change.existing(sorted(there)) if olds else there
    first = {c.node for c in ready.claims if not c.merge_key} - left
    change.insert(brought, visibility_of(ready, held), actor, first)
    change.stamp({source.id, source.document, *(row["document"] for row in held)})
    moved = refresh(change.rows, (said | shared) - first, concerned)
    answering = {**change.answering(said - first), **{node: node for node in first}}
    retie(change.links(first), untied, ties_of(ready, answering), moved)
    change.log([(actor.name, "replace" if olds else "write", source.id)])
    outcome = "unchanged" if only_named(brought.ready, held) else "replaced" if olds else "new"
    return reported(ready, outcome, len(said - there))


def _untied(change: Change[B], gone: Sequence[Deleted]) -> list[Mapping[Pair, Tally]]:
    """What sources tied that went one after the other, but for what was said by several of them and went at last.

    The links of that are gone already, with the last that said it.
    """
    if len(gone) < 2:
        return [deleted.tied for deleted in gone]
    shared = set().union(*(deleted.shared for deleted in gone))
    lost = shared - change.existing(sorted(shared))
    return [{pair: t for pair, t in deleted.tied.items() if lost.isdisjoint(pair)} for deleted in gone]


def _concerned(change: Change[B], sources: Sequence[str], more: Collection[str]) -> set[str]:
    """The corrections that a change of these sources, and of what else goes by these keys, may move."""
    return concerned_by(change.rows, {*change.keys_of(sources), *more}) if change.decided() else set()
