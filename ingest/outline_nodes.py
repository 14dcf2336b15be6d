"""What counts as a node in a Markdown outline and in a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from ingest.document import Block, BlockKind, Document

if TYPE_CHECKING:
    Node = dict[str, Any]

_LABEL_COLUMNS = ("title", "title/fr", "comment-body", "contributions", "arguments name", "comment", "body", "text")
_NOTE_COLUMNS = ("body", "description/fr", "argument_description", "text")
_MARKDOWN_MARK = re.compile(r"[-*+]$|\d{1,9}[.)]$")


def markdown_nodes(document: Document) -> list[tuple[int, int | None, Node]]:
    """Headings by their level; list items under the last heading, by indentation. Paragraphs are no nodes."""
    from ingest.outline import make_node

    nodes: list[tuple[int, int | None, Node]] = []
    headings: list[Block] = []
    items: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING and block.attributes.get("style") in {"hash", "setext"}:
            while headings and headings[-1].level >= block.level:
                headings.pop()
            nodes.append((block.order, headings[-1].order if headings else None, make_node(block)))
            headings.append(block)
            items.clear()
        elif block.kind is BlockKind.BULLET and _MARKDOWN_MARK.match(str(block.attributes.get("marker", ""))):
            indent = int(block.attributes.get("indent", 0))
            while items and items[-1][0] >= indent:
                items.pop()
            above = items[-1][1] if items else headings[-1].order if headings else None
            first, rest = _first_line(document, block)
            node = make_node(block, first)
            node["note"] = rest
            nodes.append((block.order, above, node))
            items.append((indent, block.order))
    return nodes


def _first_line(document: Document, block: Block) -> tuple[str, str]:
    """An item's own line, and what continues it on further lines."""
    line_end = re.compile(r"[\r\n]|\Z").search(document.text, block.start)
    cut = bisect_left(block.offsets, line_end.start() if line_end else block.end)
    return block.label[:cut].strip(), block.label[cut:].strip()


def row_nodes(document: Document) -> list[tuple[int, int | None, Node]]:
    """One node per data row; replies under the row they answer, where a column says so."""
    from ingest.outline import make_node

    rows = [b for b in document.blocks if b.kind is BlockKind.ROW and not b.attributes.get("header")]
    cells = [row_values(document, b) for b in rows]
    label_column = next((c for c in _LABEL_COLUMNS if any(c in values for values in cells)), "")
    own_ids = {values["id"]: b.order for b, values in zip(rows, cells, strict=True) if values.get("id")}
    nodes: list[tuple[int, int | None, Node]] = []
    for block, values in zip(rows, cells, strict=True):
        label = values.get(label_column, "") if label_column else block.label
        node = make_node(block, " ".join(label.split()))
        node["note"] = "\n".join(values[c] for c in _NOTE_COLUMNS if c != label_column and values.get(c, "").strip())
        node["links"] = [values["url"]] if values.get("url") else []
        nodes.append((block.order, _answers(block, values, own_ids), node))
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
