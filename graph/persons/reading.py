"""What every store that a role reads has in common: only what it answers itself is answered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from graph.errors import PermissionDenied
from graph.model import Thing
from graph.store.base import Store


class ReadByRole(ABC):
    """See Store; verbs that are not here, nor named in `OPEN`, are refused."""

    OPEN: frozenset[str] = frozenset()  # verbs that tell nothing which the role may not know

    def __init__(self, inner: Store) -> None:
        self._inner = inner

    def __getattr__(self, verb: str) -> Any:
        if verb in self.OPEN:
            return getattr(self._inner, verb)
        raise PermissionDenied(f"{verb}: only a facilitator may")

    def get(self, thing: str) -> Thing | None:
        return self.things([thing]).get(thing)

    def actors(self) -> list[str]:
        """Kept back: the names of those who acted."""
        return []

    @abstractmethod
    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        """See Store.things."""
