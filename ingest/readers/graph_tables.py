"""A graph as two tables in one zip: its nodes, and the links between them, as this program, Gephi and Kumu write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.errors import InputRefused
from graph.export.cells import plain_cell
from graph.text import fold
from ingest.bounds.limits import check_size, open_zip, read_member, zip_names
from ingest.decoding import decode, narrowed
from ingest.document import Document, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.maps.graphmap import GraphReading
from ingest.maps.maptree import map_document
from ingest.registry import Rank
from ingest.tables.csvtable import guess_separator, records

_IDS = ("id", "identifiant")
_LABELS = ("label", "libelle", "name", "nom", "titre")
_STARTS = ("from", "source", "de", "origine")
_ENDS = ("to", "target", "vers", "cible", "destination")
_SAID = ("label", "libelle", "relation", "type")
_NOTES = ("description", "note", "notes", "quote")
_ADDRESSES = ("url", "link", "lien")
_TAGS = ("tags", "etiquettes")
_DIRECTIONS = {"directed": "forward", "mutual": "both", "undirected": "none"}
_CHECKED = 50  # links whose ends must mostly be nodes: letters have a sender and a receiver too
_QUOTED = re.compile(r"\"[^\"]*\"")

Row = dict[str, str]


@dataclass
class _Table:
    columns: list[str]
    rows: list[Row]
    lines: int
    losses: tuple[LeftOut, ...]

    def first(self, wanted: Sequence[str]) -> str:
        """The column of one of these names, the surest first; empty where there is none."""
        return next((name for name in wanted if name in self.columns), "")


@dataclass(frozen=True)
class GraphTablesReader:
    name: str = "graph-tables"
    label: str = "Nodes and links in two tables (.zip of .csv)"
    extensions: tuple[str, ...] = (".zip",)
    carries: tuple[str, ...] = ("topics", "relations", "notes", "links", "tags", "attributes")
    loses: tuple[str, ...] = ("tree", "icons", "positions", "data of edges")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if not raw.data.startswith(b"PK") or len(_names(raw)) != 2:
            return False
        try:
            return _pair(raw) is not None
        except InputRefused:
            return False

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        pair = _pair(raw)
        if pair is None:
            raise InputRefused(raw.name, "no table of nodes beside one of the links between them")
        nodes, links = pair
        reading = GraphReading(raw.name)
        known = _read_nodes(nodes, reading)
        _read_links(links, known, reading)
        content = reading.content(raw, ())
        content.ledger.found = {"topics": max(0, nodes.lines - 1), "relations": max(0, links.lines - 1)}
        content.ledger.left_out += [*nodes.losses, *links.losses]
        return map_document(raw, "graph-tables", "graph-tables@1", content)


def _names(raw: RawFile) -> list[str]:
    return [
        name for name in zip_names(raw) if name.lower().endswith((".csv", ".tsv")) and "__macosx" not in name.lower()
    ]


def _pair(raw: RawFile) -> tuple[_Table, _Table] | None:
    """The table of the nodes and that of the links, None where these two are something else."""
    with open_zip(raw) as archive:
        files = [RawFile(name, read_member(raw, archive, name)) for name in _names(raw)]
    if not any(_ties(file) for file in files):
        return None  # before the tables are read: most archives of tables hold no graph
    tables = [_table(file) for file in files]
    for nodes, links in (tables, tables[::-1]):
        ends = links.first(_STARTS), links.first(_ENDS)
        if all(ends) and (nodes.first(_IDS) or nodes.first(_LABELS)) and not nodes.first(_ENDS):
            return (nodes, links) if _fit(nodes, links, ends) else None
    return None


def _ties(raw: RawFile) -> bool:
    """Whether the first line of a table names both ends of links."""
    head = narrowed(raw.data[:4_000]).split(b"\n", 1)[0].decode("utf-8", "replace")
    names = {fold(name).strip(' "') for name in re.split(r"[,;\t|]", head)}
    return bool(names & set(_STARTS)) and bool(names & set(_ENDS))


def _fit(nodes: _Table, links: _Table, ends: tuple[str, str]) -> bool:
    own = {row[column] for row in nodes.rows for column in _naming(nodes)}
    seen = [row for row in islice(links.rows, _CHECKED) if row[ends[0]] and row[ends[1]]]
    return sum(row[end] in own for row in seen for end in ends) > len(seen)


def _naming(nodes: _Table) -> list[str]:
    return [column for column in (nodes.first(_IDS), nodes.first(_LABELS)) if column]


def _table(raw: RawFile) -> _Table:
    decoded = decode(raw)
    text = decoded.text
    cells = [
        [plain_cell(text[start:end].replace('""', '"')) for start, end in record.cells]
        for record in records(raw.name, text, guess_separator(text) or ",")
    ]
    filled = [row for row in cells if any(row)]
    columns = _columns(filled)
    rows = [dict(zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=True)) for row in filled[1:]]
    lines = sum(bool(line.strip()) for line in _QUOTED.sub("x", text).splitlines())
    return _Table(columns, rows, lines, decoded.losses)


def _columns(rows: list[list[str]]) -> list[str]:
    """The names of the columns, each once; those that the first row does not name are numbered."""
    names: list[str] = []
    for number in range(max(map(len, rows), default=0)):
        name = fold(rows[0][number]).strip() if number < len(rows[0]) else ""
        names.append(name if name and name not in names else f"{name or 'column'} {number + 1}")
    return names


def _read_nodes(nodes: _Table, reading: GraphReading) -> dict[str, str]:
    """Every node; from what links may call it to its id."""
    native, label = nodes.first(_IDS), nodes.first(_LABELS)
    note, address, tags = nodes.first(_NOTES), nodes.first(_ADDRESSES), nodes.first(_TAGS)
    names: dict[str, str] = {}
    known: dict[str, str] = {}
    for row in nodes.rows:
        own = row.get(native) or row.get(label, "")
        topic = reading.node(own, row.get(label) or own)
        topic.note = row.get(note, "")
        topic.links = [row[address]] if row.get(address) else []
        topic.tags = [tag for tag in map(clean, re.split(r"[|,;]", row.get(tags, ""))) if tag]
        told = {key: value for key, value in row.items() if value and key not in {native, label, note, address, tags}}
        topic.attributes = dict(_opened(told))
        known[own] = own
        names.setdefault(topic.label, own)
    return names | known


def _opened(told: Row) -> Iterator[tuple[str, str]]:
    """The cells of a row; one that holds an object gives what stands in it."""
    for key, value in told.items():
        try:
            inside = json.loads(value) if value.startswith("{") else None
        except (ValueError, RecursionError):
            inside = None
        if isinstance(inside, dict):
            yield from ((str(name), str(one)) for name, one in inside.items() if one)
        else:
            yield key, value


def _read_links(links: _Table, known: dict[str, str], reading: GraphReading) -> None:
    start, end = links.first(_STARTS), links.first(_ENDS)
    said = [column for column in _SAID if column in links.columns]
    for row in links.rows:
        words = [row[column] for column in said if row[column]]
        direction = next((way for word in words if (way := _DIRECTIONS.get(word.lower()))), "forward")
        label = next((word for word in words if word.lower() not in _DIRECTIONS), "")
        reading.link(known.get(row[start], row[start]), known.get(row[end], row[end]), label, direction)
        other = sum(bool(value) for key, value in row.items() if key not in {start, end, *said})
        reading.leave("data of edges", "only labels and directions of relations are kept", other)


READER = GraphTablesReader()
