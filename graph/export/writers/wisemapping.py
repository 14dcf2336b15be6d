"""WiseMapping and Framindmap maps (.wxml)."""

from __future__ import annotations

from graph.export.fit import Fitting
from graph.export.holds import holds, number_id
from graph.export.htmltext import defused
from graph.export.registry import MapWriter
from graph.export.xmltext import start, visits
from graph.outline import Outline, Topic

_APART = 60


def _adapt(fitting: Fitting) -> None:
    """One centre; every other root floats."""
    for root in fitting.outline.roots[1:]:
        if root.kind != "floating":
            fitting.leave("roots", "every root but the first floats here")
            root.kind = "floating"


def _render(outline: Outline) -> bytes:
    out = [start("map", {"name": outline.title or "Carte", "version": "tango"}) + "\n"]
    order: dict[int, int] = {}
    for topic, level, opening in visits(outline.roots):
        if opening:
            order |= {id(child): n for n, child in enumerate(topic.children)}
            out.append(_opening(topic, level, order.get(id(topic), 0), first=len(out) == 1))
        else:
            out.append("</topic>\n")
    for link in outline.cross_links:
        out.append(
            start(
                "relationship",
                {
                    "srcTopicId": link.from_id, "destTopicId": link.to_id, "lineType": "3",
                    "startArrow": str(link.direction in {"backward", "both"}).lower(),
                    "endArrow": str(link.direction in {"forward", "both"}).lower(),
                },
                empty=True,
            )
            + "\n"
        )  # fmt: skip
    out.append("</map>\n")
    return "".join(out).encode()


def _opening(topic: Topic, level: int, order: int, *, first: bool) -> str:
    attributes: dict[str, object] = {"central": "true"} if first else {}
    attributes |= {"text": defused(topic.label), "id": topic.id, "bgColor": topic.style.get("background")}
    if topic.position:
        attributes["position"] = f"{topic.position['x']},{topic.position['y']}"
    elif not first:
        attributes["position"] = f"{200 * (level - 1) or 400},{order * _APART}"
    if level > 1:
        attributes["order"] = order
    attributes["shrink"] = "true" if topic.folded else None
    parts = [start("topic", attributes)]
    parts += [start("icon", {"id": icon}, empty=True) for icon in topic.icons]
    parts += [start("link", {"url": topic.links[0], "urlType": "url"}, empty=True)] if topic.links else []
    parts += [f"<note><![CDATA[{defused(topic.note).replace(']]>', ']]]]><![CDATA[>')}]]></note>"] if topic.note else []
    return "\n".join(parts) + "\n"


WRITER = MapWriter(
    "wisemapping",
    "WiseMapping, Framindmap (.wxml)",
    (".wxml",),
    holds(
        "notes", "links", "icons", "floating topics", "folded state", "positions", "colours", "relations",
        "relation directions", styles=frozenset({"background"}), one_link=True, floating_roots=True, ids=number_id,
    ),
    _render,
    _adapt,
)  # fmt: skip
