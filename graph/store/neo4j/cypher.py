"""Running a question of a researcher: explained first, in a reading transaction, bounded in time, rows and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from neo4j import READ_ACCESS, Driver, Record, Result, Transaction
from neo4j.exceptions import ClientError, DriverError, Neo4jError
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point

from graph.errors import CypherRefused, StoreError
from graph.questions.cypher import Limits, Table, Value
from graph.questions.cypher_guard import Question
from graph.store.neo4j.base import Neo4jBase

MOST_TEXT = 4_000  # characters of one text in a cell
MOST_ITEMS = 200  # of one list or map in a cell
MOST_DEPTH = 6
MOST_CHARACTERS = 4_000_000  # of a whole answer
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")
_SERVER_FULL = "MemoryPoolOutOfMemoryError"


class CypherVerbs(Neo4jBase):
    def cypher(self, question: Question, parameters: Mapping[str, Value], limits: Limits) -> Table:
        """See graph.questions.cypher.AnswersCypher."""
        return answer(self._driver, self._address.database, question, parameters, limits)


def answer(
    driver: Driver, database: str | None, question: Question, parameters: Mapping[str, Value], limits: Limits
) -> Table:
    """Explain the question, refuse it unless it only reads, run it within the limits.

    A transaction by hand and not a managed one: what is too slow or too large must fail at once, and a managed one
    would try it again (running out of memory counts as passing trouble for the driver).
    """
    try:
        with (
            driver.session(database=database, default_access_mode=READ_ACCESS) as session,
            session.begin_transaction(timeout=limits.seconds) as transaction,
        ):
            _check_reads(transaction, question, parameters)
            return _table(transaction.run(question.text, dict(parameters)), limits)
    except Neo4jError as error:
        raise CypherRefused(_reason(error, limits)) from None
    except DriverError as error:
        raise StoreError(f"the connection to Neo4j failed: {_line(str(error))}") from None


def _check_reads(transaction: Transaction, question: Question, parameters: Mapping[str, Value]) -> None:
    """The server's own view of what the question would do, before it runs."""
    kind = transaction.run(f"EXPLAIN {question.text}", dict(parameters)).consume().query_type
    if kind != "r":
        raise CypherRefused("the server says that this question does more than read; it was not run")


def _table(result: Result, limits: Limits) -> Table:
    columns, cells, cut = tuple(result.keys()), _Cells(), ""
    rows: list[tuple[Value, ...]] = []
    for record in result:
        if len(rows) == limits.rows:
            cut = f"only the first {limits.rows} rows are shown"
            break
        if cells.written > MOST_CHARACTERS:
            cut = f"only the first {len(rows)} rows are shown: the answer is too large"
            break
        rows.append(_row(record, cells))
    return Table(columns, tuple(rows), tuple(cells.met), cut or cells.cut)


def _row(record: Record, cells: _Cells) -> tuple[Value, ...]:
    return tuple(cells.plain(value) for value in record.values())


class _Cells:
    """Turns what the driver gives into plain data, and remembers which nodes were met and what was cut."""

    def __init__(self) -> None:
        self.met: dict[str, None] = {}
        self.written = 0
        self.cut = ""

    def plain(self, value: Any, depth: int = 0) -> Value:
        if value is None or isinstance(value, bool | int | float):
            self.written += 8
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Node):
            return self._node(value)
        if isinstance(value, Relationship):
            return {"from": self._end(value.start_node), "type": value.type, "to": self._end(value.end_node)}
        if isinstance(value, bytes | bytearray):
            return f"({len(value)} bytes)"
        return self._several(value, depth)

    def _several(self, value: Any, depth: int) -> Value:
        if hasattr(value, "iso_format"):  # dates and durations; a duration is a tuple as well
            return self._text(str(value.iso_format()))
        if depth >= MOST_DEPTH:
            self.cut = self.cut or "what is nested deeper is left out"
            return "…"
        if isinstance(value, Path):
            return [self.plain(piece, depth + 1) for piece in _steps(value)]
        if isinstance(value, Mapping):
            return {str(name): self.plain(value[name], depth + 1) for name in self._first(list(value))}
        if isinstance(value, list | tuple) and not isinstance(value, Point):
            return [self.plain(item, depth + 1) for item in self._first(list(value))]
        return self._text(str(value))

    def _text(self, text: str) -> str:
        self.written += min(len(text), MOST_TEXT)
        if len(text) <= MOST_TEXT:
            return text
        self.cut = self.cut or f"texts are cut at {MOST_TEXT} characters"
        return text[:MOST_TEXT] + "…"

    def _first(self, items: list[Any]) -> list[Any]:
        if len(items) > MOST_ITEMS:
            self.cut = self.cut or f"lists are cut at {MOST_ITEMS} items"
        return items[:MOST_ITEMS]

    def _node(self, node: Node) -> Value:
        id_ = node.get("id")
        if not isinstance(id_, str):
            return {str(name): self.plain(node[name], 1) for name in self._first(sorted(node))}
        self.met.setdefault(id_)
        return {name: self._text(str(node[name])) for name in ("id", "kind", "label") if name in node}

    def _end(self, node: Node | None) -> str:
        """The id of an end; the driver knows its properties only where the node itself is in the answer."""
        id_ = node.get("id") if node is not None else None
        return str(id_) if id_ else ""


def _steps(path: Path) -> Iterator[Node | Relationship]:
    for node, relationship in zip(path.nodes, path.relationships, strict=False):
        yield node
        yield relationship
    yield path.nodes[-1]


def _reason(error: Neo4jError, limits: Limits) -> str:
    code = str(error.code or "")
    if code.endswith(_TIMED_OUT):
        return f"stopped after {limits.seconds:g} s: ask for less, or raise the limit"
    if code.endswith(_SERVER_FULL):
        return "the server has no memory for this question: ask for less"
    if isinstance(error, ClientError) and code.startswith("Neo.ClientError.Statement.AccessMode"):
        return "the server refused it: a question only reads"
    return f"the server refused it: {_line(str(error.message or code))}"


def _line(text: str) -> str:
    """The first line that says something, without the drawing of where it stands."""
    return " ".join(text.split('"', 1)[0].split() if text.count("\n") else text.split())[:300]
