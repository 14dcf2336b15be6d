"""The vocabulary of the graph: kinds, relations and lexicons, all of them data files in this folder."""

from ontology.lexicon import lexicon
from ontology.schema import Family, KindSpec, Ontology, OntologyError, RelationSpec, load

__all__ = ["Family", "KindSpec", "Ontology", "OntologyError", "RelationSpec", "lexicon", "load"]
