"""The same workshop in every format, its bytes damaged: entries encrypted, doubled or cut, texts in UTF-16 unmarked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

from tests.hostile.of_archives import flagged, zipped
from tests.hostile.of_variants import FOLDER, whole

SHARES = 7  # of the files by this module, the one in so many that every run takes
_COPIES = 2_000


def cases() -> dict[str, Callable[[], bytes]]:
    """Hostile files by "what, name.extension"."""
    return {
        f"{what}, {path.name}": partial(_made, path.name, damage)
        for path in sorted(FOLDER.iterdir())
        if path.name != "expected.json"
        for what, damage in (_OF_ARCHIVES if whole(path.name).startswith(b"PK") else _OF_TEXTS).items()
    }


def _made(name: str, damage: Callable[[bytes], bytes]) -> bytes:
    return damage(whole(name))


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _encrypted(data: bytes) -> bytes:
    return flagged(zipped(_members(data)), 1)


def _twice(data: bytes) -> bytes:
    """Every entry again, with other content."""
    return zipped([*_members(data), *((name, b"<a/>") for name, _ in _members(data))])


def _deflate_cut(data: bytes) -> bytes:
    """What is deflated ends in the middle; the archive's own records are whole."""
    packed = bytearray(zipped(_members(data)))
    with zipfile.ZipFile(io.BytesIO(bytes(packed))) as archive:
        for entry in archive.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size // 2
            packed[start : entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size] = bytes(
                entry.compress_size - entry.compress_size // 2
            )
    return bytes(packed)


def _among_thousands(data: bytes) -> bytes:
    return zipped([*((f"autres/{n}.xml", b"<a/>") for n in range(_COPIES)), *_members(data)])


def _in_itself(data: bytes) -> bytes:
    return zipped([*_members(data), ("copie.zip", data), ("../copie.zip", data), ("/copie.zip", data)])


def _without_mark(encoding: str) -> Callable[[bytes], bytes]:
    return lambda data: data.decode("utf-8", "replace").encode(encoding)


_OF_ARCHIVES: dict[str, Callable[[bytes], bytes]] = {
    "entries encrypted": _encrypted,
    "entries twice": _twice,
    "deflate cut": _deflate_cut,
    "end cut": lambda data: data[: len(data) * 2 // 3],
    "among thousands": _among_thousands,
    "in itself": _in_itself,
}
_OF_TEXTS: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16 little without a mark": _without_mark("utf-16-le"),
    "UTF-16 big without a mark": _without_mark("utf-16-be"),
    "two marks": lambda data: b"\xef\xbb\xbf\xff\xfe" + data,
    "end cut": lambda data: data[: len(data) * 2 // 3],
    "NUL between": lambda data: data.replace(b" ", b"\0"),
    "line ends of old": lambda data: data.replace(b"\n", b"\r"),
    "gzip": lambda data: b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + data,
}
