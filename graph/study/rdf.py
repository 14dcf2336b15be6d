"""The graph as linked data: the themes as a SKOS thesaurus, and all of it with its quotations (Web Annotation).

Standard terms are those of the vocabulary (ontology/*.toml). Things have names of the form urn:maillage:kind:digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, XSD

from graph.export.selection import Selection, stated
from graph.model import Link, Mention, Thing
from ontology import load

OWN = "urn:maillage:"
OA = Namespace("http://www.w3.org/ns/oa#")
PREFIXES = {
    "skos": SKOS, "foaf": FOAF, "org": ORG, "owl": OWL, "prov": PROV, "qb": QB, "dcterms": DCTERMS, "oa": OA,
    "schema": Namespace("https://schema.org/"), "sioc": Namespace("http://rdfs.org/sioc/ns#"),
    "ibis": Namespace("https://privatealpha.com/ontology/ibis/1#"),
}  # fmt: skip
_MOST = 1_000_000  # mentions of one thing: a bound that is never met
_SAID_TOGETHER = "mentions"


def term(name: str) -> URIRef:
    """A standard term of the vocabulary, such as "skos:Concept". Raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return URIRef(str(PREFIXES[prefix]) + local)


def iri(id_: str) -> URIRef:
    """The name of a thing, a source or a passage."""
    return URIRef(OWN + id_)


def write_themes(selection: Selection, path: Path, digest: str) -> None:
    """The themes as a thesaurus in Turtle: labels, variants, broader, related; the scheme bears the corpus's digest."""
    graph = _graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    scheme = iri(f"corpus:{digest}")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.identifier, Literal(digest)))
    for theme in selection.things():
        if theme.kind != "theme":
            continue
        concept = iri(theme.id)
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.prefLabel, Literal(theme.label)))
        for alias in theme.aliases:
            graph.add((concept, SKOS.altLabel, Literal(alias)))
        for link in selection.store.neighbours(theme.id, ["theme"], limit=_MOST, stated_only=True):
            _relations(graph, link, {"broader", "related"})
    path.write_bytes(graph.serialize(format="turtle", encoding="utf-8"))


def write_graph(selection: Selection, path: Path) -> None:
    """Things, relations and mentions as N-Triples, thing by thing: memory does not grow with the graph."""
    with path.open("wb") as file:
        for thing in selection.things():
            file.write(_lines(_described(selection, thing)))
        for link in selection.links():
            graph = _graph()
            _relations(graph, link)
            file.write(_lines(graph))


def _described(selection: Selection, thing: Thing) -> Graph:
    graph, own = _graph(), iri(thing.id)
    graph.add((own, RDF.type, term(load().kind(thing.kind).standard)))
    graph.add((own, RDFS.label, Literal(thing.label)))
    for alias in thing.aliases:
        graph.add((own, SKOS.altLabel, Literal(alias)))
    for mention in selection.store.evidence(thing.id, selection.where, limit=_MOST):
        _annotation(graph, own, mention)
    return graph


def _annotation(graph: Graph, thing: URIRef, m: Mention) -> None:
    """The piece of a source that says a thing: its place and its words."""
    annotation = iri(f"mention:{m.source}:{m.start}-{m.end}:{m.node}")
    target, position, quote = (URIRef(f"{annotation}#{part}") for part in ("target", "position", "quote"))
    graph.add((annotation, RDF.type, OA.Annotation))
    graph.add((annotation, OA.hasBody, thing))
    graph.add((annotation, OA.hasTarget, target))
    graph.add((annotation, PROV.wasGeneratedBy, iri(f"rule:{m.rule}")))
    graph.add((target, OA.hasSource, iri(m.source)))
    graph.add((target, OA.hasSelector, position))
    graph.add((target, OA.hasSelector, quote))
    graph.add((position, RDF.type, OA.TextPositionSelector))
    graph.add((position, OA.start, Literal(m.start, datatype=XSD.nonNegativeInteger)))
    graph.add((position, OA.end, Literal(m.end, datatype=XSD.nonNegativeInteger)))
    graph.add((quote, RDF.type, OA.TextQuoteSelector))
    graph.add((quote, OA.exact, Literal(m.quote)))


def _relations(graph: Graph, link: Link, only: set[str] | None = None) -> None:
    """What a link states; that two things are said in one passage is read from the mentions."""
    for a, type_, b in stated(link):
        if type_ != _SAID_TOGETHER and (only is None or type_ in only):
            graph.add((iri(a), term(load().relations[type_].standard), iri(b)))


def _graph() -> Graph:
    return Graph(bind_namespaces="none")


def _lines(graph: Graph) -> bytes:
    """Sorted, so that the same graph is the same bytes."""
    found: Iterator[bytes] = (line for line in graph.serialize(format="nt", encoding="utf-8").splitlines() if line)
    return b"".join(line + b"\n" for line in sorted(found))
