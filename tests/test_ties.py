"""What ties things together adds up source by source, and comes off again, whatever the order."""

from __future__ import annotations

from random import Random

import pytest

from graph.questions.ties import Said, Stated, Tally, changes, link_of, tallies

SEEDS = pytest.mark.parametrize("seed", range(40))
Sources = list[tuple[list[Said], list[Stated]]]


def _sources(seed: int) -> Sources:
    """Mentions and relations of three sources, each with passages of its own."""
    random = Random(seed)
    return [_source(random, number) for number in range(3)]


def _source(random: Random, number: int) -> tuple[list[Said], list[Stated]]:
    def thing() -> str:
        return random.choice("abcde")

    def passage() -> str:
        return f"{number}.{random.randrange(4)}"

    def confidence() -> float:
        return random.choice((0.3, 0.5, 0.8, 1.0))

    said = [(thing(), passage(), confidence()) for _ in range(random.randrange(12))]
    stated = [
        (thing(), random.choice(("about", "made_by")), thing(), passage(), random.choice(("", "voir")), confidence())
        for _ in range(random.randrange(6))
    ]
    return said, stated


def _spelled(found: dict[tuple[str, str], Tally]) -> dict[tuple[str, str], tuple[int, str]]:
    return {pair: (tally.passages, tally.text()) for pair, tally in found.items()}


@SEEDS
def test_the_tallies_of_sources_add_up_to_that_of_all(seed: int) -> None:
    sources = _sources(seed)
    total: dict[tuple[str, str], Tally] = {}
    for said, stated in sources:
        total = changes((), _sum(total, tallies(said, stated)))
    every = tallies([s for said, _ in sources for s in said], [s for _, stated in sources for s in stated])
    assert _spelled(total) == _spelled(every)


def _sum(one: dict[tuple[str, str], Tally], other: dict[tuple[str, str], Tally]) -> dict[tuple[str, str], Tally]:
    for pair, tally in other.items():
        one[pair] = one.get(pair, Tally()).plus(tally)
    return one


@SEEDS
def test_what_is_added_and_taken_off_changes_nothing(seed: int) -> None:
    sources = _sources(seed)
    first, second, third = (tallies(*source) for source in sources)
    assert changes([first], first) == {}
    there = _spelled(changes([second, first], _sum(_sum(dict(third), first), second)))
    assert there == _spelled(tallies(*sources[2]))


@SEEDS
def test_ties_of_some_things_are_those_of_all_that_have_one_as_an_end(seed: int) -> None:
    sources = _sources(seed)
    every = tallies(*sources[0])
    assert _spelled(tallies(*sources[0], of={"a", "b"})) == {
        pair: spelled for pair, spelled in _spelled(every).items() if {"a", "b"} & set(pair)
    }


def test_a_link_is_seen_from_either_end() -> None:
    said = [("a", "1", 0.5), ("b", "1", 0.8), ("b", "1", 0.3)]
    stated = [("b", "about", "a", "1", "", 0.9), ("a", "related", "b", "2", "voir", 0.4)]
    tally = tallies(said, stated)[("a", "b")]
    seen = link_of("a", "b", tally.passages, tally.text(), turned=False)
    assert (seen.types, seen.passages, seen.confidence, seen.label) == (("-about", "related"), 2, 0.9, "voir")
    other = link_of("b", "a", tally.passages, tally.text(), turned=True)
    assert (other.types, other.passages) == (("about", "-related"), 2)
