"""Writing and removing sources in a Neo4j store: one transaction each, all derived data brought up to date in it."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from neo4j import Record

from graph.derive import concerned_by, refresh
from graph.errors import NotFound, StoreError
from graph.forgetting import Masker, Variant
from graph.identity import Claim, canonical_json
from graph.model import Actor, Fragment, Passage, Visibility, WriteReport
from graph.prepare import Placed, Prepared, PreparedRelation, prepare, text_hash
from graph.ranking import folded_label, prepared_words, standing
from graph.store.neo4j_base import BATCH, Neo4jBase, Tx, log_act, utc_now
from graph.store.neo4j_names import labels, relations_of_source, types
from graph.store.neo4j_rows import CypherRows, first_node
from graph.store.neo4j_words import indexed_forms, indexed_stems
from graph.text import words

Values: TypeAlias = dict[str, object]
SHORT_PASSAGE = 600  # characters; the text of longer ones is read from the source
_TEXT_KEYS = ("document", "name", "sha256", "format", "title", "language", "reader", "meeting", "date", "place")

_SAME_BYTES = """
    MATCH (s:Source) WHERE s.id = $id OR s.sha256 = $sha256
    RETURN s.id AS id, s.document AS document, s.name AS name, s.format AS format,
      s.digest AS digest, s.visibility AS visibility"""


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
        rows = _Rows(ready)  # everything slow is computed before the transaction opens
        return self._write(lambda tx: _write(tx, fragment, ready, rows, actor, renamed))

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """See Store.remove."""

        def work(tx: Tx) -> Mapping[str, int]:
            found = source_id(tx, source)
            concerned = _concerned(tx, [found], set())
            deleted = _delete(tx, found)
            before = _kinds(tx, deleted.shared)
            refresh(CypherRows(tx), deleted.shared, concerned)
            gone = deleted.alone + before - _kinds(tx, deleted.shared)
            log_act(tx, actor.name, "remove", found)
            return {**dict(sorted(gone.items())), "passage": deleted.passages, "source": 1}

        return self._write(work)


def _write(tx: Tx, fragment: Fragment, ready: Prepared, rows: _Rows, actor: Actor, renamed: bool) -> WriteReport:
    old = tx.rows(_SAME_BYTES, id=ready.source.id, sha256=ready.source.sha256)
    other = next((row for row in old if row["name"] < ready.source.name), None)
    if other and not renamed:  # a copy under another name: the first name in order stays, whichever came first
        if other["format"] != ready.source.format:
            return _report(ready, "unchanged", 0)
        ready = prepare(replace(fragment, source=replace(fragment.source, name=other["name"])))
        rows = _Rows(ready)
    visibility = _visibility(ready, old)
    if [(row["id"], row["digest"], row["visibility"]) for row in old] == [(ready.source.id, ready.digest, visibility)]:
        return _report(ready, "unchanged", 0)
    there = _existing(tx, rows.touched)
    new = set(rows.touched) - there
    touched = set(rows.touched)
    concerned = _concerned(tx, [s["id"] for s in old], {*touched, ready.source.id, ready.source.document})
    for source in old:
        touched |= _delete(tx, source["id"]).shared
    first = set(rows.first) - (_existing(tx, sorted(there)) if old else there)
    rows.insert(tx, visibility, actor, first)
    refresh(CypherRows(tx), touched - first, concerned)
    log_act(tx, actor.name, "replace" if old else "write", ready.source.id)
    return _report(ready, "replaced" if old else "new", len(new))


def _concerned(tx: Tx, sources: Sequence[str], keys: set[str]) -> set[str]:
    """The corrections that a change of these sources, and of what else goes by these keys, may move."""
    if not tx.rows("MATCH (m:Maillage {id: 'store'}) WHERE m.decisions > 0 RETURN m.id"):
        return set()
    said = "UNWIND $ids AS id MATCH (s:Source {id: id})-[:CLAIMS]->(n:Node) RETURN n.id AS key"
    own = "UNWIND $ids AS id MATCH (s:Source {id: id}) UNWIND [s.id, s.document] AS key RETURN key"
    found = {row["key"] for cypher in (said, own) for row in tx.rows(cypher, ids=list(sources))}
    return concerned_by(CypherRows(tx), found | keys)


class _Rows:
    """What a fragment brings, as parameters."""

    def __init__(self, ready: Prepared) -> None:
        self.ready = ready
        self.touched = [c.node for c in ready.claims]
        source = ready.source.id
        said = Counter(p.passage for placed in ready.mentions.values() for p in placed)
        self.passages = [_passage(source, p, ready.source.text, said[p.id]) for p in ready.passages]
        self.claims = {c.node: _claim(c) for c in ready.claims}
        # Most nodes are new and stand alone: written whole at once, they need no second look.
        self.first = {c.node: first_node(c) for c in ready.claims if not c.merge_key}
        self.mentions: list[Values] = [
            {"node": node, "passage": p.passage, "said": {"source": source, **_span(p)}}
            for node, placed in ready.mentions.items()
            for p in placed
        ]
        self.relations = _relations_by_pattern(ready)
        self.data = zlib.compress(ready.source.data, 6)

    def insert(self, tx: Tx, visibility: str, actor: Actor, first: Collection[str]) -> None:
        """Write all of it; nodes of which this is the `first` that is said are written with what is derived."""
        s = self.ready.source
        tx.run(
            """
            CREATE (s:Source {id: $id}) SET s += $own
            CREATE (s)-[:HAS_CONTENT]->(:Content {id: $id, text: $text, data: $data})""",
            id=s.id,
            own=_source(self.ready, visibility, actor),
            text=s.text,
            data=self.data,
        )
        tx.many(
            """
            MATCH (s:Source {id: $source}) UNWIND $rows AS row
            CREATE (p:Passage {id: row.id}) SET p += row.own CREATE (p)-[:IN]->(s)""",
            self.passages,
            source=s.id,
        )
        by_kind: dict[str, list[Values]] = defaultdict(list)
        for id_ in sorted(first):
            by_kind[str(self.first[id_]["kind"])].append({"own": self.first[id_], "said": self.claims[id_]})
        for kind, rows in by_kind.items():
            tx.many(
                f"""
                MATCH (s:Source {{id: $source}}) UNWIND $rows AS row
                CREATE (n:Node:Thing:{labels()[kind]}) SET n = row.own
                CREATE (s)-[c:CLAIMS]->(n) SET c = row.said""",
                rows,
                source=s.id,
            )
        tx.many(
            """
            MATCH (s:Source {id: $source}) UNWIND $rows AS row
            MERGE (n:Node {id: row.node}) CREATE (s)-[c:CLAIMS]->(n) SET c = row.said""",
            [{"node": id_, "said": said} for id_, said in self.claims.items() if id_ not in first],
            source=s.id,
        )
        tx.many(
            """
            UNWIND $rows AS row MATCH (p:Passage {id: row.passage}) MATCH (n:Node {id: row.node})
            CREATE (p)-[m:MENTIONS]->(n) SET m = row.said""",
            self.mentions,
        )
        for (type_, one, other), rows in self.relations.items():
            tx.many(
                f"""
                UNWIND $rows AS row MATCH (a:{one} {{id: row.from}}) MATCH (b:{other} {{id: row.to}})
                CREATE (a)-[r:{type_}]->(b) SET r = row.said""",
                rows,
            )


def _claim(c: Claim) -> Values:
    return {
        "kind": c.kind,
        "label": c.label,
        "aliases": list(c.aliases),
        "attributes": canonical_json(dict(c.attributes)),
        "merge_key": c.merge_key,
        "weight": c.weight,
        "confidence": float(c.confidence),
    }


def _source(ready: Prepared, visibility: str, actor: Actor) -> Values:
    s = ready.source
    return {
        **{key: getattr(s, key) for key in _TEXT_KEYS},
        "options": canonical_json(dict(s.options)),
        "ledger": canonical_json(dict(s.ledger)),
        "visibility": visibility,
        "digest": ready.digest,
        "chars": len(s.text),
        "text_hash": text_hash(s.text),
        "imported_by": actor.name,
        "imported_at": utc_now(),
    }


def _passage(source: str, p: Passage, text: str, evidence: int) -> Values:
    own: Values = {
        "source": source,
        "position": p.order,
        "kind": p.kind,
        "start": p.start,
        "end": p.end,
        "label": p.label,
        "level": p.level,
        "parent": p.parent,
        "native_place": p.place,
        "parent_confidence": float(p.parent_confidence),
        "attributes": canonical_json(dict(p.attributes)),
    }
    verbatim = text[p.start : p.end]
    if verbatim != p.label and len(verbatim) <= SHORT_PASSAGE:
        own["text"] = verbatim
    return {"id": p.id, "own": own | passage_entry(p, evidence)}


def passage_entry(p: Passage, evidence: int) -> Values:
    """What the index needs of a passage; one without words is not in it."""
    if not words(p.label):
        return {}
    stems, forms = prepared_words(p.label)
    return {
        "folded": folded_label(p.label),
        "evidence": evidence,
        "stems": indexed_stems(stems),
        "forms": indexed_forms(forms),
        "standing": standing((p.label,), evidence, p.id),
    }


def _span(p: Placed) -> Values:
    e = p.evidence
    return {"start": e.start, "end": e.end, "confidence": float(e.confidence), "rule": e.rule, "quote": e.quote}


def _relations_by_pattern(ready: Prepared) -> dict[tuple[str, str, str], list[Values]]:
    """The relations for one statement each: by type, and by what stands at either end."""
    passages = {p.id for p in ready.passages}

    def end(id_: str) -> str:
        return "Passage" if id_ in passages else "Node"

    out: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
    for r in ready.relations:
        row: Values = {"from": r.from_id, "to": r.to_id, "said": _said(ready.source.id, r)}
        out[(types()[r.type], end(r.from_id), end(r.to_id))].append(row)
    return out


def _said(source: str, r: PreparedRelation) -> Values:
    """A relation as one source states it; its spans are lists side by side."""
    spans = [_span(p) for p in r.spans]
    return {
        "source": source,
        "label": str(r.attributes.get("label") or ""),
        "attributes": canonical_json(dict(r.attributes)),
        "passages": [p.passage for p in r.spans],
        "starts": [s["start"] for s in spans],
        "ends": [s["end"] for s in spans],
        "confidences": [s["confidence"] for s in spans],
        "rules": [s["rule"] for s in spans],
        "quotes": [s["quote"] for s in spans],
    }


def _visibility(ready: Prepared, old: Sequence[Record]) -> str:
    """Published material stays so when it is read again: withdrawing is an act of its own."""
    published = any(row["visibility"] == Visibility.PUBLISHED for row in old)
    return str(Visibility.PUBLISHED if published else ready.source.visibility)


def _existing(tx: Tx, nodes: list[str]) -> set[str]:
    cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN id"
    return {row["id"] for at in range(0, len(nodes), BATCH) for row in tx.rows(cypher, ids=nodes[at : at + BATCH])}


@dataclass(frozen=True, slots=True)
class _Deleted:
    """What went with a source, and what is left to look at: `shared` nodes are said elsewhere or may be merged."""

    passages: int
    alone: Counter[str]
    shared: set[str]


# Said by this source only and under no merge key: nothing else changes when they go.
_ALONE = "n.merge_key = '' AND COUNT { (n)<-[:CLAIMS]-() } = 1"


def _delete(tx: Tx, source: str) -> _Deleted:
    """Delete all that is a source's own, nodes that nothing else speaks of included."""
    claimed = "MATCH (:Source {id: $id})-[:CLAIMS]->(n:Node)"
    shared = {row["id"] for row in tx.rows(f"{claimed} WHERE NOT ({_ALONE}) RETURN n.id AS id", id=source)}
    kinds = tx.rows(f"{claimed} WHERE {_ALONE} RETURN n.own_kind AS kind, count(n) AS n", id=source)
    # What is said here only goes with all its relations, which are this source's own; few are left to be looked for.
    tx.run(f"{claimed} WHERE {_ALONE} DETACH DELETE n", id=source)
    tx.run(f"{relations_of_source()} DELETE r", id=source)
    count = tx.rows("MATCH (p:Passage {source: $id}) DETACH DELETE p RETURN count(p) AS n", id=source)[0]["n"]
    tx.run("MATCH (s:Source {id: $id})-[:HAS_CONTENT]->(c) DETACH DELETE s, c", id=source)
    return _Deleted(count, Counter({row["kind"]: row["n"] for row in kinds}), shared)


def _kinds(tx: Tx, nodes: set[str]) -> Counter[str]:
    cypher = "UNWIND $ids AS id MATCH (n:Node {id: id}) RETURN n.own_kind AS kind, count(*) AS n"
    return Counter({row["kind"]: row["n"] for row in tx.rows(cypher, ids=sorted(nodes))})


def _report(ready: Prepared, outcome: str, new: int) -> WriteReport:
    return WriteReport(ready.source.id, outcome, len(ready.claims), len(ready.relations), len(ready.passages), new)


def source_id(tx: Tx, asked: str) -> str:
    """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""
    if not asked:
        raise NotFound(asked)
    for condition in (
        "s.id = $asked",
        "s.sha256 = $asked",
        "s.name = $asked",
        "s.id STARTS WITH $asked OR toLower(s.id) CONTAINS toLower(':' + $asked)",
    ):
        cypher = f"MATCH (s:Source) WHERE {condition} RETURN s.id AS id ORDER BY id LIMIT 6"
        found = [row["id"] for row in tx.rows(cypher, asked=asked)]
        if len(found) == 1:
            return str(found[0])
        if found:
            raise StoreError(f"{asked!r} names several sources: {', '.join(found)}")
    raise NotFound(asked)
