"""What a node and a thing are, told by their ids, but for the few that small indexes hold.

Nearly every node stands for itself, and nearly every thing is of the kind that its id begins with: to look each one up
among wide rows is most of the time that a count takes. A thing whose id names no kind is among the exceptions.
"""

from __future__ import annotations

from graph.decided.identity import canonical_json
from ontology import load

_NAMED = "substr({id}, 1, instr({id}, ':') - 1)"
# Their conditions are those of the indexes, word for word: SQLite uses a partial index for nothing else.
_MOVED = "canonical <> id"
_OTHERWISE = f"kind <> {_NAMED.format(id='id')}"
INDEXES = f"""
CREATE INDEX node_moved ON node(id, canonical) WHERE {_MOVED};
CREATE INDEX thing_otherwise ON thing(id, kind) WHERE {_OTHERWISE};
CREATE INDEX thing_rejected ON thing(id) WHERE rejected = 1;
"""
# Nodes that do not stand for a thing of the kind that their id begins with.
_ODD = f"""
    SELECT id FROM node INDEXED BY node_moved WHERE {_MOVED}
    UNION SELECT canonical FROM node INDEXED BY node_moved WHERE {_MOVED}
    UNION SELECT n.id FROM (
      SELECT id FROM thing INDEXED BY thing_otherwise WHERE {_OTHERWISE}
      UNION ALL SELECT id FROM thing INDEXED BY thing_rejected WHERE rejected = 1
    ) t CROSS JOIN node n ON n.canonical = t.id"""
_WITHIN = "c.node >= k.value || ':' AND c.node < k.value || ';'"  # « ; » follows « : »
_OF_ODD = "FROM odd o CROSS JOIN node n ON n.id = o.id CROSS JOIN thing t ON t.id = n.canonical AND t.rejected = 0"

# Things of each kind (?1) by source (?2); the claims of a source are in the order of their nodes. The plus keeps SQLite
# from looking for each odd node in every source.
BY_SOURCE = f"""
    WITH odd(id) AS MATERIALIZED ({_ODD})
    SELECT source, kind, sum(n) AS n FROM (
      SELECT s.value AS source, k.value AS kind,
        (SELECT count(*) FROM claim c INDEXED BY claim_source WHERE c.source = s.value AND {_WITHIN}) AS n
      FROM json_each(?2) s CROSS JOIN json_each(?1) k
      UNION ALL
      SELECT c.source, {_NAMED.format(id="c.node")}, -count(*) FROM odd o CROSS JOIN claim c ON c.node = o.id
      WHERE +c.source IN (SELECT value FROM json_each(?2)) GROUP BY 1, 2
      UNION ALL
      SELECT c.source, t.kind, count(DISTINCT t.id) {_OF_ODD} CROSS JOIN claim c ON c.node = o.id
      WHERE +c.source IN (SELECT value FROM json_each(?2)) GROUP BY 1, 2
    ) GROUP BY source, kind HAVING sum(n) > 0 ORDER BY kind"""
# How many things of these kinds (?1) the sources of a condition speak of.
COUNTED = f"""
    WITH odd(id) AS MATERIALIZED ({_ODD})
    SELECT sum(n) FROM (
      SELECT count(DISTINCT c.node) AS n FROM source s CROSS JOIN json_each(?1) k
      CROSS JOIN claim c INDEXED BY claim_source ON c.source = s.id AND {_WITHIN}
      WHERE c.node NOT IN (SELECT id FROM odd) {{condition}}
      UNION ALL
      SELECT count(DISTINCT t.id) {_OF_ODD} CROSS JOIN claim c ON c.node = o.id CROSS JOIN source s ON s.id = c.source
      WHERE t.kind IN (SELECT value FROM json_each(?1)) {{condition}}
    )"""
# The same by filter and kind, of many filters (?2: the sources that each leaves, by its place).
COUNTED_WITHIN = f"""
    WITH odd(id) AS MATERIALIZED ({_ODD}), asked(place, sources) AS MATERIALIZED (SELECT key, value FROM json_each(?2)),
    pair(place, source) AS MATERIALIZED (SELECT a.place, s.value FROM asked a CROSS JOIN json_each(a.sources) s)
    SELECT a.place, k.value, (
      SELECT count(DISTINCT c.node) FROM json_each(a.sources) s
      CROSS JOIN claim c INDEXED BY claim_source ON c.source = s.value AND {_WITHIN}
      WHERE c.node NOT IN (SELECT id FROM odd)
    ) FROM asked a CROSS JOIN json_each(?1) k
    UNION ALL
    SELECT p.place, t.kind, count(DISTINCT t.id) {_OF_ODD} CROSS JOIN claim c ON c.node = o.id
    CROSS JOIN pair p ON p.source = c.source
    WHERE t.kind IN (SELECT value FROM json_each(?1)) GROUP BY 1, 2"""

# The things of these kinds (?1) that the sources of a condition on `s.id`, or `c.source`, speak of, with their counts
# there. Nearly all of it is told by claims alone, which are in the order of their kinds.
TOLD = f"""
    WITH odd(id) AS MATERIALIZED ({_ODD})
    SELECT c.node AS id, sum(c.weight) AS evidence, count(*) AS sources, max(c.confidence) AS confidence
    FROM source s CROSS JOIN json_each(?1) k CROSS JOIN claim c INDEXED BY claim_source ON c.source = s.id AND {_WITHIN}
    WHERE c.node NOT IN (SELECT id FROM odd) {{of_source}} GROUP BY c.node
    UNION ALL
    SELECT t.id, sum(c.weight), count(DISTINCT c.source), max(c.confidence)
    FROM (SELECT DISTINCT n.canonical AS id FROM odd o CROSS JOIN node n ON n.id = o.id) x
    CROSS JOIN thing t ON t.id = x.id AND t.rejected = 0 CROSS JOIN node n ON n.canonical = t.id
    CROSS JOIN claim c ON c.node = n.id
    WHERE t.kind IN (SELECT value FROM json_each(?1)) {{of_claim}} GROUP BY t.id"""


def every_kind() -> str:
    """The kinds of the ontology, as BY_SOURCE asks for them."""
    return canonical_json(sorted(load().kinds))


def kind_of(thing: str) -> str:
    """The expression for the kind of a thing; `thing` is a column of canonical ids."""
    known = f"SELECT kind FROM thing INDEXED BY thing_otherwise WHERE {_OTHERWISE} AND thing.id = {thing}"
    return f"coalesce(({known}), {_NAMED.format(id=thing)})"
