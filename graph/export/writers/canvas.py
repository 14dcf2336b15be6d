"""JSON Canvas 1.0 (Obsidian): cards on a plane, the tree drawn as edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.htmltext import JOINER
from graph.export.jsontext import deep_json
from graph.export.registry import MapWriter
from graph.export.tidy import places
from graph.outline import CrossLink, Outline, Topic

_WIDTH, _LINE, _PADDING = 280, 24, 32
_CHARS = 34  # of one line of a card
# Where a mark of Markdown or HTML begins that would load, link or reshape something.
_MARKS = re.compile(
    r"(?<=!)(?=\[)|(?<=\[)(?=\[)|(?<=\])(?=\()|(?<=<)(?=[A-Za-z/!?%])|(?<=`)(?=``|=|\$)|(?<=\$)(?=\S)|(?<=%)(?=%)"
    r"|^(?=#{1,6}\s|[-+*>]\s|\d+[.)]\s|[-=_*]{3,}|\||~~~)"
)


def _adapt(fitting: Fitting) -> None:
    """What a card says beside its label stands below it; the tree becomes edges."""
    places = [topic.position for topic, _, _ in fitting.outline.walk()]
    if not all(places):
        fitting.leave("positions", "not every topic has one: the map is laid out anew", sum(map(bool, places)))
        for topic, _, _ in fitting.outline.walk():
            topic.position = None
    edges = 0
    for topic, parent, _ in fitting.outline.walk():
        edges += parent is not None
        for part, here in (("notes", topic.note), ("details", topic.details), ("links", topic.links)):
            if here:
                count = len(here) if isinstance(here, list) else 1
                fitting.leave(part, "a card has one text: they stand below its label", count)
    fitting.leave("tree", "drawn as edges from a topic to those below it", edges)


def _render(outline: Outline) -> bytes:
    given = all(topic.position for topic, _, _ in outline.walk())
    laid = {} if given else places(outline, _WIDTH + 120, 3 * _LINE + _PADDING)
    nodes = []
    for topic, _, _ in outline.walk():
        text = _card(topic)
        lines = sum(1 + len(line) // _CHARS for line in text.split("\n"))
        x, y = (topic.position["x"], topic.position["y"]) if given else laid[topic.id]
        node = {"id": topic.id, "type": "text", "text": text, "x": round(x), "y": round(y)}
        node |= {"width": _WIDTH, "height": _PADDING + lines * _LINE}
        nodes.append(node | ({"color": topic.style["background"]} if "background" in topic.style else {}))
    return (deep_json({"nodes": nodes, "edges": list(_edges(outline))}) + "\n").encode()


def _card(topic: Topic) -> str:
    lines = [topic.label, *topic.details.split("\n"), *topic.note.split("\n")]
    shown = [_MARKS.sub(JOINER, lines[0]), *(_MARKS.sub(JOINER, line) for line in lines[1:] if line)]
    return "\n\n".join((*shown, *(_MARKS.sub(JOINER, link) for link in topic.links)))


def _edges(outline: Outline) -> Iterator[dict[str, Any]]:
    for topic, parent, _ in outline.walk():
        if parent is not None:
            ends = {"fromNode": parent.id, "fromSide": "right", "toNode": topic.id, "toSide": "left"}
            yield {"id": f"tree-{topic.id}", **ends, "toEnd": "none"}
    for number, link in enumerate(outline.cross_links):
        yield {"id": f"relation-{number}", **_relation(link)}


def _relation(link: CrossLink) -> dict[str, Any]:
    ends = {
        "fromNode": link.from_id,
        "fromEnd": "arrow" if link.direction in {"backward", "both"} else "none",
        "toNode": link.to_id,
        "toEnd": "arrow" if link.direction in {"forward", "both"} else "none",
    }
    return ends | ({"label": link.label} if link.label else {})


WRITER = MapWriter(
    "canvas",
    "JSON Canvas, Obsidian (.canvas)",
    (".canvas",),
    holds(
        "notes", "details", "links", "positions", "colours", "relations", "relation labels", "relation directions",
        styles=frozenset({"background"}),
    ),
    _render,
    _adapt,
    ("tree (drawn as edges)",),
)  # fmt: skip
