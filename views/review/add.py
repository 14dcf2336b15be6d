"""From a sentence of a document to a thing of the graph: the words chosen, what they are, what they are one with."""

from __future__ import annotations

import re
from functools import partial
from zlib import crc32

import streamlit as st

from graph import text_actions
from graph.review.trust import kinds
from views import state
from views.correct import may_correct
from views.documents import Opened, short
from views.escape import html
from views.i18n import quoted, t
from views.kinds import label, name
from views.review.taking import say_refused, take

_FOUND = 6
FIRST = "proposal"
MOST_SELECTED = 1_500  # characters of a selection


def link(opened: Opened, start: int) -> str:
    """The way from a block of the text to the form, as HTML; nothing for those who may not."""
    if not may_correct():
        return ""
    address = html(state.href("sources", doc=opened.id, at=start, add=1, show=state.query("show")))
    said = html(t("add.from_here"))
    return f'<a class="add" href="{address}" title="{said}" aria-label="{said}">+</a>'


def draw(opened: Opened) -> None:
    """The form, where the address asks for it."""
    say_refused()
    asked = state.query("at")
    block = _block(opened, asked)
    if block is None or not state.query("add") or not may_correct():
        return
    with st.container(border=True, key="card-add"):
        st.html(f"<h3>{html(t('add.title'))}</h3>")
        span = _words(opened, block, asked)
        left, right = st.columns(2)
        with left:
            kind = st.selectbox(t("review.kind"), kinds(), kinds().index(FIRST), format_func=name, key="add-kind")
        with right:
            called = st.text_input(t("details.label"), key="add-label", placeholder=t("add.own_words")).strip()
        onto = _onto(str(kind), called or (opened.text[slice(*span)] if span else ""))
        with st.container(horizontal=True):
            st.button(
                t("add.do"),
                type="primary",
                icon=":material/add:",
                key="add-do",
                disabled=span is None,
                on_click=_add,
                args=(opened, span, kind, called, onto),
            )
            st.button(t("common.cancel"), key="add-cancel", on_click=lambda: state.set_query(add=None, words=None))


def _block(opened: Opened, asked: str) -> tuple[int, int] | None:
    """The paragraph, bullet or topic at the offset of the address."""
    if not asked.isdecimal() or int(asked) >= len(opened.text):
        return None
    passage = opened.innermost(int(asked), int(asked) + 1)
    return opened.block(passage.start, passage.end) if passage else None


def _words(opened: Opened, block: tuple[int, int], asked: str) -> tuple[int, int] | None:
    """The piece that is kept: the sentence at first, shortened or widened by hand within its block."""
    st.html(f'<blockquote class="quote">{html(opened.text[slice(*block)])}</blockquote>')
    selected = _selected(opened, block)
    first = selected or _sentence(opened, block, asked)
    key = f"add-words-{asked}" + (f"-{crc32(selected.encode())}" if selected else "")
    typed = st.text_area(t("add.words"), " ".join(first.split()), key=key, help=t("add.words_help"))
    span = find(opened.text, block, typed)
    if span is None:
        st.warning(t("add.not_there"))
    return span


def _selected(opened: Opened, block: tuple[int, int]) -> str:
    """The words that the reader selected in the text, where they stand in this block."""
    selected = str(st.query_params.get("words", ""))[:MOST_SELECTED]
    return selected if find(opened.text, block, selected) else ""


def _sentence(opened: Opened, block: tuple[int, int], asked: str) -> str:
    """The sentence at the place that is asked for; another one of its paragraph can be chosen."""
    passage = opened.innermost(int(asked), int(asked) + 1)
    inside = [p for p in opened.passages if p.kind == "sentence" and block[0] <= p.start and p.end <= block[1]]
    if len(inside) < 2:
        return opened.text[passage.start : passage.end] if passage else ""
    said = {p.start: opened.text[p.start : p.end] for p in inside}
    st.session_state["add-sentence"] = max((at for at in said if at <= int(asked)), default=inside[0].start)
    at = st.selectbox(
        t("add.sentence"),
        list(said),
        format_func=lambda at: short(" ".join(said[at].split()), 120),
        key="add-sentence",
        on_change=lambda: state.set_query(at=st.session_state["add-sentence"]),
    )
    return said[at]


def find(text: str, block: tuple[int, int], typed: str) -> tuple[int, int] | None:
    """Where words stand within a block, however they are wrapped there."""
    wanted = typed.split()
    found = re.compile(r"\s+".join(map(re.escape, wanted))).search(text, *block) if wanted else None
    return found.span() if found else None


def _onto(kind: str, called: str) -> str:
    """What is already in the graph under such a name, to join it."""
    hits = state.store().search(called[:200], [kind], limit=_FOUND) if called.strip() else []
    things = state.store().things(hit.id for hit in hits)
    if not things:
        return ""
    chosen = st.selectbox(
        t("add.onto"),
        ["", *things],
        format_func=lambda i: label(things[i]) if i else t("add.new"),
        key="add-onto",
    )
    return str(chosen or "")


def _add(opened: Opened, span: tuple[int, int], kind: str, called: str, onto: str) -> None:
    said = t("add.added", name=quoted(short(called or opened.text[slice(*span)])), kind=name(kind))
    act = partial(text_actions.add, state.store(), state.actor(), opened.id, span, kind, called, onto=onto)
    take(act, said, add=None, words=None, at=span[0])
