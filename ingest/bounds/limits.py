"""Bounds on what a stranger's file may ask of this machine, and hardened XML and archive reading.

Every refusal is an InputRefused that names the file, the place and the reason.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

from lxml import etree

from graph.errors import InputRefused
from ingest.document import RawFile

MAX_BYTES = 50_000_000
MAX_LINES = 200_000
MAX_DEPTH = 2_000
MAX_NODES = 200_000
MAX_ELEMENTS = 2_000_000  # of XML: lxml takes some 120 bytes for each
MAX_ATTRIBUTES = 250  # of one element: lxml takes a time that grows with their square to give them
MAX_ZIP_ENTRIES = 5_000
MAX_ZIP_TOTAL = 200_000_000
MAX_ZIP_RATIO = 200  # a real content.json compresses about 10 times; bombs a thousand and more
_LIST_END = b"PK\x05\x06"  # of the list of entries, which may be followed by a comment
_LIST_END_WITHIN = 65_557
_LIST_END_SIZE = 22  # without a comment
_ENTRY, _FAR_END = b"PK\x01\x02", b"PK\x06\x07"  # of one entry in the list; of a list that says elsewhere where it is
_RATIO_FLOOR = 1_000_000  # small members may compress better than that without harm
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # all that maps use; others ask for memory by a header
ZIP_ERRORS = (
    zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, OverflowError, zlib.error,
    struct.error,
)  # fmt: skip  # what zipfile raises on damaged archives: offsets outside the file, unknown methods, cut members


def check_size(raw: RawFile) -> None:
    """Raise InputRefused for an empty file or one over MAX_BYTES."""
    if not raw.data or raw.data.isspace():
        raise InputRefused(raw.name, "the file is empty")
    if len(raw.data) > MAX_BYTES:
        raise InputRefused(raw.name, f"the file has {len(raw.data):,} bytes, over the limit of {MAX_BYTES:,}")


def check_lines(name: str, count: int) -> None:
    """Raise InputRefused for a text of more than MAX_LINES lines."""
    if count > MAX_LINES:
        raise InputRefused(name, f"the text has {count:,} lines, over the limit of {MAX_LINES:,}")


def check_nodes(name: str, count: int) -> None:
    """Raise InputRefused for a map of more than MAX_NODES nodes."""
    if count > MAX_NODES:
        raise InputRefused(name, f"more than {MAX_NODES:,} nodes")


def check_depth(name: str, depth: int) -> None:
    """Raise InputRefused for a tree deeper than MAX_DEPTH."""
    if depth > MAX_DEPTH:
        raise InputRefused(name, f"nested deeper than {MAX_DEPTH:,} levels")


# --- archives -------------------------------------------------------------------------------------------------------


def zip_names(raw: RawFile) -> list[str]:
    """The entries of a zip archive, or an empty list where the bytes are none. Never raises."""
    if not raw.data.startswith(b"PK") or _entries_listed(raw.data) > MAX_ZIP_ENTRIES:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            return archive.namelist()[:MAX_ZIP_ENTRIES]
    except ZIP_ERRORS:
        return []


def check_entries(raw: RawFile) -> None:
    """Raise InputRefused for a zip archive of more than MAX_ZIP_ENTRIES."""
    if raw.data.startswith(b"PK") and (count := _entries_listed(raw.data)) > MAX_ZIP_ENTRIES:
        raise InputRefused(raw.name, f"the archive has {count:,} entries, over {MAX_ZIP_ENTRIES:,}")


def _entries_listed(data: bytes) -> int:
    """How many entries the list of a zip archive holds, counted in the bytes.

    zipfile makes an object of each, every time that a reader asks for the names.
    """
    end = len(data) - _LIST_END_SIZE
    if data[end:][:4] != _LIST_END or data[-2:] != b"\0\0":
        end = data.rfind(_LIST_END, max(0, len(data) - _LIST_END_WITHIN))
    if end < 0:
        return 0
    is_far = data[max(0, end - 20) :][:4] == _FAR_END
    size = len(data) if is_far else int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(_ENTRY, max(0, end - size), end)


def zip_damage(data: bytes) -> str:
    """Why no entry of a zip archive can be found."""
    if _LIST_END not in data[-_LIST_END_WITHIN:]:
        return f"cut short at byte {len(data):,}, before the list of its entries"
    try:
        with zipfile.ZipFile(io.BytesIO(data)):
            return "the list of its entries is empty"
    except ZIP_ERRORS as error:
        return str(error)


def open_zip(raw: RawFile) -> zipfile.ZipFile:
    """Open an archive after checking its entry count, total size and compression ratio."""
    check_size(raw)
    check_entries(raw)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw.data))
    except ZIP_ERRORS as error:
        raise InputRefused(raw.name, f"damaged zip archive ({error})") from None
    entries = archive.infolist()
    if sum(e.file_size for e in entries) > MAX_ZIP_TOTAL:
        raise InputRefused(raw.name, f"the archive unpacks to more than {MAX_ZIP_TOTAL:,} bytes")
    for entry in entries:
        if entry.file_size > _RATIO_FLOOR and entry.file_size > MAX_ZIP_RATIO * max(entry.compress_size, 1):
            raise InputRefused(raw.name, "compressed suspiciously well (zip bomb?)", entry.filename)
    return archive


def read_member(raw: RawFile, archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes, read up to MAX_BYTES whatever its header announces."""
    try:
        if archive.getinfo(name).compress_type not in _METHODS:
            raise InputRefused(raw.name, "this part of the archive is compressed in an unusual way", name)
        with archive.open(name) as member:
            data = member.read(MAX_BYTES + 1)
    except KeyError:
        raise InputRefused(raw.name, "this part of the archive is missing", name) from None
    except ZIP_ERRORS as error:
        raise InputRefused(raw.name, f"this part of the archive cannot be unpacked ({error})", name) from None
    if len(data) > MAX_BYTES:
        raise InputRefused(raw.name, f"unpacks to more than {MAX_BYTES:,} bytes", name)
    return data


def zip_head(raw: RawFile, name: str, size: int = 16_384) -> bytes:
    """The first bytes of one member, empty where it cannot be read. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive, archive.open(name) as member:
            return member.read(size) if archive.getinfo(name).compress_type in _METHODS else b""
    except (KeyError, *ZIP_ERRORS):
        return b""


def zip_member(raw: RawFile, name: str) -> bytes:
    """The bytes of one member of a zip file, whatever the case of its name. Raises InputRefused where it is missing."""
    with open_zip(raw) as archive:
        found = next((n for n in archive.namelist() if n.lower() == name.lower()), name)
        return read_member(raw, archive, found)


_DECLARED = re.compile(rb"[\s\xef\xbb\xbf\xfe\xff]*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,60})")
_ENCODING = re.compile(
    r"utf-?8(?:-sig)?|utf-?16(?:-?[bl]e)?|ucs-?2|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d{1,2}|(?:windows|cp)-?(?:125\d|437|850)"
    r"|mac-?roman|macintosh|x-mac-[a-z]{1,12}|gb-?2312|gbk|gb-?18030|big5(?:-?hkscs)?|shift-?jis|sjis|euc-?(?:jp|kr|cn|tw)|koi8-?[ru]"
)

# --- XML ------------------------------------------------------------------------------------------------------------

_MAX_XML_DEPTH = 2 * MAX_DEPTH  # an XML level may need two elements per node (children/attached, node/richcontent)
_CROWDED = etree.XPath(f"boolean(/descendant-or-self::*/@*[{MAX_ATTRIBUTES + 1}])")


def parse_xml(name: str, data: bytes, place: str = "") -> etree._Element:
    """Parse XML without entities, DTD or network.

    Raises InputRefused for declared entities, malformed XML, excessive depth or node count.
    """
    _refuse_entities(name, data, place)
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS:  # before the parser makes a tree of them
        raise InputRefused(name, f"more than {MAX_ELEMENTS:,} XML elements", place)
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        reason = " ".join(str(error.msg or error).split())
        if "depth" in reason:
            raise InputRefused(name, f"nested deeper than {MAX_DEPTH:,} levels", place) from None
        if _is_cut(data, reason):
            reason = "cut short, line {}, column {}".format(*error.position)
        raise InputRefused(name, f"not well-formed XML ({reason})", place) from None
    except ValueError as error:
        raise InputRefused(name, f"unreadable XML ({error})", place) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise InputRefused(name, "the XML declares entities, which are refused for safety", place)
    _bound_tree(name, root)
    return root


def _is_cut(data: bytes, complaint: str) -> bool:
    """Whether what the parser complains of is that the XML ends too early."""
    if complaint.startswith(("Extra content", "Start tag expected", "Document is empty")):
        return False
    return "Premature end" in complaint or not data.rstrip(b"\0 \t\r\n").endswith(b">")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )


def _refuse_entities(name: str, data: bytes, place: str) -> None:
    """Before the parser sees them: it unfolds in attributes what it was told to leave alone."""
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:200] else data
    declared = _DECLARED.match(plain[:400])
    if declared and not is_text_encoding(declared[1].decode("ascii", "replace")):
        raise InputRefused(name, f"not well-formed XML (encoding {declared[1].decode('ascii', 'replace')!r})", place)
    if b"<!DOCTYPE" in plain and b"<!ENTITY" in plain:
        raise InputRefused(name, "the XML declares entities, which are refused for safety", place)


def is_text_encoding(name: str) -> bool:
    """Whether a file may name this encoding: those in which ASCII stays what it is, or every other byte of it."""
    return _ENCODING.fullmatch(name.strip().lower().replace("_", "-")) is not None


def _bound_tree(name: str, root: etree._Element) -> None:
    if _CROWDED(root):
        raise InputRefused(name, f"an element has more than {MAX_ATTRIBUTES} attributes")
    if not _parser_bounds_depth():
        bound_depth(name, root)


@cache
def _parser_bounds_depth() -> bool:
    """Whether the parser refuses what is too deep by itself, as that of newer versions of libxml2."""
    try:
        etree.fromstring(b"<a>" * (_MAX_XML_DEPTH + 1) + b"</a>" * (_MAX_XML_DEPTH + 1), _parser())
    except etree.XMLSyntaxError:
        return True
    return False


def bound_depth(name: str, root: etree._Element) -> None:
    """Raise InputRefused for elements nested deeper than any map of MAX_DEPTH levels needs."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_XML_DEPTH:
            check_depth(name, depth)


def walk(root: etree._Element) -> Iterator[etree._Element]:
    """Every element below and including the root, in document order, comments left out."""
    return (e for e in root.iter() if isinstance(e.tag, str))
