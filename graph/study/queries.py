"""Questions that were kept: a page with its parameters, and the digest of the corpus when it was asked.

They are one note of the store (graph.notes): who keeps a question at the same instant as another loses nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from graph import notes
from graph.errors import DecisionError, PermissionDenied
from graph.model import Actor, Role
from graph.persons.visible import seen_by
from graph.store.base import Store
from graph.study.corpus import short_digest

KEPT = "study-queries"  # the id of the row
MOST = 200
LONGEST_NAME = 120
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its name, the page and the parameters that ask it again, the digest it was asked of, who and when."""

    id: str
    name: str
    page: str
    params: Mapping[str, str]
    digest: str
    actor: str
    at: str
    role: str = Role.FACILITATOR


def queries(store: Store, actor: Actor) -> list[Query]:
    """Those that the actor may read, the latest first: all for facilitators, those of their like for researchers.

    `store` is the whole one, whatever the role.
    """
    row = store.job(KEPT)
    found = [Query(**one) for one in reversed(row.options.get("queries", []) if row else [])]
    return [query for query in found if _may_meet(actor, query)]


def _may_meet(actor: Actor, query: Query) -> bool:
    own = actor.role == Role.RESEARCHER and query.role == Role.RESEARCHER
    return own or actor.role == Role.FACILITATOR


def save(store: Store, actor: Actor, name: str, page: str, params: Mapping[str, str]) -> Query:
    """Keep a question under a name.

    Raises PermissionDenied for participants, DecisionError for an empty name, or when there are too many.
    """
    _allow(actor)
    named = " ".join(name.split())[:LONGEST_NAME]
    if not named:
        raise DecisionError("a question is kept under a name")
    given = {key: value[:LONGEST_VALUE] for key, value in params.items() if value}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    digest = short_digest(seen_by(store, actor), store)
    query = Query(uuid.uuid4().hex, named, page, given, digest, actor.name, now, actor.role)

    def more(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(found) >= MOST:
            raise DecisionError(f"{MOST} questions are kept already: delete one first")
        return [*found, asdict(query)]

    _change(store, actor, more)
    return query


def delete(store: Store, actor: Actor, query: str) -> None:
    """Keep a question no more; nothing happens where there is none with this id. Raises PermissionDenied."""
    _allow(actor)
    if query in {one.id for one in queries(store, actor)}:
        _change(store, actor, lambda found: [one for one in found if one["id"] != query])


def _allow(actor: Actor) -> None:
    if actor.role not in (Role.FACILITATOR, Role.RESEARCHER):
        raise PermissionDenied(f"only facilitators and researchers keep questions; the role here is {actor.role}")


def _change(store: Store, actor: Actor, make: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    notes.change(store, actor, KEPT, lambda options: {"queries": make(list(options.get("queries", ())))})
