"""Initiatives: the services and places of a table, with type, address, coordinates, who runs them and where.

A table is one of initiatives when its columns name a thing and say two more of it: type, address, town, coordinates.
Where the cell of the town or of the body that runs it holds no stakeholder yet, this rule adds one: the column says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from graph.text import key
from ingest.document import Block, BlockKind
from ingest.extract.reading import Initiative, Reading, Relation, Span, Stakeholder
from ingest.extract.who.wordlists import table

RULE = "initiatives.table@1"
SAID = ("type", "address", "commune", "latitude")
LIMITS = {"latitude": 90.0, "longitude": 180.0}
Cells = dict[str, tuple[int, int]]  # role of the column -> span of its cell, quotes and blanks left out
Names = dict[tuple[str, str], tuple[Stakeholder, set[tuple[int, int]]]]  # by kind and key; with the spans it has


def run(reading: Reading) -> None:
    """Append one initiative per row, with who runs it (`made_by`) and where (`located_in`)."""
    names = _names(reading)
    columns = {r: {key(n) for n in listed} for r, listed in _columns(reading).items()}
    for block in reading.document.blocks:
        if block.kind is BlockKind.ROW and not block.attributes.get("header"):
            cells = _cells(reading, block, columns)
            if _is_initiative(cells):
                _add(reading, names, block, cells)


def _columns(reading: Reading) -> Mapping[str, frozenset[str]]:
    return table(reading.document.language, "initiatives", "columns")


def _cells(reading: Reading, block: Block, columns: Mapping[str, Set[str]]) -> Cells:
    found: Cells = {}
    for name, start, end in block.attributes.get("cells", ()):
        role = next((r for r, names in columns.items() if key(str(name)) in names), "")
        text = reading.slice(start, end)
        inside = text.strip(" \t\"'")
        if role and inside:
            first = start + text.index(inside)
            found.setdefault(role, (first, first + len(inside)))
    return found


def _is_initiative(cells: Cells) -> bool:
    return "name" in cells and "people" not in cells and sum(role in cells for role in SAID) >= 2


def _add(reading: Reading, names: Names, block: Block, cells: Cells) -> None:
    said = {role: " ".join(reading.slice(*span).replace('""', '"').split()) for role, span in cells.items()}
    at = Span(block.start, block.end, RULE, 0.95)
    made = Initiative(reading.new_id("i"), said["name"], at, said.get("type"), said.get("commune"), said.get("by"))
    made.attributes |= {k: said[k] for k in ("address", "description", "url") if k in said}
    made.attributes |= dict(_coordinates(reading, block, said))
    reading.initiatives.append(made)
    for role, kind, relation in (("by", "organisation", "made_by"), ("commune", "territory", "located_in")):
        if role in cells:
            target = _stakeholder(reading, names, cells[role], kind)
            reading.relations.append(Relation(made.id, relation, target.id, at))


def _coordinates(reading: Reading, block: Block, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Both or neither; what is no place on earth is told and left out."""
    pair = {name: said[name].replace(",", ".") for name in LIMITS if name in said}
    if len(pair) == len(LIMITS) and all(_within(value, LIMITS[name]) for name, value in pair.items()):
        yield from pair.items()
    elif pair:
        reading.degraded.append(f"{block.place}: {', '.join(pair.values())} is no pair of coordinates: left out")


def _within(number: str, limit: float) -> bool:
    try:
        return abs(float(number)) <= limit
    except ValueError:
        return False


def _names(reading: Reading) -> Names:
    out: Names = {}
    for known in reading.stakeholders:
        said = {(m.start, m.end) for m in known.mentions}
        for name in (known.name, *known.aliases):
            out.setdefault((known.kind, key(name)), (known, said))
    return out


def _stakeholder(reading: Reading, names: Names, cell: tuple[int, int], kind: str) -> Stakeholder:
    """The one that the cell names, found by an earlier rule or added; the cell is one of its mentions."""
    name, span = " ".join(reading.slice(*cell).split()), Span(*cell, RULE, 0.95)
    if found := names.get((kind, key(name))):
        known, cells = found
        if cell not in cells:
            known.mentions.append(span)
            cells.add(cell)
        return known
    new = Stakeholder(reading.new_id("s"), name, kind, [span])
    reading.stakeholders.append(new)
    names.setdefault((kind, key(name)), (new, {cell}))
    return new
