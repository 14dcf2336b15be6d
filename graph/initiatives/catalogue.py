"""Every initiative of a store as a map and a list show it: type, commune, who runs it, place; filters and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from graph.initiatives.coordinates import kilometres
from graph.initiatives.place import Located, Point, Said, bare_name, locate
from graph.model import Filter, Thing
from graph.store.base import NO_FILTER, Store
from graph.text import fold, key, words
from ontology.initiatives import InitiativeType, initiative_types

MOST = 20_000  # initiatives on one map
_MOST_BODIES = 20_000
_BODIES = ("organisation", "territory", "group", "person")
NONE = "-"  # the key of what an initiative does not say
Types = Mapping[str, InitiativeType]
Once = Callable[[object, Callable[[], "tuple[Entry, ...]"]], "tuple[Entry, ...]"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An initiative with its place. `type` is a key of the vocabulary, or ``own:`` and the folded words of a type of
    its own; `commune` and `structure` are keys too; NONE where nothing is said. The names are as people read them.
    """

    id: str
    name: str
    type: str
    type_written: str
    commune: str
    commune_name: str
    structure: str
    structure_name: str
    address: str
    description: str
    url: str
    said: Said
    place: Located
    found_by: str = ""  # the folded words that a search looks at
    kind: InitiativeType | None = None  # None for a type of its own


class Body(NamedTuple):
    """Who may run an initiative."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a map shows. Empty: no restriction. `within_km` counts from `origin`."""

    types: frozenset[str] = frozenset()
    commune: str = ""
    structure: str = ""
    text: str = ""
    origin: Point | None = None
    within_km: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """An initiative in a list; `km` from the origin, None where there is none or it has no place."""

    entry: Entry
    km: float | None = None


@dataclass(frozen=True)
class Catalogue:
    """The initiatives of a store, by name. `left_out`: how many more there are than a map takes."""

    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    vocabulary: Types = field(default_factory=initiative_types)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def types(self) -> Mapping[str, int]:
        """How many of each type: those of the vocabulary first in its order, then the others by number."""
        found = Counter(entry.type for entry in self.entries)
        listed = {name: found[name] for name in self.vocabulary}
        others = sorted((x for x in found if x not in listed), key=lambda x: (x == NONE, -found[x], x))
        return {**listed, **{name: found[name] for name in others}}

    @cached_property
    def communes(self) -> Mapping[str, str]:
        """The names of the communes by their keys, in alphabetical order."""
        return _names((entry.commune, entry.commune_name) for entry in self.entries)

    @cached_property
    def structures(self) -> Mapping[str, str]:
        return _names((entry.structure, entry.structure_name) for entry in self.entries)

    def matching(self, wanted: Wanted) -> list[Shown]:
        """Those that are wanted: nearest first where there is an origin, else by name."""
        asked = words(wanted.text)
        found = [_shown(entry, wanted.origin) for entry in self.entries if _matches(entry, wanted, asked)]
        if wanted.origin and wanted.within_km:
            found = [x for x in found if x.km is not None and x.km <= wanted.within_km]
        if wanted.origin:
            found.sort(key=lambda x: (x.km is None, x.km or 0.0))  # stable: the same distance stays in order of names
        return found


def catalogue(
    store: Store, where: Filter = NO_FILTER, types: Types | None = None, once: Once = lambda _, make: make()
) -> Catalogue:
    """Read every initiative within a filter, and find its place; `types` are those that are told apart.

    `once` is given all that the entries are made of, and what makes them: it may remember them.
    """
    vocabulary = initiative_types() if types is None else types
    things = store.rows(["initiative"], where, limit=MOST)
    total = store.count_rows(["initiative"], where) if len(things) == MOST else len(things)
    bodies = _named(things, _bodies(store.names(_BODIES, limit=_MOST_BODIES)) if things else {})
    entries = once((things, bodies, vocabulary), lambda: entries_of(things, bodies, vocabulary))
    return Catalogue(entries, total - len(things), vocabulary)


def entries_of(things: Sequence[Thing], bodies: Mapping[str, Body], types: Types | None = None) -> tuple[Entry, ...]:
    """The initiatives with their places, by name. `bodies`: who may run them, by the key of each of their names."""
    vocabulary = initiative_types() if types is None else types
    said = [said_of(thing) for thing in things]
    made = (_entry(*each, bodies, vocabulary) for each in zip(things, said, locate(said), strict=True))
    return tuple(sorted(made, key=lambda entry: (fold(entry.name), entry.id)))


def said_of(thing: Thing) -> Said:
    """What an initiative says of its place."""
    names = ("latitude", "longitude", "address", "where", "postcode", "coordinates_doubt", "coordinates_written")
    return Said(*(str(thing.attributes.get(name) or "") for name in names))


def _entry(thing: Thing, said: Said, place: Located, bodies: Mapping[str, Body], types: Types) -> Entry:
    values = {name: str(value) for name, value in thing.attributes.items()}
    by, written = values.get("by", ""), values.get("type", "")
    body = bodies.get(key(by)) if by else None
    structure, commune = body.label if body else by, bare_name(said.commune)
    kind = type_of(written, types)
    found_by = " ".join((thing.label, structure, by, said.address, said.commune, values.get("description", "")))
    return Entry(
        thing.id, thing.label, kind, written, key(commune) or NONE, commune,
        (body.id if body else key(by)) or NONE, structure, said.address,
        values.get("description", ""), values.get("url", ""), said, place, fold(found_by),
        types.get(kind),
    )  # fmt: skip


def type_of(written: str, types: Types | None = None) -> str:
    """The key of a type as a table writes it.

    >>> type_of("Formations"), type_of("le numérique dans ma poche"), type_of("Ressourcerie"), type_of("")
    ('training', 'phone', 'own:ressourcerie', '-')
    """
    asked = key(written)
    vocabulary = initiative_types() if types is None else types
    return _type_keys(tuple(vocabulary.values())).get(asked, f"own:{asked}") if asked else NONE


@lru_cache(maxsize=4)
def _type_keys(types: tuple[InitiativeType, ...]) -> Mapping[str, str]:
    return {key(word): spec.key for spec in reversed(types) for word in spec.words}


def _bodies(named: Iterable[tuple[str, str, Sequence[str]]]) -> dict[str, Body]:
    """Who may run initiatives, by the key of each name; of several with one name, the best known."""
    found: dict[str, Body] = {}
    for id_, label, others in named:  # the most cited first
        body = Body(id_, label)
        for name in (label, *others):
            found.setdefault(key(name), body)
    return found


def _named(things: Iterable[Thing], bodies: Mapping[str, Body]) -> dict[str, Body]:
    """Those of these bodies that the initiatives name."""
    names = {key(str(thing.attributes["by"])) for thing in things if thing.attributes.get("by")}
    return {name: bodies[name] for name in sorted(names & bodies.keys())}


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for identity, name in pairs:
        if identity != NONE:
            found.setdefault(identity, name)
    return dict(sorted(found.items(), key=lambda item: (fold(item[1]), item[0])))


def _matches(entry: Entry, wanted: Wanted, asked: Sequence[str]) -> bool:
    return (
        (not wanted.types or entry.type in wanted.types)
        and (not wanted.commune or entry.commune == wanted.commune)
        and (not wanted.structure or entry.structure == wanted.structure)
        and all(word in entry.found_by for word in asked)
    )


def _shown(entry: Entry, origin: Point | None) -> Shown:
    return Shown(entry, kilometres(origin, entry.place.point) if origin and entry.place.point else None)


def counts(entries: Iterable[Entry]) -> dict[str, Counter[str]]:
    """How many initiatives of each type there are in each commune, by the keys of both."""
    found: dict[str, Counter[str]] = {}
    for entry in entries:
        found.setdefault(entry.commune, Counter())[entry.type] += 1
    return found
