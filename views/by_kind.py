"""The list of a page that shows several kinds of things: a tab for each kind that is there, a search within it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from graph.questions.rows import every
from views import documents, frame, narrowed, state
from views.escape import md
from views.i18n import number, t
from views.kinds import name, picture
from views.tables import Listed, asked, listed
from views.tabs import tabs

_HITS = 200  # of a search


def by_kind(kinds: Sequence[str], ask: str, step: int, draw: Callable[[str, Listed], None]) -> None:
    """Tabs of the kinds with their counts; `draw` shows those of the chosen one, never none, under the key of the kind.

    `ask` names the search, `step` says how many are read at once.
    """
    if not documents.infos():
        frame.nothing_imported()
        return
    store, where = state.store(), state.where()
    counts = store.count_within(kinds, [where])[0]
    if not counts:
        frame.filters_hide(sum(store.count_rows([kind]) for kind in kinds))
        return
    labels = {k: f"{picture(k)} {name(k, plural=True)} **{number(n)}**" for k in kinds if (n := counts.get(k))}
    chosen, box = tabs(labels)
    frame.counted(chosen)
    with box:
        wanted = narrowed.words(ask, key=f"find-{chosen}")
        found = _hits(chosen, wanted, step) if wanted.strip() else _all(chosen, counts[chosen], step)
        if found.total:
            draw(chosen, found)
        else:
            st.info(md(t("common.no_result", query=wanted)))


def _all(kind: str, total: int, step: int) -> Listed:
    store, where = state.store(), state.where()
    now = store.rows([kind], where, limit=asked(kind, step))
    return Listed(now, total, lambda: list(every(store, [kind], where)))


def _hits(kind: str, wanted: str, step: int) -> Listed:
    store = state.store()
    hits = store.search(wanted, [kind], limit=_HITS, where=state.where())
    if len(hits) == _HITS:
        st.caption(t("common.best_hits", n=_HITS))
    things = store.things(hit.id for hit in hits)
    return listed([things[hit.id] for hit in hits if hit.id in things], kind, step)
