"""Forgetting in the embedded store: the file itself is cleaned of old bytes."""

from __future__ import annotations

from graph.store.forgetting import Forgetting
from graph.store.sqlite.jobs import JobVerbs
from graph.store.sqlite.read import ReadVerbs
from graph.store.sqlite.write import ChangeVerbs


class ForgetVerbs(Forgetting, ReadVerbs, ChangeVerbs, JobVerbs):
    """The file is rebuilt at the end, so that no byte of the names is left in it or beside it."""

    def _clean(self) -> None:
        """Leave no page, index row or line of the write-ahead log that held what was deleted."""
        with self._writing() as con:
            con.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
        with self._lock, self._told():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.execute("VACUUM")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
