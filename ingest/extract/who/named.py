"""What the finders of persons and of territories share: what a name in prose is, and what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.extract.who import territories
from ingest.extract.who.body_words import adjectives
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word

ARTICLES = frozenset({"le", "la", "l", "les", "the"})
_OF = frozenset({"de", "du", "des", "d"})
# « école primaire Jules X », « salle polyvalente Jean Y »: what may stand between the kind of place and its name.
_OF_SCHOOLS = frozenset(
    "primaire elementaire maternelle polyvalente polyvalent municipale municipal des fetes omnisports".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person or territory at label[first:last]."""

    name: str
    first: int
    last: int
    confidence: float


@cache
def calendar(language: str) -> frozenset[str]:
    return single_words(language, "people", "calendar")


def after_landmark(words: tuple[Word, ...], index: int, language: str) -> bool:
    """« rue Jean Macé », « salle des fêtes Paul Bert », « collège Marie Curie »"""
    for back in (1, 2, 3):
        if index >= back:
            before = words[index - back]
            between = words[index - back + 1 : index]
            if before.folded in territories.heads(language, "landmark") and (
                back == 1 or all(w.folded in _OF | ARTICLES | adjectives("fr") | _OF_SCHOOLS for w in between)
            ):
                return True
            if all(w.folded in adjectives("fr") | _OF_SCHOOLS for w in between) and before.folded in {
                "college",
                "lycee",
                "ecole",
                "fondation",
                "hopital",
                "clinique",
                "universite",
                "theatre",
                "institut",
                "mediatheque",
                "maison",
                "centre",
                "foyer",
                "groupe",
            }:
                return True
    return False


def inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)
