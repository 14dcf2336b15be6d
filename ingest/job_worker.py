"""The process of an import job: each spooled file in its turn, the row kept up to date, stopped by a signal."""

from __future__ import annotations

import logging
import os
import signal
from dataclasses import replace
from typing import Any

from graph.errors import MaillageError
from graph.model import Job
from graph.store import open_store
from graph.store.base import Store
from ingest.batch import FileReport, import_files
from ingest.files import Input, base_name
from ingest.fragment import ImportMeta
from ingest.job_state import actor, end, finish_cancel, flag, folder, need, now
from ingest.tables.column_memory import remember_chosen, with_remembered

log = logging.getLogger(__name__)
STEPS = {"read": 0.1, "analyse": 0.3, "extract": 0.7, "write": 0.9, "done": 1.0}


class JobCancelled(BaseException):
    """Raised inside the job's process by the signal that stops it; not an Exception, so that no edge swallows it."""


def run_job(store_url: str, job_id: str) -> None:
    """What the job's process does: import each spooled file that is not finished, keeping the row up to date."""
    store = open_store(store_url)
    job = need(store, job_id)
    _stop_at_once()
    job = replace(job, state="running", pid=os.getpid(), updated=now())
    store.save_job(job)
    try:
        for index, row in enumerate(job.files):
            if row["state"] not in {"done", "refused"}:
                job = _run_file(store, job, index)
            if flag(job.id).exists():
                raise JobCancelled
        end(store, replace(job, state="done"))
    except JobCancelled:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        finish_cancel(store, need(store, job_id))


def _run_file(store: Store, job: Job, index: int) -> Job:
    row = job.files[index]
    chosen = Input(
        folder(job.id) / str(index), True, base_name(str(row["name"])), row.get("reader", ""), row.get("columns", {})
    )

    def progress(_: int, step: str) -> None:
        nonlocal job
        if step == "write":
            _stop_later()
        job = _update(store, job, index, state="running", step=step, progress=STEPS.get(step, 0.0))

    meta = ImportMeta(**job.options)
    meta = replace(meta, document=row.get("document") or meta.document)
    item = _with_columns(store, chosen)
    report = next(iter(import_files(store, [item], meta, actor(job), progress=progress)))
    if chosen.columns and not report.refused:
        _remember_columns(store, chosen)
    job = _update(store, job, index, **_row(report))
    _stop_at_once()
    return job


def _with_columns(store: Store, item: Input) -> Input:
    """The file with what was once chosen for such columns, unless something is chosen for it now."""
    try:
        return with_remembered([item], store.url)[0]
    except MaillageError as error:  # a damaged memory of choices stops no import
        log.warning("columns: %s", error)
        return item


def _remember_columns(store: Store, item: Input) -> None:
    try:
        remember_chosen([item], store.url)
    except MaillageError as error:
        log.warning("columns: %s", error)


def _row(report: FileReport) -> dict[str, Any]:
    return {
        "state": "refused" if report.refused else "done",
        "progress": 1.0,
        "step": "",
        "outcome": report.outcome,
        "source": report.source,
        "counts": dict(report.counts),
        "ledger": dict(report.ledger),
        "error": report.reason,
        "degraded": list(report.degraded),
        **({"version": dict(report.version)} if report.version else {}),
    }


def _update(store: Store, job: Job, index: int, **values: Any) -> Job:
    files = list(job.files)
    files[index] = {**files[index], **values}
    job = replace(job, files=tuple(files), updated=now())
    store.save_job(job)
    return job


def _stop_at_once() -> None:
    signal.signal(signal.SIGTERM, _raise_cancelled)


def _stop_later() -> None:
    """From the write of a file until its row tells of it: else a source would stay that the row says was not kept.

    The flag is looked at once the file is done.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _raise_cancelled(*_: object) -> None:
    raise JobCancelled
