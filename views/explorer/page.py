"""Réseau: a chosen thing and its surroundings, as a network, an outline or a table; the details beside."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from graph.model import Thing
from views import frame, state
from views.correct import say_what_was_done
from views.escape import md
from views.explorer import address as explorer_state
from views.explorer import card, exports, lists
from views.explorer import filters as explorer_filters
from views.explorer import sent as explorer_sent
from views.explorer.address import LEAST_MOST, VIEWS, Asked
from views.explorer.shown import Shown, shown, told
from views.i18n import language, t
from views.kinds import label, picture
from views.network.component import network
from views.network.payload import columns
from views.network.words import groups, words

HITS, HITS_SHOWN = 12, 8
# Seconds, once in a visit, between the picture and all that stands around it: what arrives while the browser is still
# drawing is drawn with it, and the picture then comes last, its script being loaded on demand.
_HEAD_START = 0.2


def page() -> None:
    say_what_was_done()
    if not state.store().count_rows(explorer_state.drawable()):
        frame.head(t("common.network"), t("common.explore"))
        frame.nothing_imported()
        return
    explorer_sent.forget()
    _body()


@st.fragment
def _body() -> None:
    """All of the page in one fragment: a click reruns this, not the menu around it."""
    state.begin()
    asked, missing = _known(explorer_state.read())
    found = shown(asked)
    asked = explorer_sent.still_pinned(asked, found.picture.layout)
    head, gone = st.container(), st.container(key="explorer-missing")
    if found.picture.things:
        _network_and_details(asked, found)
    else:
        _empty(asked)
    with head:
        _head(asked, found)
    if missing:
        gone.warning(t("explorer.missing", n=missing))


def _network_and_details(asked: Asked, found: Shown) -> None:
    """What is waited for is sent first, and the browser draws it first: a new picture, else the details of a click."""
    main, side = st.columns([2.1, 1], gap="medium")
    view, under = main.container(), main.container()
    before = st.session_state.get("explorer-drawn")
    seen = before == found.picture.layout
    st.session_state["explorer-drawn"] = found.picture.layout
    for network_now in (not seen, seen):
        if network_now:
            with view:
                _view(asked, found)
            if before is None and asked.view == VIEWS[0]:
                time.sleep(_HEAD_START)
        else:
            with side, st.container(border=True, key="card-details"):
                _details(asked)
    with under, st.container(horizontal=True, horizontal_alignment="right", key="explorer-exports"):
        if asked.centres and not state.query("q"):
            _back()
        exports.draw(asked, found)


def _known(asked: Asked) -> tuple[Asked, int]:
    """The view with canonical ids only, and how many ids of the address answer to nothing."""
    edge = asked.edge or ()
    wanted = (*asked.centres, *asked.opened, *edge, *([asked.chosen] if asked.chosen else []))
    things = state.store().things([*wanted, *(thing for thing, _, _ in asked.pins)])

    def ids(asked_ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(things[i].id for i in asked_ids if i in things))

    pair = ids(edge)
    known = replace(
        asked,
        centres=ids(asked.centres),
        opened=ids(asked.opened),
        chosen=next(iter(ids([asked.chosen])), ""),
        edge=(pair[0], pair[1]) if len(pair) == 2 else None,
        pins=tuple((things[thing].id, x, y) for thing, x, y in asked.pins if thing in things),
    )
    return known, len({i for i in wanted if i not in things})


# --- the head: title, search, view ------------------------------------------------------------------------------------


def _head(asked: Asked, found: Shown) -> None:
    title, search, views = st.columns([1.2, 1.1, 1.1], vertical_alignment="bottom")
    middle = [thing for thing in found.picture.things if thing.id in found.picture.centres]
    with title:
        if middle:
            frame.head(card.short(", ".join(label(x) for x in middle), 64), t("common.network"), kind=middle[0].kind)
        else:
            frame.head(t("common.network"), t("common.explore"), under=t("explorer.opening"))
    with search:
        _search_box()
    with views:
        _view_switch(asked)
    _results()


def _search_box() -> None:
    st.session_state.setdefault("explorer-search", state.query("q"))
    st.text_input(
        t("common.search"),
        key="explorer-search",
        placeholder=t("explorer.search_hint"),
        icon=":material/search:",
        label_visibility="collapsed",
        on_change=_searched,
    )


def _searched() -> None:
    """Enter was pressed: the best hit becomes the centre; the others are offered under the head."""
    text = st.session_state["explorer-search"].strip()[:200]
    hits = state.store().search(text, explorer_state.drawable(), limit=1, where=state.where()) if text else []
    if hits:
        explorer_state.centre(hits[0].id)
    state.set_query(q=text)


def _results() -> None:
    """What was found, and the way back to the themes."""
    text = state.query("q").strip()
    # The box is there even when empty: what comes and goes before the network would make the browser build it anew.
    with st.container(horizontal=True, vertical_alignment="center", key="explorer-hits", gap="small"):
        if not text:
            return
        hits = state.store().search(text, explorer_state.drawable(), limit=HITS, where=state.where())
        if not hits:
            st.info(md(t("common.no_result", query=text)))
        else:
            st.markdown(f":gray[{t('explorer.results', n=len(hits))}]", width="content")
        for hit in hits[:HITS_SHOWN]:
            st.button(
                f"{picture(hit.kind)} {md(card.short(hit.label, 38))}",
                key=f"hit-{hit.id}",
                on_click=_take_hit,
                args=(hit.id,),
                help=None,
            )
        _back()


def _back() -> None:
    label, icon = t("explorer.back"), ":material/arrow_back:"
    st.button(label, key="explorer-back", type="tertiary", icon=icon, on_click=_clear_search)


def _take_hit(thing: str) -> None:
    text = state.query("q")
    explorer_state.centre(thing)
    state.set_query(q=text)


def _clear_search() -> None:
    st.session_state["explorer-search"] = ""
    explorer_state.back_to_opening()


def _view_switch(asked: Asked) -> None:
    st.session_state["explorer-view"] = asked.view
    st.segmented_control(
        t("explorer.view"),
        list(VIEWS),
        format_func=lambda v: t(f"explorer.view_{v}"),
        key="explorer-view",
        label_visibility="collapsed",
        required=True,
        width="stretch",
        on_change=lambda: state.set_query(v=st.session_state["explorer-view"]),
    )


def _empty(asked: Asked) -> None:
    if asked.hidden or asked.least > 1:
        st.info(t("explorer.all_hidden"))
        st.button(t("common.show_all"), type="primary", on_click=lambda: state.set_query(k=None, m=None))
    else:
        frame.filters_hide(state.store().count_rows(explorer_state.drawable()))


# --- the three views --------------------------------------------------------------------------------------------------


def _view(asked: Asked, found: Shown) -> None:
    if asked.view != VIEWS[0]:
        explorer_sent.forget()
        explorer_filters.draw(asked, found)
    if asked.view == "plan":
        st.html(lists.outline(found.picture, asked.chosen))
    elif asked.view == "tableau":
        lists.draw_table(found.picture, asked.chosen)
    else:
        network(_payload(asked, found), key="network", on_act=_acted)


def _acted(what: str, value: Any) -> None:
    """An act on the picture. What was clicked is marked there already."""
    explorer_state.act(what, value)
    after = explorer_state.read()
    if what in {"select", "edge"}:
        explorer_sent.told_choice(after.chosen, after.edge)
    elif what == "pins":
        explorer_sent.told_pins(after.pins)


def _payload(asked: Asked, found: Shown) -> dict[str, Any]:
    hidden = max(found.total - len(found.picture.things), 0)
    return {
        **_columns(found),
        "groups": groups(),
        "counts": dict(found.counts),
        "hidden": list(asked.hidden),
        **explorer_sent.choice(asked),
        **explorer_sent.pins(asked, found.picture.layout),
        "depth": asked.depth,
        "centred": bool(asked.centres),
        "least": asked.least,
        "most": LEAST_MOST,
        "hiddenCount": hidden,
        "canGrow": found.can_grow,
        "words": words(told(asked, found), t("explorer.hidden", n=hidden), t("explorer.file")),
    }


def _columns(found: Shown) -> dict[str, Any]:
    """The picture as columns, made once for each picture and language."""
    made, key, kept = st.session_state.get("explorer-columns", (None, "", {}))
    if made is not found.picture or key != language():
        kept = columns(found.picture, language())
        st.session_state["explorer-columns"] = (found.picture, language(), kept)
    return dict(kept)


# --- beside -----------------------------------------------------------------------------------------------------------


def _details(asked: Asked) -> None:
    if asked.edge:
        ends = state.store().things(asked.edge)
        card.edge(ends[asked.edge[0]], ends[asked.edge[1]])
        return
    chosen = asked.chosen or (asked.centres[0] if asked.centres else "")
    thing: Thing | None = state.known(chosen)
    if thing is None:
        card.nothing_chosen()
    else:
        card.thing(thing, thing.id in asked.opened, asked.every_sentence)
