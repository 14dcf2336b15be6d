"""A decision taken from a page of review: told, undone at will, refused in words; then the next doubt."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from graph.decided.checking import MAX_REASON
from graph.errors import MaillageError, Stale
from graph.model import Decision
from views import correct, state, wording
from views.escape import md
from views.i18n import t

REFUSED = "review-refused"
SETTLED = "review-settled"
_WHY = "why-"


def take(
    act: Callable[[], Decision], said: str, *, settled: str = "", following: str = "", **after: int | None
) -> None:
    """Take a decision in a callback. `settled` is the doubt that it answers, `following` the one to show next; `after`
    are parameters of the address to set once it is taken.
    """
    try:
        taken = act()
    except Stale:
        st.session_state[REFUSED] = t("review.stale")
        return
    except MaillageError as error:
        st.session_state[REFUSED] = wording.said(str(error))
        return
    correct.tell(said, taken)
    _empty_reasons()
    if settled:
        st.session_state[SETTLED] = {*st.session_state.get(SETTLED, ()), settled}
        state.set_query(d=following)
    state.set_query(**after)


def ask_reason(key: str) -> None:
    """Why it is so: written with whatever is decided next about this doubt."""
    why, about = t("review.reason"), t("details.reason_why")
    st.text_input(why, key=f"{_WHY}{key}", placeholder=about, max_chars=MAX_REASON)


def reason(key: str) -> str:
    """What was typed there."""
    return str(st.session_state.get(f"{_WHY}{key}", "")).strip()


def _empty_reasons() -> None:
    """A reason is that of one decision, not of the next one about the same thing."""
    for key in [k for k in st.session_state if str(k).startswith(_WHY)]:
        st.session_state[key] = ""


def say_refused() -> None:
    """What was refused in the last callback, where it was asked."""
    refused = st.session_state.pop(REFUSED, "")
    if refused:
        st.error(md(refused))
