"""An archive of documents as the files it holds. Maps and office files that happen to be archives are left whole."""

from __future__ import annotations

import stat
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from graph.errors import InputRefused
from ingest.bounds.entry_names import read_names
from ingest.bounds.limits import open_zip, read_member
from ingest.document import RawFile
from ingest.files import MAX_BYTES, base_name, is_litter
from ingest.office.saved_as import how_to_save
from ingest.registry import readers
from ingest.sniff import foreign

_UTF8 = 0x800  # the flag of an entry whose name is written so; of others zipfile reads cp437


@dataclass(frozen=True)
class Upload:
    """A file as it was dropped, or as an archive held it. `refused` says why it is not one to import.

    `reader`, `columns`: what a person chose against the guess. `document`: the one that it is a new version of.
    """

    name: str
    data: bytes = field(default=b"", repr=False)
    refused: str = ""
    archive: str = ""
    reader: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    document: str = ""

    @cached_property
    def raw(self) -> RawFile:
        """The file as readers take it."""
        return RawFile(base_name(self.name), self.data, self.reader, self.columns)


def is_archive(raw: RawFile) -> bool:
    """Whether a file is nothing but an archive of others: no format of its own. Never raises."""
    if not raw.data.startswith((b"PK\x03\x04", b"PK\x05\x06")) or any(reader.accepts(raw) for reader in readers()):
        return False
    return foreign(raw) in {"zip archive", "damaged zip archive", ""} and not how_to_save(raw)


def opened(name: str, data: bytes) -> Iterator[Upload]:
    """The file itself, or the files of an archive in their order; those that cannot be taken say why.

    An archive inside an archive is not opened. Folders and the litter of systems are passed over.
    """
    raw = RawFile(name, data)
    if len(data) > MAX_BYTES:
        yield Upload(name, refused=f"{len(data) / 1e6:.0f} MB is over the limit of {MAX_BYTES // 1_048_576} MB")
    elif is_archive(raw):
        yield from _members(raw)
    else:
        yield Upload(name, data)


def _members(raw: RawFile) -> Iterator[Upload]:
    try:
        archive = open_zip(raw)
    except InputRefused as error:
        yield Upload(raw.name, refused=error.reason)
        return
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not passed_over(entry.filename)]
        times = Counter(entry.filename for entry in entries)
        names = read_names([_written(entry) for entry in entries])
        for entry, name in zip(entries, names, strict=True):
            times[entry.filename] -= 1
            yield _member(raw, archive, entry, name, again=times[entry.filename] > 0)
    if not entries:
        yield Upload(raw.name, refused="the archive holds no file")


def passed_over(name: str) -> bool:
    """Whether a file is no document: hidden, or what systems leave beside documents."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return is_litter(PurePosixPath(name)) or any(p == "__MACOSX" or (p.startswith(".") and p != "..") for p in parts)


def _member(raw: RawFile, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, again: bool) -> Upload:
    why = _why_not(entry, name, again=again)
    if why:
        return Upload(name, refused=why, archive=raw.name)
    try:
        data = read_member(raw, archive, entry.filename)
    except InputRefused as error:
        return Upload(name, refused=error.reason, archive=raw.name)
    if is_archive(RawFile(name, data)):
        return Upload(name, refused="an archive inside an archive is not opened: drop it by itself", archive=raw.name)
    return Upload(name, data, archive=raw.name)


def _why_not(entry: zipfile.ZipInfo, name: str, *, again: bool) -> str:
    """Why an entry is not read, or nothing."""
    path = name.replace("\\", "/")
    if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
        return "its name leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link to another file is not followed"
    if entry.flag_bits & 1:
        return "protected by a password: save it without one, then import it again"
    if again:
        return "the archive holds two files of this name: only the last is read"
    return ""


def _written(entry: zipfile.ZipInfo) -> str | bytes:
    """The name of an entry: known, or the bytes of one that does not say how it is written."""
    try:
        return entry.filename if entry.flag_bits & _UTF8 else entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
