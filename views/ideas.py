"""Thèmes: what is talked about, with its proposals, findings and questions; then one theme."""

from __future__ import annotations

import streamlit as st

from graph.model import Thing
from views import details, documents, frame, state
from views.escape import html, md
from views.i18n import number, t
from views.kinds import IDEAS, glyph, label, name, picture
from views.meetings.course import course_card
from views.statements import rows
from views.tables import count, csv_button, link, more_button, shown, table
from views.tabs import tabs

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
    if not documents.infos():
        frame.nothing_imported()
        return
    store, where = state.store(), state.where()
    counts = {kind: store.count_rows([kind], where) for kind in ("theme", *IDEAS)}
    if not any(counts.values()):
        frame.filters_hide(sum(store.count_rows([kind]) for kind in counts))
        return
    labels = {k: f"{picture(k)} {name(k, plural=True)} **{number(n)}**" for k, n in counts.items() if n}
    chosen, box = tabs(labels)
    with box:
        wanted = st.text_input(t("ideas.find"), key=f"find-{chosen}", icon=":material/search:")
        found = _found(chosen, wanted)
        if not found:
            st.info(md(t("common.no_result", query=wanted)))
        elif chosen == "theme":
            _themes(found)
        else:
            rows(found, key=chosen)


def _found(kind: str, wanted: str) -> list[Thing]:
    store, where = state.store(), state.where()
    if not wanted.strip():
        return store.rows([kind], where, limit=_LIMIT)
    hits = store.search(wanted, [kind], limit=_LIMIT, where=where)
    things = store.things(hit.id for hit in hits)
    return [things[hit.id] for hit in hits if hit.id in things]


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
