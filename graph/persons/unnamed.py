"""A store in which a role reads no name: each person under one pseudonym, in labels and inside every quotation.

Texts are rewritten source by source and offsets with them: a quotation is still a slice of its source. Ids stay.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from graph.model import (
    Actor,
    Filter,
    Fragment,
    Hit,
    Hop,
    Job,
    Link,
    Mention,
    Passage,
    Role,
    Source,
    SourceInfo,
    Thing,
    Tied,
)
from graph.persons.reading import ReadByRole
from graph.questions.counted import First, Linked, Unread, Unsure
from graph.questions.ranking import matches, read_query
from graph.store.base import NO_FILTER, Store
from graph.study.names import Names, names_of
from graph.study.pseudonyms import Pseudonyms
from graph.study.rewriting import Rewritten

T = TypeVar("T", Source, SourceInfo)
S = TypeVar("S", Mention, Hop)
SETTING = "MAILLAGE_PSEUDONYMS"  # the roles that read no name, e.g. "participant researcher"
_known: WeakKeyDictionary[Store, tuple[int, _Writing]] = WeakKeyDictionary()


def reads_no_name(actor: Actor, unless_said: str = "") -> bool:
    """Whether this role reads no name of a person; `unless_said` are the roles where the environment names none."""
    named = os.environ.get(SETTING, unless_said).replace(",", " ").split()
    return actor.role != Role.FACILITATOR and str(actor.role) in named


def without_names(seen: Store, whole: Store, actor: Actor, unless_said: str = "") -> Store:
    """What an actor may read (`seen`), without names where their role reads none. `whole` is all there is."""
    if not reads_no_name(actor, unless_said):
        return seen
    acts = whole.acts()
    known = _known.get(whole)
    if known is None or known[0] != acts:
        known = _known[whole] = (acts, _Writing(names_of(whole)))
    return cast(Store, UnnamedStore(seen, known[1]))


def in_words_of(store: Store, text: str) -> str:
    """A text of people that is of no source, as who reads this store may read it."""
    return store.text(text) if isinstance(store, UnnamedStore) else text


def empty() -> None:
    """No name stays in memory."""
    _known.clear()


class _Writing(Pseudonyms):
    """Rewrites what a store answers; ids are kept, since pages ask with them again."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self._rewritten: dict[str, Rewritten] = {}

    def _new_id(self, id_: str, kind: str) -> None:
        """None is made."""

    def rewritten(self, source: Source) -> Rewritten:
        return self.rewritten_of(source.id, lambda _: source)

    def rewritten_of(self, source: str, read: Callable[[str], Source]) -> Rewritten:
        """The same of the source with this id, which is read once only."""
        if source not in self._rewritten:
            whole = read(source)
            self.read(source, whole.text, whole.document)
        return self._rewritten[source]

    def unread(self, sources: Iterable[str]) -> list[str]:
        return [source for source in sources if source not in self._rewritten]

    def read(self, source: str, text: str, document: str) -> None:
        self._rewritten[source] = Rewritten(text, self._names.spans(text, document))

    def passage(self, p: Passage, source: Source) -> Passage:
        return self._passage(p, self.rewritten(source), source.document)

    def text(self, text: str) -> str:
        return self._text(text, "")

    def value(self, value: Any) -> Any:
        return self._value(value, "")

    def thing(self, thing: Thing) -> Thing:
        found = (self._names.pseudonyms.get(id_) for id_ in (thing.id, *thing.members))
        pseudonym = next((p for p in found if p), "")
        label = pseudonym or self.text(thing.label)
        aliases = () if pseudonym else tuple(sorted({self.text(alias) for alias in thing.aliases} - {label}))
        return replace(thing, label=label, aliases=aliases, attributes=self.value(thing.attributes))


class UnnamedStore(ReadByRole):
    OPEN = frozenset(("acts", "count_rows", "counts", "credentials", "decisions", "degrees", "jobs", "shared", "url"))

    def __init__(self, inner: Store, writing: _Writing) -> None:
        super().__init__(inner)
        self._writing = writing

    # --- things ------------------------------------------------------------------------------------------------------

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        return {asked: self._writing.thing(thing) for asked, thing in self._inner.things(ids).items()}

    def rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, **options: Any) -> list[Thing]:
        return [self._writing.thing(thing) for thing in self._inner.rows(kinds, self._named(where), **options)]

    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search; what matches by a name is left out."""
        query = read_query(text)
        if query is None:
            return []
        hits = self._inner.search(text, kinds, limit=limit, where=self._named(where))
        things = self.things(hit.id for hit in hits)
        out = []
        for hit in hits:
            thing = things.get(hit.id)
            label = thing.label if thing else self._writing.text(hit.label)
            if matches(query, (label, *(thing.aliases if thing else ()))):
                out.append(replace(hit, label=label, quote=self._writing.text(hit.quote)))
        return out

    def names(self, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(thing.id, thing.label, thing.aliases) for thing in self.rows(kinds, limit=limit)]

    def sentences(self, thing: str, where: Filter = NO_FILTER) -> dict[str, int]:
        return self._inner.sentences(thing, self._named(where))

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        return [self._said(m) for m in self._inner.evidence(thing, self._named(where), limit=limit)]

    # --- links -------------------------------------------------------------------------------------------------------

    def neighbours(
        self, thing: str, kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: Any
    ) -> list[Link]:
        found = self._inner.neighbours(thing, kinds, self._named(where), **options)
        return [replace(link, label=self._writing.text(link.label)) for link in found]

    def links(self, ids: Sequence[str], where: Filter = NO_FILTER) -> list[Link]:
        found = self._inner.links(ids, self._named(where))
        return [replace(link, label=self._writing.text(link.label)) for link in found]

    def why(self, a: str, b: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
        return [self._said(hop) for hop in self._inner.why(a, b, self._named(where), limit=limit)]

    def around(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: int
    ) -> dict[str, Tied]:
        return self._inner.around(things, kinds, self._named(where), **options)

    def steps(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, *, limit: int = 200
    ) -> dict[str, dict[str, int]]:
        return self._inner.steps(things, kinds, self._named(where), limit=limit)

    def whys(
        self, pairs: Sequence[tuple[str, str]], where: Filter = NO_FILTER, *, limit: int = 20
    ) -> dict[tuple[str, str], list[Hop]]:
        found = self._inner.whys(pairs, self._named(where), limit=limit)
        return {pair: [self._said(hop) for hop in hops] for pair, hops in found.items()}

    # --- counted -----------------------------------------------------------------------------------------------------

    def doubtful(self, kinds: Sequence[str], where: Filter = NO_FILTER, **options: Any) -> First[Thing]:
        found = self._inner.doubtful(kinds, self._named(where), **options)
        return First(tuple(self._writing.thing(thing) for thing in found.rows), found.total)

    def unplaced(self, where: Filter = NO_FILTER, **options: Any) -> First[Unsure]:
        found = self._inner.unplaced(self._named(where), **options)
        return First(tuple(self._unsure(each) for each in found.rows), found.total)

    def _unsure(self, found: Unsure) -> Unsure:
        source = self._inner.source(found.source)
        block, parent = (self._writing.passage(p, source) for p in (found.block, found.parent))
        return Unsure(found.source, block, parent)

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        return self._inner.linked(ids, kinds, self._named(where))

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        return self._inner.unread(self._named(where))

    # --- of many at once ---------------------------------------------------------------------------------------------

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        return self._inner.count_within(kinds, [self._named(where) for where in filters])

    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        return {id_: self._said(m) for id_, m in self._inner.firsts(ids, self._named(where)).items()}

    def strongest(
        self, ids: Iterable[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: Any
    ) -> dict[str, list[Link]]:
        found = self._inner.strongest(ids, kinds, self._named(where), **options)
        text = self._writing.text
        return {id_: [replace(link, label=text(link.label)) for link in links] for id_, links in found.items()}

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        found = self._inner.blocks(ids)
        sources = {source: self._inner.source(source) for source, _ in found.values()}
        return {id_: (source, self._writing.passage(p, sources[source])) for id_, (source, p) in found.items()}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        return [self._said(m) for m in self._inner.said_in(blocks)]

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        documents = {info.id: info.document for info in self._inner.sources()}
        asked = [id_ for id_ in dict.fromkeys(sources) if id_ in documents]
        for id_, text in self._inner.texts(self._writing.unread(asked)).items():
            self._writing.read(id_, text, documents[id_])
        return {id_: self._writing.rewritten_of(id_, self._inner.source).text for id_ in asked}

    # --- sources -----------------------------------------------------------------------------------------------------

    def sources(self, where: Filter = NO_FILTER) -> list[SourceInfo]:
        return [self._shown(info) for info in self._inner.sources(self._named(where))]

    def source(self, source: str) -> Source:
        found = self._inner.source(source)
        text = self._writing.rewritten(found).text
        return replace(self._shown(found), text=text, data=b"", options=self._writing.value(found.options))

    def fragment(self, source: str) -> Fragment:
        return self._writing.fragment(self._inner.fragment(source))

    def passages(self, source: str) -> list[Passage]:
        found = self._inner.source(source)
        return [self._writing.passage(p, found) for p in self._inner.passages(source)]

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        found = self._inner.passage(passage)
        return (found[0], self._writing.passage(found[1], self._inner.source(found[0]))) if found else None

    def mentions(self, source: str) -> list[Mention]:
        return [self._said(m) for m in self._inner.mentions(source)]

    def edited_trees(self, where: Filter = NO_FILTER) -> list[str]:
        return self._inner.edited_trees(self._named(where))

    def job(self, job: str) -> Job | None:
        found = self._inner.job(job)
        return replace(found, actor="", options=self._writing.value(found.options)) if found else None

    # --- words -------------------------------------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """Any text, with a pseudonym for each name."""
        return self._writing.text(text)

    def _shown(self, info: T) -> T:
        """A source, or what lists one, with the words of its head and of its ledger."""
        text = self._writing.text
        return replace(
            info,
            name=text(info.name),
            title=text(info.title),
            meeting=text(info.meeting),
            place=text(info.place),
            ledger=self._writing.value(info.ledger),
        )

    def _said(self, said: S) -> S:
        """A mention or a hop, at its place in the rewritten text."""
        rewritten = self._writing.rewritten_of(said.source, self._inner.source)
        start, end = rewritten.span(said.start, said.end)
        return replace(said, start=start, end=end, quote=rewritten.text[start:end])

    def _named(self, where: Filter) -> Filter:
        """The filter with the meeting as it is called below."""
        if not where.meeting:
            return where
        names = {self._writing.text(info.meeting): info.meeting for info in self._inner.sources()}
        return replace(where, meeting=names.get(where.meeting, where.meeting))
