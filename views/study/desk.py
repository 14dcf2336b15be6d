"""Étudier: the researcher's desk. What a tab shows is its address, with the digest of the corpus it was made on."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from views import documents, frame, state
from views.i18n import t
from views.study.shared import read_digest
from views.tabs import tabs

_TABS = ("concordance", "measures", "compare", "queries", "dataset")


def page() -> None:
    frame.head(t("common.study"), t("common.explore"), under=t("study.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    if not state.store().sources(state.where()):
        frame.filters_hide(len(documents.infos()))
        return
    _told_when_changed(read_digest())
    chosen, box = tabs({name: t(f"study.{name}") for name in _TABS})
    draw: Callable[[], None] = import_module(f"views.study.{chosen}").draw
    with box:
        draw()


def _told_when_changed(now: str) -> None:
    """A link made on another state of the corpus says so: what it shows may not be what its author saw."""
    asked = state.query("digest")
    if asked and asked != now:
        st.warning(t("study.changed"), icon=":material/history:")
        st.button(t("study.changed_seen"), on_click=lambda: state.set_query(digest=now), key="changed-seen")
