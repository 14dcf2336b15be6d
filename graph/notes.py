"""What people keep in a store beside the graph: kept questions, edited syntheses, changed types of initiatives.

A note is nothing that a document says, so it is no node and no decision about one: it is a row of its own beside those
of imports, with a version. A note is written over the version that was read, or not at all; it goes along when a graph
is copied, and forgetting a person masks it, now and in whatever is kept later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from graph.errors import Stale
from graph.model import Actor, Job
from graph.store.base import Store

NOTE = "note"  # the state of such a row
_NEVER = ""  # made before any import: a list of the latest imports holds no note
_EVERY_ROW = 1_000_000
_TRIES = 50  # of a change that others come before
_MOST_FORMER = 500  # texts whose digest is remembered
_LISTS = ("queries", "changes")  # notes that are records with an id and a time: those of two stores are joined

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing notes to another store did: `new` were added or renewed, `left` differ from those that stay."""

    new: int
    left: int


def version(note: Job | None) -> int:
    """How many times it was written; 0 where there is none."""
    return int(note.options.get("version", 0)) if note else 0


def about(note: Job) -> tuple[str, ...]:
    """The sources that a note is made of, where it says so; empty for what is no note."""
    return tuple(note.options.get("sources", ())) if note.state == NOTE else ()


def write(store: Store, actor: Actor, note: str, options: Options, seen: int) -> Job:
    """Write a note over version `seen` of it, without forgotten names. Raises Stale when someone wrote since."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = store.masker().job(Job(note, NOTE, (), {**options, "version": seen + 1}, actor.name, _NEVER, now))
    store.save_job(row, seen=seen)
    return row


def change(store: Store, actor: Actor, note: str, make: Callable[[Options], Options]) -> None:
    """Write what `make` gives for what is there, and again where someone came before: for changes that can all stand.

    Raises Stale when others never cease to come before.
    """
    for _ in range(_TRIES):
        row = store.job(note)
        made = make(row.options if row else {})  # what it refuses, even as Stale, is not tried again
        try:
            write(store, actor, note, made, version(row))
        except Stale:
            continue
        return
    raise Stale(f"{note} is written to by others again and again: try later")


def notes(store: Store) -> list[Job]:
    """All of them, by id."""
    return sorted((row for row in store.jobs(_EVERY_ROW) if _is_note(row)), key=lambda row: row.id)


def _is_note(row: Job) -> bool:
    return row.state == NOTE or "queries" in row.options  # before, kept questions bore another state


# --- from one store to another ---------------------------------------------------------------------------------------


def digest(text: str) -> str:
    """What tells a former text from any other."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def replacing(row: Job | None) -> list[str]:
    """The digests of the texts that a new text comes after: those before the present one, and this one."""
    if row is None:
        return []
    return [*row.options.get("former", ()), digest(str(row.options.get("text", "")))][-_MOST_FORMER:]


def bring(one: Store, other: Store) -> Brought:
    """Write the notes of `one` to `other`: records beside those that are there, a text over one that it was made of.

    Of two texts edited apart, the one of `other` stays and is counted. Doing it twice changes nothing.
    """
    new = left = 0
    for note in notes(one):
        there = other.job(note.id)
        options = _joined(note.options, there.options if there else None)
        if options is None:
            left += 1
        elif there is None or options != there.options:
            row = replace(note, state=NOTE, options={**options, "version": version(there) + 1 if there else 1})
            other.save_job(other.masker().job(row), seen=version(there))
            new += 1
    return Brought(new, left)


def _joined(mine: Options, theirs: Options | None) -> Options | None:
    """What the other store is to hold; None where two texts were edited apart."""
    if theirs is None:
        return mine
    for listed in _LISTS:
        if listed in mine:
            there = theirs.get(listed, ())
            known = {record["id"] for record in there}
            new = [record for record in mine[listed] if record["id"] not in known]
            return {**theirs, listed: sorted((*there, *new), key=lambda record: str(record["at"]))}
    own, other = digest(str(mine.get("text", ""))), digest(str(theirs.get("text", "")))
    if own == other or own in theirs.get("former", ()):
        return theirs
    return mine if other in mine.get("former", ()) else None
