"""SimpleMind maps (.smmx): an archive whose topics are a flat list, each with the id of its parent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from graph.outline import Boundary, Topic
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.xml.member import has_member_or_root, member_or_bare
from ingest.xml.tree import attribute, child, children, local, text_of

_MEMBER = "document/mindmap.xml"
_RAW_COUNTS = (
    ("topics", rb"<topic[\s>/]"), ("notes", rb"<note>"), ("links", rb"<link\s[^<>]*urllink=\""),
    ("icons", rb"\sicon=\""), ("relations", rb"<relation\s"), ("boundaries", rb"<(?:node-group|hull)[\s/>]"),
    ("folded", rb"\scollapsed=\"[Tt]rue\""),
)  # fmt: skip
_READ = frozenset("note link style fillcolor strokecolor textcolor layout children parent-relation icon".split())
_ATTRIBUTES = frozenset(
    """id parent guid x y text textfmt icon palette colorinfo layout collapsed checkbox checked checkbox-mode progress
    date number""".split()
)
_CHECKED = ("checkbox", "checked", "checkbox-mode", "progress", "date", "number")
_NO_PARENT = frozenset({"", "-1"})
_ESCAPED = re.compile(r"\\(\\|N)")
_FORMAT = re.compile(r"\\[*/_~]")


@dataclass(frozen=True)
class SimpleMindReader:
    name: str = "simplemind"
    label: str = "SimpleMind (.smmx)"
    extensions: tuple[str, ...] = (".smmx",)
    carries: tuple[str, ...] = (
        "topics", "tree", "floating topics", "notes", "details", "links", "relations", "icons", "checkboxes",
        "boundaries", "folded state", "positions", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "sounds and videos", "styles")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return has_member_or_root(raw, _MEMBER, "simplemind-mindmaps")

    def read(self, raw: RawFile) -> Document:
        root, data, repairs = member_or_bare(raw, _MEMBER)
        content = _read(raw.name, root, data)
        content.ledger.left_out += repairs
        return map_document(raw, "simplemind", "simplemind@1", content)


@dataclass
class _Flat:
    """The flat list of one map: elements in order, and which hang under which."""

    elements: list[etree._Element]
    below: dict[int, list[int]] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)


def _read(name: str, root: etree._Element, data: bytes) -> MapContent:
    reading = TreeReading(name, _MEMBER)
    roots: list[Topic] = []
    maps = children(root, "mindmap")
    for page in maps:
        flat = _arrange(children(page, "topics", "topic"), reading)
        tops = [(at, "topic" if n == 0 else "floating") for n, at in enumerate(flat.roots)]
        roots += reading.grow(
            tops,
            lambda at, kind, flat=flat: _topic(flat.elements[at], kind, reading),  # type: ignore[misc]  # mypy infers no default of a lambda
            lambda at, flat=flat: [(n, "topic") for n in flat.below.get(at, ())],  # type: ignore[misc]
        )
        for relation in children(page, "relations", "relation"):
            _relate(relation, reading)
        for group in children(page, "node-groups", "node-group"):
            _group(group, reading)
    title = attribute(child(root, "mindmap", "meta", "title"), "text")
    return reading.content(roots, raw_counts(data, _RAW_COUNTS), _plain(title, ""))


def _arrange(topics: list[etree._Element], reading: TreeReading) -> _Flat:
    """Who hangs under whom, in file order. An unknown parent, or a cycle of parents, makes a root and is told."""
    flat = _Flat(topics)
    at: dict[str, int] = {}
    for n, topic in enumerate(topics):
        at.setdefault(topic.get("id", ""), n)
    parents: list[int | None] = []
    for topic in topics:
        wanted = topic.get("parent", "-1")
        if wanted not in at and wanted not in _NO_PARENT:
            reading.leave("parents", "no topic has this id: the topic became a root")
        parents.append(None if wanted in _NO_PARENT else at.get(wanted))
    for n in _in_cycles(parents):
        reading.leave("parents", "topics that hang under each other: one of them became a root")
        parents[n] = None
    for n, parent in enumerate(parents):
        if parent is None:
            flat.roots.append(n)
        else:
            flat.below.setdefault(parent, []).append(n)
    return flat


def _in_cycles(parents: list[int | None]) -> list[int]:
    """The first topic of each cycle of parents."""
    seen = [0] * len(parents)
    firsts = []
    for start in range(len(parents)):
        path = []
        at: int | None = start
        while at is not None and not seen[at]:
            seen[at] = start + 1
            path.append(at)
            at = parents[at]
        if at is not None and seen[at] == start + 1:
            firsts.append(min(path[path.index(at) :]))
    return firsts


def _topic(element: etree._Element, kind: str, reading: TreeReading) -> Topic:
    text, form = element.get("text") or "", element.get("textfmt", "")
    topic = reading.topic(element.get("id", ""), _plain(text, form), kind)
    if "\\\\" in text or form.startswith("rtf"):
        reading.write(topic, _ESCAPED.sub(lambda m: "\n" if m[1] == "N" else m[0], text))
    if element.get("collapsed", "").lower() == "true":
        topic.folded = True
    if across := element.get("x"):
        topic.position = {"x": across, "y": element.get("y", "")}
    if element.get("icon"):
        topic.icons = [element.get("icon", "")]
    names = dict.fromkeys(element.keys()).keys()  # in the order of the file
    for key in _CHECKED if not names.isdisjoint(_CHECKED) else ():
        if element.get(key):
            topic.attributes[key] = element.get(key, "")
    if element.get("layout"):
        topic.style["shape"] = element.get("layout", "")
    reading.leave_unknown(((str(k), 1) for k in names if k not in _ATTRIBUTES), "unknown attributes")
    for part in element:
        _read_part(part, topic, reading)
    return topic


def _read_part(part: etree._Element, topic: Topic, reading: TreeReading) -> None:
    name = local(part)
    if name == "text" and not topic.label:
        topic.label = clean(_plain(text_of(part), part.get("textfmt", "")))
    elif name == "note":
        topic.note = _lines(text_of(part), part.get("textfmt", ""))
    elif name == "link":
        targets = (part.get("urllink"), part.get("cloudmapref"), part.get("element"), part.get("filelink"))
        topic.links += [target for target in targets if target]
    elif name == "icon":
        topic.icons += [icon for icon in (part.get("name") or part.get("id") or "",) if icon]
    elif name in {"children", "parent-relation"}:
        _read_beside(part, topic, reading)
    elif name in {"fillcolor", "strokecolor", "textcolor"}:
        key = {"fillcolor": "background", "strokecolor": "edge", "textcolor": "text"}[name]
        topic.style[key] = _colour(part)
    elif name == "hull":
        reading.boundaries.append(Boundary((topic.id,)))
    elif name in {"image", "images", "embedded-image"}:
        reading.leave("images", "pictures are not read")
    elif name and name not in _READ:
        reading.leave_unknown([(name, 1)])


def _read_beside(part: etree._Element, topic: Topic, reading: TreeReading) -> None:
    """Texts that stand beside a topic, or on the line to its parent."""
    texts = [_lines(text_of(n), n.get("textfmt", "")) for n in part.iter("{*}note")]
    if local(part) == "children":
        topic.details = "\n".join(x for x in (topic.details, *texts) if x)
        reading.leave("images", "pictures are not read", sum(1 for _ in part.iter("{*}image")))
    elif any(texts):
        topic.attributes["parent-relation"] = " ".join(" ".join(texts).split())


def _relate(relation: etree._Element, reading: TreeReading) -> None:
    label = " ".join(_lines(text_of(n), n.get("textfmt", "")) for n in relation.iter("{*}note"))
    style = child(relation, "style")
    direction = arrows(
        attribute(style, "source-arrow", "none") != "none", attribute(style, "target-arrow", "default") != "none"
    )
    reading.relate(relation.get("source", ""), relation.get("target", ""), label, direction)


def _group(group: etree._Element, reading: TreeReading) -> None:
    ids = [e.get("id") or e.get("ref") or "" for e in group.iter("{*}node", "{*}topic", "{*}member")]
    members = tuple(i for i in ids if i in reading.ids.seen)
    if members:
        reading.boundaries.append(Boundary(members, _plain(group.get("text", ""), "")))
    else:
        reading.leave("boundaries", "a group without a topic of the map")


def _plain(text: str | None, form: str) -> str:
    """An attribute's text: line breaks are written as a backslash and N, formats as a backslash and a sign."""
    if not text or "\\" not in text:
        return text or ""
    plain = _ESCAPED.sub(lambda m: "\n" if m[1] == "N" else "\\", text)
    return _FORMAT.sub("", plain) if form.startswith("rtf") else plain


def _lines(text: str, form: str) -> str:
    """A note's text, which stands indented between its tags."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return _FORMAT.sub("", "\n".join(lines)) if form.startswith("rtf") else "\n".join(lines)


def _colour(part: etree._Element) -> str:
    try:
        return "#" + "".join(f"{int(part.get(channel, '')) & 255:02x}" for channel in "rgb")
    except ValueError:
        return ""


READER = SimpleMindReader()
