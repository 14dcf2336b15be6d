"""The example territory: invented places, people and texts, opened and taken away at will."""

from __future__ import annotations

import hashlib
from functools import cache

import streamlit as st

from graph import actions
from graph.model import SourceInfo
from graph.store import ROOT
from views import state
from views.i18n import t


def files() -> list[tuple[str, bytes]]:
    """The documents of the example, as (name, bytes)."""
    folders = [f for f in sorted((ROOT / "samples").iterdir()) if f.is_dir()]
    paths = [p for f in folders for p in sorted(f.iterdir()) if p.is_file() and not p.name.startswith(".")]
    return [(p.name, p.read_bytes()) for p in paths]


@cache
def _known() -> frozenset[str]:
    return frozenset(hashlib.sha256(data).hexdigest() for _, data in files())


def note(sources: list[SourceInfo]) -> None:
    """In the sidebar, while the example is in the store: what it is, and the way to take it away."""
    shown = [info for info in sources if info.sha256 in _known()]
    if not shown:
        return
    with st.container(key="example"):
        st.caption(t("common.example"))
        st.button(t("common.remove_example"), on_click=_remove, args=(shown,), key="example-remove", type="tertiary")


def _remove(shown: list[SourceInfo]) -> None:
    for info in shown:
        actions.remove_source(state.store(), state.actor(), info.id)
    state.clear_filters()
