"""Work beside the pages gives way to them: the threads of a process share one processor, and a reader waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Seconds. Of many readers at once the work still comes to its end; and it rests where no page is drawn, too: what comes
# before and after a page would else wait for the interpreter at each of its steps.
LONGEST = 0.1
WORK = REST = 0.005


class Readers:
    """How many pages are drawn at this moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawn = 0
        self._none = threading.Event()
        self._none.set()
        self._next = 0.0  # when work that waited, or rested, does so again

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """While a page is drawn."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def give_way(self) -> bool:
        """Called by work at each small step: wait while pages are drawn, else rest. Whether none is drawn."""
        if time.monotonic() < self._next:
            return self._none.is_set()
        alone = self._none.wait(LONGEST)
        if alone:
            time.sleep(REST)
        self._next = time.monotonic() + WORK
        return alone

    def _count(self, more: int) -> None:
        with self._lock:
            self._drawn += more
            if self._drawn:
                self._none.clear()
            else:
                self._none.set()


READERS = Readers()  # of this process
