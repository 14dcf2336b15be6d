"""The readers found in ``ingest/readers/``, and the choice among them: by the content, never by the extension alone.

To add a format: a module in ``ingest/readers/`` with a ``READER``, a sample, nothing else. The contract tests find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import ClassVar, Protocol

from graph.errors import InputRefused
from ingest import readers as package
from ingest.bounds.bounded import read_bounded
from ingest.bounds.limits import check_entries, zip_damage, zip_member
from ingest.document import Document, RawFile
from ingest.files import base_name
from ingest.jsontree import broken_json
from ingest.media import how_to_read
from ingest.office.saved_as import how_to_save
from ingest.sniff import JSON_KINDS, foreign, telling_part


class Rank(IntEnum):
    """When a reader is asked whether a content is its own: the surest first, plain text last."""

    EXACT = 0  # a magic number, a root element, an archive's entries, keys that no other format has
    MARKED = 1  # text with a mark of its own: `@startmindmap`, `mindmap`, `digraph {`, e-mail headers
    TABLE = 2
    OUTLINE = 3  # headings or indentation
    FLAT = 4  # a flattened map
    TEXT = 5  # any text


class NoReader(InputRefused):
    """Content of no known format: refused when the file was named, left out and listed when a folder held it."""

    hint: ClassVar[str] = "python -m ingest formats"


class Reader(Protocol):
    """One format, or a family that shares a grammar."""

    name: str  # short, e.g. "freemind"
    label: str  # for people, e.g. "FreeMind, Freeplane (.mm)"
    extensions: tuple[str, ...]
    carries: tuple[str, ...]  # what is kept of such a file
    loses: tuple[str, ...]  # what this format or reader cannot carry
    rank: Rank

    def accepts(self, raw: RawFile) -> bool:
        """Whether the content (first bytes, archive listing, root element) is of this format. Never raises."""

    def read(self, raw: RawFile) -> Document:
        """Read the whole file. Raises InputRefused naming the file, the place and the reason."""


def readers() -> Iterator[Reader]:
    """Every reader, in order of choice: by rank, then by name."""
    yield from _found()


@cache
def _found() -> tuple[Reader, ...]:
    modules = (import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__))
    found: list[Reader] = [module.READER for module in modules if hasattr(module, "READER")]
    return tuple(sorted(found, key=lambda reader: (reader.rank, reader.name)))


def choose(raw: RawFile) -> Reader:
    """The reader that a person chose, else the first that accepts the content. Raises InputRefused for neither."""
    if not raw.data or raw.data.isspace():
        raise InputRefused(raw.name, "the file is empty")
    if base_name(raw.name).startswith("~$") and len(raw.data) <= LOCK_BYTES:
        raise InputRefused(raw.name, "the lock that an office program leaves beside an open document: it holds no text")
    if raw.reader:
        return reader_named(raw.reader)
    check_entries(raw)
    for reader in readers():
        if reader.accepts(raw):
            return reader
    if said := how_to_save(raw) or how_to_read(raw.data):
        raise NoReader(raw.name, said)
    if part := telling_part(raw):
        zip_member(raw, part)  # locked, cut or a bomb: it says so itself
    raise _unread(raw)


LOCK_BYTES = 1_024  # of the file « ~$notes.docx », which holds the name of whoever has the document open
_WHOLE_SENTENCES = {  # where it is not for want of a reader
    "zip archive": "an archive of other files: take one of them out of it, or import it whole",
    "TheBrain links": "the links of a TheBrain export without its thoughts: put thoughts.json and links.json in a zip",
}


def _unread(raw: RawFile) -> NoReader:
    """Why no reader takes a file: what damages it where its format is read here, else the name of its format."""
    kind = foreign(raw)
    if kind == "damaged zip archive":
        return NoReader(raw.name, f"{kind}: {zip_damage(raw.data)}")
    if kind in _WHOLE_SENTENCES:
        return NoReader(raw.name, _WHOLE_SENTENCES[kind])
    if kind in JSON_KINDS:
        if damage := broken_json(raw):
            return NoReader(raw.name, damage.reason, damage.place)
        kind = "JSON data"  # a word of a format is no format
    return NoReader(raw.name, f"no reader yet for this format: {kind}" if kind else "no reader takes this content")


def reader_named(name: str) -> Reader:
    """The reader of this name. Raises InputRefused for one that does not exist."""
    found = next((reader for reader in readers() if reader.name == name), None)
    if found is None:
        raise NoReader(name, "there is no reader of this name")
    return found


def read_document(raw: RawFile) -> Document:
    """Choose a reader and read. A precise reader that fails is reported, never replaced in silence by a looser one."""
    document = read_bounded(choose(raw), raw)
    document.ledger.left_out += raw.json_losses
    return document
