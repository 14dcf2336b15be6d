"""A batch of files into a store: one bad file never stops the others, each write is all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from typing import Any

from graph.errors import InputRefused, MaillageError
from graph.model import Actor, Filter, Fragment
from graph.store.base import Store
from ingest.files import Input, load
from ingest.fragment import ImportMeta
from ingest.pipeline import Prepared, Step, prepare
from ingest.registry import NoReader

log = logging.getLogger(__name__)
Progress = Callable[[int, str], None]  # index of the file, step under way


@dataclass(frozen=True)
class FileReport:
    """What became of one file. `outcome`: new, unchanged, replaced, refused, left out."""

    name: str
    outcome: str
    source: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    degraded: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        return self.outcome == "refused"


def no_progress(_: int, __: str) -> None:
    """For callers that show none."""


def import_files(
    store: Store,
    inputs: Sequence[Input],
    meta: ImportMeta,
    actor: Actor,
    *,
    processes: int = 1,
    progress: Progress = no_progress,
) -> Iterator[FileReport]:
    """Import each file and report on it as it is done, in the order given."""
    prepared = _ahead(inputs, meta, processes, progress)
    for index, (item, make) in enumerate(zip(inputs, prepared, strict=True)):
        progress_here = partial(progress, index)
        yield guarded(item, lambda make=make, step=progress_here: _write(store, make(), meta, actor, step))  # type: ignore[misc]
        progress(index, "done")


def _ahead(
    inputs: Sequence[Input], meta: ImportMeta, processes: int, progress: Progress
) -> Iterator[Callable[[], Prepared]]:
    """For each file, the call that gives it prepared: here and now, or by a worker that began earlier."""
    if processes <= 1 or len(inputs) <= 1:
        for index, item in enumerate(inputs):
            yield lambda item=item, index=index: prepare(load(item.path), meta, lambda s: progress(index, s))  # type: ignore[misc]
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures: list[Future[Prepared]] = [pool.submit(prepare_input, item, meta) for item in inputs]
        for future in futures:
            yield future.result


def prepare_input(item: Input, meta: ImportMeta) -> Prepared:
    """Load and prepare one file (module level, so that a worker process can be sent here)."""
    return prepare(load(item.path), meta)


def guarded(item: Input, work: Callable[[], FileReport]) -> FileReport:
    """Run the import of one file at the edge where its errors become its report."""
    try:
        return work()
    except NoReader as error:
        return FileReport(item.path.name, "refused" if item.named else "left out", reason=str(error))
    except MaillageError as error:
        return FileReport(item.path.name, "refused", reason=str(error))
    except Exception as error:  # the batch goes on whatever one file does; the reason is reported
        log.debug("import failed", exc_info=True)
        reason = InputRefused(
            item.path.name, f"could not be imported ({type(error).__name__}); please report this file"
        )
        return FileReport(item.path.name, "refused", reason=str(reason))


def _write(store: Store, prepared: Prepared, meta: ImportMeta, actor: Actor, step: Step) -> FileReport:
    step("write")
    fragment = _as_known(store, prepared.fragment, meta)
    outcome = store.write(fragment, actor)
    return FileReport(
        name=fragment.source.name,
        outcome=outcome.outcome,
        source=fragment.source.id,
        counts=counts(fragment),
        ledger=fragment.source.ledger,
        degraded=prepared.degraded,
    )


def _as_known(store: Store, fragment: Fragment, meta: ImportMeta) -> Fragment:
    """What a person once said of a source (its document, meeting, date, place) outlasts a re-import that does not say."""
    known = next(iter(store.sources(Filter(source=fragment.source.id))), None)
    if known is None:
        return fragment
    kept = {
        name: getattr(known, name)
        for name in ("meeting", "date", "place")
        if getattr(known, name) and not getattr(meta, name)
    }
    return replace(fragment, source=replace(fragment.source, **kept))


def counts(fragment: Fragment) -> dict[str, int]:
    """How many nodes of each kind a fragment holds, and its passages."""
    out: dict[str, int] = {"passage": len(fragment.passages)}
    for node in fragment.nodes:
        out[node.kind] = out.get(node.kind, 0) + 1
    return out
