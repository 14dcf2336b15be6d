"""The legend of the network as native widgets, above the outline and the table: same filters, same address."""

from __future__ import annotations

import streamlit as st

from graph.questions.neighbourhood import MOST_DEPTH
from views.escape import md
from views.explorer import address as explorer_state
from views.explorer.address import LEAST_MOST, Asked
from views.explorer.shown import Shown, told
from views.i18n import number, t
from views.kinds import name, picture


def draw(asked: Asked, found: Shown) -> None:
    """Kinds, distance and least evidence."""
    _kinds(asked, found)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _depth(asked)
        _least(asked)
        st.markdown(f":gray[{md(told(asked, found))}]", width="content")
        if found.can_grow:
            hidden = max(found.total - len(found.picture.things), 0)
            label = t("explorer.hidden", n=hidden)
            st.button(label, on_click=explorer_state.act, args=("more", 1), type="tertiary", key="explorer-more")


def _kinds(asked: Asked, found: Shown) -> None:
    kinds = [k for k in explorer_state.drawable() if found.counts.get(k) or k in asked.hidden]
    st.session_state["explorer-kinds"] = [k for k in kinds if k not in asked.hidden]

    def label(kind: str) -> str:
        count = found.counts.get(kind, 0)
        return f"{picture(kind)} {name(kind, plural=count != 1)} {number(count)}"

    def keep() -> None:
        shown = st.session_state["explorer-kinds"]
        explorer_state.act("hide", [k for k in kinds if k not in shown])

    st.pills(
        t("explorer.filter"),
        kinds,
        selection_mode="multi",
        format_func=label,
        key="explorer-kinds",
        label_visibility="collapsed",
        on_change=keep,
    )


def _depth(asked: Asked) -> None:
    st.session_state["explorer-depth"] = asked.depth
    st.segmented_control(
        t("explorer.depth"),
        list(range(1, MOST_DEPTH + 1)),
        key="explorer-depth",
        required=True,
        disabled=not asked.centres,
        on_change=lambda: explorer_state.act("depth", st.session_state["explorer-depth"]),
    )


def _least(asked: Asked) -> None:
    st.session_state["explorer-least"] = asked.least
    st.slider(
        t("explorer.least_long"),
        1,
        LEAST_MOST,
        key="explorer-least",
        width=220,
        on_change=lambda: explorer_state.act("least", st.session_state["explorer-least"]),
    )
