"""Work beside the pages: it waits for those that are drawn, not for ever, and leaves their memory alone."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from app_pages import AtOnce, run_page, shown
from streamlit.testing.v1 import AppTest

from graph.model import Actor, Filter
from graph.questions.counted import First
from graph.review.doubts import Doubt
from graph.review.suggest import suggest
from graph.store.base import Store
from graph.store.remembering import remembering, unkept
from tests.fragments import build
from views import aside, decisions, state
from views.aside import READERS, Readers
from views.review import looking

WHO = Actor("facilitatrice")
UNDER_WAY = "encore recherchées"


class Later:
    """A thread that begins when it is told."""

    def __init__(self, begun: list[Callable[[], None]], target: Callable[[], None], **_: object) -> None:
        self.start = partial(begun.append, target)


@pytest.fixture
def open_page(small: Store) -> Callable[..., AppTest]:
    return run_page


def test_work_waits_while_a_page_is_drawn_and_works_between_two_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LONGEST", 0.001)
    monkeypatch.setattr(aside, "WORK", 3_600.0)
    readers = Readers()
    with readers.drawing(), readers.drawing():
        assert not readers.give_way()
        monkeypatch.setattr(aside, "LONGEST", 3_600.0)
        assert not readers.give_way(), "it waited long enough: it works a while"
    assert readers.give_way()


def test_work_goes_on_once_the_last_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LONGEST", 60.0)
    readers, went = Readers(), []
    with readers.drawing():
        work = threading.Thread(target=lambda: went.append(readers.give_way()))
        work.start()
    work.join()
    assert went == [True]


def test_a_page_that_failed_is_no_longer_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LONGEST", 0.001)
    readers = Readers()
    with contextlib.suppress(ZeroDivisionError), readers.drawing():
        raise ZeroDivisionError
    assert readers.give_way()


def test_a_page_counts_while_it_is_drawn(open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "LONGEST", 0.001)
    found: list[tuple[bool, bool]] = []
    monkeypatch.setattr(decisions, "page", lambda: found.append((READERS.give_way(), gc.isenabled())))
    open_page("decisions")
    assert found == [(False, False)], "neither work beside it nor the collector takes its time"
    assert (READERS.give_way(), gc.isenabled()) == (True, True)


def test_merges_are_looked_for_with_pauses_and_nothing_of_the_search_is_kept(fresh_store: Store) -> None:
    fresh_store.write(build("a.txt", "Le [theme:covoiturage] et le [theme:co-voiturage].\nUn [theme:jardin]."), WHO)
    kept, steps = remembering(fresh_store), []
    assert unkept(kept) is fresh_store
    assert unkept(fresh_store) is fresh_store
    assert suggest(kept, 10, lambda: steps.append(1)) == suggest(unkept(kept))
    assert len(steps) > len(fresh_store.rows(["theme"]))


@pytest.mark.parametrize("large", [True, False])
def test_only_a_search_beside_the_page_gives_way_to_it(
    open_page: Callable[..., AppTest], ids: dict[str, str], monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    asked: list[Store] = []
    paused: list[int] = []

    def merges(store: Store, _: Filter, pause: Callable[[], object]) -> First[Doubt]:
        asked.append(store)
        pause()
        return First((), 0)

    monkeypatch.setattr(looking, "merges", merges)
    monkeypatch.setattr(looking.READERS, "give_way", lambda: paused.append(1))
    monkeypatch.setattr(looking, "threading", SimpleNamespace(Thread=AtOnce))
    monkeypatch.setattr(looking, "LARGE", 0 if large else looking.LARGE)
    open_page("verifier")
    assert asked == [unkept(state.whole())]
    assert bool(paused) == large


def test_a_search_is_given_up_for_a_newer_one_and_begun_anew_when_it_is_asked_for_again(
    open_page: Callable[..., AppTest], small: Store, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Callable[[], None]] = []
    monkeypatch.setattr(looking, "threading", SimpleNamespace(Thread=partial(Later, begun)))
    monkeypatch.setattr(looking.READERS, "give_way", bool)
    monkeypatch.setattr(looking, "LARGE", 0)
    at = open_page("verifier")
    small.write(build("b.txt", "Le [theme:jardin]."), WHO)
    at.run()
    small.remove("b.txt", WHO)
    assert len(begun) == 2
    begun[0]()  # of the same documents as there are now, but no longer the newest
    assert UNDER_WAY in shown(at.run())
    for search in begun[1:]:
        search()
    assert UNDER_WAY not in shown(at.run())
    assert len(begun) == 3
