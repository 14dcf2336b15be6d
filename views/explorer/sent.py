"""What the browser already has: a click in the picture must not send the picture again.

The component marks what was clicked by itself and tells Python. A choice that was made elsewhere (a link, a search, the
address) is sent under a number; the component follows it when the number is new. So the message of a run that only
changes the details is the same as before, and Streamlit does not send it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from views.explorer.address import Asked

_KEY = "explorer-sent"


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(_KEY, {"number": 0, "known": None, "sent": ("", None)})
    return kept


def forget() -> None:
    """The browser may hold another picture, or none: the next choice is sent whatever it is."""
    _kept()["known"] = None


def told(chosen: str, edge: tuple[str, str] | None) -> None:
    """The component says what was clicked in it: it needs no answer."""
    if _kept()["known"] is not None:
        _kept()["known"] = (chosen, edge)


def choice(asked: Asked) -> dict[str, Any]:
    """The choice as the component reads it: its number, the thing, the link."""
    kept, now = _kept(), (asked.chosen, asked.edge)
    if kept["known"] != now:
        kept |= {"number": kept["number"] + 1, "known": now, "sent": now}
    chosen, edge = kept["sent"]
    return {"choice": kept["number"], "selected": chosen, "edge": list(edge) if edge else None}
