"""A store as a role may read it: participants and researchers meet what was published, and nothing else.

Only questions are answered; every act goes through graph/actions.py, which asks for the role first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from graph import notes
from graph.decided.identity import Claim, summarise
from graph.errors import NotFound
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
    Visibility,
)
from graph.persons.reading import ReadByRole
from graph.persons.unnamed import without_names
from graph.questions.counted import First, Linked, Unread, Unsure
from graph.questions.having import having
from graph.questions.ranking import matches, read_query
from graph.store.base import NO_FILTER, Store
from graph.text import fold
from ontology import load

_MOST_READ = 1_000  # places of one thing that its counts are taken from
_PUBLISHED = Filter(visibility=Visibility.PUBLISHED)


def seen_by(store: Store, actor: Actor, nameless: str = "") -> Store:
    """The store itself for a facilitator, what is published of it for others, without names for some roles.

    `nameless` are these roles where the environment names none (unnamed.SETTING).
    """
    if actor.role == Role.FACILITATOR:
        return store
    return without_names(cast(Store, PublishedStore(store)), store, actor, nameless)


class PublishedStore(ReadByRole):
    OPEN = frozenset(("acts", "url"))  # that something was written, and where

    # --- things ------------------------------------------------------------------------------------------------------

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        found = self._in_published_words(self._inner.things(ids))
        shown = {asked: self._counted(thing) for asked, thing in found.items()}
        return {asked: thing for asked, thing in shown.items() if thing}

    def _counted(self, thing: Thing) -> Thing | None:
        """The thing with the counts that published sources give; None where they do not say it."""
        said = self.evidence(thing.id, limit=_MOST_READ)
        if not said:
            return None
        return replace(
            thing,
            evidence_count=len(said),
            source_count=len({mention.source for mention in said}),
            confidence=max(mention.confidence for mention in said),
        )

    def _in_published_words(self, found: Mapping[str, Thing]) -> dict[str, Thing]:
        """Label, other names and attributes as published sources give them; what they do not say is left out."""
        every, published = self._inner.claims(found), self._inner.claims(found, _PUBLISHED)
        return {a: _in_words_of(thing, published[a], every[a]) for a, thing in found.items() if a in published}

    def rows(
        self,
        kinds: Sequence[str],
        where: Filter = NO_FILTER,
        *,
        attribute: tuple[str, str] | None = None,
        **options: Any,
    ) -> list[Thing]:
        """See Store.rows; what published sources do not say of a thing is no attribute of it."""
        found = self._inner.rows(kinds, _narrowed(where), **options)
        return having(self._in_published_words({thing.id: thing for thing in found}).values(), attribute)

    def names(self, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(thing.id, thing.label, thing.aliases) for thing in self.rows(kinds, limit=limit)]

    def sentences(self, thing: str, where: Filter = NO_FILTER) -> dict[str, int]:
        return self._inner.sentences(thing, _narrowed(where))

    def claims(self, ids: Iterable[str], where: Filter = NO_FILTER) -> Mapping[str, list[Claim]]:
        return self._inner.claims(ids, _narrowed(where))

    def count_rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, *, min_evidence: int = 0) -> int:
        return self._inner.count_rows(kinds, _narrowed(where), min_evidence=min_evidence)

    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """See Store.search; what matches by a word that only a draft gave is left out."""
        query = read_query(text)
        hits = self._inner.search(text, kinds, limit=limit, where=_narrowed(where)) if query else []
        things = self._in_published_words(self._inner.things(hit.id for hit in hits))
        out = []
        for hit in hits:
            thing = things.get(hit.id)
            if query and thing and matches(query, (thing.label, *thing.aliases)):
                out.append(replace(hit, label=thing.label))
            elif hit.kind == "passage":
                out.append(hit)
        return out

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        return self._inner.evidence(thing, _narrowed(where), limit=limit)

    # --- links -------------------------------------------------------------------------------------------------------

    def neighbours(
        self, thing: str, kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: Any
    ) -> list[Link]:
        return self._inner.neighbours(thing, kinds, _narrowed(where), **options)

    def links(self, ids: Sequence[str], where: Filter = NO_FILTER) -> list[Link]:
        return self._inner.links(ids, _narrowed(where))

    def degrees(self, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, int]:
        return self._inner.degrees(ids, _narrowed(where))

    def why(self, a: str, b: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
        return self._inner.why(a, b, _narrowed(where), limit=limit)

    def shared(
        self, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter = NO_FILTER, *, limit: int = 500
    ) -> list[tuple[str, str, int]]:
        return self._inner.shared(kinds_a, kinds_b, _narrowed(where), limit=limit)

    def around(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: int
    ) -> dict[str, Tied]:
        return self._inner.around(things, kinds, _narrowed(where), **options)

    def steps(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, *, limit: int = 200
    ) -> dict[str, dict[str, int]]:
        return self._inner.steps(things, kinds, _narrowed(where), limit=limit)

    def whys(
        self, pairs: Sequence[tuple[str, str]], where: Filter = NO_FILTER, *, limit: int = 20
    ) -> dict[tuple[str, str], list[Hop]]:
        return self._inner.whys(pairs, _narrowed(where), limit=limit)

    # --- counted -----------------------------------------------------------------------------------------------------

    def doubtful(self, kinds: Sequence[str], where: Filter = NO_FILTER, **options: Any) -> First[Thing]:
        found = self._inner.doubtful(kinds, _narrowed(where), **options)
        return First(tuple(self._in_published_words({thing.id: thing for thing in found.rows}).values()), found.total)

    def unplaced(self, where: Filter = NO_FILTER, **options: Any) -> First[Unsure]:
        return self._inner.unplaced(_narrowed(where), **options)

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        return self._inner.linked(ids, kinds, _narrowed(where))

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        return self._inner.unread(_narrowed(where))

    # --- of many at once ---------------------------------------------------------------------------------------------

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        return self._inner.count_within(kinds, [_narrowed(where) for where in filters])

    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        return self._inner.firsts(ids, _narrowed(where))

    def strongest(
        self, ids: Iterable[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, **options: Any
    ) -> dict[str, list[Link]]:
        return self._inner.strongest(ids, kinds, _narrowed(where), **options)

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        found, shown = self._inner.blocks(ids), self._all_shown()
        return {id_: held for id_, held in found.items() if held[0] in shown}

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        shown = self._all_shown()
        return [mention for mention in self._inner.said_in(blocks) if mention.source in shown]

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        shown = self._all_shown()
        return self._inner.texts([id_ for id_ in sources if id_ in shown])

    def _all_shown(self) -> set[str]:
        return {info.id for info in self.sources()}

    # --- sources -----------------------------------------------------------------------------------------------------

    def sources(self, where: Filter = NO_FILTER) -> list[SourceInfo]:
        return [replace(info, imported_by="") for info in self._inner.sources(_narrowed(where))]

    def source(self, source: str) -> Source:
        return self._inner.source(self._shown(source))

    def fragment(self, source: str) -> Fragment:
        return self._inner.fragment(self._shown(source))

    def passages(self, source: str) -> list[Passage]:
        return self._inner.passages(self._shown(source))

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        found = self._inner.passage(passage)
        return found if found and self.sources(Filter(source=found[0])) else None

    def mentions(self, source: str) -> list[Mention]:
        return self._inner.mentions(self._shown(source))

    def _shown(self, asked: str) -> str:
        """The id of a published source; one that is kept back is told as one that is not there."""
        if not self.sources(Filter(source=asked)):
            raise NotFound(asked)
        return asked

    # --- the whole ---------------------------------------------------------------------------------------------------

    def counts(self) -> Mapping[str, object]:
        kinds = {kind: self.count_rows([kind]) for kind, spec in load().kinds.items() if spec.role != "text"}
        shown = self.sources()
        documents = len({info.document for info in shown})
        nodes = {kind: n for kind, n in kinds.items() if n}
        return {"nodes": nodes, "relations": {}, "documents": documents, "sources": len(shown), "decisions": 0}

    def decisions(self) -> list[Any]:
        """Kept back: the log tells of drafts, and names who acted."""
        return []

    def edited_trees(self, where: Filter = NO_FILTER) -> list[str]:
        return self._inner.edited_trees(_narrowed(where))

    def job(self, job: str) -> Job | None:
        """A note (graph.notes) about published sources only; imports, and any other note, are kept back."""
        found = self._inner.job(job)
        about = notes.about(found) if found else ()
        shown = bool(about) and set(about) <= {info.id for info in self.sources()}
        return found if shown else None

    def jobs(self, limit: int = 20) -> list[Any]:  # noqa: ARG002  the signature of the verb
        """Kept back, for the same reason."""
        return []


def _in_words_of(thing: Thing, published: Sequence[Claim], every: Sequence[Claim]) -> Thing:
    """A thing in the words of published claims; a label that a person gave by hand stays."""
    said = summarise(published)
    own = {fold(name) for name in (said.label, *said.aliases)}
    read = {fold(name) for claim in every for name in (claim.label, *claim.aliases)}
    kept = fold(thing.label) in own or fold(thing.label) not in read
    label = thing.label if kept else said.label
    aliases = tuple(sorted({said.label, *said.aliases} - {label}))
    return replace(thing, label=label, aliases=aliases, attributes=said.attributes)


def _narrowed(where: Filter) -> Filter:
    return replace(where, visibility=Visibility.PUBLISHED)
