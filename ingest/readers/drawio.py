"""draw.io (diagrams.net) diagrams: .drawio and .xml, packed or not, and the PNG, SVG and web page that hold one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import maybe_html
from ingest.maps.graphmap import GraphReading, arrows, group_by_parent
from ingest.maps.maptree import map_document
from ingest.readers.drawio_pages import page_content, pages, picture_content
from ingest.registry import Rank
from ingest.sniff import root_element

_PLACEHOLDER = re.compile(r"%([^%<>\s{}]{1,100})%")
_TRUE = frozenset({"1", "true"})
_UNWRAPPED = frozenset({"root", "mxGraphModel", "mxCell"})
_OWN = frozenset({"id", "label", "link", "tags", "tooltip", "placeholders", "value"})
_STYLES = (("background", "fillColor"), ("edge", "strokeColor"), ("text", "fontColor"), ("shape", "shape"))
_SIDES = ("x", "y", "width", "height")
_RAW_COUNTS = (
    ("topics", rb"<mxCell\s[^<>]*\bvertex=[\"']1"), ("relations", rb"<mxCell\s[^<>]*\bedge=[\"']1"),
    ("links", rb"<\w*[oO]bject\s[^<>]*\slink=[\"'][^\"']"), ("folded", rb"<mxCell\s[^<>]*\bcollapsed=[\"']1"),
)  # fmt: skip


@dataclass(slots=True)
class _Cell:
    """An `mxCell` with the object that wraps it, where it has a link or data of its own."""

    cell: etree._Element
    wrapper: etree._Element | None
    style: dict[str, str]
    native: str
    parent: str
    is_vertex: bool
    is_edge: bool

    @property
    def label(self) -> str:
        own = self.wrapper.get("label") if self.wrapper is not None else None
        return maybe_html(self.cell.get("value", "") if own is None else own)


def _is(cell: etree._Element, kind: str) -> bool:
    return cell.get(kind) in _TRUE


@dataclass(frozen=True)
class DrawioReader:
    name: str = "drawio"
    label: str = "draw.io, diagrams.net (.drawio, .xml, .drawio.png, .drawio.svg, .drawio.html)"
    extensions: tuple[str, ...] = (".drawio", ".dio", ".xml", ".png", ".svg")
    carries: tuple[str, ...] = (
        "topics", "relations", "sheets", "notes", "links", "tags", "attributes", "boundaries", "folded state",
        "positions", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("tree", "images", "layers", "data of edges", "way points", "formatting inside labels")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        element = root_element(raw.data)[0]
        if element in {"mxfile", "mxGraphModel"}:
            return True
        if element.lower() in {"html", "div", "body"}:
            return page_content(raw) is not None
        pictured = raw.data.startswith(b"\x89PNG") or element.rpartition(":")[2] == "svg"
        return pictured and picture_content(raw) is not None

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        reading = GraphReading(raw.name)
        unpacked: list[bytes] = []
        for scope, (name, model, data) in enumerate(pages(raw)):
            reading.scope = scope
            unpacked.append(data)
            _read_page(name, model, reading)
        content = reading.content(RawFile(raw.name, b"".join(unpacked)), _RAW_COUNTS)
        return map_document(raw, "drawio", "drawio@1", content)


def _cells(model: etree._Element) -> list[_Cell]:
    cells = []
    styles: dict[str, dict[str, str]] = {}  # a diagram has a few, each written out at thousands of its cells
    before, wraps = None, False
    for cell in model.iter("mxCell"):
        above = cell.getparent()
        if above is not before:  # most cells stand beside each other
            before, wraps = above, above is not None and above.tag not in _UNWRAPPED
        wrapper = above if wraps else None
        written = cell.get("style", "")
        if written not in styles:
            styles[written] = _style(written)
        native = (wrapper.get("id", "") if wrapper is not None else "") or cell.get("id", "")
        kinds = _is(cell, "vertex"), _is(cell, "edge")
        cells.append(_Cell(cell, wrapper, styles[written], native, cell.get("parent", ""), *kinds))
    return cells


def _style(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if "=" in part)


def _read_page(name: str, model: etree._Element, reading: GraphReading) -> None:
    cells = _cells(model)
    edges = {c.native: c for c in cells if c.is_edge}
    captions: dict[str, list[str]] = {}
    around: dict[str, str] = {}
    labels: dict[str, str] = {}
    for cell in cells:
        if not cell.is_vertex or cell.native in edges:
            continue
        if cell.parent in edges:
            captions.setdefault(cell.parent, []).append(cell.label)
            reading.leave("labels of edges", "boxes of their own in the file, kept as the labels of relations")
            continue
        topic = _read_node(cell, reading)
        topic.sheet = name
        around.setdefault(cell.native, cell.parent)
        labels.setdefault(cell.native, topic.label)
    for native, edge in edges.items():
        _read_edge(edge, captions.get(native, []), reading)
    group_by_parent(reading, {k: g for k, g in around.items() if g in labels}, labels)
    layers = sum(not c.is_vertex and not c.is_edge and bool(c.cell.get("value")) for c in cells)
    reading.leave("layers", "what they hold is kept, their names are not", layers)


def _read_node(cell: _Cell, reading: GraphReading) -> Topic:
    topic = reading.node(cell.native, cell.label)
    if _is(cell.cell, "collapsed"):
        topic.folded = True
    topic.style = {kept: cell.style[key] for kept, key in _STYLES if cell.style.get(key, "none") != "none"}
    geometry = next(cell.cell.iterchildren("mxGeometry"), None)
    if geometry is not None:
        topic.position = {side: value for side in _SIDES if (value := geometry.get(side))}
    if cell.style.get("image"):
        reading.leave("images", "pictures are not read")
    if cell.wrapper is not None:
        _read_wrapper(cell.wrapper, topic)
    return topic


def _read_wrapper(wrapper: etree._Element, topic: Topic) -> None:
    if wrapper.get("link"):
        topic.links.append(wrapper.get("link", ""))
    topic.tags = wrapper.get("tags", "").split()
    topic.note = maybe_html(wrapper.get("tooltip", ""))
    topic.attributes = {str(k): str(v) for k, v in wrapper.attrib.items() if k not in _OWN}
    if wrapper.get("placeholders") == "1":
        shown = _PLACEHOLDER.sub(lambda m: topic.attributes.get(m.group(1), m.group()), topic.label)
        topic.details = shown if shown != topic.label else ""


def _read_edge(edge: _Cell, captions: list[str], reading: GraphReading) -> None:
    label = " ".join(c for c in (edge.label, *captions) if c)
    start, end = edge.style.get("startArrow", "none"), edge.style.get("endArrow", "classic")
    if edge.wrapper is not None:
        extra = sum(key not in _OWN for key in edge.wrapper.attrib) + bool(edge.wrapper.get("link"))
        reading.leave("data of edges", "links and attributes of relations are not kept", extra)
    source, target = edge.cell.get("source", ""), edge.cell.get("target", "")
    reading.link(source, target, label, arrows(start != "none", end != "none"))


READER = DrawioReader()
