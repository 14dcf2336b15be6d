"""One source of the embedded store read back whole: its text, its passages and all that it states."""

from __future__ import annotations

import json
import sqlite3
import zlib

from graph.decided.identity import Claim, plain_value
from graph.derived.prepare import Placed, PreparedRelation
from graph.derived.stored import StoredSource
from graph.model import Evidence, Passage, Source, Visibility


def passage_of(row: sqlite3.Row) -> Passage:
    return Passage(
        id=row["id"],
        order=row["position"],
        kind=row["kind"],
        start=row["start"],
        end=row["end"],
        label=row["label"],
        level=row["level"],
        parent=row["parent"],
        place=row["place"],
        parent_confidence=row["parent_confidence"],
        attributes=plain_value(row["attributes"]),
    )


def source_of(row: sqlite3.Row) -> Source:
    return Source(
        id=row["id"], document=row["document"], name=row["name"], sha256=row["sha256"], format=row["format"],
        text=row["text"], data=zlib.decompress(row["data"]), title=row["title"], language=row["language"],
        reader=row["reader"], options=json.loads(row["options"]), meeting=row["meeting"], date=row["date"],
        place=row["place"], visibility=Visibility(row["visibility"]), ledger=json.loads(row["ledger"]),
    )  # fmt: skip


def stored_source(con: sqlite3.Connection, source: str) -> StoredSource:
    """All that one source brought, read back; `source` is a full id that is there."""
    row = con.execute("SELECT * FROM source WHERE id = ?", (source,)).fetchone()
    claims = _claims(con, source)
    return StoredSource(
        source=source_of(row),
        passages=[passage_of(p) for p in con.execute(_PASSAGES, (source,))],
        claims=claims,
        mentions={claim.node: _placed(con.execute(_MENTIONS, (claim.node, source))) for claim in claims},
        relations=_relations(con, source),
        digest=row["digest"],
        text_hash=row["text_hash"],
        chars=row["chars"],
    )


_PASSAGES = "SELECT * FROM passage WHERE source = ? ORDER BY position, id"
_MENTIONS = "SELECT * FROM mention WHERE node = ? AND source = ? ORDER BY start, end"


def _claims(con: sqlite3.Connection, source: str) -> list[Claim]:
    return [
        Claim(
            row["node"],
            row["kind"],
            row["label"],
            tuple(json.loads(row["aliases"])),
            json.loads(row["attributes"]),
            row["merge_key"],
            row["weight"],
            row["confidence"],
        )
        for row in con.execute("SELECT * FROM claim WHERE source = ? ORDER BY node", (source,))
    ]


def _relations(con: sqlite3.Connection, source: str) -> list[PreparedRelation]:
    spans = """SELECT * FROM relation_span WHERE from_id = ? AND type = ? AND to_id = ? AND source = ?
               ORDER BY start, end"""
    out = []
    for row in con.execute("SELECT * FROM relation WHERE source = ? ORDER BY from_id, type, to_id", (source,)):
        ends = (row["from_id"], row["type"], row["to_id"])
        out.append(PreparedRelation(*ends, json.loads(row["attributes"]), _placed(con.execute(spans, (*ends, source)))))
    return out


def _placed(rows: sqlite3.Cursor) -> tuple[Placed, ...]:
    return tuple(
        Placed(r["passage"], Evidence(r["start"], r["end"], r["quote"], r["rule"], r["confidence"])) for r in rows
    )
