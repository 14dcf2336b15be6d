"""The XML that a draw.io file holds, in its wrappings: plain, packed by page, inside a PNG or an SVG."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import MAX_BYTES, parse_xml
from ingest.bounds.packed import inflate, png_texts, unbase64, unpercent
from ingest.document import RawFile
from ingest.jsontree import dict_in, parse_json, text_in
from ingest.xml.tree import child, without_namespaces

_KEYWORDS = ("mxfile", "mxGraphModel")
# What draw.io exports as a web page: JSON with the XML of the diagram, in an attribute.
_PAGE_CONTENT = re.compile(rb"\sdata-mxgraph=(\"[^\"<]*\"|'[^'<]*')")
_SVG_CONTENT = re.compile(rb"<(?:\w+:)?svg\s[^<>]*?\scontent=(\"[^\"<]*\"|'[^'<]*')", re.S)


def picture_content(raw: RawFile) -> bytes | None:
    """The packed diagram of a PNG or SVG that draw.io exported; None where there is none. Never raises."""
    for keyword, content, _ in png_texts(raw.data):
        if keyword in _KEYWORDS:
            return content
    if found := _SVG_CONTENT.search(raw.data[:MAX_BYTES], 0):
        head = found.group(1)[1:60]
        if any(mark in head for mark in (b"&lt;mx", b"%3Cmx", b"%3cmx")):
            return found.group(1)[1:-1]
    return None


def page_content(raw: RawFile) -> bytes | None:
    """The diagram of a web page that draw.io exported; None where there is none. Never raises."""
    found = _PAGE_CONTENT.search(raw.data[:MAX_BYTES])
    if found is None:
        return None
    try:
        given = dict_in(parse_json(raw.name, html.unescape(found[1][1:-1].decode("utf-8", "replace")).encode()))
    except InputRefused:
        return None
    xml = text_in(given.get("xml"))
    return xml.encode("utf-8") if "<mx" in xml[:2_000] else None


def pages(raw: RawFile) -> Iterator[tuple[str, etree._Element, bytes]]:
    """Name, `mxGraphModel` and its bytes (of plain pages: of all, with the first) of every page.

    Raises InputRefused for broken, packed too well or too large content.
    """
    data = raw.data
    if data.startswith(b"\x89PNG"):
        data = _from_png(raw)
    elif (content := picture_content(raw)) is not None:
        data = _unwrapped(html.unescape(content.decode("utf-8", "replace")).encode("utf-8"))
    elif (content := page_content(raw)) is not None:
        data = content
    root = without_namespaces(parse_xml(raw.name, data))
    if root.tag == "mxGraphModel":
        yield "", root, data
        return
    unpacked, plain = 0, data
    for n, diagram in enumerate(root.iter("diagram"), 1):
        name = diagram.get("name") or f"page {n}"
        model = child(diagram, "mxGraphModel")
        own = plain if model is not None else unpack(raw.name, diagram.text or "", name)
        if model is not None:
            plain, model = b"", without_namespaces(model)
        else:
            unpacked += len(own)
            if unpacked > MAX_BYTES:
                raise InputRefused(raw.name, f"unpacks to more than {MAX_BYTES:,} bytes", name)
            model = without_namespaces(parse_xml(raw.name, own, name)) if own.strip() else None
        if model is not None:
            yield name, model, own


def unpack(name: str, text: str, place: str) -> bytes:
    """The XML of a page as draw.io packs it: percent-encoded, deflated without a header, in base64."""
    text = text.strip()
    if not text or text.startswith("<"):
        return text.encode("utf-8", "replace")
    if text.startswith("%"):
        return unpercent(text.encode("utf-8", "replace"))
    return _unwrapped(inflate(name, unbase64(name, text, place), place))


def _unwrapped(data: bytes) -> bytes:
    return unpercent(data) if data.lstrip()[:1] == b"%" else data


def _from_png(raw: RawFile) -> bytes:
    for keyword, content, packed in png_texts(raw.data):
        if keyword in _KEYWORDS:
            data = inflate(raw.name, content, keyword).replace(b"+", b" ") if packed else content
            return _unwrapped(data)
    raise InputRefused(raw.name, "the picture holds no diagram")
