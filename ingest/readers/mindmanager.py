"""MindManager maps: an archive with Document.xml (.mmap), or the same XML bare (.xmmap)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from graph.outline import Boundary, Topic
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import element_text
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.xml.member import has_member, member_or_bare
from ingest.xml.tree import attribute, child, children, local

_MEMBER = "Document.xml"
_SCHEMA = b"schemas.mindjet.com/MindManager"
_RAW_COUNTS = (
    ("topics", rb"<(?:\w+:)?Topic[\s>/]"), ("notes", rb"<(?:\w+:)?NotesXhtmlData[\s/>]"),
    ("links", rb"<(?:\w+:)?(?:Indexed)?Hyperlink\s"), ("icons", rb"<(?:\w+:)?Icon\s"),
    ("tags", rb"<(?:\w+:)?TextLabel\s"), ("relations", rb"<(?:\w+:)?Relationship[\s>]"),
    ("boundaries", rb"<(?:\w+:)?Boundary[\s/>]"), ("folded", rb"\sCollapsed=\"true\""),
)  # fmt: skip
_READ = frozenset(
    """SubTopics FloatingTopics Text NotesGroup Hyperlink HyperlinkGroup IconsGroup TextLabels Task Offset Color
    SubTopicShape TopicViewGroup OneBoundary""".split()
)
_SET = frozenset(
    """Custom ConditionalFormattingSettingsGroup TopicLayout SubTopicsShape SubTopicsVisibility LeafSubTopicShape
    SubTopicsTreeExpansion LabelFloatingTopicShape CalloutFloatingTopicShape LineStyle TopicShape NoteExpansion
    OutlineNumbering CustomIconImageData NotesDefaultFont""".split()
)
_KNOWN = _READ | _SET
_LOOKS = frozenset({"Offset", "Color", "SubTopicShape", "Text"})
_ELSEWHERE = "text of a relation, a boundary or a background, no topic of the map"
_TASK = ("TaskPriority", "TaskPercentage", "StartDate", "DeadlineDate", "Resources", "DurationHours", "DurationUnit")


_TASK_TAG = re.compile(rb"<(?:\w+:)?Task\s[^<>]*>")
_TASK_VALUE = re.compile(rf"\s(?:{'|'.join(_TASK)})=\"[^\"]".encode())


@dataclass(frozen=True)
class MindManagerReader:
    name: str = "mindmanager"
    label: str = "MindManager (.mmap, .xmmap)"
    extensions: tuple[str, ...] = (".mmap", ".xmmap", ".mmat")
    carries: tuple[str, ...] = (
        "topics", "tree", "floating topics", "callouts", "notes", "links", "relations", "icons", "tags", "tasks",
        "boundaries", "folded state", "positions", "colours", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "attached files", "styles", "spreadsheets", "background objects")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if raw.data.startswith(b"PK"):
            return has_member(raw, _MEMBER)
        return _SCHEMA in raw.data[:8_192].replace(b"\x00", b"")

    def read(self, raw: RawFile) -> Document:
        root, data, repairs = member_or_bare(raw, _MEMBER)
        content = _Map(raw.name, root).content(data)
        content.ledger.left_out += repairs
        return map_document(raw, "mindmanager", "mindmanager@1", content)


class _Map:
    def __init__(self, name: str, root: etree._Element) -> None:
        self.reading = TreeReading(name, _MEMBER)
        self.root = root
        self.centres = dict.fromkeys(children(root, "OneTopic", "Topic"))  # in order, and asked for each topic
        self.shapes = self._usual_shapes()

    def content(self, data: bytes) -> MapContent:
        tops = [(centre, "topic") for centre in self.centres]
        tops += [(t, "floating") for centre in self.centres for t in children(centre, "FloatingTopics", "Topic")]
        roots = self.reading.grow(tops, self._topic, self._below)
        for relation in children(self.root, "Relationships", "Relationship"):
            self._relate(relation)
        self._leave_out_of_map(sum(1 for _ in self.root.iter("{*}Topic")))
        return self.reading.content(roots, raw_counts(data, _RAW_COUNTS) | _tasks_found(data))

    def _below(self, topic: etree._Element) -> list[tuple[etree._Element, str]]:
        found = [(sub, "topic") for sub in children(topic, "SubTopics", "Topic")]
        if topic not in self.centres:
            found += [(callout, "callout") for callout in children(topic, "FloatingTopics", "Topic")]
        return found

    def _topic(self, element: etree._Element, kind: str) -> Topic:
        topic = self.reading.topic(element.get("OId", ""), _plain(element), kind)
        for part in element:
            if (name := local(part)) == "TopicViewGroup":
                self._read_view(part, topic)
            elif name in _LOOKS:  # nearly all of them, beside the topics below
                _read_look(name, part, topic)
            elif name not in {"SubTopics", "FloatingTopics"}:
                self._read_part(name, part, topic)
        return topic

    def _read_view(self, view: etree._Element, topic: Topic) -> None:
        """Whether the topic is folded in the map, which is the first of its views."""
        if _is_folded(view):
            shown = view.get("ViewIndex", "0") == "0"
            topic.folded = topic.folded or shown
            self.reading.leave("folded", "in another view than that of the map", int(not shown))

    def _read_part(self, name: str, part: etree._Element, topic: Topic) -> None:
        if name == "NotesGroup":
            topic.note = _note(part)
            empty = 0 if topic.note else len(children(part, "NotesXhtmlData"))
            self.reading.leave("notes", "holds no text", empty)
            self.reading.leave("images", "pictures are not read", sum(1 for _ in part.iter("{*}img")))
        elif name in {"Hyperlink", "HyperlinkGroup"}:
            topic.links += [link for e in (part, *part) if (link := _link(e))]
        elif name == "IconsGroup":
            topic.icons += [e.get("IconType", e.get("IconSignature", "")) for e in children(part, "Icons", "Icon")]
        elif name == "TextLabels":
            topic.tags += [e.get("TextLabelName", "") for e in children(part, "TextLabel")]
        elif name == "Task":
            topic.attributes |= _told(part)
        elif name == "ModificationStamp":
            topic.dates["modified"] = part.get("Timestamp", "")
        elif name == "OneBoundary":
            label = "".join(_plain(t) for t in children(part, "Boundary", "FloatingTopics", "Topic"))
            self.reading.boundaries.append(Boundary((topic.id,), label))
        else:
            self._leave(name)

    def _leave(self, name: str) -> None:
        if name == "OneImage":
            self.reading.leave("images", "pictures are not read")
        elif name == "AttachmentGroup":
            self.reading.leave("attached files", "kept in the file, not read")
        elif name and name not in _KNOWN:
            self.reading.leave_unknown([(name, 1)])

    def _relate(self, relation: etree._Element) -> None:
        ends = sorted(children(relation, "ConnectionGroup"), key=lambda group: group.get("Index", ""))
        oids = [attribute(child(end, "Connection", "ObjectReference"), "OIdRef") for end in ends[:2]]
        label = " ".join(_plain(t) for t in children(relation, "FloatingTopics", "Topic"))
        source, target = [*oids, "", ""][:2]
        self.reading.relate(source, target, label, self._direction(ends))

    def _direction(self, ends: list[etree._Element]) -> str:
        shapes = dict(self.shapes)
        for end in ends:
            own = attribute(child(end, "ConnectionStyle"), "ConnectionShape")
            shapes[end.get("Index", "")] = own or shapes.get(end.get("Index", ""), "")
        return arrows(not shapes["0"].endswith("NoArrow"), not shapes["1"].endswith("NoArrow"))

    def _usual_shapes(self) -> dict[str, str]:
        """The ends of relations that say nothing of their own."""
        styles = children(self.root, "StyleGroup", "RelationshipDefaultsGroup", "DefaultConnectionStyle")
        stated = {style.get("Index", ""): style.get("ConnectionShape", "") for style in styles}
        return {"0": "NoArrow", "1": "Arrow"} | {end: stated[end] for end in ("0", "1") if end in stated}

    def _leave_out_of_map(self, topics: int) -> None:
        elsewhere = topics - len(self.reading.ids.seen)
        self.reading.leave("topics", _ELSEWHERE, elsewhere)
        for label in self.root.iterfind(".//{*}Relationship/{*}FloatingTopics/{*}Topic") if elsewhere else ():
            self.reading.leave("folded", _ELSEWHERE, sum(map(_is_folded, children(label, "TopicViewGroup"))))
            self.reading.leave("notes", _ELSEWHERE, len(children(label, "NotesGroup", "NotesXhtmlData")))
        rules = self.root.iterfind(".//{*}TriggerGroup/{*}Task")
        self.reading.leave(
            "attributes", "of a rule of display, about no topic", sum(len(_told(task)) for task in rules)
        )
        backgrounds = sum(1 for _ in self.root.iter("{*}BackgroundObject"))
        self.reading.leave("background objects", "drawings behind the map are not read", backgrounds)
        about = attribute(child(self.root, "DocumentGroup", "Description"), "Comments")
        self.reading.leave("comment of the file", "about the whole map: no topic holds it", int(bool(about.strip())))
        if child(self.root, "DocumentGroup", "Author") is not None:
            self.reading.leave("author of the file", "a name of a person, not part of the map")


def _told(task: etree._Element) -> dict[str, str]:
    return {key: task.get(key, "") for key in _TASK if task.get(key)}


def _tasks_found(data: bytes) -> dict[str, int]:
    """How much the tasks in the bytes say: the same names stand outside of them, too."""
    count = sum(len(_TASK_VALUE.findall(tag)) for tag in _TASK_TAG.findall(narrowed(data)))
    return {"attributes": count} if count else {}


def _plain(topic: etree._Element) -> str:
    return attribute(child(topic, "Text"), "PlainText")


def _note(group: etree._Element) -> str:
    notes = children(group, "NotesXhtmlData")
    return "\n".join(x for x in (element_text(n) or n.get("PreviewPlainText", "") for n in notes) if x.strip())


def _link(element: etree._Element) -> str:
    """An address, or "#" and the id of a topic of this map."""
    inside = element.get("OId", "") if "Hyperlink" in local(element) else ""
    return element.get("Url") or (f"#{inside}" if inside else "")


def _is_folded(view: etree._Element) -> bool:
    return len(view) > 0 and attribute(child(view, "Collapsed"), "Collapsed") == "true"


def _read_look(name: str, part: etree._Element, topic: Topic) -> None:
    if name == "Offset":
        topic.position = {"x": part.get("CX", ""), "y": part.get("CY", "")}
    else:
        font = child(part, "Font")
        looks = {
            "background": part.get("FillColor"), "edge": part.get("LineColor"),
            "shape": part.get("SubTopicShape"), "text": font.get("Color") if font is not None else None,
        }  # fmt: skip
        if any(looks.values()):
            topic.style |= {key: value for key, value in looks.items() if value}


READER = MindManagerReader()
