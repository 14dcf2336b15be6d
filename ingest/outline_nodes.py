"""What counts as a node, for documents that are no maps: blocks and rows into nodes of the outline."""

from __future__ import annotations

from graph.outline import Topic
from ingest.document import Block, BlockKind, Document
from ingest.outline_rows import is_outline, outline_rows

Placed = tuple[int, int | None, Topic]  # its order, that of its parent, the topic

_LABEL_COLUMNS = ("title", "title/fr", "comment-body", "contributions", "arguments name", "comment", "body", "text")
_CARRIED = frozenset("links icons tags attributes kind folded position dates style author sheet".split())
_NOTE_COLUMNS = ("body", "description/fr", "argument_description", "text")


def make_topic(block: Block, label: str | None = None) -> Topic:
    """The topic of a block, with what it carries."""
    topic = Topic(block.place or str(block.order), block.label if label is None else label)
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


def row_nodes(document: Document) -> list[Placed]:
    """One node per data row; replies under the row they answer, where a column says so."""
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW and not b.attributes.get("header")]
    cells = [row_values(document, b) for b in rows]
    if is_outline(cells):
        return outline_rows(rows, cells)
    label_column = next((c for c in _LABEL_COLUMNS if any(c in values for values in cells)), "")
    own_ids = {values["id"]: b.order for b, values in zip(rows, cells, strict=True) if values.get("id")}
    nodes: list[Placed] = []
    for block, values in zip(rows, cells, strict=True):
        label = values.get(label_column, "") if label_column else block.label
        topic = make_topic(block, " ".join(label.split()))
        topic.note = "\n".join(values[c] for c in _NOTE_COLUMNS if c != label_column and values.get(c, "").strip())
        topic.links = [values["url"]] if values.get("url") else []
        nodes.append((block.order, _answers(block, values, own_ids), topic))
    return nodes


def row_values(document: Document, block: Block) -> dict[str, str]:
    """The cells of a row by their folded column name."""
    from ingest.readers.csv import unquote

    text = document.text
    return {str(name).strip().lower(): unquote(text[a:b]) for name, a, b in block.attributes.get("cells", ())}


def _answers(block: Block, values: dict[str, str], own_ids: dict[str, int]) -> int | None:
    parent = values.get("parentid") or values.get("parent_id") or ""
    if not parent and values.get("commentable_type", "").endswith("Comment"):
        parent = values.get("commentable_id", "")
    order = own_ids.get(parent)
    return None if order == block.order else order
