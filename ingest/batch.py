"""A batch of files into a store: one bad file never stops the others, each write is all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar

from graph.decided.described import read_of
from graph.errors import InputRefused, MaillageError, NotFound, one_line
from graph.model import Actor, Filter, Fragment, make_id
from graph.store.base import Store
from graph.versions import lineage
from ingest.document import RawFile
from ingest.files import Input
from ingest.fragment import ImportMeta
from ingest.pipeline import Prepared, Step, prepare
from ingest.registry import NoReader

log = logging.getLogger(__name__)
Progress = Callable[[int, str], None]  # index of the file, step under way
Made = TypeVar("Made")


@dataclass(frozen=True)
class FileReport:
    """What became of one file. `outcome`: new, unchanged, replaced, refused, left out.

    `version`, where it is one of a document that was there: what it changed and how many decisions wait for a person.
    """

    name: str
    outcome: str
    source: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    degraded: tuple[str, ...] = ()
    version: Mapping[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        return self.outcome == "refused"

    def lines(self) -> list[str]:
        """What it brought, for people: one line, then one for each thing that could not be done or that changed."""
        counted = ", ".join(f"{n} {kind}" for kind, n in self.counts.items())
        left = sum(int(row["count"]) for row in self.ledger.get("left_out", ()))
        lost = f"; {left} left out, see the ledger" if left else ""
        found = [f"{self.name}: {self.outcome}: {counted}{lost}", *(f"  {one_line(told)}" for told in self.degraded)]
        if self.version:
            changed = ", ".join(f"{n} {what}" for what, n in self.version["counts"].items())
            n = self.version["waiting"]
            waits = f"; {n} decisions wait, see: python -m graph waiting" if n else ""
            found.append(
                f"  since {self.version['since']}: {self.version['same']} passages as before, {changed}{waits}"
            )
        return found


def no_progress(_: int, __: str) -> None:
    """For callers that show none."""


def import_files(
    store: Store,
    inputs: Sequence[Input],
    meta: ImportMeta,
    actor: Actor,
    *,
    processes: int = 1,
    scheduler: str = "",
    progress: Progress = no_progress,
) -> Iterator[FileReport]:
    """Import each file and report on it as it is done, in the order given.

    With a `scheduler` (the address of one of Dask's), the reading is done by its workers. Raises ClusterError.
    """
    if scheduler:
        from ingest.cluster import spread

        prepared = spread(scheduler, ((item, as_known(store, item, meta)) for item in inputs))
    else:
        prepared = _ahead(store, inputs, meta, processes, progress)
    for index, (item, make) in enumerate(zip(inputs, prepared, strict=True)):
        step = partial(progress, index)
        yield guarded(item, partial(_write, store, make, actor, step))
        step("done")


def _ahead(
    store: Store, inputs: Sequence[Input], meta: ImportMeta, processes: int, progress: Progress
) -> Iterator[Callable[[], Prepared]]:
    """For each file, the call that gives it prepared: here and now, or by a worker that began earlier."""
    if processes <= 1 or len(inputs) <= 1:
        for index, item in enumerate(inputs):
            yield partial(_here, store, item, meta, partial(progress, index))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        futures: list[Future[Prepared]] = [pool.submit(prepare_input, i, as_known(store, i, meta)) for i in inputs]
        for future in futures:
            yield future.result


def _here(store: Store, item: Input, meta: ImportMeta, step: Step) -> Prepared:
    return prepare(chosen_before(store, item.load()), as_known(store, item, meta), step)


def prepare_input(item: Input, meta: ImportMeta) -> Prepared:
    """Load and prepare one file (module level, so that a worker process can be sent here)."""
    return prepare(item.load(), meta)


def guarded(item: Input, work: Callable[[], Made]) -> Made | FileReport:
    """Run the work on one file at the edge where its errors become its report."""
    try:
        return work()
    except NoReader as error:
        return FileReport(item.shown, "refused" if item.named else "left out", reason=str(error))
    except MaillageError as error:
        return FileReport(item.shown, "refused", reason=str(error))
    except Exception as error:  # the batch goes on whatever one file does; the reason is reported
        log.debug("import failed", exc_info=True)
        reason = InputRefused(item.shown, f"could not be imported ({type(error).__name__}); please report this file")
        return FileReport(item.shown, "refused", reason=str(reason))


def _write(store: Store, make: Callable[[], Prepared], actor: Actor, step: Step) -> FileReport:
    prepared = make()
    step("write")
    fragment = prepared.fragment
    outcome = store.write(fragment, actor)
    return FileReport(
        name=fragment.source.name,
        outcome=outcome.outcome,
        source=fragment.source.id,
        counts=counts(fragment),
        ledger=fragment.source.ledger,
        degraded=prepared.degraded,
        version=_version(store, fragment) if outcome.outcome != "unchanged" else {},
    )


def _version(store: Store, fragment: Fragment) -> dict[str, Any]:
    step = lineage.last_step(store, fragment.source.id)
    if step is None or step.since is None or step.changed is None:
        return {}
    return {
        "document": fragment.source.document,
        "since": step.since.name,
        "same": step.changed.same,
        "counts": step.changed.counts,
        "waiting": len(lineage.waiting(store, fragment.source.document)),
    }


def as_known(store: Store, item: Input, meta: ImportMeta) -> ImportMeta:
    """What was once said of these bytes (document, meeting, date, place) outlasts a re-import that does not say it.

    A new version of a document that is there follows the versions that it has.
    """
    meta = _named(store, meta)
    try:
        source = make_id("source", item.load().sha256)
    except InputRefused:
        return meta  # refused again, and reported, when the file is read
    known = next(iter(store.sources(Filter(source=source))), None)
    if known is None:
        older = [s.id for s in store.sources(Filter(document=meta.document))] if meta.document else ()
        return replace(meta, after=tuple(older))
    whole = store.source(source)
    if meta.document in ("", known.document):
        meta = replace(meta, after=tuple(whole.options.get(lineage.AFTER) or ()))
    said: dict[str, Any] = {"document": known.document, **read_of(whole)}
    return replace(meta, **{name: before for name, before in said.items() if not getattr(meta, name)})


def _named(store: Store, meta: ImportMeta) -> ImportMeta:
    """The document may be named by a version of it, also by file name; what names none is the id of a new one."""
    try:
        return replace(meta, document=lineage.document_of(store, meta.document)) if meta.document else meta
    except NotFound:
        return meta


def chosen_before(store: Store, raw: RawFile) -> RawFile:
    """The reader and the columns once chosen for these bytes outlast a re-import that chooses none."""
    source = make_id("source", raw.sha256)
    if raw.reader or raw.columns or not store.sources(Filter(source=source)):
        return raw
    return raw.read_as(store.source(source).options)


def counts(fragment: Fragment) -> dict[str, int]:
    """How many nodes of each kind a fragment holds, and its passages."""
    out: dict[str, int] = {"passage": len(fragment.passages)}
    for node in fragment.nodes:
        out[node.kind] = out.get(node.kind, 0) + 1
    return out
