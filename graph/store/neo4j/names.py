"""How kinds and relations are written in Cypher: labels and types that come from the ontology, never from a user."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ontology import load


@cache
def labels() -> dict[str, str]:
    """The label of each kind that nodes may have: theme -> Theme."""
    words = load()
    return {kind: _camel(kind) for kind, spec in words.kinds.items() if spec.role != "text"}


@cache
def types() -> dict[str, str]:
    """The type of each relation: made_by -> MADE_BY. MENTIONS is evidence; one stated by a source is named apart."""
    own = {"mentions": "STATED_MENTIONS"}
    return {name: own.get(name, name.upper()) for name in load().relations}


@cache
def relation_of() -> dict[str, str]:
    return {type_: name for name, type_ in types().items()}


@cache
def stated() -> str:
    """The types that say what sources speak of, joined for a pattern; the others say how sources are built."""
    words = load()
    return "|".join(types()[name] for name, spec in words.relations.items() if spec.path and name != "mentions")


@cache
def relations_of_source(asked: str = "") -> str:
    """A subquery that yields every relation `r`, or those of some types, that the source $id states.

    From what states them: nodes that it speaks of, and its passages. A seek in the index of each type would be planned
    type by type, which takes seconds when a server is cold.
    """
    among = asked or "|".join(types().values())
    stated_by = ("(:Source {id: $id})-[:CLAIMS]->(:Node)", "(:Passage {source: $id})")
    arms = (f"MATCH {end}-[r:{among}]->() WHERE r.source = $id RETURN r" for end in stated_by)
    return f"CALL () {{ {' UNION ALL '.join(arms)} }}"


@cache
def every_label() -> str:
    """Every label of a kind, written to take them off a node."""
    return "".join(f":{label}" for label in labels().values())


def any_label(kinds: Iterable[str]) -> str:
    """The labels of these kinds, joined for a pattern; empty where none is known."""
    return "|".join(labels()[kind] for kind in dict.fromkeys(kinds) if kind in labels())


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
