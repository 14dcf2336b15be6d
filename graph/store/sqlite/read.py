"""Things, their evidence, sources and their passages, as the embedded store answers them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.decided.identity import Claim, canonical_json, plain_value
from graph.model import Filter, Fragment, Mention, Passage, Source, SourceInfo, Thing
from graph.questions.having import having, written
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import SQLiteBase, confirmed_sql, filter_sql, numbered
from graph.store.sqlite.exceptions import BY_SOURCE, COUNTED, TOLD, every_kind
from graph.store.sqlite.rows import claims_within
from graph.store.sqlite.stored import passage_of, source_of, stored_source
from graph.store.sqlite.write import source_id

THING = ", ".join(
    f"{{0}}{column}"
    for column in "id kind label aliases attributes members evidence sources confidence version confirmed".split()
)
_ORDER = "ORDER BY sources DESC, evidence DESC, folded, id LIMIT ? OFFSET ?"


class ReadVerbs(SQLiteBase):
    def get(self, thing: str) -> Thing | None:
        """See Store.get."""
        return self.things([thing]).get(thing)

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        """See Store.things."""
        sql = """
            SELECT n.id, {columns} FROM json_each(?) j JOIN node n ON n.id = j.value
            JOIN thing t ON t.id = n.canonical AND t.rejected = 0"""
        with self._reading() as con:
            asked = canonical_json(list(dict.fromkeys(ids)))
            found = con.execute(sql.format(columns=THING.format("t.")), (asked,))
            return {id_: thing_of(row) for id_, *row in found}

    def rows(
        self,
        kinds: Sequence[str],
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        offset: int = 0,
        min_evidence: int = 0,
        attribute: tuple[str, str] | None = None,
    ) -> list[Thing]:
        """See Store.rows."""
        sql, values = rows_sql(kinds, where, min_evidence)
        asked, values = f"SELECT {THING.format('')} FROM ({sql}) {_ORDER}", [*values, limit, offset]
        if attribute:
            asked, values = f"SELECT * FROM ({asked}) WHERE instr(attributes, ?)", [*values, written(*attribute)]
        with self._reading() as con:
            found = [thing_of(row) for row in con.execute(asked, values)]
        return having(found, attribute)

    def names(self, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, tuple[str, ...]]]:
        """See Store.names."""
        sql, values = rows_sql(kinds, NO_FILTER, 0)
        with self._reading() as con:
            found = con.execute(f"SELECT id, label, aliases FROM ({sql}) {_ORDER}", (*values, limit, 0))
            return [(id_, label, tuple(plain_value(aliases))) for id_, label, aliases in found]

    def count_rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, *, min_evidence: int = 0) -> int:
        """See Store.count_rows."""
        condition, within = filter_sql(where, "s.id")
        if condition and not where.confirmed and min_evidence < 1:
            asked = canonical_json(list(dict.fromkeys(kinds)))
            sql, values = COUNTED.format(condition=condition), [asked, *within, *within]
        else:
            found, values = rows_sql(kinds, where, min_evidence)
            sql = f"SELECT count(*) FROM ({found})"
        with self._reading() as con:
            return int(con.execute(sql, values).fetchone()[0])

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        """See Store.evidence."""
        condition, values = filter_sql(where, "m.source")
        sql = f"""
            SELECT n.canonical, m.* FROM node asked JOIN thing t ON t.id = asked.canonical AND t.rejected = 0
            JOIN node n ON n.canonical = t.id JOIN mention m ON m.node = n.id JOIN source s ON s.id = m.source
            WHERE asked.id = ? {condition} ORDER BY s.date, s.id, m.start, m.end, m.node LIMIT ?"""
        with self._reading() as con:
            return [mention_of(row) for row in con.execute(sql, (thing, *values, limit))]

    def sentences(self, thing: str, where: Filter = NO_FILTER) -> dict[str, int]:
        """See Store.sentences; claims tell it, which are fewer."""
        condition, values = filter_sql(where, "c.source")
        sql = f"""
            SELECT c.source, sum(c.weight) FROM node asked JOIN thing t ON t.id = asked.canonical AND t.rejected = 0
            JOIN node n ON n.canonical = t.id JOIN claim c ON c.node = n.id
            WHERE asked.id = ? {condition} GROUP BY c.source"""
        with self._reading() as con:
            return dict(con.execute(sql, (thing, *values)).fetchall())

    def claims(self, ids: Iterable[str], where: Filter = NO_FILTER) -> Mapping[str, list[Claim]]:
        """See Store.claims."""
        condition, values = filter_sql(where, "c.source")
        with self._reading() as con:
            return claims_within(con, list(dict.fromkeys(ids)), condition, values)

    # --- sources -----------------------------------------------------------------------------------------------------

    def sources(self, where: Filter = NO_FILTER) -> list[SourceInfo]:
        """See Store.sources; by date, then name, then id."""
        condition, values = filter_sql(where, "s.id")
        sql = f"""
            SELECT s.id, s.document, s.name, s.title, s.format, s.language, s.sha256, s.meeting, s.date, s.place,
              s.visibility, s.chars, s.ledger, s.imported_by, s.imported_at, s.digest,
              (SELECT count(*) FROM passage p WHERE p.source = s.id) AS passages
            FROM source s WHERE 1 {condition} ORDER BY s.date, s.name, s.id"""
        with self._reading() as con:
            found = con.execute(sql, values).fetchall()
            counts = _counts_by_source(con, [row["id"] for row in found])
        return [_info_of(row, counts.get(row["id"], {})) for row in found]

    def source(self, source: str) -> Source:
        """See Store.source."""
        with self._reading() as con:
            row = con.execute("SELECT * FROM source WHERE id = ?", (source_id(con, source),)).fetchone()
        return source_of(row)

    def fragment(self, source: str) -> Fragment:
        """See Store.fragment."""
        with self._reading() as con:
            return stored_source(con, source_id(con, source)).fragment()

    def passages(self, source: str) -> list[Passage]:
        """See Store.passages."""
        sql = "SELECT * FROM passage WHERE source = ? ORDER BY position, id"
        with self._reading() as con:
            return [passage_of(row) for row in con.execute(sql, (source_id(con, source),))]

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        """See Store.passage."""
        with self._reading() as con:
            row = con.execute("SELECT * FROM passage WHERE id = ?", (passage,)).fetchone()
        return (row["source"], passage_of(row)) if row else None

    def mentions(self, source: str) -> list[Mention]:
        """See Store.mentions."""
        sql = """
            SELECT n.canonical, m.* FROM mention m JOIN node n ON n.id = m.node
            JOIN thing t ON t.id = n.canonical AND t.rejected = 0
            WHERE m.source = ? ORDER BY m.start, m.end DESC, n.canonical, m.node"""
        with self._reading() as con:
            return [mention_of(row) for row in con.execute(sql, (source_id(con, source),))]


def rows_sql(kinds: Sequence[str], where: Filter, min_evidence: int) -> tuple[str, list[object]]:
    """Rows of things of these kinds within the filter, counts included, and the parameters of the statement."""
    names = canonical_json(list(dict.fromkeys(kinds)))
    values = filter_sql(where, "c.source")[1]
    if not values:
        sql = f"""
            SELECT t.* FROM thing t WHERE t.kind IN (SELECT value FROM json_each(?)) AND t.rejected = 0
              AND t.evidence >= ? {confirmed_sql(where, "t")}"""
        return sql, [names, min_evidence]
    of_source, of_claim = (numbered(filter_sql(where, column)[0], 2) for column in ("s.id", "c.source"))
    sql = f"""
        SELECT t.id, t.kind, t.label, t.folded, t.aliases, t.attributes, t.members, t.version, t.confirmed,
          y.evidence, y.sources, y.confidence
        FROM ({TOLD.format(of_source=of_source, of_claim=of_claim)}) y CROSS JOIN thing t ON t.id = y.id
        WHERE y.evidence >= ?{2 + len(values)} {confirmed_sql(where, "t")}"""
    return sql, [names, *values, min_evidence]


def _counts_by_source(con: sqlite3.Connection, sources: list[str]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = defaultdict(dict)
    for row in con.execute(BY_SOURCE, (every_kind(), canonical_json(sources))):
        out[row["source"]][row["kind"]] = row["n"]
    return out


def thing_of(row: Iterable[Any]) -> Thing:
    """From the columns THING, by place: to look each up by its name takes as long as to make the thing."""
    id_, kind, label, aliases, attributes, members, evidence, sources, confidence, version, confirmed = row
    return Thing(
        id_, kind, label, tuple(plain_value(aliases)), plain_value(attributes), _members(id_, members),
        evidence, sources, confidence, version, bool(confirmed),
    )  # fmt: skip


def _members(id_: str, text: str) -> tuple[str, ...]:
    """Most things are one node alone, and need no decoder."""
    return (id_,) if text == f'["{id_}"]' else tuple(json.loads(text))


def mention_of(row: sqlite3.Row) -> Mention:
    return Mention(
        node=row["canonical"],
        source=row["source"],
        passage=row["passage"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        rule=row["rule"],
        confidence=row["confidence"],
    )


def _info_of(row: sqlite3.Row, counts: Mapping[str, int]) -> SourceInfo:
    names = ("id", "document", "name", "title", "format", "language", "sha256", "meeting", "date", "place")
    more = ("visibility", "chars", "passages", "imported_by", "imported_at", "digest")
    given = {name: row[name] for name in (*names, *more)}
    return SourceInfo(**given, counts=counts, ledger=json.loads(row["ledger"]))
