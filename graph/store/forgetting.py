"""Forgetting as every store does it; what is cleaned at the end is each store's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from graph.decided.written import as_read
from graph.derived.prepare import Prepared
from graph.errors import Stale
from graph.model import Actor, Fragment
from graph.notes import NOTE, version
from graph.persons.forgetting import Masker, Variant, rewritten
from graph.store.base import Store
from graph.store.change import Change, T, forget_decided
from graph.store.writing import lay, put

EVERY_JOB = 1_000_000
_TRIES = 50  # of masking a note that others write to


class _Forgetful(Store, Protocol):
    """What a store brings to it."""

    def _remember(self, variants: Sequence[Variant]) -> None:
        """Keep these names, as keyed digests, among those that are masked."""

    def _brought(self, ready: Prepared) -> Any:
        """See graph.store.change.Changing."""

    def _changing(self, work: Callable[[Change[Any]], T]) -> T:
        """See graph.store.change.Changing."""

    def _clean(self) -> None:
        """Leave nothing of what was deleted where this store kept it."""


class Forgetting:
    def forget(self: _Forgetful, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> Mapping[str, int]:
        """See Store.forget."""
        self._remember(variants)
        masker = self.masker()
        sources = sum(_mask_source(self, masker, info.id) for info in self.sources())
        decisions = _rewrite_log(self, ids, masker, actor)
        jobs = sum(_mask_job(self, masker, job.id) for job in self.jobs(EVERY_JOB))
        self._clean()
        return {"source": sources, "decision": decisions, "job": jobs}


def _rewrite_log(store: _Forgetful, ids: Sequence[str], masker: Masker, actor: Actor) -> int:
    """Mask the log of corrections, without what was decided about `ids`; returns how many entries changed."""

    def work(change: Change[Any]) -> int:
        log = change.rows.log()
        gone, changed = rewritten(log, set(ids), masker)
        change.rewrite(gone, changed)
        change.unlog({*ids, *gone})
        change.unname(masker.text)
        forget_decided(change, log, gone, changed)
        lay(change, store._brought, log)
        change.log([(masker.text(actor.name), "forget", "")])
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
    masked = masker.fragment(given) if given else None  # long for a long text: nobody waits for it
    if masked is given:
        return False

    def work(change: Change[Any]) -> bool:
        held = _held(change, source)
        right = masked if held == given else masker.fragment(held) if held else None
        if held is None or right is None:
            return False
        importer, at = change.imported([source])[source]
        put(change, store._brought, right, None, Actor(masker.text(importer)), renamed=True)
        change.dated(source, at)
        return as_read(right) != as_read(held)

    return store._changing(work)


def _held(change: Change[Any], source: str) -> Fragment | None:
    return change.fragment(source) if change.imported([source]) else None
