"""Questions that were kept: a page with its parameters, and the digest of the corpus when it was asked.

They are kept in one row of the store, beside those of imports, under an id of their own: forgetting a person masks
them as it masks any row, and a copy of the store leaves them where they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from graph.errors import DecisionError
from graph.model import Actor, Job
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


def queries(store: Store) -> list[Query]:
    """Those of the store, the latest first."""
    row = store.job(KEPT)
    found = row.options.get("queries", []) if row else []
    return [Query(**one) for one in reversed(found)]


def save(store: Store, actor: Actor, name: str, page: str, params: Mapping[str, str]) -> Query:
    """Keep a question under a name. Raises DecisionError for an empty name, or when there are too many."""
    named = " ".join(name.split())[:LONGEST_NAME]
    if not named:
        raise DecisionError("a question is kept under a name")
    found = queries(store)[::-1]
    if len(found) >= MOST:
        raise DecisionError(f"{MOST} questions are kept already: delete one first")
    given = {key: value[:LONGEST_VALUE] for key, value in params.items() if value}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    query = Query(uuid.uuid4().hex, named, page, given, short_digest(store), actor.name, now)
    _write(store, actor, [*found, query])
    return query


def delete(store: Store, actor: Actor, query: str) -> None:
    """Keep a question no more; nothing happens where there is none with this id."""
    _write(store, actor, [one for one in queries(store)[::-1] if one.id != query])


def _write(store: Store, actor: Actor, found: Sequence[Query]) -> None:
    # `created` is empty so that the row comes after every import where these are listed.
    options = {"queries": [asdict(query) for query in found]}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    store.save_job(Job(KEPT, "done", (), options, actor.name, "", now))
