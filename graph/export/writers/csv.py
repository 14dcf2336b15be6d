"""A table of a map, one row per topic under the id of its parent. UTF-8 with a mark, as spreadsheets want."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator

from graph.export.cells import safe_cell
from graph.export.fit import Fitting
from graph.export.holds import holds
from graph.export.jsontext import deep_json
from graph.export.registry import MapWriter
from graph.outline import Outline

COLUMNS = (
    "id", "parent", "label", "note", "details", "links", "icons", "tags", "attributes", "kind", "folded", "dates",
    "sheet", "relations",
)  # fmt: skip
_ARROWS = {"none": "—", "forward": "→", "backward": "←", "both": "↔"}


def _adapt(fitting: Fitting) -> None:
    links = fitting.outline.cross_links
    fitting.leave("relations", "written as words in a column", len(links))
    fitting.leave("relation labels", "written as words in a column", sum(bool(x.label) for x in links))


def _render(outline: Outline) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([safe_cell(cell) for cell in row] for row in _rows(outline))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _rows(outline: Outline) -> Iterator[tuple[str, ...]]:
    labels = {topic.id: topic.label for topic, _, _ in outline.walk()}
    said: dict[str, list[str]] = defaultdict(list)
    for link in outline.cross_links:
        arrow = _ARROWS.get(link.direction, "→")
        said[link.from_id].append(f"{link.label} {arrow} {labels[link.to_id]}".strip())
    for topic, parent, _ in outline.walk():
        yield (
            topic.id, parent.id if parent else "", topic.label, topic.note, topic.details, "\n".join(topic.links),
            "\n".join(topic.icons), "\n".join(topic.tags), _data(topic.attributes), topic.kind,
            "true" if topic.folded else "", _data(topic.dates), topic.sheet, "\n".join(said[topic.id]),
        )  # fmt: skip


def _data(values: dict[str, str]) -> str:
    return deep_json(values) if values else ""


WRITER = MapWriter(
    "csv",
    "CSV (.csv)",
    (".csv",),
    holds(
        "notes", "details", "links", "icons", "tags", "attributes", "floating topics", "summaries", "callouts",
        "folded state", "dates", "sheets", "relations", "relation labels", "relation directions",
    ),
    _render,
    _adapt,
)  # fmt: skip
