"""What the embedded store notes down: the log of corrections, and who changed what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from graph.decided.identity import canonical_json
from graph.decided.overlay import keys
from graph.model import Decision, DecisionKind
from graph.persons.forgetting import Masker
from graph.persons.spellings import Variant
from graph.store.change import Act, utc_now
from graph.store.sqlite.rows import MANY

_KEPT = (
    "CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
)
_INSERT = "INSERT INTO decision(id, kind, target, value, anchor, actor, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_REPLACE = """
    UPDATE decision SET id = ?1, kind = ?2, target = ?3, value = ?4, anchor = ?5, actor = ?6, at = ?7, reason = ?8
    WHERE id = ?1"""
_VERSIONS = f"""
    SELECT n.id, t.id AS canonical, t.version FROM node n JOIN thing t ON t.id = n.canonical AND t.rejected = 0
    WHERE n.id {MANY}"""


class Log:
    """The logs inside one transaction."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con
        self._masker: Masker | None = None

    def masker(self) -> Masker:
        if self._masker is None:
            found = self._con.execute("SELECT digest, key, letters FROM forgotten")
            self._masker = Masker([Variant(*row) for row in found])
        return self._masker

    def remember(self, variants: Iterable[Variant]) -> None:
        rows = [(v.digest, v.key, v.letters) for v in variants]
        self._con.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?)", rows)
        self._masker = None

    def decided(self) -> bool:
        return bool(self._con.execute("SELECT 1 FROM decision LIMIT 1").fetchone())

    def logged(self, decisions: Sequence[str]) -> set[str]:
        return {row["id"] for row in self._asked(f"SELECT id FROM decision WHERE id {MANY}", decisions)}

    def versions(self, nodes: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        return {row["id"]: (row["canonical"], row["version"]) for row in self._asked(_VERSIONS, nodes)}

    def append(self, decisions: Sequence[Decision]) -> None:
        self._con.executemany(_INSERT, [_row(d) for d in decisions])
        self._name(decisions)
        self.log([(d.actor, str(d.kind), d.target) for d in decisions])

    def rewrite(self, gone: Collection[str], changed: Sequence[Decision]) -> None:
        self._con.execute("DROP TRIGGER decision_kept")
        for table in ("bearing", "naming"):
            self._asked(f"DELETE FROM {table} WHERE decision {MANY}", gone)
        self._asked(f"DELETE FROM decision WHERE id {MANY}", gone)
        self._con.executemany(_REPLACE, [_row(d) for d in changed])
        self._asked(f"DELETE FROM naming WHERE decision {MANY}", [d.id for d in changed])
        self._name(changed)
        self._con.execute(_KEPT)

    def log(self, acts: Sequence[Act]) -> None:
        at, name = utc_now(), self.masker().text
        rows = [(at, name(actor), verb, object_) for actor, verb, object_ in acts]
        self._con.executemany("INSERT INTO act(at, actor, verb, object) VALUES (?, ?, ?, ?)", rows)

    def unlog(self, objects: Iterable[str]) -> None:
        self._asked(f"DELETE FROM act WHERE object {MANY}", objects)

    def unname(self, masked: Callable[[str], str]) -> None:
        for table, column in (("act", "actor"), ("source", "imported_by")):
            names = [name for (name,) in self._con.execute(f"SELECT DISTINCT {column} FROM {table}")]
            rows = [(masked(name), name) for name in names if masked(name) != name]
            self._con.executemany(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", rows)

    def _name(self, decisions: Iterable[Decision]) -> None:
        """Store what each correction is found by."""
        rows = [(d.id, key) for d in decisions if d.kind != DecisionKind.UNDO for key in sorted(keys(d))]
        self._con.executemany("INSERT INTO naming VALUES (?, ?)", rows)

    def _asked(self, sql: str, ids: Iterable[str]) -> sqlite3.Cursor:
        return self._con.execute(sql, (canonical_json(list(ids)),))


def _row(d: Decision) -> tuple[str, ...]:
    value, anchor = canonical_json(dict(d.value)), canonical_json(dict(d.anchor))
    return (d.id, str(d.kind), d.target, value, anchor, d.actor, d.at, d.reason)
