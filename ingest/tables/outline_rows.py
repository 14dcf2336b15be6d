"""A table that is an outline: one row per topic under the id of its parent, as `graph/export/writers/csv.py` has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import InputRefused
from graph.export.cells import plain_cell
from graph.outline import Topic
from ingest.document import Block
from ingest.jsontree import parse_json

Placed = tuple[int, int | None, Topic]
Values = Mapping[str, str]

_COLUMNS = frozenset({"id", "parent", "label"})
_KINDS = frozenset({"topic", "floating", "summary", "callout"})


def is_outline(cells: Sequence[Values]) -> bool:
    """Whether the columns are those of an outline."""
    return bool(cells) and cells[0].keys() >= _COLUMNS


def outline_rows(rows: Sequence[Block], cells: Sequence[Values]) -> list[Placed]:
    """One topic per row under the row whose id it names, which may come later."""
    said = [{name: plain_cell(cell) for name, cell in values.items()} for values in cells]
    order_of: dict[str, int] = {}
    for block, values in zip(rows, said, strict=True):
        order_of.setdefault(values.get("id", ""), block.order)
    placed: list[Placed] = []
    for block, values in zip(rows, said, strict=True):
        above = order_of.get(values.get("parent", "")) if values.get("parent") else None
        placed.append((block.order, None if above == block.order else above, _topic(block, values)))
    return placed


def _topic(block: Block, said: Values) -> Topic:
    kind = said.get("kind", "")
    return Topic(
        said.get("id") or block.place,
        " ".join(said.get("label", "").split()),
        note=said.get("note", ""),
        details=said.get("details", ""),
        links=_lines(said.get("links", "")),
        icons=_lines(said.get("icons", "")),
        tags=_lines(said.get("tags", "")),
        attributes=_data(said.get("attributes", "")),
        kind=kind if kind in _KINDS else "topic",
        folded=said.get("folded", "").lower() == "true",
        dates=_data(said.get("dates", "")),
        sheet=said.get("sheet", ""),
    )


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _data(cell: str) -> dict[str, str]:
    """The names and values of a cell that holds them as JSON; none where it holds something else."""
    try:
        found: Any = parse_json("cell", cell.encode("utf-8", "replace")) if cell.startswith("{") else {}
    except InputRefused:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
