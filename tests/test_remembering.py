"""A store that remembers its answers: they are what the store answers, whoever writes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.model import Actor, Decision, DecisionKind, Filter, Visibility
from graph.questions.rows import every
from graph.store import open_store
from graph.store.base import Store
from graph.store.remembering import remembering, renew, stamp_of, unkept
from tests.fragments import autumn, build, mobility, spring


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kept.db'}"


@pytest.fixture
def kept(url: str) -> Store:
    store = remembering(open_store(url))
    store.write(spring(), Actor())
    return store


def _themes(store: Store) -> list[str]:
    return [thing.label for thing in store.rows(["theme"])]


def test_every_write_is_an_act_and_nothing_else_is(fresh_store: Store) -> None:
    before = fresh_store.acts()
    fresh_store.write(spring(), Actor())
    written = fresh_store.acts()
    assert written > before
    fresh_store.write(spring(), Actor())  # the same again
    assert fresh_store.rows(["theme"])
    assert fresh_store.acts() == written
    theme = mobility(fresh_store)
    taken = fresh_store.decide(Decision("", DecisionKind.RENAME, theme, {"label": "Déplacements"}, {}, "", "", ""))
    assert fresh_store.acts() > written
    written = fresh_store.acts()
    fresh_store.undo(taken.id, Actor())
    assert fresh_store.acts() > written


def test_answers_are_kept_and_a_caller_may_change_what_it_got(kept: Store) -> None:
    renew(kept)
    first = kept.rows(["theme"])
    assert kept.rows(["theme"])[0] is first[0]  # not read again
    first.clear()
    assert _themes(kept) == ["mobilité", "logement", "pédibus"]
    assert kept.things(x.id for x in kept.rows(["theme"])).keys() == {x.id for x in kept.rows(("theme",))}


def test_what_was_asked_of_many_is_known_of_each(kept: Store) -> None:
    renew(kept)
    ids = [*(thing.id for thing in kept.rows(["theme", "proposal"])), "theme:none"]
    things, firsts = kept.things(ids), kept.firsts(ids)
    links = kept.strongest(ids, ["organisation"], limit=3, stated_only=True)
    for id_ in ids:
        assert kept.get(id_) is things.get(id_)
        said = kept.evidence(id_, limit=1)
        assert (said[0] is firsts[id_]) if said else id_ not in firsts
        found = kept.neighbours(id_, ("organisation",), limit=3, stated_only=True)
        assert found == links.get(id_, [])
        assert not found or found[0] is links[id_][0]  # not read again
        found.clear()
    assert kept.strongest(ids, ["organisation"], limit=3, stated_only=True) == links
    assert kept.firsts(ids[:1]) == {ids[0]: firsts[ids[0]]}
    kept.decide(Decision("", DecisionKind.REJECT, ids[0], {}, {}, "", "", ""))
    assert ids[0] not in kept.things(ids) | kept.firsts(ids)


def test_of_several_filters_those_alone_are_counted_again_within_which_something_was_written(
    kept: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    below, counted = unkept(kept), list[list[Filter]]()
    count = below.count_within

    def told(kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        counted.append(list(filters))
        return count(kinds, filters)

    monkeypatch.setattr(below, "count_within", told)
    march, may = Filter(meeting="Atelier de mars"), Filter(meeting="Atelier de mai")
    kinds, filters = ["theme", "organisation"], [march, may, Filter(), march]
    for _ in range(2):
        renew(kept)
        assert kept.count_within(kinds, filters) == count(kinds, filters)
    other = open_store(url)
    other.write(build("mai.txt", "La [theme:cantine] du bourg", meeting="Atelier de mai"), Actor())
    renew(kept)
    assert kept.count_within(kinds, filters) == count(kinds, filters) == other.count_within(kinds, filters)
    assert counted == [[march, may, Filter()], [may, Filter()]]
    other.close()


def test_what_this_process_writes_is_seen_at_once_in_every_thread(kept: Store) -> None:
    renew(kept)
    assert "cantine" not in _themes(kept)
    with ThreadPoolExecutor(1) as other:
        other.submit(renew, kept).result()
        assert "cantine" not in other.submit(_themes, kept).result()
        kept.write(autumn(), Actor())
        assert "cantine" in other.submit(_themes, kept).result()
    assert "cantine" in _themes(kept)


def test_what_others_write_is_seen_by_the_next_piece_of_work(kept: Store, url: str) -> None:
    renew(kept)
    before = _themes(kept)
    other = open_store(url)
    other.write(autumn(), Actor())
    assert _themes(kept) == before  # one piece of work reads one graph
    renew(kept)
    assert "cantine" in _themes(kept)
    assert kept.sources() == other.sources()
    other.close()


def test_who_sees_a_source_is_no_part_of_what_is_said(kept: Store) -> None:
    before = stamp_of(kept), stamp_of(kept, seen=False)
    kept.set_visibility([kept.sources()[0].id], Visibility.PUBLISHED, Actor())
    shown = stamp_of(kept), stamp_of(kept, seen=False)
    assert shown[0] != before[0]
    assert shown[1] == before[1]
    kept.write(autumn(), Actor())
    assert stamp_of(kept, seen=False) != before[1]


def test_all_rows_are_read_page_by_page_in_their_order(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.questions.rows.PAGE", 2)
    every_kind = ["theme", "organisation", "proposal"]
    assert list(every(kept, every_kind)) == kept.rows(every_kind)
    assert list(every(kept, every_kind, most=3)) == kept.rows(every_kind, limit=3)
