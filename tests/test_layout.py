"""The layout: repeatable, readable (labels apart), quick, and still when something is added."""

from __future__ import annotations

import random
import time

import pytest

from graph.questions.boxes import LINE_CHARS, Spot, boxes, wrap
from graph.questions.layout import place


def _graph(n: int, seed: int = 1) -> tuple[list[Spot], list[tuple[str, str, float]]]:
    """A middle theme, others around it, things linked to one or two of them."""
    rng = random.Random(seed)
    hubs = max(2, n // 6)
    spots = [Spot(f"theme{i}", 20, "Mobilités du quotidien", hub=True) for i in range(hubs)]
    spots += [Spot(f"thing{i}", 12, "Ouvrir une ligne de covoiturage entre les bourgs") for i in range(n - hubs)]
    ties = [("theme0", f"theme{i}", 3.0) for i in range(1, hubs)]
    for i in range(n - hubs):
        ties.append((f"thing{i}", f"theme{rng.randrange(hubs)}", 1.0 + rng.randrange(4)))
        if rng.random() < 0.5:
            ties.append((f"thing{i}", f"thing{rng.randrange(n - hubs)}", 1.0))
    return spots, ties


def _overlaps(spots: list[Spot], at: dict[str, tuple[float, float]]) -> int:
    half, drop = boxes(spots)
    areas = [(at[s.id][0], at[s.id][1] + drop[i], *half[i]) for i, s in enumerate(spots)]
    pairs = ((a, b) for i, a in enumerate(areas) for b in areas[i + 1 :])
    return sum(abs(a[0] - b[0]) < a[2] + b[2] - 1 and abs(a[1] - b[1]) < a[3] + b[3] - 1 for a, b in pairs)


def test_the_same_graph_is_always_placed_the_same_way() -> None:
    spots, ties = _graph(40)
    assert place(spots, ties, centres=["theme0"]) == place(spots, ties, centres=["theme0"])


@pytest.mark.parametrize("n", [2, 5, 14, 15, 40, 120])
def test_no_label_covers_another(n: int) -> None:
    spots, ties = _graph(n)
    assert _overlaps(spots, place(spots, ties, centres=["theme0"])) == 0


def test_what_is_known_stays_exactly_where_it_was_when_things_are_added() -> None:
    spots, ties = _graph(40)
    known = place(spots, ties)
    added = [Spot(f"new{i}", 11, "Un pass transport à un euro") for i in range(12)]
    more = [(spot.id, "theme1", 1.0) for spot in added]
    after = place([*spots, *added], [*ties, *more], known=known)
    assert {i: after[i] for i in known} == known
    assert _overlaps([*spots, *added], after) == 0


def test_a_new_thing_settles_nearer_to_its_parent_than_to_the_far_side() -> None:
    spots, ties = _graph(40)
    known = place(spots, ties, centres=["theme0"])
    after = place([*spots, Spot("new", 11, "Neuf")], [*ties, ("new", "theme3", 1.0)], known=known)

    def far(a: str, b: str) -> float:
        return ((after[a][0] - after[b][0]) ** 2 + (after[a][1] - after[b][1]) ** 2) ** 0.5

    others = sorted(far("new", spot.id) for spot in spots)
    assert far("new", "theme3") <= others[len(others) // 3]


def test_things_that_nothing_links_are_placed_too() -> None:
    spots = [Spot(f"s{i}", 10, f"Seule {i}") for i in range(9)]
    assert _overlaps(spots, place(spots, [])) == 0
    assert place([], []) == {}


def test_links_to_things_that_are_not_there_are_passed_over() -> None:
    assert set(place([Spot("a", 10, "A")], [("a", "b", 1.0), ("a", "a", 2.0)], centres=["nobody"])) == {"a"}


@pytest.mark.parametrize(("n", "seconds"), [(40, 0.1), (500, 1.0)])
def test_a_picture_is_placed_in_time(n: int, seconds: float) -> None:
    spots, ties = _graph(n)
    place(*_graph(5))  # what is loaded once does not count
    taken = []
    for _ in range(3):
        start = time.process_time()
        place(spots, ties, centres=["theme0"])
        taken.append(time.process_time() - start)
    assert min(taken) < seconds


@pytest.mark.parametrize("text", ["", "Vaumerle", "mot " * 40, "x" * 300, "Anticonstitutionnellement dit-elle encore"])
def test_a_wrapped_label_has_two_short_lines_at_most(text: str) -> None:
    lines = wrap(text)
    assert len(lines) <= 2
    assert all(len(line) <= LINE_CHARS + 5 for line in lines)
