"""What of a graph goes out: all of it, or the surroundings of one thing; within a filter, of some kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.export.fit import one_line
from graph.model import Filter, Hop, Link, SourceInfo, Thing
from graph.outline import LeftOut
from graph.questions.answers import find
from graph.questions.neighbourhood import MOST_SHOWN, Neighbourhood, surroundings
from graph.store.base import NO_FILTER, Store
from ontology import load

_PAGE = 500
_MOST_LINKS = 1_000_000  # of one thing: a bound that is never met


@dataclass(frozen=True, slots=True)
class Wanted:
    """`around`: id or label of a thing, empty for the whole graph; `depth`: how many steps from it (1-3).

    `kinds`: none for all of them. `where`: what every page filters by.
    """

    around: str = ""
    depth: int = 1
    kinds: tuple[str, ...] = ()
    where: Filter = NO_FILTER


@dataclass
class Selection:
    """The things and links that are wanted, read as they are asked for: of a whole graph, no more than a page at once.

    `left_out` says what a bound cut off. Raises NotFound for a thing that is not there, OntologyError for a kind.
    """

    store: Store
    wanted: Wanted
    left_out: list[LeftOut] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)  # what went into a format of graphs, and what stayed beside

    def __post_init__(self) -> None:
        for kind in self.wanted.kinds:
            load().kind(kind)

    @property
    def where(self) -> Filter:
        return self.wanted.where

    @property
    def centre(self) -> Thing | None:
        """The thing whose surroundings are wanted."""
        return self.near.things[0] if self.wanted.around else None

    @cached_property
    def near(self) -> Neighbourhood:
        """The surroundings, the centre first."""
        wanted = self.wanted
        centre = find(self.store, wanted.around)
        found = surroundings(self.store, [centre.id], wanted.depth, wanted.kinds, wanted.where, limit=MOST_SHOWN)
        if len(found.things) >= MOST_SHOWN:
            cut = sum(found.hidden.values())
            self.left_out.append(LeftOut("things", "graph", cut, f"links beyond the {MOST_SHOWN} nearest things"))
        return found

    @cached_property
    def sources(self) -> Mapping[str, SourceInfo]:
        """The sources within the filter, by id."""
        return {info.id: info for info in self.store.sources(self.where)}

    def things(self) -> Iterator[Thing]:
        """All that is not text, kind by kind, a page at a time."""
        if self.wanted.around:
            yield from self.near.things
            return
        kinds = self.wanted.kinds or tuple(k for k, spec in load().kinds.items() if spec.role != "text")
        for kind in kinds:
            offset = 0
            while page := self.store.rows([kind], self.where, limit=_PAGE, offset=offset):
                yield from page
                offset += len(page)

    def links(self) -> Iterator[Link]:
        """All links among the things, each pair once."""
        if self.wanted.around:
            yield from self.near.links
            return
        for thing in self.things():
            for link in self.store.neighbours(thing.id, self.wanted.kinds, self.where, limit=_MOST_LINKS):
                if link.a < link.b:
                    yield link

    def quote(self, thing: Thing) -> str:
        """One sentence that says the thing."""
        self.written["things"] += 1
        self.written["unsaid"] += max(0, thing.evidence_count - 1)
        return next((m.quote for m in self.store.evidence(thing.id, self.where, limit=1)), "")

    def reason(self, link: Link) -> Hop | None:
        """The best reason for a link."""
        self.written["levels"] += sum(type_.removeprefix("-") == "broader" for type_ in link.types)
        self.written["unsaid"] += max(0, link.passages - 1)
        return next(iter(self.store.why(link.a, link.b, self.where, limit=1)), None)

    def beside_graph(self) -> Iterator[LeftOut]:
        """What a format of graphs did not take of the things and links that were written, or holds in another way."""
        rows = (
            ("things", "read again, they are elements: their kind and other names are attributes", "things"),
            ("tree", "drawn as edges from a topic to those below it", "levels"),
            ("sentences", "one is written for each thing and each link, the others are not", "unsaid"),
        )
        yield from (LeftOut(what, "graph", n, why) for what, why, key in rows if (n := self.written[key]))
        if self.written["things"]:
            yield LeftOut("sources", "graph", len(self.sources), "their texts are not written")

    def told(self, thing: Thing, most: int = 3) -> str:
        """A few sentences that say the thing, each with the source it stands in."""
        said = self.store.evidence(thing.id, self.where, limit=most)
        lines = [f"« {one_line(m.quote)} »{self._where_said(m.source)}" for m in said]
        more = thing.evidence_count - len(said)
        return "\n".join(dict.fromkeys([*lines, *([f"(+ {more})"] if more > 0 else [])]))

    def _where_said(self, source: str) -> str:
        info = self.sources.get(source)
        return f" — {', '.join(x for x in (info.title or info.name, info.date) if x)}" if info else ""


def stated(link: Link) -> Iterator[tuple[str, str, str]]:
    """Each relation of a link as (from, type, to); "mentions" where two things only share passages."""
    for type_ in link.types or ("mentions",):
        a, b = (link.b, link.a) if type_.startswith("-") else (link.a, link.b)
        yield a, type_.removeprefix("-"), b
