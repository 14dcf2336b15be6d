"""GEXF 1.3 of a map, as Gephi reads it: topics as nodes, the tree and the relations as edges."""

from __future__ import annotations

from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.export.writers.graphml import adapt_graph
from graph.export.xmltext import PROLOGUE, start
from graph.outline import Outline, Topic

HEAD = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
_TYPES = {"none": "undirected", "both": "mutual"}
_NAMES = {"label", "name", "tooltip"}


def _adapt(fitting: Fitting) -> None:
    fitting.as_attributes(["notes", "links"])
    adapt_graph(fitting, "GEXF", _NAMES)


def _render(outline: Outline) -> bytes:
    names = dict.fromkeys(name for topic, _, _ in outline.walk() for name in topic.attributes)
    keys = {name: str(number) for number, name in enumerate(names)}
    out = [PROLOGUE, HEAD, '<graph mode="static" defaultedgetype="directed">\n', '<attributes class="node">\n']
    out += [
        start("attribute", {"id": k, "title": name, "type": "string"}, empty=True) + "\n" for name, k in keys.items()
    ]
    out.append("</attributes>\n<nodes>\n")
    out += [_node(topic, keys) for topic, _, _ in outline.walk()]
    out.append("</nodes>\n<edges>\n")
    number = 0
    for topic, parent, _ in outline.walk():
        if parent is not None:
            out.append(start("edge", {"id": number, "source": parent.id, "target": topic.id}, empty=True) + "\n")
            number += 1
    for link in outline.cross_links:
        edge = {"id": number, "source": link.from_id, "target": link.to_id, "type": _TYPES.get(link.direction)}
        out.append(start("edge", edge | ({"label": link.label} if link.label else {}), empty=True) + "\n")
        number += 1
    out.append("</edges>\n</graph>\n</gexf>\n")
    return "".join(out).encode()


def _node(topic: Topic, keys: dict[str, str]) -> str:
    parts = [start("node", {"id": topic.id, "label": topic.label})]
    if topic.attributes:
        values = (start("attvalue", {"for": keys[k], "value": v}, empty=True) for k, v in topic.attributes.items())
        parts.append(f"<attvalues>{''.join(values)}</attvalues>")
    if topic.position:
        parts.append(start("viz:position", {"x": topic.position["x"], "y": topic.position["y"]}, empty=True))
    if "background" in topic.style:
        parts.append(colour(topic.style["background"]))
    return "".join(parts) + "</node>\n"


def colour(code: str) -> str:
    """A #rrggbb colour, by its channels: every version of GEXF reads them.

    >>> colour("#ff8000")
    '<viz:color r="255" g="128" b="0"/>'
    """
    channels = {name: int(code[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}
    return start("viz:color", channels, empty=True)


WRITER = MapWriter(
    "gexf",
    "GEXF, Gephi (.gexf)",
    (".gexf",),
    holds(
        "notes", "details", "links", "icons", "tags", "attributes", "positions", "colours", "dates", "sheets",
        "relations", "relation labels", "relation directions",
        directions=frozenset({"forward", "none", "both"}), styles=frozenset({"background"}), blank="…",
    ),
    _render,
    _adapt,
    ("tree (drawn as edges)",),
)  # fmt: skip
