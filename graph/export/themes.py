"""A graph as a map: themes with what is said of them, or one thing and what is linked to it; the rest as relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.export.selection import Selection, stated
from graph.model import Link, SourceInfo, Thing
from graph.outline import CrossLink, LeftOut, Outline, Topic
from ontology import load

MOST_THINGS = 20_000  # of one map; more is a matter for the formats that hold a graph
_SOURCES = {"fr": "Sources", "en": "Sources"}
_WHOLE = {"fr": "Graphe des idées", "en": "Graph of ideas"}


def outline_of_graph(selection: Selection, language: str = "fr") -> Outline:
    """The map of a selection: its things as topics, their sentences and sources in the notes.

    The whole graph: themes as roots, narrower ones under broader ones, statements under the theme they are about, then
    one root per other kind, and the sources. Around one thing: that thing, what is linked to it by kind, and so on.
    Relations that the tree does not show are cross links. `language`: "fr" or "en", for the words that are not the
    graph's own.
    """
    return _Drawing(selection, language).outline()


class _Drawing:
    """One map being made of a selection."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.selection = selection
        self.language = language
        self.things: dict[str, Thing] = {}
        for thing in selection.things():
            if len(self.things) == MOST_THINGS:
                why = f"more than {MOST_THINGS:,}: formats that hold a graph take them all"
                selection.left_out.append(LeftOut("things", "graph", 1, why))
                break
            self.things.setdefault(thing.id, thing)
        self.links = [x for x in selection.links() if x.a in self.things and x.b in self.things]
        self.topics = {id_: self._topic(thing) for id_, thing in self.things.items()}
        self.under: dict[str, str] = {}  # child to parent

    def outline(self) -> Outline:
        centre = self.selection.centre
        roots = [self._around(centre)] if centre else self._whole()
        title = centre.label if centre else _WHOLE[self.language]
        return Outline(roots, self._relations(), title=title)

    def _topic(self, thing: Thing) -> Topic:
        attributes = {key: str(value) for key, value in thing.attributes.items() if value and key != "url"}
        attributes |= {"aliases": " | ".join(thing.aliases)} if thing.aliases else {}
        link = str(thing.attributes.get("url") or "")
        return Topic(
            thing.id,
            thing.label,
            note=self.selection.told(thing),
            links=[link] if link else [],
            tags=[load().kind(thing.kind).name(self.language)],
            attributes=attributes,
        )

    # --- around one thing -------------------------------------------------------------------------------------------

    def _around(self, centre: Thing) -> Topic:
        """Ring by ring: each thing under the first that leads to it; those next to the centre by kind."""
        beside: dict[str, list[str]] = defaultdict(list)
        for link in self.links:
            beside[link.a].append(link.b)
            beside[link.b].append(link.a)
        rank = {id_: n for n, id_ in enumerate(self.things)}
        ring = [centre.id]
        seen = {centre.id}
        while ring:
            following = []
            for above in ring:
                below = sorted((id_ for id_ in beside[above] if id_ not in seen), key=rank.__getitem__)
                for id_ in dict.fromkeys(below):
                    seen.add(id_)
                    self.under[id_] = above
                    following.append(id_)
                self._hang(above, list(dict.fromkeys(below)), grouped=above == centre.id)
            ring = following
        return self.topics[centre.id]

    def _hang(self, above: str, below: Sequence[str], *, grouped: bool) -> None:
        if not grouped:
            self.topics[above].children += [self.topics[id_] for id_ in below]
            return
        self.topics[above].children += self._by_kind(f"{above}/", [self.things[id_] for id_ in below])

    def _by_kind(self, prefix: str, things: Iterable[Thing]) -> list[Topic]:
        """One topic per kind, in the order of the vocabulary, with its things."""
        kinds: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            kinds[thing.kind].append(thing)
        groups = []
        for kind in load().kinds:
            if kind in kinds:
                label = load().kind(kind).name(self.language, plural=True)
                children = [self.topics[thing.id] for thing in kinds[kind]]
                groups.append(Topic(f"{prefix}{kind}", label, children=children))
        return groups

    # --- the whole graph --------------------------------------------------------------------------------------------

    def _whole(self) -> list[Topic]:
        themes = [t for t in self.things.values() if t.kind == "theme"]
        self._nest_themes()
        said = self._about()
        for theme in themes:
            self.topics[theme.id].children += self._by_kind(f"{theme.id}/", said.get(theme.id, ()))
        for theme in themes:
            if theme.id in self.under:
                self.topics[self.under[theme.id]].children.append(self.topics[theme.id])
        rest = [t for t in self.things.values() if t.kind != "theme" and t.id not in self.under]
        roots = [self.topics[theme.id] for theme in themes if theme.id not in self.under]
        return [*roots, *self._by_kind("kind/", rest), *self._source_root()]

    def _nest_themes(self) -> None:
        """Each theme under its first broader one, unless that would close a circle."""
        for link in self.links:
            for narrow, type_, broad in stated(link):
                if type_ == "broader" and narrow not in self.under and not self._leads(broad, narrow):
                    self.under[narrow] = broad

    def _leads(self, id_: str, to: str) -> bool:
        while id_ != to and id_ in self.under:
            id_ = self.under[id_]
        return id_ == to

    def _about(self) -> dict[str, list[Thing]]:
        """What is said about each theme; a statement about several stands under the first, linked to the others."""
        said: dict[str, list[Thing]] = defaultdict(list)
        about = [(a, b) for link in self.links for a, type_, b in stated(link) if type_ == "about"]
        rank = {id_: n for n, id_ in enumerate(self.things)}
        for statement, theme in sorted(about, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
            if statement not in self.under:
                self.under[statement] = theme
                said[theme].append(self.things[statement])
        return said

    def _source_root(self) -> list[Topic]:
        infos = self.selection.sources.values()
        if not infos:
            return []
        return [Topic("kind/source", _SOURCES[self.language], children=[_source(info) for info in infos])]

    # --- relations --------------------------------------------------------------------------------------------------

    def _relations(self) -> list[CrossLink]:
        """Every stated relation that the tree does not show already; things that only share passages are not drawn."""
        return [x for link in self.links if link.types for x in self._of(link)]

    def _of(self, link: Link) -> Iterable[CrossLink]:
        for a, type_, b in stated(link):
            if self.under.get(a) == b and type_ in {"about", "broader"}:
                continue
            spec = load().relation(type_)
            label = link.label if type_ == "related" and link.label else spec.name(self.language)
            yield CrossLink(a, b, label, "none" if type_ == "related" and not link.label else "forward")


def _source(info: SourceInfo) -> Topic:
    said = " — ".join(x for x in (info.meeting, info.date, info.place) if x)
    attributes = {"file": info.name, "format": info.format, "sha256": info.sha256}
    return Topic(info.id, info.title or info.name, note=said, attributes=attributes)
