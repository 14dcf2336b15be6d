"""Every import from the app as a job: a process of its own, a row that pages poll, cancel and resume.

The files wait in a spool folder beside the default store until the job ends. Cancelling writes a flag there and stops
the process; a write is one transaction, so nothing of the running file stays. A job whose process is gone is
"interrupted" and can be resumed: writing the finished files again changes nothing.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.errors import MaillageError, NotFound
from graph.model import Actor, Job, Role
from graph.notes import NOTE
from graph.store import ROOT, open_store
from graph.store.base import Store
from ingest.batch import FileReport, import_files
from ingest.bounds.archive import Upload
from ingest.document import RawFile
from ingest.files import MAX_BYTES, Input, base_name
from ingest.fragment import ImportMeta
from ingest.tables.column_memory import remember_chosen, with_remembered

log = logging.getLogger(__name__)
SPOOL = Path(os.environ.get("MAILLAGE_SPOOL") or ROOT / "data" / "spool")
STEPS = {"read": 0.1, "analyse": 0.3, "extract": 0.7, "write": 0.9, "done": 1.0}
UNDER_WAY = frozenset({"waiting", "running"})
MAX_FILES = 500


class JobCancelled(BaseException):
    """Raised inside the job's process by the signal that stops it; not an Exception, so that no edge swallows it."""


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- what pages call --------------------------------------------------------------------------------------------------


def start_import(store: Store, files: Sequence[Upload | tuple[str, bytes]], meta: ImportMeta, actor: Actor) -> str:
    """Spool the files, write the job's row and start its process. Returns the job's id.

    A file that is refused already (a member of an archive) is told with the others. Raises MaillageError when there is
    nothing to import, or too much.
    """
    uploads = [file if isinstance(file, Upload) else Upload(*file) for file in files]
    if not uploads or len(uploads) > MAX_FILES:
        raise MaillageError(f"an import takes 1 to {MAX_FILES} files, not {len(uploads)}")
    job = Job(
        id=uuid.uuid4().hex,
        state="waiting",
        files=tuple(_waiting(upload) for upload in uploads),
        options=asdict(meta),
        actor=actor.name,
        created=now(),
        updated=now(),
    )
    folder = SPOOL / job.id
    folder.mkdir(parents=True)
    for index, upload in enumerate(uploads):
        (folder / str(index)).write_bytes(upload.data)
    store.save_job(job)
    _launch(store, job)
    return job.id


def _waiting(upload: Upload) -> dict[str, Any]:
    """The row of a file before its turn; what a person chose for it goes with it."""
    asked = {"reader": upload.reader, "columns": dict(upload.columns), "document": upload.document}
    state = {"state": "refused", "error": upload.refused} if upload.refused else {"state": "waiting"}
    return {
        "name": upload.name.encode("utf-8", "replace").decode(),
        "progress": 0.0,
        "step": "",
        **state,
        **{key: value for key, value in asked.items() if value},
    }


def cancel(store: Store, job_id: str, *, keep_finished: bool) -> Job:
    """Stop a job. Nothing of the running file stays; finished files stay or go as asked."""
    job = _need(store, job_id)
    if job.state not in UNDER_WAY:
        return job
    (SPOOL / job.id).mkdir(parents=True, exist_ok=True)
    (SPOOL / job.id / "cancel").write_text("keep" if keep_finished else "remove")
    if job.pid and _alive(job.pid):
        with suppress(ProcessLookupError):
            os.kill(job.pid, signal.SIGTERM)
        return job
    return _finish_cancel(store, job)


def resume(store: Store, job_id: str) -> Job:
    """Start again a job that was interrupted, from its first unfinished file."""
    job = refreshed(store, _need(store, job_id))
    if job.state == "interrupted":
        job = replace(job, state="waiting", pid=0, updated=now())  # the old process is gone
        store.save_job(job)
        _launch(store, job)
    return job


def latest(store: Store, limit: int = 20) -> list[Job]:
    """The latest jobs, those whose process is gone marked interrupted."""
    return [refreshed(store, job) for job in store.jobs(limit) if job.state != NOTE]


def refreshed(store: Store, job: Job) -> Job:
    """The job, marked "interrupted" (and saved so) when it says it runs but its process is gone."""
    if job.state in UNDER_WAY and job.pid and not _alive(job.pid):
        job = store.job(job.id) or job  # it may have ended between the two looks
        if job.state in UNDER_WAY and (SPOOL / job.id / "cancel").exists():
            return _finish_cancel(store, job)  # stopped before it could tell so itself
        if job.state in UNDER_WAY:
            job = replace(job, state="interrupted", updated=now())
            store.save_job(job)
    return job


def preview(files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """Meeting, date and place that the texts themselves give, to pre-fill the one question asked per batch.

    Reads structure only (no language model), so that it answers at once; empty where the files disagree.
    """
    from ingest.extract import events, sections
    from ingest.extract.reading import Reading
    from ingest.meeting import guess_meeting
    from ingest.registry import read_document

    guesses = []
    for name, data in files[:20]:
        with suppress(MaillageError):
            reading = Reading(read_document(RawFile(name, data)))
            sections.run(reading)
            events.run(reading)
            guesses.append(guess_meeting(reading))
    return {k: _agreed([g.get(k) or "" for g in guesses]) for k in ("meeting", "date", "place")}


def _agreed(values: Sequence[str]) -> str:
    stated = {v for v in values if v}
    return stated.pop() if len(stated) == 1 else ""


# --- the job's own process --------------------------------------------------------------------------------------------


def run_job(store_url: str, job_id: str) -> None:
    """What the job's process does: import each spooled file that is not finished, keeping the row up to date."""
    store = open_store(store_url)
    job = _need(store, job_id)
    signal.signal(signal.SIGTERM, _raise_cancelled)
    job = replace(job, state="running", pid=os.getpid(), updated=now())
    store.save_job(job)
    try:
        for index, row in enumerate(job.files):
            if row["state"] not in {"done", "refused"}:
                job = _run_file(store, job, index)
            if (SPOOL / job.id / "cancel").exists():
                raise JobCancelled
        _end(store, replace(job, state="done"))
    except JobCancelled:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _finish_cancel(store, _need(store, job_id))


def _run_file(store: Store, job: Job, index: int) -> Job:
    row = job.files[index]
    item = Input(
        SPOOL / job.id / str(index), True, base_name(str(row["name"])), row.get("reader", ""), row.get("columns", {})
    )

    chosen = item
    item = _with_columns(store, item)

    def progress(_: int, step: str) -> None:
        nonlocal job
        job = _update(store, job, index, state="running", step=step, progress=STEPS.get(step, 0.0))

    meta = ImportMeta(**job.options)
    meta = replace(meta, document=row.get("document") or meta.document)
    report = next(iter(import_files(store, [item], meta, _actor(job), progress=progress)))
    if chosen.columns and not report.refused:
        _remember_columns(store, chosen)
    return _update(store, job, index, **_row(report))


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


def _finish_cancel(store: Store, job: Job) -> Job:
    flag = SPOOL / job.id / "cancel"
    remove = flag.exists() and flag.read_text() == "remove"
    files: list[Mapping[str, Any]] = []
    for row in job.files:
        if row["state"] == "done" and remove and row.get("outcome") == "new":
            with suppress(NotFound):
                store.remove(str(row["source"]), _actor(job))
            files.append({**row, "state": "removed"})
        else:
            files.append(row if row["state"] in {"done", "refused"} else {**row, "state": "cancelled", "step": ""})
    return _end(store, replace(job, state="cancelled", files=tuple(files)))


def _end(store: Store, job: Job) -> Job:
    job = replace(job, updated=now(), pid=0)
    store.save_job(job)
    shutil.rmtree(SPOOL / job.id, ignore_errors=True)
    return job


def _actor(job: Job) -> Actor:
    return Actor(job.actor, Role.FACILITATOR)


def _raise_cancelled(*_: object) -> None:
    raise JobCancelled


def _launch(store: Store, job: Job) -> None:
    command = [sys.executable, "-m", "ingest", "job", job.id, "--store", store.url]
    process = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
        command,
        cwd=ROOT,
        env={**os.environ, **store.credentials},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    fresh = store.job(job.id) or job
    if not fresh.pid and fresh.state == "waiting":
        store.save_job(replace(fresh, pid=process.pid))


def _alive(pid: int) -> bool:
    """Whether a process runs; a child of ours that ended is reaped first, or it would look alive for ever."""
    with suppress(ChildProcessError):
        ended, _ = os.waitpid(pid, os.WNOHANG)
        if ended == pid:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _need(store: Store, job_id: str) -> Job:
    job = store.job(job_id)
    if job is None:
        raise NotFound(job_id)
    return job


__all__ = ["MAX_BYTES", "Upload", "cancel", "latest", "preview", "refreshed", "resume", "run_job", "start_import"]
