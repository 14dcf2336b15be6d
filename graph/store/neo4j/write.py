"""Writing and removing sources in a Neo4j store: one transaction each, all derived data brought up to date in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from graph.derived.arrival import MOST_NAMED, Deleted, arriving, reported, the_one, visibility_of
from graph.derived.linking import retie, ties_of
from graph.derived.prepare import Prepared, prepare
from graph.derived.refresh import concerned_by, refresh
from graph.model import Actor, Fragment, WriteReport
from graph.persons.forgetting import Masker, Variant
from graph.store.neo4j.base import Neo4jBase, log_act
from graph.store.neo4j.brought import Brought
from graph.store.neo4j.links import canonical_ids
from graph.store.neo4j.names import relations_of_source
from graph.store.neo4j.rows import CypherRows
from graph.store.neo4j.ties import CypherLinks, of_source
from graph.store.neo4j.tx import BATCH, Tx

_SAME_BYTES = """
    MATCH (s:Source) WHERE s.id = $id OR s.sha256 = $sha256
    RETURN s.id AS id, s.document AS document, s.name AS name, s.format AS format,
      s.digest AS digest, s.visibility AS visibility"""


# Ways in which a source is named, the surest first.
_NAMED = (
    "s.id = $asked",
    "s.sha256 = $asked",
    "s.name = $asked",
    "s.id STARTS WITH $asked OR toLower(s.id) CONTAINS toLower(':' + $asked)",
)


class WriteVerbs(Neo4jBase):
    def write(self, fragment: Fragment, actor: Actor) -> WriteReport:
        """See Store.write."""
        return self._put(self.masker().fragment(fragment), actor)

    def masker(self) -> Masker:
        """See Store.masker."""
        cypher = "MATCH (f:Forgotten) RETURN f.id AS digest, f.key AS key, f.letters AS letters"
        return self._read(lambda tx: Masker([Variant(*row.values()) for row in tx.rows(cypher)]))

    def _put(self, fragment: Fragment, actor: Actor, *, renamed: bool = False) -> WriteReport:
        """Write what holds no forgotten name; `renamed` where the name of the source itself is masked."""
        ready = prepare(fragment)
        rows = Brought(ready)  # everything slow is computed before the transaction opens
        return self._write(lambda tx: _write(tx, fragment, ready, rows, actor, renamed))

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""

        def work(tx: Tx) -> Mapping[str, int]:
            found = source_id(tx, source)
            concerned = _concerned(tx, [found], set())
            deleted = _delete(tx, found)
            before = _kinds(tx, deleted.shared)
            moved = refresh(CypherRows(tx), deleted.shared, concerned)
            retie(CypherLinks(tx), [deleted.tied], {}, moved)
            gone = deleted.alone + before - _kinds(tx, deleted.shared)
            log_act(tx, actor.name, "remove", found)
            return {**dict(sorted(gone.items())), "passage": deleted.passages, "source": 1}

        return self._write(work)


def _write(tx: Tx, fragment: Fragment, ready: Prepared, rows: Brought, actor: Actor, renamed: bool) -> WriteReport:
    old = tx.rows(_SAME_BYTES, id=ready.source.id, sha256=ready.source.sha256)
    kept = arriving(fragment, ready, old, renamed=renamed)
    if kept is None:
        return reported(ready, "unchanged", 0)
    if kept is not ready:
        ready, rows = kept, Brought(kept)
    there = _existing(tx, rows.touched)
    new = set(rows.touched) - there
    touched = set(rows.touched)
    concerned = _concerned(tx, [s["id"] for s in old], {*touched, ready.source.id, ready.source.document})
    gone = [_delete(tx, source["id"]) for source in old]
    touched |= {node for deleted in gone for node in deleted.shared}
    first = set(rows.first) - (_existing(tx, sorted(there)) if old else there)
    rows.insert(tx, visibility_of(ready, old), actor, first)
    moved = refresh(CypherRows(tx), touched - first, concerned)
    answering = canonical_ids(tx, sorted(set(rows.touched) - first)) | {id_: id_ for id_ in first}
    retie(CypherLinks(tx, first), [deleted.tied for deleted in gone], ties_of(ready, answering), moved)
    log_act(tx, actor.name, "replace" if old else "write", ready.source.id)
    return reported(ready, "replaced" if old else "new", len(new))


def _concerned(tx: Tx, sources: Sequence[str], keys: set[str]) -> set[str]:
    """The corrections that a change of these sources, and of what else goes by these keys, may move."""
    if not tx.rows("MATCH (m:Maillage {id: 'store'}) WHERE m.decisions > 0 RETURN m.id"):
        return set()
    said = "UNWIND $ids AS id MATCH (s:Source {id: id})-[:CLAIMS]->(n:Node) RETURN n.id AS key"
    own = "UNWIND $ids AS id MATCH (s:Source {id: id}) UNWIND [s.id, s.document] AS key RETURN key"
    found = {row["key"] for cypher in (said, own) for row in tx.rows(cypher, ids=list(sources))}
    return concerned_by(CypherRows(tx), found | keys)


def _existing(tx: Tx, nodes: list[str]) -> set[str]:
    cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN id"
    return {row["id"] for at in range(0, len(nodes), BATCH) for row in tx.rows(cypher, ids=nodes[at : at + BATCH])}


# Said by this source only, and merged with nothing: nothing else changes when they go, but that their links go too.
_ALONE = """n.merge_key = '' AND n.canonical = n.id AND size(n.members) = 1
    AND COUNT { (n)<-[:CLAIMS]-() } = 1"""


def _delete(tx: Tx, source: str) -> Deleted:
    """Delete all that is a source's own, nodes that nothing else speaks of included."""
    claimed = "MATCH (:Source {id: $id})-[:CLAIMS]->(n:Node)"
    shared = {row["id"] for row in tx.rows(f"{claimed} WHERE NOT ({_ALONE}) RETURN n.id AS id", id=source)}
    # What is said here only goes with all its relations, which are this source's own; few are left to be looked for.
    kinds = tx.rows(
        f"{claimed} WHERE {_ALONE} WITH n, n.own_kind AS kind DETACH DELETE n RETURN kind, count(*) AS n", id=source
    )
    tied = of_source(tx, source)
    tx.run(f"{relations_of_source()} DELETE r", id=source)
    count = tx.rows("MATCH (p:Passage {source: $id}) DETACH DELETE p RETURN count(p) AS n", id=source)[0]["n"]
    tx.run("MATCH (s:Source {id: $id})-[:HAS_CONTENT]->(c) DETACH DELETE s, c", id=source)
    return Deleted(count, Counter({row["kind"]: row["n"] for row in kinds}), shared, tied)


def _kinds(tx: Tx, nodes: set[str]) -> Counter[str]:
    cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN n.own_kind AS kind, count(*) AS n"
    return Counter({row["kind"]: row["n"] for row in tx.rows(cypher, ids=sorted(nodes))})


def source_id(tx: Tx, asked: str) -> str:
    """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""

    def found(condition: str) -> list[str]:
        cypher = f"MATCH (s:Source) WHERE {condition} RETURN s.id AS id ORDER BY id LIMIT {MOST_NAMED}"
        return [row["id"] for row in tx.rows(cypher, asked=asked)]

    return the_one(asked, map(found, _NAMED))
