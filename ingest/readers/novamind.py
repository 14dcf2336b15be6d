"""NovaMind maps (.nm5): content.xml holds the tree and the texts apart, joined by the id of a topic."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size, zip_head, zip_member, zip_names
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import element_text
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import attribute, by_name, child, children, local

_MEMBER = "content.xml"
_KINDS = {"FloatingTopic": "floating", "Callout": "callout"}
_RAW_COUNTS = (
    ("topics", rb"<topic-node[\s>]"), ("relations", rb"type=\"LinkLine\""), ("links", rb"<(?:hyper)?link\s[^<>]*url="),
    ("notes", rb"<notes[^<>/]*>"), ("icons", rb"<adornment\s"), ("folded", rb"is-expanded=\"False\""),
)  # fmt: skip
_LINE = "LinkLine"
_MAX_SHARED = 1_000_000
_TASK = ("priority", "percentage-complete", "start-time", "duration", "duration-unit")
_TASK_TAG = re.compile(rb"<project-task\s[^<>]*>")
_TASK_VALUE = re.compile(rf"\s(?:{'|'.join(_TASK)})=\"[^\"]".encode())
_STATED = re.compile(
    rb"\schecked-state=\"[^\"]|<assigned-resources[^<>]*>\s*<assigned-resource\s(?:[^<>]*\s)?name=\"[^\"]"
)
_IMAGES = frozenset({"top-image", "bottom-image", "left-image", "right-image"})


@dataclass(frozen=True)
class NovaMindReader:
    name: str = "novamind"
    label: str = "NovaMind (.nm5)"
    extensions: tuple[str, ...] = (".nm5",)
    carries: tuple[str, ...] = (
        "topics", "tree", "sheets", "floating topics", "callouts", "notes", "links", "relations", "icons", "tags",
        "tasks", "folded state", "positions",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "attached files", "styles", "presentations")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if _MEMBER not in zip_names(raw):
            return False
        head = zip_head(raw, _MEMBER).replace(b"\x00", b"")
        return b"<topic-node" in head or (b"<maps" in head and b"<document" in head)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data = zip_member(raw, _MEMBER)
        root, repairs = parse_repaired(raw.name, data, _MEMBER)
        content = _Book(raw.name, root).content(data)
        content.ledger.left_out += repairs
        return map_document(raw, "novamind", "novamind@1", content)


class _Book:
    def __init__(self, name: str, root: etree._Element) -> None:
        self.reading = TreeReading(name, _MEMBER)
        self.root = root
        self.texts: dict[str, etree._Element] = {}
        self.read: dict[str, Topic] = {}  # of the texts: the first topic that shows them
        self.shared = 0  # links, icons, tags and attributes of texts that other topics show again
        for topic in children(root, "topics", "topic"):
            self.texts.setdefault(topic.get("id", ""), topic)

    def content(self, data: bytes) -> MapContent:
        roots: list[Topic] = []
        pages = children(self.root, "maps", "map")
        for page in pages:
            tops = self.reading.grow(_nodes(page), self._topic, _below)
            for top in tops[:1] if len(pages) > 1 else ():
                top.sheet = page.get("title", "") or top.label
            roots += tops
            lines = [n for n in page.iter("{*}topic-node") if _is_line(n)]
            self.reading.leave("topics", "lines between topics, kept as relations", len(lines))
            for line in lines:
                self._relate(line)
        if self.root.get("description", "").strip():
            self.reading.leave("comment of the file", "about the whole map: no topic holds it")
        found = raw_counts(data, _RAW_COUNTS)
        plain = narrowed(data)
        told = sum(len(_TASK_VALUE.findall(tag)) for tag in _TASK_TAG.findall(plain)) + len(_STATED.findall(plain))
        return self.reading.content(roots, found | ({"attributes": told} if told else {}), self.root.get("title", ""))

    def _topic(self, node: etree._Element, kind: str) -> Topic:
        reference = node.get("topic-ref", "")
        text = self.texts.get(reference)
        topic = self.reading.topic(node.get("id", ""), _label(text), kind)
        view = child(node, "topic-node-view")
        if attribute(view, "is-expanded") == "False":
            topic.folded = True
        if place := attribute(view, "location"):
            topic.position = place
        first = self.read.setdefault(reference, topic)
        if first is not topic:
            self._share(first, topic)
        elif text is not None:
            self._read_text(text, topic)
        return topic

    def _share(self, first: Topic, topic: Topic) -> None:
        """What another topic has of the same text."""
        topic.note, topic.links, topic.icons = first.note, first.links.copy(), first.icons.copy()
        topic.tags, topic.attributes = first.tags.copy(), first.attributes.copy()
        self.shared += len(topic.links) + len(topic.icons) + len(topic.tags) + len(topic.attributes)
        if self.shared > _MAX_SHARED:
            why = f"more than {_MAX_SHARED:,} links, icons and tags of texts shown again"
            raise InputRefused(self.reading.name, why, _MEMBER)

    def _read_text(self, text: etree._Element, topic: Topic) -> None:
        parts = by_name(text)
        for name in parts.keys() & _READ_BY_NAME.keys():
            _READ_BY_NAME[name](parts[name], topic)
        if links := [_target(url) for e in text.iter("{*}hyperlink") if (url := e.get("url"))]:
            topic.links += links
        if "project-task" in parts:
            task = parts["project-task"][0]
            topic.attributes = {key: task.get(key, "") for key in _TASK if task.get(key)}
            people = [attribute(r, "name") for r in children(task, "assigned-resources", "assigned-resource")]
            if any(people):
                topic.attributes["assigned-resources"] = ", ".join(p for p in people if p)
        if text.get("checked-state"):
            topic.attributes["checked-state"] = text.get("checked-state", "")
        if not _IMAGES.isdisjoint(parts):
            self.reading.leave("images", "pictures are not read", sum(len(parts.get(name, ())) for name in _IMAGES))
        if "attachments" in parts:
            attached = len(_inside(parts["attachments"], "attachment"))
            self.reading.leave("attached files", "kept in the file, not read", attached)

    def _relate(self, line: etree._Element) -> None:
        label = _label(self.texts.get(line.get("topic-ref", "")))
        for ends in children(line, "link-line-data"):
            start, end = (attribute(child(ends, f"{side}-terminator"), "type", "0") for side in ("start", "end"))
            refs = ends.get("start-topic-node-ref", ""), ends.get("end-topic-node-ref", "")
            self.reading.relate(*refs, label, arrows(start != "0", end != "0"))


def _inside(parts: list[etree._Element], name: str) -> list[etree._Element]:
    return [one for part in parts for one in children(part, name)]


def _read_notes(parts: list[etree._Element], topic: Topic) -> None:
    topic.note = element_text(parts[0])


def _read_links(parts: list[etree._Element], topic: Topic) -> None:
    topic.links = [_target(url) for e in _inside(parts, "link") if (url := e.get("url"))]


def _read_icons(parts: list[etree._Element], topic: Topic) -> None:
    topic.icons = [a.get("resource-ref", "") for a in _inside(parts, "adornment")]


def _read_tags(parts: list[etree._Element], topic: Topic) -> None:
    topic.tags = [element_text(t) for t in _inside(parts, "item")]


_READ_BY_NAME: dict[str, Callable[[list[etree._Element], Topic], None]] = {
    "notes": _read_notes, "links": _read_links, "adornments": _read_icons, "tags": _read_tags,
}  # fmt: skip


def _below(node: etree._Element) -> list[tuple[etree._Element, str]]:
    return _nodes(node, "sub-topics")


def _nodes(above: etree._Element, *path: str) -> list[tuple[etree._Element, str]]:
    """The nodes at the end of a path, with their kinds; lines stand among them, too."""
    found = ((n, n.get("type", "")) for n in children(above, *path, "topic-node"))
    return [(n, _KINDS.get(kind, "topic")) for n, kind in found if kind != _LINE]


def _is_line(node: etree._Element) -> bool:
    """Whether it is a line between topics: these stand apart, or among the topics."""
    above = node.getparent()
    return node.get("type") == _LINE or (above is not None and local(above) == "link-lines")


def _label(text: etree._Element | None) -> str:
    """The runs of a topic's own text, those of its hyperlinks too; white space between runs is layout of the file."""
    rich = child(text, "rich-text") if text is not None else None
    return "" if rich is None else "".join(_run(run) for run in rich.iter("{*}text-run"))


def _run(run: etree._Element) -> str:
    if not len(run):
        return run.text or ""
    parts = [run.text or ""]
    for inside in run:
        parts += [" ", "".join(inside.itertext()), inside.tail or ""]
    return "".join(parts)


def _target(url: str) -> str:
    """An address; one of a topic of this map is written as "#" and its id."""
    return f"#{url.removeprefix('novamind://topic/')}" if url.startswith("novamind://topic/") else url


READER = NovaMindReader()
