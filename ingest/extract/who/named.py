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
_INSTITUTIONS = frozenset(
    "college lycee ecole fondation hopital clinique universite theatre institut mediatheque maison centre foyer "
    "groupe".split()
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
    for back in range(1, min(3, index) + 1):
        before = words[index - back].folded
        between = [w.folded for w in words[index - back + 1 : index]]
        if before in territories.heads(language, "landmark") and all(
            w in _OF or w in ARTICLES or _qualifies(w) for w in between
        ):
            return True
        if before in _INSTITUTIONS and all(map(_qualifies, between)):
            return True
    return False


def _qualifies(folded: str) -> bool:
    return folded in _OF_SCHOOLS or folded in adjectives("fr")


def inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)
