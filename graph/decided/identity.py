"""What one thing is when several sources speak of it: pure functions shared by every store.

Nothing here depends on the order in which sources were imported.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any

from graph.text import key
from ontology import load


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one node; `weight` is how many times it says it there, `confidence` its best evidence."""

    node: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    merge_key: str = ""
    weight: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What all claims together say: one kind, one label, the other names, the attributes, the merge key."""

    kind: str
    label: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, Any]
    merge_key: str


def canonical_json(value: object) -> str:
    """One spelling per value, so that equal data are equal text."""
    if not value and isinstance(value, (dict, list, tuple)):  # most things have no attribute and no other name
        return "{}" if isinstance(value, dict) else "[]"
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


EMPTY: Mapping[str, Callable[[], object]] = {"{}": dict, "[]": list}  # texts of what most things have nothing of


def plain_value(text: str) -> Any:
    """The value of a canonical JSON text; what is empty, as most is, without a decoder."""
    return EMPTY[text]() if text in EMPTY else json.loads(text)


def summarise(claims: Iterable[Claim]) -> Summary:
    """Combine claims: the label said most often wins, then the shortest, then the first in order of characters.

    >>> summarise([Claim("t:1", "theme", "Logements", weight=1), Claim("t:1", "theme", "Logement", weight=2)]).label
    'Logement'
    """
    claims = tuple(claims)
    if len(claims) == 1:
        return _alone(claims[0])
    labels: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    others: set[str] = set()
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        labels[claim.label] += claim.weight
        kinds[claim.kind] += claim.weight
        others.update(claim.aliases)
        if claim.merge_key:
            keys[claim.merge_key] += claim.weight
        for name, value in claim.attributes.items():
            values[name][canonical_json(value)] += claim.weight
    label = _winner(labels)
    aliases = tuple(sorted((others | set(labels)) - {label, ""}))
    attributes = {name: json.loads(_winner(found)) for name, found in sorted(values.items())}
    return Summary(_winner(kinds), label, aliases, attributes, _winner(keys) if keys else "")


def _alone(claim: Claim) -> Summary:
    """The summary of a thing that one source speaks of, as most are."""
    aliases = tuple(sorted({*claim.aliases} - {claim.label, ""})) if claim.aliases else ()
    attributes = {
        name: value if type(value) is str else json.loads(canonical_json(value))
        for name, value in sorted(claim.attributes.items())
    }
    return Summary(claim.kind, claim.label, aliases, attributes, claim.merge_key)


def _winner(found: Counter[str]) -> str:
    return min(found, key=lambda text: (-found[text], len(text), text))


@cache
def by_name() -> frozenset[str]:
    """The kinds whose nodes become one across documents by their name alone: any import may bring one more."""
    return frozenset(kind for kind, spec in load().kinds.items() if spec.group == "actors")


def is_by_name(node: str) -> bool:
    """Whether the id is that of a node of such a kind, as it was read.

    >>> is_by_name("person:1"), is_by_name("theme:1"), is_by_name("person")
    (True, False, False)
    """
    kind, mark, _ = node.partition(":")
    return bool(mark) and kind in by_name()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that may be one with others of its kind and merge key."""

    id: str
    kind: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


def canonical_ids(candidates: Sequence[Candidate]) -> dict[str, str]:
    """The canonical id of each node of one kind and one merge key: the smallest of all, or its own where rivals exist.

    >>> one, two = Candidate("person:1", "person", {"organisation": "Adil"}), Candidate("person:2", "person")
    >>> canonical_ids([one, two])
    {'person:1': 'person:1', 'person:2': 'person:1'}
    """
    if rivals(candidates):
        return {c.id: c.id for c in candidates}
    smallest = min(c.id for c in candidates)
    return {c.id: smallest for c in candidates}


def rivals(candidates: Sequence[Candidate]) -> bool:
    """Whether two of them cannot be the same: two persons of one name whose known organisations share no word.

    Bodies are written in many ways (« Communauté de communes des Rives », « CC des Rives »): one word in common is
    enough not to be rivals, none is enough to be.
    """
    known = {key(str(c.attributes.get("organisation") or "")) for c in candidates if c.kind == "person"} - {""}
    bodies = [frozenset(k.split()) for k in sorted(known)]
    return any(not one & other for one, other in combinations(bodies, 2))
