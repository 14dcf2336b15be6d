"""What finds a thing again when its id is no longer there: kept with each decision about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model import Filter, Mention, Thing
from graph.store.base import Store
from graph.versions.reattach import context, is_known_by_place, native_id, surroundings


def anchor_of(store: Store, thing: Thing) -> dict[str, Any]:
    """Members, names, document and first mention of a thing; of a statement, also how its place is known again."""
    return Anchors(store).of(thing)


class Anchors:
    """The same for several things; each source they are said in is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, str] = {}
        self._formats: dict[str, tuple[str, str]] = {}  # document and format of a source
        self._said: dict[str, Sequence[Mention]] = {}

    def of(self, thing: Thing) -> dict[str, Any]:
        anchor: dict[str, Any] = {
            "kind": thing.kind,
            "label": thing.label,
            "names": [thing.label, *thing.aliases],
            "members": list(thing.members),
        }
        for mention in self._store.evidence(thing.id, limit=1):
            document, format_ = self._source(mention.source)
            anchor |= {"source": mention.source, "start": mention.start, "end": mention.end, "quote": mention.quote}
            anchor["document"] = document
            if is_known_by_place(thing.id.partition(":")[0]):
                anchor |= self._place(thing, mention, format_)
        return anchor

    def _source(self, source: str) -> tuple[str, str]:
        if source not in self._formats:
            info = next(iter(self._store.sources(Filter(source=source))), None)
            self._formats[source] = (info.document, info.format) if info else ("", "")
        return self._formats[source]

    def _place(self, thing: Thing, mention: Mention, format_: str) -> dict[str, Any]:
        source = mention.source
        if source not in self._texts:
            self._texts[source] = self._store.source(source).text
            self._said[source] = self._store.mentions(source)
        before, after = context(self._texts[source], mention.start, mention.end)
        kind = thing.id.partition(":")[0]
        siblings = [(m.start, m.quote) for m in self._said[source] if m.node.partition(":")[0] == kind]
        found = {"before": before, "after": after, **surroundings(mention.quote, mention.start, siblings)}
        passage = self._store.passage(mention.passage)
        native = native_id(format_, passage[1].place) if passage else ""
        return {**found, "native": native} if native else found
