"""Fixtures shared by all tests. A store of another kind joins every conformance test by one more line in STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.model import Actor, Role
from graph.store import open_store
from graph.store.base import Store

STORES = ("sqlite",)


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes as many empty stores as a test asks for, closed at its end."""
    made: list[Store] = []

    def make() -> Store:
        made.append(open_store(f"sqlite:///{tmp_path / f'store{len(made)}.db'}"))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def fresh_store(new_store: Callable[[], Store]) -> Store:
    """An empty store of each kind."""
    return new_store()


@pytest.fixture
def facilitator() -> Actor:
    return Actor("facilitatrice", Role.FACILITATOR)
