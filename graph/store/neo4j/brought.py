"""What a fragment brings to a Neo4j store: the parameters of the statements that write it, and these statements."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias

from graph.decided.identity import Claim, canonical_json
from graph.derived.linking import label_of
from graph.derived.prepare import Placed, Prepared, PreparedRelation, text_hash
from graph.model import Actor, Passage
from graph.questions.ranking import name_words, standing
from graph.store.change import utc_now
from graph.store.neo4j.names import labels, types
from graph.store.neo4j.nodes import first_node
from graph.store.neo4j.odd import claimed, is_odd
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.unread import noted
from graph.store.neo4j.words import indexed_forms, indexed_stems, ranks

Values: TypeAlias = dict[str, object]
# What there are thousands of goes as lists: to write the names again with each costs the driver as much as the values.
Row: TypeAlias = list[object]
SHORT_PASSAGE = 600  # characters; the text of longer ones is read from the source
_TEXT_KEYS = ("document", "name", "sha256", "format", "title", "language", "reader", "meeting", "date", "place")


class Brought:
    """What a fragment brings, as parameters."""

    def __init__(self, ready: Prepared) -> None:
        self.ready = ready
        source = ready.source.id
        said = Counter(p.passage for placed in ready.mentions.values() for p in placed)
        self.passages = [_passage(source, p, ready.source.text, said[p.id]) for p in ready.passages]
        self.claims = {c.node: _claim(c) for c in ready.claims}
        # Most nodes are new and stand alone: written whole at once, they need no second look.
        self.first = {c.node: first_node(c) for c in ready.claims if not c.merge_key}
        self.mentions: list[Row] = [
            [node, p.passage, *_span(p)] for node, placed in ready.mentions.items() for p in placed
        ]
        self.relations = _relations_by_pattern(ready)
        self.data = zlib.compress(ready.source.data, 6)

    def insert(self, tx: Tx, visibility: str, actor: Actor, first: Collection[str]) -> None:
        """Write all of it; nodes of which this is the `first` that is said are written with what is derived."""
        self._insert_source(tx, visibility, actor)
        self._insert_nodes(tx, first)
        self._insert_spans(tx)

    def _insert_source(self, tx: Tx, visibility: str, actor: Actor) -> None:
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

    def _insert_nodes(self, tx: Tx, first: Collection[str]) -> None:
        source = self.ready.source.id
        by_kind: dict[str, list[Values]] = defaultdict(list)
        for id_ in sorted(first):
            kind = str(self.first[id_]["kind"])
            odd = is_odd(id_, kind, (id_,), rejected=False)
            by_kind[kind].append({"own": self.first[id_], "said": self.claims[id_], "odd": odd})
        for kind, rows in by_kind.items():
            tx.many(
                f"""
                MATCH (s:Source {{id: $source}}) UNWIND $rows AS row
                CREATE (n:Node:Thing:{labels()[kind]}) SET n = row.own
                FOREACH (_ IN CASE WHEN row.odd THEN [1] ELSE [] END | SET n:Odd)
                CREATE (s)-[c:CLAIMS]->(n) SET c = row.said""",
                rows,
                source=source,
            )
        tx.many(
            """
            MATCH (s:Source {id: $source}) UNWIND $rows AS row
            MERGE (n:Node {id: row.node}) CREATE (s)-[c:CLAIMS]->(n) SET c = row.said""",
            [{"node": id_, "said": said} for id_, said in self.claims.items() if id_ not in first],
            source=source,
        )

    def _insert_spans(self, tx: Tx) -> None:
        """The mentions and relations, between nodes and passages that are there."""
        source = self.ready.source.id
        tx.many(
            f"""
            UNWIND $rows AS row MATCH (p:Passage {{id: row[1]}}) MATCH (n:Node {{id: row[0]}})
            CREATE (p)-[:MENTIONS {{source: $source, {_named(_SPAN)}}}]->(n)""",
            self.mentions,
            source=source,
        )
        for (type_, one, other), rows in self.relations.items():
            tx.many(
                f"""
                UNWIND $rows AS row MATCH (a:{one} {{id: row[0]}}) MATCH (b:{other} {{id: row[1]}})
                CREATE (a)-[:{type_} {{source: $source, {_named(_SAID)}}}]->(b)""",
                rows,
                source=source,
            )


# After the two ends: what is said of a mention, and of a relation, whose spans are lists side by side.
_SPAN = ("start", "end", "confidence", "rule", "quote")
_SAID = ("label", "attributes", "passages", *(f"{name}s" for name in _SPAN))


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"{name}: row[{at}]" for at, name in enumerate(names, 2))


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
        "claimed": claimed(c.node for c in ready.claims),
        "unread": noted(s.id, ready.passages, _spans(ready.mentions)),
        "imported_by": actor.name,
        "imported_at": utc_now(),
    }


def _spans(mentions: Mapping[str, Sequence[Placed]]) -> list[tuple[int, int]]:
    return [(p.evidence.start, p.evidence.end) for placed in mentions.values() for p in placed]


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
    found = name_words(p.label)
    if not found.forms:
        return {}
    place = standing((p.label,), evidence, p.id)
    return {
        "folded": found.folded,
        "evidence": evidence,
        "stems": indexed_stems(found.stems),
        "forms": indexed_forms(found.forms),
        "standing": place,
        "ranks": ranks("passage", place),
    }


def _span(p: Placed) -> Row:
    e = p.evidence
    return [e.start, e.end, float(e.confidence), e.rule, e.quote]


def _relations_by_pattern(ready: Prepared) -> dict[tuple[str, str, str], list[Row]]:
    """The relations for one statement each: by type, and by what stands at either end."""
    passages = {p.id for p in ready.passages}

    def end(id_: str) -> str:
        return "Passage" if id_ in passages else "Node"

    out: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for r in ready.relations:
        out[(types()[r.type], end(r.from_id), end(r.to_id))].append([r.from_id, r.to_id, *_said(r)])
    return out


def _said(r: PreparedRelation) -> Row:
    """A relation as one source states it."""
    spans = [_span(p) for p in r.spans]
    columns = ([span[at] for span in spans] for at in range(len(_SPAN)))
    return [label_of(r.attributes), canonical_json(dict(r.attributes)), [p.passage for p in r.spans], *columns]
