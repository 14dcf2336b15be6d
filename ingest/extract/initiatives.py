"""Initiatives: the services and places of a table, with type, address, coordinates, who runs them and where.

A table is one of initiatives when its columns name a thing and say two more of it: type, address, town, coordinates.
Where the cell of the town or of the body that runs it holds no stakeholder yet, this rule adds one: the column says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from graph.initiatives.coordinates import Coordinates, Doubt, checked, pair
from graph.initiatives.place import Precision
from graph.text import key
from ingest.document import Block, BlockKind
from ingest.extract.reading import Initiative, Reading, Relation, Span, Stakeholder
from ingest.extract.who.wordlists import table

RULE = "initiatives.table@4"
SAID = ("type", "address", "commune", "latitude", "longitude")
_ENOUGH_COLUMNS = 4
_NOT_ITS_OWN = frozenset(Precision) - {Precision.EXACT}  # coordinates that were taken from elsewhere
_HELD, _DATED = "held", "dated"  # where something is, or takes place; when
_WHY = {
    Doubt.SWAPPED: "latitude and longitude are exchanged, which would be outside France: put right",
    Doubt.IMPOSSIBLE: "is no pair of coordinates: left out",
    Doubt.INCOMPLETE: "is one of two coordinates: left out",
    Doubt.NULL: "stands where no place is known: left out",
}
_CONTACT = re.compile(r"@|://|^\+?\d{2}(?:[ .]?\d{2}){4,5}$")  # « coordonnées » of another sort
_PLAIN_DEGREES = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
Cells = dict[str, tuple[int, int]]  # role of the column -> span of its cell, quotes and blanks left out
Names = dict[tuple[str, str], tuple[Stakeholder, set[tuple[int, int]]]]  # by kind and key; with the spans it has


def run(reading: Reading) -> None:
    """Append one initiative per row, with who runs it (`made_by`) and where (`located_in`)."""
    names = _names(reading)
    for rows in _tables(reading):
        telling = [block.order for block, cells in rows if _is_initiative(reading, cells)]
        named = sum("name" in cells for _, cells in rows)
        whole = (bool(telling) and 2 * len(telling) >= named) or _columns_tell(reading, rows[0][0])
        for block, cells in rows if telling or whole else ():
            if "name" in cells and (whole or block.order in telling):
                _add(reading, names, block, cells)
            elif whole and "name" not in cells:
                reading.degraded.append(f"{block.place}: an initiative without a name: kept as a passage only")


def _columns_tell(reading: Reading, row: Block) -> bool:
    """Whether the columns alone, filled or not, are those of a table of initiatives."""
    roles = set(_roles([str(name) for name, *_ in row.attributes.get("cells", ())], _columns(reading)).values())
    return "name" in roles and "people" not in roles and len(roles & set(SAID)) >= _ENOUGH_COLUMNS


def _tables(reading: Reading) -> Iterable[list[tuple[Block, Cells]]]:
    """The rows that stand under one heading and one first column, with their cells by role."""
    columns = _columns(reading)
    found: dict[tuple[int | None, str], list[tuple[Block, Cells]]] = {}
    for block in reading.document.blocks:
        if block.kind is BlockKind.ROW and not block.attributes.get("header"):
            first = str(next(iter(block.attributes.get("cells", ())), ("",))[0])
            found.setdefault((block.parent, first), []).append((block, _cells(reading, block, columns)))
    return found.values()


def _columns(reading: Reading) -> Mapping[str, Set[str]]:
    """The keys of the names of columns, by role; "held" and "dated" are no roles of their own."""
    listed = table(reading.document.language, "initiatives", "columns")
    return {role: {key(name) for name in names} for role, names in listed.items()}


def _roles(names: Sequence[str], columns: Mapping[str, Set[str]]) -> dict[str, str]:
    """The role of each column that has one. « Où » and « Lieu » are an address, unless the table says when, too."""
    keys = {name: key(name) for name in names}
    known = [role for role in columns if role not in (_HELD, _DATED)]
    roles = {name: role for name, k in keys.items() if (role := next((r for r in known if k in columns[r]), ""))}
    if "address" in roles.values() or any(k in columns[_DATED] for k in keys.values()):
        return roles
    named = [name for name, role in roles.items() if role == "name"]
    held = (name for name, k in keys.items() if k in columns[_HELD] and named != [name])
    return roles | dict.fromkeys(islice(held, 1), "address")


def _cells(reading: Reading, block: Block, columns: Mapping[str, Set[str]]) -> Cells:
    found: Cells = {}
    cells = block.attributes.get("cells", ())
    roles = _roles([str(name) for name, *_ in cells], columns)
    for name, start, end in cells:
        role = roles.get(str(name), "")
        text = reading.slice(start, end)
        inside = text.strip(" \t\"'")
        if role and inside:
            first = start + text.index(inside)
            found.setdefault(role, (first, first + len(inside)))
    return found


def _is_initiative(reading: Reading, cells: Cells) -> bool:
    said = sum(role in cells for role in SAID)
    if "point" in cells and pair(reading.slice(*cells["point"])):  # some « coordonnées » are telephone numbers
        said += 2
    return "name" in cells and "people" not in cells and said >= 2


def _add(reading: Reading, names: Names, block: Block, cells: Cells) -> None:
    said = {role: " ".join(reading.slice(*span).replace('""', '"').split()) for role, span in cells.items()}
    at = Span(block.start, block.end, RULE, 0.95)
    made = Initiative(reading.new_id("i"), said["name"], at, said.get("type"), said.get("commune"), said.get("by"))
    made.cells = cells
    made.attributes |= {k: said[k] for k in ("address", "postcode", "description", "url") if k in said}
    made.attributes |= dict(_coordinates(reading, block, said))
    reading.initiatives.append(made)
    for role, kind, relation in (("by", "organisation", "made_by"), ("commune", "territory", "located_in")):
        if role in cells:
            target = _stakeholder(reading, names, cells[role], kind)
            reading.relations.append(Relation(made.id, relation, target.id, at))


def _coordinates(reading: Reading, block: Block, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Both or neither. What is no place on earth is told and left out; the two exchanged are told and put right.

    Those of our own exports that stand for a commune are no coordinates of the place: it is looked for again.
    """
    if said.get("precision") in _NOT_ITS_OWN:
        return
    north, east, written = _pair(said)
    found = checked(north, east)
    if found.point:
        yield from zip(("latitude", "longitude"), _numbers(found, north, east), strict=True)
    if found.doubt:
        yield "coordinates_doubt", str(found.doubt)
        yield "coordinates_written", written
        reading.degraded.append(f"{block.place}: {written}: {_WHY[found.doubt]}")


def _pair(said: dict[str, str]) -> tuple[str, str, str]:
    """Latitude and longitude of two columns, or of the one that holds both; and both as they stand."""
    if "point" in said and not ("latitude" in said and "longitude" in said):
        both = pair(said["point"])
        if both or not _CONTACT.search(said["point"]):
            return *(both or (said["point"], said["point"])), said["point"]
    north, east = said.get("latitude", ""), said.get("longitude", "")
    return north, east, ", ".join(cell for cell in (north, east) if cell)


def _numbers(found: Coordinates, north: str, east: str) -> tuple[str, str]:
    """As written where they are plain degrees in order, so that no digit changes."""
    plain = [cell.strip().replace(",", ".") for cell in (north, east)]
    # Else degrees with minutes, or with the side of the world.
    written = all(map(_PLAIN_DEGREES.fullmatch, plain)) and found.point == (float(plain[0]), float(plain[1]))
    return (plain[0], plain[1]) if written else (str(found.latitude), str(found.longitude))


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
