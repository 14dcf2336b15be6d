"""The list of a page that shows several kinds of things: a tab for each kind that is there, a search within it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from graph.model import Thing
from views import documents, frame, state
from views.escape import md
from views.i18n import number, t
from views.kinds import name, picture
from views.tabs import tabs


def by_kind(kinds: Sequence[str], ask: str, limit: int, draw: Callable[[str, list[Thing]], None]) -> None:
    """Tabs of the kinds with their counts; `draw` shows those of the chosen one, never none. `ask` names the search."""
    if not documents.infos():
        frame.nothing_imported()
        return
    store, where = state.store(), state.where()
    counts = {kind: store.count_rows([kind], where) for kind in kinds}
    if not any(counts.values()):
        frame.filters_hide(sum(store.count_rows([kind]) for kind in kinds))
        return
    labels = {k: f"{picture(k)} {name(k, plural=True)} **{number(n)}**" for k, n in counts.items() if n}
    chosen, box = tabs(labels)
    with box:
        wanted = st.text_input(ask, key=f"find-{chosen}", icon=":material/search:")
        found = _found(chosen, wanted, limit)
        if found:
            draw(chosen, found)
        else:
            st.info(md(t("common.no_result", query=wanted)))


def _found(kind: str, wanted: str, limit: int) -> list[Thing]:
    store, where = state.store(), state.where()
    if not wanted.strip():
        return store.rows([kind], where, limit=limit)
    hits = store.search(wanted, [kind], limit=limit, where=where)
    things = store.things(hit.id for hit in hits)
    return [things[hit.id] for hit in hits if hit.id in things]
