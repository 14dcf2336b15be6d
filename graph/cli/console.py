"""Opening a store for one command and telling its answer: for people, or as one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from graph.errors import MaillageError
from graph.store import open_store
from graph.store.base import Store
from ontology import OntologyError


@contextmanager
def opened(url: str | None) -> Iterator[Store]:
    """The store, which must be there; what goes wrong becomes one line on standard error and exit code 1."""
    try:
        store = open_store(url, create=False)
        try:
            yield store
        finally:
            store.close()
    except (MaillageError, OntologyError) as error:
        sys.stderr.write(one_line(str(error)) + "\n")
        raise SystemExit(1) from None


def tell(as_json: bool, answer: Mapping[str, Any], *lines: str) -> None:
    """Print one JSON document, or the lines."""
    text = json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(lines)
    # Half a surrogate pair or a terminal without UTF-8 must not end a command in a traceback.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")


def tell_progress(done: int, total: int, name: str) -> None:
    """One line of a terminal, written over itself; standard error, so that standard output stays for data."""
    shown = one_line(name)[:60]
    sys.stderr.write(f"\r\x1b[K{done}/{total} {shown}" + ("\n" if done == total else ""))
    sys.stderr.flush()


def one_line(text: str) -> str:
    """Text of users on a terminal: white space collapsed, control characters shown as a mark."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def tell_stats(url: str | None, as_json: bool) -> None:
    """What the graph holds, by kind and by type of relation."""
    with opened(url) as store:
        found: Mapping[str, Any] = store.counts()
    lines = [f"{found['documents']} documents, {found['sources']} sources, {found['decisions']} decisions"]
    for part in ("nodes", "relations"):
        lines += [f"{part}:", *(f"  {name:<14} {n:>7}" for name, n in found[part].items())]
    tell(as_json, found, *lines)
