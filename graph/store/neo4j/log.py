"""What a Neo4j store notes down: the log of corrections, and who changed what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from graph.decided.identity import canonical_json
from graph.decided.overlay import keys
from graph.model import Decision, DecisionKind
from graph.persons.forgetting import Masker
from graph.persons.spellings import Variant
from graph.store.change import Act, utc_now
from graph.store.neo4j.tx import Tx

_STORE = "MATCH (m:Maillage {id: 'store'})"
_ACT = """
    UNWIND $rows AS row
    CREATE (:Act {number: row.number, token: $token, at: $at, actor: row.actor, verb: row.verb, object: row.object})"""
_NAMES = "UNWIND $rows AS row MATCH (d:Decision {id: row.id}) MERGE (k:Name {id: row.key}) CREATE (d)-[:NAMES]->(k)"
_REPLACE = """
    UNWIND $rows AS row MATCH (d:Decision {id: row.id}) SET d += row.own WITH d MATCH (d)-[n:NAMES]->() DELETE n"""
_VERSIONS = """
    UNWIND $ids AS id MATCH (n:Node {id: id}) WHERE NOT n.rejected MATCH (t:Node {id: n.canonical})
    RETURN id, t.id AS canonical, t.version AS version"""


class Log:
    """The logs inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._masker: Masker | None = None

    def masker(self) -> Masker:
        if self._masker is None:
            cypher = "MATCH (f:Forgotten) RETURN f.id AS digest, f.key AS key, f.letters AS letters"
            self._masker = Masker([Variant(*row.values()) for row in self._tx.rows(cypher)])
        return self._masker

    def remember(self, variants: Iterable[Variant]) -> None:
        cypher = "UNWIND $rows AS row MERGE (f:Forgotten {id: row.id}) SET f.key = row.key, f.letters = row.letters"
        self._tx.many(cypher, [{"id": v.digest, "key": v.key, "letters": v.letters} for v in variants])
        self._masker = None

    def decided(self) -> bool:
        return bool(self._tx.rows(f"{_STORE} WHERE m.decisions > 0 RETURN m.id"))

    def logged(self, decisions: Sequence[str]) -> set[str]:
        return self._tx.found("UNWIND $ids AS id MATCH (d:Decision {id: id})", "id", decisions)

    def versions(self, nodes: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        return {row["id"]: (row["canonical"], row["version"]) for row in self._tx.rows(_VERSIONS, ids=list(nodes))}

    def append(self, decisions: Sequence[Decision]) -> None:
        first = self._numbers("decisions", len(decisions))
        self._tx.many(
            "UNWIND $rows AS row CREATE (d:Decision {id: row.id}) SET d += row.own",
            [{"id": d.id, "own": {"number": first + i, **_own(d)}} for i, d in enumerate(decisions)],
        )
        self._name(decisions)
        self.log([(d.actor, str(d.kind), d.target) for d in decisions])

    def rewrite(self, gone: Collection[str], changed: Sequence[Decision]) -> None:
        self._tx.many("UNWIND $rows AS id MATCH (d:Decision {id: id}) DETACH DELETE d", sorted(gone))
        self._tx.many(_REPLACE, [{"id": d.id, "own": _own(d)} for d in changed])
        self._name(changed)
        self._tx.run("MATCH (k:Name) WHERE NOT EXISTS { (k)<-[:NAMES]-() } DELETE k")

    def log(self, acts: Sequence[Act]) -> None:
        if not acts:
            return
        first, name = self._numbers("acts", len(acts)), self.masker().text
        rows = [{"number": first + i, "actor": name(a), "verb": v, "object": o} for i, (a, v, o) in enumerate(acts)]
        self._tx.many(_ACT, rows, token=self._tx.token, at=utc_now())

    def unlog(self, objects: Iterable[str]) -> None:
        self._tx.many("UNWIND $rows AS id MATCH (a:Act {object: id}) DELETE a", sorted(objects))

    def unname(self, masked: Callable[[str], str]) -> None:
        for label, key in (("Act", "actor"), ("Source", "imported_by")):
            names = [row["name"] for row in self._tx.rows(f"MATCH (x:{label}) RETURN DISTINCT x.{key} AS name")]
            rows = [{"name": name, "masked": masked(name)} for name in names if masked(name) != name]
            self._tx.many(f"UNWIND $rows AS row MATCH (x:{label} {{{key}: row.name}}) SET x.{key} = row.masked", rows)

    def _numbers(self, what: str, count: int) -> int:
        """Take so many numbers of the store's count of `what`; returns the first."""
        row = self._tx.one(f"{_STORE} SET m.{what} = m.{what} + $n RETURN m.{what} - $n + 1 AS first", n=count)
        return int(row["first"]) if row else 1

    def _name(self, decisions: Iterable[Decision]) -> None:
        """Store what each correction is found by."""
        named = (d for d in decisions if d.kind != DecisionKind.UNDO)
        self._tx.many(_NAMES, [{"id": d.id, "key": key} for d in named for key in sorted(keys(d))])


def _own(d: Decision) -> dict[str, object]:
    return {
        "kind": str(d.kind),
        "target": d.target,
        "value": canonical_json(dict(d.value)),
        "anchor": canonical_json(dict(d.anchor)),
        "actor": d.actor,
        "at": d.at,
        "reason": d.reason,
    }
