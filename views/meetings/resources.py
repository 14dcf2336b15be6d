"""Resources: links and references, with author and date, the sentence that gives each and what cites it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import Thing
from graph.questions.rows import every
from graph.text import fold
from views import frame, narrowed, state
from views.escape import html, md, web_address
from views.i18n import day, t
from views.kinds import glyph, label
from views.meetings.cited import back_html, citing, meeting_words, read_ahead
from views.meetings.shared import computed, first_place, place_words
from views.tables import csv_button, more_button, shown

_STEP = 20


def draw() -> None:
    found = computed("resources", lambda: list(every(state.store(), ["resource"], state.where())))
    if not found:
        hidden = state.store().count_rows(["resource"]) if state.filtered() else 0
        frame.filters_hide(hidden) if hidden else st.info(t("marks.no_resource"))
        return
    left, right = st.columns([1, 1.4], vertical_alignment="bottom")
    with left:
        wanted = narrowed.words(t("ideas.find"), key="find-resources")
    with right:
        only = narrowed.switch(t("marks.only_links"), key="only-links", name="linked")
    kept = [thing for thing in found if _says(thing, wanted) and (not only or _link(thing))]
    if not kept:
        st.info(md(t("common.no_result", query=wanted)) if wanted else t("marks.none_such"))
        return
    now = kept[: shown(kept, "resources", _STEP)]
    read_ahead(now)
    st.html("".join(map(_row, now)))
    more_button(len(kept), "resources", _STEP)
    header = [t(f"marks.{c}") for c in ("title", "url", "author", "date", "meeting_date", "meeting", "place",
                                        "linked_to")]  # fmt: skip
    csv_button("ressources", header, lambda: _all_plain(kept), key="csv-resources")


def _said(thing: Thing, name: str) -> str:
    return str(thing.attributes.get(name) or "")


def _says(thing: Thing, wanted: str) -> bool:
    said = fold(" ".join([thing.label, *map(str, thing.attributes.values())]))
    return all(word in said for word in fold(wanted).split())


def _link(thing: Thing) -> str:
    """The address, where it may be opened."""
    return web_address(_said(thing, "url"))


def _row(thing: Thing) -> str:
    address = html(state.href("reseau", thing=thing.id))
    named = html(_said(thing, "title") or label(thing))
    title = f'<h3>{glyph("resource", 18)} <a class="quiet" href="{address}">{named}</a></h3>'
    facts = [_said(thing, "author"), day(_said(thing, "date"))]
    about = " · ".join(html(fact) for fact in facts if fact)
    url, shown_url = _link(thing), _said(thing, "url")
    opened = (
        f'<a href="{html(url)}" target="_blank" rel="noopener noreferrer nofollow">{html(url)}</a>'
        if url
        else html(shown_url)
    )
    lines = "".join(f'<p class="origin">{line}</p>' for line in (about, opened) if line)
    return f'<article class="resource">{title}{lines}{back_html(thing)}</article>'


def _all_plain(things: Sequence[Thing]) -> list[list[object]]:
    read_ahead(things)
    return [_plain(thing) for thing in things]


def _plain(thing: Thing) -> list[object]:
    place = first_place(thing)
    linked = ", ".join(x.label for x in citing(thing))
    facts = [_said(thing, name) for name in ("url", "author", "date")]
    title = _said(thing, "title") or thing.label
    return [title, *facts, *meeting_words(place), place_words(place) if place else "", linked]
