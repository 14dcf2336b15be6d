"""A document that names the same stakeholders leaves what was remembered of others, but for what tells their nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from graph.model import Actor, Filter, Fragment
from graph.questions.stamped import LOWER_HALF
from graph.store.base import Store
from graph.store.remembering import remembering, renew
from tests.fragments import autumn, build, spring

WHO = Actor("facilitatrice")
SPRING, AUTUMN = Filter(meeting="Atelier de mars"), Filter(meeting="Atelier d’octobre")
NAMES = ("Élise Morvan", "Saint-Aubrac")


def _may(**employer: str) -> Fragment:
    """A third meeting, of the same person at the same place."""
    lines = "[person:Élise Morvan] revient à [territory:Saint-Aubrac]\nIl faudrait un [theme:marché]."
    return build("mai.txt", lines, keys=NAMES, meeting="Réunion de mai", organisation=employer)


def _person(fragment: Fragment) -> str:
    return next(node.id for node in fragment.nodes if node.kind == "person")


@pytest.fixture
def filled(fresh_store: Store) -> Store:
    for fragment in (spring(), autumn()):
        fresh_store.write(fragment, WHO)
    return fresh_store


def _halves(store: Store) -> dict[str, tuple[int, int]]:
    return {placed.meeting: (placed.stamp & ~LOWER_HALF, placed.stamp & LOWER_HALF) for placed in store.stamps()}


def _asked(store: Store) -> Iterator[object]:
    """What tells or may be asked by the nodes of the person, within each meeting that was there."""
    renew(store)
    nodes = [_person(fragment) for fragment in (spring(), autumn(), _may())]
    for where in (SPRING, AUTUMN):
        yield store.rows(["person", "territory"], where), store.rows([], where), store.doubtful(["person"], where)
        yield store.firsts(nodes, where), store.strongest(nodes, where=where), store.claims(nodes, where)
        yield [store.evidence(node, where) for node in nodes], [store.degrees([node], where) for node in nodes]
        yield store.links(nodes, where), store.linked(nodes, ["theme"], where), store.count_rows(["person"], where)
        yield store.shared(["person"], ["theme"], where), [store.why(node, "theme:none", where) for node in nodes]
    yield [(store.mentions(info.id), store.passages(info.id)) for info in store.sources()], store.things(nodes)


def test_one_more_document_of_the_same_names_redraws_the_lower_half_alone(filled: Store) -> None:
    before = _halves(filled)
    filled.write(_may(), WHO)
    after = _halves(filled)
    for meeting, (upper, lower) in before.items():
        assert after[meeting][0] == upper
        assert after[meeting][1] != lower


def test_what_tells_no_nodes_of_names_outlives_a_document_of_the_same_names(filled: Store) -> None:
    kept = remembering(filled)
    spring_source = next(info.id for info in filled.sources(SPRING))

    def asked() -> list[object]:
        renew(kept)
        proposals = kept.rows(["proposal"], SPRING)
        first = kept.firsts([proposals[0].id], SPRING)[proposals[0].id]
        return [proposals[0], first, kept.mentions(spring_source)[0], kept.rows(["person"], SPRING)[0]]

    before = asked()
    filled.write(_may(), WHO)
    *same, person = asked()
    assert all(one is other for one, other in zip(same, before, strict=False))  # not read again
    assert person != before[-1]
    assert person == filled.rows(["person"], SPRING)[0]


def test_a_thing_that_no_source_within_the_filter_speaks_of_is_there_once_it_came(filled: Store) -> None:
    kept = remembering(filled)
    theme = next(node.id for node in _may().nodes if node.kind == "theme")

    def asked(store: Store) -> list[object]:
        renew(store)
        return [store.degrees([theme], SPRING), store.steps([theme], where=SPRING), store.around([theme], where=SPRING)]

    assert not any(asked(kept))
    filled.write(_may(), WHO)
    assert asked(kept) == asked(filled)
    assert any(asked(kept))


@pytest.mark.parametrize("employed", [spring, autumn])
def test_names_that_come_and_go_answer_as_they_do_now(fresh_store: Store, employed: Callable[..., Fragment]) -> None:
    """A node that is asked before it is there and after, and one whose name a rival parts until it is gone.

    Where the rival goes, one of two nodes answers as the other: of which nothing else changes if its employer is known.
    """
    filled, rival = fresh_store, {"Élise Morvan": "Foyer rural"}
    for write in (spring, autumn):
        filled.write(write(organisation={"Élise Morvan": "Atelier des Halles"} if write == employed else {}), WHO)
    kept = remembering(filled)
    told = list(_asked(kept))
    for act in (
        lambda: filled.write(_may(), WHO),
        lambda: filled.remove("mai.txt", WHO),
        lambda: filled.write(_may(**rival), WHO),
        lambda: filled.remove("mai.txt", WHO),
        lambda: filled.remove("mars.txt", WHO),
        lambda: filled.write(spring(), WHO),
    ):
        act()
        now = list(_asked(kept))
        assert now == list(_asked(filled))
        assert now != told
        told = now
