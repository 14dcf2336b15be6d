"""A mind map as such: what every map reader gives and every map writer takes, whatever the format. Stdlib only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any


@dataclass
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

    @staticmethod
    def bare(id_: str, label: str, kind: str = "topic") -> Topic:
        """A topic with nothing but its label: a map has thousands, and few of them carry more."""
        topic = _new(Topic)
        topic.id, topic.label, topic.kind, topic.children = id_, label, kind, []
        return topic

    @property
    def is_bare(self) -> bool:
        """Whether it is as `bare` makes it. A topic that was made otherwise, or asked for more, may not be."""
        return len(self.__dict__) == BARE


class _MadeOnFirstUse:
    """A list or dictionary of a topic, which most topics are never asked for."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self._name, self._make = name, make

    def __get__(self, topic: Topic | None, _: type[Topic]) -> Any:
        if topic is None:
            return self
        made = topic.__dict__[self._name] = self._make()
        return made


for _field in fields(Topic):
    if _field.default_factory is not MISSING:
        setattr(Topic, _field.name, _MadeOnFirstUse(_field.name, _field.default_factory))
_new = object.__new__
BARE = len(Topic.bare("", "").__dict__)


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


def outline_data(outline: Outline, written: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Trees, relations and boundaries as plain data: the JSON of design.md, section 4, without source and ledger.

    `written`: other labels for some topics, by their ids.
    """
    written = written or {}
    labels = {t.id: written.get(t.id, t.label) for t, _, _ in outline.walk()} if outline.cross_links else {}
    links = [x for x in outline.cross_links if x.from_id in labels and x.to_id in labels]
    return {
        "roots": _nodes(outline.roots, written),
        "cross_links": [[labels[x.from_id], labels[x.to_id], x.label or None] for x in links],
        "relations": [
            {"from_id": x.from_id, "to_id": x.to_id, "label": x.label, "direction": x.direction} for x in links
        ],
        "boundaries": [{"topics": list(x.topics), "label": x.label} for x in outline.boundaries],
    }


def _nodes(roots: list[Topic], written: Mapping[str, str]) -> list[dict[str, Any]]:
    top: list[dict[str, Any]] = []
    stack = [(root, top) for root in reversed(roots)]
    while stack:
        topic, siblings = stack.pop()
        node = _node(topic)
        if topic.id in written:
            node["label"] = written[topic.id]
        below: list[dict[str, Any]] = []
        node["children"] = below
        siblings.append(node)
        if topic.children:
            stack += [(child, below) for child in reversed(topic.children)]
    return top


def _node(topic: Topic) -> dict[str, Any]:
    """A topic as plain data, without what is below it: its fields in this order."""
    node: dict[str, Any] = {
        "id": topic.id, "label": topic.label, "note": "", "details": "", "links": [], "icons": [], "tags": [],
        "attributes": {}, "kind": topic.kind, "folded": False, "position": None, "dates": {}, "style": {},
        "author": "", "sheet": "",
    }  # fmt: skip
    if not topic.is_bare:
        node |= {name: value for name, value in vars(topic).items() if name in node}
        if topic.confidence < 1:
            node["parent_confidence"] = topic.confidence
    return node
