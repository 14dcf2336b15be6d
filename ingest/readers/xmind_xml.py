"""XMind up to version 8: a workbook of sheets in XML, its styles and comments in files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import parse_xml, walk
from ingest.decoding import narrowed
from ingest.document import LeftOut
from ingest.html.markup import clean, element_text
from ingest.maps.maptree import MapContent
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.readers.xmind_parts import (
    BRANCHES,
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
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import attribute, by_name, child, children, local, text_of, unknown_names

Parts = dict[str, list[etree._Element]]  # what an element holds, by name

_KINDS = dict(BRANCHES)
_ORDER = [*_KINDS, "detached"]
_KNOWN = frozenset(
    """xmap-content sheet topic title children topics notes marker-refs marker-ref markers marker labels label position
    relationships suffix relationship control-points control-point boundaries boundary summaries summary
    extensions extension legend marker-descriptions marker-description numbering img
    sheet-settings info-items info-item""".split()
)
_CLOSED = frozenset({"notes", "extensions", "legend", "sheet-settings"})
_PLAIN = frozenset({"title", "children", "topic"})  # all that most topics have
_HREF = "{http://www.w3.org/1999/xlink}href"
_RAW_COUNTS = (
    ("topics", rb"<topic[\s/>]"), ("notes", rb"<notes[\s>]"), ("icons", rb"<marker(?:-ref)?\s"), ("tags", rb"<label>"),
    ("relations", rb"<relationship[\s/>]"), ("links", rb"<topic\s[^<>]*xlink:href="),
    ("boundaries", rb"<boundary[\s/>]"), ("folded", rb"<topic\s[^<>]*branch=\"folded\""),
    ("attributes", rb"<summary\s[^<>]*\brange=\"[^\"]"),
)  # fmt: skip
_ABOUT = re.compile(rb"<comment\s[^<>]*?\bobject-id=\"([^\"]*)\"[^<>]*>\s*<content[^<>]*>\s*[^<\s]")
_TASK = re.compile(rb"taskInfo\"(?:(?!taskInfo\")[^<>])*+>\s*<content[^<>]*>(?:(?!</content>).)*+", re.S)
_TOLD = re.compile(rb"<(?!content)[\w:-]++[^<>]*+>\s*[^<\s]")
_TOPIC_ID = re.compile(rb"<topic\s(?:[^<>]*?\s)?id=\"([^\"]*)\"")


def read_workbook(name: str, data: bytes, styles: bytes = b"", comments: bytes = b"") -> MapContent:
    """Topics of every sheet. Raises InputRefused where the XML is not what XMind writes."""
    root, repairs = parse_repaired(name, data, "content.xml")
    sheets = [e for e in walk(root) if local(e) == "sheet"]
    if not sheets:
        raise InputRefused(name, "no sheet in the workbook", "content.xml")
    book = _Workbook(name, styles)
    content = book.content(sheets, comments, _counted(data, comments))
    for tag, count in unknown_names(root, _KNOWN, _CLOSED):
        content.ledger.left_out.append(LeftOut("unknown elements", tag, count, "not known to this reader"))
    content.ledger.left_out += repairs
    return content


def _counted(data: bytes, comments: bytes) -> dict[str, int]:
    """What the bytes hold; comments become details of the topics they are about."""
    found = raw_counts(data, _RAW_COUNTS)
    about = set(_ABOUT.findall(narrowed(comments))) if comments else set()
    details = len(about.intersection(_TOPIC_ID.findall(narrowed(data)))) if about else 0
    found["attributes"] = found.get("attributes", 0) + sum(len(_TOLD.findall(x)) for x in _TASK.findall(narrowed(data)))
    return {what: n for what, n in (found | {"details": details}).items() if n or what == "topics"}


class _Workbook:
    def __init__(self, name: str, styles: bytes) -> None:
        self.reading = TreeReading(name, "content.xml")
        self.styles = {e.get("id", ""): _properties(e) for e in self._beside(styles, "styles.xml", "style")}
        self.frames: list[Frame] = []
        self.sheets = 0  # that hold a topic
        self._inside: list[tuple[etree._Element, str]] = []
        self.ranges: dict[str, str] = {}  # of summaries, by the id of their topic

    def content(self, sheets: list[etree._Element], comments: bytes, found: dict[str, int]) -> MapContent:
        roots = [root for sheet in sheets for root in self._sheet(sheet)]
        bound(self.frames, self.reading)
        leave_ranges(self.ranges, self.reading)
        comment(roots, map(_comment, self._beside(comments, "comments.xml", "comment")), self.reading)
        for sheet in sheets:
            for relation in children(sheet, "relationships", "relationship"):
                label = text_of(child(relation, "title"))
                towards = direction(self.styles.get(relation.get("style-id", ""), {}))
                self.reading.relate(relation.get("end1", ""), relation.get("end2", ""), label, towards)
        content = self.reading.content(roots, {"sheets": len(sheets)} | found)
        content.ledger.kept["sheets"] = self.sheets
        return content

    def _beside(self, data: bytes, member: str, name: str) -> Iterator[etree._Element]:
        """The elements of that name in a part of the archive that the map can do without."""
        try:
            root = parse_xml(self.reading.name, data, member) if data.strip() else None
        except InputRefused as refused:
            self.reading.leave(member, f"this part of the archive is not read: {refused.reason}"[:200])
            root = None
        return (e for e in ([] if root is None else walk(root)) if local(e) == name)

    def _sheet(self, sheet: etree._Element) -> list[Topic]:
        """One tree and its floating topics, which become roots after it, in the order of the file."""
        tops = children(sheet, "topic")[:1]
        groups = (group for top in tops for group in top.iter("{*}topics") if group.get("type") == "detached")
        floating = [(topic, "floating") for group in groups for topic in children(group, "topic")]
        roots = self.reading.grow([*((top, "topic") for top in tops), *floating], self._topic, self._below)
        for root in roots:
            root.sheet = clean(text_of(child(sheet, "title")))
        self.sheets += bool(roots)
        self.reading.leave("sheets", "holds no topic", int(not roots))
        return roots

    def _topic(self, element: etree._Element, kind: str) -> Topic:
        parts = by_name(element)
        titles = parts.get("title")
        title = text_of(titles[0]) if titles else element.get("title", "")  # an attribute where other tools wrote it
        topic = self.reading.topic(element.get("id", ""), title, kind)
        if topic.id in self.ranges:
            topic.attributes["range"] = self.ranges[topic.id]
        self._read_attributes(dict(element.items()), topic)
        if not _PLAIN.issuperset(parts):
            self._read_parts(parts, topic)
            self._read_around(parts, topic)
        self._inside = _inside(parts)
        return topic

    def _below(self, _: etree._Element) -> list[tuple[etree._Element, str]]:
        """The topics below the one that was read last."""
        return self._inside

    def _read_attributes(self, given: dict[str, str], topic: Topic) -> None:
        link = given.get(_HREF) or next((v for name, v in given.items() if name.endswith("}href")), "")
        if link:
            topic.links = [link]
        if given.get("branch") == "folded":
            topic.folded = True
        if style := look(self.styles.get(given.get("style-id", ""), {})):
            topic.style = style
        if changed := date(given.get("timestamp")):
            topic.dates = {"modified": changed}
        if author := clean(given.get("modified-by", "")):
            topic.author = author

    def _read_parts(self, parts: Parts, topic: Topic) -> None:
        if notes := parts.get("notes"):
            topic.note = _note(notes)
            self.reading.leave("notes", "holds no text", 0 if topic.note else len(notes))
        markers = _under(parts, "marker-refs", "marker-ref") + _under(parts, "markers", "marker")
        if markers:
            topic.icons = [m.get("marker-id", "") for m in markers]
        if tags := [tag for tag in (clean(x.text or "") for x in _under(parts, "labels", "label")) if tag]:
            topic.tags = tags
        for place in parts.get("position", ()):
            topic.position = {"x": attribute(place, "x"), "y": attribute(place, "y")}

    def _read_around(self, parts: Parts, topic: Topic) -> None:
        for frame in _under(parts, "boundaries", "boundary"):
            self.frames.append(Frame(topic, frame.get("range", ""), text_of(child(frame, "title"))))
        for summary in _under(parts, "summaries", "summary"):
            self.ranges[summary.get("topic-id", "")] = summary.get("range", "")
        self.reading.leave("images", "pictures are not read", len(parts.get("img", ())))
        for extension in _under(parts, "extensions", "extension"):
            if (provider := extension.get("provider", "")) == TASK:
                told = {local(e): clean(text_of(e)) for part in children(extension, "content") for e in part}
                topic.attributes |= {name: value for name, value in told.items() if name and value}
            else:
                leave_extension(provider, self.reading)


def _under(parts: Parts, name: str, inside: str) -> list[etree._Element]:
    return [e for part in parts.get(name, ()) for e in children(part, inside)]


def _inside(parts: Parts) -> list[tuple[etree._Element, str]]:
    """Attached topics, then summaries, then callouts; what floats is taken elsewhere."""
    found = [(topic, "topic") for topic in parts.get("topic", ())]  # written so by other tools
    if "children" in parts:
        groups = [g for g in _under(parts, "children", "topics") if g.get("type") != "detached"]
        groups.sort(key=lambda g: _ORDER.index(g.get("type", "")) if g.get("type") in _ORDER else 0)
        found += [(t, _KINDS.get(g.get("type", ""), "topic")) for g in groups for t in children(g, "topic")]
    return found


def _properties(style: etree._Element) -> dict[str, str]:
    """What is set by a style, by local names."""
    return {str(k).rsplit("}", 1)[-1]: str(v) for e in style if isinstance(e.tag, str) for k, v in e.attrib.items()}


def _comment(element: etree._Element) -> Comment:
    content = child(element, "content")
    text = text_of(content if content is not None else element)
    return Comment(element.get("object-id", ""), clean(element.get("author", "")), text.strip())


def _note(notes: list[etree._Element]) -> str:
    for form in ("plain", "html"):
        for note in (n for part in notes for n in children(part, form)):
            text = text_of(note) if form == "plain" else element_text(note)
            if text.strip():
                return text
    return ""
