"""The list beside the map: the same initiatives, in pages, each one leading to its card."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import streamlit as st

from graph.initiatives.catalogue import Shown
from views import state
from views.escape import html
from views.i18n import number, t
from views.initiatives import asked as asking
from views.initiatives.asked import Asked
from views.initiatives.words import distance, icon, remark, shown_type

PAGE = 8
_CUT = 220  # characters of a description


def draw(asked: Asked) -> None:
    """The head with how many there are, a page of the list, the way to the other pages."""
    shown, first = asked.shown, _first(asked)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="map-count"):
        st.html(f'<h2 class="count">{html(t("initiatives.count", n=len(shown)))}</h2>{_around(asked)}')
        if asked.filtered:
            st.button(t("common.show_all"), on_click=asking.clear, type="tertiary", key="map-clear")
    if not shown:
        st.info(t("initiatives.none_match"))
        return
    chosen, kept = state.query("thing"), asking.kept()
    rows = "".join(_row(each, chosen, kept) for each in shown[first : first + PAGE])
    st.html(f'<ol class="places" start="{first + 1}">{rows}</ol>')
    _pages(len(shown), first)


def _around(asked: Asked) -> str:
    if not asked.wanted.within_km:
        return ""
    return f'<p class="muted">{html(t("initiatives.less_than", km=int(asked.wanted.within_km)))}</p>'


def _row(each: Shown, chosen: str, kept: Mapping[str, str]) -> str:
    entry, now = each.entry, each.entry.id == chosen
    address = html(state.href("carte", **{**kept, "thing": entry.id}))
    far = f'<span class="far">{html(distance(each.km))}</span>' if each.km is not None else ""
    where = ", ".join(part for part in (shown_type(each), entry.address, entry.commune_name) if part)
    told = remark(entry)
    warn = " warn" if entry.place.doubt or not entry.place.point else ""
    below = f'<p class="remark{warn}">{html(told)}</p>' if told else ""
    mark = f'<img class="glyph" src="{icon(entry.kind)}" width="24" height="24" alt="">'
    return (
        f"<li{' class=chosen' if now else ''}>{mark}"
        f'<div><p class="name"><a href="{address}"{" aria-current=true" if now else ""}>{html(entry.name)}</a>{far}</p>'
        f'<p class="muted">{html(where)}</p>{below}</div></li>'
    )


# --- pages of the list ------------------------------------------------------------------------------------------------


def _first(asked: Asked) -> int:
    """The index of the first initiative of the page that is asked; of the page of the chosen one where none is."""
    said = state.query("p")
    page = int(said) if said.isdecimal() and len(said) < 6 else page_of(asked, state.query("thing"))
    return PAGE * (min(max(page, 1), max(ceil(len(asked.shown) / PAGE), 1)) - 1)


def page_of(asked: Asked, thing: str) -> int:
    """The page of the list that holds an initiative; 1 where it is in none."""
    at = next((n for n, each in enumerate(asked.shown) if each.entry.id == thing), 0)
    return at // PAGE + 1


def _pages(total: int, first: int) -> None:
    last = ceil(total / PAGE)
    if last < 2:
        return
    page = first // PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center", key="map-pages"):
        _turn("icon-map-back", ":material/chevron_left:", t("initiatives.back"), page - 1, last)
        ends = number(first + 1), number(min(first + PAGE, total)), number(total)
        st.html(f'<p class="muted">{html(t("initiatives.pages", first=ends[0], last=ends[1], total=ends[2]))}</p>')
        _turn("icon-map-next", ":material/chevron_right:", t("initiatives.next"), page + 1, last)


def _turn(key: str, icon: str, label: str, page: int, last: int) -> None:
    st.button(
        label, icon=icon, help=label, key=key, disabled=not 1 <= page <= last, on_click=lambda: state.set_query(p=page)
    )


def cut(text: str) -> str:
    """The beginning of a description, at a word."""
    return text if len(text) <= _CUT else text[: _CUT - 1].rsplit(" ", 1)[0] + "…"
