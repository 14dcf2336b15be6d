"""Tables of actions, decisions and proposals: who does what, by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.initiatives.coordinates import pair
from graph.text import key
from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.modes import Mode, announced
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import begins_with_deed, begins_with_verb, label_free, pattern, plain
from ingest.extract.who.wordlists import table
from ingest.tables.columns import chosen_kind

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
    if kind := chosen_kind(name):
        return kind
    heading = label_free(plain(name))
    for kind in _KINDS:
        if pattern(language, "announce", f"column_{kind}").fullmatch(heading):
            return kind
    return ""


def who_cells(block: Block, language: str) -> list[Cell]:
    return [c for c in cells_of(block) if column_kind(c.column, language) == "who"]


def run(reading: Reading, places: Mapping[int, Setting]) -> None:
    """Append one proposal (or finding) per row of a table that has a column for it."""
    rows = [b for b in reading.document.as_far_as_read() if b.kind is BlockKind.ROW]
    on_the_map = {_table_of(b) for b in rows if _has_coordinates(reading, b)}
    for above, block in pairwise([None, *rows]):
        if block is not None and not block.attributes.get("header") and not _goes_on(reading, block, above):
            setting = places.get(block.order) or Setting()
            _read_row(reading, block, setting, of_places=_table_of(block) in on_the_map)


def _read_row(reading: Reading, block: Block, setting: Setting, *, of_places: bool) -> None:
    language = reading.document.language
    cells = cells_of(block)
    by_kind: dict[str, Cell] = {}
    for cell in cells:
        by_kind.setdefault(column_kind(cell.column, language), cell)
    if finding := by_kind.get("finding"):
        _append(reading, finding, "finding", {}, 0.75)
    what = by_kind.get("what")
    if what is None or setting.mode in (Mode.SILENT, Mode.DONE):
        return
    if "when" not in by_kind and of_places:
        return
    if not (by_kind.keys() & {"who", "when"}) and not _says(reading, what, setting, language):
        return
    attributes = {
        name: reading.slice(by_kind[kind].start, by_kind[kind].end).strip()
        for kind, name in (("who", "who"), ("when", "due"))
        if kind in by_kind
    }
    _append(reading, what, "proposal", attributes, 0.9)


def _table_of(block: Block) -> tuple[object, ...]:
    """What the rows of one table share: what they stand under, and the names of their columns."""
    return block.parent, *(str(name) for name, *_ in block.attributes.get("cells", ()))


def _has_coordinates(reading: Reading, block: Block) -> bool:
    """Whether it tells where on the ground it stands: its table then holds services that exist, no proposals.

    A column of points must hold one: « Point » is as often what a meeting speaks of.
    """
    columns = table(reading.document.language, "initiatives", "columns")
    named = {key(str(name)) for name, *_ in block.attributes.get("cells", ())}
    if named & columns["latitude"] and named & columns["longitude"]:
        return True
    points = [cell for cell in cells_of(block) if key(cell.column) in columns["point"]]
    return any(pair(reading.slice(cell.start, cell.end)) for cell in points)


def _goes_on(reading: Reading, block: Block, above: Block | None) -> bool:
    """One cell alone, in lower case, under columns made of spaces: the rest of a cell above that has not ended."""
    filled = [n for n, (_, start, end) in enumerate(block.attributes.get("cells", ())) if end > start]
    if not block.attributes.get("spaced") or len(filled) != 1 or above is None or above.attributes.get("header"):
        return False
    text, before = _text_at(reading, block, filled[0]), _text_at(reading, above, filled[0])
    ended = not before or before.endswith((".", "!", "?", "…"))
    language = reading.document.language
    wanted = begins_with_verb(plain(text), language) or begins_with_deed(plain(text), language)
    return text[:1].islower() and not (ended or wanted)


def _text_at(reading: Reading, block: Block, column: int) -> str:
    cells = block.attributes.get("cells", ())
    return reading.slice(*cells[column][1:]).strip() if column < len(cells) else ""


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
