"""Forgetting as every store does it; what is cleaned at the end is each store's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from graph.decided.written import as_read, laid_anew
from graph.derived.prepare import Prepared
from graph.errors import Stale
from graph.model import Actor, Decision, Fragment
from graph.notes import NOTE, version
from graph.persons.forgetting import Masker, rewritten
from graph.persons.spellings import Variant
from graph.store.base import Store
from graph.store.change import Change, T, forget_decided
from graph.store.writing import put, said_of

EVERY_JOB = 1_000_000
_TRIES = 50  # of masking a note that others write to


class _Forgetful(Store, Protocol):
    """What a store brings to it."""

    def _brought(self, ready: Prepared) -> Any:
        """See graph.store.change.Changing."""

    def _changing(self, work: Callable[[Change[Any]], T]) -> T:
        """See graph.store.change.Changing."""

    def _clean(self) -> None:
        """Leave nothing of what was deleted where this store kept it."""


class Forgetting:
    def forget(self: _Forgetful, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> Mapping[str, int]:
        """See Store.forget."""
        decisions = _rewrite_log(self, ids, variants, actor)  # first: once a person is gone, nothing tells their ids
        masker = self.masker()
        sources = sum(_mask_source(self, masker, info.id) for info in self.sources())
        jobs = sum(_mask_job(self, masker, job.id) for job in self.jobs(EVERY_JOB))
        self._clean()
        return {"source": sources, "decision": decisions, "job": jobs}


def _rewrite_log(store: _Forgetful, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> int:
    """Remember the names, and mask the log of corrections, without what was decided about `ids`.

    Returns how many entries changed.
    """

    def work(change: Change[Any]) -> int:
        change.remember(variants)
        masker, log = change.masker(), change.rows.log()
        gone, changed = rewritten(log, set(ids), masker)
        change.rewrite(gone, changed)
        change.unlog({*ids, *gone})
        change.unname(masker.text)
        forget_decided(change, log, gone, changed)
        change.stamp_all()  # whatever was read may hold the names
        change.log([(actor.name, "forget", "")])
        return len(gone) + len(changed)

    return store._changing(work)


def _mask_job(store: _Forgetful, masker: Masker, id_: str) -> bool:
    """Mask an import, or a note as it is by now: whoever writes it meanwhile loses nothing, and is masked as well."""
    for _ in range(_TRIES):
        job = store.job(id_)
        if job is None or (masked := masker.job(job)) == job:
            return False
        if job.state != NOTE:
            store.save_job(masked)
            return True
        try:
            store.save_job(replace(masked, options={**masked.options, "version": version(job) + 1}), seen=version(job))
        except Stale:
            continue
        return True
    raise Stale(f"{id_} is written to by others again and again: forget once more")


def _mask_source(store: _Forgetful, masker: Masker, source: str) -> bool:
    """Mask a source with what people said of it, as it is by now; returns whether it was read with the name."""
    given = store._changing(lambda change: _held(change, source))
    masked = _masked(*given, masker) if given else None  # long for a long text: nobody waits for it
    if given is None or masked is given[0]:
        return False

    def work(change: Change[Any]) -> bool:
        found = _held(change, source)
        if found is None:
            return False
        held, right = found[0], masked if found == given else _masked(*found, masker)
        if right is None or right is held:
            return False
        importer, at = change.imported([source])[source]
        put(change, store._brought, right, None, Actor(importer), renamed=True)
        change.dated(source, at)
        return as_read(right) != as_read(held)

    return store._changing(work)


def _held(change: Change[Any], source: str) -> tuple[Fragment, list[Decision]] | None:
    """A source as it is held, and what people said of it."""
    if source not in change.imported([source]):
        return None
    held = change.fragment(source)
    return held, said_of(change.rows, source, held.source.document)


def _masked(held: Fragment, said: list[Decision], masker: Masker) -> Fragment:
    """What a source is to hold: masked, with what is said of it by now, which is found again by words masked alike."""
    masked = masker.fragment(held)
    anew = laid_anew(masked, said, Masker(()))
    return masker.fragment(anew) if anew else masked
