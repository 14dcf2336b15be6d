"""Acteurs: people, organisations, territories and groups; then one of them, what it proposes and where it is cited."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import Thing
from graph.text import fold
from ontology import load
from views import ahead, details, frame, state
from views.by_kind import by_kind
from views.escape import html
from views.i18n import language, number, t
from views.kinds import ACTORS, glyph, label, name
from views.tables import Listed, count, csv_button, link, more_button, places, shown, table

_STEP, _FIRST = 30, 12
_STATED = 50  # links of one stakeholder in a row
_RELATIONS = 2_000  # of one stakeholder


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
    links = state.store().neighbours(thing.id, ACTORS, state.where(), limit=_RELATIONS, stated_only=True)
    found = state.store().things(each.b for each in links)
    rows = [(", ".join(_words(kind) for kind in each.types), found[each.b]) for each in links if each.b in found]
    if not rows:
        return
    lines = "".join(_relation(words, other) for words, other in rows[: shown(rows, "card-relations", _FIRST)])
    title = f"{t('actors.links')} ({number(len(rows))})"
    with details.card(title, f'<ul class="bars">{lines}</ul>', "relations"):
        more_button(len(rows), "card-relations", _FIRST, by=_STEP)
        header = [t("details.label"), t("details.kind"), t("actors.links")]
        plain: list[list[object]] = [[label(other), name(other.kind), words] for words, other in rows]
        csv_button("relations", header, plain, key="csv-relations")


def _relation(words: str, other: Thing) -> str:
    said = f"{glyph(other.kind, 15)}{link(state.href('acteurs', thing=other.id), label(other))}"
    return f"<li><small>{html(words)}</small><span>{said}</span></li>"


def _words(relation: str) -> str:
    found = load().relations.get(relation.removeprefix("-"))
    return found.name(language(), inverse=relation.startswith("-")) if found else t("links.together")


# --- all of them ----------------------------------------------------------------------------------------------------


def _all() -> None:
    frame.head(t("common.actors"), t("common.explore"), under=t("actors.about"))
    by_kind(ACTORS, t("actors.find"), _STEP, _table)


def _table(kind: str, found: Listed) -> None:
    person = kind == "person"
    _read_ahead(found.now, person)
    middle = [t("actors.function"), t("actors.organisation")] if person else [t("actors.people")]
    header = [name(kind), *middle, t("actors.proposals"), t("ideas.sentences"), t("ideas.documents")]
    cells = [[*_cells(thing, person), places(thing)] for thing in found.now]
    width = len(header)
    table(
        [*header, t("common.see")], cells, numeric=range(2 + person, width), caption=t("common.elements", n=found.total)
    )
    more_button(found.total, kind, _STEP)
    plural = name(kind, plural=True).lower()
    csv_button(plural, header, lambda: _all_plain(found.every(), person), key=f"csv-{kind}")


def _beside(person: bool) -> tuple[str, ...]:
    """What is listed beside a person, whom they work for; beside any other, its people."""
    return ("organisation", "territory", "group") if person else ("person",)


def _read_ahead(things: Sequence[Thing], person: bool) -> None:
    for kinds in (_beside(person), ("proposal",)):
        ahead.stated(things, kinds, _STATED)


def _cells(thing: Thing, person: bool) -> list[str]:
    first = f"{glyph(thing.kind, 16)} {link(state.href('acteurs', thing=thing.id), label(thing))}"
    employers = _stated(thing, _beside(person))
    linked = ", ".join(link(state.href("acteurs", thing=o.id), label(o)) for o in employers[:3]) or "–"
    function = str(thing.attributes.get("function") or "–")
    middle = [html(function[:1].upper() + function[1:]), linked] if person else [linked]
    return [
        first,
        *middle,
        count(len(_stated(thing, ("proposal",)))),
        count(thing.evidence_count),
        count(thing.source_count),
    ]


def _all_plain(things: Sequence[Thing], person: bool) -> list[list[object]]:
    _read_ahead(things, person)
    return [_plain(thing, person) for thing in things]


def _plain(thing: Thing, person: bool) -> list[object]:
    employers = ", ".join(o.label for o in _stated(thing, _beside(person)))
    middle: list[object] = [str(thing.attributes.get("function", "")), employers] if person else [employers]
    return [thing.label, *middle, len(_stated(thing, ("proposal",))), thing.evidence_count, thing.source_count]


def _stated(thing: Thing, kinds: Sequence[str]) -> list[Thing]:
    links = state.store().neighbours(thing.id, kinds, state.where(), limit=_STATED, stated_only=True)
    found = state.store().things(each.b for each in links)
    named: dict[str, Thing] = {}  # one body under one name in several documents is read once
    for each in links:
        if each.b in found:
            named.setdefault(fold(found[each.b].label), found[each.b])
    return list(named.values())
