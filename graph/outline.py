"""A mind map as such: what every map reader gives and every map writer takes, whatever the format. Stdlib only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

_FIELDS = (
    "id", "label", "note", "details", "links", "icons", "tags", "attributes", "kind", "folded", "position", "dates",
    "style", "author", "sheet",
)  # fmt: skip
_values = attrgetter(*_FIELDS)


@dataclass(slots=True)
class Topic:
    """A node of a mind map, as `ingest outline` prints it. `kind`: topic, floating, summary, callout.

    `label`, `note` and `details` are plain text; a label is one line. `style` holds colours and shape ("background",
    "text", "edge", "shape"). `author` is personal data. `sheet` is the title of the sheet, on its roots only.
    """

    id: str
    label: str
    note: str = ""
    details: str = ""
    links: list[str] = field(default_factory=list)
    icons: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    kind: str = "topic"
    folded: bool = False
    position: Any = None
    dates: dict[str, str] = field(default_factory=dict)
    style: dict[str, str] = field(default_factory=dict)
    author: str = ""
    sheet: str = ""
    confidence: float = 1.0
    children: list[Topic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CrossLink:
    """A relation that a map draws between two topics. `direction`: "none", "forward", "backward", "both"."""

    from_id: str
    to_id: str
    label: str = ""
    direction: str = "forward"


@dataclass(frozen=True, slots=True)
class Boundary:
    """A line drawn around topics, with its title where it has one."""

    topics: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not kept: `what` it is, `where` it stands, how many, and why. Never silent."""

    what: str
    where: str
    count: int
    why: str


@dataclass(slots=True)
class Outline:
    """Trees of topics and the relations between them. `kind`: "tree", or "graph" where every node is a root."""

    roots: list[Topic]
    cross_links: list[CrossLink] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    title: str = ""
    kind: str = "tree"

    def walk(self) -> Iterator[tuple[Topic, Topic | None, int]]:
        """Every topic in the order of the map, with its parent and its level (1 for a root); no recursion."""
        stack: list[tuple[Topic, Topic | None, int]] = [(root, None, 1) for root in reversed(self.roots)]
        while stack:
            topic, parent, level = stack.pop()
            yield topic, parent, level
            if topic.children:
                stack += [(child, topic, level + 1) for child in reversed(topic.children)]


def outline_data(outline: Outline) -> dict[str, Any]:
    """Trees, relations and boundaries as plain data: the JSON of design.md, section 4, without source and ledger."""
    labels = {topic.id: topic.label for topic, _, _ in outline.walk()} if outline.cross_links else {}
    links = [x for x in outline.cross_links if x.from_id in labels and x.to_id in labels]
    return {
        "roots": _nodes(outline.roots),
        "cross_links": [[labels[x.from_id], labels[x.to_id], x.label or None] for x in links],
        "relations": [
            {"from_id": x.from_id, "to_id": x.to_id, "label": x.label, "direction": x.direction} for x in links
        ],
        "boundaries": [{"topics": list(x.topics), "label": x.label} for x in outline.boundaries],
    }


def _nodes(roots: list[Topic]) -> list[dict[str, Any]]:
    top: list[dict[str, Any]] = []
    stack = [(root, top) for root in reversed(roots)]
    while stack:
        topic, siblings = stack.pop()
        node: dict[str, Any] = dict(zip(_FIELDS, _values(topic), strict=True))
        if topic.confidence < 1:
            node["parent_confidence"] = topic.confidence
        below: list[dict[str, Any]] = []
        node["children"] = below
        siblings.append(node)
        if topic.children:
            stack += [(child, below) for child in reversed(topic.children)]
    return top
