"""Forgetting in the embedded store: sources masked, the log rewritten, the file itself cleaned of old bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.derive import refresh, refresh_decided
from graph.forgetting import Masker, Variant, rewritten
from graph.identity import canonical_json
from graph.model import Actor, Job
from graph.overlay import keys
from graph.store.sqlite_decisions import DecisionVerbs, decision_row, naming_rows
from graph.store.sqlite_jobs import JobVerbs
from graph.store.sqlite_read import ReadVerbs
from graph.store.sqlite_rows import MANY, SQLiteRows
from graph.store.sqlite_write import WriteVerbs, log_act

_KEPT = (
    "CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
)


class ForgetVerbs(ReadVerbs, WriteVerbs, DecisionVerbs, JobVerbs):
    def forget(self, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> Mapping[str, int]:
        """See Store.forget. The file is then rebuilt, so that no byte of the names is left in it or beside it."""
        with self._writing() as con:
            rows = [(v.digest, v.key, v.letters) for v in variants]
            con.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?)", rows)
        masker = self.masker()
        sources = sum(self._mask_source(masker, info.id, info.imported_by) for info in self.sources())
        decisions = self._rewrite_log(ids, masker, actor)
        jobs = [masked for job in self.jobs(1_000_000) if (masked := masker.job(job)) != job]
        self._clean(jobs)
        return {"source": sources, "decision": decisions, "job": len(jobs)}

    def _mask_source(self, masker: Masker, source: str, imported_by: str) -> bool:
        given = self.fragment(source)
        masked = masker.fragment(given)
        if masked is given:
            return False
        self._put(masked, Actor(masker.text(imported_by)), renamed=True)
        return True

    def _rewrite_log(self, ids: Sequence[str], masker: Masker, actor: Actor) -> int:
        log = self.decisions()
        gone, changed = rewritten(log, set(ids), masker)
        with self._writing() as con:
            con.execute("DROP TRIGGER decision_kept")
            for table in ("bearing", "naming"):
                con.execute(f"DELETE FROM {table} WHERE decision {MANY}", (canonical_json(sorted(gone)),))
            con.execute(f"DELETE FROM decision WHERE id {MANY}", (canonical_json(sorted(gone)),))
            con.execute(f"DELETE FROM act WHERE object {MANY}", (canonical_json(sorted({*ids, *gone})),))
            for d in changed:
                con.execute(
                    "UPDATE decision SET id = ?1, kind = ?2, target = ?3, value = ?4, anchor = ?5, actor = ?6, at = ?7,"
                    " reason = ?8 WHERE id = ?1",
                    decision_row(d),
                )
                con.execute("DELETE FROM naming WHERE decision = ?", (d.id,))
                con.executemany("INSERT INTO naming VALUES (?, ?)", naming_rows(d))
            con.execute(_KEPT)
            refresh_decided(SQLiteRows(con), {d.id for d in changed if keys(d) and d.kind != "undo"})
            refresh(SQLiteRows(con), {node for d in log if d.id in gone for node in keys(d)}, ())
            log_act(con, masker.text(actor.name), "forget", "")
        return len(gone) + len(changed)

    def _clean(self, jobs: Sequence[Job]) -> None:
        """Leave no page, index row or line of the write-ahead log that held what was deleted."""
        for job in jobs:
            self.save_job(job)
        with self._writing() as con:
            con.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
        with self._lock, self._told():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
