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
_STORES = {"sqlite": "graph.store.sqlite_store:SQLiteStore"}


def store_url(url: str | None = None) -> str:
    """The address in force: the one given, else MAILLAGE_STORE, else the default."""
    return url or os.environ.get("MAILLAGE_STORE") or DEFAULT_URL


def open_store(url: str | None = None, *, create: bool = True) -> Store:
    """Open the store at `url` (``sqlite:///relative.db`` counts from the repository's root, ``sqlite:////abs.db``).

    With ``create=False`` a store that is not there raises StoreError instead of being made.
    """
    address = store_url(url)
    scheme = urlsplit(address).scheme
    if scheme not in _STORES:
        raise StoreError(f"no store for {scheme or address!r}; known: {', '.join(_STORES)}")
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
