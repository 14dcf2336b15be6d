"""Texts packed inside other files: deflated, percent-encoded, LZ-String, chunks of a PNG; all within bounds."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from graph.errors import InputRefused
from ingest.bounds.limits import MAX_BYTES, MAX_ZIP_RATIO

_RATIO_FLOOR = 1_000_000  # small texts may compress better than MAX_ZIP_RATIO without harm
_PIECE = 1 << 20
_PNG = b"\x89PNG\r\n\x1a\n"
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS = {ord(char): f"{value:06b}" for value, char in enumerate(_BASE64)} | {ord("="): ""}
_MAX_LZ = 8_000_000  # characters packed: their bits are held one byte each
_LZ_END, _LZ_FIRST = 2, 3


def inflate(name: str, data: bytes, place: str = "") -> bytes:
    """Deflated data, with or without the header of zlib. Raises InputRefused for damaged or suspicious data."""
    for window in (-zlib.MAX_WBITS, zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(window)
        limit = min(MAX_BYTES, max(_RATIO_FLOOR, MAX_ZIP_RATIO * len(data)))
        try:
            out = unpacker.decompress(data, limit + 1)
        except zlib.error:
            continue
        if len(out) > limit:
            raise InputRefused(name, "compressed suspiciously well (bomb?)", place)
        if unpacker.eof:
            return out
    raise InputRefused(name, "this packed part is damaged or cut", place)


def unbase64(name: str, text: str, place: str = "") -> bytes:
    """Base64, white space left out. Raises InputRefused where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputRefused(name, f"broken base64 ({error})", place) from None


def unpercent(data: bytes) -> bytes:
    """`%C3%A9` and the like decoded, piece by piece: a long run of them would cost a hundred times its size."""
    out, at = [], 0
    while at < len(data):
        end = at + _PIECE
        cut = data.rfind(b"%", end - 2, end)
        end = cut if cut > at and end < len(data) else end
        out.append(unquote_to_bytes(data[at:end]))
        at = end
    return b"".join(out)


def png_texts(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Keyword, content and whether it is deflated, of the text chunks of a PNG. Never raises."""
    if not data.startswith(_PNG):
        return
    at = len(_PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind in {b"tEXt", b"zTXt"}:
            keyword, _, content = data[at + 8 : at + 8 + length].partition(b"\0")
            packed = kind == b"zTXt"
            yield keyword.decode("latin-1"), content[1:] if packed else content, packed
        at += 12 + length


def lz_string(name: str, packed: str, place: str = "") -> str:
    """A text that LZ-String compressed to base64. Raises InputRefused for damaged, cut or too large data."""
    packed = re.sub(r"\s+", "", packed)
    if len(packed) > _MAX_LZ:
        raise InputRefused(name, f"more than {_MAX_LZ:,} packed characters", place)
    if strange := re.search(r"[^A-Za-z0-9+/=]", packed):
        raise InputRefused(name, "broken base64", f"{place}, character {strange.start()}")
    units = "".join(_unlz(name, packed.translate(_BITS), place))
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _unlz(name: str, bits: str, place: str) -> Iterator[str]:
    """Entries in order; each code is read least significant bit first, its width grows with the dictionary."""
    words: list[str] = [""] * _LZ_FIRST
    at, width, room, total = 0, 2, 1, 0
    previous = ""
    while True:
        code, at = _code(name, bits, at, width, place)
        if code == _LZ_END:
            return
        if code < _LZ_END:
            unit, at = _code(name, bits, at, 16 if code else 8, place)
            code = len(words)
            words.append(chr(unit))
            room -= 1 if previous else 0
        if not previous:  # the first code is a character, and widens the next codes to three bits
            width, room, entry = 3, 4, words[-1] if code >= _LZ_FIRST else ""
        else:
            if room == 0:
                room, width = 1 << width, width + 1
            if code > len(words):
                raise InputRefused(name, "this packed part is damaged", place)
            entry = words[code] if code < len(words) else previous + previous[0]
            words.append(previous + entry[0])
            room -= 1
            if room == 0:
                room, width = 1 << width, width + 1
        total += len(entry)
        if not entry or total > MAX_BYTES // 2:
            raise InputRefused(name, "this packed part is damaged, or unpacks to too much", place)
        yield entry
        previous = entry


def _code(name: str, bits: str, at: int, width: int, place: str) -> tuple[int, int]:
    end = at + width
    if end > len(bits):
        raise InputRefused(name, "this packed part is cut", place)
    return int(bits[at:end][::-1], 2), end
