"""GEXF graphs 1.0 to 1.3 (.gexf), as Gephi writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.maps.graphmap import GraphReading, arrows, group_by_parent, local_name
from ingest.maps.maptree import map_document
from ingest.registry import Rank
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired

_NAMES = ("label", "name", "tooltip")
_TIMES = ("start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals")
_RAW_COUNTS = (("topics", rb"<(?:\w+:)?node[\s/>]"), ("relations", rb"<(?:\w+:)?edge[\s/>]"))
_LOOKS = frozenset({"color", "shape", "thickness"})
_MOST_SPELLS = 20


@dataclass
class _Graph:
    """One file being read: titles of the attributes by class and id, and the group around each node."""

    reading: GraphReading
    titles: dict[str, str] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GexfReader:
    name: str = "gexf"
    label: str = "GEXF, Gephi (.gexf)"
    extensions: tuple[str, ...] = (".gexf",)
    carries: tuple[str, ...] = (
        "topics", "relations", "attributes", "boundaries", "positions", "colours", "dates",
    )  # fmt: skip
    loses: tuple[str, ...] = ("tree", "weights and data of edges", "values that change over time", "default values")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return root_element(raw.data)[0].rpartition(":")[2] == "gexf"

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        root, repairs = parse_repaired(raw.name, raw.data)
        graph = _Graph(GraphReading(raw.name))
        for top in root.iterchildren("{*}graph"):
            _read_titles(top, graph)
            directed = top.get("defaultedgetype", "undirected")
            for kind, element, group in _elements(top):
                if kind == "node":
                    _read_node(element, group, graph)
                else:
                    _read_edge(element, directed, graph.reading)
        around = {k: group for k, group in graph.around.items() if group in graph.labels}  # pid="0" may be no node
        group_by_parent(graph.reading, around, graph.labels)
        content = graph.reading.content(raw, _RAW_COUNTS, _title(root, graph.reading))
        content.ledger.left_out += repairs
        return map_document(raw, "gexf", "gexf@1", content)


def _title(root: etree._Element, reading: GraphReading) -> str:
    """The title that the file gives itself; what else it says of itself is told."""
    title, other = "", []
    for field_ in (e for meta in root.iterchildren("{*}meta") for e in meta.iterchildren("*")):
        if local_name(field_).lower() == "title":
            title = title or field_.text or ""
        elif (field_.text or "").strip():
            other.append(local_name(field_))
    reading.leave("head fields", f"what the file says of itself is not kept ({', '.join(other)[:200]})", len(other))
    return title


def _read_titles(top: etree._Element, graph: _Graph) -> None:
    for group in top.iterchildren("{*}attributes"):
        if group.get("class", "node") != "node":
            continue
        for attribute in group.iterchildren("{*}attribute"):
            title = attribute.get("title") or attribute.get("id") or ""
            graph.titles[attribute.get("id", "")] = graph.reading.attribute_name(title)
            if any(True for _ in attribute.iterchildren("{*}default")):
                graph.reading.leave(
                    "default values", f"of data that a node lacks: {clean(attribute.get('title', ''))[:60]}"
                )


def _elements(top: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    """Nodes and edges by their names, in the order of the file, with the node that holds each.

    Nodes may hold nodes, and so on.
    """
    stack: list[tuple[Iterator[etree._Element], str]] = [(top.iterchildren("*"), "")]
    while stack:
        children, group = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            continue
        kind = local_name(element)
        if kind in {"nodes", "edges", "graph"}:
            stack.append((element.iterchildren("*"), group))
        elif kind in {"node", "edge"}:
            yield kind, element, group
            if kind == "node":
                stack.append(
                    (element.iterchildren("{*}nodes", "{*}edges", "{*}graph", "{*}node"), element.get("id", ""))
                )


def _read_node(node: etree._Element, group: str, graph: _Graph) -> None:
    native = node.get("id", "")
    texts = _texts(node, graph)
    label = clean(node.get("label", "")) or _named(texts) or native
    topic = graph.reading.node(native, label)
    if texts:
        topic.attributes = {k: v for k, v in texts.items() if k.lower() not in _NAMES or clean(v) != topic.label}
    if dates := {name: date for name in _TIMES if (date := node.get(name))}:
        topic.dates = dates
    for part in node.iterchildren("*"):
        _read_part(part, topic, graph)
    above = group or node.get("pid", "")
    if above:
        graph.around.setdefault(native, above)
    graph.labels.setdefault(native, topic.label)


def _texts(node: etree._Element, graph: _Graph) -> dict[str, str]:
    if not len(node):
        return {}
    texts: dict[str, str] = {}
    for values in node.iterchildren("{*}attvalues"):
        for one in values.iterchildren("{*}attvalue"):
            key = one.get("for") or one.get("id") or one.get("attr") or ""
            title = graph.titles.get(key, key)
            if title in texts:
                graph.reading.leave("values that change over time", "the first one is kept")
            else:
                texts[title] = one.get("value", "")
    return {key: value for key, value in texts.items() if value.strip()}


def _named(texts: dict[str, str]) -> str:
    lower = {key.lower(): value for key, value in reversed(texts.items())}
    return next((clean(lower[name]) for name in _NAMES if name in lower), "")


def _read_part(part: etree._Element, topic: Topic, graph: _Graph) -> None:
    kind = local_name(part)
    if kind == "position":
        topic.position = {axis: part.get(axis, "") for axis in ("x", "y", "z") if part.get(axis)}
    elif kind == "color":
        topic.style["background"] = part.get("hex") or "#" + "".join(_channel(part.get(c)) for c in "rgb")
    elif kind == "shape":
        topic.style["shape"] = part.get("value", "")
    elif kind == "size":
        topic.style["size"] = part.get("value", "")
    elif kind == "spells":
        spells = [f"{s.get('start', '')}/{s.get('end', '')}" for s in part.iterchildren("{*}spell")]
        topic.dates["spells"] = " ".join(spells[:_MOST_SPELLS])
        graph.reading.leave("dates", f"spells beyond {_MOST_SPELLS}", max(0, len(spells) - _MOST_SPELLS))
    elif kind == "parents":
        above = next((p.get("for", "") for p in part.iterchildren("{*}parent")), "")
        if above:
            graph.around.setdefault(topic.id, above)


def _channel(value: str | None) -> str:
    try:
        return f"{min(max(int(value or 0), 0), 255):02x}"
    except ValueError:
        return "00"


def _read_edge(edge: etree._Element, default: str, reading: GraphReading) -> None:
    kind = edge.get("type") or default
    label = edge.get("label") or edge.get("kind") or ""
    drawn = sum(local_name(part) in _LOOKS for part in edge)
    reading.leave("looks of edges", "their colours, shapes and widths are not kept", drawn)
    weighted = edge.get("weight") is not None or (len(edge) > 0 and edge.find("{*}attvalues/{*}attvalue") is not None)
    reading.leave("data of edges", "weights, values and dates of relations are not kept", int(weighted))
    direction = arrows(kind in {"mutual", "bidirectional"}, kind in {"directed", "dir", "mutual", "bidirectional"})
    reading.link(edge.get("source", ""), edge.get("target", ""), label, direction)


READER = GexfReader()
