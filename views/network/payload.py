"""What is sent to the component: columns instead of one record per node (five times smaller), words, and no markup."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.model import Link, Thing
from graph.questions.boxes import Spot
from graph.questions.counted import UNSURE_BELOW
from graph.questions.layout import Position
from ontology import KindSpec, load
from ontology.schema import RelationSpec
from views.kinds import label

PLAIN, CROSS_LINK, DOUBTFUL = 0, 1, 2
_WIDTHS = ((8, 4.0), (4, 3.0), (2, 2.0), (1, 1.25))  # of a line, by its passages


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, placed and ready to draw; the component and the exported file show the same one."""

    things: Sequence[Thing]
    links: Sequence[Link]
    hidden: Mapping[str, int]
    at: Mapping[str, Position]
    centres: Sequence[str] = ()
    layout: str = ""
    degrees: Mapping[str, int] = field(default_factory=dict)


def drawn_degrees(links: Sequence[Link]) -> dict[str, int]:
    """How many drawn links each thing has."""
    degrees = Counter(link.a for link in links)
    degrees.update(link.b for link in links)
    return dict(degrees)


def radius(kind: str, degree: int) -> float:
    """Pixels at scale 1: a hub is bigger, never a wall."""
    low, high = load().kind(kind).radius
    return low + (high - low) * min(1.0, math.sqrt(degree / 16))


def spots(things: Sequence[Thing], degrees: Mapping[str, int]) -> list[Spot]:
    """The things as the layout sees them."""
    return [Spot(t.id, radius(t.kind, degrees.get(t.id, 0)), label(t), t.kind == "theme") for t in things]


@cache
def kind_table(language: str) -> tuple[dict[str, Any], ...]:
    """The kinds a picture may draw, with words, shape and colours."""
    kinds = load().kinds.values()
    return tuple(_kind(spec, language) for spec in kinds if spec.role != "text")


def _kind(spec: KindSpec, language: str) -> dict[str, Any]:
    return {
        "key": spec.key,
        "one": spec.name(language),
        "many": spec.name(language, plural=True),
        "group": spec.group,
        "fill": spec.fill,
        "path": spec.path,
        "glyph": spec.glyph,
        "light": spec.family.light,
        "dark": spec.family.dark,
        "radius": list(spec.radius),
        "hub": spec.key == "theme",
    }


def columns(picture: Picture, language: str) -> dict[str, Any]:
    """Nodes, edges and kinds of a picture, as the component reads them."""
    kinds = [kind["key"] for kind in kind_table(language)]
    index = {thing.id: i for i, thing in enumerate(picture.things)}
    return {
        "rev": picture.layout,
        "kinds": kind_table(language),
        "centres": list(picture.centres),
        "nodes": {
            "id": list(index),
            "label": [label(thing) for thing in picture.things],
            "kind": [kinds.index(thing.kind) for thing in picture.things],
            "x": [picture.at[thing.id][0] for thing in picture.things],
            "y": [picture.at[thing.id][1] for thing in picture.things],
            "degree": [picture.degrees.get(thing.id, 0) for thing in picture.things],
            "more": [picture.hidden.get(thing.id, 0) for thing in picture.things],
            "doubt": [int(thing.confidence < UNSURE_BELOW) for thing in picture.things],
        },
        "edges": _edges(picture.links, index, language),
    }


def _edges(links: Sequence[Link], index: Mapping[str, int], language: str) -> dict[str, list[Any]]:
    names = ("a", "b", "passages", "dash", "end", "words")
    looks: dict[tuple[Any, ...], tuple[bool, tuple[int, str, str]]] = {}  # most links are alike but for their ends
    rows = []
    for link in links:
        if link.a not in index or link.b not in index:
            continue
        said = (link.types, link.label, link.confidence)
        if said not in looks:
            looks[said] = _look(link, language)
        turned, look = looks[said]
        ends = (link.b, link.a) if turned else (link.a, link.b)
        rows.append((index[ends[0]], index[ends[1]], link.passages, *look))
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in names}


def _look(link: Link, language: str) -> tuple[bool, tuple[int, str, str]]:
    """Whether a link is drawn from its other end; how its line is drawn, what that ends with, its words."""
    turned, end = _drawn(link)
    return turned, (dash(link), end, relation_words(link, language))


def line_width(passages: int) -> float:
    """Pixels at scale 1, for the pictures that are drawn outside of the component."""
    return next(px for least, px in _WIDTHS if passages >= least or least == 1)


def dash(link: Link) -> int:
    """How the line is drawn: a map's own cross link is dashed, what is doubtful dotted."""
    if link.confidence < UNSURE_BELOW:
        return DOUBTFUL
    return CROSS_LINK if "related" in {name.lstrip("-") for name in link.types} else PLAIN


def _drawn(link: Link) -> tuple[bool, str]:
    """Whether the line goes from the second end to the first, and what it ends with: an arrow, a bar, or nothing."""
    for name in link.types:
        spec = _relation(name)
        end = "bar" if name.lstrip("-") == "opposes" else "arrow" if spec and spec.directed else ""
        if end:
            return name.startswith("-"), end
    return False, ""


def _relation(name: str) -> RelationSpec | None:
    return load().relations.get(name.lstrip("-"))


def relation_name(name: str, language: str) -> str:
    """A relation type in words, read from the near end: "-" in front means that it comes from the other one."""
    spec = _relation(name)
    return spec.name(language, inverse=name.startswith("-")) if spec else name.lstrip("-")


def relation_words(link: Link, language: str) -> str:
    """What a link says, for its name on the picture: a map's own words first."""
    names = [link.label] if link.label else []
    return ", ".join(names or dict.fromkeys(relation_name(name, language) for name in link.types))
