"""Tabs whose choice is in the address; only the open one is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.i18n import t
from views.state import query, set_query

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*")


def tabs(labels: Mapping[str, str], *, param: str = "tab") -> tuple[str, DeltaGenerator]:
    """Draw the tabs (key → Markdown label); give the open key and its container."""
    keys = list(labels)
    asked = query(param)
    start = asked if asked in labels else keys[0]
    widget = f"tabs-{param}"
    by_label = {label: key for key, label in labels.items()}

    def keep() -> None:
        chosen = by_label.get(str(st.session_state.get(widget)), keys[0])
        set_query(**{param: "" if chosen == keys[0] else chosen})

    _narrow(labels, start, param, widget)
    made = st.tabs(list(labels.values()), default=labels[start], key=widget, on_change=keep)
    return next(((k, box) for k, box in zip(keys, made, strict=True) if box.open), (start, made[keys.index(start)]))


def _narrow(labels: Mapping[str, str], start: str, param: str, widget: str) -> None:
    """The same choice as a list, which the style shows instead of the tabs where these would overflow."""
    key = f"{widget}-narrow"
    st.session_state[key] = start

    def keep() -> None:
        chosen = st.session_state[key]
        st.session_state[widget] = labels[chosen]
        set_query(**{param: "" if chosen == next(iter(labels)) else chosen})

    with st.container(key=f"narrow-{param}"):
        st.selectbox(
            t("frame.choose_tab"),
            list(labels),
            format_func=lambda k: _PICTURE.sub("", labels[k]).replace("**", ""),
            key=key,
            label_visibility="collapsed",
            on_change=keep,
        )
