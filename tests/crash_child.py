"""Children that kill themselves (SIGKILL) inside a write; run as a program by test_crash.py, never imported by it.

    python -m tests.crash_child FOLDER POINT...

For each point a child is forked that writes to FOLDER/<point>.db, copied from FOLDER/base.db, and dies at that point:
a number is the n-th tick of SQLite's progress handler after the write began, "commit" is just before the commit, and
"after" once the write has returned; "new-N" is the n-th tick while a store that is not there yet is being made.
"count" does not die. One JSON line per child on standard output.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from graph.model import Actor
from graph.store.sqlite.store import SQLiteStore
from tests.fragments import autumn, spring

OPERATIONS_PER_TICK = 20


class Killer:
    """Counts ticks of one connection and ends the process at one of them."""

    def __init__(self, con: sqlite3.Connection, point: str) -> None:
        self.con, self.point, self.ticks = con, point, 0

    def tick(self) -> int:
        self.ticks += 1
        if self.point == str(self.ticks):
            self.die()
        return 0

    def statement(self, sql: str) -> None:
        if self.point == "commit" and sql == "COMMIT":
            self.die()

    def die(self) -> None:
        tell(self.point, self.ticks, inside=self.con.in_transaction)
        os.kill(os.getpid(), signal.SIGKILL)


def tell(point: str, ticks: int, *, inside: bool) -> None:
    os.write(1, (json.dumps({"point": point, "ticks": ticks, "inside": inside}) + "\n").encode())


def child(folder: Path, point: str) -> None:
    """A new source, then other rules for one that is there: insertions and deletions."""
    store = SQLiteStore(f"sqlite:///{folder / point}.db")
    killer = Killer(store._writer, point)
    store._writer.set_progress_handler(killer.tick, OPERATIONS_PER_TICK)
    store._writer.set_trace_callback(killer.statement)
    store.write(autumn(), Actor())
    store.write(spring(rule="tests.fragments@2"), Actor())
    tell(point, killer.ticks, inside=False)
    if point == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(0)


class Maker(SQLiteStore):
    """A store that dies while it is being made."""

    point = ""

    def _connect(self) -> Any:
        con = super()._connect()
        con.set_progress_handler(Killer(con, self.point).tick, OPERATIONS_PER_TICK)
        return con


def make(folder: Path, point: str) -> None:
    Maker.point = point.removeprefix("new-")
    Maker(f"sqlite:///{folder / point}.db")
    tell(point, 0, inside=False)
    os._exit(0)


def main(folder: Path, points: list[str]) -> None:
    for point in points:
        if not point.startswith("new-"):
            shutil.copyfile(folder / "base.db", folder / f"{point}.db")
        pid = os.fork()
        if not pid:
            (make if point.startswith("new-") else child)(folder, point)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
