"""Tabs whose choice is in the address; only the open one is drawn."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views.state import query, set_query


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

    made = st.tabs(list(labels.values()), default=labels[start], key=widget, on_change=keep)
    return next(((k, box) for k, box in zip(keys, made, strict=True) if box.open), (start, made[keys.index(start)]))
