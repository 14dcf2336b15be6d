"""A tree as JSON, in whatever words: labels and children under usual names, or what `ingest outline --json` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graph.errors import InputRefused
from graph.outline import Boundary, Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.jsontree import dict_in, dicts_in, list_in, parse_json, text_in
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank

_LABELS = ("title", "name", "label", "text", "topic", "content", "heading", "caption")
_CHILDREN = ("children", "items", "nodes", "topics", "subtopics", "subnodes", "branches", "_children")
_NOTES = ("note", "notes", "description", "desc", "body", "comment")
_LINKS = ("links", "link", "url", "href", "hyperlink")
_LISTS = {"icons": "icons", "icon": "icons", "markers": "icons", "tags": "tags", "tag": "tags", "labels": "tags"}
_FOLDED = ("folded", "collapsed", "fold")
_WRAPPERS = ("roots", "root", "tree", "outline", "mindmap", "nodeData", "data", "map", "document")
_GRAPH_KEYS = frozenset("edges links elements connections ideas formatVersion idBoard cards rootTopic vertices".split())
_OWN = frozenset({"roots", "ledger", "cross_links"})
_READ = frozenset(
    {
        "id",
        "parent_confidence",
        "kind",
        "position",
        "author",
        "sheet",
        "details",
        "dates",
        "style",
        "attributes",
        *_LISTS,
    }
)
_KNOWN = _READ.union(_CHILDREN, _LINKS, _FOLDED)
_TOLD = (*_NOTES, *_LABELS)  # the first of them that is a text, and no label, is the note
_OWN_TEXTS, _OWN_PAIRS = ("details", "author", "sheet"), ("attributes", "dates", "style")
_VALUE = (str, int, float)
_NODE = (dict, *_VALUE)
_LOOKED_AT = 2_000  # nodes


@dataclass(frozen=True)
class JsonTreeReader:
    name: str = "json-tree"
    label: str = "Arbre JSON (.json)"
    extensions: tuple[str, ...] = (".json",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "links", "icons", "tags", "attributes", "folded state",
    )  # fmt: skip
    loses: tuple[str, ...] = ("values that are neither texts, numbers nor lists of them",)
    rank: Rank = Rank.OUTLINE

    def accepts(self, raw: RawFile) -> bool:
        tops = _roots(raw.json)
        seen = list(islice(_walk(tops), _LOOKED_AT))
        if not seen or not any(_children(node) for node in seen):
            return isinstance(raw.json, dict) and raw.json.keys() >= _OWN
        labelled = [node for node in seen if not isinstance(node, dict) or _label_key(node)]
        return len(labelled) >= 0.9 * len(seen)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = raw.json if raw.json is not None else parse_json(raw.name, raw.data)
        tops = _roots(data)
        if not tops:
            raise InputRefused(raw.name, "no tree in this JSON: no labels with children")
        reading = _JsonReading(raw.name)
        roots = reading.grow(((top, "topic") for top in tops), reading.make, _below)
        _relations(dict_in(data), reading)
        content = reading.content(roots, raw_counts(raw.data, _counted(tops)), _title(data))
        return map_document(raw, "json-tree", "json-tree@1", content)


def _roots(data: Any) -> list[Any]:
    """The top nodes: the value itself, its list, or what stands under one of the usual names."""
    for _ in range(3):
        if isinstance(data, list):
            return [node for node in data if isinstance(node, dict)]
        if not isinstance(data, dict) or (_GRAPH_KEYS & data.keys() and not data.keys() >= _OWN):
            return []
        if _label_key(data) and _children(data) and not data.keys() >= _OWN:
            return [data]
        inner = next((data[key] for key in _WRAPPERS if isinstance(data.get(key), dict | list)), None)
        if inner is None:
            inner = next((data[key] for key in _CHILDREN if isinstance(data.get(key), list)), None)
        data = inner
    return []


def _walk(tops: list[Any]) -> Iterator[Any]:
    stack = tops[::-1]
    while stack:
        node = stack.pop()
        yield node
        stack += _children(node)[::-1]


def _label_key(node: dict[str, Any]) -> str:
    for key in _LABELS:
        if isinstance(node.get(key), _VALUE):
            return key
    return ""


def _children(node: Any) -> list[Any]:
    """What is below a node, of all names for it; a mapping's values; texts alone are nodes too."""
    if not isinstance(node, dict):
        return []
    found: list[Any] = []
    for key in _CHILDREN:
        if value := node.get(key):
            below = list(value.values()) if isinstance(value, dict) else list_in(value)
            found += [x for x in below if isinstance(x, _NODE) and not isinstance(x, bool)]
    return found


def _below(node: Any) -> list[tuple[Any, str]]:
    return [(child, "topic") for child in _children(node)]


class _JsonReading(TreeReading):
    def __init__(self, name: str) -> None:
        super().__init__(name, "tree")

    def make(self, node: Any, kind: str) -> Topic:
        """The topic of one node, or of a text that stands for one."""
        if not isinstance(node, dict):
            return self.topic("", text_in(node), kind)
        label = _label_key(node)
        topic = self.topic(text_in(node.get("id")), text_in(node.get(label)), text_in(node.get("kind")) or kind)
        filled = {key: value for key, value in node.items() if value or value == 0}
        noted = next((k for k in _TOLD if k != label and k in filled and _is_said(filled[k])), "")
        if note := text_in(filled.get(noted)):
            topic.note = note
        _read_lists(filled, topic)
        _read_own(filled, topic)
        for key, value in filled.items():
            if key not in _KNOWN and key not in (label, noted):
                self._other(key, value, topic)
        return topic

    def _other(self, key: str, value: Any, topic: Topic) -> None:
        """Every other text or number is an attribute; what is neither goes to the ledger."""
        if isinstance(value, bool):
            topic.attributes[key] = str(value).lower()
        elif texts := _texts(value):
            topic.attributes[key] = ", ".join(texts)
        else:
            self.leave("values", f"{clean(key)[:40]!r} holds neither a text nor a list of texts")


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and not value.isspace()


def _read_lists(filled: dict[str, Any], topic: Topic) -> None:
    if links := [x for key in _LINKS if key in filled for x in _texts(filled[key])]:
        topic.links = links
    for key, name in _LISTS.items():
        if key in filled:
            getattr(topic, name).extend(_texts(filled[key]))
    if any(filled.get(key) is True for key in _FOLDED):
        topic.folded = True


def _read_own(filled: dict[str, Any], topic: Topic) -> None:
    """The fields that only this program's outlines have: nearly all of them empty, and not given to a topic then."""
    for name in _OWN_TEXTS:
        if text := text_in(filled.get(name)):
            setattr(topic, name, text)
    for name in _OWN_PAIRS:
        if name in filled:
            setattr(topic, name, {str(k): text_in(v) for k, v in dict_in(filled[name]).items()})
    if isinstance(sure := filled.get("parent_confidence"), float) and 0 < sure <= 1:
        topic.confidence = sure
    if isinstance(position := filled.get("position"), (str, dict, list)):
        topic.position = position


def _texts(value: Any) -> list[str]:
    """A text, or the texts of a list."""
    values = value if isinstance(value, list) else [value]
    if any(isinstance(x, dict) for x in values):
        return []
    return [text for x in values if (text := text_in(x).strip())]


def _relations(data: dict[str, Any], reading: _JsonReading) -> None:
    for link in dicts_in(data.get("relations")):
        reading.relate(
            text_in(link.get("from_id")), text_in(link.get("to_id")), text_in(link.get("label")),
            text_in(link.get("direction")) or "forward",
        )  # fmt: skip
    for boundary in dicts_in(data.get("boundaries")):
        topics = tuple(x for t in list_in(boundary.get("topics")) if (x := text_in(t)) in reading.ids.seen)
        if topics:
            reading.boundaries.append(Boundary(topics, clean(text_in(boundary.get("label")))))


def _counted(tops: list[Any]) -> tuple[tuple[str, bytes], ...]:
    """Patterns that count the topics by the word that labels the first of them."""
    key = _label_key(tops[0]) or "title"
    return (("topics", rb'"%s"\s*:' % key.encode()), ("notes", rb'"notes?"\s*:\s*"[^"]'))


def _title(data: Any) -> str:
    """The title of this program's outlines, or of a wrapper."""
    own = dict_in(dict_in(data).get("source")).get("title") or dict_in(dict_in(data).get("meta")).get("name")
    return text_in(own)


READER = JsonTreeReader()
