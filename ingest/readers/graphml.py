"""GraphML graphs (.graphml), with the labels, groups and colours of yEd and yFiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from graph.export.fit import coordinates
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import clean, html_text
from ingest.maps.graphmap import GraphReading, arrows, group_by_parent, local_name
from ingest.maps.maptree import map_document
from ingest.registry import Rank
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired

_NAMES = ("label", "name", "tooltip")  # the data that name a node, the surest first
_EDGE_NAMES = ("label", "edge label", "labele", "name", "tooltip")  # as Gephi and TinkerPop call it too
_MAKERS = ("yworks.com", "yfiles")  # whose drawings are read
_NOTES = frozenset({"description", "note", "notes"})
_RAW_COUNTS = (
    ("topics", rb"<(?:\w+:)?node[\s/>]"), ("relations", rb"<(?:\w+:)?(?:hyper)?edge[\s/>]"),
    ("boundaries", rb"foldertype=[\"']group"), ("folded", rb"foldertype=[\"']folder"),
)  # fmt: skip
_STYLES = {"Fill": ("background", "color"), "BorderStyle": ("edge", "color"), "Shape": ("shape", "type")}


@dataclass(slots=True)
class _Drawing:
    """What yEd (`NodeLabel`, `Geometry`) and yFiles (`Label.Text`, `RectD`) draw of a node or an edge."""

    labels: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # lines of the compartments of a UML class
    position: dict[str, str] | None = None
    style: dict[str, str] = field(default_factory=dict)
    direction: str = ""
    images: int = 0

    def read(self, data: etree._Element) -> None:
        """Add what one `data` holds; of a group's faces, open and closed, the one now shown."""
        shown = data
        if len(data[0]) and local_name(data[0][0]) == "Realizers" and len(data[0][0]):
            faces = data[0][0]
            active = faces.get("active", "0")
            shown = faces[min(int(active), len(faces) - 1) if active.isdecimal() and len(active) < 6 else 0]
        for part in shown.iter():
            self._read_part(part, local_name(part))

    def _read_part(self, part: etree._Element, kind: str) -> None:
        if kind in {"NodeLabel", "EdgeLabel", "Label.Text"}:
            self._label("".join(map(str, part.itertext())))
        elif kind == "Label":
            self._label(part.get("Text", ""))
        elif kind in {"AttributeLabel", "MethodLabel"}:
            self.parts += [line for line in map(clean, "".join(map(str, part.itertext())).splitlines()) if line]
        elif kind in {"Geometry", "RectD"}:
            sides = {str(k).lower(): str(v) for k, v in part.attrib.items()}
            self.position = {k: sides[k] for k in ("x", "y", "width", "height") if k in sides} or None
        elif kind in _STYLES:
            style, attribute = _STYLES[kind]
            if part.get(attribute):
                self.style.setdefault(style, part.get(attribute, ""))
        elif kind == "Arrows":
            self.direction = arrows(part.get("source", "none") != "none", part.get("target", "none") != "none")
        self.images += kind in {"Image", "SVGContent"}

    def _label(self, text: str) -> None:
        label = _plain(text)
        if label:
            self.labels.append(label)


@dataclass
class _Graph:
    """One file being read: what its keys are called, and the group around each node."""

    reading: GraphReading
    keys: dict[str, str] = field(default_factory=dict)
    node_keys: set[str] = field(default_factory=set)
    groups: list[str] = field(default_factory=list)
    around: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GraphmlReader:
    name: str = "graphml"
    label: str = "GraphML, yEd (.graphml)"
    extensions: tuple[str, ...] = (".graphml",)
    carries: tuple[str, ...] = (
        "topics", "relations", "attributes", "notes", "links", "boundaries", "positions", "colours", "folded state",
    )  # fmt: skip
    loses: tuple[str, ...] = ("tree", "hyperedges", "ports", "data of edges", "default values", "images", "bends")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return root_element(raw.data)[0].rpartition(":")[2] == "graphml"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        graph = _Graph(GraphReading(raw.name))
        _read_keys(root, graph)
        for kind, element, group, directed in _elements(root):
            if kind == "node":
                _read_node(element, group, graph)
            elif kind == "edge":
                _read_edge(element, directed, graph)
            else:
                graph.reading.leave("hyperedges", "an edge between more than two nodes is not kept")
        group_by_parent(graph.reading, graph.around, graph.labels)
        graph.reading.leave("boundaries", "nothing stands in them", len(set(graph.groups) - set(graph.around.values())))
        content = graph.reading.content(raw, _patterns(graph))
        content.ledger.left_out += repairs
        return map_document(raw, "graphml", "graphml@1", content)


def _read_keys(root: etree._Element, graph: _Graph) -> None:
    graphs = root.iterchildren("{*}graph")  # some tools declare the keys of a graph inside it
    for key in chain(root.iterchildren("{*}key"), *(graph.iterchildren("{*}key") for graph in graphs)):
        name = key.get("attr.name") or key.get("yfiles.type") or key.get("id") or ""
        graph.keys[key.get("id", "")] = graph.reading.attribute_name(name)
        if key.get("for", "node") in {"node", "all"}:
            graph.node_keys.add(key.get("id", ""))
        if any((d.text or "").strip() for d in key.iterchildren("{*}default")):
            graph.reading.leave(
                "default values", f"of data that a node lacks: {clean(graph.keys[key.get('id', '')])[:60]}"
            )


def _patterns(graph: _Graph) -> list[tuple[str, bytes]]:
    """The raw counts, those of notes by the keys that this file declares for them."""
    noted = [k for k in graph.node_keys if graph.keys[k].lower() in _NOTES and k.isascii() and k.isalnum()]
    return [*_RAW_COUNTS, *(("notes", rb'<data key="%b"[^<>/]*>(?=[^<]*\S)' % key.encode()) for key in noted)]


def _elements(root: etree._Element) -> Iterator[tuple[str, etree._Element, str, bool]]:
    """Nodes and edges by their names, in the order of the file.

    With each go the node that holds it and whether edges lead somewhere.
    """
    stack: list[tuple[Iterator[etree._Element], str, bool]] = [(iter(root.iterchildren("{*}graph")), "", True)]
    while stack:
        children, group, directed = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            continue
        kind = local_name(element)
        if kind == "graph":
            stack.append((element.iterchildren("*"), group, element.get("edgedefault", "directed") != "undirected"))
        elif kind == "node":
            yield kind, element, group, directed
            stack.append((element.iterchildren("{*}graph"), element.get("id", ""), directed))
        elif kind in {"edge", "hyperedge"}:
            yield kind, element, group, directed


def _read_node(node: etree._Element, group: str, graph: _Graph) -> None:
    native = node.get("id", "")
    texts: dict[str, str] = {}
    drawing = _Drawing()
    for child in node:
        kind = local_name(child)
        if kind == "data":
            _read_data(child, texts, drawing, graph)
        elif kind == "port":
            graph.reading.leave("ports", "where edges touch a node is not kept")
    labels = drawing.labels
    topic = graph.reading.node(native, labels[0] if labels else _named(texts) or native)
    if len(labels) > 1 or drawing.parts:
        topic.details = "\n".join([*labels[1:], *drawing.parts])
    if drawing.position:
        topic.position = drawing.position
    if drawing.style:
        topic.style = drawing.style
    if texts:
        _read_texts(texts, topic)
    folder = next((value for key, value in node.attrib.items() if str(key).endswith("foldertype")), "")
    topic.folded = topic.folded or folder == "folder"
    if folder == "group":
        graph.groups.append(native)
    graph.reading.leave("images", "pictures are not read", drawing.images)
    if group:
        graph.around.setdefault(native, group)
    graph.labels.setdefault(native, topic.label)


def _read_data(data: etree._Element, texts: dict[str, str], drawing: _Drawing, graph: _Graph) -> None:
    """A value by its name, or a drawing where it holds elements."""
    if len(data):
        drawing.read(data)
        for part in data.iterchildren("*"):
            if not any(maker in str(part.tag) for maker in _MAKERS):
                graph.reading.leave("unknown elements", f"{local_name(part)[:60]!r} is not known to this reader")
    elif data.text and data.text.strip():
        key = data.get("key", "")
        texts[graph.keys.get(key, key)] = data.text.strip()


def _plain(text: str) -> str:
    return clean(html_text(text)) if text.lstrip()[:5].lower() == "<html" else clean(text)


def _named(texts: dict[str, str], names: tuple[str, ...] = _NAMES) -> str:
    lower = {key.lower(): value for key, value in reversed(texts.items())}
    return next((lower[name] for name in names if name in lower), "")


def _read_texts(texts: dict[str, str], topic: Topic) -> None:
    for key, value in texts.items():
        if key.lower() == "url":
            topic.links.append(value)
        elif key.lower() in _NOTES and not topic.note:
            topic.note = value
        elif key.lower() not in _NAMES or clean(value) != topic.label:
            topic.attributes[key] = value
    if topic.position is not None or "x" not in texts or "y" not in texts:
        return
    if coordinates(place := {axis: topic.attributes.get(axis) for axis in "xy"}):
        topic.position = place
        for axis in place:  # they are said once: a writer would give both
            del topic.attributes[axis]


def _read_edge(edge: etree._Element, directed: bool, graph: _Graph) -> None:
    own = edge.get("directed", "").lower()
    usual = arrows(False, own in {"true", "1"} if own else directed)
    if not len(edge):  # most edges of most files
        graph.reading.link(edge.get("source", ""), edge.get("target", ""), "", usual)
        return
    texts: dict[str, str] = {}
    drawing = _Drawing()
    for child in edge:
        if local_name(child) == "data":
            _read_data(child, texts, drawing, graph)
    label = " ".join(drawing.labels) or _named(texts, _EDGE_NAMES)
    other = sum(key.lower() not in _EDGE_NAMES for key in texts)
    graph.reading.leave("data of edges", "only labels and directions of relations are kept", other)
    graph.reading.link(edge.get("source", ""), edge.get("target", ""), label, drawing.direction or usual)


READER = GraphmlReader()
