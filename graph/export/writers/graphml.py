"""GraphML of a map, as yEd, Gephi and networkx read it: topics as nodes, the tree and the relations as edges."""

from __future__ import annotations

from collections.abc import Container, Iterator

from graph.export.fit import Fitting, free_key
from graph.export.holds import holds
from graph.export.registry import MapWriter
from graph.export.xmltext import PROLOGUE, start, text
from graph.outline import Outline, Topic

_OWN = ("label", "note", "url", "x", "y")
_MOVED = ("details", "icons", "tags", "dates", "sheets")


def adapt_graph(fitting: Fitting, form: str, taken: Container[str]) -> None:
    """Fields without a place of their own become attributes; the tree becomes edges.

    An attribute whose name is `taken` by the format `form`, or blank, gets another name.
    """
    for topic, _, _ in fitting.outline.walk():
        if topic.dates:
            topic.attributes |= {f"date {key}": day for key, day in topic.dates.items()}
            fitting.leave("dates", "written as attributes", len(topic.dates))
            topic.dates = {}
    fitting.as_attributes([part for part in _MOVED if part != "dates"])
    edges = sum(parent is not None for _, parent, _ in fitting.outline.walk())
    fitting.leave("tree", "drawn as edges from a topic to those below it", edges)
    for topic, _, _ in fitting.outline.walk():
        for key in [k for k in topic.attributes if k.lower() in taken or not k.strip()]:
            fitting.leave("attributes", f"this name means something else in {form}: written with a _ behind it")
            topic.attributes[free_key(topic.attributes, f"{key}_")] = topic.attributes.pop(key)


def _adapt(fitting: Fitting) -> None:
    adapt_graph(fitting, "GraphML", {*_OWN, "name", "tooltip", "description", "notes"})


def _render(outline: Outline) -> bytes:
    names = dict.fromkeys(name for topic, _, _ in outline.walk() for name in topic.attributes)
    keys = {name: f"d{number}" for number, name in enumerate((*_OWN, *names))}
    out = [PROLOGUE, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n']
    for name, key in keys.items():
        kind = "double" if name in {"x", "y"} and key in {"d3", "d4"} else "string"
        out.append(start("key", {"id": key, "for": "node", "attr.name": name, "attr.type": kind}, empty=True) + "\n")
    out.append('<key id="e0" for="edge" attr.name="label" attr.type="string"/>\n')
    out.append('<graph id="G" edgedefault="directed">\n')
    for topic, _, _ in outline.walk():
        data = "".join(
            f'<data key="{keys[name]}">{text(value)}</data>' for name, value in _values(topic) if value != ""
        )
        out.append(f"{start('node', {'id': topic.id})}{data}</node>\n")
    for source, target, label, directed in _edges(outline):
        ends = {"source": source, "target": target, "directed": None if directed else "false"}
        inside = f'<data key="e0">{text(label)}</data>' if label else ""
        out.append(f"{start('edge', ends)}{inside}</edge>\n")
    out.append("</graph>\n</graphml>\n")
    return "".join(out).encode()


def _values(topic: Topic) -> Iterator[tuple[str, object]]:
    yield "label", topic.label
    yield "note", topic.note
    yield "url", topic.links[0] if topic.links else ""
    if topic.position:
        yield from ((axis, topic.position[axis]) for axis in ("x", "y"))
    yield from topic.attributes.items()


def _edges(outline: Outline) -> Iterator[tuple[str, str, str, bool]]:
    for topic, parent, _ in outline.walk():
        if parent is not None:
            yield parent.id, topic.id, "", True
    for link in outline.cross_links:
        yield link.from_id, link.to_id, link.label, link.direction != "none"


WRITER = MapWriter(
    "graphml",
    "GraphML (.graphml)",
    (".graphml",),
    holds(
        "notes", "details", "links", "icons", "tags", "attributes", "positions", "dates", "sheets", "relations",
        "relation labels", "relation directions",
        directions=frozenset({"forward", "none"}), one_link=True, blank="…",
    ),
    _render,
    _adapt,
    ("tree (drawn as edges)",),
)  # fmt: skip
