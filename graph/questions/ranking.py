"""How a query is read and how what matches it is ordered: by stored numbers only, alike in every store.

Of matches that neither are nor begin with the query, the share of words that it names is the greater the fewer words
there are: `standing` keeps that order, then evidence, then id, as one number. A store reads matches in this order and
stops after `considered`, however many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.text import FUNCTION_WORDS, SHORT_TEXT, fold, search_words, stems_of, words
from ontology import load

MAX_QUERY_WORDS = 24  # a pasted page is not a query
QUOTE_LENGTH = 300
CONSIDERED = 400  # matches ranked in full; the stored numbers chose them
FIRST_MARK = "^"  # before the first word of a label, beside the word itself
_MOST_WORDS, _MOST_EVIDENCE = 63, 255  # beyond, alike: 6 and 8 bits of a standing
_ID_BITS, _EVIDENCE_BITS = 32, 8
UNTOLD = _MOST_WORDS << (_EVIDENCE_BITS + _ID_BITS)  # from this standing on, a name may have more words than it tells
_ID_DIGITS, _DIGIT_VALUES = 6, 19  # of an id, beside its kind
_ID_VALUES = 47_045_881  # 19 ** 6, 26 bits
_DIGEST = re.compile(r"[0-9a-f]{6}")
_BASE_19 = str.maketrans("0123456789abcdef", "123456789acdefgh")  # each character as the digit that `_digit` gives


@dataclass(frozen=True, slots=True)
class Query:
    """`stems` must all match; the last one may also match as `prefix`, the last word as it was typed."""

    folded: str
    stems: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of one match; sorts best first."""

    exact: bool
    starts: bool
    share: float

    @property
    def score(self) -> float:
        return round(4 * self.exact + 2 * self.starts + self.share, 4)


def read_query(text: str) -> Query | None:
    """The words of a query, or None where there are none.

    >>> read_query("Les mobilités doucé")
    Query(folded='les mobilites douce', stems=('mobilit', 'douc'), prefix='douce')
    """
    stems = search_words(text)[:MAX_QUERY_WORDS]
    if not stems:
        return None
    found = [w for w in words(text) if w not in FUNCTION_WORDS] or words(text)
    return Query(" ".join(words(text)), tuple(stems), found[: len(stems)][-1])


def considered(limit: int) -> int:
    """How many matches are ranked in full to show `limit`."""
    return max(limit, CONSIDERED)


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is stored of a text that can be found: made once, however many things and passages bear it.

    Its stems, its words as typed for the prefix of a query, the first marked, and how many different stems these are.
    """

    folded: str
    stems: str
    forms: str
    count: int


def name_words(text: str) -> NameWords:
    return _kept_name_words(text) if len(text) <= SHORT_TEXT else _name_words(text)


def _name_words(text: str) -> NameWords:
    found = words(text)
    if not found:
        return NameWords(fold(text), "", "", 0)
    stems = stems_of(found)
    forms = " ".join((FIRST_MARK + found[0], *dict.fromkeys(found)))
    return NameWords(" ".join(found), " ".join(stems), forms, len(set(stems)))


_kept_name_words = lru_cache(maxsize=4_096)(_name_words)


def standing(names: Iterable[str], evidence: int, id_: str) -> int:
    """The place among matches of what has these names, least first: fewest words of a name, evidence, id.

    Of ids that begin alike the order is left open: two may have one standing.
    """
    counts = [name_words(name).count for name in names]
    fewest = min((n for n in counts if n), default=0)
    strength = _MOST_EVIDENCE - min(evidence, _MOST_EVIDENCE)
    return ((min(fewest, _MOST_WORDS) << _EVIDENCE_BITS | strength) << _ID_BITS) | _id_order(id_)


def standing_words(standing: int) -> int:
    """The fewest words of a name, as a standing holds it."""
    return standing >> (_EVIDENCE_BITS + _ID_BITS)


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:" for kind in load().kinds))


def _id_order(id_: str) -> int:
    """A number that never decreases along ids in order: the kind they begin with, then the digits of a digest."""
    at = bisect_right(_prefixes(), id_)
    prefix = _prefixes()[at - 1] if at else ""
    if not prefix or not id_.startswith(prefix):
        return (2 * at + 1) * _ID_VALUES
    digits = id_[len(prefix) : len(prefix) + _ID_DIGITS]
    if _DIGEST.fullmatch(digits):  # as of nearly every id: the same number as below, in one step
        return 2 * at * _ID_VALUES + int(digits.translate(_BASE_19), _DIGIT_VALUES)
    number, exact = 0, True
    for place in range(len(prefix), len(prefix) + _ID_DIGITS):
        digit, exact = _digit(id_[place : place + 1]) if exact else (0, False)
        number = number * _DIGIT_VALUES + digit
    return 2 * at * _ID_VALUES + number


@lru_cache(maxsize=256)
def _digit(character: str) -> tuple[int, bool]:
    """The place of a character among those of digests, and whether no other has this place."""
    if "0" <= character <= "9":
        return 1 + ord(character) - ord("0"), True
    if "a" <= character <= "f":
        return 12 + ord(character) - ord("a"), True
    return (0 if character < "0" else 11 if character < "a" else 18), False


def matches(query: Query, names: Iterable[str]) -> bool:
    """Whether every word of the query is in one of these names, the last one as a prefix too.

    >>> matches(read_query("lignes de ca"), ["Une ligne de car"]), matches(read_query("train"), ["Une ligne de car"])
    (True, False)
    """
    text = " ".join(names)
    stems = set(search_words(text))
    *first, last = query.stems
    return stems.issuperset(first) and (last in stems or any(w.startswith(query.prefix) for w in words(text)))


def folded_label(label: str) -> str:
    """A label as labels are compared: folded words with single spaces."""
    return name_words(label).folded


def rank(query: Query, names: Iterable[str]) -> Rank:
    """The best place among the names of a thing: its label, and the aliases under which it may be known."""
    return max((_rank(query, name) for name in names), key=lambda r: (r.exact, r.starts, r.share))


def _rank(query: Query, label: str) -> Rank:
    return rank_prepared(query, folded_label(label), search_words(label), words(label))


def rank_prepared(query: Query, folded: str, stems: Sequence[str], forms: Sequence[str]) -> Rank:
    """Exact label, then beginning of the label, then the share of the label's words that the query names."""
    found = set(stems)
    last = query.stems[-1]
    hits = {stem for stem in query.stems if stem in found}
    prefixed = last not in found and any(w.startswith(query.prefix) for w in forms)
    share = (len(hits) + prefixed) / len(found) if found else 0.0
    return Rank(folded == query.folded, folded.startswith(query.folded), min(share, 1.0))


def rank_standing(query: Query, standing: int, exact: bool, starts: bool) -> Rank:
    """The place of what matches under one name, read off its standing, which is less than UNTOLD.

    Every word of the query is in the name, the last one perhaps as a beginning: how many words it has tells the share.
    """
    found = standing_words(standing)
    return Rank(exact, starts, min(len(set(query.stems)) / found, 1.0) if found else 0.0)


def best_first(place: Rank, evidence: int, id_: str) -> tuple[object, ...]:
    """What matches are sorted by."""
    return (not place.exact, not place.starts, -place.share, -evidence, id_)


def excerpt(label: str, quote: str = "") -> str:
    """At most QUOTE_LENGTH characters of a passage, around `quote` where it is long."""
    if len(label) <= QUOTE_LENGTH:
        return label
    at = max(label.find(quote), 0) if quote else 0
    start = max(0, min(at - QUOTE_LENGTH // 3, len(label) - QUOTE_LENGTH))
    return label[start : start + QUOTE_LENGTH].strip()
