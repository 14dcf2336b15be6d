"""Mermaid flowcharts: boxes and the arrows between them as a graph, subgraphs as boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from graph.errors import InputRefused
from ingest.bounds.limits import check_depth
from ingest.decoding import decode, looks_binary
from ingest.document import Document, RawFile
from ingest.html.markup import clean
from ingest.maps.graphmap import MAX_GROUPED, GraphReading, arrows
from ingest.maps.maptree import map_document
from ingest.readers.mermaid import visible
from ingest.readers.mermaid_flow_count import count_flow
from ingest.readers.mermaid_flow_words import Linked, Named, linked, named
from ingest.registry import Rank
from ingest.sniff import flowchart_body, is_flowchart

_GAP = re.compile(r"[\s;]+")
_COMMENT = re.compile(r"%%(?:\{.{0,1000}?\}%%|[^\n]*)", re.S)
_KEYWORD = re.compile(
    r"(?P<word>subgraph|end|direction|click|style|linkStyle|classDef|class|accTitle|accDescr)(?=[\s;:{]|\Z)"
)
_REST = re.compile(r"(?:[^\n;\"]|\"[^\"\n]*+\"|\")*+")  # a `;` in quotes ends nothing
_LINE = re.compile(r"[^\n]*")
_SUBGRAPH = re.compile(r"(?P<id>[^\s\[\]]+)[ \t]*\[(?P<title>.*)\][ \t]*$")
_CLICK = re.compile(
    r"(?P<id>\S+)[ \t]+(?:(?:href[ \t]+)?\"(?P<url>[^\"\n]*)\"|(?:call[ \t]+)?\w[\w.]*(?:\([^()\n]{0,200}\))?)"
    r"(?:[ \t]+\"(?P<tip>[^\"\n]*)\")?"
)
_FILL = re.compile(r"(?P<ids>\S+)[ \t]+(?:[^\n]*?,)?[ \t]*fill[ \t]*:[ \t]*(?P<colour>[#\w]+)")
_CLASSED = re.compile(r"(?P<ids>[^\s,]++(?:[ \t]*,[ \t]*[^\s,]++)*)[ \t]+(?P<name>[\w-]+)[ \t]*$")
_ICON = re.compile(r"\bfa[a-z]{0,2}:(?P<icon>fa-[\w-]+)")
_JOINT = re.compile(r"[ \t]*&\s*")
_DESCRIBED = re.compile(r"\s*\{[^}]{0,2000}\}|[^\n]*")


@dataclass(frozen=True)
class MermaidFlowReader:
    name: str = "mermaid-flowchart"
    label: str = "Mermaid flowchart (.mmd, .mermaid)"
    extensions: tuple[str, ...] = (".mmd", ".mermaid")
    carries: tuple[str, ...] = (
        "topics", "relations", "boundaries", "links", "notes", "icons", "classes", "shapes", "colours",
    )  # fmt: skip
    loses: tuple[str, ...] = ("tree", "positions", "comments", "settings")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        return not looks_binary(raw.data) and is_flowchart(raw.data)

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        title, body = flowchart_body(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
        reading = _FlowReading(raw.name, body, visible(title))
        reading.run()
        if not reading.topics:
            raise InputRefused(raw.name, "no box in this flowchart")
        content = reading.content(raw, (), reading.title)
        content.ledger.found = count_flow(body)
        content.ledger.left_out += decoded.losses
        return map_document(raw, "mermaid", "mermaid-flowchart@1", content)


@dataclass(slots=True)
class _Node:
    label: str | None = None
    shape: str = ""
    colour: str = ""
    classes: dict[str, None] = field(default_factory=dict)
    url: str = ""
    note: str = ""


@dataclass(slots=True)
class _Subgraph:
    name: str
    title: str
    mentioned: dict[str, None] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)


class _FlowReading(GraphReading):
    def __init__(self, name: str, text: str, title: str = "") -> None:
        super().__init__(name)
        self.text, self.at, self.title = text, 0, title
        self.nodes: dict[str, _Node] = {}
        self.link_names: set[str] = set()  # what is said of these is said of no box
        self.shared = 0  # memberships of nested subgraphs
        self.owned: set[str] = set()  # nodes that stand in a subgraph: the first one keeps them
        self.open: list[_Subgraph] = []
        self.closed: list[_Subgraph] = []

    def run(self) -> None:
        """Every statement, then the topics: a label may come after the name it is of."""
        while (at := self._skipped(self.at)) < len(self.text):
            self.at = at
            keyword = _KEYWORD.match(self.text, at)
            if keyword and linked(self.text, keyword.end()) is None:
                self.at = keyword.end()
                self._keyword(keyword["word"])
            else:
                self._edges()
        while self.open:
            self._close()
        self._topics()

    def _skipped(self, at: int) -> int:
        while found := _GAP.match(self.text, at) or _COMMENT.match(self.text, at):
            self.leave("comments", "comments are not read", int(found[0].startswith("%%")))
            at = found.end()
        return at

    # --- statements -------------------------------------------------------------------------------------------------

    def _edges(self) -> None:
        """Nodes, and the links from each set of them to the next."""
        sets, links = [self._ends()], []
        while sets[-1] and (link := linked(self.text, self.at)):
            self.at = link.end
            links.append(link)
            sets.append(self._ends())
        rest = (_REST.match(self.text, self.at) or [""])[0].strip() if sets[-1] else "?"
        is_broken = bool(rest) and not rest.startswith("%%")
        if is_broken:
            self._taken(_LINE)  # to its end: one that is broken is tried once, however many statements it holds
            self.leave("lines", "they are no statement of a flowchart")
        if not is_broken or links or any(node.label is not None for node in sets[0]):
            self._statement(sets, links)

    def _statement(self, sets: list[list[Named]], links: list[Linked]) -> None:
        self.link_names.update(link.name for link in links)
        for node in (node for nodes in sets for node in nodes if node.name not in self.link_names):
            self._mention(node)
        for (tails, heads), link in zip(pairwise(sets), links, strict=True):
            self._link_all([node.name for node in tails], [node.name for node in heads], link)

    def _link_all(self, tails: list[str], heads: list[str], link: Linked) -> None:
        if not link.is_seen:
            self.leave("relations", "links that are not drawn only set things apart", len(tails) * len(heads))
            return
        label, direction = visible(link.label), arrows(*link.heads)
        for tail in tails:
            for head in heads:
                self.link(tail, head, label, direction)

    def _ends(self) -> list[Named]:
        """The nodes that stand here, joined by `&`."""
        nodes: list[Named] = []
        while node := named(self.text, self.at):
            self.at = node.end
            nodes.append(node)
            joint = _JOINT.match(self.text, self.at)
            if not joint:
                break
            self.at = joint.end()
        return nodes

    def _mention(self, found: Named) -> None:
        node = self.nodes.setdefault(found.name, _Node())
        if found.label is not None:
            node.label = found.label
        node.shape = found.shape or node.shape
        node.classes.update(dict.fromkeys(found.classes))
        if self.open:
            self.open[-1].mentioned[found.name] = None

    def _keyword(self, word: str) -> None:
        if word == "subgraph":
            self._open()
        elif word == "end":
            if self.open:
                self._close()
        elif word.startswith("acc"):
            self._accessible(word)
        else:
            self._looks(word, self._taken(_REST).strip())

    def _taken(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def _accessible(self, word: str) -> None:
        words = clean(self._taken(_DESCRIBED).lstrip(" :").strip("{} \n"))
        if word == "accTitle" and not self.title:
            self.title = words
        elif words:
            self.leave("texts around the map", "captions, legends, headers and footers are not kept")

    def _looks(self, word: str, rest: str) -> None:
        """What a statement says of nodes that are named elsewhere."""
        if word == "click" and (click := _CLICK.match(rest)) and (click["url"] or click["tip"]):
            node = self.nodes.setdefault(click["id"], _Node())
            node.url, node.note = click["url"] or "", click["tip"] or ""
        elif word == "style" and (fill := _FILL.match(rest)):
            for name in fill["ids"].split(","):
                if name in self.nodes:
                    self.nodes[name].colour = fill["colour"]
        elif word == "class" and (classed := _CLASSED.match(rest)):
            for name in re.split(r"[ \t]*,[ \t]*", classed["ids"]):
                if name in self.nodes:
                    self.nodes[name].classes[classed["name"]] = None
        else:
            self.leave("settings", "lines that set styles and sizes are not kept")

    # --- subgraphs --------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        rest = self._taken(_REST).strip()
        found = _SUBGRAPH.match(rest)
        name, title = (found["id"], found["title"]) if found else (rest, rest)
        check_depth(self.name, len(self.open))
        self.open.append(_Subgraph(name.strip('"'), visible(title)))

    def _close(self) -> None:
        group = self.open.pop()
        group.inside += [name for name in group.mentioned if name not in self.owned]
        self.owned.update(group.inside)
        self.closed.append(group)
        self.shared += len(group.inside)
        if self.shared > MAX_GROUPED:
            raise InputRefused(self.name, f"subgraphs hold more than {MAX_GROUPED:,} nodes in all")
        if self.open:
            self.open[-1].inside += group.inside

    # --- topics -----------------------------------------------------------------------------------------------------

    def _topics(self) -> None:
        titles = {group.name: group.title for group in self.closed}
        for name, node in self.nodes.items():
            self._topic(name, node, titles.get(name))
        for group in self.closed:
            self.group((name for name in group.inside if name != group.name), group.title)

    def _topic(self, name: str, node: _Node, group: str | None) -> None:
        """A box; one that is named as a subgraph, for an arrow leads there, bears its title."""
        label = visible(node.label if node.label is not None else name if group is None else group)
        icons = list(self._icons(label))
        topic = self.node(name, _ICON.sub("", label) if icons else label)
        topic.icons = icons
        topic.style = {k: v for k, v in (("shape", node.shape), ("background", node.colour)) if v}
        topic.attributes = {k: v for k, v in (("class", " ".join(node.classes)), ("type", group and "group")) if v}
        topic.links = [node.url] if node.url else []
        topic.note = node.note

    @staticmethod
    def _icons(label: str) -> Iterator[str]:
        return (found["icon"] for found in _ICON.finditer(label))


READER = MermaidFlowReader()
