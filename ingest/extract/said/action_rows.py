"""Tables of actions, decisions and proposals: who does what, by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.text import key
from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.announce import Setting
from ingest.extract.said.modes import Mode, announced
from ingest.extract.said.wording import begins_with_deed, begins_with_verb, label_free, pattern, plain
from ingest.extract.who.wordlists import table

_KINDS = ("what", "who", "when", "finding")
MIN_CHARS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its column's name."""

    column: str
    start: int
    end: int


def cells_of(block: Block) -> list[Cell]:
    """The cells of a table row, in order; empty for other blocks."""
    return [Cell(str(c), int(a), int(b)) for c, a, b in block.attributes.get("cells", ()) if int(b) > int(a)]


def column_kind(name: str, language: str) -> str:
    """ "what", "who", "when", "finding", or nothing."""
    heading = label_free(plain(name))
    for kind in _KINDS:
        if pattern(language, "announce", f"column_{kind}").fullmatch(heading):
            return kind
    return ""


def who_cells(block: Block, language: str) -> list[Cell]:
    return [c for c in cells_of(block) if column_kind(c.column, language) == "who"]


def run(reading: Reading, places: Mapping[int, Setting]) -> None:
    """Append one proposal (or finding) per row of a table that has a column for it."""
    for block in reading.document.blocks:
        if block.kind is BlockKind.ROW:
            _read_row(reading, block, places.get(block.order) or Setting())


def _read_row(reading: Reading, block: Block, setting: Setting) -> None:
    language = reading.document.language
    cells = cells_of(block)
    by_kind: dict[str, Cell] = {}
    for cell in cells:
        by_kind.setdefault(column_kind(cell.column, language), cell)
    if block.attributes.get("header") or _goes_on(reading, block, cells):
        return
    if finding := by_kind.get("finding"):
        _append(reading, finding, "finding", {}, 0.75)
    what = by_kind.get("what")
    if what is None or setting.mode in (Mode.SILENT, Mode.DONE):
        return
    if "when" not in by_kind and _of_places(block, language):
        return
    if not (by_kind.keys() & {"who", "when"}) and not _says(reading, what, setting, language):
        return
    attributes = {
        name: reading.slice(by_kind[kind].start, by_kind[kind].end).strip()
        for kind, name in (("who", "who"), ("when", "due"))
        if kind in by_kind
    }
    _append(reading, what, "proposal", attributes, 0.9)


def _of_places(block: Block, language: str) -> bool:
    """Whether its columns tell where on the ground a row stands: it is then a service that exists, not a proposal."""
    columns = table(language, "initiatives", "columns")
    named = {key(str(name)) for name, *_ in block.attributes.get("cells", ())}
    return bool(named & columns["point"]) or bool(named & columns["latitude"] and named & columns["longitude"])


def _goes_on(reading: Reading, block: Block, cells: list[Cell]) -> bool:
    """One cell alone, in lower case, in a table of several columns: the rest of the cell above it."""
    wide = len(block.attributes.get("cells", ())) > 1
    return wide and len(cells) == 1 and reading.slice(cells[0].start, cells[0].end)[:1].islower()


def _says(reading: Reading, what: Cell, setting: Setting, language: str) -> bool:
    """Without columns for who and when, the wording or the heading must say that it is a proposal."""
    text = plain(reading.slice(what.start, what.end))
    if announced(what.column, language) in (Mode.PROPOSALS, Mode.DECISIONS):
        return True
    said = setting.mode in (Mode.PROPOSALS, Mode.AXES, Mode.DECISIONS)
    return said or begins_with_verb(text, language) or begins_with_deed(text, language)


def _append(reading: Reading, cell: Cell, kind: str, attributes: dict[str, str], sure: float) -> None:
    text = reading.slice(cell.start, cell.end)
    lead = len(text) - len(text.lstrip())
    text = re.sub(r"\s+", " ", text.strip())
    if len(text) < MIN_CHARS:
        return
    start, end = cell.start + lead, cell.start + lead + len(reading.slice(cell.start, cell.end).strip())
    prefix = "p" if kind == "proposal" else "f"
    made = Statement(reading.new_id(prefix), kind, Span(start, end, f"proposals.table_{kind}@2", sure), text)
    if kind == "proposal":
        made.subkind, made.strength = "proposal", "explicit"
    made.attributes.update({k: v for k, v in attributes.items() if v})
    reading.statements.append(made)
