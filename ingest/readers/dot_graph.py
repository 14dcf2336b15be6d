"""Graphs out of DOT statements: nodes in order of first appearance, edges of chains and sets, clusters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.errors import InputRefused
from ingest.bounds.limits import check_depth, check_nodes
from ingest.maps.graphmap import MAX_GROUPED, MAX_LINKS
from ingest.readers.dot_tokens import Token, place, tokens

_KEYWORDS = frozenset({"node", "edge", "graph", "digraph", "subgraph", "strict"})
_END = Token("end", "", -1)
_MAX_GIVEN = 2_000_000  # attributes, those of a list of nodes counted for each
_MAX_TOLD = 60_000_000  # characters of them
# Only these defaults matter here: a file may declare others by the thousand, and each block inherits all of them.
_DEFAULTS = frozenset({"label", "xlabel", "dir", "shape", "color", "fillcolor", "fontcolor"})


class Value(NamedTuple):
    """The value of an attribute, and whether it is HTML."""

    text: str
    is_html: bool = False


Attributes = dict[str, Value]


@dataclass(slots=True)
class Node:
    """`own` attributes, and the defaults that held where the node first stood."""

    name: str
    defaults: Attributes
    own: Attributes = field(default_factory=dict)

    @property
    def given(self) -> Attributes:
        return {**self.defaults, **self.own} if self.defaults else self.own


class Edge(NamedTuple):
    tail: str
    head: str
    attributes: Attributes


@dataclass(slots=True)
class Graph:
    """One graph of a file. `clusters`: label and nodes of the subgraphs that Graphviz draws a box around."""

    name: str
    directed: bool
    attributes: Attributes = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    clusters: list[tuple[Attributes, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """A graph or subgraph whose braces are open, and the statement now being read in it."""

    name: str
    node_defaults: Attributes
    edge_defaults: Attributes
    attributes: Attributes = field(default_factory=dict)
    nodes: dict[str, None] = field(default_factory=dict)
    chain: list[list[str]] = field(default_factory=list)  # the ends of an edge statement, each one or more nodes
    given: Attributes = field(default_factory=dict)  # the attributes of the statement
    joins: bool = False  # an edge mark has been read, its other end not yet
    lists: bool = False  # a comma has been read: the next node belongs to the same end
    braced: bool = False  # the statement is a subgraph alone: attributes after it are not of its nodes


def read_graphs(name: str, text: str) -> Iterator[Graph]:
    """Every graph of a file. Raises InputRefused with line and column where the text is no DOT."""
    parser = _Parser(name, text)
    while parser.token.kind != "end":
        yield parser.graph()


class _Parser:
    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self._tokens = tokens(name, text)
        self.token, self.mark = _END, ""  # the token to come, and its text where it is a mark
        self._next()
        self._result = Graph("", directed=False)
        self._frames: list[_Frame] = []
        self._subgraphs: dict[str, dict[str, None]] = {}
        self._shared = self._given = self._told = 0

    def graph(self) -> Graph:
        """The graph that begins at the current token."""
        if self._keyword() == "strict":
            self._next()
        kind = self._keyword()
        if kind not in {"graph", "digraph"}:
            raise self._unexpected()
        self._next()
        title = self._next().text if self.token.is_id else ""
        self._expect("{")
        self._result, self._subgraphs = Graph(title, kind == "digraph"), {}
        self._frames = [_Frame(title, {}, {})]
        while self._frames:
            self._statement_part(self._frames[-1])
        return self._result

    # --- one token after another ------------------------------------------------------------------------------------

    def _statement_part(self, frame: _Frame) -> None:
        token, keyword = self.token, self._keyword()
        if keyword == "subgraph" or self.mark == "{":
            self._open(frame)
        elif keyword in {"node", "edge", "graph"}:
            self._finish(frame)
            self._next()
            self._defaults(frame, keyword)
        elif token.is_id and not keyword:
            self._name(frame)
        elif token.kind == "edge" and frame.chain and not frame.joins:
            frame.joins = True
            self._next()
        elif self.mark in {"}", "[", ";", ","}:
            self._mark(frame, self.mark)
        else:
            raise self._unexpected()

    def _mark(self, frame: _Frame, mark: str) -> None:
        if mark == "[":
            given = self._attributes()
            if frame.chain:
                frame.given |= given
            return
        if frame.joins:
            raise self._unexpected()
        self._next()
        if mark == "," and frame.chain and not frame.braced:
            frame.lists = True
            return
        self._finish(frame)
        if mark == "}":
            self._close(frame)

    def _open(self, frame: _Frame) -> None:
        """`{`, `subgraph name {`, or a subgraph named again without its braces."""
        if not frame.joins:
            self._finish(frame)
        title = ""
        if self._keyword() == "subgraph":
            self._next()
            title = self._next().text if self.token.is_id and not self._keyword() else ""
            if self.mark != "{":
                self._end_of_edge(frame, list(self._subgraphs.get(title, ())))
                return
        self._expect("{")
        check_depth(self.name, len(self._frames))
        self._frames.append(_Frame(title, frame.node_defaults, frame.edge_defaults))

    def _close(self, frame: _Frame) -> None:
        self._frames.pop()
        if not self._frames:
            self._result.attributes = frame.attributes
            return
        above = self._frames[-1]
        self._shared += len(frame.nodes)
        if self._shared > MAX_GROUPED:
            raise InputRefused(self.name, f"subgraphs hold more than {MAX_GROUPED:,} nodes in all")
        above.nodes.update(frame.nodes)
        if frame.name:
            self._subgraphs.setdefault(frame.name, {}).update(frame.nodes)
        marked = frame.attributes.get("cluster", Value("")).text.lower() in {"true", "yes", "1"}
        if frame.name.startswith("cluster") or marked:
            self._result.clusters.append((frame.attributes, list(frame.nodes)))
        self._end_of_edge(above, list(frame.nodes))

    def _end_of_edge(self, frame: _Frame, members: list[str]) -> None:
        frame.braced = not frame.joins and not frame.chain
        frame.chain.append(members)
        frame.joins = False

    def _name(self, frame: _Frame) -> None:
        """A node, or the name of an attribute of the graph."""
        name = self._next().text
        if self.mark == "=":
            self._next()
            self._finish(frame)
            frame.attributes[name] = self._value()
            return
        while self.mark == ":":  # a port, a side
            self._next()
            self._value()
        if not frame.joins and not frame.lists:
            self._finish(frame)
        self._node(frame, name)
        if frame.lists and frame.chain:
            frame.chain[-1].append(name)
        else:
            self._end_of_edge(frame, [name])
            frame.braced = False
        frame.lists = False

    def _node(self, frame: _Frame, name: str) -> None:
        if name not in self._result.nodes:
            check_nodes(self.name, len(self._result.nodes))
            self._result.nodes[name] = Node(name, frame.node_defaults)
        frame.nodes[name] = None

    def _finish(self, frame: _Frame) -> None:
        """The statement is complete: its edges are made, or its attributes given to its nodes."""
        if frame.joins:
            raise self._unexpected()
        if not frame.chain and not frame.given:
            frame.lists = frame.braced = False
            return
        if len(frame.chain) > 1:
            given = {**frame.edge_defaults, **frame.given}
            for tails, heads in zip(frame.chain, frame.chain[1:], strict=False):
                if len(self._result.edges) + len(tails) * len(heads) > MAX_LINKS:
                    raise InputRefused(self.name, f"more than {MAX_LINKS:,} edges", self._place())
                self._result.edges += [Edge(tail, head, given) for tail in tails for head in heads]
        elif frame.chain and frame.given and not frame.braced:
            self._given += len(frame.chain[0]) * len(frame.given)
            self._told += len(frame.chain[0]) * sum(len(key) + len(value.text) for key, value in frame.given.items())
            if self._given > _MAX_GIVEN:
                raise InputRefused(self.name, f"more than {_MAX_GIVEN:,} attributes of nodes", self._place())
            if self._told > _MAX_TOLD:
                raise InputRefused(self.name, f"more than {_MAX_TOLD:,} characters of attributes", self._place())
            for name in frame.chain[0]:
                self._result.nodes[name].own |= frame.given
        frame.chain, frame.given, frame.lists, frame.braced = [], {}, False, False

    # --- attributes -------------------------------------------------------------------------------------------------

    def _defaults(self, frame: _Frame, kind: str) -> None:
        given: Attributes = {}
        while self.mark == "[":
            given |= self._attributes()
        kept = {key: value for key, value in given.items() if key in _DEFAULTS}
        if kind == "node":
            frame.node_defaults = {**frame.node_defaults, **kept}
        elif kind == "edge":
            frame.edge_defaults = {**frame.edge_defaults, **kept}
        else:
            frame.attributes |= given

    def _attributes(self) -> Attributes:
        """`[a=b, c=d; e]`: an attribute without a value is true."""
        self._expect("[")
        given: Attributes = {}
        while self.mark != "]":
            if self.mark in {",", ";"}:
                self._next()
                continue
            key = self._value().text
            if self.mark == "=":
                self._next()
                given[key] = self._value()
            else:
                given[key] = Value("true")
        self._next()
        return given

    def _value(self) -> Value:
        if not self.token.is_id:
            raise self._unexpected()
        token = self._next()
        return Value(token.text, token.kind == "html")

    # --- tokens -----------------------------------------------------------------------------------------------------

    def _keyword(self) -> str:
        word = self.token.text.lower() if self.token.kind == "name" else ""
        return word if word in _KEYWORDS else ""

    def _next(self) -> Token:
        token, self.token = self.token, next(self._tokens, _END)
        self.mark = self.token.text if self.token.kind == "mark" else ""
        return token

    def _expect(self, mark: str) -> None:
        if self.mark != mark:
            raise self._unexpected()
        self._next()

    def _unexpected(self) -> InputRefused:
        if self.token.kind == "end":
            return InputRefused(self.name, "the graph is not closed", self._place())
        return InputRefused(self.name, f"unexpected {self.token.text[:20]!r}", self._place())

    def _place(self) -> str:
        return place(self.text, self.token.start if self.token.start >= 0 else len(self.text))
