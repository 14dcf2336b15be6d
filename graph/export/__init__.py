"""The graph as files for other tools, one format per module, chosen by the extension."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from graph.errors import StoreError
from graph.model import Filter, Link, Thing
from graph.store.base import NO_FILTER, Store
from ontology import load

FORMATS = {".csv": "graph.export.csv", ".graphml": "graph.export.graphml"}
_PAGE = 500
_MOST_LINKS = 1_000_000  # of one thing: a bound that is never met


def export(store: Store, path: Path, where: Filter = NO_FILTER) -> list[Path]:
    """Write the graph to `path` in the format of its extension; returns the files written, replaced where they were.

    Raises StoreError for an extension that no format has or a file that cannot be written.
    """
    module = FORMATS.get(path.suffix.lower())
    if module is None:
        raise StoreError(f"{path.name}: no format for {path.suffix or 'no extension'!r}; known: {', '.join(FORMATS)}")
    write: Callable[[Store, Path, Filter], list[Path]] = import_module(module).write
    try:
        return write(store, path, where)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from None


def every_thing(store: Store, where: Filter) -> Iterator[Thing]:
    """All that is not text, kind by kind, a page at a time."""
    words = load()
    for kind in [k for k, spec in words.kinds.items() if spec.role != "text"]:
        offset = 0
        while page := store.rows([kind], where, limit=_PAGE, offset=offset):
            yield from page
            offset += len(page)


def every_link(store: Store, where: Filter) -> Iterator[Link]:
    """All links, each pair once."""
    for thing in every_thing(store, where):
        for link in store.neighbours(thing.id, (), where, limit=_MOST_LINKS):
            if link.a < link.b:
                yield link
