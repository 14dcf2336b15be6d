"""The pages that a benchmark visits, and what of them: lists, one thing, a filter, a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graph.course.meetings import meetings as in_order
from graph.store.base import Store
from tests.benchmarks.synthetic import Territory

Address = dict[str, str]


def cases(store: Store) -> dict[str, tuple[str, Callable[[int], Address]]]:
    """Name → (page, the address of the n-th visit)."""
    themes = [thing.id for thing in store.rows(["theme"], limit=40)]
    bodies = [thing.id for thing in store.rows(["organisation"], limit=40)]
    words = [word for query in Territory(1_000).queries(60) for word in query.split()[:1] if len(word) > 3]
    sources = [info.id for info in store.sources()]
    meetings = [info.meeting for info in store.sources() if info.meeting]
    series = [meeting.id for meeting in in_order(store.sources())]

    def one(name: str, of: Sequence[str], /, **more: str) -> Callable[[int], Address]:
        return lambda n: {name: of[n % len(of)], **more}

    def same(**address: str) -> Callable[[int], Address]:
        return lambda _: address

    return {
        "accueil": ("accueil", same()),
        "accueil, une réunion": ("accueil", one("meeting", meetings)),
        "réseau": ("reseau", same()),
        "réseau, un thème": ("reseau", one("c", themes)),
        "réseau, un thème, profondeur 2": ("reseau", one("c", themes, d="2", n="200")),
        "réseau, une recherche": ("reseau", one("q", words)),
        "liens": ("liens", same()),
        "liens, deux choses": ("liens", lambda n: {"a": themes[n], "b": bodies[n]}),
        "thèmes": ("themes", same()),
        "thèmes, propositions": ("themes", same(tab="proposal")),
        "un thème": ("themes", one("thing", themes)),
        "acteurs": ("acteurs", same()),
        "acteurs, personnes": ("acteurs", same(tab="person")),
        "un acteur": ("acteurs", one("thing", bodies)),
        "sources": ("sources", same()),
        "sources, silences": ("sources", same(list="silence")),
        "sources, confirmées": ("sources", same(confirmed="1")),
        "une source": ("sources", one("doc", sources)),
        "une source, plan": ("sources", one("doc", sources, tab="plan")),
        "requêtes": ("cypher", same()),
        "étudier": ("etude", same()),
        "étudier, concordance": ("etude", one("q", words)),
        "étudier, comparaison": ("etude", same(tab="compare")),
        "étudier, mesures": ("etude", same(tab="measures")),
        "étudier, jeu de données": ("etude", same(tab="dataset")),
        "réunions": ("reunions", same()),
        "réunions, liste": ("reunions", same(tab="list")),
        "réunions, devenir": ("reunions", same(tab="became")),
        "une réunion": ("reunions", one("m", series)),
        "prochaine réunion": ("prochaine", same()),
        "carte": ("carte", same()),
        "carte, recherche": ("carte", one("q", words)),
        "repères, chiffres": ("reperes", same()),
        "repères, ressources": ("reperes", same(tab="resource")),
        "synthèse": ("synthese", same()),
        "synthèse d'un thème": ("synthese", one("thing", themes)),
        "synthèse d'une réunion": ("synthese", one("m", series)),
        "importer": ("importer", same()),
        "à vérifier": ("verifier", same()),
        "mes données": ("mes-donnees", same()),
        "décisions": ("decisions", same()),
    }
