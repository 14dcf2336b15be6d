"""The scene that an Excalidraw file holds: plain JSON, an Obsidian note (packed or not), inside a PNG or an SVG."""

from __future__ import annotations

import re
from typing import Any

from graph.errors import InputRefused
from ingest.bounds.limits import MAX_BYTES
from ingest.bounds.packed import inflate, lz_string, png_texts, unbase64
from ingest.decoding import narrowed
from ingest.document import RawFile
from ingest.jsontree import parse_json

_KEYWORD = "application/vnd.excalidraw+json"
_NOTE = re.compile(rb"\s*---\s*\n(?:[^\n]*\n){0,200}?excalidraw-plugin\s*:", re.M)
_BESIDE = re.compile(
    rb"\s*---\s*\n.*?\n---[^\S\n]*\n(?P<text>.*?)(?:^%%|^#+ (?:Excalidraw Data|Text Elements|Drawing)\b|\Z)",
    re.M | re.S,
)
_NOTICE = re.compile(rb"==.*==|\W*")  # the plugin's own sentence, and lines without a word
_DRAWING = re.compile(r"^```(compressed-json|json)[^\S\n]*\r?\n(.*?)(?:^```|^%%|\Z)", re.M | re.S)
_PAYLOAD = re.compile(rb"<!--\s*payload-start\s*-->(.*?)<!--\s*payload-end\s*-->", re.S)


def holds_scene(raw: RawFile) -> bool:
    """Whether the content is a scene, in any of its wrappings. Never raises."""
    if isinstance(raw.json, dict):
        return is_scene(raw.json)
    if _damaged(raw):
        return True
    if raw.data.startswith(b"\x89PNG"):
        return any(keyword == _KEYWORD for keyword, _, _ in png_texts(raw.data))
    if raw.data[:4_096].lstrip()[:1] == b"<":
        return _KEYWORD.encode() in raw.data[:MAX_BYTES]
    return _NOTE.match(narrowed(raw.data[:16_384])) is not None and b"json" in narrowed(raw.data)


def _damaged(raw: RawFile) -> bool:
    """JSON under the name of a drawing that cannot be parsed: refused with its place."""
    named = raw.extension == ".excalidraw" and raw.data[:99].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"
    return raw.json is None and named


def is_scene(data: Any) -> bool:
    """`excalidraw`, and `excalidraw/clipboard` for what was copied."""
    if not isinstance(data, dict) or not isinstance(data.get("elements"), list):
        return False
    return str(data.get("type", "")).startswith("excalidraw") and data.get("type") != "excalidrawlib"


def scene_bytes(raw: RawFile) -> bytes:
    """The JSON of the scene. Raises InputRefused for damaged or too large content."""
    if isinstance(raw.json, dict) or _damaged(raw):
        return raw.data
    if raw.data.startswith(b"\x89PNG"):
        content = next((text for keyword, text, _ in png_texts(raw.data) if keyword == _KEYWORD), b"")
        return _encoded(raw.name, content)
    if found := _PAYLOAD.search(raw.data):
        return _encoded(raw.name, unbase64(raw.name, found.group(1).decode("latin-1"), "payload"))
    return _from_note(raw)


def lines_beside(raw: RawFile) -> int:
    """How many lines of its own the note around a drawing has, which are no part of it; none for another file."""
    note = _BESIDE.match(narrowed(raw.data)) if _NOTE.match(narrowed(raw.data[:16_384])) else None
    lines = note["text"].splitlines() if note else ()
    return sum(_NOTICE.fullmatch(line.strip()) is None for line in lines)


def _encoded(name: str, content: bytes) -> bytes:
    """A scene as pictures hold it: deflated, each byte written as one character."""
    data = parse_json(name, content, "payload")
    if is_scene(data):
        return content
    packed = data.get("encoded") if isinstance(data, dict) else None
    if not isinstance(packed, str):
        raise InputRefused(name, "the picture holds no scene")
    try:
        encoded = packed.encode("latin-1")
    except UnicodeEncodeError:
        raise InputRefused(name, "this packed part is damaged", "payload") from None
    return inflate(name, encoded, "payload") if data.get("compressed", True) else encoded


def _from_note(raw: RawFile) -> bytes:
    text = narrowed(raw.data).decode("utf-8", "replace")
    blocks = list(_DRAWING.finditer(text))
    if not blocks:
        raise InputRefused(raw.name, "the note holds no drawing")
    kind, body = blocks[-1].groups()
    return (lz_string(raw.name, body, "drawing") if kind == "compressed-json" else body).encode("utf-8", "replace")
