"""Thèmes: what is talked about, with its proposals, findings and questions; then one theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from graph.model import Thing
from graph.questions.counted import Linked
from views import details, frame, state
from views.by_kind import by_kind
from views.documents import short
from views.escape import html
from views.i18n import t
from views.kinds import IDEAS, glyph, label, name
from views.meetings.course import course_card
from views.statements import STEP, rows
from views.tables import Listed, count, csv_button, link, more_button, places, table
from views.voices import KINDS, voices

_COUNTED = KINDS
_WEIGHED = 200  # statements of a theme: of more, the one that most sentences tie to it leads


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
    linked = _counts(found.now)
    leads = _leads(found.now, linked)
    header = [name("theme"), t("ideas.sentences"), t("ideas.documents"), *(name(k, plural=True) for k in _COUNTED)]
    cells = [
        [
            _title(theme, leads.get(theme.id)),
            count(theme.evidence_count),
            count(theme.source_count),
            *(count(n) for n in _numbers(theme, linked)),
            places(theme),
        ]
        for theme in found.now
    ]
    table([*header, t("common.see")], cells, numeric=(1, 2, 3, 4, 5))
    more_button(found.total, "theme", STEP)
    csv_button("themes", [*header, t("ideas.lead")], lambda: _plain(found.every()))


def _plain(themes: Sequence[Thing]) -> list[list[object]]:
    linked = _counts(themes)
    said = {id_: thing.label for id_, thing in _leads(themes, linked).items()}
    return [[label(x), x.evidence_count, x.source_count, *_numbers(x, linked), said.get(x.id, "")] for x in themes]


def _counts(themes: Sequence[Thing]) -> Mapping[str, Mapping[str, Linked]]:
    """The statements of these themes, by theme and kind."""
    return state.store().linked([theme.id for theme in themes], _COUNTED, state.where())


def _numbers(theme: Thing, linked: Mapping[str, Mapping[str, Linked]]) -> list[int]:
    of_kind = linked.get(theme.id, {})
    return [of_kind[kind].number if kind in of_kind else 0 for kind in _COUNTED]


def _leads(themes: Sequence[Thing], linked: Mapping[str, Mapping[str, Linked]]) -> dict[str, Thing]:
    """What each theme is about, in someone's words; weighing all that is said of one would cost too much of a hub."""
    hubs = [theme.id for theme in themes if sum(_numbers(theme, linked)) > _WEIGHED]
    first = {id_: _first(linked[id_]) for id_ in hubs}
    found = state.store().things(first.values())
    return voices([theme for theme in themes if theme.id not in first]) | {
        id_: found[lead] for id_, lead in first.items() if lead in found
    }


def _first(of_kind: Mapping[str, Linked]) -> str:
    return next((of_kind[kind].first for kind in _COUNTED if kind in of_kind), "")


def _title(theme: Thing, lead: Thing | None) -> str:
    said = f'<br><small class="words">{html(short(lead.label, 160))}</small>' if lead else ""
    return f"{glyph('theme', 15)} {link(state.href('themes', thing=theme.id), label(theme))}{said}"
