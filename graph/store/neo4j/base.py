"""Connections to a Neo4j store: managed transactions, one writer at a time, errors told in one line.

Every statement of these files is constant text; what varies in it (labels, relation types) comes from the ontology,
and all that users or sources bring goes as parameters.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from neo4j import GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import NOT_TEXT, StoreError
from graph.model import Filter
from graph.store.neo4j.address import PASSWORD, parse
from graph.store.neo4j.schema import check_version, migrate
from graph.store.neo4j.tx import OUT_OF_MEMORY, Tx

READ_SECONDS, WRITE_SECONDS = 60.0, 900.0
RETRY_SECONDS = 10.0
CONNECT_SECONDS = 5.0
MOST_RUNS = 3  # of what was done but not heard of
_MOST_AT_REST = 50  # reads of which each met a write
_NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
_TIMED_OUT = "TransactionTimedOut"
_LOCK = "MATCH (m:Maillage {id: 'store'}) SET m.lock = $token RETURN m.version AS version"
_HAPPENED = "MATCH (a:Act {token: $token}) RETURN count(a) AS n"

T = TypeVar("T")
# The driver tells of its retries through logging, which without a handler goes to standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def _bounded(work: Callable[[Tx], T]) -> Callable[[ManagedTransaction], T]:
    """The work of one transaction, which the server stops after a while."""

    @unit_of_work(timeout=READ_SECONDS)
    def whole(tx: ManagedTransaction) -> T:
        with _fatal():
            return work(Tx(tx))

    return whole


class Neo4jBase:
    """Opening, reading and writing; the verbs are in the classes that derive from it."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        self._address = parse(url)
        self.url = self._address.shown
        self.credentials: Mapping[str, str] = {PASSWORD: self._address.password}
        with self._told():
            self._driver = GraphDatabase.driver(
                self._address.uri,
                auth=(self._address.user, self._address.password) if self._address.user else None,
                connection_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
                user_agent="maillage",
            )
        # What one session wrote, the next one sees, on a cluster too.
        self._bookmarks = GraphDatabase.bookmark_manager()
        try:
            with self._told(), self._session() as session:
                migrate(session, self._address.place, create=create)
        except BaseException:
            self._driver.close()
            raise

    def _session(self) -> Session:
        return self._driver.session(database=self._address.database, bookmark_manager=self._bookmarks)

    def _read(self, work: Callable[[Tx], T]) -> T:
        """Do reads in one transaction that the server keeps from writing."""
        return self._again(lambda session: session.execute_read(_bounded(work)))

    def _read_at_rest(self, work: Callable[[Tx], T]) -> T:
        """Do reads that no write fell among: a transaction of this server sees what others commit meanwhile, in part.

        The bookmark that a read ends with names the newest commit, written out or not; the next read begins when that
        one is written out. Where it ends with the same bookmark, nothing came between. Under writes without a pause
        the last answer is taken, as _read gives it.
        """

        def run(session: Session) -> T:
            answer, ended = session.execute_read(_bounded(work)), session.last_bookmarks().raw_values
            for _ in range(_MOST_AT_REST):
                began, answer = ended, session.execute_read(_bounded(work))
                ended = session.last_bookmarks().raw_values
                if ended == began:
                    break
            return answer

        return self._again(run)

    def _write(self, work: Callable[[Tx], T]) -> T:
        """Do a write whole or not at all, after every write begun before it.

        Where the answer to the commit was lost, what it left in the log of acts tells whether it happened; if not, it
        is done again.
        """
        token, results = uuid.uuid4().hex, list[T]()

        @unit_of_work(timeout=WRITE_SECONDS)
        def whole(tx: ManagedTransaction) -> T:
            with _fatal():
                asked = Tx(tx, token)
                check_version(asked.one(_LOCK, token=token), self._address.place)
                # The lock waits for a commit under way whose answer was lost: it may have come after it was asked for.
                if results and asked.rows(_HAPPENED, token=token)[0]["n"]:
                    return results[-1]
                results.append(work(asked))
                return results[-1]

        with self._told():
            for _ in range(MOST_RUNS - 1):
                try:
                    with self._session() as session:
                        return session.execute_write(whole)
                except IncompleteCommit:
                    if self._happened(token):
                        return results[-1]
            with self._session() as session:
                return session.execute_write(whole)

    def _write_apart(self, work: Callable[[Tx], T]) -> T:
        """Do a write that may run beside others and may be done twice."""
        return self._again(lambda session: session.execute_write(_bounded(work)))

    def _again(self, run: Callable[[Session], T]) -> T:
        """Run what may be run twice, again where its answer was lost."""
        with self._told():
            for _ in range(MOST_RUNS - 1):
                try:
                    with self._session() as session:
                        return run(session)
                except IncompleteCommit:
                    continue
            with self._session() as session:
                return run(session)

    def _happened(self, token: str) -> bool:
        """Whether a transaction left its act; asked until the server answers again, within a bound."""
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                with self._session() as session:
                    return bool(session.execute_read(lambda tx: Tx(tx).rows(_HAPPENED, token=token)[0]["n"]))
            except (ServiceUnavailable, SessionExpired):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn the driver's errors into one line that names the server."""
        try:
            yield
        except (DriverError, Neo4jError, UnicodeEncodeError, OSError) as error:
            raise StoreError(f"{self._address.place}: {_reason(error, self._address.database)}") from None

    def close(self) -> None:
        """Close every connection."""
        self._driver.close()


@contextmanager
def _fatal() -> Iterator[None]:
    """A memory limit is called transient by the server, and would be tried again until time is up; it is final here."""
    try:
        yield
    except Neo4jError as error:
        if error.code == OUT_OF_MEMORY:
            raise _OutOfMemory from None
        raise


class _OutOfMemory(StoreError):
    def __init__(self) -> None:
        super().__init__("the server's memory limit for one transaction was reached; nothing was changed")


def _reason(error: Exception, database: str | None) -> str:
    """Why, in one line; nothing of the credentials is in what the driver and the server say."""
    if isinstance(error, UnicodeEncodeError):
        return NOT_TEXT
    if isinstance(error, AuthError):
        return "user or password refused"
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return "no Neo4j server answers there, or the connection was lost"
    if isinstance(error, ConfigurationError):
        return "the address, or the way it asks to connect, is refused by the driver"
    if isinstance(error, Neo4jError):
        return _server_reason(error, database)
    return _first_line(str(error))


def _server_reason(error: Neo4jError, database: str | None) -> str:
    code = error.code or ""
    if code == _NO_DATABASE:
        return f"no database {database or 'of its own'} on that server"
    if code == OUT_OF_MEMORY:
        return str(_OutOfMemory())
    if _TIMED_OUT in code:
        return "the query took too long and was stopped"
    return _first_line(error.message or code)


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["unknown error"])[0][:300]


def acts(tx: Tx) -> int | None:
    """The number of the last act in the log: it grows with every write; None where nothing was ever written."""
    row = tx.one("MATCH (m:Maillage {id: 'store'}) RETURN m.acts AS acts")
    return int(row["acts"]) if row and row["acts"] is not None else None


def within(tx: Tx, where: Filter) -> list[str] | None:
    """The ids of the sources that a filter leaves, or None where nothing is filtered.

    A source without a date is outside any span of dates.
    """
    conditions: list[str] = []
    values: dict[str, object] = {}
    for condition, name, value in (
        ("s.meeting = $meeting", "meeting", where.meeting),
        ("s.date <> '' AND s.date >= $since", "since", where.since),
        ("s.date <> '' AND s.date <= $until", "until", where.until),
        ("s.id = $source", "source", where.source),
        ("s.document = $document", "document", where.document),
        ("s.visibility = $visibility", "visibility", str(where.visibility) if where.visibility else ""),
    ):
        if value:
            conditions.append(condition)
            values[name] = value
    if not conditions:
        return None
    return [
        row["id"] for row in tx.rows(f"MATCH (s:Source) WHERE {' AND '.join(conditions)} RETURN s.id AS id", **values)
    ]


def confirmed(where: Filter, node: str) -> str:
    """The condition on a node that goes with a filter on what was confirmed."""
    return f"AND {node}.confirmed" if where.confirmed else ""


def only(sources: list[str] | None, column: str, word: str = "WHERE") -> str:
    """The condition that goes with `within`, its list given as $within; empty where nothing is filtered."""
    return "" if sources is None else f"{word} {column} IN $within"
