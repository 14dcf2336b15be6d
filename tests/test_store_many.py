"""What stores answer of many things at once is what they answer of one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from graph import actions, text_actions
from graph.model import Actor, Filter, Role
from graph.persons.visible import seen_by
from graph.store.base import NO_FILTER, Store
from ontology import load
from tests.fragments import autumn, spring

MARCH, OCTOBER = Filter(meeting="Atelier de mars"), Filter(meeting="Atelier d’octobre")
LATER = Filter(since="2026-09")
FILTERS = (NO_FILTER, MARCH, OCTOBER, LATER, Filter(until="2026-09-30"), Filter(confirmed=True))
FILTERS += (Filter(meeting="Atelier de mars", confirmed=True), Filter(meeting="ailleurs"))


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    """Two workshops; a theme of both is confirmed, two bodies are merged, a statement is rejected."""
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    themes, bodies = fresh_store.rows(["theme"]), fresh_store.rows(["organisation", "group"])
    actions.confirm(fresh_store, facilitator, themes[0].id)
    actions.merge(fresh_store, facilitator, [bodies[0].id, bodies[1].id])
    actions.reject(fresh_store, facilitator, fresh_store.rows(["proposal"])[-1].id)
    return fresh_store


def _readers(store: Store) -> list[Store]:
    """Everybody who may read: the facilitator, a participant who reads no name."""
    return [store, seen_by(store, Actor("participante", Role.PARTICIPANT), "participant")]


def _ids(store: Store) -> list[str]:
    """Every thing under each of its ids, and one that is not there."""
    kinds = [kind for kind, spec in load().kinds.items() if spec.role != "text"]
    return [*(id_ for thing in store.rows(kinds) for id_ in (thing.id, *thing.members)), "theme:none"]


def test_the_first_sentence_of_each_is_the_first_of_its_evidence(valley: Store) -> None:
    for store in _readers(valley):
        ids = _ids(valley)
        for where in FILTERS:
            one_by_one = {id_: said[0] for id_ in ids if (said := store.evidence(id_, where, limit=1))}
            assert store.firsts(ids, where) == one_by_one
        assert store.firsts([]) == {}


@pytest.mark.parametrize("kinds", [(), ("theme",), ("person", "organisation", "group"), ("nonsense",)])
def test_the_strongest_links_of_each_are_its_neighbours(valley: Store, kinds: Sequence[str]) -> None:
    for store in _readers(valley):
        ids = _ids(valley)
        for where in FILTERS:
            for stated in (False, True):
                asked = {id_: store.neighbours(id_, kinds, where, limit=2, stated_only=stated) for id_ in ids}
                found = store.strongest(ids, kinds, where, limit=2, stated_only=stated)
                assert found == {id_: links for id_, links in asked.items() if links}
        assert store.strongest(ids, kinds, limit=0) == store.strongest([], kinds) == {}


def test_what_each_filter_leaves_is_counted_by_kind(valley: Store) -> None:
    kinds = ("theme", "proposal", "organisation", "group", "territory")
    for store in _readers(valley):
        found = store.count_within(kinds, FILTERS)
        for where, own in zip(FILTERS, found, strict=True):
            asked = {kind: store.count_rows([kind], where) for kind in kinds}
            assert own == {kind: n for kind, n in sorted(asked.items()) if n}
        assert store.count_within(kinds, []) == []
        assert store.count_within([], [MARCH]) == [{}]


def test_blocks_texts_and_what_is_said_in_them_are_those_of_their_sources(valley: Store, facilitator: Actor) -> None:
    for corrected in (False, True):
        if corrected:  # one tree: a block taken in by the one before, and another cut in two
            first, *_, before, last = valley.passages(valley.sources()[0].id)
            text_actions.fuse(valley, facilitator, before.id, last.id)
            text_actions.cut(valley, facilitator, first.id, 2)
        for store in _readers(valley):
            sources = [info.id for info in store.sources()]
            asked = [p.id for info in valley.sources() for p in valley.passages(info.id)]
            asked += [last.id, "passage:none"] if corrected else ["passage:none"]
            assert store.blocks(asked) == {id_: held for id_ in asked if (held := store.passage(id_))}
            said = [m for id_ in sorted(sources) for m in store.mentions(id_)]
            for some in (asked, asked[::3], []):
                assert store.said_in(some) == [m for m in said if m.passage in some]
            everywhere = [info.id for info in valley.sources()]
            assert store.texts([*everywhere, "source:none"]) == {id_: store.source(id_).text for id_ in sources}


def test_names_are_those_of_rows(valley: Store) -> None:
    every_kind = [kind for kind, spec in load().kinds.items() if spec.role != "text"]
    for store in _readers(valley):
        for kinds in (every_kind, ["theme"], ["organisation", "group", "person"], ["nonsense"], []):
            for limit in (100, 2, 0):
                named = [(thing.id, thing.label, thing.aliases) for thing in store.rows(kinds, limit=limit)]
                assert store.names(kinds, limit=limit) == named


def test_how_often_each_source_says_a_thing_is_its_evidence_counted(valley: Store) -> None:
    for store in _readers(valley):
        for id_ in _ids(valley):
            for where in FILTERS:
                said = store.evidence(id_, where, limit=1_000)
                assert store.sentences(id_, where) == Counter(mention.source for mention in said)
