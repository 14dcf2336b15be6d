"""Themes keep their identity: one more document leaves the others as they were, and the order of imports is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.model import Actor, Fragment
from graph.store import open_store
from graph.store.base import Store
from ingest.document import RawFile
from ingest.extract import extract
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document

DOCS = Path(__file__).parent / "quality" / "docs"
KEPT = 0.95
Opened = Callable[[], Store]


@pytest.fixture(scope="module")
def fragments() -> list[Fragment]:
    """Seven documents on several subjects, read by the rules alone."""
    paths = sorted(p for p in DOCS.glob("about_*") if "_en_" not in p.name)[:7]
    assert len(paths) == 7
    return [to_fragment(extract(read_document(RawFile(p.name, p.read_bytes()))), ImportMeta()) for p in paths]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    made: list[Store] = []

    def new() -> Store:
        made.append(open_store(f"sqlite:///{tmp_path}/{len(made)}.db"))
        return made[-1]

    yield new
    for store in made:
        store.close()


def _themes(store: Store) -> dict[str, str]:
    """Id → label of every theme."""
    return {t.id: t.label for t in store.rows(["theme"], limit=500)}


def _written(store: Store, fragments: list[Fragment]) -> dict[str, str]:
    for fragment in fragments:
        store.write(fragment, Actor("tester"))
    return _themes(store)


def test_one_more_document_leaves_the_themes_their_identity(opened: Opened, fragments: list[Fragment]) -> None:
    store = opened()
    before = _written(store, fragments[:-1])
    after = _written(store, fragments[-1:])
    assert len(before) > 20
    assert len(after) > len(before)
    assert len(before.keys() & after.keys()) >= KEPT * len(before)
    same_label = sum(after.get(theme) == label for theme, label in before.items())
    assert same_label >= KEPT * len(before)


def test_the_order_of_imports_makes_no_other_themes(opened: Opened, fragments: list[Fragment]) -> None:
    forth, back = opened(), opened()
    assert _written(forth, fragments) == _written(back, fragments[::-1])
    ids = list(_themes(forth))
    assert {(x.a, x.b, x.types) for x in forth.links(ids)} == {(x.a, x.b, x.types) for x in back.links(ids)}
