"""Precision and recall of statements against gold spans, for the floors of `tests/quality`.

Two spans match when they overlap by half of their union, or when one lies in the other with 40 % of its length.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.registry import read_document

HERE = Path(__file__).parent
FIELDS = {"proposal": "proposals", "question": "questions", "finding": "findings", "action": "actions_done"}


def documents(prefix: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every practice document whose name begins so, with its gold."""
    for gold in sorted((HERE / "gold").glob(f"{prefix}*.json")):
        path = next(p for p in (HERE / "docs").iterdir() if p.stem == gold.stem)
        yield path, json.loads(gold.read_text("utf-8"))


def counts(path: Path, gold: dict[str, Any], *, model: bool) -> dict[str, tuple[int, int, int]]:
    """For each field (matched, given, asked); optional gold is neither asked for nor held against."""
    document = read_document(RawFile(path.name, path.read_bytes()))
    reading = extract(document, nlp.analyse(document) if model else {})
    return {
        field: _count([(s.at.start, s.at.end) for s in reading.of_kind(kind)], gold[field])
        for kind, field in FIELDS.items()
    }


def f1(rows: list[tuple[int, int, int]]) -> float:
    """The pooled F1 of (matched, given, asked) rows."""
    matched, given, asked = (sum(column) for column in zip(*rows, strict=True))
    return 2 * matched / (given + asked) if given + asked else 1.0


def _count(given: list[tuple[int, int]], gold: list[dict[str, Any]]) -> tuple[int, int, int]:
    pairs = sorted(((_alike(g, x), i, j) for i, g in enumerate(given) for j, x in enumerate(gold)), reverse=True)
    used: set[int] = set()
    found: set[int] = set()
    free = 0
    for alike, i, j in pairs:
        if alike > 0 and i not in used and j not in found:
            used.add(i)
            found.add(j)
            free += _is_free(gold[j])
    return len(used) - free, len(given) - free, sum(not _is_free(x) for x in gold)


def _is_free(item: dict[str, Any]) -> bool:
    return bool(item.get("optional")) or item.get("kind") == "need"


def _alike(given: tuple[int, int], item: dict[str, Any]) -> float:
    inter = min(given[1], item["end"]) - max(given[0], item["start"])
    if inter <= 0:
        return 0.0
    short, long = sorted((given[1] - given[0], item["end"] - item["start"]))
    union = inter / (short + long - inter)
    inside = inter >= 0.95 * short and short >= 0.4 * long
    return union if union >= 0.5 or inside else 0.0
