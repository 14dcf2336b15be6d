"""XMind 2020 and later: sheets of topics as JSON in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.jsontext import deep_json
from graph.export.registry import MapWriter
from graph.export.xmltext import visits
from graph.export.zipped import archive
from graph.outline import Boundary, CrossLink, Outline, Topic

_BRANCHES = (("attached", "topic"), ("summary", "summary"), ("callout", "callout"), ("detached", "floating"))
_RANK = {kind: n for n, (_, kind) in enumerate(_BRANCHES)}
_ASIDE = 320  # how far from the centre floating topics without a place begin
_APART = 90


def _adapt(fitting: Fitting) -> None:
    """Summaries stand for topics beside them; callouts come after topics; relations and frames stay within a sheet."""
    outline = fitting.outline
    for topic, _, _ in outline.walk():
        _adapt_children(topic, fitting)
    for root in outline.roots:
        if root.kind in {"summary", "callout"}:
            fitting.leave({"summary": "summaries", "callout": "callouts"}[root.kind], "no root can be one")
            root.kind = "topic"
    around = [root for roots in _sheets(outline) for root in roots[1:] if root.kind == "topic"]
    for root in around:
        root.kind = "floating"
    fitting.leave("roots", "every root but the first floats here", len(around))
    sheet_of = _sheet_of(outline)
    within = [x for x in outline.cross_links if sheet_of[x.from_id] == sheet_of[x.to_id]]
    fitting.leave("relations", "they lead to another sheet", len(outline.cross_links) - len(within))
    outline.cross_links = within
    frames = [b for b in outline.boundaries if _range(outline, b)]
    fitting.leave("boundaries", "their topics are not side by side", len(outline.boundaries) - len(frames))
    outline.boundaries = frames


def _adapt_children(topic: Topic, fitting: Fitting) -> None:
    if all(child.kind == "topic" for child in topic.children):
        return
    if all(child.kind != "topic" for child in topic.children):
        for child in topic.children:
            if child.kind == "summary":
                fitting.leave("summaries", "nothing beside them to sum up: written as plain topics")
                child.kind = "topic"
    in_order = sorted(topic.children, key=lambda child: _RANK[child.kind])
    moved = sum(a is not b for a, b in zip(topic.children, in_order, strict=True))
    fitting.leave("order", "summaries and callouts come after the topics beside them", moved)
    topic.children = in_order


def _sheets(outline: Outline) -> list[list[Topic]]:
    """The roots by sheet: a centre, then what floats around it. Roots that name no sheet are on the one before."""
    sheets: list[list[Topic]] = []
    for root in outline.roots:
        if sheets and not _opens(root, sheets[-1][0], outline.kind):
            sheets[-1].append(root)
        else:
            sheets.append([root])
    return sheets


def _opens(root: Topic, centre: Topic, kind: str) -> bool:
    """Whether a sheet begins at this root: in a tree each is the centre of one, a graph has many on each."""
    return root.kind != "floating" and root.sheet != "" and (kind == "tree" or root.sheet != centre.sheet)


def _sheet_of(outline: Outline) -> dict[str, int]:
    return {
        topic.id: number
        for number, roots in enumerate(_sheets(outline))
        for topic, _, opening in visits(roots)
        if opening
    }


def _range(outline: Outline, boundary: Boundary) -> tuple[str, str] | None:
    """The topic that a frame is written on and the range of its children, "master" for the topic itself."""
    if len(boundary.topics) == 1:
        return boundary.topics[0], "master"
    wanted = set(boundary.topics)
    for topic, parent, _ in outline.walk():
        if topic.id in wanted:
            beside = [c.id for c in parent.children if c.kind == "topic"] if parent else []
            places = sorted(beside.index(id_) for id_ in wanted) if wanted <= set(beside) else []
            if parent and places and places[-1] - places[0] == len(places) - 1:
                return parent.id, f"({places[0]},{places[-1]})"
            return None
    return None


def _render(outline: Outline) -> bytes:
    frames: dict[str, list[dict[str, Any]]] = {}
    for number, boundary in enumerate(outline.boundaries):
        if found := _range(outline, boundary):
            frame = {"id": f"boundary-{number}", "class": "boundary", "range": found[1], "title": boundary.label}
            frames.setdefault(found[0], []).append(frame)
    sheet_of = _sheet_of(outline)
    sheets = [
        _sheet(n, roots, [x for x in outline.cross_links if sheet_of[x.from_id] == n], frames)
        for n, roots in enumerate(_sheets(outline))
    ]
    members = {
        "content.json": sheets,
        "metadata.json": {"creator": {"name": "Maillage", "version": "1"}, "dataStructureVersion": "2"},
        "manifest.json": {"file-entries": {"content.json": {}, "metadata.json": {}}},
    }
    return archive({name: deep_json(value).encode() for name, value in members.items()})


def _sheet(
    number: int, roots: Sequence[Topic], links: Iterable[CrossLink], frames: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    made: dict[int, dict[str, Any]] = {}
    for topic, _, opening in visits(roots):
        if opening:
            made[id(topic)] = _topic(topic, frames.get(topic.id, []))
        elif topic.children:
            made[id(topic)]["children"] = _children(topic.children, made)
            _summaries(made[id(topic)], topic)
    centre = made[id(roots[0])] | {"structureClass": "org.xmind.ui.map.unbalanced"}
    if roots[1:]:
        floating = [made[id(root)] for root in roots[1:]]
        for n, aside in enumerate(floating):
            aside.setdefault("position", {"x": _ASIDE, "y": n * _APART})
        centre["children"] = {**centre.get("children", {}), "detached": floating}
    return {
        "id": f"sheet-{number + 1}",
        "class": "sheet",
        "title": roots[0].sheet or f"{number + 1}",
        "rootTopic": centre,
        "relationships": [
            {"id": f"relation-{number + 1}-{n}", "class": "relationship", "end1Id": link.from_id, "end2Id": link.to_id}
            | ({"title": link.label} if link.label else {})
            for n, link in enumerate(links)
        ],
    }


def _topic(topic: Topic, frames: list[dict[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {"id": topic.id, "class": "topic", "title": topic.label}
    link = topic.links[0] if topic.links else ""
    out |= {"href": f"xmind:{link}" if link.startswith("#") else link} if link else {}
    out |= {"notes": {"plain": {"content": topic.note}}} if topic.note else {}
    out |= {"labels": topic.tags} if topic.tags else {}
    out |= {"markers": [{"markerId": icon} for icon in topic.icons]} if topic.icons else {}
    out |= {"branch": "folded"} if topic.folded else {}
    out |= {"position": topic.position} if topic.position else {}
    return out | ({"boundaries": frames} if frames else {})


def _children(children: Sequence[Topic], made: dict[int, dict[str, Any]]) -> dict[str, Any]:
    groups = {key: [made[id(c)] for c in children if c.kind == kind] for key, kind in _BRANCHES}
    return {key: group for key, group in groups.items() if group}


def _summaries(out: dict[str, Any], topic: Topic) -> None:
    """A summary topic sums up all that is beside it."""
    last = sum(child.kind == "topic" for child in topic.children) - 1
    found = [child.id for child in topic.children if child.kind == "summary"]
    if found:
        out["summaries"] = [
            {"id": f"summary-{id_}", "class": "summary", "range": f"(0,{last})", "topicId": id_} for id_ in found
        ]


WRITER = MapWriter(
    "xmind",
    "XMind (.xmind)",
    (".xmind",),
    holds(
        "notes", "links", "icons", "tags", "floating topics", "summaries", "callouts", "folded state", "positions",
        "sheets", "relations", "relation labels", "boundaries", one_link=True, floating_roots=True,
    ),
    _render,
    _adapt,
    ("relations between sheets",),
)  # fmt: skip
