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
from views.statements import rows
from views.tables import count, csv_button, link, more_button, shown, table

_LIMIT = 200
_STEP = 25
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
    by_kind(("theme", *IDEAS), t("ideas.find"), _LIMIT, _listed)


def _listed(kind: str, found: list[Thing]) -> None:
    if kind == "theme":
        _themes(found)
    else:
        rows(found, key=kind)


def _themes(themes: list[Thing]) -> None:
    now = themes[: shown(themes, "themes", _STEP)]
    linked = {theme.id: details.linked(theme, _COUNTED) for theme in now}
    header = [name("theme"), t("ideas.sentences"), t("ideas.documents"), *(name(k, plural=True) for k in _COUNTED)]
    cells = [
        [
            _title(theme, linked[theme.id]),
            count(theme.evidence_count),
            count(theme.source_count),
            *(count(len(linked[theme.id][kind])) for kind in _COUNTED),
        ]
        for theme in now
    ]
    table(header, cells, numeric=(1, 2, 3, 4, 5))
    more_button(len(themes), "themes", _STEP)
    plain: list[list[object]] = [
        [label(theme), theme.evidence_count, theme.source_count, *(len(linked[theme.id][k]) for k in _COUNTED)]
        for theme in now
    ]
    csv_button("themes", header, plain)


def _title(theme: Thing, linked: dict[str, list[Thing]]) -> str:
    return f"{glyph('theme', 15)} {link(state.href('themes', thing=theme.id), label(theme))}{_leads(linked)}"


def _leads(linked: dict[str, list[Thing]]) -> str:
    """The first proposal of a theme, or its first finding: what it is about, in someone's words."""
    first = next((found[0] for found in linked.values() if found), None)
    return f'<br><small class="words">{html(first.label[:160])}</small>' if first else ""
