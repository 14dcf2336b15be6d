"""Maps written as text in fourteen layouts are read back: topics, and parents where the layout tells them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flat_renderings import LAYOUTS, WITH_TREE, Node, nodes_of

from ingest.document import RawFile
from ingest.flatmap.by_rank import names_branches, parents_by_rank
from ingest.flatmap.parents import SURE
from ingest.flatmap.tree_model import LONGEST, model
from ingest.readers.flatmap import READER
from ingest.registry import choose

_MAP = nodes_of(json.loads((Path(__file__).parent / "variants" / "expected.json").read_text("utf-8"))["roots"])


def large() -> list[Node]:
    """Our map four times under one centre, each time about another place."""
    nodes = [Node("Quatre communes en atelier", -1, 0)]
    for place in ("Sauvagnac", "Mirebelle", "Pontauban", "Lestrade"):
        base = len(nodes)
        nodes += [Node(f"{n.label} ({place})", n.parent + base if n.parent >= 0 else 0, n.depth + 1) for n in _MAP]
    return nodes


@pytest.mark.parametrize("layout", WITH_TREE)
def test_a_layout_that_tells_the_tree_gives_every_topic_and_every_parent(layout: str) -> None:
    nodes = large()
    raw = RawFile("carte.txt", LAYOUTS[layout](nodes).encode())
    assert choose(raw) is READER
    blocks = READER.read(raw).blocks
    assert [b.label for b in blocks] == [n.label for n in nodes]
    assert [-1 if b.parent is None else b.parent for b in blocks] == [n.parent for n in nodes]


@pytest.mark.parametrize("layout", ["a wrapped, cue", "b wrapped, blank between topics", "f flat, blank between"])
def test_a_flat_layout_gives_every_topic_and_no_parent_as_certain(layout: str) -> None:
    nodes = large()
    blocks = READER.read(RawFile("carte.txt", LAYOUTS[layout](nodes).encode())).blocks
    assert [b.label for b in blocks] == [n.label for n in nodes]
    assert all(b.parent_confidence < 1 for b in blocks if b.parent is not None)


def test_topics_without_any_word_are_read() -> None:
    text = "\n\n".join(["Carte", "???", "12 %", "…"] * 6)
    assert len(READER.read(RawFile("carte.txt", text.encode())).blocks) == 24


def test_parents_of_a_flat_text_make_one_tree_read_in_order_and_are_the_same_every_time() -> None:
    labels = [n.label for n in large()]
    found = model().guess(labels)
    path = [-1]
    for topic, (parent, confidence) in enumerate(found):
        assert parent in path, "a topic stands under one that is still open"
        path = [*path[: path.index(parent) + 1], topic]
        assert 0 <= confidence <= 1
    assert model().guess(labels) == found


def test_what_is_not_right_nine_times_in_ten_is_asked_about() -> None:
    nodes = large()
    blocks = READER.read(RawFile("carte.txt", LAYOUTS["f flat, blank between"](nodes).encode())).blocks
    told = [b.parent_confidence for b in blocks]
    assert all(c < 0.6 or SURE <= c < 1 for c in told)
    assert any(c < 0.6 for c in told)


def test_branches_that_are_named_as_such_hold_what_follows_where_the_centre_is_missing() -> None:
    labels = ["Constats", "Peu de bus", "Enjeux", "Se soigner", "Propositions", "Un minibus", "Freins", "Le coût"]
    assert names_branches(labels)
    assert parents_by_rank(labels) == [-1, 0, -1, 2, -1, 4, -1, 6]


def test_a_text_longer_than_any_map_hangs_under_its_first_line() -> None:
    found = model().guess(["Liste", *map(str, range(LONGEST))])
    assert found[0] == (-1, 0.0)
    assert set(found[1:]) == {(0, 0.0)}


@pytest.mark.parametrize("mark", ["1. ", "• "], ids=["numbers", "bullets"])
def test_one_long_topic_that_is_wrapped_does_not_hide_the_tree_of_short_ones(mark: str) -> None:
    under = {"1. ": ("1.{} ", "1.{}.1 "), "• ": ("  - ", "    * ")}[mark]
    hung = "  " if mark == "• " else ""
    lines = ["Quartier", f"{mark}Des bancs devant l'école et devant", f"{hung}la gare"]
    for n in range(1, 30):
        lines += [under[0].format(n) + f"rue {n}", under[1].format(n) + f"arbre {n}"]
    raw = RawFile("carte.txt", "\n".join(lines).encode())
    assert choose(raw) is READER
    labels = [block.label for block in READER.read(raw).blocks]
    assert labels[:4] == ["Quartier", "Des bancs devant l'école et devant la gare", "rue 1", "arbre 1"]
    assert len(labels) == 60
