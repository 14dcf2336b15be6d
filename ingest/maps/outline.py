"""A document as a tree: the topics of a map, the headings and list items of notes, the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graph.collector import collection_paused
from graph.outline import Outline, Topic, outline_data
from ingest.document import Block, BlockKind, Document, Shape
from ingest.maps.maptree import MapDocument
from ingest.maps.outline_nodes import Placed, item_nodes, make_topic
from ingest.markdown.outline import markdown_nodes
from ingest.tables.nodes import row_nodes

_SHOWN = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.ROW})


def outline_of(document: Document) -> Outline:
    """The tree that a document shows, whatever it is, as writers take it, with the relations between its topics.

    That of a map is the document's own: it is not to be changed.
    """
    outline = Outline(_roots(document), boundaries=list(document.boundaries), title=document.title)
    outline.kind = str(document.options.get("kind", "tree"))
    if document.cross_links:
        known = {topic.id for topic, _, _ in outline.walk()}
        outline.cross_links = [x for x in document.cross_links if x.from_id in known and x.to_id in known]
    return outline


def _roots(document: Document) -> list[Topic]:
    if isinstance(document, MapDocument):
        return document.tree
    nodes = _NODES[document.shape or _guessed_shape(document)]
    return _tree(nodes(document))


def outline_json(document: Document) -> dict[str, Any]:
    """The JSON of ``ingest outline`` (design, section 4): labels with the signs that the file has in them."""
    return {
        "source": {
            "path": document.raw.name, "sha256": document.raw.sha256, "format": document.format,
            "reader": document.reader, "title": document.title, "language": document.language,
            **({"columns": document.options["columns"]} if document.options.get("columns") else {}),
        },
        **_outline_data(document),
        "ledger": document.ledger.to_json(),
    }  # fmt: skip


def _outline_data(document: Document) -> dict[str, Any]:
    with collection_paused():
        return outline_data(outline_of(document), document.written)


def outline_text(document: Document) -> str:
    """The same tree for reading: one line per node, indented by two spaces."""
    walked = outline_of(document).walk()
    return "\n".join(f"{'  ' * min(level - 1, 40)}{topic.label}" for topic, _, level in walked)


def _tree(nodes: Iterable[Placed]) -> list[Topic]:
    """Hang every topic under its parent, in order; one whose parent is not shown is a root."""
    by_order: dict[int, Topic] = {}
    roots: list[Topic] = []
    for order, parent, topic in nodes:
        by_order[order] = topic
        above = by_order.get(parent) if parent is not None else None
        (roots if above is None else above.children).append(topic)
    return roots


def _guessed_shape(document: Document) -> Shape:
    return Shape.TOPICS if document.is_map else Shape.NOTES


def _map_nodes(document: Document) -> list[Placed]:
    nodes: list[Placed] = []
    made: dict[int, Topic] = {}
    for block in document.blocks:
        if block.kind is BlockKind.TOPIC:
            made[block.order] = make_topic(block)
            nodes.append((block.order, block.parent, made[block.order]))
        elif block.kind is BlockKind.NOTE and block.parent in made:
            _add_note(made[block.parent], block, document.text[block.start : block.end])
    return nodes


def _add_note(topic: Topic, block: Block, text: str) -> None:
    """Beside what it has: a topic that took in another has the notes of both."""
    if block.attributes.get("role") == "details":
        topic.details = "\n".join(filter(None, (topic.details, text)))
    else:
        topic.note = "\n".join(filter(None, (topic.note, text)))


def _note_nodes(document: Document) -> list[Placed]:
    return [(b.order, b.parent, make_topic(b)) for b in document.blocks if b.kind in _SHOWN]


_NODES: dict[Shape, Callable[[Document], list[Placed]]] = {
    Shape.TOPICS: _map_nodes, Shape.NOTES: _note_nodes, Shape.ITEMS: item_nodes, Shape.MARKDOWN: markdown_nodes,
    Shape.ROWS: row_nodes,
}  # fmt: skip
