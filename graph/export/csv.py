"""Two tables: FILE.csv with the things, FILE-links.csv with their links. UTF-8 with a mark, as spreadsheets want."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.export import every_link, every_thing
from graph.export.cells import safe_cell
from graph.model import Filter
from graph.store.base import Store

THING_COLUMNS = ("id", "kind", "label", "aliases", "attributes", "evidence", "sources", "quote")
LINK_COLUMNS = ("from", "from_label", "type", "to", "to_label", "passages", "confidence", "source", "quote")


def write(store: Store, path: Path, where: Filter) -> list[Path]:
    """Write both tables; returns their paths."""
    links = path.with_name(f"{path.stem}-links{path.suffix}")
    _table(path, THING_COLUMNS, _things(store, where))
    _table(links, LINK_COLUMNS, _links(store, where))
    return [path, links]


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def _things(store: Store, where: Filter) -> Iterator[Sequence[object]]:
    for t in every_thing(store, where):
        quote = next((m.quote for m in store.evidence(t.id, where, limit=1)), "")
        attributes = json.dumps(dict(t.attributes), ensure_ascii=False) if t.attributes else ""
        yield (t.id, t.kind, t.label, " | ".join(t.aliases), attributes, t.evidence_count, t.source_count, quote)


def _links(store: Store, where: Filter) -> Iterator[Sequence[object]]:
    for link in every_link(store, where):
        ends = store.things([link.a, link.b])
        reason = next(iter(store.why(link.a, link.b, where, limit=1)), None)
        said = (reason.source, reason.quote) if reason else ("", "")
        for type_ in link.types or ("mentions",):
            a, b = (link.b, link.a) if type_.startswith("-") else (link.a, link.b)
            name = type_.removeprefix("-")
            yield (a, ends[a].label, name, b, ends[b].label, link.passages, link.confidence, *said)
