"""Python's collector of circular garbage, stopped while much is made that all lives."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MOST_MADE = 2_000_000  # things made since the last search, while others still pause: some hundred megabytes
_pauses = 0
_collects = True
_pausing = threading.Lock()


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for circular garbage while a tree is built: it would walk the whole tree again and again."""
    global _pauses, _collects  # noqa: PLW0603 - the collector is one for the whole process
    with _pausing:
        if not _pauses:
            _collects = gc.isenabled()
        _pauses += 1
        gc.disable()
    try:
        yield
    finally:
        with _pausing:
            _pauses -= 1
            if _collects and not _pauses:
                gc.enable()
            elif _collects and gc.get_count()[0] > MOST_MADE:  # pauses of many threads may never all be over
                gc.collect()
