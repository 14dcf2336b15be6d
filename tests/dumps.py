"""The whole graph as comparable data, through the store's own verbs or, for SQLite, table by table."""

from __future__ import annotations

import sqlite3
from typing import Any

from graph.store.base import Store
from ontology import load

# Who imported when, and the log with what it counts, are not the graph.
LEFT_OUT = {
    "source": {"imported_by", "imported_at"}, "thing": {"version"}, "entry": {"number"}, "linked": {"number"}
}  # fmt: skip
GRAPH_TABLES = (
    "source",
    "passage",
    "claim",
    "mention",
    "relation",
    "relation_span",
    "node",
    "thing",
    "entry",
    "linked",
)
LINKS = """
    SELECT o.thing, p.thing, l.passages, l.tally
    FROM link l JOIN linked o ON o.number = l.a JOIN linked p ON p.number = l.b ORDER BY 1, 2"""


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that makes the graph, sorted; what the index itself holds is proven by verify."""
    with sqlite3.connect(store.path) as con:  # type: ignore[attr-defined]
        found = {table: sorted(_rows(con, table), key=repr) for table in GRAPH_TABLES}
        return found | {"link": con.execute(LINKS).fetchall()}


def _rows(con: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    names = [row[1] for row in con.execute(f"PRAGMA table_info({table})")]
    kept = [name for name in names if name not in LEFT_OUT.get(table, set())]
    return con.execute(f'SELECT {", ".join(chr(34) + n + chr(34) for n in kept)} FROM "{table}"').fetchall()


def answers(store: Store) -> dict[str, Any]:
    """All that the verbs say of the graph; what two stores of any kind must agree on."""
    kinds = [kind for kind, spec in load().kinds.items() if spec.role != "text"]
    things = store.rows(kinds, limit=100_000)
    ids = [thing.id for thing in things]
    found: dict[str, Any] = {
        "counts": {name: n for name, n in store.counts().items() if name != "decisions"},
        "things": [(t.id, t.kind, t.label, t.aliases, dict(t.attributes), t.members) for t in things],
        "numbers": [(t.evidence_count, t.source_count, t.confidence) for t in things],
        "links": store.links(ids),
        "degrees": store.degrees(ids),
        "neighbours": {id_: store.neighbours(id_) for id_ in ids},
        "evidence": {id_: store.evidence(id_, limit=1000) for id_ in ids},
        "doubtful": store.doubtful(kinds),
        "unplaced": store.unplaced(),
        "linked": store.linked(ids, kinds),
        "unread": store.unread(),
    }
    for info in store.sources():
        found[info.id] = (
            [getattr(info, n) for n in info.__slots__ if not n.startswith("imported")],
            store.source(info.id),
            store.passages(info.id),
            store.mentions(info.id),
        )
    return found
