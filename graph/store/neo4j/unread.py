"""What is unread of each source of a Neo4j store: noted when it is written, counted anew where a thing was rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.model import Passage
from graph.questions.counted import BLANK, FURNITURE, HEADER, HEADING, SENTENCE, Unread, silent, unread
from graph.store.neo4j.stored import passages_of
from graph.store.neo4j.tx import Tx

_BLANK = "[" + "".join(f"\\u{ord(c):04x}" for c in BLANK) + "]*"  # a label that says nothing, as the server reads it
_TOLD = {"apart": [HEADING, FURNITURE], "sentence": SENTENCE, "blank": _BLANK, "header": HEADER}
# That a passage could say something; the label of one that has words is not looked at.
_SAYS = """NOT p.kind IN $apart AND (p.evidence IS NOT NULL OR NOT p.label =~ $blank)
    AND NOT p.attributes CONTAINS $header"""
# A mention lies within its passage: only those that mention nothing may be overlapped by no mention. A passage that is
# parted into sentences counts as them.
_COUNTED = f"""
    UNWIND $ids AS id
    CALL (id) {{
      MATCH (p:Passage {{source: id}}) WHERE {_SAYS}
      WITH p, EXISTS {{ MATCH (p)-[:MENTIONS]->(n) WHERE NOT n:Rejected }} AS mentions
      RETURN count(p) AS saying, collect(CASE WHEN NOT mentions THEN [p.id, p.start, p.end] END) AS quiet
    }}
    CALL (id) {{
      MATCH (c:Passage {{source: id}}) WHERE c.kind = $sentence AND c.parent IS NOT NULL
      WITH DISTINCT c.parent AS parent MATCH (p:Passage {{id: parent}}) WHERE {_SAYS}
      RETURN collect(p.id) AS parted
    }}
    WITH id, saying, quiet, parted"""
_SPANS = """
    UNWIND $ids AS id MATCH (:Passage {source: id})-[m:MENTIONS]->(n) WHERE NOT n:Rejected
    WITH DISTINCT id, m.start AS start, m.end AS end"""


def unread_of(tx: Tx, within: list[str] | None) -> list[Unread]:
    """What is unread of these sources, or of all, by their ids; those that could say nothing are left out."""
    asked = "MATCH (s:Source) WHERE $within IS NULL OR s.id IN $within"
    found = {id_: Unread(id_, *numbers) for id_, numbers in tx.lists(asked, "s.id", "s.unread", within=within)}
    changed = tx.lists("MATCH (:Rejected)<-[:CLAIMS]-(s:Source) WITH DISTINCT s", "s.id")
    found |= _counted(tx, [source for (source,) in changed if source in found])
    return [each for _, each in sorted(found.items()) if each.passages]


def _counted(tx: Tx, sources: Sequence[str]) -> dict[str, Unread]:
    """The same counted anew, without what is rejected."""
    if not sources:
        return {}
    rows = tx.lists(_COUNTED, "id", "saying", "quiet", "parted", ids=list(sources), **_TOLD)
    found = {source: (saying - len(parted), _left(quiet, parted)) for source, saying, quiet, parted in rows}
    said = _spans(tx, [source for source, (_, quiet) in found.items() if quiet])
    return {source: Unread(source, n, silent(quiet, said.get(source, ()))) for source, (n, quiet) in found.items()}


def _left(quiet: Sequence[tuple[str, int, int]], parted: Collection[str]) -> list[tuple[int, int]]:
    """The spans of those that are not parted into sentences."""
    gone = set(parted)
    return [(start, end) for id_, start, end in quiet if id_ not in gone]


def _spans(tx: Tx, sources: Sequence[str]) -> Mapping[str, list[tuple[int, int]]]:
    """Where these sources mention anything."""
    out: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for source, start, end in tx.lists(_SPANS, "id", "start", "end", ids=list(sources)) if sources else ():
        out[source].append((start, end))
    return out


def noted(source: str, passages: Sequence[Passage], said: Iterable[tuple[int, int]]) -> list[int]:
    """What the node of a source holds of it: passages that could say something, and those that no mention overlaps."""
    found = unread(source, passages, said)
    return [found.passages, found.silent]


def fill_unread(tx: Tx, source: str) -> None:
    """Note it down for a source that is there."""
    said = tx.lists("MATCH (:Passage {source: $id})-[m:MENTIONS]->()", "m.start", "m.end", id=source)
    numbers = noted(source, passages_of(tx, source), [(start, end) for start, end in said])
    tx.run("MATCH (s:Source {id: $id}) SET s.unread = $numbers", id=source, numbers=numbers)
