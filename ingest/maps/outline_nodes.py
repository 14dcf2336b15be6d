"""What counts as a node, for documents that are no maps: blocks into nodes of the outline."""

from __future__ import annotations

from graph.outline import Topic
from ingest.document import Block, BlockKind, Document

Placed = tuple[int, int | None, Topic]  # its order, that of its parent, the topic

_CARRIED = frozenset("links icons tags attributes kind folded position dates style author sheet".split())


def make_topic(block: Block, label: str | None = None) -> Topic:
    """The topic of a block, with what it carries."""
    topic = Topic.bare(block.place or str(block.order), block.label if label is None else label)
    if block.parent_confidence != 1:
        topic.confidence = block.parent_confidence
    for name, value in block.attributes.items() if block.kind is BlockKind.TOPIC else ():
        if name in _CARRIED:
            setattr(topic, name, value.copy() if isinstance(value, list | dict) else value)
    return topic


def item_nodes(document: Document) -> list[Placed]:
    """Headings and list items; a paragraph, quotation or row is a line of the note of the topic above it.

    Text above the first heading or item has no topic to hang on: it is one itself.
    """
    placed: list[Placed] = []
    made: dict[int, Topic] = {}
    above: dict[int, int] = {}  # the topic that a block is, or belongs to
    for block in document.blocks:
        over = above.get(block.parent) if block.parent is not None else None
        if block.kind in {BlockKind.HEADING, BlockKind.BULLET} or (over is None and _stands_alone(block)):
            made[block.order] = make_topic(block)
            made[block.order].links = list(block.attributes.get("links", ()))
            placed.append((block.order, over, made[block.order]))
            above[block.order] = block.order
        elif over is not None:
            above[block.order] = over
            if block.kind not in {BlockKind.SENTENCE, BlockKind.FURNITURE}:
                made[over].note = f"{made[over].note}\n{block.label}".strip()
    return placed


def _stands_alone(block: Block) -> bool:
    return block.kind in {BlockKind.PARAGRAPH, BlockKind.ROW}
