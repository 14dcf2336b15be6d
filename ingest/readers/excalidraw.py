"""Excalidraw drawings: .excalidraw, Obsidian's .excalidraw.md, and the PNG and SVG that hold a scene."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.jsontree import parse_json
from ingest.maps.graphmap import GraphReading, arrows
from ingest.maps.maptree import map_document
from ingest.readers.excalidraw_scene import holds_scene, is_scene, lines_beside, scene_bytes
from ingest.registry import Rank

_BOXES = frozenset({"rectangle", "ellipse", "diamond"})
_LINES = frozenset({"arrow", "line"})
_FRAMES = frozenset({"frame", "magicframe"})
_UNREAD = {
    "image": ("images", "pictures are not read"),
    "freedraw": ("drawings", "lines drawn by hand are not read"),
    "draw": ("drawings", "lines drawn by hand are not read"),
    "embeddable": ("web pages", "pages shown inside the drawing are not read"),
    "iframe": ("web pages", "pages shown inside the drawing are not read"),
}
_RAW_COUNTS = (
    ("topics", rb'"type"\s*:\s*"(?:rectangle|ellipse|diamond)"'),
    ("texts", rb'"text"\s*:\s*"'),
    ("bound texts", rb'"containerId"\s*:\s*"'),
    ("relations", rb'"startBinding"\s*:'),
    ("links", rb'"link"\s*:\s*"[^"]'),
)

Values = dict[str, Any]


@dataclass
class _Scene:
    """The elements that are there, by id, and the text bound to each."""

    elements: list[Values]
    by_id: dict[str, Values] = field(default_factory=dict)
    bound: dict[str, list[Values]] = field(default_factory=dict)


@dataclass(frozen=True)
class ExcalidrawReader:
    name: str = "excalidraw"
    label: str = "Excalidraw (.excalidraw, .excalidraw.md, .excalidraw.png, .excalidraw.svg)"
    extensions: tuple[str, ...] = (".excalidraw", ".md", ".json", ".png", ".svg")
    carries: tuple[str, ...] = ("topics", "relations", "links", "boundaries", "positions", "colours")
    loses: tuple[str, ...] = ("tree", "images", "free drawings", "what was deleted", "lines that tie nothing")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return holds_scene(raw)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = scene_bytes(raw)
        scene_json = raw.json if isinstance(raw.json, dict) else parse_json(raw.name, data, "drawing")
        if not is_scene(scene_json):
            raise InputRefused(raw.name, "the drawing holds no list of elements")
        reading = GraphReading(raw.name)
        scene = _scene(scene_json["elements"], reading)
        for element in scene.elements:
            _read_element(element, scene, reading)
        _groups(scene, reading)
        reading.leave("text", "what the note says beside the drawing is not read", lines_beside(raw))
        content = reading.content(RawFile(raw.name, data), _RAW_COUNTS)
        found = content.ledger.found  # a text is a topic of its own unless a box or an arrow holds it
        found["topics"] += found.pop("texts", 0) - found.pop("bound texts", 0)
        return map_document(raw, "excalidraw", "excalidraw@1", content)


def _scene(values: list[Any], reading: GraphReading) -> _Scene:
    kept: list[Values] = []
    for value in values:
        if not isinstance(value, dict):
            reading.leave("elements", "not an object")
        elif value.get("isDeleted") is True:
            reading.leave("deleted elements", "deleted in the drawing, still in the file")
        else:
            kept.append(value)
    scene = _Scene(kept)
    for element in kept:
        scene.by_id.setdefault(_text(element.get("id")), element)
    for element in kept:
        holder = _holder(element, scene)
        if holder:
            scene.bound.setdefault(holder, []).append(element)
    return scene


def _holder(element: Values, scene: _Scene) -> str:
    """The id of the box or arrow that a text is written in; empty for a free text."""
    holder = _text(element.get("containerId")) if element.get("type") == "text" else ""
    held = scene.by_id.get(holder)
    return holder if held is not None and _text(held.get("type")) in _BOXES | _LINES else ""


def _read_element(element: Values, scene: _Scene, reading: GraphReading) -> None:
    kind, native = _text(element.get("type")), _text(element.get("id"))
    if kind in _BOXES or (kind == "text" and not _holder(element, scene)):
        texts = [element] if kind == "text" else scene.bound.get(native, [])
        topic = reading.node(native, " ".join(_text(t.get("text")) for t in texts))
        topic.links = [_text(e["link"]) for e in ([element] if kind == "text" else [element, *texts]) if e.get("link")]
        _look(element, topic)
    elif kind in _LINES:
        _read_line(element, kind, scene, reading)
        reading.leave("links", "what carries them is no node", int(bool(element.get("link"))))
    elif kind in _UNREAD:
        reading.leave(*_UNREAD[kind])
        reading.leave("links", "what carries them is no node", int(bool(element.get("link"))))
    elif kind not in _FRAMES and kind not in {"text", "selection"}:
        reading.leave("unknown elements", kind[:60] or "without a type")


def _look(element: Values, topic: Topic) -> None:
    topic.position = {k: element[k] for k in ("x", "y", "width", "height") if k in element} or None
    for kept, key in (("background", "backgroundColor"), ("edge", "strokeColor")):
        if element.get(key) and element[key] != "transparent":
            topic.style[kept] = _text(element[key])
    topic.style["shape"] = _text(element.get("type"))


def _read_line(element: Values, kind: str, scene: _Scene, reading: GraphReading) -> None:
    ends = [_end(element.get(side), scene) for side in ("startBinding", "endBinding")]
    if not any(ends) and "startBinding" not in element:
        reading.leave("lines", "they tie nothing")
        return
    label = " ".join(_text(t.get("text")) for t in scene.bound.get(_text(element.get("id")), []))
    heads = element.get("startArrowhead"), element.get("endArrowhead", "arrow" if kind == "arrow" else None)
    reading.link(ends[0], ends[1], label, arrows(heads[0] is not None, heads[1] is not None))


def _end(binding: Any, scene: _Scene) -> str:
    """The id of what an end is bound to: of the box, where it is bound to the text in it."""
    native = _text(binding.get("elementId")) if isinstance(binding, dict) else ""
    return _holder(scene.by_id.get(native, {}), scene) or native


def _groups(scene: _Scene, reading: GraphReading) -> None:
    """Frames with their names, and groups, which have none."""
    members: dict[tuple[str, str], list[str]] = {}
    for element in scene.elements:
        native = _text(element.get("id"))
        if element.get("frameId"):
            members.setdefault(("frame", _text(element["frameId"])), []).append(native)
        groups = element.get("groupIds")
        for group in groups if isinstance(groups, list) else ():
            members.setdefault(("group", _text(group)), []).append(native)
    for (kind, native), inside in members.items():
        reading.group(inside, _text(scene.by_id.get(native, {}).get("name")) if kind == "frame" else "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


READER = ExcalidrawReader()
