"""MindMup maps, format version 3: ideas by rank."""

from __future__ import annotations

from typing import Any

from graph.export.holds import holds, number_id
from graph.export.jsontext import deep_json
from graph.export.registry import MapWriter
from graph.export.xmltext import visits
from graph.outline import CrossLink, Outline, Topic

_ARROW = {"forward": "to", "backward": "from", "both": "both"}


def _render(outline: Outline) -> bytes:
    made: dict[int, dict[str, Any]] = {}
    for topic, _, opening in visits(outline.roots):
        if opening:
            made[id(topic)] = _idea(topic)
        elif topic.children:
            made[id(topic)]["ideas"] = _ranked(topic.children, made)
    whole: dict[str, Any] = {"formatVersion": 3, "id": "root", "title": outline.title, "attr": {}}
    whole["ideas"] = _ranked(outline.roots, made)
    whole["links"] = [_link(link) for link in outline.cross_links]
    return (deep_json(whole) + "\n").encode()


def _ranked(topics: list[Topic], made: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {str(rank): made[id(topic)] for rank, topic in enumerate(topics, 1)}


def _idea(topic: Topic) -> dict[str, Any]:
    attr: dict[str, Any] = {}
    attr |= {"note": {"index": 1, "text": topic.note}} if topic.note else {}
    attr |= {"collapsed": True} if topic.folded else {}
    attr |= {"style": {"background": topic.style["background"]}} if "background" in topic.style else {}
    attr |= {"url": topic.links[0]} if topic.links else {}
    attr |= {"position": [topic.position["x"], topic.position["y"], 1]} if topic.position else {}
    return {"id": int(topic.id), "title": topic.label} | ({"attr": attr} if attr else {})


def _link(link: CrossLink) -> dict[str, Any]:
    style: dict[str, Any] = {"color": "#707070", "lineStyle": "dashed"}
    style["arrow"] = _ARROW.get(link.direction, False)
    style |= {"label": link.label} if link.label else {}
    return {"ideaIdFrom": int(link.from_id), "ideaIdTo": int(link.to_id), "attr": {"style": style}}


WRITER = MapWriter(
    "mindmup",
    "MindMup (.mup)",
    (".mup",),
    holds(
        "notes", "links", "folded state", "positions", "colours", "relations",
        "relation labels", "relation directions",
        styles=frozenset({"background"}), one_link=True, ids=number_id,
    ),
    _render,
)  # fmt: skip
