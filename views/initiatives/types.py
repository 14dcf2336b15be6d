"""The types that the map tells apart, changed by a facilitator: added, renamed, removed; every change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from graph.errors import MaillageError
from graph.initiatives import types
from graph.initiatives.types import LONGEST, Change, Did, Kept
from ontology.initiatives import InitiativeType
from views import state
from views.correct import may_correct
from views.escape import md
from views.i18n import clock, language, quoted, t
from views.wording import said

EDIT = "types"  # of the parameter `edit` of the page
_NEW = ""
_SHOWN = 12  # changes
_PART = ";"


def button() -> None:
    """« Types »: for those who may change them."""
    if may_correct():
        st.button(
            t("initiatives.types_edit"), icon=":material/category:", key="initiative-types",
            on_click=lambda: state.set_query(edit="" if state.query("edit") == EDIT else EDIT),
        )  # fmt: skip


def draw() -> None:
    """The types of this store and what may be done with them, where the address asks for it."""
    if state.query("edit") != EDIT or not may_correct():
        return
    found = types.kept(state.whole())
    with st.container(border=True, key="card-types"):
        st.subheader(t("initiatives.types_title"), anchor=False)
        st.caption(t("initiatives.types_about"))
        _form(found)
        _refused()
        _changes(found)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                t("initiatives.types_reset"), key="types-reset", icon=":material/restart_alt:", type="tertiary",
                on_click=_reset,
            )  # fmt: skip
            st.download_button(
                t("initiatives.types_toml"), types.as_toml(found.types), file_name="types-initiatives.toml",
                mime="application/toml", key="types-toml", icon=":material/download:", on_click="ignore",
                type="tertiary",
            )  # fmt: skip
            st.button(t("common.close"), key="types-close", type="tertiary", on_click=lambda: state.set_query(edit=""))


def _form(found: Kept) -> None:
    names = {_NEW: t("initiatives.types_new"), **{k: spec.name(language()) for k, spec in found.types.items()}}
    which, french, english, words = st.columns([1.5, 1.5, 1.5, 2], vertical_alignment="bottom")
    with which:
        kind = str(st.selectbox(t("initiatives.type"), list(names), format_func=names.__getitem__, key="types-which"))
    known = found.types.get(kind)
    stamp = f"{kind}-{len(found.changes)}"  # after a change the fields begin anew
    with french:
        _field("fr", stamp, known.fr if known else "", max_chars=LONGEST)
    with english:
        _field("en", stamp, known.en if known else "", max_chars=LONGEST)
    with words:
        others = f"{_PART} ".join(dict.fromkeys(known.words[2:])) if known else ""
        _field("words", stamp, others, help=t("initiatives.types_words_help"))
    with st.container(horizontal=True):
        st.button(
            t("initiatives.types_keep" if known else "initiatives.types_add"), type="primary", key="types-keep",
            on_click=_keep, args=(known, stamp),
        )  # fmt: skip
        if known:
            st.button(
                t("initiatives.types_remove"), icon=":material/delete:", key="types-remove", on_click=_remove,
                args=(known,),
            )  # fmt: skip


def _field(name: str, stamp: str, value: str, **options: Any) -> None:
    st.text_input(t(f"initiatives.types_{name}"), value, key=f"types-{name}-{stamp}", **options)


def _keep(known: InitiativeType | None, stamp: str) -> None:
    """Keep what stands in the fields at this moment, which the run that drew the button may not have seen."""
    fr, en, written = (str(st.session_state[f"types-{name}-{stamp}"]) for name in ("fr", "en", "words"))
    store, actor, told = state.whole(), state.actor(), quoted(" ".join(fr.split()))
    words = [word.strip() for word in written.split(_PART)]
    if known:
        _do(
            lambda: types.edit(store, actor, known.key, fr, en, words, seen=known),
            t("initiatives.types_kept", name=told),
        )
    else:
        _do(lambda: types.add(store, actor, fr, en, words), t("initiatives.types_added", name=told))


def _remove(known: InitiativeType) -> None:
    told = t("initiatives.types_removed", name=quoted(known.name(language())))
    _do(lambda: types.remove(state.whole(), state.actor(), known.key, seen=known), told)


def _reset() -> None:
    _do(lambda: types.reset(state.whole(), state.actor()), t("initiatives.types_were_reset"))


def _do(act: Callable[[], object], told: str) -> None:
    """Do it and say so on the page drawn anew; a refusal is told beside the form, where what was typed stays."""
    try:
        act()
        st.session_state["said"] = told
    except MaillageError as error:
        st.session_state["refused"] = said(str(error))


def _refused() -> None:
    refused = st.session_state.pop("refused", "")
    if refused:
        st.error(md(refused))


# --- what was changed ------------------------------------------------------------------------------------------------


def _changes(found: Kept) -> None:
    made = [change for change in found.changes if change.did != Did.UNDO]
    if not made:
        return
    with st.expander(t("initiatives.types_changes", n=len(made))):
        for change in made[: -_SHOWN - 1 : -1]:
            _row(change, undone=change.id in found.undone)


def _row(change: Change, *, undone: bool) -> None:
    told = t(f"initiatives.types_did_{change.did}", name=quoted(change.en if language() == "en" else change.fr))
    when = f"{clock(change.at)} · {change.actor}" + (f" · {t('initiatives.types_undone')}" if undone else "")
    words, act = st.columns([5, 1.2], vertical_alignment="center")
    with words:
        st.markdown(md(told))
        st.caption(md(when))
    with act:
        if not undone:
            st.button(
                t("frame.undo_now"), key=f"types-undo-{change.id}", icon=":material/undo:", on_click=_do,
                args=(lambda: types.undo(state.whole(), state.actor(), change.id), t("decisions.undone_now")),
            )  # fmt: skip
