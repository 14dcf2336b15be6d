"""What several things are linked to, asked at once: the same as one by one, on every store and for every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.model import Actor, Filter, Fragment, Role, Tied, Visibility
from graph.persons.visible import seen_by
from graph.questions.neighbourhood import surroundings
from graph.questions.paths import explained_paths
from graph.questions.ties import tied
from graph.store.base import Store
from tests.fragments import autumn, build, spring

KINDS = ("theme", "person", "organisation", "territory", "group", "proposal", "finding", "question")
FILTERS = (Filter(), Filter(confirmed=True), Filter(meeting="Atelier de mars"), Filter(visibility=Visibility.PUBLISHED))


def _crowd() -> Fragment:
    """One theme that stands with twelve others, and two that stand with four of them."""
    lines = [f"La [theme:place] et la [theme:rue {n}]" for n in range(12)]
    lines += [f"Le [theme:marché], la [theme:rue {n}] et le [theme:mail]" for n in range(4)]
    return build("places.txt", "\n".join(lines), visibility=Visibility.PUBLISHED)


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    for fragment in (spring(), autumn(), _crowd()):
        fresh_store.write(fragment, facilitator)
    return fresh_store


def _asked(store: Store) -> Iterator[tuple[Store, list[str], Filter]]:
    """As a facilitator and as a participant, the first things and one that is not there, within each filter."""
    for seen in (store, seen_by(store, replace(Actor("habitante"), role=Role.PARTICIPANT))):
        ids = [thing.id for thing in seen.rows(KINDS, limit=5)]
        assert len(ids) == 5
        yield from ((seen, [*ids, "theme:0"], where) for where in FILTERS)


@pytest.mark.long_on_a_server  # compared with the other store by tests/test_store_agreement.py in every run
def test_what_things_are_linked_to_together_is_what_each_is_linked_to(valley: Store) -> None:
    for store, ids, where in _asked(valley):
        for kinds, limit, least in (((), 200, 1), (("theme", "proposal"), 3, 1), ((), 4, 2)):
            options = {"limit": limit, "min_passages": least}
            links = (link for id_ in ids for link in store.neighbours(id_, kinds, where, **options))
            expected = tied((link.b, link.passages, bool(link.types)) for link in links)
            assert store.around(ids, kinds, where, **options) == expected


def test_steps_lead_to_the_strongest_neighbours_and_tell_their_degrees(valley: Store) -> None:
    for store, ids, where in _asked(valley):
        for kinds, limit in (((), 200), (("theme", "proposal"), 3)):
            steps = store.steps(ids, kinds, where, limit=limit)
            assert steps.keys() == set(ids[:-1])
            for id_, found in steps.items():
                near = [link.b for link in store.neighbours(id_, kinds, where, limit=limit)]
                assert found == store.degrees(near, where)


@pytest.mark.long_on_a_server  # compared with the other store by tests/test_store_agreement.py in every run
def test_why_of_several_pairs_is_why_of_each(valley: Store) -> None:
    for store, ids, where in _asked(valley):
        pairs = list(zip(ids, reversed(ids), strict=True))
        for limit in (1, 20):
            assert store.whys(pairs, where, limit=limit) == {
                pair: store.why(*pair, where, limit=limit) for pair in pairs
            }


def test_asking_for_nothing_answers_nothing(valley: Store) -> None:
    assert valley.around([]) == valley.steps([]) == valley.whys([]) == {}
    square = valley.search("place", ["theme"])[0].id
    assert valley.around([square], limit=0) == {}
    assert valley.steps([square], limit=0) == {square: {}}


def test_a_thing_tied_to_two_others_counts_both() -> None:
    assert tied([("a", 2, False), ("b", 1, False), ("a", 3, True)]) == {"a": Tied(2, 5, True), "b": Tied(1, 1, False)}


def test_paths_and_surroundings_go_through_many_things_alike(valley: Store) -> None:
    square, market = (valley.search(label, ["theme"])[0].id for label in ("place", "marché"))
    found = explained_paths(valley, square, market, 3)
    assert len({path.nodes[1].label for path in found}) == 3
    assert all(len(path.hops) == 2 and all(hop.quote for hop in path.hops) for path in found)
    shown = surroundings(valley, [square], 2, limit=30)
    assert {"place", "marché", "mail"} <= {thing.label for thing in shown.things}


def test_of_things_alike_one_is_shown_and_others_fill_the_room(fresh_store: Store, facilitator: Actor) -> None:
    for n in range(4):
        said = f"Autour de la [theme:fontaine], les [group:riverains] et la [theme:ruelle {n}]"
        fresh_store.write(build(f"fontaine-{n}.txt", said), facilitator)
    fountain = fresh_store.search("fontaine", ["theme"])[0].id
    for limit in (2, 3, 4, 5, 6):
        shown = [thing.label for thing in surroundings(fresh_store, [fountain], 1, limit=limit).things]
        assert len(shown) == limit
        assert shown.count("riverains") == 1, "four bodies of one name"
