"""How a file is read: here where its size bounds what it can ask for, in a process of its own where it does not."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Protocol

from graph.collector import collection_paused
from graph.errors import InputRefused
from ingest.bounds.aside import Limits, run_aside
from ingest.bounds.limits import open_zip
from ingest.document import Document, RawFile

_HERE = 10_000_000  # bytes of text, with so many marks, that no reader turns into more than 500 MB or 10 s
_MARKS = 600_000  # signs that open an element, an object or a list: each costs some hundred bytes once parsed
_UNPACKED_HERE = 3_000_000  # bytes of an archive, whose marks are not seen from outside
_PACKED_HERE = 200_000  # bytes of a picture or a property list, which only their reader can measure
_PACKED = (b"bplist", b"\x89PNG")
_PDF_SECOND = 30_000  # bytes of a PDF per second: pages of text take less than half of that
_PDF_MOST = 120
_SECONDS = 7  # with the start of this program and of the other process: what a person waits for a hostile file is 10
_SECOND = 5_000_000  # bytes of other files, unpacked, per further second


class Reads(Protocol):
    """The part of a reader that is needed here."""

    def read(self, raw: RawFile) -> Document: ...


def read_bounded(reader: Reads, raw: RawFile) -> Document:
    """The document of a file. Raises InputRefused, also where reading takes too long or too much memory."""
    limits = limits_of(raw)
    if limits is None:
        with collection_paused():
            return reader.read(raw)
    # `replace`: a copy without what was parsed of it on the way.
    with collection_paused():
        document = run_aside(raw.name, limits, read_here, type(reader).__module__, replace(raw))
    document.raw = raw
    return document


def read_here(module: str, raw: RawFile) -> Document:
    """The document that the reader of a module gives, without its bytes: for the other process."""
    with collection_paused():
        document: Document = import_module(module).READER.read(raw)
        return document.changed(raw=replace(raw, data=b""))


def limits_of(raw: RawFile) -> Limits | None:
    """What the reading of a file may take in a process of its own; None for a file that is read at once."""
    if b"%PDF-" in raw.data[:1024] and b"obj" in raw.data:  # without an object it is refused at once
        return Limits(min(_SECONDS + len(raw.data) // _PDF_SECOND, _PDF_MOST))
    unpacked = _unpacked(raw)
    packed = raw.data.startswith(_PACKED) and len(raw.data) > _PACKED_HERE
    if packed or unpacked > _UNPACKED_HERE or len(raw.data) > _HERE or _marks(raw.data) > _MARKS:
        return Limits(_SECONDS + max(len(raw.data), unpacked) // _SECOND)
    return None


def _marks(data: bytes) -> int:
    return sum(map(data.count, (b"<", b"{", b"[")))


def _unpacked(raw: RawFile) -> int:
    """What the members of an archive say that they hold; 0 for another file, and for one that is not unpacked.

    Every reader opens archives in the same way: what is refused here is refused there, before anything is unpacked.
    """
    if not raw.data.startswith(b"PK"):
        return 0
    try:
        with open_zip(raw) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except InputRefused:
        return 0
