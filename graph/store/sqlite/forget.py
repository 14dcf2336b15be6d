"""Forgetting in the embedded store: sources masked, the log rewritten, the file itself cleaned of old bytes."""

from __future__ import annotations

from collections.abc import Sequence

from graph.decided.identity import canonical_json
from graph.decided.overlay import keys
from graph.derived.linking import retie
from graph.derived.refresh import refresh, refresh_decided
from graph.model import Actor
from graph.persons.forgetting import Masker, Variant, rewritten
from graph.store.forgetting import Forgetting
from graph.store.sqlite.decisions import DecisionVerbs, decision_row, naming_rows
from graph.store.sqlite.jobs import JobVerbs
from graph.store.sqlite.read import ReadVerbs
from graph.store.sqlite.rows import MANY, SQLiteRows
from graph.store.sqlite.ties import SQLiteLinks
from graph.store.sqlite.write import WriteVerbs, log_act

_KEPT = (
    "CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
)


class ForgetVerbs(Forgetting, ReadVerbs, WriteVerbs, DecisionVerbs, JobVerbs):
    """The file is rebuilt at the end, so that no byte of the names is left in it or beside it."""

    def _remember(self, variants: Sequence[Variant]) -> None:
        with self._writing() as con:
            rows = [(v.digest, v.key, v.letters) for v in variants]
            con.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?)", rows)

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
            moved = refresh_decided(SQLiteRows(con), {d.id for d in changed if keys(d) and d.kind != "undo"})
            moved |= refresh(SQLiteRows(con), {node for d in log if d.id in gone for node in keys(d)}, ())
            retie(SQLiteLinks(con), (), {}, moved)
            log_act(con, masker.text(actor.name), "forget", "")
        return len(gone) + len(changed)

    def _clean(self) -> None:
        """Leave no page, index row or line of the write-ahead log that held what was deleted."""
        with self._writing() as con:
            con.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
        with self._lock, self._told():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
