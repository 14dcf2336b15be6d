"""Corrections by a facilitator: another name, or out of the graph; through graph/actions.py, and undone at will."""

from __future__ import annotations

import streamlit as st

from graph import actions
from graph.decided.checking import MAX_REASON
from graph.errors import MaillageError
from graph.model import Decision, DecisionKind, Role, Thing
from views import state, wording
from views.escape import md
from views.i18n import named, quoted, t
from views.kinds import name, picture


def may_correct() -> bool:
    return state.actor().role is Role.FACILITATOR


def correct_button(thing: Thing, *, key: str, label: bool = False) -> None:
    """The button that opens the correction of a thing; nothing for those who may not."""
    if not may_correct():
        return
    said = t("details.correct")
    place = (
        f"correct-{key}" if label else f"icon-correct-{key}"
    )  # style.css shows the icon alone, readers hear the label
    if st.button(said, key=place, type="tertiary", icon=":material/edit:", help=None if label else said):
        _dialog(thing)


def _dialog(thing: Thing) -> None:
    st.dialog(t("details.correct_title"))(_correct)(thing)


def _correct(thing: Thing) -> None:
    if "said" in st.session_state:
        st.rerun()  # taken by a callback: the dialog closes and the page is drawn anew
    st.markdown(named(f"{picture(thing.kind)} {md(name(thing.kind))}", f"**{md(thing.label)}**"))
    st.text_input(t("details.label"), thing.label, key=f"label-{thing.id}")
    why, about = t("details.reason"), t("details.reason_why")
    st.text_input(why, key=f"reason-{thing.id}", placeholder=about, max_chars=MAX_REASON)
    with st.container(horizontal=True):
        st.button(t("details.rename"), type="primary", on_click=_take, args=("rename", thing), key="rename")
        st.button(t("details.reject"), icon=":material/delete:", on_click=_take, args=("reject", thing), key="reject")
    state.link_to("verifier", t("details.more"), icon=":material/fact_check:", d=thing.id)
    state.link_to("decisions", t("decisions.history"), icon=":material/history:", thing=thing.id)
    st.caption(t("details.undoable"))
    refused = st.session_state.pop("refused", "")
    if refused:
        st.error(md(refused))


def _take(act: str, thing: Thing) -> None:
    """Take the correction that was asked in the dialog; a refusal is told there."""
    label = str(st.session_state.get(f"label-{thing.id}", "")).strip()
    reason = str(st.session_state.get(f"reason-{thing.id}", ""))
    try:
        if act == "reject":
            taken = actions.reject(state.store(), state.actor(), thing.id, reason, seen_version=thing.version)
            tell(t("details.rejected", name=quoted(thing.label)), taken)
        elif label == thing.label:
            st.session_state["refused"] = t("details.same_label")
        else:
            taken = actions.rename(state.store(), state.actor(), thing.id, label, reason, seen_version=thing.version)
            tell(t("details.renamed", name=quoted(label)), taken)
    except MaillageError as error:
        st.session_state["refused"] = wording.said(str(error))


def tell(said: str, taken: Decision) -> None:
    """Keep what to say once the page is drawn anew, and the decision that can be undone from there (no undoing can)."""
    st.session_state["said"] = said
    if taken.kind == DecisionKind.UNDO:
        _close()
    else:
        st.session_state["undoable"] = (state.place(), said, taken.id)


def say_what_was_done() -> None:
    """The toast of the last correction, and on the page where it was made the way to undo it at once."""
    said = st.session_state.pop("said", "")
    if said:
        st.toast(md(said), icon=":material/check:")
    with st.container(key="done", horizontal=True, vertical_alignment="center"):
        where, told, decision = st.session_state.get("undoable", ("", "", ""))
        if decision and where == state.place():
            st.markdown(md(told), width="content")
            st.button(t("frame.undo_now"), key="undo-now", icon=":material/undo:", on_click=undo, args=(decision,))
            st.button(t("common.close"), key="undo-close", type="tertiary", on_click=_close)


def _close() -> None:
    st.session_state.pop("undoable", None)


def undo(decision: str) -> None:
    """Undo a decision; a refusal is told on the page."""
    _close()
    try:
        actions.undo(state.store(), state.actor(), decision)
        st.session_state["said"] = t("decisions.undone_now")
    except MaillageError as error:
        st.session_state["said"] = wording.said(str(error))
