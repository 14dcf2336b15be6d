"""From any readable file to any writable format; what does not go along is told by the reader and by the target."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import OutputRefused
from graph.export.registry import writer_for
from graph.outline import LeftOut
from graph.store.base import Store
from ingest.corrected import corrected
from ingest.document import Ledger, RawFile
from ingest.maps.outline import outline_of
from ingest.registry import read_document


@dataclass(frozen=True, slots=True)
class Converted:
    """A file in its new format. `ledger` is the reader's; `left_out` what the new format does not hold."""

    data: bytes
    source_format: str
    format: str
    ledger: Ledger
    left_out: tuple[LeftOut, ...]

    def to_json(self) -> dict[str, Any]:
        """The ledger of a conversion as one document."""
        return {
            "from": self.source_format,
            "to": self.format,
            "ledger": self.ledger.to_json(),
            "left_out": [{"what": x.what, "where": x.where, "count": x.count, "why": x.why} for x in self.left_out],
        }

    def lines(self) -> list[str]:
        """The same for people."""
        found = [f"{self.source_format} -> {self.format}", f"found: {_counts(self.ledger.found)}"]
        found.append(f"kept: {_counts(self.ledger.kept)}")
        found += _rows("left out in reading", self.ledger.left_out)
        return found + _rows(f"not carried by {self.format}", self.left_out)


def convert(raw: RawFile, name: str, store: Store | None = None) -> Converted:
    """Read a file and write it in the format of the extension of `name`.

    Its tree is the one that people put right in `store`, where that holds this very file. Raises InputRefused for what
    cannot be read, OutputRefused for an extension that no format has.
    """
    writer = writer_for(name)
    document = read_document(raw)
    known = next((info.id for info in store.sources() if info.sha256 == raw.sha256), "") if store else ""
    if store and known:
        document = corrected(document, store, known)
    written = writer.write(outline_of(document))
    return Converted(written.data, document.format, writer.name, document.ledger, written.left_out)


def convert_source(store: Store, source: str, name: str) -> Converted:
    """The same for a source of a store, from the bytes it keeps. Raises NotFound, OutputRefused where it keeps none."""
    kept = store.source(source)
    if not kept.data:
        raise OutputRefused(kept.name, "its bytes are not kept: only its text is left")
    return convert(RawFile(kept.name, kept.data).read_as(kept.options), name, store)


def write_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all. Raises OutputRefused where there is one already, unless `force` says so."""
    if path.exists() and not force:
        raise OutputRefused(str(path), "there is such a file already (--force replaces it)")
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")  # a long name has no room for more
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):  # it may never have been there: the reason told is the first
            beside.unlink()
        raise OutputRefused(str(path), error.strerror or "cannot be written") from None


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {what}" for what, n in counts.items()) or "nothing that is counted"


def _rows(title: str, rows: Sequence[LeftOut]) -> list[str]:
    return [f"{title}: {row.count} {row.what} ({row.where}: {row.why})" for row in rows]
