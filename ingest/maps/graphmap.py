"""What graph and board formats share: nodes that are all roots, edges as cross links, groups as boundaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from graph.errors import InputRefused
from graph.outline import Boundary, CrossLink, Topic
from ingest.bounds.limits import MAX_DEPTH, MAX_NODES, check_depth, check_nodes
from ingest.document import LeftOut, RawFile
from ingest.html.markup import clean
from ingest.maps.carried import MAX_TEXT, check_labels, check_text
from ingest.maps.maptree import MapContent, UniqueIds
from ingest.maps.treemap import MAX_REASONS
from ingest.rawcount import raw_counts

MAX_LINKS = 1_000_000
MAX_NAME = 1_000  # characters of the name of an attribute: every node repeats it
MAX_GROUPED = 500_000  # memberships, nested groups counted at every level

_ARROWS = {(False, False): "none", (False, True): "forward", (True, False): "backward", (True, True): "both"}


def arrows(start: bool, end: bool) -> str:
    """The direction of an edge with an arrow at its start, at its end, at both or at none."""
    return _ARROWS[start, end]


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class GraphReading:
    """One graph being read. Native ids are looked up within `scope`: a page, or a graph, of the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scope = 0
        self.topics: list[Topic] = []
        self._ids = UniqueIds()
        self._own: dict[tuple[int, str], str] = {}
        self._links: list[tuple[int, str, str, str, str]] = []
        self._groups: list[tuple[int, list[str], str]] = []
        self._grouped = 0
        self._length = 0  # characters of the labels
        self._told = 0  # characters of the labels of edges
        self._left: Counter[tuple[str, str]] = Counter()

    def node(self, native: str, label: str) -> Topic:
        """A new node, in the order of the file. Raises InputRefused for too many, or too much text."""
        self._length += len(label)
        if len(self.topics) > MAX_NODES or self._length > MAX_TEXT:
            check_nodes(self.name, len(self.topics))
            check_text(self.name, self._length)
        topic = Topic.bare(self._ids.take(native), clean(label))
        self._own.setdefault((self.scope, native), topic.id)
        self.topics.append(topic)
        return topic

    def link(self, source: str, target: str, label: str = "", direction: str = "forward") -> None:
        """An edge between two native ids, which may come later in the file."""
        if len(self._links) >= MAX_LINKS:
            raise InputRefused(self.name, f"more than {MAX_LINKS:,} edges")
        self._told += len(label)
        check_labels(self.name, self._told)
        self._links.append((self.scope, source, target, clean(label), direction))

    def group(self, members: Iterable[str], label: str = "") -> None:
        """Native ids that the file draws together. Too many memberships in all are told and left out."""
        kept = list(members)
        self._grouped += len(kept)
        if self._grouped > MAX_GROUPED:
            self.leave("boundaries", f"more than {MAX_GROUPED:,} memberships")
        elif not kept:
            self.leave("boundaries", "nothing stands in them")
        else:
            self._groups.append((self.scope, kept, clean(label)))

    def leave(self, what: str, why: str, count: int = 1) -> None:
        """Something of the file that is not kept, for the ledger."""
        if count and (what, why) not in self._left and len(self._left) >= MAX_REASONS:
            why = "and others"
        if count:
            self._left[what, why] += count

    def attribute_name(self, name: str) -> str:
        """The name that the file declares once for an attribute of its nodes, cut where it is endless."""
        if len(name) > MAX_NAME:
            self.leave("names of attributes", f"cut after {MAX_NAME:,} characters")
        return name[:MAX_NAME]

    def content(self, raw: RawFile, patterns: Sequence[tuple[str, bytes]], title: str = "") -> MapContent:
        """Everything read, edges resolved, with the ledger; `patterns` are those of ``raw_counts``."""
        content = MapContent(self.topics, list(self._resolved()), title=clean(title), kind="graph")
        content.boundaries = [b for b in (self._boundary(*group) for group in self._groups) if b.topics]
        content.ledger.found = raw_counts(raw.data, patterns)
        if self._ids.repeated and not self.scope:
            self.leave("ids", "repeated ids were made unique", self._ids.repeated)
        content.ledger.left_out = [LeftOut(what, "graph", n, why) for (what, why), n in self._left.items()]
        return content

    def _resolved(self) -> Iterable[CrossLink]:
        for scope, source, target, label, direction in self._links:
            start, end = self._own.get((scope, source)), self._own.get((scope, target))
            if start is None or end is None:
                self.leave("relations", "an end is missing or is no node")
            else:
                yield CrossLink(start, end, label, direction)

    def _boundary(self, scope: int, members: list[str], label: str) -> Boundary:
        return Boundary(tuple(self._own[scope, m] for m in members if (scope, m) in self._own), label)


def group_by_parent(reading: GraphReading, parents: dict[str, str], labels: dict[str, str]) -> None:
    """Groups told by the parent of each node: every ancestor draws together all that is below it.

    `parents`: native id to the native id of its group; `labels`: of the groups. Cycles end where they began.
    """
    members: dict[str, list[str]] = {}
    total = 0
    for child in parents:
        above, seen = parents.get(child), {child}
        while above is not None and above not in seen:
            check_depth(reading.name, len(seen))
            members.setdefault(above, []).append(child)
            seen.add(above)
            total += 1
            if total > MAX_GROUPED:
                reading.leave("boundaries", f"more than {MAX_GROUPED:,} memberships, nested to {MAX_DEPTH:,} levels")
                return
            above = parents.get(above)
    for group, below in members.items():
        reading.group(below, labels.get(group, ""))
