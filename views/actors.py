"""Acteurs: people, organisations, territories and groups; then one of them, what it proposes and where it is cited."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import Thing
from graph.text import fold
from ontology import load
from views import details, frame, state
from views.by_kind import by_kind
from views.escape import html
from views.i18n import language, t
from views.kinds import ACTORS, glyph, label, name
from views.tables import Listed, count, csv_button, link, more_button, places, table

_STEP = 30


def page() -> None:
    details.one_or_all(_one, _all)


# --- one stakeholder ------------------------------------------------------------------------------------------------


def _one(thing: Thing) -> None:
    role = ", ".join(str(thing.attributes[k]) for k in ("function", "organisation") if thing.attributes.get(k))
    details.head(thing, t("common.actors"), f"{role}." if role else "")
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        details.kind_tabs(thing)
    with right:
        _relations(thing)
        details.themes_card(thing)


def _relations(thing: Thing) -> None:
    """Whom it works for, who its members are, where it is: the stated links with other stakeholders."""
    links = state.store().neighbours(thing.id, ACTORS, state.where(), limit=12, stated_only=True)
    found = state.store().things(each.b for each in links)
    lines = []
    for each in links:
        other = found.get(each.b)
        if other:
            words = ", ".join(_words(kind) for kind in each.types)
            address = html(state.href("acteurs", thing=other.id))
            said = f'{glyph(other.kind, 15)}<a href="{address}">{html(label(other))}</a>'
            lines.append(f"<li><small>{html(words)}</small><span>{said}</span></li>")
    if lines:
        with st.container(border=True, key="card-relations"):
            st.html(f'<h3>{html(t("actors.links"))}</h3><ul class="bars">{"".join(lines)}</ul>')


def _words(relation: str) -> str:
    found = load().relations.get(relation.removeprefix("-"))
    return found.name(language(), inverse=relation.startswith("-")) if found else t("links.together")


# --- all of them ----------------------------------------------------------------------------------------------------


def _all() -> None:
    frame.head(t("common.actors"), t("common.explore"), under=t("actors.about"))
    by_kind(ACTORS, t("actors.find"), _STEP, _table)


def _table(kind: str, found: Listed) -> None:
    person = kind == "person"
    middle = [t("actors.function"), t("actors.organisation")] if person else [t("actors.people")]
    header = [name(kind), *middle, t("actors.proposals"), t("ideas.sentences"), t("ideas.documents")]
    cells = [[*_cells(thing, person), places(thing)] for thing in found.now]
    width = len(header)
    table(
        [*header, t("common.see")], cells, numeric=range(2 + person, width), caption=t("common.elements", n=found.total)
    )
    more_button(found.total, kind, _STEP)
    plural = name(kind, plural=True).lower()
    csv_button(plural, header, lambda: [_plain(thing, person) for thing in found.every()], key=f"csv-{kind}")


def _cells(thing: Thing, person: bool) -> list[str]:
    first = f"{glyph(thing.kind, 16)} {link(state.href('acteurs', thing=thing.id), label(thing))}"
    employers = _stated(thing, ("organisation", "territory", "group") if person else ("person",))
    linked = ", ".join(link(state.href("acteurs", thing=o.id), label(o)) for o in employers[:3]) or "–"
    middle = [html(str(thing.attributes.get("function") or "–")), linked] if person else [linked]
    return [
        first,
        *middle,
        count(len(_stated(thing, ("proposal",)))),
        count(thing.evidence_count),
        count(thing.source_count),
    ]


def _plain(thing: Thing, person: bool) -> list[object]:
    employers = ", ".join(
        o.label for o in _stated(thing, ("organisation", "territory", "group") if person else ("person",))
    )
    middle: list[object] = [str(thing.attributes.get("function", "")), employers] if person else [employers]
    return [thing.label, *middle, len(_stated(thing, ("proposal",))), thing.evidence_count, thing.source_count]


def _stated(thing: Thing, kinds: Sequence[str]) -> list[Thing]:
    links = state.store().neighbours(thing.id, kinds, state.where(), limit=50, stated_only=True)
    found = state.store().things(each.b for each in links)
    named: dict[str, Thing] = {}  # one body under one name in several documents is read once
    for each in links:
        if each.b in found:
            named.setdefault(fold(found[each.b].label), found[each.b])
    return list(named.values())
