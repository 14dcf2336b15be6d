"""Corrections that are read once in a transaction, however many things each bears on. Pure, for any store."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

from graph.model import Decision


class KnowsDecisions(ABC):
    """Rows of one transaction; the log may grow in it, what is in it stays as it is."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Decision]] = {}

    @abstractmethod
    def _read_decisions(self, ids: Sequence[str]) -> Iterable[tuple[int, Decision]]:
        """Those of these corrections that are in the log, with their numbers, undos left out."""

    def decisions(self, ids: Sequence[str]) -> Mapping[int, Decision]:
        """See JoiningRows.decisions."""
        if missing := [id_ for id_ in ids if id_ not in self._known]:
            self._known |= {decision.id: (n, decision) for n, decision in self._read_decisions(missing)}
        return dict(self._known[id_] for id_ in ids if id_ in self._known)
