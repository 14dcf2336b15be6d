"""FreeMind, Freeplane, Docear and Coggle maps (.mm): one XML dialect with additions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from graph.outline import Boundary, Topic
from ingest.bounds.limits import check_size
from ingest.decoding import narrowed
from ingest.document import Document, LeftOut, RawFile
from ingest.html.markup import clean, element_text, html_text
from ingest.maps.graphmap import arrows
from ingest.maps.maptree import MapContent, map_document
from ingest.maps.treemap import TreeReading
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.sniff import is_wisemapping, root_element
from ingest.xml.repair import parse_repaired
from ingest.xml.tree import unknown_names, without_namespaces

_NODES = frozenset({"node", "x-coggle-rootnode"})
_OLD_NOTE = "accessories/plugins/NodeNote.properties"
_READ = frozenset(
    """map node richcontent arrowlink linktarget icon attribute hook font edge cloud attribute_layout attribute_registry
    attribute_name attribute_value properties map_styles stylenode conditional_styles conditional_style text Parameters
    tags tag x-coggle-rootnode pdf_annotation pdf_title docear_node_extensions docear_node_extension""".split()
)
_CLOSED = frozenset({"richcontent", "hook", "conditional_styles"})  # what they hold is not listed by name
# Hooks about looks or behaviour; others that are not read are told.
_LOOK_HOOKS = frozenset(
    """MapStyle AutomaticEdgeColor FirstGroupNode AlwaysUnfoldedNode NodeConditionalStyles NodeCss
    accessories/plugins/AutomaticLayout.properties accessories/plugins/BlinkingNodeHook.properties
    accessories/plugins/HierarchicalIcons.properties accessories/plugins/HierarchicalIcons2.properties
    accessories/plugins/RevisionPlugin.properties accessories/plugins/NodeNote.properties""".split()
)
_RAW_COUNTS = (
    ("topics", rb"<(?:node|x-coggle-rootnode)[\s/>]"), ("relations", rb"<arrowlink[\s/>]"), ("icons", rb"<icon[\s/>]"),
    ("attributes", rb"<attribute\s[^<>]*NAME="), ("links", rb"LINK=\"(?<=\sLINK=\")"), ("folded", rb"FOLDED=\"true\""),
    ("notes", rb"TYPE=\"NOTE\""), ("notes", rb"NodeNote\.properties"), ("details", rb"TYPE=\"DETAILS\""),
    ("details", rb"<hook\s[^<>]*EQUATION=\"[^\"]"),
    ("links", rb"<a\s[^<>]*href="), ("boundaries", rb"<cloud[\s/>]"),
)  # fmt: skip
_TAGGED = re.compile(rb"<node\s[^<>]*?\bTAGS=\"([^\"]*)\"")
_LINE_END = re.compile(rb"\n|&#(?:10|x0*[aA]);")
_TOPIC = re.compile(rb"<node\s[^<>]*\bTEXT=")
_BEGINNING = 4_000  # bytes in which a map without its outer element has shown a topic
_RICH = {"NOTE": "notes", "DETAILS": "details"}
_DATES = (("created", "CREATED"), ("modified", "MODIFIED"))
_DATED_HOOKS = {
    "plugins/TimeManagementReminder.xml": (("reminder", "REMINDUSERAT"),),
    "accessories/plugins/CreationModificationPlugin.properties": _DATES,  # 0.8 wrote them beside the topic
}
_LOOKS = (("background", "BACKGROUND_COLOR"), ("text", "COLOR"), ("shape", "STYLE"))


@dataclass(frozen=True)
class FreeMindReader:
    name: str = "freemind"
    label: str = "FreeMind, Freeplane, Docear, Coggle (.mm)"
    extensions: tuple[str, ...] = (".mm",)
    carries: tuple[str, ...] = (
        "topics", "tree", "notes", "details", "links", "relations", "icons", "tags", "attributes", "boundaries",
        "summaries", "floating topics", "folded state", "sides", "colours", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "encrypted topics", "styles", "formula results", "attached files")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        element, attributes = root_element(raw.data)
        if element == "node":
            return "TEXT=" in attributes or "ID=" in attributes or bool(_TOPIC.search(raw.data[:_BEGINNING]))
        return element == "map" and not is_wisemapping(raw.data)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        reading = _Map(raw.name, without_namespaces(root), cloned=_may_hold_clones(raw.data))
        content = reading.content(raw.data, repairs)
        return map_document(raw, "freemind", "freemind@2", content)


class _Map:
    def __init__(self, name: str, root: etree._Element, *, cloned: bool) -> None:
        self.reading = TreeReading(name)
        self.root = root
        self.texts = _clone_labels(root) if cloned else {}
        self._inside: list[tuple[etree._Element, str]] = []

    def content(self, data: bytes, repairs: list[LeftOut]) -> MapContent:
        outer = [self.root] if self.root.tag == "node" else list(self.root.iterchildren("*"))
        tops = [element for element in outer if element.tag in _NODES]
        roots = self.reading.grow(((top, "topic") for top in tops), self._topic, self._below)
        for element in outer:
            if element.tag in {"bookmarks", "bookmark"}:
                count = sum(1 for _ in element.iter("bookmark"))
                self.reading.leave("bookmarks", "names of places of the map, to go there", count)
            elif element.tag not in _NODES:  # what nodes hold is told as they are read
                self.reading.leave_unknown(unknown_names(element, _READ, closed=_CLOSED))
        plain = _without_styles(data)
        content = self.reading.content(roots, raw_counts(plain, _RAW_COUNTS) | _tags_found(plain))
        content.ledger.left_out += repairs
        return content

    def _topic(self, node: etree._Element, kind: str) -> Topic:
        given = dict(node.items())  # in one go: each question to the element walks all its attributes
        label = given.get("TEXT", "")
        if not label or "<" in label or label.isspace() or self.texts:
            label = _own_label(node, given) or (self.texts.get(_original(node), "") if self.texts else "")
        topic = self.reading.topic(given.get("ID", ""), label, kind)
        if len(given) > ("ID" in given) + ("TEXT" in given):
            self._read_attributes(given, topic)
        self._inside = []
        for part in node if len(node) else ():
            tag = part.tag
            if tag in _NODES:
                self._inside.append((part, "topic"))
            elif isinstance(tag, str):
                self._read_part(part, topic)
        return topic

    def _below(self, _: etree._Element) -> list[tuple[etree._Element, str]]:
        """The nodes below the one that was read last."""
        return self._inside

    def _read_attributes(self, given: dict[str, str], topic: Topic) -> None:
        topic.folded = given.get("FOLDED") == "true"
        topic.position = given.get("POSITION") or _coggle_position(given)
        for key, name in _DATES:
            if name in given and (date := _date(given[name])):
                topic.dates[key] = date
        for key, name in _LOOKS:
            if given.get(name):
                topic.style[key] = given[name]
        if given.get("TAGS"):
            topic.tags = [tag for tag in (clean(t) for t in given["TAGS"].split("\n")) if tag]
        if given.get("LINK"):
            topic.links.append(given["LINK"])
        if given.get("X_COGGLE_JOINEDTO"):
            topic.links.append(f"#{given['X_COGGLE_JOINEDTO']}")
        if "ENCRYPTED_CONTENT" in given or given.get("AA_NODE_CLASS", "").endswith("EncryptedMindMapNode"):
            self.reading.leave("encrypted topics", "their content is encrypted and was not opened")

    def _read_part(self, part: etree._Element, topic: Topic) -> None:
        tag = part.tag
        if tag not in _READ or (len(part) and tag not in _CLOSED):
            self.reading.leave_unknown(unknown_names(part, _READ, closed=_CLOSED))
        if tag == "richcontent":
            self._read_rich(part, topic)
        elif tag == "icon":
            topic.icons.append(part.get("BUILTIN", ""))
        elif tag == "attribute":
            topic.attributes[_free_key(topic.attributes, part.get("NAME", ""))] = part.get("VALUE", "")
        elif tag == "pdf_annotation":
            self.reading.leave("places in PDF files", "the page that a topic of Docear was made from")
        elif tag == "arrowlink":
            self._relate(part, topic)
        elif tag == "hook":
            self._read_hook(part, topic)
        elif tag == "cloud":
            self.reading.boundaries.append(Boundary((topic.id,)))
        elif tag == "edge" and part.get("COLOR"):
            topic.style["edge"] = part.get("COLOR", "")

    def _read_rich(self, part: etree._Element, topic: Topic) -> None:
        kind = part.get("TYPE", "NODE")
        if kind == "NOTE":
            topic.note = element_text(part)
        elif kind == "DETAILS":
            self._detail(element_text(part), topic)
        if kind in _RICH and not (topic.note if kind == "NOTE" else topic.details):
            self.reading.leave(_RICH[kind], "holds no text")
        topic.links += [a.get("href", "") for a in part.iter("a") if a.get("href")]
        for image in part.iter("img"):
            name = clean(image.get("src", ""))[:80] or "no name"
            self.reading.leave("images", f"pictures are not read ({name})")

    def _read_hook(self, hook: etree._Element, topic: Topic) -> None:
        name = hook.get("NAME", "")
        if name == _OLD_NOTE:
            topic.note = "\n".join(clean(t.text or "") for t in hook.iter("text"))
        elif name in {"FreeNode", "SummaryNode"}:
            topic.kind = "floating" if name == "FreeNode" else "summary"
        elif name == "ExternalObject":
            self.reading.leave("images", f"pictures are not read ({clean(hook.get('URI', ''))[:80]})")
        elif name in _DATED_HOOKS:
            for key, stamp in _DATED_HOOKS[name]:
                if date := next((_date(e.get(stamp)) for e in hook.iter("Parameters")), ""):
                    topic.dates[key] = date
        elif hook.get("EQUATION"):
            self._detail(hook.get("EQUATION", ""), topic)
        elif name not in _LOOK_HOOKS:
            self.reading.leave("hooks", f"{clean(name)[:60]!r} is not known to this reader")

    def _detail(self, text: str, topic: Topic) -> None:
        """A text that is shown under the topic: its details, or a formula."""
        if text and topic.details:
            self.reading.leave("details", "kept in one with the other details of the topic")
        topic.details = "\n".join(x for x in (topic.details, text) if x)

    def _relate(self, arrow: etree._Element, topic: Topic) -> None:
        start, end = arrow.get("STARTARROW", "NONE").upper(), arrow.get("ENDARROW", "DEFAULT").upper()
        label = arrow.get("MIDDLE_LABEL", "")
        self.reading.relate(topic.id, arrow.get("DESTINATION", ""), label, arrows(start != "NONE", end != "NONE"))
        for side in ("SOURCE_LABEL", "TARGET_LABEL"):
            if arrow.get(side):
                text = clean(arrow.get(side, ""))[:60]
                self.reading.leave("relation end labels", f"only the middle label is kept ({text})")


def _may_hold_clones(data: bytes) -> bool:
    """Whether a file names clones anywhere; one in UTF-16 may."""
    return b"CONTENT_ID" in data or b"TREE_ID" in data or b"\x00" in data[:200]


def _without_styles(data: bytes) -> bytes:
    """The file without the styles that it defines: their icons, notes and clouds are those of no topic."""
    start = data.find(b"<map_styles")
    end = data.find(b"</map_styles>", start)
    return data[:start] + data[end:] if 0 <= start < end else data


def _tags_found(data: bytes) -> dict[str, int]:
    """How many tags the bytes hold: they stand in one attribute, each on a line of its own."""
    plain = narrowed(data)
    tagged = _TAGGED.findall(plain) if b"TAGS=" in plain else ()
    lines = [line for found in tagged for line in _LINE_END.split(found)]
    count = sum(bool(line.strip()) for line in lines)
    return {"tags": count} if count else {}


def _original(node: etree._Element) -> str:
    return node.get("CONTENT_ID") or node.get("TREE_ID") or ""


def _clone_labels(root: etree._Element) -> dict[str, str]:
    """The labels of the nodes that clones refer to, by id."""
    wanted = {original for node in root.iter("node") if (original := _original(node))}
    labels: dict[str, str] = {}
    for node in root.iter("node") if wanted else ():
        if node.get("ID") in wanted:
            labels.setdefault(node.get("ID", ""), clean(_own_label(node, dict(node.items()))))
    return labels


def _free_key(taken: dict[str, str], name: str) -> str:
    """An attribute name may stand twice on one topic."""
    key, n = name, len(taken) + 1
    while key in taken:
        key, n = f"{name} ({n})", n + 1
    return key


def _own_label(node: etree._Element, given: Mapping[str, str]) -> str:
    text = given.get("TEXT")
    if text and not text.isspace():
        return clean(html_text(text)) if "<" in text and text.lstrip()[:5].lower() == "<html" else clean(text)
    if given.get("LOCALIZED_TEXT"):
        return clean(given["LOCALIZED_TEXT"])
    rich = next((e for e in node if e.tag == "richcontent" and e.get("TYPE", "NODE") == "NODE"), None)
    return clean(element_text(rich)) if rich is not None else ""


def _date(milliseconds: str | None) -> str:
    if not milliseconds:
        return ""
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def _coggle_position(given: Mapping[str, str]) -> dict[str, str] | None:
    x, y = given.get("X_COGGLE_POSX"), given.get("X_COGGLE_POSY")
    return {"x": x, "y": y} if x and y else None


READER = FreeMindReader()
