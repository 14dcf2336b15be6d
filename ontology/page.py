"""The vocabulary as a page for people: every kind and relation, in both languages, with its standard term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ontology.schema import KindSpec, Ontology, RelationSpec

HEAD = """# Vocabulary

Written by `make docs` from `ontology/kinds.toml` and `ontology/relations.toml`; a test keeps it up to date.
A kind or a relation that is not in these tables is refused by every store. To add a kind, add it to `kinds.toml`
(docs/architecture.md says what else may follow).
"""

ROLES = {
    "thing": "is found in texts, takes part in paths",
    "statement": "is said in a text, takes part in paths",
    "event": "a meeting: never an inner node of a path",
    "text": "documents and their parts: never an inner node of a path",
    "act": "what participants add on the platform",
}


def vocabulary_page(ontology: Ontology) -> str:
    """The whole page as Markdown, one line ending at the end."""
    sections = [HEAD, *_kinds(ontology), *_relations(ontology)]
    return "\n".join(sections).rstrip("\n") + "\n"


def _kinds(ontology: Ontology) -> Iterator[str]:
    yield "## Kinds\n"
    yield _row("kind", "français", "English", "family", "role", "attributes", "standard term")
    yield _row(*["---"] * 7)
    yield from (_kind_row(spec) for spec in ontology.kinds.values())
    yield "\n### Roles\n"
    yield from (f"- `{role}`: {meaning}" for role, meaning in ROLES.items())
    yield ""


def _kind_row(spec: KindSpec) -> str:
    both = (f"{spec.fr}, {spec.fr_plural}", f"{spec.en}, {spec.en_plural}")
    return _row(f"`{spec.key}`", *both, spec.family.fr, spec.role, _codes(spec.attributes), f"`{spec.standard}`")


def _relations(ontology: Ontology) -> Iterator[str]:
    yield "## Relations\n"
    yield _row("relation", "français", "English", "from", "to", "in paths", "attributes", "standard term")
    yield _row(*["---"] * 8)
    for spec in ontology.relations.values():
        yield _relation_row(spec, ontology)


def _relation_row(spec: RelationSpec, ontology: Ontology) -> str:
    words = (f"{spec.fr} / {spec.inverse_fr}", f"{spec.en} / {spec.inverse_en}")
    ends = (_ends(spec.from_kinds, ontology), _ends(spec.to_kinds, ontology))
    path = "yes" if spec.path else "no"
    return _row(f"`{spec.key}`", *words, *ends, path, _codes(spec.attributes), f"`{spec.standard}`")


def _ends(kinds: frozenset[str], ontology: Ontology) -> str:
    """In declared order, since a set has none."""
    return "any" if kinds == frozenset(ontology.kinds) else _codes(k for k in ontology.kinds if k in kinds)


def _codes(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
