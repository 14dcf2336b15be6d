"""The thesaurus of local public policy, and where its concepts are named in a label: one pass, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from graph.text import KEPT_WORDS, fold, singular
from ingest.memory import remembered
from ontology.lexicon import lexicon

MAX_WORDS = 6
_TOKEN = re.compile(r"[^\W_]+")
# Articles and the like, that may stand or not inside a phrase. « sans », « vers », « pour » carry meaning and stay.
SKIPPED = frozenset(
    """a à au aux ce ces cet cette d de des du l la le les leur leurs nos notre un une vos votre et en dans son sa ses
    the of and an to for our""".split()
)
_INCLUSIVE = frozenset("e s es rice rices trice trices le les ve ves ne nes se ses ere eres ale ales".split())
# Feminine endings; not any final e, or « porte » would be « port ».
_FEMININE = re.compile(r"(?<=[a-z]{3})(?:al|ell|ant|ent|ain|ienn|ier|ois|e)e$")
_TIGHT = re.compile(r"[\s'’ʼ‑–-]*")


class Token(NamedTuple):
    """A word of a label: `word` is its matching form, `bound` whether no punctuation stands before it."""

    word: str
    start: int
    end: int
    bound: bool
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A concept named at ``label[start:end]``; by so many `words`; `weak`: they say little."""

    concept: str
    start: int
    end: int
    words: int
    weak: bool


@dataclass(frozen=True)
class Thesaurus:
    """`terms`: matching words → concept; `broader`: concept → its table's own concept.

    `acronyms` are the one-word terms that count in capitals only: PLU is no « plus », PAT no « pat ».
    """

    terms: dict[tuple[str, ...], str]
    broader: dict[str, str]
    weak: frozenset[tuple[str, ...]]
    acronyms: frozenset[str]

    @cached_property
    def longest(self) -> dict[str, int]:
        """How many words the longest term has that begins with a word."""
        out: dict[str, int] = {}
        for term in self.terms:
            out[term[0]] = max(len(term), out.get(term[0], 0))
        return out


@lru_cache(maxsize=KEPT_WORDS)
def matching_form(word: str) -> str:
    """A word without case, accents, plural and feminine ending.

    >>> [matching_form(w) for w in ("Locales", "associative", "commerçantes", "lieux", "sociaux")]
    ['local', 'associatif', 'commercant', 'lieu', 'social']
    """
    base = singular(fold(word))
    if base.endswith(("eus", "euse")):
        return base[: base.rindex("eus")] + "eu"
    if base.endswith("ive"):
        return base[:-2] + "f"
    if _FEMININE.search(base):
        base = base[:-1]
        return base[:-1] if base[-2:] in {"ll", "nn"} else base
    return base


@remembered
def tokens(label: str) -> tuple[Token, ...]:
    """The meaningful words of a label, articles left out; the suffixes of inclusive writing belong to their word."""
    out: list[Token] = []
    bound, last = False, 0
    for match in _TOKEN.finditer(label):
        between = label[last : match.start()]
        folded = fold(match.group())
        if between in {".", "·", "•", "/"} and folded in _INCLUSIVE and out and out[-1].end == last:
            out[-1] = Token(out[-1].word, out[-1].start, match.end(), out[-1].bound)
            last = match.end()
            continue
        tight = between == " " or bool(_TIGHT.fullmatch(between))
        bound = tight and (bound or last == (out[-1].end if out else -1))
        last = match.end()
        if folded not in SKIPPED:
            shown = match.group()
            out.append(Token(matching_form(shown), match.start(), match.end(), bound, shown[:2].isupper()))
            bound = True
    return tuple(out)


@cache
def thesaurus(language: str) -> Thesaurus:
    """The thesaurus of a language, ready for matching."""
    terms: dict[tuple[str, ...], str] = {}
    broader: dict[str, str] = {}
    acronyms: set[str] = set()
    tables = lexicon(language, "thesaurus")
    for table, concepts in tables.items():
        for label, variants in concepts.items():
            if label != table:
                broader[label] = table
            for name in (label, *variants):
                key = tuple(t.word for t in tokens(name))
                if key and (name == label or key not in terms):
                    terms[key] = label
                    if len(key) == 1 and name[:2].isupper():
                        acronyms.add(key[0])
    listed = str(lexicon(language, "topics").get("weak", "")).split()
    weak = frozenset(tuple(t.word for t in tokens(w.replace("_", " "))) for w in listed)
    return Thesaurus(terms, broader, weak, frozenset(acronyms))


@remembered
def named_concepts(label: str, language: str) -> tuple[Named, ...]:
    """The concepts named in a label, in order, none inside another.

    >>> [n.concept for n in named_concepts("L’accès aux soins et le logement des jeunes ruraux", "fr")]
    ['accès aux soins', 'logement des jeunes', 'ruralité']
    """
    return tuple(_named(thesaurus(language), tokens(label)))


def _named(book: Thesaurus, found: Sequence[Token]) -> Iterator[Named]:
    at = 0
    while at < len(found):
        size = _longest(book, found, at)
        if not size:
            at += 1
            continue
        key = tuple(t.word for t in found[at : at + size])
        yield Named(book.terms[key], found[at].start, found[at + size - 1].end, size, key in book.weak)
        at += size


def _longest(book: Thesaurus, found: Sequence[Token], at: int) -> int:
    most = min(MAX_WORDS, book.longest.get(found[at].word, 0))
    if not most:
        return 0
    reach = 1
    while reach < most and at + reach < len(found) and found[at + reach].bound:
        reach += 1
    size = next((n for n in range(reach, 0, -1) if tuple(t.word for t in found[at : at + n]) in book.terms), 0)
    return 0 if size == 1 and found[at].word in book.acronyms and not found[at].upper else size
