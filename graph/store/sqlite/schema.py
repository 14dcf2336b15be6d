"""Whose file it is, and its numbered migrations, each one transaction with the row that records it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from graph.errors import StoreError
from graph.store.sqlite.tables import MIGRATIONS
from graph.store.sqlite.ties import fill_links
from graph.store.sqlite.words import add_functions

APPLICATION_ID = 0x4D61696C  # "Mail", in the header of the file

VERSION = len(MIGRATIONS)


def _nothing(con: sqlite3.Connection) -> None:
    """A migration that its statements do whole."""


# What follows the statements of a migration.
_COMPUTED: dict[int, Callable[[sqlite3.Connection], None]] = {6: fill_links}


def check_file(path: Path, *, create: bool) -> None:
    """Refuse a file that is not a store of this application. Raises StoreError."""
    try:
        _check(path, create)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None


def _check(path: Path, create: bool) -> None:
    if not path.exists():
        if not create:
            raise StoreError(f"no store at {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a store")
    if path.stat().st_size and _application(path) != APPLICATION_ID:
        raise StoreError(f"{path} belongs to another application; it was left untouched")


def _application(path: Path) -> int:
    """The application id of a file, read by SQLite itself: closing a handle of our own would drop this process's locks.

    Immutable: nothing is written beside the file, whoever it belongs to. Raises StoreError for another sort of file.
    """
    con = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    try:
        return int(con.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: {error}") from None
    except sqlite3.DatabaseError:
        raise StoreError(f"{path} is not a store: not an SQLite file") from None
    finally:
        con.close()


def migrate(con: sqlite3.Connection, path: Path) -> None:
    """Bring the tables up to VERSION. Raises StoreError for a store made by a newer version, left untouched."""
    found = _version(con)
    if found > VERSION:
        raise StoreError(f"{path} was written by a newer version (tables {found}, known {VERSION}); left untouched")
    if found == VERSION:
        return
    if found == 0:
        # Set outside WAL, so that the header of the file itself says whose it is from its first page on.
        con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute("PRAGMA journal_mode = WAL")
    add_functions(con)
    for number in range(found + 1, VERSION + 1):
        apply_migration(con, number)


def check_version(con: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError where another process changed the tables since this one opened the store."""
    if (found := _version(con)) != VERSION:
        raise StoreError(f"{path.name} was changed by another version (tables {found}, known {VERSION}): open it again")


def _version(con: sqlite3.Connection) -> int:
    return int(con.execute("PRAGMA user_version").fetchone()[0])


def apply_migration(con: sqlite3.Connection, number: int) -> None:
    """Make the changes of one migration and record it, in one transaction."""
    name, script = MIGRATIONS[number - 1]
    con.execute("BEGIN IMMEDIATE")
    try:
        if _version(con) < number:  # another process may have been faster
            for statement in _statements(script):
                con.execute(statement)
            _COMPUTED.get(number, _nothing)(con)
            con.execute(
                "CREATE TABLE IF NOT EXISTS migration"
                " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT"
            )
            con.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, name, datetime.now(UTC).isoformat()))
            con.execute(f"PRAGMA user_version = {number}")
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Whole statements of a script; triggers hold semicolons of their own."""
    out, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            out.append(pending.strip())
            pending = ""
    return out
