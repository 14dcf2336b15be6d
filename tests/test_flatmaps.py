"""Maps written as text in fourteen layouts are read back: topics, and parents where the layout tells them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flat_renderings import LAYOUTS, WITH_TREE, Node, nodes_of

from ingest.document import RawFile
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
