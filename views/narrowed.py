"""What narrows a list, kept in the address, so that a link shows the same list: words looked for, one of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from views import state

LONGEST = 200  # characters looked for


def words(label: str, *, key: str, name: str = "q", hint: str | None = None) -> str:
    """A box for words looked for, under the parameter `name` of the address; `hint` says how they may be written."""
    st.session_state[key] = state.query(name)
    st.text_input(
        label,
        key=key,
        icon=":material/search:",
        max_chars=LONGEST,
        help=hint,
        on_change=lambda: state.set_query(**{name: st.session_state[key].strip()}),
    )
    return state.query(name)


def one_of(label: str, options: Sequence[str], said: Callable[[str], str], *, key: str, name: str) -> str:
    """One of several, the first of which is the usual one and is not written in the address; `said` names each."""
    asked = state.query(name)
    chosen = asked if asked in options else options[0]
    st.session_state[key] = chosen

    def keep() -> None:
        now = st.session_state[key]
        state.set_query(**{name: "" if now == options[0] else now})

    st.segmented_control(label, options, format_func=said, key=key, required=True, on_change=keep)
    return chosen


def switch(label: str, *, key: str, name: str) -> bool:
    """A switch that is off unless the address says so."""
    on = bool(state.query(name))
    st.session_state[key] = on
    st.toggle(label, key=key, on_change=lambda: state.set_query(**{name: "1" if st.session_state[key] else ""}))
    return on
