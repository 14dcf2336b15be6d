"""The shape of a topic's words, as far as it tells how high in a map it stands: no word of any map, only of grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.text import fold, singular, words
from ingest.flatmap.rank import is_infinitive, rank

_END = re.compile(r"(?:\.\.\.|[…?!.:;,)»\"%])$")
_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|\d+(?:\.\d+)+|[a-zA-Z][.)]|[IVX]{1,4}[.)]|n°|#)\s?\d*")
_URL = re.compile(r"https?:|www\.|\w@\w")
_PLURAL = re.compile(r"^(?:les |des |the )?[a-z]{3,}(?:s|x)\b")
_SPLIT = re.compile(r"\s(?:->|=>|=|-|–|—|:|/|\+)\s|:\s")
_BRACKET = re.compile(r"[(\[]")
_GERUND = re.compile(r"^[a-z]{3,}ing\b")
_NOMINAL = re.compile(r"^(?:l'|la |le |les |the )?[a-z]*(?:tion|ment|ance|ence|ite|ure|age|isme|ness|ity|ism)s?\b")
_FORMS = (("gerund", _GERUND), ("nominal", _NOMINAL), ("plural", _PLURAL))
_DETERMINERS = frozenset("le la les l un une des du de d the a an ce cette ces mon ma mes notre nos leur leurs".split())
_PRONOUNS = frozenset("je tu il elle on nous vous ils elles qui que i you we they it who this that there".split())
_PREPOSITIONS = frozenset(
    "a au aux pour par avec sans dans en sur entre vers chez to for with in on by of from at".split()
)
_LINKERS = frozenset("et ou mais donc car si quand comment pourquoi and or but so if when how why what est is".split())
_LEADS = {
    **dict.fromkeys(_DETERMINERS, "determiner"),
    **dict.fromkeys(_PRONOUNS, "pronoun"),
    **dict.fromkeys(_PREPOSITIONS, "preposition"),
    **dict.fromkeys(_LINKERS, "linker"),
}
_COMMON = frozenset({*_LEADS, "est", "sont", "pas", "plus", "ne", "se", "are", "be", "not", "can", "will", "as"})


def bucket(number: float, *edges: float) -> int:
    """How many of the edges a number reaches.

    >>> [bucket(n, 1, 3, 10) for n in (0, 1, 5, 40)]
    [0, 1, 2, 3]
    """
    return sum(number >= edge for edge in edges)


@dataclass(frozen=True)
class Shape:
    """What is asked of a label again and again, worked out once."""

    label: str

    @cached_property
    def folded(self) -> str:
        return fold(self.label)

    @cached_property
    def words(self) -> list[str]:
        return words(self.label)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that carry meaning, singular."""
        return frozenset(singular(w) for w in self.words if len(w) > 2 and w not in _COMMON)

    @cached_property
    def key(self) -> str:
        return " ".join(self.words)

    @cached_property
    def height(self) -> int:
        """0 a main branch … 4 a reply."""
        return rank(self.label)

    @cached_property
    def length(self) -> int:
        return bucket(len(self.label), 6, 12, 18, 26, 36, 50, 75, 120)

    @cached_property
    def end(self) -> str:
        found = _END.search(self.label.rstrip())
        return found.group()[-1] if found else ""

    @cached_property
    def case(self) -> str:
        """How it begins: all capitals, Title Case, a capital, a small letter, a digit, a sign."""
        first = self.label.lstrip("«\"'“( ")[:1]
        if first.isdigit():
            return "digit"
        if not first.isalpha():
            return "sign"
        if first.islower():
            return "small"
        if len(self.label) > 3 and self.label.isupper():
            return "capitals"
        tokens = [t for t in self.label.split() if t[:1].isalpha() and len(t) > 3]
        return "title" if len(tokens) > 1 and all(t[0].isupper() for t in tokens) else "capital"

    @cached_property
    def lead(self) -> str:
        """The sort of its first word."""
        if _URL.search(self.label):
            return "address"
        if _NUMBERED.match(self.label):
            return "numbered"
        first = self.words[0] if self.words else ""
        if first in _LEADS:
            return _LEADS[first]
        if is_infinitive(self.folded):
            return "infinitive"
        return next((name for name, sign in _FORMS if sign.match(self.folded)), "other")

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """What stands inside it."""
        found = [("split", _SPLIT), ("bracket", _BRACKET)]
        inside = [name for name, sign in found if sign.search(self.label)]
        inside += ["comma"] if "," in self.label else []
        return (*inside, *(["digit"] if any(c.isdigit() for c in self.label) else []))


def alike(one: Shape, other: Shape) -> list[str]:
    """In what two labels are of one make: siblings often are."""
    return [
        f"length{abs(one.length - other.length)}",
        f"words{min(4, abs(len(one.words) - len(other.words)))}",
        f"height{one.height - other.height}",
        "end" if one.end == other.end else f"end{one.end}{other.end}",
        "case" if one.case == other.case else f"case {one.case} {other.case}",
        "lead" if one.lead == other.lead else f"lead {one.lead} {other.lead}",
        f"lead= {one.lead}" if one.lead == other.lead else "lead!",
        f"signs{one.signs == other.signs}",
        f"first{bool(one.words and other.words and one.words[0] == other.words[0])}",
        f"last{bool(one.words and other.words and one.words[-1] == other.words[-1])}",
        f"shared{min(2, len(one.content & other.content))}",
        f"suffix{one.words[0][-2:] == other.words[0][-2:] if one.words and other.words else None}",
    ]
