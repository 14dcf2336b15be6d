"""The index rows of the embedded store: what is written for a thing or a passage that can be found."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.derived.derive import ThingRow
from graph.derived.prepare import Placed
from graph.model import Passage
from graph.questions.ranking import name_words, standing

EntryRow: TypeAlias = tuple[object, ...]  # id, kind, source, label, folded, evidence, stems, forms, standing
MOST_MOVED = 1_024  # numbers by which what has the standing of others comes after it
_INSERT = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
_INDEX = "INSERT INTO fts(rowid, stems, forms, kind) VALUES (?, ?, ?, ?)"
_UNINDEX = """
    INSERT INTO fts(fts, rowid, stems, forms, kind)
    SELECT 'delete', number, stems, forms, kind FROM entry WHERE {condition} ORDER BY number"""
_TAKEN = "SELECT number FROM entry WHERE number IN (SELECT value FROM json_each(?))"


def passage_entries(
    source: str, passages: Iterable[Passage], mentions: Mapping[str, Sequence[Placed]]
) -> list[EntryRow]:
    """The index rows of the passages of one source; a passage without words has none."""
    said = Counter(p.passage for placed in mentions.values() for p in placed)
    found = ((p, name_words(p.label)) for p in passages)
    return [
        (
            *(p.id, "passage", source, p.label, of.folded, said[p.id], of.stems, of.forms),
            standing((p.label,), said[p.id], p.id),
        )
        for p, of in found
        if of.forms
    ]


def thing_entries(things: Iterable[ThingRow]) -> list[EntryRow]:
    """The index rows of things; what is rejected has none."""
    return [
        (t.id, t.kind, None, t.label, t.folded, t.evidence, t.stems, t.forms, t.standing)
        for t in things
        if not t.rejected
    ]


def insert_entries(con: sqlite3.Connection, rows: Iterable[EntryRow]) -> None:
    """Write index rows, each under its standing or the next number that is free, and their words into the index.

    In order of number: the index writes a segment of its own for whatever comes out of order.
    """
    ordered = sorted(_numbered(con, sorted(rows, key=_standing)))
    con.executemany(_INSERT, ordered)
    con.executemany(_INDEX, [(row[0], row[7], row[8], row[2]) for row in ordered])


def delete_entries(con: sqlite3.Connection, condition: str, values: Sequence[object]) -> None:
    """Take off the index rows of a condition, and their words out of the index, in order of number as well."""
    con.execute(_UNINDEX.format(condition=condition), values)
    con.execute(f"DELETE FROM entry WHERE {condition}", values)


def _standing(row: EntryRow) -> tuple[object, ...]:
    return row[-1], row[0]


def _numbered(con: sqlite3.Connection, rows: Sequence[EntryRow]) -> Iterator[EntryRow]:
    taken = {row[0] for row in con.execute(_TAKEN, (canonical_json([row[-1] for row in rows]),))}
    given: set[object] = set()
    for row in rows:
        number = row[-1]
        assert isinstance(number, int)
        while number in given or ((number in taken or number != row[-1]) and _is_taken(con, number)):
            number += 1
        given.add(number)
        yield (number, *row)


def _is_taken(con: sqlite3.Connection, number: int) -> bool:
    return con.execute("SELECT 1 FROM entry WHERE number = ?", (number,)).fetchone() is not None


def add_functions(con: sqlite3.Connection) -> None:
    """What migrations call to number what can be searched."""
    con.create_function("entry_forms", 2, lambda label, aliases: name_words(" ".join(_names(label, aliases))).forms)
    con.create_function("entry_standing", 4, lambda label, aliases, *of: standing(_names(label, aliases), *of))


def _names(label: str, aliases: str | None) -> list[str]:
    return [label, *json.loads(aliases or "[]")]
