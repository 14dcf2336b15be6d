"""What is missed and what is wrong in documents with gold: by class, with the rule that read it and what it costs.

``python -m tests.quality.errors FOLDER...`` (each with docs/ and gold/). ``--only PREFIX`` takes some documents,
``--classes proposals,themes`` some classes; ``--totals`` prints no text, for documents that must stay unseen;
``--rules`` leaves the language model aside.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.text import key
from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.output import to_json
from ingest.registry import read_document
from tests.quality.about_score import _same_day, _same_figure, _same_resource, _same_theme
from tests.quality.span_score import _alike, _is_free

Item = dict[str, Any]
SPANS = ("proposals", "questions", "findings", "actions_done")
NAMED = ("stakeholders", "groups")  # both stand in the field "stakeholders", parted by their kind


def _shares_name(a: Item, b: Item) -> bool:
    return bool({key(n) for n in (a["name"], *a.get("aliases", ()))} & {key(n) for n in (b["name"], *b["aliases"])})


def _same_person(a: Item, b: Item) -> bool:
    return sorted(key(a["name"]).split()) == sorted(key(b["name"]).split())


def _same_title(a: Item, b: Item) -> bool:
    return key(a["title"]) == key(b["title"])


SAME: dict[str, Callable[[Item, Item], bool]] = {
    "stakeholders": _shares_name,
    "groups": _shares_name,
    "people": _same_person,
    "sections": _same_title,
    "themes": _same_theme,
    "figures": _same_figure,
    "resources": _same_resource,
    "events": _same_day,
}
CLASSES = (*SPANS, *SAME)


@dataclass
class Tally:
    """Counts of one class; `by_rule` is rule → (right, wrong)."""

    right: int = 0
    given: int = 0
    asked: int = 0
    found: int = 0
    kinds_wrong: int = 0
    by_rule: dict[str, list[int]] = field(default_factory=dict)
    links: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        precision = self.right / self.given if self.given else 1.0
        recall = self.found / self.asked if self.asked else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def cost(self) -> float:
        """About what one error costs, in points of F1."""
        return 100 / (self.given + self.asked) if self.given + self.asked else 0.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--only", default="")
    asked.add_argument("--classes", default=",".join(CLASSES))
    asked.add_argument("--totals", action="store_true")
    asked.add_argument("--rules", action="store_true")
    options = asked.parse_args()
    for folder in options.folders:
        tallies = {name: Tally() for name in options.classes.split(",")}
        for path, gold in _documents(folder, options.only):
            given = _read(path, model=not options.rules)
            for name, tally in tallies.items():
                if ("stakeholders" if name in NAMED else name) in gold:
                    lines = _compare(name, given, gold, tally)
                    if not options.totals:
                        print(*(f"{path.stem:22.22} {name:12} {line}" for line in lines), sep="\n")
        _print_totals(folder, tallies, rules=not options.totals)


def _documents(folder: Path, only: str) -> Iterator[tuple[Path, Item]]:
    for gold in sorted((folder / "gold").glob(f"{only}*.json")):
        path = next(p for p in (folder / "docs").iterdir() if p.stem == gold.stem)
        yield path, json.loads(gold.read_text("utf-8"))


def _read(path: Path, *, model: bool) -> Item:
    document = read_document(RawFile(path.name, path.read_bytes()))
    reading = extract(document, nlp.analyse(document) if model else {})
    rules = {s.id: s.mentions[0].rule for s in reading.stakeholders if s.mentions}
    rules |= {t.id: t.mentions[0].rule for t in reading.themes if t.mentions}
    given = to_json(reading, {}) | {"text": document.text}
    for item in (*given["stakeholders"], *given["themes"]):
        item["rule"] = rules.get(item["id"], "")
    return given


def _items(name: str, source: Item) -> list[Item]:
    """The items of one class, given or gold."""
    if name not in NAMED:
        return list(source[name])
    return [s for s in source["stakeholders"] if (s["kind"] == "group") == (name == "groups")]


def _compare(name: str, given: Item, gold: Item, tally: Tally) -> list[str]:
    """Add one document to the tally of a class; the lines to print."""
    mine, wanted = _items(name, given), _items(name, gold)
    pairs = _pairs(name, mine, wanted)
    free = {j for j, item in enumerate(wanted) if _is_free(item) or item.get("salience") == "minor"}
    forgiven = {i for i, j in pairs.items() if j in free and name != "themes"}
    tally.right += len(pairs) - len(forgiven)
    tally.given += len(mine) - len(forgiven)
    tally.found += sum(j not in free for j in pairs.values())
    tally.asked += len(wanted) - len(free)
    for i, item in enumerate(mine):
        if i not in forgiven:
            tally.by_rule.setdefault(str(item.get("rule", "")), [0, 0])[i not in pairs] += 1
    lines = [f"missed  {_shown(wanted[j], gold)}" for j in sorted(set(range(len(wanted))) - set(pairs.values()) - free)]
    lines += [
        f"wrong   {mine[i].get('rule', '')}  {_shown(mine[i], given)}" for i in range(len(mine)) if i not in pairs
    ]
    for i, j in pairs.items() if name == "stakeholders" else ():
        if mine[i]["kind"] not in wanted[j].get("kinds", [wanted[j]["kind"]]):
            tally.kinds_wrong += 1
            lines.append(f"kind    {mine[i]['kind']} for {wanted[j]['kind']}: {mine[i]['name']}")
    if name == "proposals":
        lines += _links(given, gold, pairs, tally)
    return lines


def _pairs(name: str, mine: list[Item], wanted: list[Item]) -> dict[int, int]:
    """Given → gold, best first."""

    def alike(a: Item, b: Item) -> float:
        if name in SPANS:
            return _alike((a["start"], a["end"]), b)
        return float(SAME[name](a, {"url": None, "aliases": []} | b))

    ranked = sorted(((alike(a, b), -i, -j) for i, a in enumerate(mine) for j, b in enumerate(wanted)), reverse=True)
    pairs: dict[int, int] = {}
    for score, i, j in ranked:
        if score > 0 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _links(given: Item, gold: Item, pairs: dict[int, int], tally: Tally) -> list[str]:
    """Themes and makers of the proposals that were found, where gold has some."""
    lines = []
    for field_, others, label, theirs in (
        ("themes", "themes", "label", "themes"),
        ("made_by", "stakeholders", "name", "by"),
    ):
        mine = {x["id"]: x for x in given[others]}
        for i, j in pairs.items():
            wanted = [_named(w, gold.get(others, []), label) for w in gold["proposals"][j].get(theirs) or []]
            if not wanted:
                continue
            named = [mine[x] for x in given["proposals"][i][field_] if x in mine]
            right = any(_same_name(a, b, label) for a in named for b in wanted)
            tally.links[f"{theirs} asked"] += 1
            tally.links[f"{theirs} right"] += right
            if not right:
                got = ", ".join(x[label] for x in named) or "nothing"
                lines.append(
                    f"{theirs}: {got} for {', '.join(w[label] for w in wanted)}: {_shown(given['proposals'][i], given)}"
                )
    return lines


def _named(reference: str, items: list[Item], label: str) -> Item:
    found = next((x for x in items if reference in (x.get("id"), x[label])), {label: reference})
    return {"aliases": []} | found


def _same_name(a: Item, b: Item, label: str) -> bool:
    if label == "label":
        return _same_theme(a, b)
    return _shares_name(a, b)


def _shown(item: Item, source: Item) -> str:
    words = item.get("quote") or item.get("text") or item.get("label") or item.get("value") or ""
    words = words or item.get("title") or item.get("name") or item.get("date") or ""
    if source.get("text") and "start" in item and not item.get("text"):
        words = source["text"][item["start"] : item["end"]]
    return " ".join(str(words).split())[:150] + (f" [{item['strength']}]" if "strength" in item else "")


def _print_totals(folder: Path, tallies: dict[str, Tally], *, rules: bool) -> None:
    print(f"== {folder}")
    for name, t in tallies.items():
        links = "".join(f"  {k} {t.links[f'{k} right']}/{t.links[f'{k} asked']}" for k in ("themes", "by") if t.links)
        print(f"{name:13} F1 {t.f1:.2f}  right {t.right} of {t.given}, found {t.found} of {t.asked}, ", end="")
        print(f"an error costs {t.cost:.1f}{links}" + (f"  wrong kind {t.kinds_wrong}" if t.kinds_wrong else ""))
        for rule, (right, wrong) in sorted(t.by_rule.items(), key=lambda row: -row[1][1]) if rules else ():
            print(f"      {rule or '-':36} right {right:3}  wrong {wrong:3}")


if __name__ == "__main__":
    main()
