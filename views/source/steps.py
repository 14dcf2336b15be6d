"""From one idea of a text to the next: two buttons, two keys (J and K), the place in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from graph.model import Mention, Thing
from views import state
from views.i18n import t
from views.kinds import IDEAS, name

Span = tuple[int, int]


def draw(mentions: Sequence[Mention], things: Mapping[str, Thing]) -> Span | None:
    """The bar; gives the span of the idea that the address points at, None where it points at something else."""
    spans = ideas(mentions, things)
    if not spans:
        return None
    at = state.query("at")
    offset = int(at) if at.isdecimal() else -1
    here = next((span for span in spans if span[0] == offset), None)
    order = list(spans)
    with st.container(horizontal=True, vertical_alignment="center", key="idea-steps"):
        before = max((s[0] for s in order if s[0] < offset), default=None)
        after = min((s[0] for s in order if s[0] > offset), default=None)
        _button("previous_idea", "keyboard_arrow_up", "k", before)
        _button("next_idea", "keyboard_arrow_down", "j", after)
        if here:
            kind = name(spans[here].kind)
            st.caption(t("source.idea_of", n=order.index(here) + 1, total=len(order), kind=kind))
        else:
            st.caption(t("source.idea_count", n=len(order)))
    return here


def ideas(mentions: Sequence[Mention], things: Mapping[str, Thing]) -> dict[Span, Thing]:
    """What is said in a text, in reading order: at each place the widest statement that begins there."""
    found: dict[int, Mention] = {}
    for mention in mentions:
        widest = found.get(mention.start)
        if things[mention.node].kind in IDEAS and (widest is None or mention.end > widest.end):
            found[mention.start] = mention
    return {(m.start, m.end): things[m.node] for _, m in sorted(found.items())}


def _button(word: str, icon: str, shortcut: str, to: int | None) -> None:
    st.button(
        t(f"source.{word}"),
        icon=f":material/{icon}:",
        key=word,
        shortcut=shortcut,
        disabled=to is None,
        on_click=lambda: state.set_query(at=to, page=None),
    )
