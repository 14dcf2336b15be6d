"""What the browser already has: a click in the picture, or a thing dragged, must not send the picture again.

The component shows what was done in it by itself and tells Python. What comes from elsewhere (a link, a search, the
address) is sent under a number; the component follows it when the number is new. So the message of a run that only
changes the details is the same as before, and Streamlit does not send it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from views import state
from views.explorer.address import Asked, Pin

_KEY, _PLACED = "explorer-sent-{}", "explorer-placed"


def _kept(what: str) -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(_KEY.format(what), {"number": 0, "known": None, "sent": None})
    return kept


def forget() -> None:
    """The browser may hold another picture, or none: the next choice and places are sent whatever they are."""
    for what in ("choice", "pins"):
        _kept(what)["known"] = None


def told_choice(chosen: str, edge: tuple[str, str] | None) -> None:
    """The component says what was clicked in it: it needs no answer."""
    if _kept("choice")["known"] is not None:
        _kept("choice")["known"] = (chosen, edge)


def told_pins(pins: Sequence[Pin]) -> None:
    """The component says what was dragged in it: it needs no answer."""
    kept = _kept("pins")
    if kept["known"] is not None:
        kept["known"] = (kept["known"][0], tuple(pins))


def _sent(what: str, now: object) -> tuple[int, Any]:
    """Under which number to send what: the same as before where the browser knows `now`."""
    kept = _kept(what)
    if kept["known"] != now:
        kept |= {"number": kept["number"] + 1, "known": now, "sent": now}
    return kept["number"], kept["sent"]


def choice(asked: Asked) -> dict[str, Any]:
    """The choice as the component reads it: its number, the thing, the link."""
    number, (chosen, edge) = _sent("choice", (asked.chosen, asked.edge))
    return {"choice": number, "selected": chosen, "edge": list(edge) if edge else None}


def still_pinned(asked: Asked, layout: str) -> Asked:
    """The view without the places of a former one: they mean nothing once things are laid out otherwise.

    Places that come with the new view, in a link, are its own.
    """
    now = (layout, asked.depth, state.where())
    before, places = st.session_state.get(_PLACED, (now, ()))
    if asked.pins and before != now and asked.pins == places:
        state.set_query(p=None)
        asked = replace(asked, pins=())
    st.session_state[_PLACED] = (now, asked.pins)
    return asked


def pins(asked: Asked, layout: str) -> dict[str, Any]:
    """Where the reader put things, as the component reads it; another layout starts from the address again."""
    number, (_, places) = _sent("pins", (layout, asked.pins))
    return {"pinning": number, "pins": [list(pin) for pin in places]}
