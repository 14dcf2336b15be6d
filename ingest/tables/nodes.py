"""The rows of tables as nodes of an outline: labels, notes and answers by the roles of their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.outline import Topic
from ingest.document import Block, BlockKind, Document
from ingest.html.markup import clean, maybe_html
from ingest.maps.outline_nodes import Placed, make_topic
from ingest.maps.treemap import note_text
from ingest.tables.columns import by_role
from ingest.tables.outline_rows import is_outline, outline_rows

_ABOVE = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET})
_DECIDIM_COMMENT = re.compile(r"(?:Comments::)?Comment$")


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of one table by their role, and its rows by their own ids."""

    columns: Mapping[str, list[str]]
    ids: dict[str, int]
    commented: dict[str, int]  # the rows that are no comments themselves

    def first(self, role: str, cells: Mapping[str, str]) -> str:
        return cells.get(self.columns[role][0], "") if role in self.columns else ""


def row_nodes(document: Document) -> list[Placed]:
    """One node per data row, replies under the row they answer where a column says so; headings above their tables."""
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW and not b.attributes.get("header")]
    cells = {b.order: cell_values(document, b) for b in rows}
    if rows and is_outline([_lower(cells[rows[0].order])]):
        return _parents_first(outline_rows(rows, [_lower(cells[b.order]) for b in rows]))
    tables = _tables(rows, cells)
    placed: list[Placed] = []
    for block in document.blocks:
        if block.kind in _ABOVE:
            placed.append((block.order, block.parent, make_topic(block)))
            placed[-1][2].links = list(block.attributes.get("links", ()))
        elif block.order in cells:
            values = cells[block.order]
            table = tables[tuple(values)]
            above = _answered(block, values, table)
            placed.append((block.order, block.parent if above is None else above, _topic(block, values, table)))
    return _parents_first(placed)


def _parents_first(placed: list[Placed]) -> list[Placed]:
    """The nodes so that each comes after the one it hangs under: an export may begin with its newest answers.

    Siblings stay in their order; of rows that answer each other in a circle, the first is a root.
    """
    if all(parent is None or parent < order for order, parent, _ in placed):
        return placed
    below: dict[int | None, list[Placed]] = {}
    known = {order for order, _, _ in placed}
    for node in placed:
        below.setdefault(node[1] if node[1] in known else None, []).append(node)
    out: list[Placed] = []
    seen: set[int] = set()
    for top in [*below.get(None, ()), *((order, None, topic) for order, _, topic in placed)]:
        stack = [top]
        while stack:
            node = stack.pop()
            if node[0] not in seen:
                seen.add(node[0])
                out.append(node)
                stack += reversed(below.get(node[0], ()))
    return out


def cell_values(document: Document, block: Block) -> dict[str, str]:
    """The cells of a row by the name of their column."""
    cells = {str(name): document.text[a:b] for name, a, b in block.attributes.get("cells", ()) if name}
    return {n: c.replace('""', '"') for n, c in cells.items()} if document.text_is_file else cells


def _lower(cells: Mapping[str, str]) -> dict[str, str]:
    return {name.strip().lower(): cell for name, cell in cells.items()}


def _tables(rows: list[Block], cells: Mapping[int, Mapping[str, str]]) -> dict[tuple[str, ...], _Table]:
    """The tables of a document, by the names of their columns (short rows have fewer)."""
    found: dict[tuple[str, ...], _Table] = {}
    for block in rows:
        names = tuple(cells[block.order])
        if names not in found:
            found[names] = _Table(by_role(names), {}, {})
    commented: dict[str, int] = {}
    by_ids = {frozenset(table.columns.get("id", ())): dict[str, int]() for table in found.values()}
    for block in rows:
        table = found[tuple(cells[block.order])]
        if own := table.first("id", cells[block.order]):
            by_ids[frozenset(table.columns["id"])].setdefault(own, block.order)
            if not _lower(cells[block.order]).get("commentable_type"):
                commented.setdefault(own, block.order)
    return {
        names: _Table(table.columns, by_ids[frozenset(table.columns.get("id", ()))], commented)
        for names, table in found.items()
    }


def _topic(block: Block, values: Mapping[str, str], table: _Table) -> Topic:
    links = list(block.attributes.get("links", ()))
    if "label" not in table.columns:
        topic = make_topic(block, clean(block.label))
        topic.links = [*filter(None, [table.first("url", values)]), *links]
        return topic
    topic = make_topic(block, maybe_html(table.first("label", values)))
    fill(topic, values, table.columns)
    topic.links += links
    return topic


def fill(topic: Topic, values: Mapping[str, str], columns: Mapping[str, list[str]]) -> None:
    """Everything but the label of a record, from its values by column and the columns by their role."""
    said = {role: [c for n in names if (c := values.get(n, "").strip())] for role, names in columns.items()}
    topic.note = "\n".join(note_text(cell) for cell in said.get("note", ()))
    topic.links = said.get("url", [])
    topic.tags = [clean(cell) for cell in said.get("tags", ())]
    topic.author = clean(" ".join(said.get("author", ())))
    topic.dates = {n: c for n in columns.get("date", ()) if (c := values.get(n, "").strip())}
    used = {n for role in ("label", "note", "url", "tags", "author", "date") for n in columns.get(role, ())}
    topic.attributes = {n: clean(c) for n, c in values.items() if n not in used and c.strip()}


def _answered(block: Block, values: Mapping[str, str], table: _Table) -> int | None:
    """The row that this one answers: by the id of a parent, or by what a comment of Decidim comments on."""
    parent, ids = table.first("parent", values), table.ids
    if not parent and (said := _lower(values)).get("commentable_type"):
        parent = said.get("commentable_id", "")
        ids = table.ids if _DECIDIM_COMMENT.search(said["commentable_type"]) else table.commented
    order = ids.get(parent.strip()) if parent else None
    return None if order == block.order else order
