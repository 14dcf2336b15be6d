"""Thèmes: what is talked about, with its proposals, findings and questions; then one theme."""

from __future__ import annotations

import streamlit as st

from graph.model import Thing
from views import details, frame, state
from views.by_kind import by_kind
from views.escape import html
from views.i18n import t
from views.kinds import IDEAS, glyph, label, name
from views.meetings.course import course_card
from views.statements import STEP, rows
from views.tables import Listed, count, csv_button, link, more_button, table

_COUNTED = ("proposal", "finding", "question")


def page() -> None:
    details.one_or_all(_one, _all)


def _one(thing: Thing) -> None:
    details.head(thing, t("common.themes"))
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        with st.container(horizontal=True):
            state.link_to("synthese", t("meetings.make_synthesis"), icon=":material/edit_document:", thing=thing.id)
            state.link_to("reunions", t("meetings.follow_theme"), icon=":material/timeline:", thing=thing.id)
        details.kind_tabs(thing)
    with right:
        details.figures_card(thing)
        course_card(thing)
        details.themes_card(thing)
        details.who_card(thing)


# --- all of them ----------------------------------------------------------------------------------------------------


def _all() -> None:
    frame.head(t("common.themes"), t("common.explore"), under=t("ideas.about"))
    by_kind(("theme", *IDEAS), t("ideas.find"), STEP, _listed)


def _listed(kind: str, found: Listed) -> None:
    if kind == "theme":
        _themes(found)
    else:
        rows(found, key=kind)


def _themes(found: Listed) -> None:
    linked = {theme.id: details.linked(theme, _COUNTED) for theme in found.now}
    header = [name("theme"), t("ideas.sentences"), t("ideas.documents"), *(name(k, plural=True) for k in _COUNTED)]
    cells = [
        [
            _title(theme, linked[theme.id]),
            count(theme.evidence_count),
            count(theme.source_count),
            *(details.at_most(len(linked[theme.id][kind])) for kind in _COUNTED),
        ]
        for theme in found.now
    ]
    table(header, cells, numeric=(1, 2, 3, 4, 5))
    more_button(found.total, "theme", STEP)
    csv_button("themes", header, lambda: [_plain(theme) for theme in found.every()])


def _plain(theme: Thing) -> list[object]:
    linked = details.linked(theme, _COUNTED)
    return [
        label(theme),
        theme.evidence_count,
        theme.source_count,
        *(details.at_most(len(linked[k])) for k in _COUNTED),
    ]


def _title(theme: Thing, linked: dict[str, list[Thing]]) -> str:
    return f"{glyph('theme', 15)} {link(state.href('themes', thing=theme.id), label(theme))}{_leads(linked)}"


def _leads(linked: dict[str, list[Thing]]) -> str:
    """The first proposal of a theme, or its first finding: what it is about, in someone's words."""
    first = next((found[0] for found in linked.values() if found), None)
    return f'<br><small class="words">{html(first.label[:160])}</small>' if first else ""
