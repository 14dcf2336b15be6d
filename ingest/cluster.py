"""Extraction spread over the workers of a Dask cluster; this process sends the bytes and gets back what to write.

Workers read and extract, which is where the time goes. This process alone writes, in the order of the files, for three
reasons: the result is that of a local import, two writers of the same hubs would wait for each other, and the workers
need neither the address nor the password of the store. A worker needs this version of the code and the same language
model: one that has another is refused before anything is imported.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent import futures
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from graph.errors import InputRefused, MaillageError
from graph.store import ROOT
from ingest import nlp
from ingest.document import RawFile
from ingest.files import Input
from ingest.fragment import ImportMeta
from ingest.pipeline import Prepared, prepare
from ingest.workers import Ask, told

if TYPE_CHECKING:
    from distributed import Client, Future
    from tornado.ioloop import IOLoop

CONNECT_SECONDS = 10
FILE_SECONDS = 900  # for one file, waiting for its turn included
AHEAD = 3  # files in flight per worker: more would only fill memory
_ONE_AT_A_TIME = threading.Lock()


class ClusterError(MaillageError):
    """A scheduler that does not answer, has no worker, or has workers of another version."""


def spread(address: str, asks: Iterable[Ask | None]) -> Generator[Callable[[], Prepared] | None, None, None]:
    """For each of `asks` in its order, the call that gives it prepared by some worker; None for one that is None.

    Raises ClusterError.
    """
    with _connected(address) as client:
        most = AHEAD * _check_workers(client, address)
        waiting: deque[Callable[[], Prepared] | None] = deque()
        for ask in asks:
            waiting.append(_begin(client, *ask) if ask else None)
            if len(waiting) >= most:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()


def prepare_bytes(raw: RawFile, meta: ImportMeta) -> Prepared | InputRefused:
    """On a worker: one file at a time per process. A refusal is an answer, so that it is not tried again elsewhere."""
    with _ONE_AT_A_TIME:
        try:
            return prepare(raw, meta)
        except InputRefused as refused:
            return refused


@cache
def fingerprint() -> str:
    """What the result of an extraction depends on: code, vocabulary, lexicons, language model."""
    total = hashlib.sha256(f"{nlp.MODEL} {nlp.available()}".encode())
    for folder in ("graph", "ingest", "ontology"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                total.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _begin(client: Client, item: Input, meta: ImportMeta) -> Callable[[], Prepared]:
    try:
        raw = item.load()
    except InputRefused as refused:
        return partial(told, refused)
    # Files of the same bytes under two names are two tasks, and nothing is remembered from an earlier import.
    future = client.submit(prepare_bytes, raw, meta, pure=False)
    return partial(_result, future)


def _result(future: Future[Any]) -> Prepared:
    return told(future.result(timeout=FILE_SECONDS))


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--scheduler needs the packages of the group cluster (pip install --group cluster)"
        ) from None
    with event_loop() as loop:
        try:
            _look_for(address)
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, loop=loop)  # type: ignore[no-untyped-call]  # untyped there
        except (OSError, ValueError) as error:  # a time-out is an OSError
            reason = " ".join(str(error).split())[:200]
            raise ClusterError(f"no Dask scheduler answers at {address}: {reason}") from None
        try:
            yield client
        finally:
            client.close()  # type: ignore[no-untyped-call]  # untyped there


def _look_for(address: str) -> None:
    """One plain connection first: Dask tries and logs until its time is over. Raises OSError, ValueError."""
    from distributed.comm.addressing import get_address_host_port

    host, port = get_address_host_port(address, strict=True)
    socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()


@contextmanager
def event_loop() -> Iterator[IOLoop]:
    """A loop that runs in a thread of its own for as long as the block.

    A client that starts its own gives up with a bare AssertionError when a busy machine takes 10 s to run the thread.
    """
    from tornado.ioloop import IOLoop

    started: futures.Future[tuple[IOLoop, asyncio.Event]] = futures.Future()

    async def live() -> None:
        over = asyncio.Event()
        started.set_result((IOLoop.current(), over))
        await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(live(),), name="cluster", daemon=True)
    thread.start()
    loop, over = started.result()
    try:
        yield loop
    finally:
        loop.add_callback(over.set)
        thread.join(CONNECT_SECONDS)


def _check_workers(client: Client, address: str) -> int:
    """How many workers there are, all of this version. Raises ClusterError."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise ClusterError(f"the scheduler at {address} has no worker") from None
    found = client.run(fingerprint, on_error="return")
    for worker, answer in found.items():
        if answer != fingerprint():
            what = "cannot load this program" if isinstance(answer, Exception) else "runs another version of it"
            raise ClusterError(f"the worker {worker} {what}: start it from the same version, in its folder")
    return len(found)
