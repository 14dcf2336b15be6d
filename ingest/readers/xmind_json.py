"""XMind 2020 and later: sheets of topics as JSON."""

from __future__ import annotations

from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.html.markup import clean, html_text
from ingest.jsontree import count_keys, dict_in, dicts_in, list_in, text_in
from ingest.maps.maptree import MapContent
from ingest.maps.treemap import TreeReading
from ingest.readers.xmind_parts import (
    BRANCHES,
    FORMULA,
    TASK,
    Comment,
    Frame,
    bound,
    comment,
    date,
    direction,
    leave_extension,
    leave_ranges,
    look,
)

_KNOWN = frozenset(
    """id class title rootTopic children notes markers labels href image boundaries summaries position branch style
    structureClass attributedTitle customWidth titleUnedited extensions topicPositioning theme relationships legend
    topicOverlapping revisionId zones width height numbering audioNotes modifiedTime timestamp info settings
    arrangeableLayerOrder coreVersion skeletonStructureStyle comments""".split()
)
_PLAIN = frozenset({"id", "class", "title", "titleUnedited", "children"})  # all that most topics have
_OWN = _PLAIN | {"notes", "markers", "labels", "href", "branch", "position", "style", "modifiedTime", "timestamp"}
_FOUND = {"attached": "topics", "detached": "topics", "summary": "topics", "callout": "topics", "markers": "icons",
          "labels": "tags", "relationships": "relations", "boundaries": "boundaries",
          "summaries": "attributes"}  # fmt: skip
_MARKED = {"rootTopic": "topics", "notes": "notes", "href": "links", "comments": "details", "branch": "folded"}


def read_sheets(name: str, data: Any) -> MapContent:
    """Topics of every sheet. Raises InputRefused where the JSON is not what XMind writes."""
    sheets = data if isinstance(data, list) else [data]
    if not all(isinstance(s, dict) for s in sheets):
        raise InputRefused(name, "not a list of sheets", "content.json")
    return _Book(name).content(sheets)


class _Book:
    def __init__(self, name: str) -> None:
        self.reading = TreeReading(name, "content.json")
        self.frames: list[Frame] = []
        self.sheets = 0  # that hold a topic
        self.extended = False  # some topic is
        self.extended = False  # some topic has extensions
        self.comments: list[Comment] = []
        self.ranges: dict[str, str] = {}  # of summaries, by the id of their topic

    def content(self, sheets: list[dict[str, Any]]) -> MapContent:
        roots = [root for sheet in sheets for root in self._sheet(sheet)]
        bound(self.frames, self.reading)
        leave_ranges(self.ranges, self.reading)
        comment(roots, self.comments, self.reading)
        for sheet in sheets:
            for relation in dicts_in(sheet.get("relationships")):
                self._relate(relation)
        maps = [{key: sheet.get(key) for key in ("rootTopic", "relationships")} for sheet in sheets]  # no theme
        found = {"sheets": len(sheets)} | count_keys(maps, _FOUND, _MARKED)
        extended = _in_extensions(maps) if self.extended else {}
        found |= {what: found.get(what, 0) + n for what, n in extended.items() if n}
        title = next((root.label for root in roots if root.label), "")
        content = self.reading.content(roots, found, title)
        content.ledger.kept["sheets"] = self.sheets
        return content

    def _sheet(self, sheet: dict[str, Any]) -> list[Topic]:
        """One tree and its floating topics, which become roots after it, in the order of the file."""
        tops = dicts_in([sheet.get("rootTopic")])
        floating = ((topic, "floating") for top in tops for topic in _floating(top))
        roots = self.reading.grow([*((top, "topic") for top in tops), *floating], self._topic, _below)
        for root in roots:
            root.sheet = clean(text_in(sheet.get("title")))
        self.sheets += bool(roots)
        self.reading.leave("sheets", "holds no topic", int(not roots))
        return roots

    def _topic(self, data: dict[str, Any], kind: str) -> Topic:
        topic = self.reading.topic(text_in(data.get("id")), text_in(data.get("title")), kind)
        if self.ranges and topic.id in self.ranges:
            topic.attributes["range"] = self.ranges[topic.id]
        if not _PLAIN.issuperset(data):
            self._read_beside(data, topic)
        return topic

    def _read_beside(self, data: dict[str, Any], topic: Topic) -> None:
        """What a topic holds beside its title and the topics below it."""
        if "notes" in data:
            topic.note = note_text(data["notes"])
            self.reading.leave("notes", "holds no text", int(bool(data["notes"]) and not topic.note.strip()))
        if "markers" in data:
            topic.icons = [text_in(m.get("markerId")) for m in dicts_in(data["markers"])]
        if "labels" in data:
            topic.tags = [tag for tag in (clean(text_in(x)) for x in list_in(data["labels"])) if tag]
        if href := text_in(data.get("href")):
            topic.links = [href]
        if data.get("branch") == "folded":
            topic.folded = True
        if isinstance(data.get("position"), dict):
            topic.position = data["position"]
        if "style" in data:
            topic.style = look(_properties(data))
        if changed := date(data.get("modifiedTime", data.get("timestamp"))):
            topic.dates = {"modified": changed}
        if not _OWN.issuperset(data):
            self._read_around(data, topic)
            self._leave_out(data)

    def _read_around(self, data: dict[str, Any], topic: Topic) -> None:
        for frame in dicts_in(data.get("boundaries")):
            self.frames.append(Frame(topic, text_in(frame.get("range")), text_in(frame.get("title"))))
        for summary in dicts_in(data.get("summaries")):
            self.ranges[text_in(summary.get("topicId"))] = text_in(summary.get("range"))
        for extension in dicts_in(data.get("extensions")):
            self.extended = True
            self._read_extension(extension, topic)
        for one in dicts_in(data.get("comments")):
            text = text_in(one.get("content")) or text_in(one.get("text"))
            self.comments.append(Comment(topic.id, clean(text_in(one.get("author"))), text))

    def _read_extension(self, extension: dict[str, Any], topic: Topic) -> None:
        provider = text_in(extension.get("provider"))
        if provider == FORMULA and (formula := _formula(extension)):
            topic.details = "\n".join(x for x in (topic.details, formula) if x)
        elif provider == TASK:
            topic.attributes |= _task(extension)
        else:
            leave_extension(provider, self.reading)

    def _leave_out(self, data: dict[str, Any]) -> None:
        self.reading.leave("images", "pictures are not read", int(isinstance(data.get("image"), dict)))
        self.reading.leave("sound notes", "sound is not read", int(bool(data.get("audioNotes"))))
        self.reading.leave_unknown(((key, 1) for key in data if key not in _KNOWN), "unknown fields")

    def _relate(self, relation: dict[str, Any]) -> None:
        ends = text_in(relation.get("end1Id")), text_in(relation.get("end2Id"))
        self.reading.relate(*ends, text_in(relation.get("title")), direction(_properties(relation)))


def _floating(top: dict[str, Any]) -> list[dict[str, Any]]:
    """The topics that float in a tree, wherever they do."""
    found: list[dict[str, Any]] = []
    stack = [(top, False)]
    while stack:
        topic, floats = stack.pop()
        if floats:
            found.append(topic)
        groups = topic.get("children")
        if groups and isinstance(groups, dict):
            inside = [(child, kind == "detached") for kind, group in groups.items() for child in dicts_in(group)]
            stack += [(child, floats) for child, floats in reversed(inside) if floats or "children" in child]
    return found


def _below(data: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    children = data.get("children")
    if not children or not isinstance(children, dict):
        return []
    return [(child, kind) for key, kind in BRANCHES if key in children for child in dicts_in(children[key])]


def _formula(extension: dict[str, Any]) -> str:
    """A formula in the signs of TeX, which XMind shows below the title, or in its place."""
    return text_in(dict_in(extension.get("content")).get("content")).strip()


def _task(extension: dict[str, Any]) -> dict[str, str]:
    """What is said of a task: how far it is, when it begins and ends, who does it."""
    parts = dicts_in(extension.get("content"))
    told = {clean(text_in(part.get("name"))): clean(text_in(part.get("content"))) for part in parts}
    return {name: value for name, value in told.items() if name and value}


def _in_extensions(maps: list[dict[str, Any]]) -> dict[str, int]:
    """How many formulas and facts of tasks stand in extensions, wherever these do."""
    found = {"details": 0, "attributes": 0}
    stack: list[Any] = [maps]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            found["details"] += value.get("provider") == FORMULA and bool(_formula(value))
            found["attributes"] += len(_task(value)) if value.get("provider") == TASK else 0
        stack += [x for x in (value.values() if isinstance(value, dict) else value) if isinstance(x, dict | list)]
    return found


def _properties(data: dict[str, Any]) -> dict[str, str]:
    """The properties of a style by their local names."""
    properties = dict_in(dict_in(data.get("style")).get("properties"))
    return {key.rsplit(":", 1)[-1]: text_in(value) for key, value in properties.items()}


def note_text(notes: Any) -> str:
    """The plain text of a note, whichever of its forms is there."""
    if not isinstance(notes, dict):
        return ""
    for form in ("plain", "realHTML", "html"):
        content = dict_in(notes.get(form)).get("content")
        if text_in(content).strip():
            return text_in(content) if form == "plain" else html_text(text_in(content))
        if isinstance(content, dict):
            return _paragraphs(content)
    return "".join(text_in(op.get("insert")) for op in dicts_in(dict_in(notes.get("ops")).get("ops")))


def _paragraphs(content: dict[str, Any]) -> str:
    """The lines of a note that is written as paragraphs of spans."""
    lines = [dicts_in(p.get("spans")) for p in dicts_in(content.get("paragraphs"))]
    return "\n".join("".join(text_in(span.get("text")) for span in line) for line in lines)
