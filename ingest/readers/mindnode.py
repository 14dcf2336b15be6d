"""MindNode maps: a folder (zipped to be sent) with contents.xml, a property list, or that file alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.errors import InputRefused
from graph.outline import Boundary, Topic
from ingest.bounds.limits import check_size, zip_head, zip_member, zip_names
from ingest.document import Document, RawFile
from ingest.html.markup import clean, maybe_html
from ingest.jsontree import count_keys, dict_in, dicts_in, list_in, text_in
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading, note_text
from ingest.office.rtf import rtf_text
from ingest.plist import parse_plist
from ingest.registry import Rank

_MEMBER = re.compile(r"(?:[^/]+/)*contents\.xml$")
_KEYS = (b"mainNode", b"subnodes")
_HREF = re.compile(r"<a\s[^<>]{0,500}?href\s*=\s*[\"']([^\"'<>]{1,4000})[\"']", re.I)
_NODE_KEYS = frozenset(
    """nodeID title subnodes note task tags url attachment sticker stickers fileLink location pathStyle shapeStyle
    hasFoldedSubnodes layoutStyle noteIndicatorColor willShowInFilter isLeftAligned decreasingStrokeWidth
    foldedOrientation isFloating contentAlignment branchWidthType branchType layout filterState creationDate
    allowNodeStrokeColorVariants fillColor strokeColor strokeStyle strokeWidth isDrawingFill
    isDecreasingBranchThickness""".split()
)

_PICTURES = frozenset({"attachment", "sticker", "stickers"})
_READ_KEYS = _NODE_KEYS - _PICTURES - {"fileLink"}  # what is read, or a matter of looks
_STYLED = frozenset({"shapeStyle", "pathStyle", "fillColor", "strokeColor"})  # the last two up to version 1


@dataclass(frozen=True)
class MindNodeReader:
    name: str = "mindnode"
    label: str = "MindNode (.mindnode)"
    extensions: tuple[str, ...] = (".mindnode", ".mindnode.zip", ".zip", ".xml")
    carries: tuple[str, ...] = (
        "topics", "tree", "several maps", "notes", "links", "relations", "tags", "tasks", "boundaries",
        "folded state", "positions", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "stickers", "attached files", "styles")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if raw.data.startswith(b"PK"):
            return any(_is_plist(zip_head(raw, n, 200)) for n in _members(raw)[:3])
        is_named = raw.extension == ".mindnode"  # then its reader says what is damaged
        return _is_plist(raw.data[:200]) and (is_named or all(key in raw.data for key in _KEYS))

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data, place, others = raw.data, "", 0
        if raw.data.startswith(b"PK"):
            place, *more = _members(raw)
            data, others = zip_member(raw, place), len(more)
        value = parse_plist(raw.name, data, place)
        if not place and not all(key in data for key in _KEYS):
            raise InputRefused(raw.name, "a property list, and no map in it")
        content = _read(raw.name, value, data, place or "map", others)
        return map_document(raw, "mindnode", "mindnode@1", content)


def _is_plist(head: bytes) -> bool:
    """Whether the first bytes are those of a property list, binary or in XML."""
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"bplist") or (head.startswith(b"<") and b"plist" in head)


def _members(raw: RawFile) -> list[str]:
    """Every contents.xml that is a map: not one of a style, nor a shadow that a Mac adds to archives."""
    names = [n for n in zip_names(raw) if _MEMBER.match(n)]
    return [n for n in names if ".mindnodestyle/" not in n and not n.startswith("__MACOSX/")]


def _read(name: str, value: Any, data: bytes, place: str, others: int) -> MapContent:
    reading = TreeReading(name, place)
    canvas = dict_in(dict_in(value).get("canvas")) or dict_in(dict_in(value).get("mindMap")) or dict_in(value)
    tops = _main_nodes(canvas)
    if not tops:
        raise InputRefused(name, "no map in this property list", place)
    labels = {text_in(t.get("tagID")): text_in(t.get("name")) for t in dicts_in(canvas.get("tags"))}
    roots = reading.grow(((top, "topic") for top in tops), lambda n, kind: _topic(n, kind, labels, reading), _below)
    for connection in dicts_in(canvas.get("crossConnections")) + dicts_in(canvas.get("associations")):
        _relate(connection, reading)
    for boundary in dicts_in(canvas.get("boundaries")):
        _bound(boundary, reading)
    reading.leave("other maps", "only the first map of the archive is read", others)
    found = {"topics": 0} | count_keys(
        value,
        {"subnodes": "topics", "mainNodes": "topics", "crossConnections": "relations", "associations": "relations",
         "boundaries": "boundaries"},
        {"mainNode": "topics", "note": "notes", "hasFoldedSubnodes": "folded"},
    )  # fmt: skip
    links = sum(data.count("href=".encode(encoding)) for encoding in ("utf-8", "utf-16-be"))  # as a plist has texts
    return reading.content(roots, found | ({"links": links} if links else {}))


def _main_nodes(canvas: dict[str, Any]) -> list[dict[str, Any]]:
    maps = dicts_in(canvas.get("mindMaps"))
    found = [m["mainNode"] for m in maps if isinstance(m.get("mainNode"), dict)]
    return found + dicts_in(canvas.get("mainNodes")) + dicts_in([canvas.get("mainNode")])


def _below(node: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return [(child, "topic") for child in dicts_in(node.get("subnodes"))]


def _topic(node: dict[str, Any], kind: str, labels: dict[str, str], reading: TreeReading) -> Topic:
    title, note = _source(node.get("title")), _source(node.get("note"))
    topic = reading.topic(text_in(node.get("nodeID")), maybe_html(title), kind)
    if note:
        topic.note = note_text(note)
    if links := _links(node, (title, note)):
        topic.links = links
    if node.get("hasFoldedSubnodes"):
        topic.folded = True
    if place := text_in(node.get("location")):
        topic.position = place
    if tags := list_in(node.get("tags")):
        named = [text_in(t) or text_in(dict_in(t).get("name")) or text_in(dict_in(t).get("tagID")) for t in tags]
        topic.tags = [labels.get(tag, tag) for tag in named if tag]
    if isinstance(node.get("task"), dict):
        topic.attributes["task"] = text_in(node["task"].get("state"))
    if not _STYLED.isdisjoint(node):
        _read_style(node, topic)
    if not node.keys() <= _READ_KEYS:
        _leave_out(node, reading)
    return topic


def _links(node: dict[str, Any], texts: Iterable[str]) -> list[str]:
    """The addresses in the title and the note of a node, then its own."""
    found = list(dict.fromkeys(link for text in texts if "<" in text for link in _HREF.findall(text)))
    own = text_in(node.get("url"))
    return [*found, own] if own else found


def _source(value: Any) -> str:
    """The text of a title or a note: HTML, RTF or plain, as a string, as bytes, or inside an object."""
    if isinstance(value, dict):
        value = value.get("text", value.get("string", ""))
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = text_in(value)
    return rtf_text(text) if text.startswith("{\\rtf") else text


def _read_style(node: dict[str, Any], topic: Topic) -> None:
    shape = dict_in(node.get("shapeStyle"))
    looks = {
        "background": shape.get("fillColor") or node.get("fillColor"),
        "edge": dict_in(dict_in(node.get("pathStyle")).get("strokeStyle")).get("color") or node.get("strokeColor"),
        "shape": shape.get("shapeType"),
    }
    topic.style = {key: text_in(value) for key, value in looks.items() if text_in(value)}


def _leave_out(node: dict[str, Any], reading: TreeReading) -> None:
    reading.leave("images", "pictures and stickers are not read", len(_PICTURES & node.keys()))
    if "fileLink" in node:
        reading.leave("attached files", "a file of the computer that made the map")
    reading.leave_unknown(((key, 1) for key in node if key not in _NODE_KEYS), "unknown fields")


def _relate(connection: dict[str, Any], reading: TreeReading) -> None:
    ends = dict_in(connection.get("endPoints")) or connection
    style = dict_in(connection.get("arrowStyle"))
    direction = arrows(bool(style.get("startArrow", 0)), bool(style.get("endArrow", 1)))
    label = maybe_html(_source(connection.get("title")))
    reading.relate(text_in(ends.get("startNodeID")), text_in(ends.get("endNodeID")), label, direction)


def _bound(boundary: dict[str, Any], reading: TreeReading) -> None:
    """Whatever strings of a boundary are ids of nodes; its title where it has one."""
    values = [v for x in boundary.values() for v in (x if isinstance(x, list) else [x])]
    members = tuple(dict.fromkeys(text_in(v) for v in values if text_in(v) in reading.ids.seen))
    if members:
        reading.boundaries.append(Boundary(members, clean(maybe_html(_source(boundary.get("title"))))))
    else:
        reading.leave("boundaries", "no topic of the map is named in it")


READER = MindNodeReader()
