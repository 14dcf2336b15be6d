"""What a long benchmark found so far: told as it goes, kept in a file, bounded in time."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from neo4j import Driver

_CPU = """
CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes
RETURN attributes.ProcessCpuTime.value AS nanoseconds"""


T = TypeVar("T")
IN_PHASE = "ended while"


class Recorded:
    """The findings of one store. Each is on the disk as soon as it is known."""

    def __init__(self, path: Path, minutes: float) -> None:
        self.found: dict[str, Any] = read(path)
        self.server: Callable[[], float] = lambda: 0.0  # seconds of processor that it has used
        self._path = path
        self._began, self._seconds = time.monotonic(), 60 * minutes

    def keep(self, found: Mapping[str, Any] = MappingProxyType({})) -> None:
        for name, value in found.items():
            self.found[name] = value
            print(f"  {name}: {value}", file=sys.stderr, flush=True)
        self._path.write_text(json.dumps(self.found), "utf-8")

    def is_over(self, share: float = 1.0) -> bool:
        """Whether this share of the time is used up."""
        return time.monotonic() > self._began + share * self._seconds

    def left(self) -> float:
        """Seconds that are left."""
        return self._began + self._seconds - time.monotonic()

    def as_far_as(self, share: float, every: Iterable[T]) -> Iterator[T]:
        """At least one of them, and the others until this share of the time is used up."""
        for one in every:
            yield one
            if self.is_over(share):
                return

    @contextlib.contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Seconds of a phase: on the clock, of this process, of the server; its name, should it never end."""
        self.found[IN_PHASE] = name
        self.keep()
        clock, own, server = time.perf_counter(), time.process_time(), self.server()
        yield
        spent = (time.perf_counter() - clock, time.process_time() - own, self.server() - server)
        del self.found[IN_PHASE]
        self.found.setdefault("phases", {})[name] = spent
        self.keep()
        print("  {}: {:.1f} s, processor {:.1f} here, {:.1f} in the server".format(name, *spent), file=sys.stderr)


def read(path: Path) -> dict[str, Any]:
    """What a former run left, empty where there is none."""
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def server_clock(driver: Driver) -> Callable[[], float]:
    """Asks a server how many seconds of processor it has used."""

    def seconds() -> float:
        return float(driver.execute_query(_CPU).records[0]["nanoseconds"]) / 1e9

    return seconds
