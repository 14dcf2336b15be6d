"""The outline itself, as `ingest outline --json` prints it: the format that holds everything."""

from __future__ import annotations

from graph.export.holds import PARTS, holds
from graph.export.jsontext import deep_json
from graph.export.registry import MapWriter
from graph.outline import Outline, outline_data


def _render(outline: Outline) -> bytes:
    data = {"source": {"title": outline.title}, "kind": outline.kind, **outline_data(outline)}
    data["ledger"] = {"found": {}, "kept": {}, "left_out": []}
    return (deep_json(data) + "\n").encode()


WRITER = MapWriter(
    "json-tree",
    "JSON (.json)",
    (".json",),
    holds(*(part for part in PARTS), styles=frozenset({"background", "text", "edge", "shape"})),
    _render,
    also_loses=("colours that are no #rrggbb",),
)
