"""F1 of people, named stakeholders and groups against gold: names match by folded words, aliases count, one to one.

`cells`: the share of functions and organisations of the people found that are right.
"""

from __future__ import annotations

from typing import Any

from graph.text import key

KINDS = {"stakeholders": {"person", "organisation", "territory"}, "groups": {"group"}}
Item = dict[str, Any]


def _keys(item: Item) -> set[str]:
    return {key(n) for n in (item["name"], *item.get("aliases", ())) if key(n)}


def pairs(predicted: list[Item], gold: list[Item]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs of items that share a name, best first."""
    scored = sorted(
        ((len(_keys(p) & _keys(g)) + 0.1 * (p.get("kind") == g.get("kind")), -i, -j) for i, p in enumerate(predicted)
         for j, g in enumerate(gold) if _keys(p) & _keys(g)), reverse=True,
    )  # fmt: skip
    used_p: set[int] = set()
    used_g: set[int] = set()
    out = []
    for _, i, j in scored:
        if -i not in used_p and -j not in used_g:
            used_p.add(-i)
            used_g.add(-j)
            out.append((-i, -j))
    return out


def counts(predicted: dict[str, Any], gold: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Matched, given, asked per measure."""
    given, asked = predicted["stakeholders"], gold["stakeholders"]
    matched = pairs(given, asked)
    kind_of = {i: asked[j]["kind"] for i, j in matched}
    out = {}
    for measure, kinds in KINDS.items():
        hits = sum(asked[j]["kind"] in kinds for _, j in matched)
        n = sum(kind_of.get(i, p["kind"]) in kinds for i, p in enumerate(given))
        out[measure] = (hits, n, sum(g["kind"] in kinds for g in asked))
    people = gold.get("people")
    if people:
        names = [{"name": p["name"]} for p in predicted["people"]]
        met = pairs(names, people)
        out["people"] = (len(met), len(names), len(people))
        right = [_told(predicted["people"][i], people[j]) for i, j in met]
        asked = sum(len(cells) for cells in right)
        out["cells"] = (sum(map(sum, right)), asked, asked)
    return out


def _told(given: Item, asked: Item) -> list[bool]:
    """Of each cell that gold fills, whether it is right: what a person does, whom they come from."""
    return [key(given.get(c) or "") == key(asked[c]) for c in ("function", "organisation") if asked.get(c)]


def f1(rows: list[tuple[int, int, int]]) -> float:
    hits, given, asked = (sum(r[i] for r in rows) for i in range(3))
    return 2 * hits / (given + asked) if given + asked else 1.0
