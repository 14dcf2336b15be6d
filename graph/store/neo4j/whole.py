"""A Neo4j store as a whole: what it counts, and a copy of it in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from graph.errors import StoreError
from graph.model import Actor
from graph.notes import bring
from graph.store.base import Store
from graph.store.neo4j.base import Neo4jBase, acts
from graph.store.neo4j.names import labels, types
from graph.store.neo4j.read import ReadVerbs
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.write import ChangeVerbs

_TRIES = 3  # of a copy that a write came between


class WholeVerbs(ReadVerbs, ChangeVerbs, Neo4jBase):
    def acts(self) -> int:
        """See Store.acts."""
        return self._read(acts) or 0

    def actors(self) -> list[str]:
        """See Store.actors."""
        found = self._read(lambda tx: tx.lists("MATCH (a:Act) WITH DISTINCT a.actor AS name", "name"))
        return sorted(name for (name,) in found)

    def counts(self) -> Mapping[str, object]:
        """See Store.counts. Keys are sorted; kinds and types that are absent are left out."""
        return self._read_at_rest(_counts)

    def backup(self, path: Path) -> None:
        """See Store.backup: a file of the embedded store with the same content, which opens as a store by itself.

        Raises StoreError where the file is there already, cannot be written, or the store never rests meanwhile.
        """
        from graph.store.sqlite.store import SQLiteStore

        if path.exists():
            raise StoreError(f"{path} is there already; a backup never overwrites")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            apart = TemporaryDirectory(dir=path.parent, prefix=".backup-")
        except OSError as error:
            raise StoreError(f"{path}: {error.strerror}") from None
        with apart as folder:
            copy = SQLiteStore(f"sqlite:///{Path(folder).resolve() / 'copy.db'}")
            try:
                self._copy_to(copy)
                copy.backup(path)  # as one file, and not over one that came meanwhile
            finally:
                copy.close()

    def _copy_to(self, copy: Store) -> None:
        for _ in range(_TRIES):
            before = self._read(acts)
            self._bring_over(copy)
            if self._read(acts) == before:
                return
        raise StoreError(f"{self.url}: was written to during every try of the copy; run it again")

    def _bring_over(self, copy: Store) -> None:
        """Make the copy hold the sources, decisions and notes of this store, one source in memory at a time."""
        if forgotten := self.masker().forgotten:
            copy.forget((), forgotten, Actor("backup"))
        here = {info.id: info for info in self.sources()}
        for info in copy.sources():
            if info.id not in here:
                copy.remove(info.id, Actor(info.imported_by))
        for info in here.values():
            copy.write(self.fragment(info.id), Actor(info.imported_by))
        copy.adopt(self.decisions())
        bring(cast(Store, self), copy)


def _counts(tx: Tx) -> dict[str, object]:
    """Labels and types are counted without being read; what is merged or rejected, which is little, is taken off."""

    def one(cypher: str) -> int:
        return int(tx.rows(cypher)[0]["n"])

    nodes = _by_kind(tx)
    sources, passages = one("MATCH (n:Source) RETURN count(n) AS n"), one("MATCH (n:Passage) RETURN count(n) AS n")
    documents = one("MATCH (s:Source) RETURN count(DISTINCT s.document) AS n")
    nodes |= {"document": documents, "source": sources, "passage": passages}
    relations = _by_type(tx)
    relations["part_of"] += passages + sources
    relations["mentions"] += one("MATCH ()-[m:MENTIONS]->() RETURN count(m) AS n")
    relations["mentions"] -= one("MATCH (n:Rejected)<-[m:MENTIONS]-() RETURN count(m) AS n")
    return {
        "nodes": {kind: n for kind, n in sorted(nodes.items()) if n},
        "relations": {type_: n for type_, n in sorted(relations.items()) if n},
        "documents": documents,
        "sources": sources,
        "decisions": one("MATCH (d:Decision) RETURN count(d) AS n"),
    }


def _by_kind(tx: Tx) -> dict[str, int]:
    arms = (f"MATCH (n:{label}) WITH count(n) AS n RETURN '{kind}' AS kind, n" for kind, label in labels().items())
    found = Counter({row["kind"]: row["n"] for row in tx.rows(" UNION ALL ".join(arms))})
    members = tx.rows("MATCH (n:Member) WHERE NOT n:Rejected RETURN n.kind AS kind, count(n) AS n")
    return found | {row["kind"]: found[row["kind"]] - row["n"] for row in members}


def _by_type(tx: Tx) -> Counter[str]:
    arms = (
        f"MATCH ()-[r:{type_}]->() WITH count(r) AS n RETURN '{name}' AS type, n" for name, type_ in types().items()
    )
    found = Counter({row["type"]: row["n"] for row in tx.rows(" UNION ALL ".join(arms))})
    every = "|".join(types().values())
    hidden = tx.rows(f"MATCH (n:Rejected)-[r:{every}]-() RETURN type(r) AS type, count(DISTINCT r) AS n")
    lost = {row["type"]: row["n"] for row in hidden}
    return Counter({name: n - lost.get(types()[name], 0) for name, n in found.items()})
