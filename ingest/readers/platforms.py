"""Exports of platforms as JSON (Decidim, Consul, Loomio and any list of records): what their CSV gives, and answers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_lines, check_nodes, check_size
from ingest.document import Document, RawFile
from ingest.html.markup import maybe_html
from ingest.jsontree import dict_in, parse_json
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.registry import Rank
from ingest.tables.columns import by_role, renamed, shown
from ingest.tables.nodes import fill
from ingest.tables.records import SECTIONS, Record, answered, flat, lines_of, listed, records_of, sections_of

_LINE = re.compile(rb"\s*\{\s*\"(?:table|record)\"\s*:")
_LOOKED_AT = 50
_TREES = frozenset("children topics subtopics items nodes ideas elements cards lists".split())
_PERSONS = "users"
_OF_LOOMIO = {"groups": "name", "outcomes": "statement", "stances": "reason", "poll_options": "name"}
_AUTHORS = ("author_id", "user_id", "participant_id", "creator_id")


@dataclass(frozen=True)
class PlatformReader:
    name: str = "platform"
    label: str = "Decidim, Consul, Loomio/Framavox (.json)"
    extensions: tuple[str, ...] = (".json", ".jsonl")
    carries: tuple[str, ...] = ("topics", "tree", "notes", "links", "tags", "attributes", "dates", "authors")
    loses: tuple[str, ...] = ("accounts of members", "attached files", "reactions", "history")
    rank: Rank = Rank.TABLE

    def accepts(self, raw: RawFile) -> bool:
        if _of_lines(raw):
            return True
        sections = sections_of(raw.json)
        rows = [row for rows in sections.values() for row in rows[:_LOOKED_AT]]
        if not rows or any(_TREES & row.keys() for row in rows):
            return False
        labelled = sum("label" in by_role(_names(row)) and len(row) > 1 for row in rows)
        return labelled >= 0.9 * len(rows)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data, sections = _sections(raw)
        reading = TreeReading(raw.name, "records")
        records: list[Record] = []
        for record in records_of({name: rows for name, rows in sections.items() if _read(name)}):
            check_nodes(raw.name, len(records))
            records.append(record)
        if not records:
            raise InputRefused(raw.name, "no record that holds a title or a text")
        persons = _persons(sections)
        for name, rows in sections.items():
            if not _read(name):
                why = "personal data: only the names of authors are kept" if name == _PERSONS else "not read"
                reading.leave(name or "records without a table", why, len(rows))
        topics, columns = _topics(raw, records, persons, reading)
        roots = _hang(records, topics, reading)
        found = {"topics": sum(len(rows) for rows in sections.values()) + _inner(data)}
        content = reading.content(roots, found)
        document = map_document(raw, "platform", "platform@1", content)
        document.options = {**document.options, "columns": columns}
        return document


def _of_lines(raw: RawFile) -> bool:
    """Whether each line is a record of its own, with its table."""
    if not _LINE.match(raw.data.removeprefix(b"\xef\xbb\xbf")):
        return False
    return raw.json is None or dict_in(raw.json).keys() >= {"table", "record"}


def _names(row: dict[str, Any]) -> list[str]:
    return [*dict.fromkeys([*flat(row)[0], *(k for k, v in row.items() if not isinstance(v, dict | list))])]


def _read(section: str) -> bool:
    return section in SECTIONS or section == "records"


def _sections(raw: RawFile) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    if not _of_lines(raw):
        return raw.json, sections_of(raw.json)
    lines = [line for line in raw.data.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    check_lines(raw.name, len(lines))
    parsed = [parse_json(raw.name, line, f"line {n}") for n, line in enumerate(lines, 1)]
    return [], lines_of(parsed)


def _inner(data: Any) -> int:
    """How many answers stand inside records, counted apart."""
    count, stack = 0, [data]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
            continue
        for name in ("comments", "replies", "answers", "arguments") if "id" in dict_in(value) else ():
            count += len(listed(value.get(name)))
    return count


def _persons(sections: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    rows = sections.get(_PERSONS, ())
    return {str(row.get("id", "")): str(row.get("name") or row.get("username") or "") for row in rows}


def _topics(
    raw: RawFile, records: list[Record], persons: dict[str, str], reading: TreeReading
) -> tuple[list[Topic], dict[str, str]]:
    """A topic per record, and the role of every column as it was read: the same for all records of a section."""
    written: dict[str, dict[str, None]] = {}
    for record in records:
        written.setdefault(record.section, {}).update(dict.fromkeys(record.values))
    new = {section: dict(zip(n, renamed(list(n), raw.columns), strict=True)) for section, n in written.items()}
    roles = {section: _roles(section, list(n.values())) for section, n in new.items()}
    topics = []
    for record in records:
        names, own = new[record.section], roles[record.section]
        values = {names[name]: value for name, value in record.values.items() if names[name]}
        label = next((values[n] for n in own.get("label", ()) if n in values), "")
        native = "/".join(record.key) if record.section != "records" else record.key[1]
        topic = reading.topic(native if record.key[1] else "", maybe_html(label))
        fill(topic, values, own)
        topic.author = next((persons[i] for k in _AUTHORS if (i := values.get(k, "")) in persons), topic.author)
        for name in record.unread:
            reading.leave("values", f"{name[:60]!r} holds a list of objects")
        topics.append(topic)
    columns = {name: role for n in written.values() for name, role in shown(list(n), raw.columns).items()}
    return topics, columns


def _roles(section: str, names: list[str]) -> dict[str, list[str]]:
    roles = by_role(names)
    own = _OF_LOOMIO.get(section)
    if own in names and "label" not in roles:
        roles["label"] = [str(own)]
        roles = {r: kept for r, n in roles.items() if (kept := [x for x in n if r == "label" or x != own])}
    return roles


def _hang(records: list[Record], topics: list[Topic], reading: TreeReading) -> list[Topic]:
    """Every topic under what it answers; one that answers itself in the end is a root."""
    known: dict[tuple[str, str], int] = {}
    numbers = {id(record): n for n, record in enumerate(records)}
    for n, record in enumerate(records):
        if record.key[1]:
            known.setdefault(record.key, n)
    above = [numbers[id(r.holder)] if r.holder is not None else answered(r, known) for r in records]
    state: Counter[int] = Counter()  # 0: not seen, 1: on the way up, 2: known to end at a root
    for start in range(len(records)):
        way = []
        at: int | None = start
        while at is not None and not state[at]:
            state[at] = 1
            way.append(at)
            at = above[at]
        if at is not None and state[at] == 1:
            above[at] = None
            reading.leave("answers", "they answer each other in a circle")
        for n in way:
            state[n] = 2
    roots: list[Topic] = []
    for n, topic in enumerate(topics):
        up = above[n]
        (roots if up is None else topics[up].children).append(topic)
    return roots


READER = PlatformReader()
