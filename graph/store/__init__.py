"""Stores, chosen by the scheme of their address; each module is imported on use only."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from graph.errors import StoreError
from graph.store.base import Store

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_URL = "sqlite:///data/maillage.db"
NEO4J_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_STORES = {
    "sqlite": "graph.store.sqlite.store:SQLiteStore",
    **dict.fromkeys(NEO4J_SCHEMES, "graph.store.neo4j.store:Neo4jStore"),
}


def store_url(url: str | None = None) -> str:
    """The address in force: the one given, else MAILLAGE_STORE, else the default."""
    return url or os.environ.get("MAILLAGE_STORE") or DEFAULT_URL


def open_store(url: str | None = None, *, create: bool = True) -> Store:
    """Open the store at `url`: ``sqlite:///relative.db`` (from the repository's root), ``sqlite:////absolute.db``,

    ``neo4j://user:password@host:7687/database`` and the other NEO4J_SCHEMES.
    With ``create=False`` a store that is not there raises StoreError instead of being made.
    """
    address = store_url(url)
    scheme = urlsplit(address).scheme
    if scheme not in _STORES:
        asked = repr(scheme or address) if "@" not in address else "that address"  # a password may be in it
        raise StoreError(f"no store for {asked}; known: {', '.join(_STORES)}")
    module, name = _STORES[scheme].split(":")
    store: Store = getattr(import_module(module), name)(address, create=create)
    return store


def sqlite_path(url: str) -> Path:
    """The file behind an ``sqlite:///`` address."""
    rest = url.removeprefix("sqlite:///")
    if not rest or rest == url:
        raise StoreError(f"not an sqlite address: {url!r} (write sqlite:///file.db)")
    path = Path(rest)
    return path if path.is_absolute() else ROOT / path
