"""The steps of a change of a Neo4j store, inside one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from neo4j import Record

from graph.derived.arrival import MOST_NAMED, Deleted, the_one
from graph.derived.prepare import Prepared
from graph.derived.proof import ProvableRows
from graph.model import Actor, Fragment, Source, Visibility
from graph.persons.forgetting import Masker
from graph.store.change import Change, T
from graph.store.deciding import DecisionVerbs
from graph.store.neo4j.base import Neo4jBase
from graph.store.neo4j.brought import Brought
from graph.store.neo4j.links import canonical_ids
from graph.store.neo4j.log import Log
from graph.store.neo4j.names import relations_of_source
from graph.store.neo4j.rows import NEW_STAMP, CypherRows
from graph.store.neo4j.stored import stored_source
from graph.store.neo4j.ties import CypherLinks, Known, alone, look_up, of_source
from graph.store.neo4j.tx import Tx
from graph.store.writing import WriteVerbs

# Ways in which a source is named, the surest first.
_NAMED = (
    "s.id = $asked",
    "s.sha256 = $asked",
    "s.name = $asked",
    "s.id STARTS WITH $asked OR toLower(s.id) CONTAINS toLower(':' + $asked)",
)


class ChangeVerbs(WriteVerbs[Brought], DecisionVerbs[Brought], Neo4jBase):
    def masker(self) -> Masker:
        """See Store.masker."""
        return self._read(lambda tx: Log(tx).masker())

    def _brought(self, ready: Prepared) -> Brought:
        return Brought(ready)

    def _changing(self, work: Callable[[Change[Brought]], T]) -> T:
        return self._write(lambda tx: work(CypherChange(tx)))

    def _asking(self, work: Callable[[ProvableRows], T]) -> T:
        return self._read(lambda tx: work(CypherRows(tx)))


class CypherChange(Log):
    """Change of graph.store.change."""

    @cached_property
    def rows(self) -> CypherRows:
        return CypherRows(self._tx)

    @cached_property
    def _known(self) -> Known:
        """Links that were looked up before a source was deleted."""
        return {}

    def links(self, new: Collection[str] = (), /) -> CypherLinks:
        return CypherLinks(self._tx, new, self._known)

    # --- sources

    def named(self, asked: str) -> str:
        return source_id(self._tx, asked)

    def held(self, source: Source) -> list[Record]:
        cypher = """
            MATCH (s:Source) WHERE s.id = $id OR s.sha256 = $sha256
            RETURN s.id AS id, s.document AS document, s.name AS name, s.format AS format,
              s.digest AS digest, s.visibility AS visibility"""
        return self._tx.rows(cypher, id=source.id, sha256=source.sha256)

    def imported(self, places: Collection[str]) -> dict[str, tuple[str, str]]:
        cypher = """
            MATCH (s:Source) WHERE s.id IN $places OR s.document IN $places
            RETURN s.id AS id, s.imported_by AS importer, s.imported_at AS at ORDER BY id"""
        return {row["id"]: (row["importer"], row["at"]) for row in self._tx.rows(cypher, places=sorted(places))}

    def dated(self, source: str, at: str) -> None:
        self._tx.run("MATCH (s:Source {id: $id}) SET s.imported_at = $at", id=source, at=at)

    def fragment(self, source: str) -> Fragment:
        return stored_source(self._tx, source).fragment()

    def keys_of(self, sources: Sequence[str]) -> set[str]:
        said = "UNWIND $ids AS id MATCH (s:Source {id: id})-[:CLAIMS]->(n:Node) RETURN n.id AS key"
        own = "UNWIND $ids AS id MATCH (s:Source {id: id}) UNWIND [s.id, s.document] AS key RETURN key"
        return {row["key"] for cypher in (said, own) for row in self._tx.rows(cypher, ids=list(sources))}

    def insert(self, brought: Brought, visibility: str, actor: Actor, first: Collection[str]) -> None:
        brought.insert(self._tx, visibility, self.masker().actor(actor), first)

    def delete(self, source: str) -> Deleted:
        tx, claimed = self._tx, "MATCH (:Source {id: $id})-[:CLAIMS]->(n:Node)"
        shared = {row["id"] for row in tx.rows(f"{claimed} WHERE NOT ({alone('n')}) RETURN n.id AS id", id=source)}
        tied = of_source(tx, source, lasting=True)
        self._known.update(look_up(tx, (pair for pair in tied if pair not in self._known)))
        # What is said here only goes with all its relations, which are this source's own; few are left to look for.
        kinds = tx.rows(
            f"{claimed} WHERE {alone('n')} WITH n, n.own_kind AS kind DETACH DELETE n RETURN kind, count(*) AS n",
            id=source,
        )
        tx.run(f"{relations_of_source()} DELETE r", id=source)
        count = tx.rows("MATCH (p:Passage {source: $id}) DETACH DELETE p RETURN count(p) AS n", id=source)[0]["n"]
        tx.run("MATCH (s:Source {id: $id})-[:HAS_CONTENT]->(c) DETACH DELETE s, c", id=source)
        return Deleted(count, Counter({row["kind"]: row["n"] for row in kinds}), shared, tied)

    def show(self, sources: Sequence[str], visibility: Visibility) -> list[str]:
        cypher = """
            UNWIND $ids AS id MATCH (s:Source {id: id}) WHERE s.visibility <> $visibility
            SET s.visibility = $visibility RETURN id"""
        moved = {row["id"] for row in self._tx.rows(cypher, ids=list(sources), visibility=str(visibility))}
        return [id_ for id_ in sources if id_ in moved]

    def stamp(self, places: Collection[str]) -> None:
        cypher = f"MATCH (s:Source) WHERE s.id IN $places OR s.document IN $places {NEW_STAMP}"
        self._tx.run(cypher, places=sorted(places))

    def stamp_all(self) -> None:
        self._tx.run(f"MATCH (s:Source) {NEW_STAMP}")

    # --- nodes

    def existing(self, nodes: Sequence[str]) -> set[str]:
        return self._tx.found("UNWIND $ids AS id MATCH (n:Node {id: id})", "id", nodes)

    def kinds(self, nodes: Collection[str]) -> Counter[str]:
        cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN n.own_kind AS kind, count(*) AS n"
        return Counter({row["kind"]: row["n"] for row in self._tx.rows(cypher, ids=sorted(nodes))})

    def answering(self, nodes: Collection[str]) -> dict[str, str]:
        return canonical_ids(self._tx, sorted(nodes))


def source_id(tx: Tx, asked: str) -> str:
    """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""

    def found(condition: str) -> list[str]:
        cypher = f"MATCH (s:Source) WHERE {condition} RETURN s.id AS id ORDER BY id LIMIT {MOST_NAMED}"
        return [row["id"] for row in tx.rows(cypher, asked=asked)]

    return the_one(asked, map(found, _NAMED))
