"""Writing and removing sources: one transaction each, all that is derived brought up to date in it, in every store."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence

from graph.derived.arrival import Held, arriving, reported, visibility_of
from graph.derived.linking import retie, ties_of
from graph.derived.prepare import prepare
from graph.derived.refresh import concerned_by, refresh
from graph.model import Actor, Fragment, Visibility, WriteReport
from graph.persons.forgetting import Masker
from graph.store.change import B, Change, Changing


class WriteVerbs(Changing[B]):
    @abstractmethod
    def masker(self) -> Masker:
        """See Store.masker."""

    def write(self, fragment: Fragment, actor: Actor) -> WriteReport:
        """See Store.write."""
        return self._put(self.masker().fragment(fragment), actor)

    def _put(self, fragment: Fragment, actor: Actor, *, renamed: bool = False) -> WriteReport:
        """Write what holds no forgotten name; `renamed` where the name of the source itself is masked."""
        brought = self._brought(prepare(fragment))

        def work(change: Change[B]) -> WriteReport:
            ready = brought.ready
            held = change.held(ready.source)
            kept = arriving(fragment, ready, held, renamed=renamed)
            if kept is None:
                return reported(ready, "unchanged", 0)
            return _written(change, brought if kept is ready else self._brought(kept), held, actor)

        return self._changing(work)

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""

        def work(change: Change[B]) -> Mapping[str, int]:
            found = change.named(source)
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


def _written(change: Change[B], brought: B, held: Sequence[Held], actor: Actor) -> WriteReport:
    """Put what is brought in place of the sources that are `held`."""
    ready, olds = brought.ready, [row["id"] for row in held]
    source, said = ready.source, {c.node for c in ready.claims}
    there = change.existing(sorted(said))
    concerned = _concerned(change, olds, {*said, source.id, source.document})
    gone = [change.delete(old) for old in olds]
    shared = {node for deleted in gone for node in deleted.shared}
    # Most nodes are new and stand alone: written whole at once, they need no second look.
    left = change.existing(sorted(there)) if olds else there
    first = {c.node for c in ready.claims if not c.merge_key} - left
    change.insert(brought, visibility_of(ready, held), actor, first)
    moved = refresh(change.rows, (said | shared) - first, concerned)
    answering = {**change.answering(said - first), **{node: node for node in first}}
    retie(change.links(first), [deleted.tied for deleted in gone], ties_of(ready, answering), moved)
    change.log([(actor.name, "replace" if olds else "write", source.id)])
    return reported(ready, "replaced" if olds else "new", len(said - there))


def _concerned(change: Change[B], sources: Sequence[str], more: Collection[str]) -> set[str]:
    """The corrections that a change of these sources, and of what else goes by these keys, may move."""
    return concerned_by(change.rows, {*change.keys_of(sources), *more}) if change.decided() else set()
