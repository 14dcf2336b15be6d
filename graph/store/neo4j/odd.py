"""What a node and a thing are, told by their ids and labels, but for the few that bear :Odd.

Nearly every node stands for itself, and nearly every thing is of the kind that its id begins with. So what a source
says of each kind is counted once, when it is written, and only what it says of odd nodes is looked at again: to read
the properties of every node is most of the time that a count takes.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from graph.decided.identity import canonical_json
from graph.store.neo4j.tx import Tx

CountsBySource: TypeAlias = dict[str, dict[str, int]]

_READ_KIND = "CASE WHEN n.id CONTAINS ':' THEN split(n.id, ':')[0] ELSE '' END"
_IS_ODD = f"n.rejected OR n.canonical <> n.id OR size(n.members) > 1 OR n.kind <> {_READ_KIND}"
# What stands for the thing that a node answers as: two of them are never mixed up.
ANSWERS_AS = "CASE WHEN n:Odd THEN n.canonical ELSE n END"
# Of most sources, from the odd nodes, which are few; of a few, from all that these say.
_FEW = 6
_ODD = "MATCH (n:Odd)<-[:CLAIMS]-(s:Source)"
_ODD_OF_FEW = "UNWIND $few AS id MATCH (s:Source {id: id})-[:CLAIMS]->(n:Odd)"
# What odd nodes are by their ids is taken off, what they answer as is added.
_COUNTED = f"""
    WITH s.id AS source, {_READ_KIND} AS was, CASE WHEN NOT n.rejected THEN n.kind END AS now,
      n.canonical AS thing, count(*) AS nodes
    WITH collect([source, was, now, thing, nodes]) AS odd
    CALL (odd) {{
      UNWIND odd AS row RETURN row[0] AS source, row[1] AS kind, -sum(row[4]) AS n
      UNION ALL
      UNWIND odd AS row WITH row WHERE row[2] IS NOT NULL
      RETURN row[0] AS source, row[2] AS kind, count(DISTINCT row[3]) AS n
    }}"""


def read_kind(node: str) -> str:
    """The kind that an id begins with."""
    kind, mark, _ = node.partition(":")
    return kind if mark else ""


def is_odd(thing: str, kind: str, members: Collection[str], *, rejected: bool) -> bool:
    """Whether the nodes of a thing are not simply what their ids say."""
    return rejected or len(members) > 1 or kind != read_kind(thing)


def claimed(nodes: Iterable[str]) -> str:
    """How many nodes of each kind a source speaks of, as its node holds it."""
    return canonical_json(dict(Counter(map(read_kind, nodes))))


def counts_by_source(tx: Tx, said: Mapping[str, str]) -> CountsBySource:
    """How many things of each kind these sources speak of, from what each has `claimed`."""
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, text in said.items():
        out[source].update(json.loads(text))
    odd = f"{_ODD_OF_FEW if len(said) <= _FEW else _ODD} {_COUNTED}"
    for source, kind, n in tx.lists(odd, "source", "kind", "n", few=list(said)[:_FEW]):
        if source in said:
            out[source][kind] += n
    return {source: {kind: n for kind, n in sorted(found.items()) if n} for source, found in out.items()}


# --- for the schema, and for the proof --------------------------------------------------------------------------------

MARK = f"MATCH (n:Node) WHERE {_IS_ODD} CALL (n) {{ SET n:Odd }} IN TRANSACTIONS OF 10000 ROWS"
_CLAIMED = f"""
    UNWIND $ids AS id MATCH (s:Source {{id: id}})-[:CLAIMS]->(n:Node) WITH id, {_READ_KIND} AS kind, count(*) AS n"""


def count_claims(tx: Tx, sources: Sequence[str]) -> dict[str, str]:
    """What these sources have `claimed`, counted anew."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for source, kind, n in tx.lists(_CLAIMED, "id", "kind", "n", ids=list(sources)):
        found[source][kind] = n
    return {source: canonical_json(found[source]) for source in sources}


def fill_claimed(tx: Tx, source: str) -> None:
    """Note down what a source has claimed."""
    for id_, said in count_claims(tx, [source]).items():
        tx.run("MATCH (s:Source {id: $id}) SET s.claimed = $said", id=id_, said=said)
