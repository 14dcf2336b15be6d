"""WiseMapping and Framindmap maps (.wxml): versions tango, pela and before, which differ in where text stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from lxml import etree

from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import element_text, html_text, maybe_html
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import is_wisemapping
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import children, local, text_of, unknown_names

_RAW_COUNTS = (
    ("topics", rb"<topic[\s>/]"), ("notes", rb"<note[\s>]"), ("links", rb"<link\s"), ("icons", rb"<e?icon\s"),
    ("relations", rb"<relationship\s"), ("folded", rb"\sshrink=\"true\""),
)  # fmt: skip
_KNOWN = frozenset("map topic text note link icon eicon relationship".split())
_OLD_UNIT = re.compile(r"%u([0-9A-Fa-f]{4})")
_OLD_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_COLOURS = (("background", "bgColor"), ("edge", "brColor"), ("shape", "shape"))


@dataclass(frozen=True)
class WiseMappingReader:
    name: str = "wisemapping"
    label: str = "WiseMapping, Framindmap (.wxml)"
    extensions: tuple[str, ...] = (".wxml", ".xml")
    carries: tuple[str, ...] = (
        "topics", "tree", "floating topics", "notes", "links", "relations", "icons", "folded state", "positions",
        "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("pictures", "fonts", "shapes of lines")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return is_wisemapping(raw.data)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        content = _read(raw, root)
        content.ledger.left_out += repairs
        return map_document(raw, "wisemapping", "wisemapping@1", content)


def _read(raw: RawFile, root: etree._Element) -> MapContent:
    reading = TreeReading(raw.name)
    tops = [(t, "topic" if t.get("central", "").lower() == "true" else "floating") for t in children(root, "topic")]
    roots = reading.grow(
        tops, lambda t, kind: _topic(t, kind, reading), lambda t: [(c, "topic") for c in children(t, "topic")]
    )
    for relation in children(root, "relationship"):
        direction = arrows(relation.get("startArrow") == "true", relation.get("endArrow") == "true")
        reading.relate(relation.get("srcTopicId", ""), relation.get("destTopicId", ""), direction=direction)
    reading.leave_unknown(unknown_names(root, _KNOWN, closed=("note", "text")))
    return reading.content(roots, raw_counts(raw.data, _RAW_COUNTS))


def _topic(element: etree._Element, kind: str, reading: TreeReading) -> Topic:
    text = element.get("text")
    if text is None:
        text = "".join(_inside(part) for part in children(element, "text")[:1])
    topic = reading.topic(element.get("id", ""), maybe_html(text), kind)
    topic.folded = element.get("shrink") == "true"
    topic.position = element.get("position")
    topic.style = {key: element.get(name, "") for key, name in _COLOURS if element.get(name)}
    font = element.get("fontStyle", "").split(";")
    if len(font) > 2 and font[2]:
        topic.style["text"] = font[2]
    if element.get("image") or element.get("imageGallery"):
        reading.leave("pictures", "pictures are not read")
    notes = []
    for part in element:
        name = local(part)
        if name == "note":
            notes.append(_note(part))
        elif name == "link":
            topic.links += [part.get("url", "")] if part.get("url") else []
        elif name in {"icon", "eicon"}:
            topic.icons.append(part.get("id", ""))
    said = [note for note in notes if note.strip()]
    topic.note = "\n".join(said)
    reading.leave("notes", "holds no text", len(notes) - len(said))
    reading.leave("notes", "kept as one with the other notes of its topic", max(len(said) - 1, 0))
    return topic


def _inside(part: etree._Element) -> str:
    """Text, or markup that was written without being escaped."""
    return element_text(part) if len(part) else text_of(part)


def _note(part: etree._Element) -> str:
    text = part.get("text")
    if text is not None:
        return _unescape(text)
    inside = _inside(part)
    if part.get("contentType") == "html" or maybe_html(inside) != " ".join(inside.split()):
        return html_text(f"<div>{inside}</div>")
    return inside


def _unescape(text: str) -> str:
    """What the escape() or encodeURIComponent() of JavaScript wrote: %u2019, %E9 or %C3%A9."""
    return _OLD_BYTES.sub(_old_bytes, _OLD_UNIT.sub(_old_unit, text))


def _old_unit(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code == 0 else chr(code)


def _old_bytes(found: re.Match[str]) -> str:
    data = unquote_to_bytes(found[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


READER = WiseMappingReader()
