"""The record of corrections as people read it: the history of a thing, the whole log as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from graph.decided.identity import canonical_json
from graph.decided.overlay import asked_ids
from graph.errors import OutputRefused
from graph.export.cells import safe_cell
from graph.model import Decision, DecisionKind, Thing
from graph.questions.answers import find
from graph.store.base import Store

_SENTENCES = 500  # of a thing whose members are told apart
COLUMNS = ("id", "at", "actor", "kind", "about", "value", "reason", "state", "target")


def history(store: Store, asked: str) -> list[Decision]:
    """What was decided about a thing (id or label), undos included, oldest first; about a rejected one by its id.

    Raises NotFound where nothing in the graph or in the log answers to it.
    """
    log = store.decisions()
    named = {id_ for d in log if d.kind != DecisionKind.UNDO for id_ in asked_ids(d)}
    present = store.get(asked)
    if present is None and asked not in named:
        present = find(store, asked)
    ids = {asked, *(present.members if present else ())}
    own = {d.id for d in log if d.kind != DecisionKind.UNDO and not ids.isdisjoint(asked_ids(d))}
    return [d for d in log if d.id in own or (d.kind == DecisionKind.UNDO and d.target in own)]


def members(store: Store, thing: Thing) -> dict[str, tuple[str, str]]:
    """What each member of a merged thing is called and where: (its label in a source, the name of that source)."""
    found: dict[str, tuple[str, str]] = {}
    for source in dict.fromkeys(mention.source for mention in store.evidence(thing.id, limit=_SENTENCES)):
        fragment = store.fragment(source)
        for node in fragment.nodes:
            if node.id in thing.members:
                found.setdefault(node.id, (node.label, fragment.source.title or fragment.source.name))
    return found


def log_rows(log: Iterable[Decision]) -> list[tuple[str, ...]]:
    """The log as rows under COLUMNS."""
    return [
        (
            *(d.id, d.at, d.actor, str(d.kind), str(d.anchor.get("label") or ""), canonical_json(dict(d.value))),
            *(d.reason, d.state, d.target),
        )
        for d in log
    ]


def write_log(path: Path, log: Iterable[Decision]) -> None:
    """Write the log as CSV (UTF-8 with a mark, as spreadsheets expect). Raises OutputRefused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(cell) for cell in row] for row in log_rows(log))
    try:
        path.write_bytes(out.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise OutputRefused(path.name, error.strerror or "cannot be written") from None
