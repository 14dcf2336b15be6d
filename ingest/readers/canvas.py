"""JSON Canvas boards (.canvas), as Obsidian writes them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.jsontree import parse_json
from ingest.maps.graphmap import GraphReading, arrows
from ingest.maps.maptree import map_document
from ingest.registry import Rank

_TEXTS = {"text": "text", "file": "file", "link": "url", "group": "label"}
_NODE_KEYS = frozenset("id type x y width height color text file subpath url label background backgroundStyle".split())
_EDGE_KEYS = frozenset("id fromNode toNode fromSide toSide fromEnd toEnd label color".split())
_RAW_COUNTS = (
    ("topics", rb'"type"\s*:\s*"(?:text|file|link|group)"'), ("relations", rb'"fromNode"\s*:'),
    ("boundaries", rb'"type"\s*:\s*"group"'), ("links", rb'"type"\s*:\s*"link"'),
)  # fmt: skip
_MOST_COMPARED = 5_000_000  # nodes times groups

Values = dict[str, Any]


@dataclass(frozen=True)
class CanvasReader:
    name: str = "canvas"
    label: str = "JSON Canvas, Obsidian (.canvas)"
    extensions: tuple[str, ...] = (".canvas",)
    carries: tuple[str, ...] = ("topics", "relations", "links", "boundaries", "positions", "colours")
    loses: tuple[str, ...] = ("tree", "notes", "content of the files shown", "backgrounds", "colours of edges")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        data = raw.json
        if not isinstance(data, dict):  # damaged JSON is refused with its place
            return (
                data is None and raw.extension == ".canvas" and raw.data[:99].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"
            )
        nodes, edges = data.get("nodes", []), data.get("edges", [])
        if not isinstance(nodes, list) or not isinstance(edges, list):
            return False
        if any(isinstance(e, dict) and "fromNode" in e for e in edges[:50]):
            return True
        if nodes:
            return any(isinstance(n, dict) and _text(n.get("type")) in _TEXTS and "x" in n for n in nodes[:50])
        return raw.extension == ".canvas"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = parse_json(raw.name, raw.data) if raw.json is None else raw.json
        reading = GraphReading(raw.name)
        nodes = list(_objects(raw.name, data.get("nodes"), "nodes"))
        for node in nodes:
            _read_node(node, reading)
        for edge in _objects(raw.name, data.get("edges"), "edges"):
            _read_edge(edge, reading)
        _groups(nodes, reading)
        for key in (k for k in data if k not in {"nodes", "edges"}):
            reading.leave("unknown members", f"canvas: {key[:60]}")
        return map_document(raw, "canvas", "canvas@1", reading.content(raw, _RAW_COUNTS))


def _objects(name: str, values: Any, place: str) -> Iterator[Values]:
    for n, value in enumerate(values or []):
        if not isinstance(value, dict):
            raise InputRefused(name, "not an object", f"{place}[{n}]")
        yield value


def _read_node(node: Values, reading: GraphReading) -> None:
    kind = str(node.get("type", ""))
    topic = reading.node(_text(node.get("id")), _text(node.get(_TEXTS.get(kind, "text"))))
    if kind == "link":
        topic.links.append(_text(node.get("url")))
    if kind in {"file", "group"}:
        topic.attributes["type"] = kind
    if node.get("subpath"):
        topic.attributes["subpath"] = _text(node["subpath"])
    topic.position = {k: node[k] for k in ("x", "y", "width", "height") if k in node} or None
    _colour(node, topic)
    if kind == "file":
        reading.leave("attached files", "the path is kept, the file is apart")
    if node.get("background"):
        reading.leave("images", "backgrounds of groups are not read")
    for key in (k for k in node if k not in _NODE_KEYS):
        reading.leave("unknown members", f"nodes: {key[:60]}")


def _colour(node: Values, topic: Topic) -> None:
    if node.get("color"):
        topic.style["background"] = _text(node["color"])


def _read_edge(edge: Values, reading: GraphReading) -> None:
    direction = arrows(edge.get("fromEnd", "none") != "none", edge.get("toEnd", "arrow") != "none")
    reading.link(_text(edge.get("fromNode")), _text(edge.get("toNode")), _text(edge.get("label")), direction)
    for key in (k for k in edge if k not in _EDGE_KEYS):
        reading.leave("unknown members", f"edges: {key[:60]}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _groups(nodes: list[Values], reading: GraphReading) -> None:
    """Canvas does not tell what a group holds: it is what lies wholly inside its rectangle."""
    groups = [n for n in nodes if n.get("type") == "group"]
    boxes = [(box, _text(n.get("id"))) for n in nodes if (box := _box(n)) is not None] if groups else []
    if len(boxes) * len(groups) > _MOST_COMPARED:
        reading.leave("boundaries", "too many groups to compare with every node", len(groups))
        return
    boxes.sort(key=lambda entry: entry[0][0])
    lefts = [box[0] for box, _ in boxes]
    for group in groups:
        frame, own = _box(group), _text(group.get("id"))
        if frame is not None:
            near = boxes[bisect_left(lefts, frame[0]) : bisect_right(lefts, frame[2])]
            reading.group((i for box, i in near if i != own and _inside(box, frame)), _text(group.get("label")))


def _box(node: Values) -> tuple[float, float, float, float] | None:
    sides = [node.get(k) for k in ("x", "y", "width", "height")]
    numbers = [float(s) for s in sides if isinstance(s, int | float) and abs(s) < 1e15 and isfinite(s)]
    if len(numbers) < 4:
        return None
    x, y, width, height = numbers
    return x, y, x + width, y + height


def _inside(box: tuple[float, float, float, float], frame: tuple[float, float, float, float]) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


READER = CanvasReader()
