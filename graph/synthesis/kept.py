"""An edited synthesis, kept in the store with who edited it and when.

It is nothing that a document says, so it is no node and no decision about one; it is a note of a person, kept as a row
of its own beside those of the imports. Forgetting a person masks it like these, and removing a source leaves it. An
edit carries the version it saw: who comes second is told, and loses nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.errors import DecisionError, PermissionDenied, Stale
from graph.model import Actor, Job, Role
from graph.store.base import Store
from graph.synthesis.lines import LONGEST_TEXT

NOTE = "note"  # the state of such a row
_NEVER = ""  # made before any import: a list of the latest imports holds no note


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of an edited synthesis; `version` grows by one with each edit."""

    text: str
    actor: str
    at: str
    version: int


def kept(store: Store, scope: str) -> Kept | None:
    """The edit of the synthesis of `scope` (what it is about, and the language), or None."""
    row = store.job(_id(scope))
    if row is None or not row.options.get("text"):
        return None
    return Kept(str(row.options["text"]), row.actor, row.updated, int(row.options.get("version", 0)))


def keep(store: Store, actor: Actor, scope: str, text: str, seen: int = 0) -> Kept:
    """Keep an edit; an empty text goes back to what the graph gives.

    Raises PermissionDenied, DecisionError for a text too long, Stale when someone edited since version `seen`.
    """
    if actor.role != Role.FACILITATOR:
        raise PermissionDenied(f"only a facilitator may edit a synthesis; the role here is {actor.role}")
    if len(text) > LONGEST_TEXT:
        raise DecisionError(f"a synthesis has {LONGEST_TEXT} characters at most")
    row = store.job(_id(scope))
    version = int(row.options.get("version", 0)) if row else 0
    if version != seen:
        raise Stale("this synthesis was edited by someone else since you opened it")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    options = {"note": "synthesis", "scope": scope, "text": text, "version": version + 1}
    store.save_job(Job(_id(scope), NOTE, (), options, actor.name, _NEVER, now))
    return Kept(text, actor.name, now, version + 1)


def _id(scope: str) -> str:
    return f"note-{hashlib.blake2b(scope.encode('utf-8', 'surrogatepass'), digest_size=10).hexdigest()}"
