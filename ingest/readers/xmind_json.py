"""XMind 2020 and later: sheets of topics as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from graph.errors import InputRefused
from graph.outline import CrossLink, Topic
from ingest.document import Ledger, LeftOut
from ingest.limits import check_depth, check_nodes
from ingest.maptree import MapContent, UniqueIds
from ingest.markup import clean, html_text

_BRANCHES = (("attached", "topic"), ("summary", "summary"), ("callout", "callout"))
_KNOWN = frozenset(
    """id class title rootTopic children notes markers labels href image boundaries summaries position branch style
    structureClass attributedTitle customWidth titleUnedited extensions topicPositioning theme relationships legend
    topicOverlapping revisionId zones width height numbering task audioNotes modifiedTime timestamp info settings
    arrangeableLayerOrder coreVersion skeletonStructureStyle comments""".split()
)


def read_sheets(name: str, data: Any) -> MapContent:
    """Topics of every sheet. Raises InputRefused where the JSON is not what XMind writes."""
    sheets = data if isinstance(data, list) else [data]
    if not all(isinstance(s, dict) for s in sheets):
        raise InputRefused(name, "not a list of sheets", "content.json")
    reading = _Sheets(name)
    for sheet in sheets:
        reading.sheet(sheet)
    content = MapContent(reading.roots, reading.relations(sheets), ledger=reading.ledger(sheets))
    content.title = next((t.label for t in reading.roots if t.label), "")
    return content


class _Sheets:
    def __init__(self, name: str) -> None:
        self.name = name
        self.ids = UniqueIds()
        self.roots: list[Topic] = []
        self.floating: list[Topic] = []
        self.left: Counter[tuple[str, str]] = Counter()
        self.count = 0

    def sheet(self, sheet: dict[str, Any]) -> None:
        """One tree and its floating topics, which become roots after it."""
        root = sheet.get("rootTopic")
        self.floating = []
        if isinstance(root, dict):
            self.roots.append(self._tree(root, "topic"))
            while self.floating:
                waiting, self.floating = self.floating, []
                self.roots += waiting

    def _tree(self, data: dict[str, Any], kind: str) -> Topic:
        top = self._topic(data, kind)
        stack = [(data, top, 1)]
        while stack:
            source, topic, depth = stack.pop()
            check_depth(self.name, depth)
            for child, branch in self._children(source):
                if branch == "floating":
                    self.floating.append(self._tree(child, "floating"))
                    continue
                below = self._topic(child, branch)
                topic.children.append(below)
                stack.append((child, below, depth + 1))
        return top

    @staticmethod
    def _children(data: dict[str, Any]) -> Iterable[tuple[dict[str, Any], str]]:
        children = data.get("children")
        if not isinstance(children, dict):
            return
        for key, kind in (*_BRANCHES, ("detached", "floating")):
            for child in _dicts(children.get(key)):
                yield child, kind

    def _topic(self, data: dict[str, Any], kind: str) -> Topic:
        self.count += 1
        check_nodes(self.name, self.count)
        topic = Topic(self.ids.take(str(data.get("id") or "")), clean(_text(data.get("title"))), kind=kind)
        topic.note = note_text(data.get("notes"))
        topic.icons = [str(m.get("markerId", "")) for m in _dicts(data.get("markers"))]
        topic.tags = [clean(_text(x)) for x in _list(data.get("labels")) if clean(_text(x))]
        if data.get("href"):
            topic.links.append(str(data["href"]))
        topic.folded = data.get("branch") == "folded"
        topic.position = data.get("position") if isinstance(data.get("position"), dict) else None
        self._leave_out(data)
        return topic

    def _leave_out(self, data: dict[str, Any]) -> None:
        if isinstance(data.get("image"), dict):
            self.left["images", "pictures are not read"] += 1
        if data.get("audioNotes"):
            self.left["sound notes", "sound is not read"] += 1
        boundaries = len(_list(data.get("boundaries")))
        if boundaries:
            self.left["boundaries", "frames around topics are not kept"] += boundaries
        for key in data.keys() - _KNOWN:
            self.left["unknown fields", f"{key!r} is not known to this reader"] += 1

    def relations(self, sheets: list[Any]) -> list[CrossLink]:
        links = []
        for sheet in sheets:
            for relation in _dicts(sheet.get("relationships")):
                ends = str(relation.get("end1Id", "")), str(relation.get("end2Id", ""))
                if not all(end in self.ids.seen for end in ends):
                    self.left["relations", "an end is missing or is no topic"] += 1
                    continue
                links.append(CrossLink(*ends, clean(_text(relation.get("title")))))
        return links

    def ledger(self, sheets: list[Any]) -> Ledger:
        left = [LeftOut(what, "content.json", n, why) for (what, why), n in self.left.items()]
        if self.ids.repeated:
            left.append(LeftOut("ids", "content.json", self.ids.repeated, "repeated ids were made unique"))
        return Ledger({"sheets": len(sheets), **_raw_counts(sheets)}, {}, left)


def note_text(notes: Any) -> str:
    """The plain text of a note, whichever of its forms is there."""
    if not isinstance(notes, dict):
        return ""
    plain = _content(notes.get("plain"))
    if plain.strip():
        return plain
    real = _content(notes.get("realHTML"))
    if real.strip():
        return html_text(real)
    ops = notes.get("ops")
    return "".join(_text(op.get("insert")) for op in _dicts(ops.get("ops"))) if isinstance(ops, dict) else ""


def _content(value: Any) -> str:
    return _text(value.get("content")) if isinstance(value, dict) else ""


def _text(value: Any) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [x for x in _list(value) if isinstance(x, dict)]


def _raw_counts(sheets: list[Any]) -> dict[str, int]:
    """Counts over every key of the JSON, whatever the place it stands in."""
    counts: Counter[str] = Counter()
    lists = {"attached": "topics", "detached": "topics", "summary": "topics", "callout": "topics",
             "markers": "icons", "labels": "tags", "relationships": "relations"}  # fmt: skip
    stack: list[Any] = list(sheets)
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for key, below in value.items():
                counts[lists.get(key, "")] += len(below) if isinstance(below, list) else 0
                counts["topics"] += key == "rootTopic"
                counts["notes"] += key == "notes"
                counts["links"] += key == "href"
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    counts.pop("", None)
    return {what: n for what, n in counts.items() if n}
