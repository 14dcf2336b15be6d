"""How the stored links of things are kept up to date: pure, shared by every store, which only reads and writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, Protocol, TypeVar

from graph.decided.joining import chunks
from graph.derived.prepare import Prepared
from graph.questions.ties import Pair, Tally, changes, tallies
from ontology import load

Ends = TypeVar("Ends", bound=tuple[object, object])  # the two ends of a link, as a store names them


class Links(Protocol):
    """The links of one transaction."""

    def of_things(self, ids: Sequence[str]) -> Mapping[Pair, Tally]:
        """What ties these things to any other, or to each other, counted anew."""

    def forget(self, ids: Collection[str]) -> None:
        """Take off every link of these things."""

    def apply(self, change: Mapping[Pair, Tally]) -> None:
        """Add each tally to what is stored for its pair; a pair that nothing ties any more goes."""


@cache
def unstated() -> tuple[str, ...]:
    """Relations that say how sources are built, not what they speak of."""
    words = load()
    return tuple(dict.fromkeys(["mentions", *(name for name, spec in words.relations.items() if not spec.path)]))


def ties_of(ready: Prepared, answering: Mapping[str, str]) -> dict[Pair, Tally]:
    """What a source ties; `answering` gives the thing that each of its nodes answers as, rejected ones left out."""
    said = (
        (answering[node], p.passage, p.evidence.confidence)
        for node, placed in ready.mentions.items()
        if node in answering
        for p in placed
    )
    stated = (
        (answering[r.from_id], r.type, answering[r.to_id], p.passage, label_of(r.attributes), p.evidence.confidence)
        for r in ready.relations
        if r.type not in unstated() and r.from_id in answering and r.to_id in answering
        for p in r.spans
    )
    return tallies(said, stated)


def label_of(attributes: Mapping[str, object]) -> str:
    """The label of a relation: that of a map's cross link."""
    return str(attributes.get("label") or "")


def retie(
    links: Links, minus: Iterable[Mapping[Pair, Tally]], plus: Mapping[Pair, Tally], moved: Collection[str]
) -> None:
    """Take off what sources tied, add what one ties, and count the links of what `moved` anew."""
    change = changes(minus, plus)
    if moved:
        apart = set(moved)
        change = {pair: tally for pair, tally in change.items() if apart.isdisjoint(pair)}
        links.forget(moved)
    links.apply(change)
    for chunk in chunks(moved):
        # What links two of them is counted with the first chunk that holds one.
        before = {id_ for id_ in moved if id_ < chunk[0]}
        found = links.of_things(chunk)
        links.apply({pair: tally for pair, tally in found.items() if before.isdisjoint(pair)})


@dataclass(slots=True)
class Settled(Generic[Ends]):
    """What is to be written of some links: those that come, with their tally, those that stay, those that go."""

    come: list[tuple[Ends, Tally]] = field(default_factory=list)
    stay: list[tuple[Ends, Tally]] = field(default_factory=list)
    gone: list[Ends] = field(default_factory=list)


def settle(change: Iterable[tuple[Ends, Tally]], stored: Mapping[Ends, Tally]) -> Settled[Ends]:
    """Add each change to what is stored. What went with one of its ends already is passed over."""
    out: Settled[Ends] = Settled()
    for ends, tally in change:
        before = stored.get(ends)
        if before is None:
            if tally.passages > 0:
                out.come.append((ends, tally))
            continue
        now = before.plus(tally)
        if now.passages > 0:
            out.stay.append((ends, now))
        else:
            out.gone.append(ends)
    return out


def link_problems(links: Links, page: Sequence[str], stored: Iterable[tuple[str, str, int, str]]) -> Iterator[str]:
    """Every link of a page of things, with what comes after in order, is what mentions and relations tie.

    `page` holds ids in order without a gap; `stored` are the links whose first end is in it.
    """
    right = {pair: tally for pair, tally in links.of_things(page).items() if page[0] <= pair[0] <= page[-1]}
    for a, b, passages, text in stored:
        tally = right.pop((a, b), None)
        if tally is None or (tally.passages, tally.text()) != (passages, text):
            yield f"link {a} {b}: not what ties them"
    yield from (f"link {a} {b}: is not there" for a, b in right)
