"""Two tables: FILE.csv with the things, FILE-links.csv with their links. UTF-8 with a mark, as spreadsheets want."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.export.cells import safe_cell
from graph.export.selection import Selection, stated

THING_COLUMNS = ("id", "kind", "label", "aliases", "attributes", "evidence", "sources", "quote")
LINK_COLUMNS = ("from", "from_label", "type", "to", "to_label", "passages", "confidence", "source", "quote")


def write(selection: Selection, path: Path) -> list[Path]:
    """Write both tables; returns their paths."""
    links = path.with_name(f"{path.stem}-links{path.suffix}")
    write_table(path, THING_COLUMNS, _things(selection))
    write_table(links, LINK_COLUMNS, _links(selection))
    return [path, links]


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as spreadsheets and statistics programs read it; no cell is calculated."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def _things(selection: Selection) -> Iterator[Sequence[object]]:
    for t in selection.things():
        attributes = json.dumps(dict(t.attributes), ensure_ascii=False) if t.attributes else ""
        counts = (t.evidence_count, t.source_count)
        yield (t.id, t.kind, t.label, " | ".join(t.aliases), attributes, *counts, selection.quote(t))


def _links(selection: Selection) -> Iterator[Sequence[object]]:
    for link in selection.links():
        ends = selection.store.things([link.a, link.b])
        labels = {link.a: ends[link.a].label, link.b: ends[link.b].label}
        reason = selection.reason(link)
        said = (reason.source, reason.quote) if reason else ("", "")
        for a, name, b in stated(link):
            yield (a, labels[a], name, b, labels[b], link.passages, link.confidence, *said)
