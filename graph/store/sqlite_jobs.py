"""Imports under way, as rows that pages and commands poll."""

from __future__ import annotations

import json
import sqlite3

from graph.identity import canonical_json
from graph.model import Job
from graph.store.sqlite_base import SQLiteBase

_SAVE = """
    INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, files = excluded.files, options = excluded.options,
      actor = excluded.actor, updated = excluded.updated, pid = excluded.pid"""


class JobVerbs(SQLiteBase):
    def save_job(self, job: Job) -> None:
        """See Store.save_job."""
        files, options = canonical_json([dict(f) for f in job.files]), canonical_json(dict(job.options))
        with self._writing() as con:
            con.execute(_SAVE, (job.id, job.state, files, options, job.actor, job.created, job.updated, job.pid))

    def job(self, job: str) -> Job | None:
        """See Store.job."""
        with self._reading() as con:
            row = con.execute("SELECT * FROM job WHERE id = ?", (job,)).fetchone()
        return _job_of(row) if row else None

    def jobs(self, limit: int = 20) -> list[Job]:
        """See Store.jobs."""
        with self._reading() as con:
            found = con.execute("SELECT * FROM job ORDER BY created DESC, id DESC LIMIT ?", (limit,)).fetchall()
        return [_job_of(row) for row in found]


def _job_of(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        state=row["state"],
        files=tuple(json.loads(row["files"])),
        options=json.loads(row["options"]),
        actor=row["actor"],
        created=row["created"],
        updated=row["updated"],
        pid=row["pid"],
    )
