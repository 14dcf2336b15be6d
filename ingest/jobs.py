"""Every import from the app as a job: a process of its own, a row that pages poll, cancel and resume.

The files wait in a spool folder beside the default store until the job ends. Cancelling writes a flag there and stops
the process; a write is one transaction, so nothing of the running file stays. A job whose process is gone is
"interrupted" and can be resumed: writing the finished files again changes nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from graph.errors import MaillageError
from graph.model import Actor, Job
from graph.notes import NOTE
from graph.store import ROOT
from graph.store.base import Store
from ingest.bounds.archive import Upload
from ingest.document import RawFile
from ingest.files import MAX_BYTES
from ingest.fragment import ImportMeta
from ingest.job_state import finish_cancel, flag, folder, need, now

UNDER_WAY = frozenset({"waiting", "running"})
MAX_FILES = 500


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
    spool = folder(job.id)
    spool.mkdir(parents=True)
    for index, upload in enumerate(uploads):
        (spool / str(index)).write_bytes(upload.data)
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
    job = need(store, job_id)
    if job.state not in UNDER_WAY:
        return job
    folder(job.id).mkdir(parents=True, exist_ok=True)
    flag(job.id).write_text("keep" if keep_finished else "remove")
    if job.pid and _alive(job.pid):
        with suppress(ProcessLookupError):
            os.kill(job.pid, signal.SIGTERM)
        return job
    return finish_cancel(store, job)


def resume(store: Store, job_id: str) -> Job:
    """Start again a job that was interrupted, from its first unfinished file."""
    job = refreshed(store, need(store, job_id))
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
        if job.state in UNDER_WAY and flag(job.id).exists():
            return finish_cancel(store, job)  # stopped before it could tell so itself
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


__all__ = ["MAX_BYTES", "Upload", "cancel", "latest", "preview", "refreshed", "resume", "start_import"]
