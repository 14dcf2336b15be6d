"""GEXF 1.3, as Gephi reads it: the same nodes and edges as in GraphML, things coloured by kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.export.graphml import EDGE_KEYS, NODE_KEYS, edges, nodes, xml_safe
from graph.export.selection import Selection
from graph.export.writers.gexf import HEAD, colour
from graph.export.xmltext import PROLOGUE, start
from ontology import load

_TYPES = {"int": "integer"}


def write(selection: Selection, path: Path) -> list[Path]:
    """Write one directed graph; the type of a relation is its label, shared passages its weight."""
    kinds = load().kinds
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{PROLOGUE}{HEAD}<graph mode="static" defaultedgetype="directed">\n')
        for owner, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            titles = (
                start("attribute", {"id": k, "title": k, "type": _TYPES.get(t, t)}, empty=True) for k, t in keys.items()
            )
            file.write(f'<attributes class="{owner}">{"".join(titles)}</attributes>\n')
        file.write("<nodes>\n")
        for thing, values in nodes(selection):
            shown = colour(kinds[thing.kind].family.light)
            file.write(
                f"{start('node', {'id': thing.id, 'label': xml_safe(thing.label)})}{_values(values)}{shown}</node>\n"
            )
        file.write("</nodes>\n<edges>\n")
        for number, (a, b, values) in enumerate(edges(selection)):
            edge = {
                "id": number,
                "source": a,
                "target": b,
                "label": values["type"],
                "weight": max(int(str(values["passages"])), 1),
            }
            file.write(f"{start('edge', edge)}{_values(values)}</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")
    return [path]


def _values(values: Mapping[str, object]) -> str:
    given = (start("attvalue", {"for": k, "value": xml_safe(v)}, empty=True) for k, v in values.items())
    return f"<attvalues>{''.join(given)}</attvalues>"
