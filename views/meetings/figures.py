"""Key figures: value, unit, year and stated origin; those that say the same thing together, contradictions first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.course.figures import Figure, Figures, side_by_side, stated_origin
from graph.questions.rows import every
from graph.text import fold
from views import frame, memory, narrowed, state
from views.documents import infos
from views.escape import html, md
from views.i18n import number, t
from views.meetings.cited import back_html, citing, meeting_words, read_ahead
from views.meetings.shared import computed, first_place, place_words
from views.tables import csv_button, more_button, shown

_STEP = 15
_VERDICTS = ("all", "contradict", "change", "sourced")


def draw() -> None:
    found = computed("figures", _all, seen=False)
    if not found:
        frame.filters_hide(state.store().count_rows(["figure"])) if state.filtered() else st.info(t("marks.no_figure"))
        return
    chosen, wanted = _filters(found)
    kept = [group for group in found if _keeps(group, chosen) and _says(group, wanted)]
    st.caption(t("marks.rule"))
    if not kept:
        st.info(md(t("common.no_result", query=wanted)) if wanted else t("marks.none_such"))
        return
    now = kept[: shown(kept, "figures", _STEP)]
    read_ahead([one.thing for group in now for one in group.figures])
    st.html("".join(map(_group, now)))
    more_button(len(kept), "figures", _STEP, counted=(_count(now, chosen), _count(kept, chosen)))
    header = [t(f"marks.{c}") for c in ("value", "unit", "year", "statement", "origin", "verdict", "meeting_date",
                                        "meeting", "place", "linked_to")]  # fmt: skip
    csv_button("chiffres", header, lambda: _all_plain(kept), key="csv-figures")


def _all() -> list[Figures]:
    things = list(every(state.store(), ["figure"], state.where()))
    places = state.store().firsts([thing.id for thing in things], state.where())
    sources = {id_: place.source for id_, place in places.items()}
    years = {id_: infos()[id_].date[:4] for id_ in sorted({*sources.values()} & infos().keys())}

    def compared() -> list[Figures]:
        return side_by_side(
            things,
            lambda thing: years.get(sources.get(thing.id, ""), ""),
            lambda thing: sources.get(thing.id, ""),
        )

    return memory.once("figures", (things, sources, years), compared)


def _filters(found: Sequence[Figures]) -> tuple[str, str]:
    left, right = st.columns([1, 1.4], vertical_alignment="bottom")
    with right:
        counts = {key: _count([group for group in found if _keeps(group, key)], key) for key in _VERDICTS}

        def said(verdict: str) -> str:
            return f"{t(f'marks.show_{verdict}')} {number(counts[verdict])}"

        offered = [key for key in _VERDICTS if counts[key] or key == "all"]
        chosen = narrowed.one_of(t("marks.show"), offered, said, key="figures-show", name="show")
    with left:
        wanted = narrowed.words(t("ideas.find"), key="find-figures")
    return chosen, wanted


def _keeps(group: Figures, chosen: str) -> bool:
    if chosen == "sourced":
        return any(one.origin for one in group.figures)
    return chosen in {"all", group.verdict}


def _count(groups: Sequence[Figures], chosen: str) -> int:
    """How many figures are what was chosen: one without an origin may stand beside one that has it."""
    return sum(chosen != "sourced" or bool(one.origin) for group in groups for one in group.figures)


def _says(group: Figures, wanted: str) -> bool:
    said = fold(" ".join(f"{one.value} {one.statement} {one.origin} {one.year}" for one in group.figures))
    return all(word in said for word in fold(wanted).split())


def _group(group: Figures) -> str:
    """One figure, or those that say the same thing under a word that says how they stand to each other."""
    rows = "".join(_row(one) for one in group.figures)
    if len(group.figures) == 1:
        return f'<article class="figure-group">{rows}</article>'
    title = f'<p class="verdict {group.verdict}">{html(t(f"marks.is_{group.verdict}", n=len(group.figures)))}</p>'
    return f'<article class="figure-group {group.verdict}">{title}{rows}</article>'


def _row(one: Figure) -> str:
    told = stated_origin(one.thing)
    origin = html(told if one.origin else " · ".join(part for part in (t("marks.no_origin"), told) if part))
    address = html(state.href("reseau", thing=one.thing.id))
    statement = f'<a class="quiet" href="{address}">{html(one.statement)}</a>'
    said = f'<p class="words">{statement}</p><p class="origin">{origin}</p>{back_html(one.thing)}'
    return f'<div class="figure-row"><b>{html(one.value)}</b><div>{said}</div></div>'


def _all_plain(kept: Sequence[Figures]) -> list[list[object]]:
    read_ahead([one.thing for group in kept for one in group.figures])
    return [_plain(one, group) for group in kept for one in group.figures]


def _plain(one: Figure, group: Figures) -> list[object]:
    place = first_place(one.thing)
    linked = ", ".join(thing.label for thing in citing(one.thing))
    verdict = t(f"marks.verdict_{group.verdict}")
    where = place_words(place) if place else ""
    return [one.value, one.unit, one.year, one.statement, one.origin, verdict, *meeting_words(place), where, linked]
