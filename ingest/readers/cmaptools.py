"""CmapTools concept maps (.cxl): a phrase between concepts is a relation, not a concept."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import maybe_html
from ingest.maps.graphmap import GraphReading, group_by_parent
from ingest.maps.maptree import map_document
from ingest.registry import Rank
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired

_RAW_COUNTS = (("topics", rb"<(?:\w+:)?concept[\s/>]"), ("notes", rb"\slong-comment=\"[^\"]"))


@dataclass(frozen=True)
class CmapToolsReader:
    name: str = "cxl"
    label: str = "CmapTools (.cxl)"
    extensions: tuple[str, ...] = (".cxl",)
    carries: tuple[str, ...] = ("topics", "relations", "notes", "details", "boundaries", "positions", "colours")
    loses: tuple[str, ...] = ("tree", "resources", "images", "authors", "layout of phrases")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return root_element(raw.data)[0].rpartition(":")[2] == "cmap"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        reading = GraphReading(raw.name)
        topics = {topic.id: topic for topic in (_concept(c, reading) for c in root.iter("{*}concept"))}
        _appearances(root, topics)
        _propositions(root, topics, reading)
        labels = {native: topic.label for native, topic in topics.items()}
        around = {c.get("id", ""): c.get("parent-id", "") for c in root.iter("{*}concept") if c.get("parent-id")}
        group_by_parent(reading, around, labels)
        authors = sum(1 for _ in root.iterfind("{*}res-meta/{*}creator"))
        reading.leave("authors", "of the whole map; personal data, not kept", authors)
        for tag, why in (("resource", "files are apart"), ("image", "pictures are not read")):
            reading.leave(f"{tag}s", why, sum(1 for _ in root.iter(f"{{*}}{tag}")))
        title = next((t.text or "" for t in root.iterfind("{*}res-meta/{*}title")), "")
        content = reading.content(raw, _RAW_COUNTS, title)
        content.ledger.left_out += repairs
        return map_document(raw, "cxl", "cxl@1", content)


def _concept(concept: etree._Element, reading: GraphReading) -> Topic:
    topic = reading.node(concept.get("id", ""), maybe_html(concept.get("label", "")))
    topic.note = maybe_html(concept.get("long-comment", ""))
    topic.details = maybe_html(concept.get("short-comment", ""))
    return topic


def _appearances(root: etree._Element, topics: dict[str, Topic]) -> None:
    for look in root.iter("{*}concept-appearance"):
        topic = topics.get(look.get("id", ""))
        if topic is not None:
            topic.position = {k: look.get(k, "") for k in ("x", "y", "width", "height") if look.get(k)} or None
            if look.get("background-color"):
                topic.style["background"] = look.get("background-color", "")


def _propositions(root: etree._Element, topics: dict[str, Topic], reading: GraphReading) -> None:
    """Every concept that leads to a phrase with every concept the phrase leads to; then what is tied without one."""
    phrases = {p.get("id", ""): maybe_html(p.get("label", "")) for p in root.iter("{*}linking-phrase")}
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    direct: list[tuple[str, str]] = []
    for connection in root.iter("{*}connection"):
        start, end = connection.get("from-id", ""), connection.get("to-id", "")
        if start in topics and end in phrases:
            before.setdefault(end, []).append(start)
        elif start in phrases and end in topics:
            after.setdefault(start, []).append(end)
        elif start in phrases and end in phrases:
            reading.leave("connections", "from a phrase to a phrase")
        else:
            direct.append((start, end))
    for native, label in phrases.items():
        ends = before.get(native, []), after.get(native, [])
        if not all(ends):
            reading.leave("phrases", "a concept is missing before or after", 1)
        for start in ends[0]:
            for end in ends[1]:
                reading.link(start, end, label)
    for start, end in direct:
        reading.link(start, end)


READER = CmapToolsReader()
