"""One meeting: when and where, who by role, its documents, what was said by kind, what became of it; publishing it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from graph.course.attendance import Participant, participants
from graph.course.meetings import Meeting, counts_of, things_of
from graph.model import Thing
from graph.review.trust import share_within
from views import frame, state
from views.details import CARD, card, figure_html
from views.escape import html, md
from views.i18n import number, t
from views.kinds import ACTORS, capital, glyph, label, name, picture
from views.meetings import became, publish
from views.meetings.shared import badge, computed, doubts, source_link, when
from views.statements import STEP, rows
from views.tables import Listed, asked, count, csv_button, folded, link, more_button, table
from views.tabs import tabs

_KINDS = ("proposal", "finding", "question", "action", "figure", "resource", "initiative")
_THEMES = 25


def draw(meeting: Meeting, series: Sequence[Meeting]) -> None:
    """The page of one meeting among those within the filters."""
    _head(meeting)
    for doubt in doubts(meeting):
        st.caption(f":material/error: {md(doubt)}")
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        _said(meeting, series)
    with right:
        _documents(meeting)
        _people(meeting)
        _figures(meeting)


def _head(meeting: Meeting) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        under = " · ".join(part for part in (when(meeting), meeting.place) if part)
        frame.head(capital(meeting.name), t("common.meetings"), kind="event", under=under)
        st.html(f'<p class="state">{badge(meeting)}</p>')
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        state.link_to("synthese", t("meetings.make_synthesis"), icon=":material/edit_document:", m=meeting.id)
        publish.button(meeting)
    with st.container(horizontal=True):
        state.link_to("reunions", t("meetings.all"), icon=":material/arrow_back:")


def _said(meeting: Meeting, series: Sequence[Meeting]) -> None:
    """What was said, in tabs by kind with their counts."""
    found = computed("said", lambda: _counts(meeting), meeting.id)
    frame.counted_here(share_within(state.store(), meeting.filters, ("theme", *_KINDS)))
    labels = {kind: f"{picture(kind)} {name(kind, plural=n != 1)} **{number(n)}**" for kind, n in found.items() if n}
    labels["became"] = t("meetings.tab_became")
    chosen, box = tabs(labels)
    with box:
        if chosen == "became":
            became.outcomes(meeting, series)
        elif chosen == "theme":
            _themes(_listed(meeting, "theme", found["theme"], "meeting-themes", _THEMES))
        else:
            key = f"{meeting.id}-{chosen}"
            rows(_listed(meeting, chosen, found[chosen], key, STEP), key=key)


def _counts(meeting: Meeting) -> dict[str, int]:
    return counts_of(state.store(), [meeting], ("theme", *_KINDS))[0]


def _listed(meeting: Meeting, kind: str, total: int, key: str, step: int) -> Listed:
    def first(n: int) -> list[Thing]:
        return things_of(state.store(), meeting, [kind], limit=n)

    return Listed(first(min(asked(key, step), total)), total, lambda: first(total))


def _themes(found: Listed) -> None:
    header = [name("theme"), t("meetings.said_here")]
    cells = [
        [f"{glyph('theme', 15)} {link(state.href('themes', thing=x.id), label(x))}", count(x.evidence_count)]
        for x in found.now
    ]
    table(header, cells, numeric=(1,))
    more_button(found.total, "meeting-themes", _THEMES)
    csv_button("themes", header, lambda: [[label(x), x.evidence_count] for x in found.every()], key="csv-themes")


# --- beside ----------------------------------------------------------------------------------------------------------


def _documents(meeting: Meeting) -> None:
    items = [f"<li>{source_link(info)}</li>" for info in meeting.sources]
    rest = folded(len(items) - CARD, f'<ul class="plain">{"".join(items[CARD:])}</ul>')
    card(t("meetings.documents_of"), f'<ul class="plain">{"".join(items[:CARD])}</ul>{rest}', "documents")


def _people(meeting: Meeting) -> None:
    found = computed("participants", lambda: participants(state.store(), meeting), meeting.id)
    groups = [
        f"<dt>{html(t(f'meetings.role_{role}'))}</dt><dd><ul>{''.join(_who(p) for p in who)}</ul></dd>"
        for role, who in groupby(found, key=lambda p: p.role)
    ]
    body = f'<dl class="found">{"".join(groups)}</dl>' if groups else f"<p>{html(t('meetings.no_participant'))}</p>"
    with st.container(border=True, key="card-people"):
        st.html(f"<h3>{html(t('meetings.who'))}</h3>{body}")
        if found:
            header = [t(f"meetings.{c}") for c in ("role", "name", "function", "body")]
            plain: list[list[object]] = [
                [t(f"meetings.role_{p.role}"), p.thing.label, p.function, p.body] for p in found
            ]
            csv_button("participants", header, plain, key="csv-people")


def _who(p: Participant) -> str:
    said = ", ".join(x for x in (capital(p.function), p.body) if x)
    small = f" <small>{html(said)}</small>" if said else ""
    page = "acteurs" if p.thing.kind in ACTORS else "reseau"
    return f"<li>{glyph(p.thing.kind, 15)} {link(state.href(page, thing=p.thing.id), label(p.thing))}{small}</li>"


def _figures(meeting: Meeting) -> None:
    found = things_of(state.store(), meeting, ["figure"], limit=CARD)
    if found:
        items = "".join(figure_html(figure) for figure in found)
        card(t("details.figures"), f'<div class="figures">{items}</div>', "figures")
