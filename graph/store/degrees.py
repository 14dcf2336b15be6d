"""Degrees remembered between questions, for as long as nothing is written."""

from __future__ import annotations

import threading
from functools import cached_property

from graph.model import Filter

MOST_REMEMBERED = 16  # filters for which degrees are kept


class Degrees:
    """What was counted since the last act in the log of a store, which every write leaves; for any thread."""

    def __init__(self) -> None:
        self._counted: dict[Filter, dict[str, int]] = {}
        self._of: object = None
        self._lock = threading.Lock()

    def known(self, last_act: object, where: Filter) -> dict[str, int]:
        """The degrees counted within a filter since that act; new ones are to be added to it."""
        with self._lock:
            if self._of != last_act:
                self._counted, self._of = {}, last_act
            if len(self._counted) > MOST_REMEMBERED and where not in self._counted:
                self._counted.clear()
            return self._counted.setdefault(where, {})


class RemembersDegrees:
    """A store that remembers them."""

    @cached_property
    def _degrees(self) -> Degrees:
        return Degrees()
