"""The row and the spool folder of an import job, as the pages and the job's own process both see them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph import actions
from graph.errors import NotFound
from graph.model import Actor, Job, Role
from graph.store import ROOT
from graph.store.base import Store


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def folder(job_id: str) -> Path:
    """Where the files of a job wait until it ends."""
    return Path(os.environ.get("MAILLAGE_SPOOL") or ROOT / "data" / "spool") / job_id


def flag(job_id: str) -> Path:
    """The file that asks the job's process to stop; it says whether finished files stay."""
    return folder(job_id) / "cancel"


def need(store: Store, job_id: str) -> Job:
    """The job of this id. Raises NotFound."""
    job = store.job(job_id)
    if job is None:
        raise NotFound(job_id)
    return job


def finish_cancel(store: Store, job: Job) -> Job:
    """The job, cancelled: its finished files stay or go as the flag says, whatever had not begun never does."""
    asked = flag(job.id)
    remove = asked.exists() and asked.read_text() == "remove"
    files: list[Mapping[str, Any]] = []
    for row in job.files:
        if row["state"] == "done" and remove and row.get("outcome") == "new":
            with suppress(NotFound):
                actions.remove_source(store, actor(job), str(row["source"]))
            files.append({**row, "state": "removed"})
        else:
            files.append(row if row["state"] in {"done", "refused"} else {**row, "state": "cancelled", "step": ""})
    return end(store, replace(job, state="cancelled", files=tuple(files)))


def end(store: Store, job: Job) -> Job:
    """The job without a process or a spool folder, as saved."""
    job = replace(job, updated=now(), pid=0)
    store.save_job(job)
    shutil.rmtree(folder(job.id), ignore_errors=True)
    return job


def actor(job: Job) -> Actor:
    """On whose behalf the job writes."""
    return Actor(job.actor, Role.FACILITATOR)
