"""What a link carries: the state of a page is its address, so that any view can be copied, sent and reopened.

Shared parameters, on every page: `lang`, `meeting`, `since`, `until`, `confirmed`. Per page: `thing` (the chosen
thing: Explorer, themes, actors), `doc` and `at` (document and offset: Sources), `edit` (a block of its tree), `d` (a
doubt: Review), `a` and `b` (Links), `job` (Import), `rows` (how far its lists were asked for). Ids from an address are
never trusted: `known` answers None for what the graph does not hold.
"""

from __future__ import annotations

import os
import re
from calendar import monthrange
from datetime import date
from functools import cache
from urllib.parse import urlencode, urlsplit

import streamlit as st

from graph.errors import NotFound
from graph.model import Actor, Filter, Role, Thing
from graph.persons.unnamed import SETTING, reads_no_name
from graph.persons.visible import seen_by
from graph.store import open_store, store_url
from graph.store.base import Store
from graph.store.remembering import remembering, renew, stamp_of, unkept
from views import memory
from views.escape import md

SHARED = ("lang", "meeting", "since", "until", "confirmed")
FILTERS = SHARED[1:]
_SHARED = "_shared"
ONLY = "1"  # the value of `confirmed` that leaves only what a person confirmed
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")  # a year or a month, as some documents are dated
HOME = "accueil"  # the page at the root of the address
ROLE = "MAILLAGE_ROLE"  # who is served: a role of graph.model, facilitators unless it is said
NAMELESS = str(Role.PARTICIPANT)  # the roles that read no name of a person, where the environment names none


@cache  # and not Streamlit's, whose look into a cache takes longer than most answers
def _opened(url: str) -> Store:
    return remembering(open_store(url))


def store() -> Store:
    """The store of this application, opened once per process and address, as the role of who acts may read it."""
    return seen_by(_opened(store_url()), actor(), NAMELESS)


def once() -> Store:
    """The same for work that reads everything once: what pages ask again stays in memory instead."""
    return seen_by(unkept(_opened(store_url())), actor(), NAMELESS)


def whole() -> Store:
    """The store whatever the role: for what tells nothing of it but whether it changed, or asks for the role itself."""
    return _opened(store_url())


def begin() -> None:
    """Called at the start of a run: what others wrote since the last one is seen from here on."""
    renew(whole())
    memory.follow(whole())


def stamp() -> str:
    """What changes when anything is written: a part of the keys of what is kept for all sessions."""
    return f"{reader()} {whole().acts()}"


def said(*, seen: bool = True) -> str:
    """What changes when anything is said otherwise, or (`seen`) seen by others: no part of it is a decision alone.

    What a role may read of a name also depends on what it may not see: for those who do not see all, it is `stamp`.
    """
    return f"{reader()} {stamp_of(whole(), seen=seen)}" if actor().role == Role.FACILITATOR else stamp()


def actor() -> Actor:
    """Who acts in this session. There are no accounts: everybody whom this server answers has its role.

    A word that is no role gives the least rights.
    """
    asked = os.environ.get(ROLE) or Role.FACILITATOR
    return Actor(role=Role(asked) if asked in list(Role) else Role.PARTICIPANT)


def reads_names() -> bool:
    """Whether names of persons are shown, and files as they were imported."""
    return not reads_no_name(actor(), NAMELESS)


def reader() -> tuple[str, str]:
    """The store and the role that reads it: a part of the key of whatever sessions share."""
    return whole().url, f"{actor().role} {os.environ.get(SETTING, '-')}"


# --- the address ----------------------------------------------------------------------------------------------------


def restore() -> None:
    """Bring address and session together, first thing in a run: the address decides, else what the session remembers.

    Streamlit empties the query when a reader changes page through the menu; filters and language must survive that.
    """
    for name in SHARED:
        if name in st.query_params:
            st.session_state[name] = st.query_params[name]
        elif st.session_state.get(name):
            st.query_params[name] = str(st.session_state[name])
    _gather()


def _gather() -> None:
    """The shared values in one place: links ask for them hundreds of times in a run, and the session is slow to ask."""
    st.session_state[_SHARED] = {name: str(st.session_state[name]) for name in SHARED if st.session_state.get(name)}


def query(name: str, default: str = "") -> str:
    """One parameter of the address, cut to a sane length."""
    return str(st.query_params.get(name, default))[:500]


def set_query(**values: str | int | None) -> None:
    """Write parameters of the page; an empty value removes the parameter."""
    for name, value in values.items():
        if value in (None, ""):
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != str(value):
            st.query_params[name] = str(value)


def set_shared(name: str, value: str) -> None:
    """Set a filter or the language for every page."""
    st.session_state[name] = value
    _gather()
    set_query(**{name: value})


def clear_filters() -> None:
    for name in FILTERS:
        set_shared(name, "")


def shared() -> dict[str, str]:
    """The filters and the language as parameters of a link; empty ones left out."""
    if _SHARED not in st.session_state:
        _gather()
    return dict(st.session_state[_SHARED])


def where() -> Filter:
    """The filter every page applies. A date that is not one is no filter."""
    chosen = shared()
    return Filter(
        meeting=chosen.get("meeting", ""),
        since=_first(chosen.get("since", "")),
        until=_last(chosen.get("until", "")),
        confirmed=chosen.get("confirmed") == ONLY,
    )


def _first(text: str) -> str:
    """The beginning of a period. A month stays a month: it comes before its days, and before what is dated by it."""
    return text if _PARTIAL.fullmatch(text) and _last(text) else _iso(text)


def _last(text: str) -> str:
    """The end of a period: of a month or a year, its last day."""
    partial = _PARTIAL.fullmatch(text)
    if not partial:
        return _iso(text)
    year, month = int(partial[1]), int(partial[2] or 12)
    return _iso(f"{partial[1]}-{month:02}-{monthrange(year, month)[1]}") if year and 1 <= month <= 12 else ""


def _iso(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def place() -> str:
    """The page that the reader is on, as the path of its address."""
    return urlsplit(st.context.url or "").path


def filtered() -> bool:
    return where() != Filter()


def known(thing: str) -> Thing | None:
    """The thing with this id, or None for an id that is unknown, rejected or nonsense."""
    return store().get(thing) if thing else None


# --- links between pages --------------------------------------------------------------------------------------------


def href(page: str, **params: str | int) -> str:
    """The address of a page with its filters, for HTML links: `href("sources", doc=…, at=…)`."""
    parts = {**shared(), **{k: v for k, v in params.items() if v not in (None, "")}}
    root = "" if page == HOME else page
    return f"./{root}" + (f"?{urlencode(parts)}" if parts else "")


def link_to(page: str, label: str, *, icon: str | None = None, **params: str | int) -> None:
    """A native link to a page, in the same session; nothing where the role has no such page. `label` is plain text."""
    if not has(page):
        return
    parts = {**shared(), **{k: str(v) for k, v in params.items() if v not in (None, "")}}
    st.page_link(registered(page), label=md(label), icon=icon, query_params=parts)


def go_to(page: str, **params: str | int) -> None:
    """Leave for another page, carrying the filters."""
    st.switch_page(registered(page), query_params={**shared(), **{k: str(v) for k, v in params.items()}})


def register(pages: dict[str, st.Page]) -> None:
    """Called by app.py: the pages by their url_path, those of the role only."""
    st.session_state["_pages"] = pages


def has(page: str) -> bool:
    """Whether the role has this page."""
    return page in st.session_state.get("_pages", {})


def registered(page: str) -> st.Page:
    try:
        found: st.Page = st.session_state["_pages"][page]
    except KeyError:
        raise NotFound(page) from None
    return found
