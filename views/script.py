"""The little JavaScript that one page needs besides `views/assets/page.js` of every page: a jump to a passage."""

from __future__ import annotations

import streamlit as st


def scroll_to_mark(offset: int) -> None:
    """Bring the marked passage into view; `offset` makes each jump a new one."""
    st.html(
        f"<script>/* {int(offset)} */setTimeout(() => document.getElementById('marked')"
        "?.scrollIntoView({block: 'center'}), 60)</script>",
        unsafe_allow_javascript=True,
    )
