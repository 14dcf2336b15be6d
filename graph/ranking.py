"""How a query is read and how what matches it is ordered: by stored numbers only, alike in every store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.text import FUNCTION_WORDS, fold, search_words, words

MAX_QUERY_WORDS = 24  # a pasted page is not a query
QUOTE_LENGTH = 300
CONSIDERED = 1_000  # matches ranked in full; the stored numbers chose them


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


def folded_label(label: str) -> str:
    """A label as labels are compared: folded words with single spaces."""
    return " ".join(words(label)) or fold(label)


def rank(query: Query, names: Iterable[str]) -> Rank:
    """The best place among the names of a thing: its label, and the aliases under which it may be known."""
    return max((_rank(query, name) for name in names), key=lambda r: (r.exact, r.starts, r.share))


def _rank(query: Query, label: str) -> Rank:
    """Exact label, then beginning of the label, then the share of the label's words that the query names."""
    folded = folded_label(label)
    found = set(search_words(label))
    last, *_ = query.stems[::-1]
    hits = {stem for stem in query.stems if stem in found}
    prefixed = any(w.startswith(query.prefix) for w in words(label)) and last not in found
    share = (len(hits) + prefixed) / len(found) if found else 0.0
    return Rank(folded == query.folded, folded.startswith(query.folded), min(share, 1.0))


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
