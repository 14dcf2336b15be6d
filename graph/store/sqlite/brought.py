"""What a fragment brings to the embedded store: its rows, and how they are written."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection

from graph.decided.identity import canonical_json
from graph.derived.derive import said_first
from graph.derived.linking import label_of
from graph.derived.prepare import Prepared, text_hash
from graph.model import Actor, Passage
from graph.store.change import utc_now
from graph.store.sqlite.rows import node_values, thing_values
from graph.store.sqlite.words import insert_entries, passage_entries, thing_entries


class Brought:
    """The rows of a fragment, ready for executemany."""

    def __init__(self, ready: Prepared) -> None:
        self.ready = ready
        source = ready.source.id
        self.passages = [_passage_row(source, p) for p in ready.passages]
        self.claims = [
            (
                c.node,
                source,
                c.kind,
                c.label,
                canonical_json(c.aliases),
                canonical_json(dict(c.attributes)),
                c.merge_key,
                c.weight,
                c.confidence,
            )
            for c in ready.claims
        ]
        self.mentions = [
            (node, source, e.start, e.end, p.passage, e.confidence, e.rule, e.quote)
            for node, placed in ready.mentions.items()
            for p in placed
            for e in (p.evidence,)
        ]
        self.relations = [
            (
                r.from_id,
                r.type,
                r.to_id,
                source,
                label_of(r.attributes),
                canonical_json(dict(r.attributes)),
            )
            for r in ready.relations
        ]
        self.spans = [
            (r.from_id, r.type, r.to_id, source, e.start, e.end, p.passage, e.confidence, e.rule, e.quote)
            for r in ready.relations
            for p in r.spans
            for e in (p.evidence,)
        ]
        self.entries = passage_entries(source, ready.passages, ready.mentions)
        # Most nodes are new and stand alone: written whole at once, they need no second look.
        self.first = {c.node: said_first(c) for c in ready.claims if not c.merge_key}
        self.data = zlib.compress(ready.source.data, 6)

    def insert(self, con: sqlite3.Connection, visibility: str, actor: Actor, first: Collection[str]) -> None:
        """Write all of it; nodes of which this is the `first` that is said are written with what is derived."""
        s = self.ready.source
        nodes, things = zip(*(self.first[id_] for id_ in sorted(first)), strict=True) if first else ((), ())
        con.execute(
            f"INSERT INTO source VALUES ({_marks(21)})",
            (
                *(s.id, s.document, s.name, s.sha256, s.format, s.title, s.language, s.reader),
                *(canonical_json(dict(s.options)), s.meeting, s.date, s.place, visibility),
                *(canonical_json(dict(s.ledger)), self.ready.digest, len(s.text), text_hash(s.text)),
                *(actor.name, utc_now(), s.text, self.data),
            ),
        )
        for table, rows in (
            ("passage", self.passages),
            ("claim", self.claims),
            ("mention", self.mentions),
            ("relation", self.relations),
            ("relation_span", self.spans),
            ("node", [node_values(node) for node in nodes]),
            ("thing", [thing_values(thing) for thing in things]),
        ):
            if rows:
                con.executemany(f"INSERT INTO {table} VALUES ({_marks(len(rows[0]))})", rows)
        insert_entries(con, [*self.entries, *thing_entries(things)])


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _passage_row(source: str, p: Passage) -> tuple[object, ...]:
    return (
        *(p.id, source, p.order, p.kind, p.start, p.end, p.label, p.level, p.parent, p.place, p.parent_confidence),
        canonical_json(dict(p.attributes)),
    )
