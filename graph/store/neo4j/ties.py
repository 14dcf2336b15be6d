"""The links of a Neo4j store, stored: (a)-[:LINKED {passages, tally, pair}]->(b), `a` the smaller id of two things.

The number of links of a thing is the number of these relationships at its node, which the server keeps. `pair` stands
for both ends in an index: between two hubs no chain of relationships is searched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from graph.decided.joining import CHUNK
from graph.derived.linking import link_problems, retie, settle
from graph.questions.ties import Pair, Said, Stated, Tally, tallies
from graph.store.neo4j.names import relation_of, relations_of_source, stated
from graph.store.neo4j.tx import Tx

PAIR = "MATCH (a:Node)-[l:LINKED {pair: pair}]->(b:Node) USING INDEX l:LINKED(pair)"
_ANY = {"n": "", "f": "", "g": ""}
# The tally of each pair, and what names its link for as long as the transaction lasts.
Known: TypeAlias = dict[Pair, tuple[Tally, str]]
_FOUND = "MATCH ()-[l:LINKED]->() WHERE elementId(l) = row[0]"
_SAID = """
    MATCH (p)-[m:MENTIONS]->(n:Node) WHERE NOT n.rejected {n}
    WITH p, collect([n.canonical, m.confidence]) AS said WHERE size(said) > 1"""
_STATED = """
    WITH r, startNode(r) AS f, endNode(r) AS g
    WHERE f:Node AND g:Node AND NOT f.rejected {f} AND NOT g.rejected {g}
    UNWIND range(0, size(r.passages) - 1) AS i"""
_STATES = ("f.canonical", "type(r)", "g.canonical", "r.passages[i]", "r.label", "r.confidences[i]")


def pair_key(pair: Pair) -> int:
    """What stands for two ends in an index: 64 bits of a digest."""
    return int.from_bytes(hashlib.blake2b("\x1f".join(pair).encode(), digest_size=8).digest(), signed=True)


def alone(node: str) -> str:
    """That a node is said by one source only and merged with nothing: nothing but its links changes when it goes."""
    return f"""{node}.merge_key = '' AND {node}.canonical = {node}.id AND size({node}.members) = 1
        AND COUNT {{ ({node})<-[:CLAIMS]-() }} = 1"""


def of_source(tx: Tx, source: str, *, lasting: bool = False) -> dict[Pair, Tally]:
    """What one source ties, as things answer now; with `lasting`, only what does not go with it."""
    more = {node: f"AND NOT ({alone(node)})" if lasting else "" for node in "nfg"}
    said = tx.lists(f"MATCH (p:Passage {{source: $id}}) {_SAID.format(**more)}", "p.id", "said", id=source)
    found = tx.lists(f"{relations_of_source(stated())} {_STATED.format(**more)}", *_STATES, id=source)
    return tallies(_said(said), _stated(found))


class CypherLinks:
    """Links of graph.derived.linking over one transaction; nodes that are `new` in it have no link yet.

    Those that are `known` were looked up before anything was deleted: afterwards the server goes through all that the
    transaction deleted each time it looks one up.
    """

    def __init__(self, tx: Tx, new: Collection[str] = (), known: Known | None = None) -> None:
        self._tx, self._new, self._known = tx, frozenset(new), {} if known is None else known

    def of_things(self, ids: Sequence[str]) -> dict[Pair, Tally]:
        said = f"""
            UNWIND $ids AS id MATCH (:Node {{canonical: id}})<-[:MENTIONS]-(p:Passage) WITH DISTINCT p
            {_SAID.format(**_ANY)}"""
        found = f"""
            UNWIND $ids AS id MATCH (:Node {{canonical: id}})-[r:{stated()}]-(:Node) WITH DISTINCT r
            {_STATED.format(**_ANY)}"""
        asked = list(ids)
        passages, relations = (
            self._tx.lists(said, "p.id", "said", ids=asked),
            self._tx.lists(found, *_STATES, ids=asked),
        )
        return tallies(_said(passages), _stated(relations), set(ids))

    def forget(self, ids: Collection[str]) -> None:
        self._tx.many("UNWIND $rows AS id MATCH (:Node {id: id})-[l:LINKED]-() DELETE l", sorted(ids))

    def apply(self, change: Mapping[Pair, Tally]) -> None:
        old = [pair for pair in change if self._new.isdisjoint(pair)]
        found = {pair: self._known[pair] for pair in old if pair in self._known}
        found |= look_up(self._tx, (pair for pair in old if pair not in found))
        self._known.clear()  # from here on they say something else
        links = {pair: link for pair, (_, link) in found.items()}
        settled = settle(sorted(change.items(), key=_ends), {pair: tally for pair, (tally, _) in found.items()})
        self._tx.many(
            """
            UNWIND $rows AS row MATCH (a:Node {id: row[0]}) MATCH (b:Node {id: row[1]})
            CREATE (a)-[:LINKED {pair: row[2], passages: row[3], tally: row[4]}]->(b)""",
            [[*pair, pair_key(pair), tally.passages, tally.text()] for pair, tally in settled.come],
        )
        self._tx.many(
            f"UNWIND $rows AS row {_FOUND} SET l.passages = row[1], l.tally = row[2]",
            [[links[pair], tally.passages, tally.text()] for pair, tally in settled.stay],
        )
        self._tx.many(f"UNWIND $rows AS row {_FOUND} DELETE l", [[links[pair]] for pair in settled.gone])


def _ends(item: tuple[Pair, Tally]) -> Pair:
    return item[0]


def look_up(tx: Tx, pairs: Iterable[Pair]) -> Known:
    """The links of these pairs that are stored."""
    columns = ("a.id", "b.id", "l.passages", "l.tally", "elementId(l)")
    out: Known = {}
    for chunk in _chunks(pairs):
        asked = [pair_key(pair) for pair in chunk]
        for a, b, passages, tally, link in tx.lists(f"UNWIND $pairs AS pair {PAIR}", *columns, pairs=asked):
            out[(a, b)] = Tally.read(passages, tally), link
    return out


def _chunks(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    ordered = sorted(pairs)
    for at in range(0, len(ordered), CHUNK):
        yield ordered[at : at + CHUNK]


def _said(rows: Iterable[list[Any]]) -> Iterator[Said]:
    return ((thing, passage, confidence) for passage, said in rows for thing, confidence in said)


def _stated(rows: Iterable[list[Any]]) -> Iterator[Stated]:
    for one, type_, other, passage, label, confidence in rows:
        yield one, relation_of()[type_], other, passage, label, confidence


# --- for the proof ----------------------------------------------------------------------------------------------------


def thing_page(tx: Tx, after: str) -> list[str]:
    """The next ids of things, in order."""
    cypher = "MATCH (n:Node) WHERE n.id > $after AND n:Thing RETURN n.id AS id ORDER BY id LIMIT $limit"
    return [row["id"] for row in tx.rows(cypher, after=after, limit=CHUNK)]


def stored_link_problems(tx: Tx, page: Sequence[str]) -> Iterator[str]:
    """The links of a page of things are what mentions and relations tie, and are found by their ends."""
    found = tx.rows(
        """
        UNWIND $ids AS id MATCH (a:Node {id: id})-[l:LINKED]->(b)
        RETURN a.id AS a, b.id AS b, l.passages AS passages, l.tally AS tally, l.pair AS pair""",
        ids=list(page),
    )
    yield from link_problems(CypherLinks(tx), page, (tuple(row.values())[:4] for row in found))
    for row in found:
        if row["pair"] != pair_key((row["a"], row["b"])):
            yield f"link {row['a']} {row['b']}: is not found by its ends"


def lost_link_problems(tx: Tx) -> Iterator[str]:
    """Every link is between things that answer for themselves."""
    cypher = "MATCH (n)-[:LINKED]-() WHERE NOT n:Thing RETURN DISTINCT n.id AS id LIMIT $most"
    yield from (f"links of {row['id']}: of no thing" for row in tx.rows(cypher, most=CHUNK))


def fill_links(tx: Tx, source: str) -> None:
    """The links that a source brings to a store that has none of it yet."""
    retie(CypherLinks(tx), (), of_source(tx, source), ())
