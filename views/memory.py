"""What pages keep for all sessions of the process, so that erasing a name can empty it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from graph.persons import unnamed
from graph.store.base import Store

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
_KEPT: list[Any] = []
_SEEN: dict[str, tuple[int, int]] = {}  # by the address of a store: its last act then, how many names were forgotten


def kept(**options: Any) -> Callable[[F], F]:
    """As st.cache_resource, for what is made of a graph: emptied when a name is erased."""

    def keeping(function: F) -> F:
        cached = st.cache_resource(show_spinner=False, **options)(function)
        _KEPT.append(cached)
        return cast(F, cached)

    return keeping


def fingerprint(*shown: object) -> str:
    """What is known by these values, and changes with each of them: a key of a widget, a revision."""
    return hashlib.blake2b(repr(shown).encode(), digest_size=12).hexdigest()


def once(name: str, made_of: object, make: Callable[[], T]) -> T:
    """What `make` makes of these values and of nothing else: made anew where they are others, whatever was written."""
    made: T = _made(name, fingerprint(made_of), make)
    return made


@kept(max_entries=64)
def _made(name: str, digest: str, _make: Callable[[], T]) -> T:  # noqa: ARG001  the key of the cache
    return _make()


def empty() -> None:
    """Nothing that was made of a graph stays in memory."""
    for cached in _KEPT:
        cached.clear()
    st.cache_data.clear()
    unnamed.empty()


def follow(store: Store) -> None:
    """Empty it as well where another process forgot a name since this was last called; one number where nothing was."""
    acts = store.acts()
    known = _SEEN.get(store.url)
    if known and known[0] == acts:
        return
    names = len(store.masker().forgotten)
    if known and known[1] != names:
        empty()
    _SEEN[store.url] = (acts, names)
