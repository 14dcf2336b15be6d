"""Connections of the embedded store: one writer behind a lock, one read-only connection per thread."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from graph.errors import NOT_TEXT, StoreError
from graph.model import Filter
from graph.questions.counted import weight
from graph.store import sqlite_path
from graph.store.sqlite.schema import check_file, check_version, migrate

BUSY_SECONDS = 10.0
CACHE_KIB = 16_384  # of the writer: with half of it the removal of a large source takes 15 % longer
READER_CACHE_KIB = 8_192  # of each thread that reads: what is not in it is in the system's own cache, as fast


class _Connection(sqlite3.Connection):
    """A subclass only because plain connections take no weak reference."""


class SQLiteBase:
    """Opening, reading and writing; the verbs are in the classes that derive from it."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.url = url
        self.credentials: Mapping[str, str] = {}
        self.path: Path = sqlite_path(url)
        check_file(self.path, create=create)
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: weakref.WeakSet[_Connection] = weakref.WeakSet()
        with self._told():
            self._writer = self._connect()
            try:
                migrate(self._writer, self.path)
            except BaseException:
                self._writer.close()
                raise

    def _connect(self, cache_kib: int = CACHE_KIB) -> _Connection:
        # isolation_level=None: transactions are opened here by name, never by the driver's guess.
        con = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        con.row_factory = sqlite3.Row
        con.execute("PRAGMA foreign_keys = ON")
        con.create_function("doubt_weight", 2, weight, deterministic=True)
        con.execute("PRAGMA secure_delete = ON")
        con.execute("PRAGMA synchronous = FULL")
        con.execute(f"PRAGMA cache_size = -{cache_kib}")
        return con

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into one line that names the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path.name}: {error}") from error
        except UnicodeEncodeError:
            raise StoreError(f"{self.path.name}: {NOT_TEXT}") from None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread, inside one transaction: all that is read under it is of one moment."""
        with self._told():
            con: _Connection | None = getattr(self._local, "con", None)
            if con is None:
                con = self._connect(READER_CACHE_KIB)
                con.execute("PRAGMA query_only = ON")
                self._local.con = con
                self._readers.add(con)
            if con.in_transaction:
                yield con
                return
            con.execute("BEGIN")
            try:
                yield con
            finally:
                if con.in_transaction:  # an error of the disk ends it by itself
                    con.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The writer inside one immediate transaction, committed at the end or rolled back whole."""
        with self._lock, self._told():
            con = self._writer
            con.execute("BEGIN IMMEDIATE")
            try:
                check_version(con, self.path)
                yield con
            except BaseException:
                if con.in_transaction:
                    con.execute("ROLLBACK")
                raise
            con.execute("COMMIT")

    def close(self) -> None:
        """Close every connection; the last one brings the write-ahead log into the file."""
        with self._lock:
            for reader in list(self._readers):
                reader.close()
            self._writer.close()
        self._local = threading.local()


def filter_sql(where: Filter, column: str) -> tuple[str, list[object]]:
    """A condition on `column` (a source id), empty where nothing is filtered, and its parameters.

    A source without a date is outside any span of dates.
    """
    parts: list[str] = []
    values: list[object] = []
    for condition, value in (
        ("meeting = ?", where.meeting),
        ("date <> '' AND date >= ?", where.since),
        ("date <> '' AND date <= ?", where.until),
        ("id = ?", where.source),
        ("document = ?", where.document),
        ("visibility = ?", str(where.visibility) if where.visibility else ""),
    ):
        if value:
            parts.append(condition)
            values.append(value)
    if not parts:
        return "", []
    return f" AND {column} IN (SELECT id FROM source WHERE {' AND '.join(parts)})", values


def confirmed_sql(where: Filter, thing: str) -> str:
    """The condition on a row of `thing` that goes with a filter on what was confirmed."""
    return f"AND {thing}.confirmed = 1" if where.confirmed else ""


def numbered(condition: str, first: int) -> str:
    """The condition with numbered parameters, as SQLite wants them once one is numbered."""
    parts = condition.split("?")
    return "".join(part + (f"?{first + i}" if i < len(parts) - 1 else "") for i, part in enumerate(parts))
