"""DOT graphs (.dot, .gv), the language of Graphviz: read by its grammar, no program is run."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from graph.outline import Topic
from ingest.decoding import decode, narrowed
from ingest.document import Document, RawFile
from ingest.html.markup import html_text
from ingest.maps.carried import MAX_TEXT
from ingest.maps.graphmap import GraphReading
from ingest.maps.maptree import map_document
from ingest.readers.dot_count import count_names_and_edges
from ingest.readers.dot_graph import Graph, Value, read_graphs
from ingest.registry import Rank

_START = re.compile(
    rb"""(?:\s++|//[^\n]*+|\#[^\n]*+|/\*.*?\*/)*+
    (?:strict\s++)?(?:di)?graph\b\s*+(?:[\w\x80-\xff.-]++|"(?:[^"\\]++|\\.)*+"|<[^<>]*+>)?(?:\s++|//[^\n]*+|/\*.*?\*/)*+\{""",
    re.X | re.S | re.I,
)
_STATEMENT = re.compile(rb"->|--|[\[;=]")  # a sentence may begin like a graph: it holds none of these
_HEAD = 65_536
_ESCAPE = re.compile(r"\\(.)", re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RAW_COUNTS = (("boundaries", rb"subgraph\s+\"?cluster"),)
_STYLES = {"fillcolor": "background", "color": "edge", "fontcolor": "text", "shape": "shape"}
_DIRECTIONS = {"forward": "forward", "back": "backward", "both": "both", "none": "none"}


@dataclass(frozen=True)
class DotReader:
    name: str = "dot"
    label: str = "DOT, Graphviz (.dot, .gv)"
    extensions: tuple[str, ...] = (".dot", ".gv")
    carries: tuple[str, ...] = ("topics", "relations", "links", "notes", "attributes", "boundaries", "colours")
    loses: tuple[str, ...] = ("tree", "attributes of edges", "ranks and layout", "formatting inside labels")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        head = narrowed(raw.data[:_HEAD])
        if _START.match(head) is None:
            return False
        return raw.extension in self.extensions or _STATEMENT.search(head) is not None

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        reading = GraphReading(raw.name)
        titles = []
        for scope, graph in enumerate(read_graphs(raw.name, decoded.text.replace("\r\n", "\n").replace("\r", "\n"))):
            reading.scope = scope
            titles.append(_read_graph(graph, reading))
        content = reading.content(raw, _RAW_COUNTS, titles[0])
        names, edges = count_names_and_edges(raw.data)
        content.ledger.found |= {"topics": names, **({"relations": edges} if edges else {})}
        content.ledger.left_out += decoded.losses
        return map_document(raw, "dot", "dot@1", content)


def _read_graph(graph: Graph, reading: GraphReading) -> str:
    """Add one graph; its title."""
    for node in graph.nodes.values():
        given = node.given
        name, shown = _plain(Value(node.name)), given.get("label")
        topic = reading.node(node.name, name if shown is None else _plain(shown, name, graph.name))
        if graph.name and reading.scope:
            topic.sheet = graph.name
        if style := {kept: given[key].text for key, kept in _STYLES.items() if key in given}:
            topic.style = style
        _read_attributes(node.own, name, graph.name, topic)
    usual = "forward" if graph.directed else "none"
    kept = {"label", "xlabel", "dir"}
    for edge in graph.edges:
        given = edge.attributes
        if not given:  # nearly every edge
            reading.link(edge.tail, edge.head, "", usual)
            continue
        label = _plain(given.get("label") or given.get("xlabel") or Value(""), f"{edge.tail}->{edge.head}", graph.name)
        reading.link(edge.tail, edge.head, label, _DIRECTIONS.get(given.get("dir", Value("")).text.lower(), usual))
    other = sum(len(edge.attributes.keys() - kept) for edge in graph.edges)
    reading.leave("data of edges", "only labels and directions are kept", other)
    for attributes, members in graph.clusters:
        reading.group(members, _plain(attributes.get("label", Value("")), "", graph.name))
    return _plain(graph.attributes.get("label", Value(graph.name)), "", graph.name)


def _read_attributes(given: dict[str, Value], node: str, graph: str, topic: Topic) -> None:
    for key, value in given.items():
        if key in {"URL", "href"}:
            topic.links.append(value.text)
        elif key == "tooltip":
            topic.note = _plain(value, node, graph)
        elif key == "xlabel":
            topic.details = _plain(value, node, graph)
        elif key != "label" and key not in _STYLES:
            topic.attributes[key] = value.text


def _plain(value: Value, own: str = "", graph: str = "") -> str:
    """A label as it is drawn: HTML removed, escapes resolved (`\\N` is the node's name, `\\G` the graph's)."""
    if value.is_html:
        return html_text(f"<div>{value.text}</div>")
    named = {"N": own, "E": own, "G": graph, "n": " ", "l": " ", "r": " "}
    text = value.text
    if "\\" in text and text.count("\\") * max(len(own), len(graph)) < MAX_TEXT:  # else it stays as written
        text = _ESCAPE.sub(lambda m: named.get(m.group(1), m.group(1)), text)
    return _ENTITY.sub(lambda m: html.unescape(m.group()), text) if "&" in text else text


READER = DotReader()
