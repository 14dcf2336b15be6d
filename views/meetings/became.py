"""« Qu'est devenue… »: what later meetings say of each proposal of a meeting, with the sentences side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from graph.course.follow import Compared, Follower, Outcome, compared
from graph.course.meetings import Meeting, count_of, things_of
from graph.model import Thing
from views import ahead, memory, state
from views.escape import html
from views.i18n import named, t
from views.kinds import glyph, label
from views.meetings.shared import (
    computed,
    first_place,
    meeting_link,
    place_link,
    place_words,
    told_apart,
    when,
    words_html,
)
from views.tables import csv_button, more_button, shown

_STEP = 12
_MOST = 300
_JOINED = " | "
_ICONS = {"done": "✓", "again": "↻", "theme": "…", "nothing": "–"}


def draw(found: Sequence[Meeting]) -> None:
    """Choose a meeting, then read what became of what it proposed."""
    dated = [m for m in found if m.date]
    if len(dated) < 2:
        st.info(t("meetings.became_needs_two"))
        return
    by_id = {m.id: m for m in dated[:-1]}
    asked = state.query("of")
    st.session_state["became-of"] = asked if asked in by_id else next(iter(by_id))
    chosen = st.selectbox(
        t("meetings.became_of"),
        list(by_id),
        format_func=lambda i: named(when(by_id[i]), by_id[i].name),
        key="became-of",
        on_change=lambda: state.set_query(of=st.session_state["became-of"]),
    )
    outcomes(by_id[chosen], dated)


def outcomes(meeting: Meeting, series: Sequence[Meeting]) -> None:
    """The proposals of a meeting with what became of each, those that something answers first."""
    later = [m for m in series if m.date > meeting.date]
    if not meeting.date or not later:
        st.info(t("meetings.became_last"))
        return
    rows = computed("became", lambda: _found(meeting, later), meeting.id, seen=False)
    st.caption(t("meetings.became_rule"))
    if not rows:
        st.info(t("meetings.no_proposal"))
        return
    if len(rows) == _MOST:
        st.caption(t("common.first_of", n=_MOST, total=count_of(state.store(), meeting, "proposal")))
    _totals(rows)
    key = f"became-{meeting.id}"
    now = rows[: shown(rows, key, _STEP)]
    ahead.first_places(thing for row in now for thing in _shown(row))
    st.html("".join(map(_row, now)))
    more_button(len(rows), key, _STEP)
    header = [t(f"meetings.{c}") for c in ("proposal", "place_in", "became", "later", "later_place")]
    header += [t("common.themes"), t("common.meetings")]
    csv_button("devenir", header, lambda: _all_plain(rows), key="csv-became")


def _found(meeting: Meeting, later: Sequence[Meeting]) -> list[Outcome]:
    store = state.store()
    follower = Follower(store, later, _compared)
    rows = follower.outcomes(things_of(store, meeting, ["proposal"], limit=_MOST))
    order = list(_ICONS)
    return sorted(rows, key=lambda row: order.index(row.status))


def _compared(proposals: Sequence[str], said: Sequence[str]) -> Compared:
    """Words are compared again only for the meetings where other words stand."""
    return _kept(memory.fingerprint(proposals, said), lambda: compared(proposals, said))


@memory.kept(max_entries=256)
def _kept(digest: str, _compare: Callable[[], Compared]) -> Compared:  # noqa: ARG001  the key of the cache
    return _compare()


def _shown(row: Outcome) -> list[Thing]:
    """The statements of a row."""
    return [row.proposal, *(later.thing for later in row.later)]


def _totals(rows: Sequence[Outcome]) -> None:
    parts = []
    for status, icon in _ICONS.items():
        n = sum(row.status == status for row in rows)
        if n:
            said = html(t(f"meetings.total_{status}", n=n))
            parts.append(f'<li class="chip"><span aria-hidden="true">{icon}</span> {said}</li>')
    st.html(f'<ul class="chips totals">{"".join(parts)}</ul>')


def _row(row: Outcome) -> str:
    said = _said(row.proposal)
    status = f'<span class="badge is-{row.status}">{_ICONS[row.status]} {html(t(f"meetings.is_{row.status}"))}</span>'
    later = "".join(
        f"<li>{_said(x.thing)}<small>{meeting_link(x.meeting)}{_near(x.near)}</small></li>" for x in row.later
    )
    if not later and row.back:
        themes = ", ".join(
            f'<a href="{html(state.href("themes", thing=x.id))}">{html(label(x))}</a>' for x in row.themes
        )
        meetings = ", ".join(
            f'<a href="{html(state.href("reunions", m=m.id))}">{html(told_apart(m))}</a>' for m in row.back
        )
        later = f"<li>{t('meetings.theme_back', themes=themes, meetings=meetings)}</li>"
    after = f'<ul class="plain">{later}</ul>' if later else ""
    return f'<article class="became"><div>{said}</div><div>{status}{after}</div></article>'


def _near(near: bool) -> str:
    return f" · {html(t('meetings.nearly_the_same'))}" if near else ""


def _said(thing: Thing) -> str:
    place = first_place(thing)
    where = f"<small>{glyph('source', 13)} {place_link(place)}</small>" if place else ""
    return words_html(thing, thing.kind) + where


def _all_plain(rows: Sequence[Outcome]) -> list[list[object]]:
    ahead.first_places(thing for row in rows for thing in _shown(row))
    return [_plain(row) for row in rows]


def _plain(row: Outcome) -> list[object]:
    first = first_place(row.proposal)
    places = [place for x in row.later if (place := first_place(x.thing))]
    near = f" ({t('meetings.nearly_the_same')})"
    meetings = [x.meeting for x in row.later] or row.back
    return [
        row.proposal.label,
        place_words(first) if first else "",
        t(f"meetings.is_{row.status}"),
        _JOINED.join(f"{x.thing.label}{near if x.near else ''}" for x in row.later),
        _JOINED.join(place_words(place) for place in places),
        "" if row.later or not row.back else _JOINED.join(label(theme) for theme in row.themes),
        _JOINED.join(named(when(m), m.name) for m in meetings),
    ]
