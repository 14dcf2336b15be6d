"""The types that the map tells apart, changed by a facilitator: added, renamed, removed; every change can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from graph.errors import MaillageError
from graph.initiatives import types
from graph.initiatives.types import LONGEST, Change, Did, Kept
from graph.notes import digest
from ontology.initiatives import InitiativeType
from views import state
from views.correct import may_correct
from views.escape import md
from views.i18n import clock, language, quoted, t
from views.wording import said

EDIT = "types"  # of the parameter `edit` of the page
_WHICH = "type"  # the parameter that says which one is in the form
_FIELDS = ("fr", "en", "words")
_NEW = ""
_SHOWN = 12  # changes
_PART = ";"


def button() -> None:
    """« Types »: for those who may change them."""
    if may_correct():
        st.button(
            t("initiatives.types_edit"), icon=":material/category:", key="initiative-types",
            on_click=lambda: state.set_query(edit="" if state.query("edit") == EDIT else EDIT, **{_WHICH: ""}),
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
            st.button(
                t("common.close"), key="types-close", type="tertiary",
                on_click=lambda: state.set_query(edit="", **{_WHICH: ""}),
            )  # fmt: skip


def _form(found: Kept) -> None:
    names = {_NEW: t("initiatives.types_new"), **{k: spec.name(language()) for k, spec in found.types.items()}}
    which, french, english, words = st.columns([1.5, 1.5, 1.5, 2], vertical_alignment="bottom")
    known = found.types.get(state.query(_WHICH))
    st.session_state["types-which"] = known.key if known else _NEW
    with which:
        st.selectbox(
            t("initiatives.type"), list(names), format_func=names.__getitem__, key="types-which",
            on_change=lambda: state.set_query(**{_WHICH: st.session_state["types-which"]}),
        )  # fmt: skip
    with french:
        _field("fr", known, known.fr if known else "", max_chars=LONGEST)
    with english:
        _field("en", known, known.en if known else "", max_chars=LONGEST)
    with words:
        others = f"{_PART} ".join(dict.fromkeys(known.words[2:])) if known else ""
        _field("words", known, others, help=t("initiatives.types_words_help"))
    with st.container(horizontal=True):
        st.button(
            t("initiatives.types_keep" if known else "initiatives.types_add"), type="primary", key="types-keep",
            on_click=_keep, args=(known,),
        )  # fmt: skip
        if known:
            st.button(
                t("initiatives.types_remove"), icon=":material/delete:", key="types-remove", on_click=_remove,
                args=(known,),
            )  # fmt: skip


def _field(name: str, known: InitiativeType | None, value: str, **options: Any) -> None:
    key = _key(name, known)
    st.session_state.setdefault(key, value)
    st.text_input(t(f"initiatives.types_{name}"), key=key, **options)


def _key(name: str, known: InitiativeType | None) -> str:
    """A field begins anew when this very type was changed, and not when another was."""
    return f"types-{name}-{digest(repr(known)) if known else 'new'}"


def _keep(known: InitiativeType | None) -> None:
    """Keep what stands in the fields at this moment, which the run that drew the button may not have seen."""
    typed = {name: str(st.session_state[_key(name, known)]) for name in _FIELDS}
    fr, en, written = typed.values()
    store, actor, told = state.whole(), state.actor(), quoted(" ".join(fr.split()))
    words = [word.strip() for word in written.split(_PART)]
    if known:
        done = _done(
            lambda: types.edit(store, actor, known.key, fr, en, words, seen=known),
            t("initiatives.types_kept", name=told),
        )
    else:
        done = _done(lambda: types.add(store, actor, fr, en, words), t("initiatives.types_added", name=told))
    if not done:
        _leave(known, typed)
    elif not known:
        _leave(None, dict.fromkeys(_FIELDS, ""))


def _leave(known: InitiativeType | None, typed: Mapping[str, str]) -> None:
    """Put this in the fields of the type as it is by now: someone else may have changed or removed it."""
    now = types.kept(state.whole()).types.get(known.key) if known else None
    st.session_state.update({_key(name, now): value for name, value in typed.items()})


def _remove(known: InitiativeType) -> None:
    told = t("initiatives.types_removed", name=quoted(known.name(language())))
    _do(lambda: types.remove(state.whole(), state.actor(), known.key, seen=known), told)


def _reset() -> None:
    _do(lambda: types.reset(state.whole(), state.actor()), t("initiatives.types_were_reset"))


def _do(act: Callable[[], object], told: str) -> None:
    """Do it and say so on the page drawn anew; a refusal is told beside the form, where what was typed stays."""
    _done(act, told)


def _done(act: Callable[[], object], told: str) -> bool:
    """The same; returns whether it was done."""
    try:
        act()
    except MaillageError as error:
        st.session_state["refused"] = said(str(error))
        return False
    st.session_state["said"] = told
    return True


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
