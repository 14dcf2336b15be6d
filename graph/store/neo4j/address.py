"""Where a Neo4j store is and who asks: an address that can be shown, and the secret that goes with it, kept apart."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from graph.errors import StoreError

USER, PASSWORD, PASSWORD_FILE = "MAILLAGE_NEO4J_USER", "MAILLAGE_NEO4J_PASSWORD", "MAILLAGE_NEO4J_PASSWORD_FILE"
DEFAULT_PORT = 7687


@dataclass(frozen=True, slots=True)
class Address:
    """`uri` is what the driver takes; `database` is None for the server's own default."""

    uri: str
    place: str
    user: str
    password: str = field(repr=False)
    database: str | None

    @property
    def shown(self) -> str:
        """The address without its password, as it may be logged and told."""
        scheme, _, rest = self.uri.partition("://")
        who = f"{quote(self.user, safe='')}@" if self.user else ""
        return f"{scheme}://{who}{rest}" + (f"/{quote(self.database)}" if self.database else "")


def parse(url: str) -> Address:
    """The parts of ``neo4j://user:password@host:7687/database``; credentials given nowhere else come from the

    environment (MAILLAGE_NEO4J_USER, MAILLAGE_NEO4J_PASSWORD) or a file (MAILLAGE_NEO4J_PASSWORD_FILE).
    Raises StoreError, which never quotes what was given as password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or DEFAULT_PORT
    except ValueError:
        raise StoreError("not a Neo4j address (write neo4j://user:password@host:7687/database)") from None
    if not host:
        raise StoreError("a Neo4j address names a host (write neo4j://user:password@host:7687/database)")
    if parts.query or parts.fragment:
        raise StoreError(f"{host}: a Neo4j address has no ? or # (in a password, write %3F and %23)")
    place = f"{f'[{host}]' if ':' in host else host}:{port}"
    user = unquote(parts.username or "") or os.environ.get(USER, "")
    database = unquote(parts.path.strip("/")) or None
    if database and "/" in database:
        raise StoreError(f"{place}: the name of a database has no slash")
    return Address(f"{parts.scheme}://{place}", place, user, unquote(parts.password or "") or _secret(), database)


def _secret() -> str:
    path = os.environ.get(PASSWORD_FILE)
    if not path:
        return os.environ.get(PASSWORD, "")
    try:
        return Path(path).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text"
        raise StoreError(f"{PASSWORD_FILE}: {path}: {reason}") from None
