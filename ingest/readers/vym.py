"""VYM maps (.vym, .xml): branches under centres, texts plain or as HTML in three ways, links by path or by id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from graph.outline import Boundary, Topic
from ingest.bounds.limits import check_size, zip_head, zip_member, zip_names
from ingest.document import Document, RawFile
from ingest.html.markup import element_text, maybe_html
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading, note_text
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import attribute, child, children, local, text_of, unknown_names

_NOTES = frozenset({"vymnote", "htmlnote", "note"})
_RAW_COUNTS = (
    ("topics", rb"<(?:mapcenter|branch)[\s>/]"), ("notes", rb"<(?:vym|html)?note[\s>]"),
    ("links", rb"\s(?:url|vymLink)=\"[^\"]"), ("icons", rb"<(?:standard[fF]lag|userflag)[\s>]"),
    ("relations", rb"<xlink\s"), ("folded", rb"\sscrolled=\"(?:true|yes)\""), ("attributes", rb"<attribute\s"),
)  # fmt: skip
_KNOWN = frozenset(
    """vymmap mapcenter branch heading vymnote htmlnote note standardflag standardFlag userflag userflagdef xlink frame
    attribute task floatimage setting select mapdesign md slide""".split()
)
_STEP = re.compile(r"(mc|bo):(\d{1,7})$")


@dataclass(frozen=True)
class VymReader:
    name: str = "vym"
    label: str = "VYM (.vym)"
    extensions: tuple[str, ...] = (".vym", ".vyp", ".xml")
    carries: tuple[str, ...] = (
        "topics", "tree", "several roots", "notes", "links", "relations", "icons", "tasks", "attributes",
        "boundaries", "folded state", "positions", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "slides", "settings", "author")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        if raw.data.startswith(b"PK"):
            return _member(raw) is not None
        return root_element(raw.data)[0] == "vymmap"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        data, place = raw.data, ""
        if raw.data.startswith(b"PK"):
            place = _member(raw) or "map.xml"
            data = zip_member(raw, place)
        root, repairs = parse_repaired(raw.name, data, place)
        if local(root) != "vymmap":
            raise InputRefused(raw.name, "not a VYM map", place)
        content = _read(raw.name, root, data, place or "map")
        content.ledger.left_out += repairs
        return map_document(raw, "vym", "vym@1", content)


def _member(raw: RawFile) -> str | None:
    """The map in an archive: an XML file at its top, or in the one folder there, named as the map."""
    names = [n for n in zip_names(raw) if n.endswith(".xml") and n.count("/") <= 1 and not n.startswith("[")]
    return next((n for n in names[:5] if root_element(zip_head(raw, n))[0] == "vymmap"), None)


def _read(name: str, root: etree._Element, data: bytes, place: str) -> MapContent:
    reading = TreeReading(name, place)
    links: list[etree._Element] = []
    centres = [(centre, "topic") for centre in children(root, "mapcenter")]
    roots = reading.grow(centres, lambda element, kind: _topic(element, kind, links, reading), _below)
    for link in [*children(root, "xlink"), *links]:
        _relate(link, roots, reading)
    if root.get("author"):
        reading.leave("author of the file", "a name of a person, not part of the map")
    if maybe_html(root.get("comment", "")):
        reading.leave("comment of the file", "about the whole map: no topic holds it")
    reading.leave("slides", "presentations are not read", len(children(root, "slide")))
    reading.leave_unknown(unknown_names(root, _KNOWN, closed=("heading", "vymnote", "htmlnote", "note")))
    return reading.content(roots, raw_counts(data, _RAW_COUNTS), root.get("title", ""))


def _below(node: etree._Element) -> list[tuple[etree._Element, str]]:
    return [(branch, "topic") for branch in children(node, "branch")]


def _topic(element: etree._Element, kind: str, links: list[etree._Element], reading: TreeReading) -> Topic:
    heading = child(element, "heading")
    topic = reading.topic(element.get("uuid", ""), maybe_html(_source(heading)), kind)
    if addresses := [url for key in ("url", "vymLink") if (url := element.get(key))]:
        topic.links = addresses
    if element.get("scrolled") in {"true", "yes"}:  # « yes » before 2.9
        topic.folded = True
    for x, y in (("absPosX", "absPosY"), ("relPosX", "relPosY")):
        if element.get(x):
            topic.position = {"x": element.get(x, ""), "y": element.get(y, "")}
    if colour := attribute(heading, "textColor"):
        topic.style["text"] = colour
    for part in element:
        if (name := local(part)) not in {"heading", "branch"}:  # nearly all of them
            _read_part(name, part, topic, links, reading)
    return topic


def _read_part(
    name: str, part: etree._Element, topic: Topic, links: list[etree._Element], reading: TreeReading
) -> None:
    if name in _NOTES:
        if part.get("href"):
            reading.leave("notes", "a note in a file of its own, as versions before 1.4.6 wrote it")
        topic.note = "\n".join(x for x in (topic.note, note_text(_source(part))) if x.strip())
    elif name in {"standardflag", "standardFlag"}:
        topic.icons.append(text_of(part).strip())
    elif name == "userflag":
        topic.icons.append(part.get("name", part.get("uuid", "")))
    elif name == "attribute":
        topic.attributes[part.get("key", "")] = part.get("value", "")
    elif name == "task":
        topic.attributes |= {f"task {key}": str(value) for key, value in part.attrib.items() if value}
    elif name == "frame":
        _read_frame(part, topic, reading)
    elif name == "floatimage":
        reading.leave("images", "pictures are not read")
    elif name == "xlink":
        links.append(part)


def _read_frame(frame: etree._Element, topic: Topic, reading: TreeReading) -> None:
    looks = {"shape": frame.get("frameType"), "background": frame.get("brushColor"), "edge": frame.get("penColor")}
    topic.style |= {key: value for key, value in looks.items() if value}
    if frame.get("includeChildren") == "true":
        reading.boundaries.append(Boundary((topic.id,)))


def _source(element: etree._Element | None) -> str:
    """What a heading or a note holds: an attribute, elements of HTML, or text, which may be HTML again."""
    if element is None:
        return ""
    text = element.get("text")
    if text is not None:
        return text.replace('\\"', '"').replace("\\n", "\n")
    return element_text(element) if len(element) else text_of(element)


def _relate(link: etree._Element, roots: list[Topic], reading: TreeReading) -> None:
    begin, end = (_end(link.get(key, ""), roots, reading) for key in ("beginID", "endID"))
    styles = [link.get(key, "None") for key in ("styleBegin", "styleEnd")]
    reading.relate(begin, end, direction=arrows(*("Head" in style for style in styles)))


def _end(path: str, roots: list[Topic], reading: TreeReading) -> str:
    """The id of a topic given by its id, or by a path of numbers; maps with one centre may leave that out."""
    if path in reading.ids.seen:
        return path
    steps = path.split(",")
    if not path.startswith("mc"):
        steps.insert(0, "mc:0")
    siblings, topic = roots, ""
    for step in steps:
        found = _STEP.match(step)
        if not found or int(found[2]) >= len(siblings):
            return ""
        topic, siblings = siblings[int(found[2])].id, siblings[int(found[2])].children
    return topic


READER = VymReader()
