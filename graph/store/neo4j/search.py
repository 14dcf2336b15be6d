"""Search in a Neo4j store: the full-text index finds, graph.questions.ranking orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph.model import Filter, Hit
from graph.questions.ranking import Query, Rank, best_first, considered, excerpt, rank, rank_prepared, read_query
from graph.store.base import NO_FILTER
from graph.store.neo4j.base import Neo4jBase, only, within
from graph.store.neo4j.tx import Tx
from graph.store.neo4j.words import DEEPEST, is_cut, is_whole, match, of_few_words, parts, starting
from graph.text import words
from ontology import load

MANY = 2_000  # matches


class _Match(NamedTuple):
    """What is read of a match; `source` is None for a thing, `aliases` for a passage."""

    id: str
    kind: str
    label: str
    source: str | None
    evidence: int
    folded: str
    stems: str
    forms: str
    aliases: list[str] | None


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
            shown = found[:limit]
            quotes = _quotes(tx, [row.id for _, row in shown if row.source is None], sources)
            return [Hit(row.id, row.kind, row.label, at.score, _quote(row, quotes)) for at, row in shown]

        return self._read(work)


def _names(row: _Match) -> list[str]:
    return [row.label, *(row.aliases or [])]


def _rank(query: Query, row: _Match) -> Rank:
    stems = row.stems.split()
    if row.aliases or not is_whole(stems):
        return rank(query, _names(row))
    return rank_prepared(query, row.folded, stems, row.forms.split())


def _quote(row: _Match, quotes: dict[str, str]) -> str:
    return quotes.get(row.id, "") if row.source is None else excerpt(row.label)


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
        self._given = {"folded": query.folded, "within": sources}

    def first(self, most: int) -> list[_Match]:
        """The first `most` matches."""
        if is_cut(self._query):
            return [row for row in self._rows(self._sorted(self._match, most)) if _begins(self._query, row)]
        few = self._few(most)
        if few is not None:
            return few
        ids = self._that_begin(most)
        if len(ids) < most:
            ids += self._by_standing(self._match, most)
        return self._rows(list(dict.fromkeys(ids))[:most])

    def _few(self, most: int) -> list[_Match] | None:
        """The first of the matches where all can be sorted, in one statement; None where they are many."""
        also = f"WHERE e IS NULL OR ({' AND '.join(self._conditions)})" if self._conditions else ""
        cypher = f"""
            CALL db.index.fulltext.queryNodes('words', $match, {{limit: $cap}}) YIELD node WITH collect(node) AS found
            UNWIND CASE WHEN size(found) < $cap THEN found ELSE [null] END AS e
            WITH e {also} {_ORDERED} LIMIT $most"""
        found = self._tx.lists(cypher, *_MATCH, match=self._match, cap=_cap(most), most=most, **self._given)
        return None if found and found[0][0] is None else [_Match(*row) for row in found]

    def _that_begin(self, most: int) -> list[str]:
        """Those whose label is the query, then the first whose label begins with it."""
        begun, begins = f"{self._match} AND {starting(self._query)}", "e.folded STARTS WITH $folded"
        if not self._are_many(begun, most):
            return self._sorted(begun, most, begins)
        same = self._sorted(f"{begun} AND {of_few_words(len(set(self._query.stems)))}", most, "e.folded = $folded")
        return same if len(same) == most else same + self._by_standing(begun, most, begins)

    def _are_many(self, expression: str, most: int) -> bool:
        cypher = "CALL db.index.fulltext.queryNodes('words', $match, {limit: $cap}) YIELD node RETURN count(*) AS n"
        cap = _cap(most)
        return bool(self._tx.rows(cypher, match=expression, cap=cap)[0]["n"] == cap)

    def _sorted(self, expression: str, most: int, condition: str = "") -> list[str]:
        """All that match, sorted: the first of them."""
        cypher = f"""
            CALL db.index.fulltext.queryNodes('words', $match) YIELD node AS e {self._where(condition)}
            WITH e {_ORDERED} LIMIT $most RETURN e.id AS id"""
        return [row["id"] for row in self._tx.rows(cypher, match=expression, most=most, **self._given)]

    def _by_standing(self, expression: str, most: int, condition: str = "") -> list[str]:
        """The first of many, part by part; the part in which they end is cut into finer ones while it is large."""
        found: list[str] = []
        part = ""
        for level in range(DEEPEST + 1):
            rows = self._from_parts(expression, parts(level, part), most - len(found), condition)
            if len(rows) < most - len(found):  # none is left out: those of a part are in no order yet
                return found + self._in_order([id_ for _, id_ in rows])
            part = rows[-1][0]
            found += self._in_order([id_ for at, id_ in rows if at != part])
            expression = f"{expression} AND ranks:{part}"
            if level == DEEPEST or not self._are_many(expression, most):
                break
        return found + self._by_number(expression, most - len(found), condition)

    def _from_parts(self, expression: str, asked: Sequence[str], most: int, condition: str) -> list[tuple[str, str]]:
        """Matches with the part each is in, from part to part, until there are `most`: the server looks no further."""
        # What a condition takes out must not count towards the limit of the index.
        options = {} if self._where(condition) else {"limit": _cap(most)}
        cypher = f"""
            UNWIND $parts AS part
            CALL db.index.fulltext.queryNodes('words', $match + ' AND ranks:' + part, $options) YIELD node AS e
            {self._where(condition)} RETURN part, e.id AS id LIMIT $most"""
        given = {"match": expression, "parts": list(asked), "most": most, "options": options, **self._given}
        return [(row["part"], row["id"]) for row in self._tx.rows(cypher, **given)]

    def _by_number(self, expression: str, most: int, condition: str) -> list[str]:
        cypher = f"""
            CALL db.index.fulltext.queryNodes('words', $match) YIELD node AS e {self._where(condition)}
            WITH e ORDER BY e.standing, e.id LIMIT $most RETURN e.id AS id"""
        return [row["id"] for row in self._tx.rows(cypher, match=expression, most=most, **self._given)]

    def _in_order(self, ids: Sequence[str]) -> list[str]:
        cypher = f"{_ENTRIES} RETURN e.id AS id ORDER BY e.standing, e.id"
        return [row["id"] for row in self._tx.rows(cypher, ids=list(ids))] if ids else []

    def _where(self, condition: str) -> str:
        conditions = [*self._conditions, *([condition] if condition else [])]
        return f"WHERE {' AND '.join(conditions)}" if conditions else ""

    def _rows(self, ids: Sequence[str]) -> list[_Match]:
        return [_Match(*row) for row in self._tx.lists(_ENTRIES, *_MATCH, ids=list(ids))] if ids else []


_MATCH = (
    *("e.id", "CASE WHEN e:Passage THEN 'passage' ELSE e.kind END", "e.label", "CASE WHEN e:Passage THEN e.source END"),
    *("e.evidence", "e.folded", "e.stems", "e.forms", "CASE WHEN e:Passage THEN null ELSE e.aliases END"),
)
_ORDERED = "ORDER BY e.folded = $folded DESC, e.folded STARTS WITH $folded DESC, e.standing, e.id"
_ENTRIES = """
    UNWIND $ids AS id
    CALL (id) { MATCH (e:Node {id: id}) RETURN e UNION ALL MATCH (e:Passage {id: id}) RETURN e }
    WITH e"""


def _cap(most: int) -> int:
    """Beyond so many matches, not all are sorted."""
    return max(MANY, most + 1)


def _begins(query: Query, row: _Match) -> bool:
    return any(word.startswith(query.prefix) for name in _names(row) for word in words(name))


def _quotes(tx: Tx, ids: list[str], sources: list[str] | None) -> dict[str, str]:
    """The sentence each thing rests on best."""
    cypher = f"""
        UNWIND $ids AS id
        CALL (id) {{
          MATCH (n:Node {{canonical: id}})<-[m:MENTIONS]-(p:Passage)-[:IN]->(s:Source)
          {only(sources, "m.source")}
          RETURN p.label AS label, m.quote AS quote
          ORDER BY m.confidence DESC, s.date, s.id, m.start, m.end, n.id LIMIT 1
        }}
        RETURN id, label, quote"""
    found = tx.rows(cypher, ids=ids, within=sources) if ids else []
    return {row["id"]: excerpt(row["label"] or row["quote"], row["quote"]) for row in found}
