"""What was missed and what was wrong, by class and by the rule that gave it: people, stakeholders, groups, sections,
events, resources.

Run: ``python -m tests.quality.who_errors DOCS GOLD [--totals] [--model]``. DOCS holds documents, GOLD a ``<stem>.json``
for each. ``--totals`` prints counts by class alone (for documents kept aside), ``--model`` parses with spaCy.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graph.text import key
from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.reading import Reading
from ingest.registry import read_document

Item = dict[str, Any]
CLASSES = ("people", "stakeholders", "groups", "sections", "events", "resources")


def given(reading: Reading, what: str) -> list[Item]:
    """The findings of one class as {"names", "rule"}."""
    if what in {"stakeholders", "groups"}:
        return [
            {
                "names": {key(n) for n in (s.name, *s.aliases)},
                "show": s.name,
                "kind": s.kind,
                "rule": s.mentions[0].rule,
            }
            for s in reading.stakeholders
            if (s.kind == "group") == (what == "groups")
        ]
    if what == "people":
        return [{"names": {_bag(a.name)}, "show": a.name, "rule": a.at.rule} for a in reading.attendees]
    if what == "sections":
        return [{"names": {key(s.title)}, "show": s.title, "rule": "sections"} for s in reading.sections]
    if what == "events":
        return [{"names": {e.date}, "show": f"{e.date} {e.name}", "rule": e.at.rule} for e in reading.events]
    return [{"names": {r.url or key(r.title)}, "show": r.url or r.title, "rule": r.at.rule} for r in reading.resources]


def asked(gold: Item, what: str) -> list[Item]:
    """The gold of one class in the same shape; `optional` is neither asked for nor held against."""
    if what in {"stakeholders", "groups"}:
        rows = [s for s in gold.get("stakeholders", []) if (s["kind"] == "group") == (what == "groups")]
        return [_asked(s, {key(n) for n in (s["name"], *s.get("aliases", ()))}, s["name"]) for s in rows]
    names: dict[str, Callable[[Item], str]] = {
        "people": lambda p: _bag(p["name"]),
        "sections": lambda s: key(s["title"]),
        "events": lambda e: e["date"],
        "resources": lambda r: r.get("url") or key(r.get("title") or ""),
    }
    return [_asked(x, {names[what](x)}, str(names[what](x))) for x in gold.get(what, [])]


def _asked(item: Item, names: set[str], show: str) -> Item:
    return {"names": names, "show": show, "kind": item.get("kind"), "optional": item.get("optional", False)}


def _bag(name: str) -> str:
    return " ".join(sorted(key(name).split()))


def compare(found: list[Item], gold: list[Item]) -> Iterator[tuple[str, Item]]:
    """("hit" | "missed" | "wrong" | "kind" | "free", item): pairs share a name, one to one."""
    left = list(gold)
    for item in found:
        match = next((g for g in left if g["names"] & item["names"]), None)
        if match is None:
            yield "wrong", item
            continue
        left.remove(match)
        if match["optional"]:
            yield "free", item
        else:
            yield "hit", item
            if match["kind"] not in {None, item.get("kind")}:
                yield "kind", {**item, "show": f"{item['show']} ({item['kind']}, not {match['kind']})"}
    yield from (("missed", g) for g in left if not g["optional"])


def main(docs: Path, golds: Path, *, totals: bool, model: bool) -> None:
    """Print each class with its counts, then (unless `totals`) its errors, document by document."""
    counts: dict[str, Counter[str]] = {what: Counter() for what in CLASSES}
    lines: dict[str, list[str]] = {what: [] for what in CLASSES}
    for path in sorted(docs.iterdir()):
        gold = golds / f"{path.stem}.json"
        if not gold.is_file():
            continue
        document = read_document(RawFile(path.name, path.read_bytes()))
        reading = extract(document, nlp.analyse(document) if model else {})
        wanted = json.loads(gold.read_text("utf-8"))
        for what in CLASSES:
            for verdict, item in compare(given(reading, what), asked(wanted, what)):
                counts[what][verdict] += 1
                if verdict in {"missed", "wrong", "kind"}:
                    lines[what].append(
                        f"  {verdict:6} {path.stem:24.24} {item.get('rule', ''):28} {item['show'][:90]!r}"
                    )
    for what in CLASSES:
        n = counts[what]
        asked_for, offered = n["hit"] + n["missed"], n["hit"] + n["wrong"]
        f1 = 2 * n["hit"] / (asked_for + offered) if asked_for + offered else 1.0
        print(f"{what:13} F1 {f1:.3f}  hit {n['hit']}  missed {n['missed']}  wrong {n['wrong']}  kind {n['kind']}")
        if not totals:
            print("\n".join(lines[what]))


if __name__ == "__main__":
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    main(folders[0], folders[1], totals="--totals" in sys.argv, model="--model" in sys.argv)
