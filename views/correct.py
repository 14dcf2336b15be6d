"""Corrections by a facilitator: another name, or out of the graph; through graph/actions.py, and undone at will."""

from __future__ import annotations

import streamlit as st

from graph import actions
from graph.errors import MaillageError
from graph.model import Role, Thing
from views import state
from views.errors import told
from views.escape import md
from views.i18n import quoted, t
from views.kinds import name, picture


def may_correct() -> bool:
    return state.actor().role is Role.FACILITATOR


def correct_button(thing: Thing, *, key: str, label: bool = False) -> None:
    """The button that opens the correction of a thing; nothing for those who may not."""
    if not may_correct():
        return
    said = t("details.correct")
    if st.button(said if label else "", key=f"correct-{key}", type="tertiary", icon=":material/edit:", help=said):
        _dialog(thing)


def _dialog(thing: Thing) -> None:
    st.dialog(t("details.correct_title"))(_correct)(thing)


def _correct(thing: Thing) -> None:
    st.markdown(f"{picture(thing.kind)} {md(name(thing.kind))} : **{md(thing.label)}**")
    label = st.text_input(t("details.label"), thing.label, key=f"label-{thing.id}")
    reason = st.text_input(t("details.reason"), key=f"reason-{thing.id}", placeholder=t("details.reason_why"))
    with st.container(horizontal=True):
        renamed = st.button(t("details.rename"), type="primary", disabled=label.strip() in {"", thing.label})
        rejected = st.button(t("details.reject"), icon=":material/delete:")
    st.caption(t("details.undoable"))
    with told():
        if renamed:
            actions.rename(state.store(), state.actor(), thing.id, label, reason, seen_version=thing.version)
            _done(t("details.renamed", name=quoted(label.strip())))
        elif rejected:
            actions.reject(state.store(), state.actor(), thing.id, reason, seen_version=thing.version)
            _done(t("details.rejected", name=quoted(thing.label)))


def _done(said: str) -> None:
    st.session_state["said"] = said
    st.rerun()


def say_what_was_done() -> None:
    """The toast of the last correction, after the page was drawn anew."""
    said = st.session_state.pop("said", "")
    if said:
        st.toast(md(said), icon=":material/undo:")


def undo(decision: str) -> None:
    """Undo a decision; a refusal is told on the page."""
    try:
        actions.undo(state.store(), state.actor(), decision)
        st.session_state["said"] = t("decisions.undone_now")
    except MaillageError as error:
        st.session_state["said"] = str(error)
