"""One workshop map written in every format as its own application writes it: every file must read to the same map.

A format that cannot hold notes, links, icons or relations leaves them out, and its reader does not say it carries them.
In a graph format every topic is a node, and the branches are edges without a label.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.outline import CrossLink, outline_data
from ingest.document import BlockKind, Document, RawFile
from ingest.maps.outline import outline_of
from ingest.registry import choose
from tests.reading import check

FOLDER = Path(__file__).parent / "variants"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
FILES = sorted(p for p in FOLDER.iterdir() if p.name.startswith("atelier"))

# What a reader carries by other means than a field of the topic: a link of a canvas is a node of its own.
ELSEWHERE = {("canvas", "links")}

# Formats that draw a relation without words on it.
WORDLESS = {"mindmup", "sciareto", "vym", "wisemapping"}  # and FreeMind before 0.9

Row = tuple[int, str, dict[str, Any]]


def expected() -> list[Row]:
    """Depth, label and what else is known of every topic, in the order of the map."""
    out: list[Row] = []
    stack = [(0, root) for root in reversed(EXPECTED["roots"])]
    while stack:
        depth, node = stack.pop()
        out.append((depth, node["label"], node))
        stack += [(depth + 1, child) for child in reversed(node.get("children", []))]
    return out


def branches() -> Iterator[tuple[str, str]]:
    above: list[str] = []
    for depth, label, _ in expected():
        del above[depth:]
        if above:
            yield above[-1], label
        above.append(label)


def topics(document: Document) -> list[Row]:
    """The same of a document as people are shown it: of a map its topics, of an outline its headings and items."""
    out: list[Row] = []
    stack = [(0, root) for root in reversed(outline_data(outline_of(document))["roots"])]
    while stack:
        depth, node = stack.pop()
        out.append((depth, node["label"], node))
        stack += [(depth + 1, child) for child in reversed(node["children"])]
    return out


@pytest.fixture(params=FILES, ids=lambda p: p.name)
def variant(request: pytest.FixtureRequest) -> tuple[Any, Document]:
    path: Path = request.param
    raw = RawFile(path.name, path.read_bytes())
    reader = choose(raw)
    return reader, reader.read(raw)


def test_there_are_variants() -> None:
    assert FILES


def test_every_variant_reads_to_the_same_map(variant: tuple[Any, Document]) -> None:
    _, document = variant
    check(document)
    depths_and_labels = [(depth, label) for depth, label, _ in topics(document)]
    if document.options.get("kind") != "graph":
        assert depths_and_labels == [(depth, label) for depth, label, _ in expected()]
        return
    assert sorted(depths_and_labels) == sorted((0, label) for _, label, _ in expected())
    edges = [x[:2] for x in links(document) if not x[2]]
    assert sorted(edges) == sorted(branches())


def test_a_variant_keeps_what_its_reader_says_it_carries(variant: tuple[Any, Document]) -> None:
    reader, document = variant
    carried = {what for what in reader.carries if (reader.name, what) not in ELSEWHERE}
    found = {label: node for _, label, node in topics(document)}
    for _, label, node in expected():
        if "notes" in carried and "note" in node:
            assert found[label]["note"] == node["note"]
        if "links" in carried and "link" in node:
            assert found[label]["links"] == [node["link"]]
        if carried & {"icons", "markers"} and "icons" in node:
            assert len(found[label]["icons"]) == 1
    if "relations" in carried and (reader.name in WORDLESS or "freemind8" in document.raw.name):
        assert [x[:2] for x in links(document)] == [tuple(x[:2]) for x in EXPECTED["cross_links"]]
    elif "relations" in carried:
        assert [x for x in links(document) if x[2]] == [tuple(x) for x in EXPECTED["cross_links"]]


def links(document: Document) -> list[tuple[str, str, str]]:
    labels = {b.place: b.label for b in document.blocks if b.kind is BlockKind.TOPIC}
    cross: list[CrossLink] = document.cross_links
    return [(labels[x.from_id], labels[x.to_id], x.label) for x in cross]
