"""A relay to a Neo4j server that loses the answer to a commit, before or after the server has heard it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # one chunk of two bytes: a structure without fields, signature 0x12


class Relay:
    """Listens on a port of its own and passes everything on, until it is told to lose an answer or to close."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._server = (parts.hostname or "127.0.0.1", parts.port or 7687)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.losing = ""  # "before" or "after" the server hears the next commit
        self.lost = 0
        port = self._listening.getsockname()[1]
        who = parts.netloc.rpartition("@")[0]
        # bolt, not neo4j: the routing table of the server would lead past the relay.
        self.address = urlunsplit(("bolt", f"{who}@127.0.0.1:{port}", parts.path, "", ""))
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Relay:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening and cut what is connected."""
        for one in (self._listening, *self._open):
            _cut(one)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                self._open += [client, server]
                threading.Thread(target=self._up, args=(client, server), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        for data in _received(client):
            if self.losing and COMMIT in data:
                self._lose(client, server, data)
                return
            with contextlib.suppress(OSError):
                server.sendall(data)
        _cut(server)

    def _lose(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        after, self.losing = self.losing == "after", ""
        self.lost += 1
        _cut(client)  # what the server says from now on is not heard
        if after:
            server.sendall(data)
            threading.Event().wait(0.5)  # for the server to hear it
        _cut(server)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        for data in _received(server):
            with contextlib.suppress(OSError):
                client.sendall(data)
        _cut(client)


def _cut(one: socket.socket) -> None:
    """End a connection for both sides; a mere close waits for whoever still reads from it."""
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


def _received(one: socket.socket) -> Iterator[bytes]:
    with contextlib.suppress(OSError):
        while data := one.recv(65_536):
            yield data
