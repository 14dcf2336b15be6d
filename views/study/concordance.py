"""Concordance: a word or a phrase in each of its places, with what stands on both sides."""

from __future__ import annotations

import streamlit as st

from graph.study.concordance import MOST_LINES, SORTS, Concordance, Line, concordance, spoken
from views import narrowed, state
from views.escape import html, md
from views.i18n import day, t
from views.meetings.shared import computed
from views.study.shared import PAGE, chosen, keep_button
from views.tables import csv_button, more_button, shown

_STEP = 25
_MODES = ("inflected", "exact")


def draw() -> None:
    if not state.query("q"):
        state.set_query(q=_strongest())  # a page that shows something at once
    asked, sort = _asked()
    if not asked.strip():
        st.info(t("study.concordance_empty"))
        return
    inflected = state.query("mode") != "exact"
    found = computed("concordance", lambda: _found(asked, sort, inflected=inflected), asked, sort, inflected)
    if not found.lines:
        st.info(md(t("study.concordance_none", query=asked)))
        return
    _lines(found, asked)


def _found(asked: str, sort: str, *, inflected: bool) -> Concordance:
    return concordance(state.store(), asked, state.where(), inflected=inflected, sort=sort, told=False)


def _strongest() -> str:
    """The theme that most sources speak of."""
    found = state.store().rows(["theme"], state.where(), limit=1)
    return found[0].label if found else ""


def _asked() -> tuple[str, str]:
    """The phrase, and how the lines are sorted; both in the address."""
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    with left:
        asked = narrowed.words(t("study.phrase"), key="study-q", hint=t("study.phrase_help"))
    with middle:
        chosen("mode", _MODES, t("study.mode"), prefix="mode", told=t("study.mode_help"))
    with right:
        order = state.query("sort")
        st.session_state["study-sort"] = order if order in SORTS else SORTS[0]
        st.selectbox(
            t("study.sort"),
            SORTS,
            format_func=lambda s: t(f"study.sort_{s}"),
            key="study-sort",
            on_change=lambda: state.set_query(sort=st.session_state["study-sort"]),
        )
    return asked, str(st.session_state["study-sort"])


def _lines(found: Concordance, asked: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{t('study.lines', n=len(found.lines))}**", width="content")
        with st.container(horizontal=True, width="content"):
            keep_button(asked)
            csv_button(
                "concordance",
                _header(),
                lambda: [_plain(line) for line in spoken(state.store(), found.lines, state.where())],
                key="csv-concordance",
            )
    if found.cut:
        st.caption(t("study.concordance_cut", n=MOST_LINES))
    now = spoken(state.store(), found.lines[: shown(found.lines, PAGE, _STEP)], state.where())
    heads = "".join(f"<th scope=col class=kwic-{c}>{html(t(f'study.col_{c}'))}</th>" for c in _COLUMNS)
    body = "".join(_row(line) for line in now)
    st.html(f'<div class="table kwic"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>')
    more_button(len(found.lines), PAGE, _STEP)


_COLUMNS = ("left", "word", "right", "place")


def _row(line: Line) -> str:
    address = html(state.href("sources", doc=line.source, at=line.start))
    told = " · ".join(html(part) for part in (day(line.date) if line.date else "", line.speaker) if part)
    place = f'<a href="{address}">{html(line.name)}</a>{f"<small>{told}</small>" if told else ""}'
    return (
        f"<tr><td class=kwic-left>{html(line.left)}</td><td class=kwic-word><mark>{html(line.word)}</mark></td>"
        f"<td class=kwic-right>{html(line.right)}</td><td class=kwic-place>{place}</td></tr>"
    )


def _header() -> list[str]:
    names = ("left", "word", "right", "source", "meeting", "date", "speaker", "start", "end")
    return [t(f"study.col_{name}") for name in names]


def _plain(line: Line) -> list[object]:
    place = (line.name, line.meeting, line.date, line.speaker, line.start, line.end)
    return [line.left.strip(), line.word, line.right.strip(), *place]
