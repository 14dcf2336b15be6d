"""A list to choose one thing from: those said most are offered, any other is found by typing its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph.model import Thing
from views import state
from views.escape import md
from views.i18n import quoted, t
from views.kinds import label, name

OFFERED = 200  # of a list: a browser is sent all of it
FOUND = 12  # by a name that was typed


def pick(title: str, kinds: Sequence[str], chosen: Thing | None, choose: Callable[[str], None], *, key: str) -> None:
    """The list, of things of these kinds within the filters; `choose` is called with an id, or "" for none.

    The best match of a name that is typed is chosen, the others are then at the head of the list.
    """
    typed, ids = st.session_state.get(f"{key}-found", ("", ()))
    found = state.store().things(ids)
    offered = {**found, **{thing.id: thing for thing in state.store().rows(kinds, state.where(), limit=OFFERED)}}
    if chosen:
        offered.setdefault(chosen.id, chosen)
    names = _names(offered, several=len(kinds) > 1)
    st.session_state[key] = chosen.id if chosen else None
    st.selectbox(
        title,
        list(offered),
        format_func=lambda id_: names.get(id_, id_),
        placeholder=t("picker.placeholder"),
        key=key,
        index=None,
        accept_new_options=True,
        on_change=lambda: _picked(kinds, offered, choose, key),
    )
    _told(typed, len(found), state.store().count_rows(kinds, state.where()) - len(offered))


def _picked(kinds: Sequence[str], offered: Mapping[str, Thing], choose: Callable[[str], None], key: str) -> None:
    """What was chosen in the list; what is not in it is a name."""
    value = str(st.session_state[key] or "")
    st.session_state.pop(f"{key}-found", None)
    if value and value not in offered:
        hits = state.store().search(value[:200], kinds, limit=FOUND, where=state.where())
        st.session_state[f"{key}-found"] = (value[:200], tuple(hit.id for hit in hits))
        value = hits[0].id if hits else ""
    choose(value)


def _names(offered: Mapping[str, Thing], *, several: bool) -> dict[str, str]:
    """What each is called in the list; the browser knows them by that alone, so that no two may be called the same."""
    met: Counter[str] = Counter()
    out = {}
    for id_, thing in offered.items():
        called = f"{label(thing)} · {name(thing.kind)}" if several else label(thing)
        met[called] += 1
        out[id_] = called if met[called] == 1 else f"{called} ({met[called]})"
    return out


def _told(typed: str, found: int, others: int) -> None:
    """What a name led to, and how many things are not in the list."""
    if typed and not found:
        st.warning(md(t("common.no_result", query=typed)))
    elif found > 1:
        st.caption(md(t("picker.found", n=found, query=quoted(typed))))
    elif others > 0:
        st.caption(t("picker.others", n=others))
