"""Bytes to text, exactly once: byte-order mark, UTF-8, UTF-16, then the single-byte encodings of old offices.

Line ends are kept as they are (offsets must index the file); a byte-order mark is dropped before offset 0.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from graph.errors import InputRefused
from ingest.bounds.limits import check_lines, check_size
from ingest.document import LeftOut, RawFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FRENCH = frozenset("éèêàçùûîôïëœâ’«»ÉÈÀÇ")
# Encodings that a file may declare: those of texts, and none of Python's that are something else.
_DECLARABLE = re.compile(
    r"(?:utf-?8|utf-?16|(?:unicode-1-1-)?utf-?7|iso-?8859|iso-?2022|windows|cp\d|latin|mac|us-ascii|ascii|koi8|big5|gb|euc"
    r"|shift[_-]?jis|ks_c)",
    re.IGNORECASE,
)
_CONTROL = bytes(sorted(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}))
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read with, and what could not be read as such."""

    text: str
    encoding: str
    losses: tuple[LeftOut, ...] = ()


def looks_binary(data: bytes) -> bool:
    """Whether the first bytes are no text in any encoding read here. Never raises."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(bom) for bom, _ in _BOMS) or _utf16_without_bom(sample):
        return False
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 200


def narrowed(data: bytes) -> bytes:
    """Bytes as UTF-8 without a mark, LF at line ends: in these, readers look for the signs of their formats.

    An encoding of one byte a letter stays as it is: the signs are ASCII. Never raises.
    """
    wide = next((encoding for bom, encoding in _BOMS[1:] if data.startswith(bom)), "")
    if not wide and b"\x00" in data[:100]:
        wide = _utf16_without_bom(data[:_SAMPLE])
    if wide:
        data = data.decode(wide, "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    return data.replace(b"\r", b"\n") if b"\r" in data and b"\n" not in data else data


def as_utf8(data: bytes) -> tuple[str, int]:
    """UTF-8 with each broken byte read as windows-1252, and how many these are."""
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    broken = [c for c in text if "\udc80" <= c <= "\udcff"]
    if not broken:
        return text, 0
    table = {ord(c): bytes([ord(c) - 0xDC00]).decode("cp1252", "replace") for c in set(broken)}
    return text.translate(table), len(broken)


def decode(raw: RawFile) -> Decoded:
    """Decode a text file. Raises InputRefused for an empty, oversized or binary one."""
    check_size(raw)
    if looks_binary(raw.data):
        raise InputRefused(raw.name, "binary content, not a text file")
    decoded = _decode(raw.data)
    if not decoded.text.strip("\ufeff\x00 \t\r\n"):
        raise InputRefused(raw.name, "the file holds no text")
    check_lines(raw.name, decoded.text.count("\n") + decoded.text.count("\r") - decoded.text.count("\r\n"))
    return decoded


def decode_declared(raw: RawFile, charset: str) -> Decoded:
    """Decode by the encoding that a page or an e-mail declares; by its content where that is none or does not hold.

    A declaration that does not hold is among the losses. Raises InputRefused as `decode` does.
    """
    if not _DECLARABLE.match(charset):
        return decode(raw)
    try:
        encoding = codecs.lookup(charset).name
        return Decoded(raw.data.decode(encoding), encoding)
    except (LookupError, UnicodeError, AssertionError):
        decoded = decode(raw)
    wrong = LeftOut("declared encodings", charset[:40], 1, f"the bytes are not in it: read as {decoded.encoding}")
    return replace(decoded, losses=(wrong, *decoded.losses))


def _decode(data: bytes) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    if guessed := _utf16_without_bom(data[:_SAMPLE]):
        return _lenient(data, guessed)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            return _lenient(data, "utf-8")
        return _single_byte(data, error.start)


def _utf16_without_bom(sample: bytes) -> str:
    if len(sample) < 4 or (len(sample) % 2 and len(sample) < 64):
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else ""


def _mostly_utf8(data: bytes) -> bool:
    """A UTF-8 file with a few broken bytes: multi-byte sequences that hold far outnumber those that do not."""
    text = data.decode("utf-8", "replace")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good > 4 * text.count("\ufffd")


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    before = data.count("\ufffd".encode(encoding))
    lost = text.count("\ufffd") - before
    losses = (LeftOut("bytes", encoding, lost, "not valid in this encoding, shown as U+FFFD"),) if lost > 0 else ()
    return Decoded(text, encoding, losses)


def _single_byte(data: bytes, first_bad: int) -> Decoded:
    """The single-byte encoding whose reading has most French letters, cp1252 unless another is clearly better."""
    best, best_score = "cp1252", -1
    for encoding in ("cp1252", "mac_roman", "cp850", "iso8859_15"):
        sample = data[max(0, first_bad - 1000) : first_bad + _SAMPLE].decode(encoding, "replace")
        score = sum(c in _FRENCH for c in sample) - 2 * sum(c == "\ufffd" or "\x80" <= c <= "\x9f" for c in sample)
        if score > best_score * 1.2 + 1 or best_score < 0 <= score:
            best, best_score = encoding, score
    text = data.decode(best, "replace")
    lost = text.count("\ufffd")
    why = "not valid in this encoding, shown as U+FFFD"
    return Decoded(text, best, (LeftOut("bytes", best, lost, why),) if lost else ())
