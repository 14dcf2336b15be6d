"""Imports under way, as nodes that pages and commands poll. They wait for no other writer."""

from __future__ import annotations

from graph.decided.identity import canonical_json
from graph.model import Job
from graph.store.jobs import job_of
from graph.store.neo4j.base import Neo4jBase


class JobVerbs(Neo4jBase):
    def save_job(self, job: Job) -> None:
        """See Store.save_job."""
        own = {
            "state": job.state,
            "files": canonical_json([dict(f) for f in job.files]),
            "options": canonical_json(dict(job.options)),
            "actor": job.actor,
            "updated": job.updated,
            "pid": job.pid,
        }
        cypher = "MERGE (j:Job {id: $id}) ON CREATE SET j.created = $created SET j += $own"
        self._write_apart(lambda tx: tx.run(cypher, id=job.id, created=job.created, own=own))

    def job(self, job: str) -> Job | None:
        """See Store.job."""
        row = self._read(lambda tx: tx.one("MATCH (j:Job {id: $id}) RETURN j", id=job))
        return job_of(row["j"]) if row else None

    def jobs(self, limit: int = 20) -> list[Job]:
        """See Store.jobs."""
        cypher = "MATCH (j:Job) RETURN j ORDER BY j.created DESC, j.id DESC LIMIT $limit"
        return [job_of(row["j"]) for row in self._read(lambda tx: tx.rows(cypher, limit=max(limit, 0)))]
