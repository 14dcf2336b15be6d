"""A synthesis edited in place: the text, kept or given up; who comes second is told, and keeps their own text."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.errors import MaillageError, Stale
from graph.synthesis.kept import Kept, keep, kept
from graph.synthesis.lines import LONGEST_TEXT, Line, to_text
from views import state
from views.escape import md
from views.i18n import t
from views.wording import said


def draw(key: str, made: Sequence[Line], edit: Kept | None, sources: Sequence[str] = ()) -> None:
    """The editor of the synthesis `key`; `made` are its lines as the graph gives them, `sources` what it is made of."""
    st.session_state[f"sources-{key}"], st.session_state[f"made-{key}"] = tuple(sources), tuple(made)
    text = edit.text if edit else to_text(made)
    draft, seen = f"draft-{key}", f"seen-{key}"
    st.session_state.setdefault(seen, edit.version if edit else 0)
    widget = f"text-{key}"
    st.session_state[widget] = st.session_state.get(draft, text)
    st.caption(t("synthesis.how"))
    st.text_area(
        t("synthesis.text"), key=widget, height=560, max_chars=LONGEST_TEXT,
        on_change=lambda: st.session_state.update({draft: st.session_state[widget]}),
    )  # fmt: skip
    _refused(key)
    with st.container(horizontal=True):
        st.button(t("synthesis.keep"), type="primary", key="keep", on_click=_keep, args=(key,))
        st.button(
            t("synthesis.give_up"), key="give-up", on_click=_forget, args=(key,), disabled=draft not in st.session_state
        )
        if edit:
            st.button(t("synthesis.back"), key="back", icon=":material/undo:", on_click=_keep, args=(key, ""))


def _keep(key: str, text: str | None = None) -> None:
    """Keep what is written, or `text`; a refusal is told beside the editor and nothing is lost."""
    wanted = str(st.session_state[f"text-{key}"]) if text is None else text
    seen, made = int(st.session_state.get(f"seen-{key}", 0)), st.session_state.get(f"made-{key}", ())
    try:
        keep(state.store(), state.actor(), key, wanted, seen, _sources(key), made)
    except Stale:
        st.session_state[f"draft-{key}"] = wanted
        st.session_state[f"stale-{key}"] = True
        return
    except MaillageError as error:
        st.session_state["refused"] = said(str(error))
        return
    _forget(key)
    st.session_state["said"] = t("synthesis.kept" if text is None else "synthesis.went_back")


def _sources(key: str) -> Sequence[str]:
    found: tuple[str, ...] = st.session_state.get(f"sources-{key}", ())
    return found


def _forget(key: str) -> None:
    """Give up what was typed and not kept: the editor then shows what is in the store."""
    for part in ("draft", "seen", "stale"):
        st.session_state.pop(f"{part}-{key}", None)


def _refused(key: str) -> None:
    refused = st.session_state.pop("refused", "")
    if refused:
        st.error(md(refused))
    if not st.session_state.get(f"stale-{key}"):
        return
    other = kept(state.store(), key)
    st.warning(t("synthesis.stale"))
    with st.expander(t("synthesis.theirs")):
        st.text(other.text if other else "")
    with st.container(horizontal=True):
        st.button(t("synthesis.mine_wins"), key="mine", on_click=_mine, args=(key, other.version if other else 0))
        st.button(t("synthesis.theirs_wins"), key="theirs", on_click=_forget, args=(key,))


def _mine(key: str, version: int) -> None:
    st.session_state[f"seen-{key}"] = version
    st.session_state.pop(f"stale-{key}", None)
    _keep(key)
