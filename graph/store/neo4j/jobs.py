"""Imports under way, as nodes that pages and commands poll. They wait for no other writer; notes do."""

from __future__ import annotations

from graph.decided.identity import canonical_json
from graph.model import Job
from graph.store.jobs import check_seen, job_of
from graph.store.neo4j.base import Neo4jBase
from graph.store.neo4j.log import Log
from graph.store.neo4j.tx import Tx


class JobVerbs(Neo4jBase):
    def save_job(self, job: Job, *, seen: int | None = None) -> None:
        """See Store.save_job. A note waits for other writes, an import under way for none."""
        cypher = "MERGE (j:Job {id: $id}) ON CREATE SET j.created = $created SET j += $own"

        def work(tx: Tx) -> None:
            log = Log(tx)
            if seen is not None:
                there = tx.one("MATCH (j:Job {id: $id}) RETURN j.options AS options", id=job.id)
                check_seen(there["options"] if there else None, seen)
                log.log([(job.actor, "note", job.id)])
            tx.run(cypher, id=job.id, created=job.created, own=_own(log.masker().job(job)))

        (self._write_apart if seen is None else self._write)(work)

    def job(self, job: str) -> Job | None:
        """See Store.job."""
        row = self._read(lambda tx: tx.one("MATCH (j:Job {id: $id}) RETURN j", id=job))
        return job_of(row["j"]) if row else None

    def jobs(self, limit: int = 20) -> list[Job]:
        """See Store.jobs."""
        cypher = "MATCH (j:Job) RETURN j ORDER BY j.created DESC, j.id DESC LIMIT $limit"
        return [job_of(row["j"]) for row in self._read(lambda tx: tx.rows(cypher, limit=max(limit, 0)))]


def _own(job: Job) -> dict[str, object]:
    return {
        "state": job.state,
        "files": canonical_json([dict(f) for f in job.files]),
        "options": canonical_json(dict(job.options)),
        "actor": job.actor,
        "updated": job.updated,
        "pid": job.pid,
    }
