"""Stamps of sources in a store that had none, or that was copied: what is remembered still holds after each act."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.copy import copy
from graph.store import open_store
from graph.store.base import Store
from graph.store.remembering import remembering
from graph.store.sqlite.tables import MIGRATIONS
from tests.fragments import autumn, spring
from tests.test_remembered_answers import ACTS, WHO, _asked
from tests.test_store_file import _of_version

BEFORE_STAMPS = [name for name, _ in MIGRATIONS].index("stamps of sources")


def _filled(store: Store) -> Store:
    for fragment in (spring(), autumn()):
        store.write(fragment, WHO)
    return store


def _holds_after_each_act(store: Store) -> None:
    kept = remembering(store)
    before = _asked(kept)
    for name, act in ACTS.items():
        act(store)  # as another process would
        after = _asked(kept)
        assert after == _asked(store), name
        assert after != before, name
        before = after


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A store with data, as it was before there were stamps."""
    path = tmp_path / "filled.db"
    _filled(open_store(f"sqlite:///{path}")).close()
    return _of_version(BEFORE_STAMPS, path, tmp_path / "older.db")


@pytest.fixture
def into(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'into.db'}")


def test_a_store_from_before_stamps_gets_them_as_its_sources_change(older: Path) -> None:
    store = open_store(f"sqlite:///{older}")
    assert [placed.stamp for placed in store.stamps()] == [0, 0]
    store.write(spring(rule="tests.fragments@2"), WHO)
    assert any(placed.stamp for placed in store.stamps())


def test_what_is_remembered_of_a_store_from_before_stamps_holds(older: Path) -> None:
    _holds_after_each_act(open_store(f"sqlite:///{older}"))


def test_what_is_remembered_of_a_copied_store_holds(into: Store, tmp_path: Path) -> None:
    copy(_filled(open_store(f"sqlite:///{tmp_path / 'one.db'}")), into, WHO)
    _holds_after_each_act(into)


def test_a_copy_into_a_store_that_is_remembered_is_seen(into: Store, tmp_path: Path) -> None:
    into.write(spring(), WHO)
    kept = remembering(into)
    before = _asked(kept)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.write(autumn(), WHO)
    copy(other, into, WHO)
    assert _asked(kept) == _asked(into) != before
