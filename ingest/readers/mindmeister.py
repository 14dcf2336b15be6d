"""MindMeister maps (.mind): an archive with map.json, one tree and the connections across it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size, zip_head, zip_member, zip_names
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import maybe_html
from ingest.jsontree import count_keys, dict_in, dicts_in, list_in, parse_json, text_in
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading, note_text
from ingest.registry import Rank

_MEMBER = "map.json"
_LOOK = {"background": "backgroundColor", "text": "color", "edge": "borderColor", "shape": "boxStyle"}
_DATES = {"created": "created_at", "modified": "updated_at"}
_TASK = ("from", "until", "resource", "effort", "priority", "completed", "status")
_MOST = frozenset({"id", "title", "pos", "rank", "children", "floating"})


@dataclass(frozen=True)
class MindMeisterReader:
    name: str = "mindmeister"
    label: str = "MindMeister (.mind)"
    extensions: tuple[str, ...] = (".mind",)
    carries: tuple[str, ...] = (
        "topics", "tree", "floating topics", "notes", "links", "relations", "icons", "tasks", "folded state",
        "positions", "colours", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "attached files", "comments", "votes", "themes")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return _MEMBER in zip_names(raw) and b'"root"' in narrowed(zip_head(raw, _MEMBER, 65_536))

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = parse_json(raw.name, zip_member(raw, _MEMBER), _MEMBER)
        if not isinstance(dict_in(data).get("root"), dict):
            raise InputRefused(raw.name, "no root topic in this map", _MEMBER)
        return map_document(raw, "mindmeister", "mindmeister@1", _read(raw.name, data))


def _read(name: str, data: dict[str, Any]) -> MapContent:
    reading = TreeReading(name, _MEMBER)
    roots = reading.grow([(data["root"], "topic")], lambda node, kind: _topic(node, kind, reading), _below)
    for link in dicts_in(data.get("connections")):
        ends = [text_in(link.get(key)) for key in ("from_id", "to_id")]
        reading.relate(ends[0], ends[1], text_in(link.get("label")))
    reading.leave("attached files", "kept in the file, not read", len(list_in(data.get("attachments"))))
    found = count_keys(
        data, {"children": "topics", "connections": "relations"}, {"note": "notes", "link": "links", "icon": "icons"}
    )
    found["topics"] = found.get("topics", 0) + 1
    return reading.content(roots, found)


def _below(node: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return [(child, "floating" if child.get("floating") else "topic") for child in dicts_in(node.get("children"))]


def _topic(node: dict[str, Any], kind: str, reading: TreeReading) -> Topic:
    topic = reading.topic(text_in(node.get("id")), maybe_html(text_in(node.get("title"))), kind)
    if place := node.get("pos"):
        topic.position = place if isinstance(place, list) else None
    filled = {
        key: value for key, value in node.items() if value or value == 0
    }  # each has all fields, most of them null
    if not _MOST.issuperset(filled):
        _read_beside(filled, topic, reading)
    return topic


def _read_beside(node: dict[str, Any], topic: Topic, reading: TreeReading) -> None:
    """What few topics hold beside their title, by the fields that are filled."""
    topic.note = note_text(text_in(node.get("note")))
    links = [node.get("link"), *(dict_in(x).get("url") for x in list_in(node.get("links")))]
    topic.links = [text_in(link) for link in links if text_in(link)]
    icons = text_in(node.get("icon"))
    topic.icons = [icon.strip() for icon in icons.split(",") if icon.strip()]
    topic.folded = node.get("closed") is True or node.get("collapsed") is True
    topic.dates = {key: text_in(node.get(name)) for key, name in _DATES.items() if text_in(node.get(name))}
    style = dict_in(node.get("style"))
    topic.style = {key: text_in(style.get(name)) for key, name in _LOOK.items() if text_in(style.get(name))}
    task = dict_in(node.get("task"))
    topic.attributes = {f"task {key}": text_in(task.get(key)) for key in _TASK if text_in(task.get(key))}
    reading.leave("images", "pictures are not read", int(bool(node.get("image"))))
    reading.leave("attached files", "kept in the file, not read", len(list_in(node.get("attachments"))))


READER = MindMeisterReader()
