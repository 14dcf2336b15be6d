"""The derived rows of the embedded store, as graph.derived read and write them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.decided.identity import EMPTY, Claim, canonical_json, plain_value
from graph.decided.joining import CHUNK, GroupKey, NodeRow
from graph.derived.derive import Numbers, ThingRow, attributes_text, said_once
from graph.derived.known import KnowsDecisions
from graph.derived.proof import Entry, entry_of
from graph.model import JOINING, Decision
from graph.questions.stamped import LOWER_HALF
from graph.store.sqlite.words import delete_entries, insert_entries, thing_entries
from graph.versions.reattach import Trace, is_known_by_place, trace_of

MANY = "IN (SELECT value FROM json_each(?))"
# Sources that say the same are summed in SQL: what is said of a thing is short however often it is said.
_SAID = "c.kind, c.label, c.aliases, c.attributes, c.merge_key"
_CLAIMS_OF_NODES = f"""
    SELECT c.node AS id, {_SAID}, sum(c.weight) AS weight FROM claim c WHERE c.node {MANY}
    GROUP BY c.node, {_SAID} ORDER BY c.node, {_SAID}"""
_CLAIMS_OF_THINGS = f"""
    SELECT n.canonical AS id, {_SAID}, sum(c.weight) AS weight FROM node n JOIN claim c ON c.node = n.id
    WHERE n.canonical {MANY} GROUP BY n.canonical, {_SAID} ORDER BY n.canonical, {_SAID}"""
_CLAIMS_SAID = f"""
    SELECT asked.id AS id, {_SAID}, sum(c.weight) AS weight FROM node asked
    JOIN thing t ON t.id = asked.canonical AND t.rejected = 0
    JOIN node n ON n.canonical = t.id JOIN claim c ON c.node = n.id
    WHERE asked.id {MANY} {{condition}} GROUP BY asked.id, {_SAID} ORDER BY asked.id, {_SAID}"""
_NUMBERS = f"""
    SELECT n.canonical, sum(c.weight), count(DISTINCT c.source), max(c.confidence)
    FROM node n JOIN claim c ON c.node = n.id
    WHERE n.canonical {MANY} GROUP BY n.canonical"""
_BORNE = f"SELECT DISTINCT n.canonical, b.decision FROM node n JOIN bearing b ON b.node = n.id WHERE n.canonical {MANY}"
_BEARING_ON = f"SELECT b.decision FROM bearing b JOIN decision d ON d.id = b.decision WHERE b.node {MANY}"
_TRACES = """
    SELECT m.node, c.kind, c.label, m.quote, m.source, m.start, m.end, s.format, p.place
    FROM source s JOIN claim c ON c.source = s.id AND c.kind = ?
    JOIN mention m ON m.node = c.node AND m.source = c.source JOIN passage p ON p.id = m.passage
    WHERE s.id = ? OR s.document = ?"""

_SPEAKING = f"node n CROSS JOIN claim c ON c.node = n.id WHERE n.canonical {MANY}"
# Drawn, not counted: a number is never given twice, whatever was restored, copied or taken off in between.
NEW_STAMP = "INSERT OR REPLACE INTO stamp SELECT id, random() FROM source WHERE id"
_NEW_LOWER_HALF = f"""
    INSERT OR REPLACE INTO stamp
    SELECT s.id, (ifnull(n.number, 0) & ~{LOWER_HALF}) | (random() & {LOWER_HALF})
    FROM source s LEFT JOIN stamp n ON n.source = s.id WHERE s.id"""

_TEXTS = "SELECT id, text FROM source WHERE id = ? OR document = ?"


def read_log(con: sqlite3.Connection) -> list[Decision]:
    """The log in order, states left out."""
    return [_decision_of(row) for row in con.execute("SELECT * FROM decision ORDER BY number")]


def _decision_of(row: sqlite3.Row) -> Decision:
    _, id_, kind, target, value, anchor, actor, at, reason = row
    return Decision(id_, kind, target, plain_value(value), plain_value(anchor), actor, at, reason)


class SQLiteRows(KnowsDecisions):
    """Rows and ProvableRows of graph.derived over one connection."""

    def __init__(self, con: sqlite3.Connection) -> None:
        super().__init__()
        self._con = con

    # --- nodes -------------------------------------------------------------------------------------------------------

    def nodes(self, ids: Sequence[str]) -> list[NodeRow]:
        return [_node_of(row) for row in self._asked(f"SELECT * FROM node WHERE id {MANY} ORDER BY id", ids)]

    def claims(self, ids: Sequence[str]) -> Mapping[str, list[Claim]]:
        return _grouped(self._asked(_CLAIMS_OF_NODES, ids))

    def put_nodes(self, ids: Sequence[str], rows: Sequence[NodeRow]) -> None:
        self._asked(f"DELETE FROM node WHERE id {MANY}", ids)
        self._con.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?)", [node_values(r) for r in rows])

    def groups(self, keys: Sequence[GroupKey]) -> Mapping[GroupKey, list[NodeRow]]:
        sql = "SELECT * FROM node WHERE kind = ? AND merge_key = ? AND merge_key <> '' ORDER BY id"
        found = {key: [_node_of(row) for row in self._con.execute(sql, key)] for key in keys}
        return {key: group for key, group in found.items() if group}

    def set_canonical(self, canonical: Mapping[str, str]) -> None:
        changes = [(right, id_) for id_, right in canonical.items()]
        self._con.executemany("UPDATE node SET canonical = ? WHERE id = ?", changes)

    # --- decisions ---------------------------------------------------------------------------------------------------

    def _read_decisions(self, ids: Sequence[str]) -> Iterator[tuple[int, Decision]]:
        sql = f"SELECT * FROM decision WHERE kind <> 'undo' AND id {MANY}"
        return ((row["number"], _decision_of(row)) for row in self._asked(sql, ids))

    def undone(self, ids: Sequence[str]) -> set[str]:
        return self._set(f"SELECT target FROM decision WHERE kind = 'undo' AND target {MANY}", ids)

    def concerning(self, keys: Sequence[str]) -> set[str]:
        return self._set(f"SELECT decision FROM naming WHERE key {MANY}", keys) | self._set(_BEARING_ON, keys)

    def joining(self, nodes: Sequence[str]) -> set[str]:
        return self._set(f"{_BEARING_ON} AND d.kind IN {tuple(map(str, JOINING))}", nodes)

    def traces(self, kind: str, source: str, document: str) -> list[Trace]:
        place = (source, document) if is_known_by_place(kind) else ("", "")
        texts = {row[0]: row[1] for row in self._con.execute(_TEXTS, place)}
        return [trace_of(tuple(row), texts) for row in self._con.execute(_TRACES, (kind, source, document))]

    def sources_of(self, documents: Sequence[str]) -> Mapping[str, int]:
        sql = f"SELECT document, count(*) FROM source WHERE document {MANY} GROUP BY document"
        return {row[0]: row[1] for row in self._asked(sql, documents)}

    def bearing(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        return _sets(self._asked(f"SELECT decision, node FROM bearing WHERE decision {MANY}", decisions))

    def put_bearing(self, bearing: Mapping[str, Collection[str]]) -> None:
        self._con.executemany("DELETE FROM bearing WHERE decision = ?", [(id_,) for id_ in bearing])
        rows = [(id_, node) for id_, nodes in bearing.items() for node in sorted(nodes)]
        self._con.executemany("INSERT INTO bearing VALUES (?, ?)", rows)

    # --- things ------------------------------------------------------------------------------------------------------

    def members(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._asked(f"SELECT canonical, id FROM node WHERE canonical {MANY} ORDER BY id", canonicals):
            out[row["canonical"]].append(row["id"])
        return out

    def claims_of_things(self, canonicals: Sequence[str]) -> Mapping[str, list[Claim]]:
        return _grouped(self._asked(_CLAIMS_OF_THINGS, canonicals))

    def numbers(self, canonicals: Sequence[str]) -> Mapping[str, Numbers]:
        return {row[0]: (row[1], row[2], row[3]) for row in self._asked(_NUMBERS, canonicals)}

    def borne(self, canonicals: Sequence[str]) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for row in self._asked(_BORNE, canonicals):
            out[row["decision"]].append(row["canonical"])
        return out

    def stamp(self, things: Sequence[str]) -> None:
        self._asked(f"{NEW_STAMP} IN (SELECT c.source FROM {_SPEAKING})", things)

    def stamp_members(self, things: Sequence[str]) -> None:
        self._asked(f"{_NEW_LOWER_HALF} IN (SELECT c.source FROM {_SPEAKING})", things)

    def put_things(self, ids: Sequence[str], rows: Sequence[ThingRow]) -> None:
        delete_entries(self._con, f"source IS NULL AND id {MANY}", (canonical_json(list(ids)),))
        self._asked(f"DELETE FROM thing WHERE id {MANY}", ids)
        self._con.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [thing_values(r) for r in rows]
        )
        insert_entries(self._con, thing_entries(rows))

    def drop(self, ids: Sequence[str]) -> None:
        """Take out nodes that stand alone, with all that is derived from them."""
        self._asked(f"DELETE FROM node WHERE id {MANY}", ids)
        # What bears on a node that comes back has to be seen as new, or nobody looks at it again.
        self._asked(f"DELETE FROM bearing WHERE node {MANY}", ids)
        self.put_things(ids, ())

    # --- for the proof -----------------------------------------------------------------------------------------------

    def log(self) -> list[Decision]:
        return read_log(self._con)

    def borne_decisions(self) -> set[str]:
        return {row[0] for row in self._con.execute("SELECT DISTINCT decision FROM bearing")}

    def keys_of(self, decisions: Sequence[str]) -> Mapping[str, set[str]]:
        return _sets(self._asked(f"SELECT decision, key FROM naming WHERE decision {MANY}", decisions))

    def node_ids(self, after: str) -> list[str]:
        return self._page("SELECT id FROM node UNION SELECT node FROM claim", after)

    def claimed(self, ids: Sequence[str]) -> Collection[str]:
        return [row[0] for row in self._asked(f"SELECT DISTINCT node FROM claim WHERE node {MANY}", ids)]

    def thing_ids(self, after: str) -> list[str]:
        every = "SELECT canonical AS id FROM node UNION SELECT id FROM thing UNION SELECT id FROM entry"
        return self._page(f"{every} WHERE source IS NULL", after)

    def stored_things(self, ids: Sequence[str]) -> Mapping[str, ThingRow]:
        return {row["id"]: _thing_of(row) for row in self._asked(f"SELECT * FROM thing WHERE id {MANY}", ids)}

    def stored_entries(self, ids: Sequence[str]) -> Mapping[str, Entry]:
        sql = f"""
            SELECT id, kind, label, folded, evidence, stems, forms, standing FROM entry
            WHERE source IS NULL AND id {MANY}"""
        return {row["id"]: tuple(row)[1:] for row in self._asked(sql, ids)}

    def entry(self, thing: ThingRow) -> Entry | None:
        return entry_of(thing)

    def _asked(self, sql: str, ids: Sequence[str]) -> sqlite3.Cursor:
        return self._con.execute(sql, (canonical_json(list(ids)),))

    def _set(self, sql: str, ids: Sequence[str]) -> set[str]:
        return {row[0] for row in self._asked(sql, ids)}

    def _page(self, every: str, after: str) -> list[str]:
        sql = f"SELECT id FROM ({every}) WHERE id > ? ORDER BY id LIMIT ?"
        return [row["id"] for row in self._con.execute(sql, (after, CHUNK))]


def _sets(rows: Iterable[sqlite3.Row]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for one, other in rows:
        out[one].add(other)
    return out


def claims_within(
    con: sqlite3.Connection, ids: Sequence[str], condition: str, values: Sequence[object]
) -> Mapping[str, list[Claim]]:
    """What is said of things, by the id that was asked, under a condition on the sources of the claims."""
    return _grouped(con.execute(_CLAIMS_SAID.format(condition=condition), (canonical_json(list(ids)), *values)))


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[str, list[Claim]]:
    return said_once((row["id"], _claim_of(row)) for row in rows)


def _claim_of(row: sqlite3.Row) -> Claim:
    aliases, attributes = tuple(plain_value(row["aliases"])), plain_value(row["attributes"])
    return Claim(row["id"], row["kind"], row["label"], aliases, attributes, row["merge_key"], row["weight"])


def _node_of(row: sqlite3.Row) -> NodeRow:
    return NodeRow(row["id"], row["kind"], row["merge_key"], row["canonical"], _exact(row["attributes"]))


def node_values(r: NodeRow) -> tuple[object, ...]:
    return (r.id, r.kind, r.merge_key, r.canonical, attributes_text(r.attributes))


def thing_values(r: ThingRow) -> tuple[object, ...]:
    return (
        *(r.id, r.kind, r.label, r.folded, canonical_json(r.aliases), attributes_text(r.attributes)),
        *(canonical_json(r.members), int(r.rejected), r.evidence, r.sources, r.confidence, r.version),
        int(r.confirmed),
    )


def _thing_of(row: sqlite3.Row) -> ThingRow:
    given = {name: row[name] for name in ("id", "kind", "label", "folded", "evidence", "sources", "confidence")}
    return ThingRow(
        **given,
        aliases=tuple(_exact(row["aliases"])),
        attributes=_exact(row["attributes"]),
        members=tuple(_exact(row["members"])),
        rejected=bool(row["rejected"]),
        confirmed=bool(row["confirmed"]),
        version=row["version"],
        stems="",
        forms="",
    )


def _exact(text: str) -> Any:
    """The value of a stored JSON text. Raises ValueError where it is not spelled as it was written."""
    value = plain_value(text)
    if text not in EMPTY and canonical_json(value) != text:
        raise ValueError(f"not as it was written: {text[:60]!r}")
    return value
