"""Imports under way, as rows that pages and commands poll."""

from __future__ import annotations

from graph.decided.identity import canonical_json
from graph.model import Job
from graph.store.jobs import check_seen, job_of
from graph.store.sqlite.base import SQLiteBase
from graph.store.sqlite.log import Log

_SAVE = """
    INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, files = excluded.files, options = excluded.options,
      actor = excluded.actor, updated = excluded.updated, pid = excluded.pid"""


class JobVerbs(SQLiteBase):
    def save_job(self, job: Job, *, seen: int | None = None) -> None:
        """See Store.save_job."""
        with self._writing() as con:
            log = Log(con)
            job = log.masker().job(job)
            files, options = canonical_json([dict(f) for f in job.files]), canonical_json(dict(job.options))
            if seen is not None:
                there = con.execute("SELECT options FROM job WHERE id = ?", (job.id,)).fetchone()
                check_seen(there["options"] if there else None, seen)
                log.log([(job.actor, "note", job.id)])
            con.execute(_SAVE, (job.id, job.state, files, options, job.actor, job.created, job.updated, job.pid))

    def job(self, job: str) -> Job | None:
        """See Store.job."""
        with self._reading() as con:
            row = con.execute("SELECT * FROM job WHERE id = ?", (job,)).fetchone()
        return job_of(row) if row else None

    def jobs(self, limit: int = 20) -> list[Job]:
        """See Store.jobs."""
        with self._reading() as con:
            found = con.execute("SELECT * FROM job ORDER BY created DESC, id DESC LIMIT ?", (limit,)).fetchall()
        return [job_of(row) for row in found]
