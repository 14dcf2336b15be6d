"""Kinds and relations as frozen data, read once from ``kinds.toml`` and ``relations.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROLES = frozenset({"thing", "statement", "event", "text", "act"})


class OntologyError(ValueError):
    """A kind or a relation that the vocabulary does not declare, or declares otherwise."""


@dataclass(frozen=True, slots=True)
class Family:
    """A hue shared by kinds that belong together."""

    key: str
    fr: str
    en: str
    light: str
    light_tint: str
    dark: str
    dark_tint: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of node: its words in both languages, its standard term, how it is drawn."""

    key: str
    fr: str
    fr_plural: str
    en: str
    en_plural: str
    family: Family
    group: str
    role: str
    standard: str
    attributes: tuple[str, ...]
    fill: str
    shape: str
    path: str
    glyph: str
    vis_fallback: str
    radius: tuple[int, int]

    def name(self, language: str = "fr", *, plural: bool = False) -> str:
        """The word for this kind, e.g. ``("fr", plural=True)`` gives « Thèmes »."""
        return str(getattr(self, f"{language}_plural" if plural else language))


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """One type of relation: which kinds it joins, whether an explained path may use it."""

    key: str
    fr: str
    en: str
    inverse_fr: str
    inverse_en: str
    from_kinds: frozenset[str]
    to_kinds: frozenset[str]
    standard: str
    path: bool = True
    directed: bool = False
    attributes: tuple[str, ...] = ()

    def name(self, language: str = "fr", *, inverse: bool = False) -> str:
        """The words of this relation, read from either end."""
        return str(getattr(self, f"inverse_{language}" if inverse else language))


@dataclass(frozen=True)
class Ontology:
    """Every kind and relation the graph may hold; anything else is refused."""

    families: Mapping[str, Family] = field(default_factory=dict)
    kinds: Mapping[str, KindSpec] = field(default_factory=dict)
    relations: Mapping[str, RelationSpec] = field(default_factory=dict)

    def kind(self, key: str) -> KindSpec:
        """Return the kind, or raise OntologyError naming it."""
        try:
            return self.kinds[key]
        except KeyError:
            raise OntologyError(f"unknown kind {key!r}; known: {', '.join(self.kinds)}") from None

    def relation(self, key: str) -> RelationSpec:
        """Return the relation, or raise OntologyError naming it."""
        try:
            return self.relations[key]
        except KeyError:
            raise OntologyError(f"unknown relation {key!r}; known: {', '.join(self.relations)}") from None

    def check_relation(self, key: str, from_kind: str, to_kind: str) -> None:
        """Raise OntologyError unless ``key`` may lead from ``from_kind`` to ``to_kind``."""
        spec = self.relation(key)
        for kind, allowed, end in ((from_kind, spec.from_kinds, "from"), (to_kind, spec.to_kinds, "to")):
            if self.kind(kind).key not in allowed:
                raise OntologyError(f"relation {key!r} may not lead {end} {kind!r}")

    def of_role(self, *roles: str) -> tuple[str, ...]:
        """The kinds with one of these roles, in declared order."""
        return tuple(k for k, spec in self.kinds.items() if spec.role in roles)


def _families(raw: Mapping[str, Mapping[str, str]]) -> dict[str, Family]:
    return {key: Family(key=key, **values) for key, values in raw.items()}


def _kind(key: str, raw: Mapping[str, Any], families: Mapping[str, Family]) -> KindSpec:
    values = dict(raw)
    if values["role"] not in ROLES:
        raise OntologyError(f"kind {key!r}: unknown role {values['role']!r}")
    values |= {
        "family": families[values["family"]],
        "attributes": tuple(values["attributes"]),
        "radius": tuple(values["radius"]),
    }
    return KindSpec(key=key, **values)


def _relation(key: str, raw: Mapping[str, Any], sets: Mapping[str, list[str]], kinds: frozenset[str]) -> RelationSpec:
    values = dict(raw)

    def expand(names: list[str]) -> frozenset[str]:
        out: set[str] = set()
        for name in names:
            out |= kinds if name == "*" else set(sets[name[1:]]) if name.startswith("@") else {name}
        if unknown := out - kinds:
            raise OntologyError(f"relation {key!r} names unknown kinds: {', '.join(sorted(unknown))}")
        return frozenset(out)

    values["from_kinds"], values["to_kinds"] = expand(values.pop("from")), expand(values.pop("to"))
    values["attributes"] = tuple(values.get("attributes", ()))
    return RelationSpec(key=key, **values)


@cache
def load(folder: Path = HERE) -> Ontology:
    """Read and check the vocabulary; the same object is returned on every call.

    Raises OntologyError when a file contradicts itself.
    """
    kinds_raw = tomllib.loads((folder / "kinds.toml").read_text("utf-8"))
    relations_raw = tomllib.loads((folder / "relations.toml").read_text("utf-8"))
    families = _families(kinds_raw["families"])
    kinds = {key: _kind(key, raw, families) for key, raw in kinds_raw["kinds"].items()}
    names = frozenset(kinds)
    relations = {
        key: _relation(key, raw, relations_raw["sets"], names) for key, raw in relations_raw["relations"].items()
    }
    return Ontology(families, kinds, relations)
