"""KityMinder maps (.km), old ones without a root object included; simple-mind-map (.smm) writes the same tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import clean, html_text
from ingest.jsontree import broken_json_of, count_keys, dict_in, dicts_in, list_in, parse_json, text_in
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.registry import Rank

_READ = frozenset(
    """id uid text note hyperlink hyperlinkTitle priority progress PriorityIcon ProgressIcon resource tag icon image
    imageSize imageTitle created expandState expand background color fillColor richText generalization
    associativeLineTargets associativeLineText resetRichText isActive imageUrl""".split()
)
_LOOK = (
    "layout",
    "font",
    "border",
    "line",
    "shape",
    "padding",
    "margin",
    "custom",
    "text",
    "point",
    "currentstyle",
    "image",
)
_MOST = frozenset({"id", "uid", "text", "richText", "note", "created"})


@dataclass(frozen=True)
class KityMinderReader:
    name: str = "kityminder"
    label: str = "KityMinder (.km), simple-mind-map (.smm)"
    extensions: tuple[str, ...] = (".km", ".smm")
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "links", "icons", "tags", "folded state", "colours", "dates",
        "summaries and relations of simple-mind-map",
    )  # fmt: skip
    loses: tuple[str, ...] = ("pictures", "styles", "positions")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if raw.json is None:
            return broken_json_of(raw, b'"root"', b'"data"', b'"text"', b'"children"')
        return _root(raw.json) is not None

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = raw.json if raw.json is not None else parse_json(raw.name, raw.data)
        root = _root(data)
        if root is None:
            raise InputRefused(raw.name, "not a KityMinder map: no root with a text")
        return map_document(raw, "kityminder", "kityminder@1", _read(raw.name, root))


def _root(value: Any) -> dict[str, Any] | None:
    """The node at the top: in ``root``, or the whole value in old files."""
    for node in (dict_in(value).get("root"), value):
        if (
            isinstance(node, dict)
            and "text" in dict_in(node.get("data"))
            and isinstance(node.get("children", []), list)
        ):
            return node
    return None


def _read(name: str, root: dict[str, Any]) -> MapContent:
    reading = TreeReading(name)
    roots = reading.grow([(root, "topic")], lambda node, kind: _topic(node, kind, reading), _below)
    found = count_keys(
        root,
        {"children": "topics", "resource": "tags"},
        {"note": "notes", "hyperlink": "links", "priority": "icons", "progress": "icons", "generalization": "topics"},
    )
    found["topics"] = found.get("topics", 0) + 1
    return reading.content(roots, found)


def _below(node: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    found = [(child, "topic") for child in dicts_in(node.get("children"))]
    if summaries := dict_in(node.get("data")).get("generalization"):
        several = summaries if isinstance(summaries, list) else [summaries]
        found += [({"data": data}, "summary") for data in dicts_in(several)]
    return found


def _topic(node: dict[str, Any], kind: str, reading: TreeReading) -> Topic:
    data = dict_in(node.get("data"))
    text = text_in(data.get("text"))
    native = text_in(data.get("id")) or text_in(data.get("uid"))
    topic = reading.topic(native, html_text(text) if data.get("richText") and text.strip() else text, kind)
    if note := text_in(data.get("note")):
        topic.note = note
    if created := _date(data.get("created")):
        topic.dates = {"created": created}
    if not _MOST.issuperset(data):
        _read_beside(data, topic, reading)
    return topic


def _read_beside(data: dict[str, Any], topic: Topic, reading: TreeReading) -> None:
    """What few topics hold beside their text and note."""
    for link in (data.get("hyperlink"), dict_in(data.get("hyperlink")).get("hyperlink")):
        topic.links += [text_in(link)] if text_in(link) else []
    topic.icons = list(_icons(data))
    tags = list_in(data.get("resource")) + list_in(data.get("tag"))
    topic.tags = [t for t in (clean(text_in(x) or text_in(dict_in(x).get("text"))) for x in tags) if t]
    topic.folded = data.get("expandState") == "collapse" or data.get("expand") is False
    looks = {"background": data.get("background") or data.get("fillColor"), "text": data.get("color")}
    topic.style = {key: text_in(value) for key, value in looks.items() if text_in(value)}
    reading.leave("pictures", "pictures are not read", int(bool(data.get("image"))))
    labels = dict_in(data.get("associativeLineText"))
    for target in list_in(data.get("associativeLineTargets")):
        reading.relate(topic.id, text_in(target), text_in(labels.get(text_in(target))))
    reading.leave_unknown(((k, 1) for k in data if k not in _READ and not k.startswith(_LOOK)), "unknown fields")


def _icons(data: dict[str, Any]) -> Iterable[str]:
    """Priority and progress by their number; others by name."""
    for name, keys in (("priority", ("priority", "PriorityIcon")), ("progress", ("progress", "ProgressIcon"))):
        value = next((text_in(data[key]) for key in keys if text_in(data.get(key))), "")
        if value:
            yield f"{name}-{value}"
    yield from (text_in(icon) for icon in list_in(data.get("icon")) if text_in(icon))


def _date(milliseconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


READER = KityMinderReader()
