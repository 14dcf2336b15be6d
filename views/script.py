"""The little JavaScript a page needs besides Streamlit's: links that stay in the session, a jump to the marked passage.

Both are extras: without them (a strict content policy) a link still works, by loading the page anew.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_LINKS = (Path(__file__).parent / "assets" / "links.js").read_text("utf-8")


def keep_session() -> None:
    """Make the links of HTML blocks change page inside the running session."""
    st.html(f"<script>{_LINKS}</script>", unsafe_allow_javascript=True)


def scroll_to_mark(offset: int) -> None:
    """Bring the marked passage into view; `offset` makes each jump a new one."""
    st.html(
        f"<script>/* {int(offset)} */setTimeout(() => document.getElementById('marked')"
        "?.scrollIntoView({block: 'center'}), 60)</script>",
        unsafe_allow_javascript=True,
    )
