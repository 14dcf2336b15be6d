"""Search in a Neo4j store: the full-text index finds, graph.questions.ranking orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.model import Filter, Hit
from graph.questions.ranking import (
    UNTOLD,
    Query,
    Rank,
    best_first,
    considered,
    excerpt,
    rank,
    rank_standing,
    read_query,
)
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, only, within
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.words import DEEPEST, is_cut, match, of_few_words, parts, starting
from graph.text import words
from ontology import load

MANY = 2_000  # matches
_BY_NUMBER = "ORDER BY e.standing, e.id"
_ORDERED = "ORDER BY e.folded = $folded DESC, e.folded STARTS WITH $folded DESC, e.standing, e.id"
# Of most matches the standing tells how well they match, so that no text of theirs is read but that of those shown.
_MATCH = (
    *("e.id", "e.standing", "e.evidence", "e.folded = $folded", "e.folded STARTS WITH $folded"),
    """CASE WHEN $named OR e.standing >= $untold OR size(coalesce(e.aliases, [])) > 0
       THEN [e.label] + coalesce(e.aliases, []) END""",
)


# The first of the surest sentences: neither sources nor places of the others are read.
_BEST = """
    MATCH (n:Node {{canonical: id}})<-[m:MENTIONS]-(p:Passage) {only}
    WITH m.confidence AS sure, m.source AS source, collect([n, m, p]) AS said
    WITH sure, collect([source, said]) AS sources ORDER BY sure DESC LIMIT 1
    UNWIND sources AS each WITH each[0] AS source, each[1] AS said
    MATCH (s:Source {{id: source}}) WITH said ORDER BY s.date, s.id LIMIT 1
    UNWIND said AS one WITH one[0] AS n, one[1] AS m, one[2] AS p
    RETURN [p.label, m.quote] ORDER BY m.start, m.end, n.id LIMIT 1"""


class _Match(NamedTuple):
    """What orders a match; `names` of those whose standing does not tell how well they match."""

    id: str
    standing: int
    evidence: int
    exact: bool
    starts: bool
    names: list[str] | None


class SearchVerbs(Neo4jBase):
    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search."""
        query = read_query(text)
        known = [kind for kind in dict.fromkeys(kinds) if kind in load().kinds]
        if query is None or limit <= 0 or (kinds and not known):
            return []

        def work(tx: Tx) -> list[Hit]:
            sources = within(tx, where)
            matches = _Matches(tx, query, known, sources, where)
            found = [(_rank(query, row), row) for row in matches.first(considered(limit))]
            found.sort(key=lambda pair: best_first(pair[0], pair[1].evidence, pair[1].id))
            return _hits(tx, found[:limit], sources)

        return self._read(work)


def _rank(query: Query, row: _Match) -> Rank:
    return rank(query, row.names) if row.names else rank_standing(query, row.standing, row.exact, row.starts)


class _Matches:
    """What matches a query, best first: what the query is, what begins with it, then by standing.

    Few matches are all sorted. Of many, parts of the standings are read one after the other until there are enough.
    """

    def __init__(self, tx: Tx, query: Query, kinds: Sequence[str], sources: list[str] | None, where: Filter) -> None:
        self._tx, self._query, self._match = tx, query, match(query, kinds)
        self._conditions = ["(e:Passage OR e.confirmed)"] if where.confirmed else []
        if sources is not None:
            self._conditions.append(
                """CASE WHEN e:Passage THEN e.source IN $within
                   ELSE EXISTS { (n:Node {canonical: e.id})<-[m:MENTIONS]-() WHERE m.source IN $within } END"""
            )
        self._given = {"folded": query.folded, "within": sources, "named": is_cut(query), "untold": UNTOLD}

    def first(self, most: int) -> list[_Match]:
        """The first `most` matches."""
        if is_cut(self._query):
            return [row for row in self._by_number(self._match, most, order=_ORDERED) if _begins(self._query, row)]
        few = self._few(self._match, most)
        if few is not None:
            return few
        found = {row.id: row for row in self._that_begin(most)}
        for row in self._by_standing(self._match, most) if len(found) < most else ():
            found.setdefault(row.id, row)
        return list(found.values())[:most]

    def _few(self, expression: str, most: int, condition: str = "") -> list[_Match] | None:
        """The first of the matches where all can be sorted; None where they are many."""
        found = self._from_parts(expression, [""], most, condition, _ORDERED)
        return None if found and found[0][1] is None else [row for _, row in found if row is not None]

    def _that_begin(self, most: int) -> list[_Match]:
        """Those whose label is the query, then the first whose label begins with it."""
        begun, begins = f"{self._match} AND {starting(self._query)}", "e.folded STARTS WITH $folded"
        few = self._few(begun, most, begins)
        if few is not None:
            return few
        of_few = f"{begun} AND {of_few_words(len(set(self._query.stems)))}"
        same = self._by_number(of_few, most, "e.folded = $folded")
        return same if len(same) == most else same + self._by_standing(begun, most, begins)

    def _by_standing(
        self, expression: str, most: int, condition: str = "", level: int = 0, of: str = ""
    ) -> list[_Match]:
        """The first `most` by standing, then id: from part to part, and within one that holds many by its own parts."""
        if level > DEEPEST:
            return self._by_number(expression, most, condition)
        found: list[_Match] = []
        left = parts(level, of)
        while left and len(found) < most:
            rows = self._from_parts(expression, left, most - len(found), condition)
            found += [row for _, row in rows if row is not None]
            full = next((part for part, row in rows if row is None), None)
            if full is None:
                break
            narrowed = f"{expression} AND ranks:{full}"
            found += self._by_standing(narrowed, most - len(found), condition, level + 1, full)
            left = left[left.index(full) + 1 :]
        return found

    def _from_parts(
        self, expression: str, asked: Sequence[str], most: int, condition: str = "", order: str = _BY_NUMBER
    ) -> list[tuple[str, _Match | None]]:
        """Matches in order with the part each is in, from part to part, until there are `most`.

        The server looks no further. A part that holds many is not sorted: it is answered without a match, and last.
        """
        cypher = f"""
            UNWIND $parts AS part
            CALL (part) {{
              CALL db.index.fulltext.queryNodes(
                'words', $match + CASE part WHEN '' THEN '' ELSE ' AND ranks:' + part END, {{limit: $cap}}) YIELD node
              WITH collect(node) AS found
              UNWIND CASE WHEN size(found) < $cap THEN found ELSE [_ IN range(1, $most) | null] END AS e
              WITH e {self._where(condition, "e IS NULL OR ")} {order} LIMIT $most
              RETURN e
            }}
            WITH part, e LIMIT $most"""
        given = {"match": expression, "parts": list(asked), "most": most, "cap": _cap(most), **self._given}
        return [
            (part, _Match(id_, *own) if id_ is not None else None)
            for part, id_, *own in self._tx.lists(cypher, "part", *_MATCH, **given)
        ]

    def _by_number(self, expression: str, most: int, condition: str = "", order: str = _BY_NUMBER) -> list[_Match]:
        cypher = f"""
            CALL db.index.fulltext.queryNodes('words', $match) YIELD node AS e {self._where(condition)}
            WITH e {order} LIMIT $most"""
        return [_Match(*row) for row in self._tx.lists(cypher, *_MATCH, match=expression, most=most, **self._given)]

    def _where(self, condition: str, unless: str = "") -> str:
        conditions = [*self._conditions, *([condition] if condition else [])]
        return f"WHERE {unless}({' AND '.join(conditions)})" if conditions else ""


def _cap(most: int) -> int:
    """Beyond so many matches, not all are sorted."""
    return max(MANY, most + 1)


def _begins(query: Query, row: _Match) -> bool:
    return any(word.startswith(query.prefix) for name in row.names or () for word in words(name))


def _hits(tx: Tx, found: Sequence[tuple[Rank, _Match]], sources: list[str] | None) -> list[Hit]:
    """What is shown of matches; with a thing, the sentence that it rests on best."""
    cypher = f"""
        UNWIND $ids AS id
        CALL (id) {{
          MATCH (e:Node {{id: id}})
          RETURN e.kind AS kind, e.label AS label, COLLECT {{ {_BEST.format(only=only(sources, "m.source"))} }} AS said
          UNION ALL
          MATCH (e:Passage {{id: id}}) RETURN 'passage' AS kind, e.label AS label, [[e.label, '']] AS said
        }}"""
    shown = tx.lists(cypher, "id", "kind", "label", "said", ids=[row.id for _, row in found], within=sources)
    told = {id_: (kind, label, _quote(said)) for id_, kind, label, said in shown}
    return [Hit(row.id, *told[row.id][:2], place.score, told[row.id][2]) for place, row in found if row.id in told]


def _quote(said: Sequence[tuple[str, str]]) -> str:
    """The label of a passage, around what is said there."""
    return next((excerpt(label or quote, quote) for label, quote in said), "")
