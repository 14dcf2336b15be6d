"""The table of readers, and the choice among them: by the content of the file, never by its extension alone.

To add a format: a module in ``ingest/readers/`` with a ``READER``, a line in ``READERS`` (precise formats first, plain
text last), a sample. The contract tests find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from graph.errors import InputRefused
from ingest.document import Document, RawFile
from ingest.sniff import foreign

READERS = (
    "ingest.readers.freemind",
    "ingest.readers.xmind",
    "ingest.readers.docx",
    "ingest.readers.pdf",
    "ingest.readers.csv",
    "ingest.readers.markdown",
    "ingest.readers.flatmap",
    "ingest.readers.text",
)


class NoReader(InputRefused):
    """Content of no known format: refused when the file was named, left out and listed when a folder held it."""


class Reader(Protocol):
    """One format, or a family that shares a grammar."""

    name: str  # short, e.g. "freemind"
    label: str  # for people, e.g. "FreeMind, Freeplane (.mm)"
    extensions: tuple[str, ...]
    carries: tuple[str, ...]  # what is kept of such a file
    loses: tuple[str, ...]  # what this format or reader cannot carry

    def accepts(self, raw: RawFile) -> bool:
        """Whether the content (first bytes, archive listing, root element) is of this format. Never raises."""

    def read(self, raw: RawFile) -> Document:
        """Read the whole file. Raises InputRefused naming the file, the place and the reason."""


def readers() -> Iterator[Reader]:
    """Every reader, in order of choice."""
    for module in READERS:
        reader: Reader = import_module(module).READER
        yield reader


def choose(raw: RawFile) -> Reader:
    """The first reader that accepts the content. Raises InputRefused where none does."""
    if not raw.data.strip():
        raise InputRefused(raw.name, "the file is empty")
    for reader in readers():
        if reader.accepts(raw):
            return reader
    kind = foreign(raw)
    named = f"no reader yet for this format: {kind}" if kind else "no reader takes this content"
    raise NoReader(raw.name, f"{named} (see: python -m ingest formats)")


def read_document(raw: RawFile) -> Document:
    """Choose a reader and read. A precise reader that fails is reported, never replaced in silence by a looser one."""
    return choose(raw).read(raw)
