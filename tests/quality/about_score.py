"""Precision and recall of what a document is about (themes, figures, resources, meetings), for the floors.

Themes match when the words of a label or alias are the same, or share two thirds; figures by their numerals and place;
resources by address, else by title; meetings by their day. Gold themes that are minor, and optional items,
are not asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.text import key
from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.output import to_json
from ingest.registry import read_document

HERE = Path(__file__).parent
MEASURES = ("themes", "figures", "resources", "events")
NUMBER_WORDS = dict(
    zip(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(),
        map(str, range(1, 17)),
        strict=True,
    )
) | dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), map(str, range(1, 13)), strict=True)
)
Item = dict[str, Any]


def halves() -> tuple[list[str], list[str]]:
    """The practice documents tuned on (odd numbers) and reported on (even numbers)."""
    stems = sorted(p.stem for p in (HERE / "gold").glob("about_*.json"))
    return [s for s in stems if int(s.split("_")[1]) % 2], [s for s in stems if not int(s.split("_")[1]) % 2]


def read(stem: str, *, model: bool = True) -> Reading:
    """A practice document with every rule run over it."""
    path = next(p for p in (HERE / "docs").iterdir() if p.stem == stem)
    document = read_document(RawFile(path.name, path.read_bytes()))
    return extract(document, nlp.analyse(document) if model else {})


def gold_of(stem: str) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = json.loads((HERE / "gold" / f"{stem}.json").read_text("utf-8"))
    return found


def f1(stems: list[str], *, model: bool = True) -> dict[str, float]:
    """The pooled F1 of each measure over documents."""
    totals = {m: [0, 0, 0, 0] for m in MEASURES}
    for stem in stems:
        given, gold = to_json(read(stem, model=model), {}), gold_of(stem)
        for measure in MEASURES:
            for i, n in enumerate(counts(measure, given[measure], gold[measure])):
                totals[measure][i] += n
    return {m: _f1(*t) for m, t in totals.items()}


def counts(measure: str, given: list[Item], gold: list[Item]) -> tuple[int, int, int, int]:
    """(given and right, given, asked and found, asked)."""
    same = {"themes": _same_theme, "figures": _same_figure, "resources": _same_resource, "events": _same_day}[measure]
    pairs = _pairs(given, gold, same)
    free = {j for j, g in enumerate(gold) if g.get("optional") or (measure == "themes" and g["salience"] == "minor")}
    asked = [j for j in range(len(gold)) if j not in free]
    if measure == "themes":
        return len(pairs), len(given), sum(j in asked for _, j in pairs), len(asked)
    right = [j for _, j in pairs if j not in free]
    return len(right), len(given) - (len(pairs) - len(right)), len(right), len(asked)


def _pairs(given: list[Item], gold: list[Item], same: Callable[[Item, Item], bool]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for j, wanted in enumerate(gold):
        used = {i for i, _ in pairs}
        match = next((i for i, item in enumerate(given) if i not in used and same(item, wanted)), None)
        if match is not None:
            pairs.append((match, j))
    return pairs


def _f1(right: int, given: int, found: int, asked: int) -> float:
    precision, recall = right / given if given else 1.0, found / asked if asked else 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _same_theme(a: Item, b: Item) -> bool:
    sets_a, sets_b = ([set(key(n).split()) for n in (x["label"], *x["aliases"])] for x in (a, b))
    return any(len(x & y) / len(x | y) >= 2 / 3 for x in sets_a for y in sets_b)


def _same_figure(a: Item, b: Item) -> bool:
    near: bool = a["start"] <= b["end"] + 80 and b["start"] <= a["end"] + 80
    return near and _numerals(a["value"]) == _numerals(b["value"])


def _numerals(value: str) -> list[str]:
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f,.](?=\d{3}\b)", "", value.lower())
    spelled = [NUMBER_WORDS.get(w, w) for w in re.findall(r"\d+|[^\W\d]+", joined)]
    return [w for w in spelled if w.isdigit()] or [
        w for w in spelled if w in {"moitié", "tiers", "quart", "quarts", "half"}
    ]


def _same_resource(a: Item, b: Item) -> bool:
    if b["url"]:
        return str(a["url"] or "").rstrip("/") == str(b["url"]).rstrip("/")
    return key(a["title"]) == key(b["title"])


def _same_day(a: Item, b: Item) -> bool:
    return len(str(a["date"])) == 10 and a["date"] == b["date"]
