"""What the page of review asks about: the doubts that a store finds by itself, and the merges looked for beside.

Suggested merges come from comparing everything that has a name: of all but small graphs they are looked for once after
each import, in a thread of their own that gives way to pages, while this one shows the rest.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from graph.model import Filter, Thing
from graph.questions.counted import First
from graph.review.doubts import Doubt, Sort, merge_label, merges, ordered, read
from graph.review.suggest import Apart, Pause
from graph.store.base import Store
from views import documents, memory, state
from views.aside import READERS
from views.i18n import t
from views.review import taking

LARGE = 3_000  # things from which on merges are looked for beside, and not anew after each decision
_AGAIN = 2.0  # seconds
_TURN = threading.Lock()  # one search at a time: each reads everything
_NEWEST: dict[str, str] = {}  # by reader and filter: what was asked for last; an older search is given up


class _Older(Exception):
    """Another search was asked for since."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The doubts that are listed, how many there are by sort, and whether merges are still looked for."""

    doubts: Sequence[Doubt]
    totals: Counter[Sort]
    under_way: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search found, and the last act before it began."""

    merges: First[Doubt]
    acts: int


def _where() -> Filter:
    """The filter of the session; what is confirmed is no longer in doubt, so that only the rest is asked about."""
    return replace(state.where(), confirmed=False)


def look() -> Looked:
    """The queue as it is now."""
    searched = _searched()
    found = {**_read(f"{state.stamp()} {_where()}")}
    found[Sort.MERGE] = _left(searched.result()) if searched.done() else First((), 0)
    return Looked(ordered(found), Counter({sort: first.total for sort, first in found.items()}), not searched.done())


@memory.kept(max_entries=8)
def _read(key: str) -> dict[Sort, First[Doubt]]:  # noqa: ARG001  the key of the cache
    return dict(read(state.store(), _where()))


def _searched() -> Future[_Found]:
    """The search for merges; of a small graph it is over when this answers."""
    infos = documents.infos().values()
    large = sum(sum(info.counts.values()) for info in infos) > LARGE
    places = repr([(info.id, info.imported_at) for info in infos])
    key = f"{state.reader()} {places if large else state.stamp()} {_where()}"
    if st.session_state.get("review-of") != key:
        st.session_state["review-of"] = key
        st.session_state.pop(taking.SETTLED, None)
    of = f"{state.reader()} {_where()}"
    found = _search(key, of, large)
    if not found.done() and _NEWEST.get(of) != key:  # given up for another, and asked for again: a source came and went
        _search.clear(key, of, large)  # type: ignore[attr-defined]
        found = _search(key, of, large)
    return found


@memory.kept(max_entries=8)
def _search(key: str, of: str, beside: bool) -> Future[_Found]:
    found: Future[_Found] = Future()
    pause = partial(_pause, key, of) if beside else bool  # a page that waits for its own search would wait for itself
    work = partial(_find, found, partial(_found, state.once(), _where(), pause), of, key)
    _NEWEST[of] = key
    if beside:
        threading.Thread(target=work, name="merges", daemon=True).start()
    else:
        work()
    return found


def _found(store: Store, where: Filter, pause: Pause) -> _Found:
    pause()
    acts = store.acts()  # first: what is written meanwhile makes it old
    return _Found(merges(store, where, pause), acts)


def _pause(key: str, of: str) -> None:
    if _NEWEST.get(of) != key:
        raise _Older
    READERS.give_way()


def _find(found: Future[_Found], look_for: Callable[[], _Found], of: str, key: str) -> None:
    try:
        with _TURN:
            found.set_result(look_for())
    except _Older:  # nobody waits for it: whoever asks for the same again is given another search
        return
    except Exception as error:  # noqa: BLE001  the edge of a thread: whoever asks for the result is told
        _search.clear(key, of, True)  # type: ignore[attr-defined]
        found.set_exception(error)


def _left(searched: _Found) -> First[Doubt]:
    """The merges that nobody settled since they were looked for, with their things as they are now."""
    found = searched.merges
    if searched.acts == state.whole().acts():
        return found
    settled = st.session_state.get(taking.SETTLED, ())
    now = state.store().things(id_ for doubt in found.rows for id_ in _ids(doubt))
    apart = Apart(documents.log())
    rows = tuple(_as_now(doubt, now) for doubt in found.rows if doubt.key not in settled and _asks(doubt, now, apart))
    return First(rows, found.total - len(found.rows) + len(rows))


def _asks(doubt: Doubt, now: Mapping[str, Thing], apart: Apart) -> bool:
    """Whether these are still several things that nobody kept apart."""
    things = [now[id_] for id_ in _ids(doubt) if id_ in now]
    return len({thing.id for thing in things}) == len(_ids(doubt)) and not apart.holds(things[0], things[1])


def _as_now(doubt: Doubt, now: Mapping[str, Thing]) -> Doubt:
    """The versions that an answer must carry are those of today."""
    assert doubt.suggestion
    a, b, *more = (now[id_] for id_ in _ids(doubt))
    suggestion = replace(doubt.suggestion, a=a, b=b, more=tuple(more))
    return replace(doubt, label=merge_label(suggestion), suggestion=suggestion)


def _ids(doubt: Doubt) -> list[str]:
    return [thing.id for thing in doubt.suggestion.things] if doubt.suggestion else []


@st.fragment(run_every=_AGAIN)
def wait() -> None:
    """Says that merges are looked for, until they are found."""
    if _searched().done():
        st.rerun()
    st.caption(t("review.merges_under_way"))
