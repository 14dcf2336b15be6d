"""iThoughts maps (.itmz): an archive with mapdata.xml; floating topics and callouts stand under what holds them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from graph.outline import Boundary, Topic
from ingest.document import Document, RawFile
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.xml.member import has_member_or_root, member_or_bare
from ingest.xml.tree import child, children, unknown_names

_MEMBER = "mapdata.xml"
_RAW_COUNTS = (
    ("topics", rb"<topic[\s>/]"), ("notes", rb"\snote=\"[^\"]"), ("links", rb"\slink=\"[^\"]"),
    ("relations", rb"<relationship\s"), ("icons", rb"\sicon\d+=\""), ("folded", rb"\sfolded=\"1\""),
    ("attributes", rb"\s(?:(?:task-|cost|rollup)[\w-]*|resources)=\""),
    ("boundaries", rb"\sboundary=\"1\"|<group\s[^<>]*\smember0="),
)  # fmt: skip
_ELEMENTS = frozenset("iThoughts topics topic relationships relationship groups group".split())
_ICON = re.compile(r"icon(\d{1,6})$")
_TASK = re.compile(r"task-|cost|resources$|rollup")
_READ = frozenset(
    """uuid position text note link created modified folded floating callout summary1 summary2 boundary color shape
    text-color att-id att-name image-width image-height""".split()
)
_TAKEN = _READ - {"att-name"}  # by their names, before the others are looked at
_LOOK = re.compile(r"text-|image-|boundary-|line-|shape-|b-offset|collapsed-|auto-|layout|direction|number")
_STYLE = (("background", "color"), ("text", "text-color"))


@dataclass(frozen=True)
class IThoughtsReader:
    name: str = "ithoughts"
    label: str = "iThoughts (.itmz)"
    extensions: tuple[str, ...] = (".itmz",)
    carries: tuple[str, ...] = (
        "topics", "tree", "floating topics", "callouts", "summaries", "notes", "links", "relations", "icons", "tasks",
        "boundaries", "folded state", "positions", "colours", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("attached files", "images", "styles", "author")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return has_member_or_root(raw, _MEMBER, "iThoughts")

    def read(self, raw: RawFile) -> Document:
        root, data, repairs = member_or_bare(raw, _MEMBER)
        content = _read(raw.name, root, data)
        content.ledger.left_out += repairs
        return map_document(raw, "ithoughts", "ithoughts@1", content)


def _read(name: str, root: etree._Element, data: bytes) -> MapContent:
    reading = TreeReading(name, _MEMBER)
    all_topics = root if root.tag == "topics" else child(root, "topics")
    tops = [] if all_topics is None else [(t, _kind(t)) for t in children(all_topics, "topic")]
    roots = reading.grow(
        tops, lambda t, kind: _topic(t, kind, reading), lambda t: [(c, _kind(c)) for c in children(t, "topic")]
    )
    for relation in children(root, "relationships", "relationship"):
        _relate(relation, reading)
    for group in children(root, "groups", "group"):
        named = [str(value) for key, value in group.attrib.items() if str(key).startswith("member")]
        members = tuple(uuid for uuid in named if uuid in reading.ids.seen)
        if members:
            reading.boundaries.append(Boundary(members))
    if root.get("author"):
        reading.leave("author of the file", "a name of a person or of a device, not part of the map")
    reading.leave_unknown(unknown_names(root, _ELEMENTS))
    return reading.content(roots, raw_counts(data, _RAW_COUNTS))


def _kind(topic: etree._Element) -> str:
    if topic.get("callout") == "1":
        return "callout"
    if topic.get("summary1") is not None:
        return "summary"
    return "floating" if topic.get("floating") == "1" else "topic"


def _topic(element: etree._Element, kind: str, reading: TreeReading) -> Topic:
    topic = reading.topic(element.get("uuid", ""), element.get("text", ""), kind)
    if note := element.get("note"):
        topic.note = note
    if link := element.get("link"):
        topic.links = [link]
    if element.get("folded") == "1":
        topic.folded = True
    if place := element.get("position"):
        topic.position = place
    if dates := {key: date for key in ("created", "modified") if (date := element.get(key))}:
        topic.dates = dates
    if style := {key: f"#{colour}" for key, name in _STYLE if (colour := element.get(name))}:
        topic.style = style
    if element.get("shape"):
        topic.style["shape"] = element.get("shape", "")
    icons: list[tuple[int, str]] = []
    for name, value in element.items():
        if name not in _TAKEN:
            _read_attribute(str(name), str(value), topic, icons, reading)
    if icons:
        topic.icons = [icon for _, icon in sorted(icons)]
    if element.get("boundary") == "1":
        reading.boundaries.append(Boundary((topic.id,)))
    return topic


def _read_attribute(name: str, value: str, topic: Topic, icons: list[tuple[int, str]], reading: TreeReading) -> None:
    icon = _ICON.match(name)
    if icon:
        icons.append((int(icon[1]), value))
    elif _TASK.match(name):
        topic.attributes[name] = value
    elif name == "att-name":
        reading.leave("attached files", f"kept in the file, not read ({' '.join(value.split())[:80]})")
    elif name not in _READ and not _LOOK.match(name):
        reading.leave_unknown(Counter([name]).items(), "unknown attributes")


def _relate(relation: etree._Element, reading: TreeReading) -> None:
    direction = arrows(relation.get("end1-style", "0") != "0", relation.get("end2-style", "0") != "0")
    ends = relation.get("end1-uuid", ""), relation.get("end2-uuid", "")
    reading.relate(*ends, relation.get("center-text", ""), direction)
    for end in ("end1-text", "end2-text"):
        if relation.get(end):
            text = " ".join(relation.get(end, "").split())[:60]
            reading.leave("relation end labels", f"only the middle label is kept ({text})")


READER = IThoughtsReader()
