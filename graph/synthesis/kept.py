"""An edited synthesis, kept as a note (graph.notes) with who edited it and when.

Removing a source leaves it. An edit carries the version it saw: who comes second is told, and loses nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import notes
from graph.actions import allow
from graph.errors import DecisionError, Stale
from graph.model import Actor, Job
from graph.store.base import Store
from graph.synthesis.lines import LONGEST_TEXT, MOST_LINES, Line, digests, from_text


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of an edited synthesis; `version` grows by one with each edit.

    `given` are the digests of the lines that the graph gave when it was edited, this time or before.
    """

    text: str
    actor: str
    at: str
    version: int
    given: frozenset[str] = frozenset()


def kept(store: Store, scope: str) -> Kept | None:
    """The edit of the synthesis of `scope` (what it is about, and the language), or None."""
    row = store.job(_id(scope))
    if row is None or not row.options.get("text"):
        return None
    return _kept(row)


def _kept(row: Job) -> Kept:
    given = frozenset(map(str, row.options.get("given", ())))
    return Kept(str(row.options["text"]), row.actor, row.updated, notes.version(row), given)


def keep(
    store: Store,
    actor: Actor,
    scope: str,
    text: str,
    seen: int = 0,
    sources: Sequence[str] = (),
    made: Iterable[Line] = (),
) -> Kept:
    """Keep an edit; an empty text goes back to what the graph gives.

    `sources` are those that it is made of: others than facilitators read it once all of them are published. `made` are
    its lines as the graph gives them: what stays of them in the text is nobody's writing, later too.
    Raises PermissionDenied, DecisionError for a text too long, Stale when someone edited since version `seen`.
    """
    allow(actor, "edit a synthesis")
    if len(text) > LONGEST_TEXT:
        raise DecisionError(f"a synthesis has {LONGEST_TEXT} characters at most")
    if len(text.splitlines()) > MOST_LINES:
        raise DecisionError(f"a synthesis has {MOST_LINES} lines at most")
    former = store.job(_id(scope))
    given = digests(made) | (_kept(former).given if former else frozenset())
    options = {
        "note": "synthesis", "scope": scope, "text": text, "sources": list(sources),
        "former": notes.replacing(former), "given": sorted(given & digests(from_text(text))),
    }  # fmt: skip
    try:
        row = notes.write(store, actor, _id(scope), options, seen)
    except Stale:
        raise Stale("this synthesis was edited by someone else since you opened it") from None
    return _kept(row)


def _id(scope: str) -> str:
    return f"note-{hashlib.blake2b(scope.encode('utf-8', 'surrogatepass'), digest_size=10).hexdigest()}"
