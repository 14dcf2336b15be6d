"""Themes crossed with themes, stakeholders, territories or meetings: how many passages they share, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.model import Filter, Hop, Thing
from graph.store.base import NO_FILTER, Store

# What themes may be crossed with, and its kinds; a meeting is no thing but what sources say of themselves.
ACROSS: Mapping[str, tuple[str, ...]] = {
    "theme": ("theme",),
    "stakeholder": ("person", "organisation", "territory", "group"),
    "territory": ("territory",),
    "meeting": (),
}
PAIRS = 500
THEMES = 60  # crossed with meetings: those that most is said of
MOST_MENTIONS = 5_000  # of one theme that are counted by meeting


@dataclass(frozen=True, slots=True)
class Crossed:
    """Shared passages by (theme, other): `themes` and `others` by id, a meeting being under its name.

    `symmetric` where both sides are themes: each pair is there once.
    """

    themes: Mapping[str, Thing]
    others: Mapping[str, Thing | str]
    counts: Mapping[tuple[str, str], int]
    symmetric: bool

    def count(self, row: str, column: str) -> int:
        found = self.counts.get((row, column), 0)
        return found or (self.counts.get((column, row), 0) if self.symmetric else 0)

    def other_label(self, column: str) -> str:
        other = self.others[column]
        return other if isinstance(other, str) else other.label

    def heaviest(self, most: int) -> tuple[list[str], list[str]]:
        """The rows and the columns with most shared passages; where both sides are themes, the same on both."""
        rows, columns = Counter[str](), Counter[str]()
        for (a, b), n in self.counts.items():
            rows[a] += n
            (rows if self.symmetric else columns)[b] += n
        first = self._ordered(rows, most)
        return first, first if self.symmetric else self._ordered(columns, most)

    def _ordered(self, weights: Counter[str], most: int) -> list[str]:
        def name(id_: str) -> str:
            return self.themes[id_].label if id_ in self.themes else self.other_label(id_)

        return sorted(weights, key=lambda i: (-weights[i], name(i), i))[:most]

    def rows(self) -> Iterator[tuple[str, str, int]]:
        """Label of the theme, label of the other, passages; most first."""
        for (a, b), n in self.counts.items():
            yield self.themes[a].label, self.other_label(b), n


def crossed(store: Store, across: str, where: Filter = NO_FILTER, *, limit: int = PAIRS) -> Crossed:
    """The pairs that share most passages. `across` is a key of ACROSS. Raises KeyError for another."""
    kinds = ACROSS[across]
    if not kinds:
        return _by_meeting(store, where, limit)
    pairs = store.shared(["theme"], kinds, where, limit=limit)
    things = store.things({id_ for a, b, _ in pairs for id_ in (a, b)})
    counts = {(a, b): n for a, b, n in pairs if a in things and b in things}
    symmetric = across == "theme"
    themes = {a: things[a] for a, _ in counts} | ({b: things[b] for _, b in counts} if symmetric else {})
    return Crossed(themes, {b: things[b] for _, b in counts}, counts, symmetric)


def _by_meeting(store: Store, where: Filter, limit: int) -> Crossed:
    meeting = {info.id: info.meeting for info in store.sources(where) if info.meeting}
    themes = {theme.id: theme for theme in store.rows(["theme"], where, limit=THEMES)}
    counts = Counter[tuple[str, str]]()
    for id_ in themes:
        said = {(m.source, m.passage) for m in store.evidence(id_, where, limit=MOST_MENTIONS)}
        counts.update((id_, meeting[source]) for source, _ in said if source in meeting)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    return Crossed(themes, {name: name for (_, name), _ in ordered}, dict(ordered), symmetric=False)


def cell_sentences(
    store: Store, across: str, row: str, column: str, where: Filter = NO_FILTER, *, limit: int = 20
) -> list[Hop]:
    """The sentences behind one number of the table."""
    if ACROSS[across]:
        return store.why(row, column, where, limit=limit)
    if where.meeting not in {"", column}:
        return []
    first: dict[str, Hop] = {}
    for m in store.evidence(row, replace(where, meeting=column), limit=MOST_MENTIONS):
        first.setdefault(m.passage, Hop(row, column, "mentions", m.source, m.start, m.end, m.quote, m.confidence))
        if len(first) == limit:
            break
    return list(first.values())
