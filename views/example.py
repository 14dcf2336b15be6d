"""The example territory: invented places, people and texts, opened and taken away at will."""

from __future__ import annotations

import hashlib
from functools import cache

import streamlit as st

from graph import actions
from graph.errors import MaillageError
from graph.model import SourceInfo
from graph.store import ROOT
from views import state
from views.correct import may_correct
from views.i18n import t


def files() -> list[tuple[str, bytes]]:
    """The documents of the example, as (name, bytes)."""
    folders = [f for f in sorted((ROOT / "samples").iterdir()) if f.is_dir()]
    paths = [p for f in folders for p in sorted(f.iterdir()) if p.is_file() and not p.name.startswith(".")]
    return [(p.name, p.read_bytes()) for p in paths]


@cache
def _known() -> frozenset[str]:
    return frozenset(hashlib.sha256(data).hexdigest() for _, data in files())


def note(sources: list[SourceInfo], *, key: str) -> None:
    """While the example is in the store: what it is, and the way to take it away. `key`: "home", or "side" (menu)."""
    shown = [info for info in sources if info.sha256 in _known()]
    if not shown:
        return
    with st.container(key=f"example-{key}", horizontal=key == "home", vertical_alignment="center"):
        st.caption(t("common.example"))
        if may_correct():
            # One click, and nothing is asked: the home page opens the example again at will.
            st.button(
                t("common.remove_example"), type="tertiary", icon=":material/delete:", help=t("frame.keep_example"),
                on_click=_remove, args=(shown,), key=f"example-remove-{key}",
            )  # fmt: skip


def _remove(shown: list[SourceInfo]) -> None:
    try:
        for info in shown:
            actions.remove_source(state.store(), state.actor(), info.id)
        st.session_state["said"] = t("frame.example_gone")
    except MaillageError as error:  # another person took some of them away, or writes at this moment
        st.session_state["said"] = str(error)
    state.clear_filters()
