"""A document as a tree: the topics of a map, the headings and list items of notes, the rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.document import Block, BlockKind, Document
from ingest.outline_nodes import markdown_nodes, row_nodes

_SHOWN = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.ROW})
_FIELDS: tuple[tuple[str, Any], ...] = (
    ("links", []), ("icons", []), ("tags", []), ("attributes", {}), ("kind", "topic"), ("folded", False),
    ("position", None), ("dates", {}), ("style", {}), ("author", ""), ("sheet", ""),
)  # fmt: skip

Node = dict[str, Any]


def outline_json(document: Document) -> dict[str, Any]:
    """The JSON of ``ingest outline`` (design, section 4)."""
    nodes: Callable[[Document], list[tuple[int, int | None, Node]]] = _map_nodes if document.is_map else _note_nodes
    if document.format == "markdown":
        nodes = markdown_nodes
    elif document.format == "csv":
        nodes = row_nodes
    return {
        "source": {
            "path": document.raw.name, "sha256": document.raw.sha256, "format": document.format,
            "reader": document.reader, "title": document.title, "language": document.language,
        },
        "roots": _tree(nodes(document)),
        **_relations(document),
        "ledger": document.ledger.to_json(),
    }  # fmt: skip


def outline_text(document: Document) -> str:
    """The same tree for reading: one line per node, indented by two spaces."""
    lines: list[str] = []
    stack = [(node, 0) for node in reversed(outline_json(document)["roots"])]
    while stack:
        node, depth = stack.pop()
        lines.append(f"{'  ' * min(depth, 40)}{node['label']}")
        stack.extend((child, depth + 1) for child in reversed(node["children"]))
    return "\n".join(lines)


def make_node(block: Block, label: str | None = None) -> Node:
    """One node of the outline, with every field of the contract."""
    node: Node = {"id": block.place or str(block.order), "label": block.label if label is None else label}
    node |= {"note": "", "details": ""}
    for key, default in _FIELDS:
        value = block.attributes.get(key, default) if block.kind is BlockKind.TOPIC else default
        node[key] = value.copy() if isinstance(value, list | dict) else value
    if block.parent_confidence < 1:
        node["parent_confidence"] = block.parent_confidence
    node["children"] = []
    return node


def _tree(nodes: list[tuple[int, int | None, Node]]) -> list[Node]:
    """Hang every node under its parent, in order; one whose parent is not shown is a root."""
    by_order: dict[int, Node] = {}
    roots: list[Node] = []
    for order, parent, node in nodes:
        by_order[order] = node
        above = by_order.get(parent) if parent is not None else None
        (roots if above is None else above["children"]).append(node)
    return roots


def _map_nodes(document: Document) -> list[tuple[int, int | None, Node]]:
    nodes: list[tuple[int, int | None, Node]] = []
    made: dict[int, Node] = {}
    for block in document.blocks:
        if block.kind is BlockKind.TOPIC:
            made[block.order] = make_node(block)
            nodes.append((block.order, block.parent, made[block.order]))
        elif block.kind is BlockKind.NOTE and block.parent in made:
            made[block.parent][block.attributes.get("role", "note")] = document.text[block.start : block.end]
    return nodes


def _note_nodes(document: Document) -> list[tuple[int, int | None, Node]]:
    return [(b.order, b.parent, make_node(b)) for b in document.blocks if b.kind in _SHOWN]


def _relations(document: Document) -> dict[str, Any]:
    """Cross links by label, in the map's order, and the same relations by id."""
    labels = {b.place: b.label for b in document.blocks if b.kind is BlockKind.TOPIC}
    links = [x for x in document.cross_links if x.from_id in labels and x.to_id in labels]
    return {
        "cross_links": [[labels[x.from_id], labels[x.to_id], x.label or None] for x in links],
        "relations": [
            {"from_id": x.from_id, "to_id": x.to_id, "label": x.label, "direction": x.direction} for x in links
        ],
        "boundaries": [{"topics": list(x.topics), "label": x.label} for x in document.boundaries],
    }
