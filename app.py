"""The router: the list of pages, the frame around them. `streamlit run app.py`, or `python -m ingest up`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware

from graph.collector import collection_paused
from graph.model import Role
from graph.questions.cypher import AnswersCypher
from views import errors, frame, state
from views.aside import READERS
from views.i18n import t
from views.server.front import Front


@dataclass(frozen=True)
class PageSpec:
    """A page: the module whose `page()` draws it (imported on use), its address, its icon, its section of the menu.

    `roles` are those that have it; others do not meet it in the menu, and read at its address whom it is for. `whole`
    names the filters that leave the page as it is: it says so while one of them is chosen. `on_server`: only a server
    answers it, so that a store in a file leaves it out of the menu; its address still says what it needs.
    """

    module: str
    url_path: str
    name: str
    icon: str
    section: str
    roles: tuple[Role, ...] = tuple(Role)
    whole: tuple[str, ...] = ()
    on_server: bool = False


_ANIMATION = (Role.FACILITATOR,)
_DESK = (Role.FACILITATOR, Role.RESEARCHER)
_ALL, _UNCONFIRMED = state.FILTERS, ("confirmed",)
PAGES = (
    PageSpec("views.home", "accueil", "home", "home", "explore"),
    PageSpec("views.explorer.page", "reseau", "network", "hub", "explore"),
    PageSpec("views.links.page", "liens", "links", "route", "explore"),
    PageSpec("views.ideas", "themes", "themes", "topic", "explore"),
    PageSpec("views.actors", "acteurs", "actors", "groups", "explore"),
    PageSpec("views.source.page", "sources", "sources", "description", "explore"),
    PageSpec("views.cypher.page", "cypher", "cypher", "terminal", "explore", _ANIMATION, _ALL, on_server=True),
    PageSpec("views.study.desk", "etude", "study", "science", "explore", _DESK),
    PageSpec("views.meetings.series", "reunions", "meetings", "calendar_month", "participate"),
    PageSpec("views.meetings.next_topics", "prochaine", "next_meeting", "event_upcoming", "participate"),
    PageSpec("views.initiatives.page", "carte", "map", "map", "participate"),
    PageSpec("views.meetings.marks", "reperes", "marks", "monitoring", "participate"),
    PageSpec("views.meetings.synthesis", "synthese", "synthesis", "edit_document", "participate"),
    PageSpec("views.importing.page", "importer", "importer", "upload_file", "upkeep", _ANIMATION, _ALL),
    PageSpec("views.review.page", "verifier", "review", "fact_check", "upkeep", _ANIMATION, _UNCONFIRMED),
    PageSpec("views.review.my_data", "mes-donnees", "my_data", "person_search", "upkeep", whole=_ALL),
    PageSpec("views.decisions", "decisions", "decisions", "rule", "upkeep", _ANIMATION, _ALL),
)


def _draw(spec: PageSpec) -> None:
    draw: Callable[[], None] = import_module(spec.module).page
    draw()


def _reserved(spec: PageSpec) -> None:
    """A page of others, opened by a link that one of them sent."""
    frame.head(t(f"common.{spec.name}"))
    st.info(t("frame.for_desk") if Role.RESEARCHER in spec.roles else t("frame.for_animation"))


def _page(spec: PageSpec, first: str, role: Role) -> st.Page:
    own = role in spec.roles
    met = own and (not spec.on_server or isinstance(state.whole(), AnswersCypher))
    return st.Page(
        partial(_draw if own else _reserved, spec),
        title=t(f"common.{spec.name}"),
        icon=f":material/{spec.icon}:",
        url_path=spec.url_path,
        default=spec.url_path == first,
        visibility="visible" if met else "hidden",
    )


def main(first: str = state.HOME) -> None:
    """Draw the page that the address asks for; `first` is the one shown at the root."""
    with READERS.drawing(), collection_paused():
        _draw_all(first)


def _draw_all(first: str) -> None:
    st.set_page_config(page_title="Maillage", page_icon=str(frame.FAVICON), layout="wide", initial_sidebar_state=244)
    state.restore()
    state.begin()
    role = state.actor().role
    own = [spec for spec in PAGES if role in spec.roles]
    first = first if any(spec.url_path == first for spec in own) else state.HOME
    pages = {spec.url_path: _page(spec, first, role) for spec in PAGES}
    state.register({spec.url_path: pages[spec.url_path] for spec in own})
    sections = dict.fromkeys(spec.section for spec in PAGES)
    menu = {t(f"common.{s}"): [pages[spec.url_path] for spec in PAGES if spec.section == s] for s in sections}
    chosen = st.navigation(menu, expanded=True)
    frame.dress()
    with errors.told():
        shown = chosen.url_path or first
        frame.filter_note(next((spec.whole for spec in PAGES if spec.url_path == shown), ()))
        frame.nothing_counted()
        chosen.run()  # before the sidebar: what was asked for is sent first
        frame.trust_note()
    with errors.told():
        frame.sidebar(state.store().sources())


if __name__ == "__main__":  # a run of the pages
    main()
else:  # the server: `streamlit run app.py` finds `app` by reading this file
    addresses = frozenset({"", *(spec.url_path for spec in PAGES if spec.url_path != state.HOME)})
    app = st.App(__file__, middleware=[Middleware(Front, pages=addresses, home=state.HOME)])
