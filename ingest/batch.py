"""A batch of files into a store: one bad file never stops the others, each write is all or nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from graph.collector import collection_paused
from graph.course.meetings import places_apart, told_apart
from graph.decided.described import read_of
from graph.errors import InputRefused, MaillageError, NotFound, one_line
from graph.model import Actor, Filter, Fragment, Source, make_id
from graph.store.base import Store
from graph.versions import lineage
from ingest import nlp
from ingest.document import RawFile
from ingest.files import Input, size
from ingest.fragment import ImportMeta
from ingest.pipeline import Prepared, Step, prepare
from ingest.registry import NoReader
from ingest.workers import Ask, read_aside, start_method, unforeseen

log = logging.getLogger(__name__)
Progress = Callable[[int, str], None]  # index of the file, step under way
Made = TypeVar("Made")
# Bytes of files under which one process is done before others have begun: a copy of this process begins in a tenth of
# a second, a new one loads the language model for some seconds.
WORTH_A_START = {"fork": 20_000, "spawn": 300_000}


@dataclass(frozen=True)
class FileReport:
    """What became of one file. `outcome`: new, unchanged, replaced, refused, left out.

    `hint`: what the command line adds to the reason.
    `version`, where it is one of a document that was there: what it changed and how many decisions wait for a person.
    """

    name: str
    outcome: str
    source: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    ledger: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    hint: str = ""
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
    here = [partial(_here, store, item, meta, partial(progress, index)) for index, item in enumerate(inputs)]
    if scheduler:
        from ingest.cluster import spread

        asks = (_ask_unless_seen(store, item, meta, set()) for item in inputs)  # copies are read by workers too
        prepared = _answered(here, spread(scheduler, asks))
    else:
        prepared = _ahead(store, inputs, meta, processes, here)
    with closing(prepared):
        for index, (item, make) in enumerate(zip(inputs, prepared, strict=True)):
            step = partial(progress, index)
            yield guarded(item, partial(_write, store, make, actor, step, item.shown))
            step("done")


def _ahead(
    store: Store, inputs: Sequence[Input], meta: ImportMeta, processes: int, here: Sequence[Callable[[], Prepared]]
) -> Generator[Callable[[], Prepared], None, None]:
    """For each file, the call that gives it prepared: here and now, or by a process that began earlier."""
    alone = read_here(inputs, meta, processes)
    yield from here[:alone]
    if alone < len(inputs):
        rest = read_aside(_asks(store, inputs[alone:], meta), prepare_input, processes, start_method())
        yield from _answered(here[alone:], rest)


def _answered(
    here: Sequence[Callable[[], Prepared]], answers: Generator[Callable[[], Prepared] | None, None, None]
) -> Generator[Callable[[], Prepared], None, None]:
    """For each file what another process made of it, or the call that makes it here where none was asked."""
    with closing(answers):
        for call, answer in zip(here, answers, strict=True):
            yield answer or call


def read_here(inputs: Sequence[Input], meta: ImportMeta, processes: int) -> int:
    """How many of the first files this process reads itself, before others read the rest.

    All of them where the rest is not worth a start, and where each is a version of the document that holds those
    before it. One where a copy of this process would else load again what it needs for that one.
    """
    if processes <= 1 or meta.document:
        return len(inputs)
    method = start_method()
    alone = 1 if method == "fork" and not nlp.is_loaded() else 0
    rest = inputs[alone:]
    worth = len(rest) > 1 and sum(map(size, rest)) >= WORTH_A_START[method]
    return alone if worth else len(inputs)


def _asks(store: Store, inputs: Sequence[Input], meta: ImportMeta) -> Iterator[Ask | None]:
    """What another process is asked to read; None for what this one reads in its turn.

    That is a copy of a file before it, which is then in the store, and a file that cannot be looked up.
    """
    seen: set[str] = set()
    for item in inputs:
        yield _ask_unless_seen(store, item, meta, seen)


def _ask_unless_seen(store: Store, item: Input, meta: ImportMeta, seen: set[str]) -> Ask | None:
    try:
        raw = _loaded(item)
        if raw is None:
            return item, meta
        if raw.sha256 in seen:
            return None
        seen.add(raw.sha256)
        return _asked(store, item, raw, meta)
    except Exception:  # met again in the turn of this file, where `guarded` reports it
        log.debug("look-up failed", exc_info=True)
        return None


def _asked(store: Store, item: Input, raw: RawFile | None, meta: ImportMeta) -> Ask:
    """A file with all that a process without the store has to know of it."""
    if raw is None:
        return item, meta
    chosen, said = _as_before(store, raw, meta)
    return replace(item, name=chosen.name, reader=chosen.reader, columns=chosen.columns), said


def _here(store: Store, item: Input, meta: ImportMeta, step: Step) -> Prepared:
    return prepare(*_as_before(store, item.load(), meta), step)


def prepare_input(item: Input, meta: ImportMeta) -> Prepared:
    """Load and prepare one file (module level, so that a worker process can be sent here)."""
    return prepare(item.load(), meta)


def guarded(item: Input, work: Callable[[], Made]) -> Made | FileReport:
    """Run the work on one file at the edge where its errors become its report."""
    try:
        return work()
    except NoReader as error:
        return FileReport(item.shown, "refused" if item.named else "left out", reason=str(error), hint=error.hint)
    except MaillageError as error:
        return FileReport(item.shown, "refused", reason=str(error))
    except Exception as error:  # the batch goes on whatever one file does; the reason is reported
        log.debug("import failed", exc_info=True)
        return FileReport(item.shown, "refused", reason=str(unforeseen(item, error)))


def _write(store: Store, make: Callable[[], Prepared], actor: Actor, step: Step, name: str) -> FileReport:
    prepared = make()
    step("write")
    fragment = prepared.fragment
    with collection_paused():
        outcome = store.write(fragment, actor)
    return FileReport(
        name=name,
        outcome=outcome.outcome,
        source=fragment.source.id,
        counts=counts(fragment),
        ledger=fragment.source.ledger,
        degraded=(*prepared.degraded, *_held_elsewhere(store, fragment.source)),
        version=_version(store, fragment) if outcome.outcome != "unchanged" else {},
    )


def _held_elsewhere(store: Store, source: Source) -> Iterator[str]:
    """Another place that the documents of a meeting with this name and day give: it stays one meeting."""
    if not (source.meeting and source.date and source.place):
        return
    where = Filter(meeting=source.meeting, since=source.date, until=source.date)
    others = places_apart(info.place for info in store.sources(where) if info.place != source.place)
    apart = [place for place in others if len(places_apart([source.place, place])) > 1]
    if apart:
        yield told_apart(source.date, [source.place, *apart])


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
    raw = _loaded(item)
    return _as_before(store, raw, meta)[1] if raw else _named(store, meta)


def _loaded(item: Input) -> RawFile | None:
    """The bytes of a file; None where they cannot be had, which is reported when its turn has come."""
    try:
        return item.load()
    except InputRefused:
        return None


def _as_before(store: Store, raw: RawFile, meta: ImportMeta) -> tuple[RawFile, ImportMeta]:
    """A file as it is known: read as a person once chose, with what was once said of it."""
    meta = _named(store, meta)
    source = make_id("source", raw.sha256)
    if not store.sources(Filter(source=source)):
        older = [s.id for s in store.sources(Filter(document=meta.document))] if meta.document else ()
        return raw, replace(meta, after=tuple(older))
    known = store.source(source)
    return _named_first(_chosen(raw, known), known), _said(known, meta)


def _said(known: Source, meta: ImportMeta) -> ImportMeta:
    if meta.document in ("", known.document):
        meta = replace(meta, after=tuple(known.options.get(lineage.AFTER) or ()))
    said: dict[str, Any] = {"document": known.document, **read_of(known)}
    return replace(meta, **{name: before for name, before in said.items() if not getattr(meta, name)})


def _chosen(raw: RawFile, known: Source) -> RawFile:
    """The reader and the columns once chosen for these bytes outlast a re-import that chooses none."""
    return raw if raw.reader or raw.columns else raw.read_as(known.options)


def _named_first(raw: RawFile, known: Source) -> RawFile:
    """A copy is read under the name that stays, the first in order: some readers take the title from it."""
    return replace(raw, name=min(raw.name, known.name))


def _named(store: Store, meta: ImportMeta) -> ImportMeta:
    """The document may be named by a version of it, also by file name; what names none is the id of a new one."""
    try:
        return replace(meta, document=lineage.document_of(store, meta.document)) if meta.document else meta
    except NotFound:
        return meta


def counts(fragment: Fragment) -> dict[str, int]:
    """How many nodes of each kind a fragment holds, and its passages."""
    out: dict[str, int] = {"passage": len(fragment.passages)}
    for node in fragment.nodes:
        out[node.kind] = out.get(node.kind, 0) + 1
    return out
