"""Parsing the XML of maps as it is found: strictly first, then with named repairs that the ledger reports."""

from __future__ import annotations

import re
from html.entities import name2codepoint

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import is_text_encoding, parse_xml
from ingest.decoding import as_utf8
from ingest.document import LeftOut
from ingest.xml.quoting import requoted

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_NAMED = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_BAD_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));")
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_CDATA = "<![CDATA["
_OPEN_HEAD = re.compile(r"<head>(?=\s{0,200}<head/>)")
_BAD_CHAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_repaired(name: str, data: bytes, place: str = "") -> tuple[etree._Element, list[LeftOut]]:
    """The root element, and what had to be repaired. Raises InputRefused with what no repair helps against."""
    try:
        return parse_xml(name, data, place), []
    except InputRefused as refused:
        if "entities, which" in refused.reason or "deeper" in refused.reason:
            raise
        repaired, repairs = _repair(data)
        if not repairs:
            raise
    return parse_xml(name, repaired, place), repairs


def _repair(data: bytes) -> tuple[bytes, list[LeftOut]]:
    repairs: list[LeftOut] = []
    text, lost, told = _decoded(data)
    if lost:
        repairs.append(LeftOut("bytes", "map", lost, told))
    text, named = _ENTITY.subn(_entity, text)
    if named:
        repairs.append(LeftOut("entities", "map", named, "undeclared HTML entities were read as their characters"))
    text, bare = _escaped(text)
    if bare:
        repairs.append(LeftOut("entities", "map", bare, "an & that begins no entity was read as itself"))
    text, unescaped = requoted(text)
    if unescaped:
        repairs.append(LeftOut("values", "map", unescaped, "quotes and tags in them were read as part of the value"))
    text, open_heads = _OPEN_HEAD.subn("", text)
    if open_heads:
        repairs.append(LeftOut("heads", "map", open_heads, "heads of notes that WiseMapping leaves open were closed"))
    before = len(text)
    text = _BAD_CHAR.sub("", _BAD_REFERENCE.sub(_reference, text))
    if len(text) != before and not named:
        repairs.append(LeftOut("characters", "map", before - len(text), "not allowed in XML, dropped"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return text.encode("utf-8", "replace"), repairs


def _escaped(text: str) -> tuple[str, int]:
    """The text with every & that begins no entity escaped, but for those in CDATA, which stand for themselves."""
    first, *others = text.split(_CDATA)
    first, count = _BARE.subn("&amp;", first)
    pieces = [first]
    for other in others:
        inside, end, after = other.partition("]]>")
        after, found = _BARE.subn("&amp;", after)
        pieces.append(f"{inside}{end}{after}")
        count += found
    return _CDATA.join(pieces), count


def _decoded(data: bytes) -> tuple[str, int, str]:
    """The text in the encoding that the file names; how much of it could not be read so, and how it was read."""
    named = _NAMED.match(data[:200])
    encoding = named[1].decode("ascii") if named else "utf-8"
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    if encoding.lower().replace("-", "") in {"utf8", "usascii", "ascii"}:
        return *as_utf8(data), "not UTF-8, read as windows-1252"
    if not is_text_encoding(encoding):
        return *as_utf8(data), f"not {encoding}, read as UTF-8 and windows-1252"
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return *as_utf8(data), f"not {encoding}, read as UTF-8 and windows-1252"
    return text.removeprefix("\ufeff"), text.count("\ufffd"), f"not {encoding}, marked as unreadable"


def _entity(found: re.Match[str]) -> str:
    code = name2codepoint.get(found.group(1))
    return chr(code) if code else found.group()


def _reference(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else int(found.group(2))
    return "" if code > 0x10FFFF or _BAD_CHAR.match(chr(code)) else found.group()
