"""What the page of review asks about: the doubts that a store finds by itself, and the merges looked for beside.

Suggested merges come from comparing everything that has a name: of all but small graphs they are looked for once after
each import, in a thread of their own, while the page shows the rest.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

import streamlit as st

from graph.model import Filter
from graph.questions.counted import First
from graph.review.doubts import Doubt, Sort, merges, ordered, read
from graph.store.base import Store
from views import documents, memory, state
from views.i18n import t
from views.review import taking

LARGE = 3_000  # things from which on merges are looked for beside, and not anew after each decision
_AGAIN = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Looked:
    """The doubts that are listed, how many there are by sort, and whether merges are still looked for."""

    doubts: Sequence[Doubt]
    totals: Counter[Sort]
    under_way: bool


def look() -> Looked:
    """The queue as it is now."""
    searched = _searched()
    if searched.done() and searched.exception():
        _search.clear()  # type: ignore[attr-defined]
    found = {**_read(f"{state.stamp()} {state.where()}")}
    found[Sort.MERGE] = _left(searched.result()) if searched.done() else First((), 0)
    return Looked(ordered(found), Counter({sort: first.total for sort, first in found.items()}), not searched.done())


@memory.kept(max_entries=8)
def _read(key: str) -> dict[Sort, First[Doubt]]:  # noqa: ARG001  the key of the cache
    return dict(read(state.store(), state.where()))


def _searched() -> Future[First[Doubt]]:
    """The search for merges; of a small graph it is over when this answers."""
    infos = documents.infos().values()
    large = sum(sum(info.counts.values()) for info in infos) > LARGE
    places = repr([(info.id, info.imported_at) for info in infos])
    key = f"{state.reader()} {places if large else state.stamp()} {state.where()}"
    if st.session_state.get("review-of") != key:
        st.session_state["review-of"] = key
        st.session_state.pop(taking.SETTLED, None)
    return _search(key, large)


@memory.kept(max_entries=8)
def _search(key: str, beside: bool) -> Future[First[Doubt]]:  # noqa: ARG001  the key of the cache
    found: Future[First[Doubt]] = Future()
    work = partial(_find, found, state.store(), state.where())
    if beside:
        threading.Thread(target=work, name="merges", daemon=True).start()
    else:
        work()
    return found


def _find(found: Future[First[Doubt]], store: Store, where: Filter) -> None:
    try:
        found.set_result(merges(store, where))
    except Exception as error:  # noqa: BLE001  the edge of a thread: whoever asks for the result is told
        found.set_exception(error)


def _left(found: First[Doubt]) -> First[Doubt]:
    """The merges that were not settled since they were looked for, on this page or on another."""
    settled = st.session_state.get(taking.SETTLED, ())
    now = state.store().things(id_ for doubt in found.rows for id_ in _ids(doubt))
    rows = tuple(
        doubt
        for doubt in found.rows
        if doubt.key not in settled and len({now[id_].id for id_ in _ids(doubt) if id_ in now}) == len(_ids(doubt))
    )
    return First(rows, found.total - len(found.rows) + len(rows))


def _ids(doubt: Doubt) -> list[str]:
    return [thing.id for thing in doubt.suggestion.things] if doubt.suggestion else []


@st.fragment(run_every=_AGAIN)
def wait() -> None:
    """Says that merges are looked for, until they are found."""
    if _searched().done():
        st.rerun()
    st.caption(t("review.merges_under_way"))
