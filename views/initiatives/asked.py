"""What the address asks of the map: filters, a place to measure from, the chosen initiative; the catalogue behind it.

Parameters: `types` (keys parted by commas), `commune`, `structure` (keys), `q` (words), `near` (an address or commune),
`km`, `check` (only those whose place is to be checked), `thing`, `p` (page of the list), `edit` (the types, changed),
`type` (which of them).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from graph.initiatives.catalogue import MOST, Catalogue, Shown, Types, Wanted, catalogue, type_of
from graph.initiatives.place import Located, Precision
from graph.initiatives.search import find
from graph.initiatives.types import kept as kept_types
from graph.model import Role
from graph.persons.unnamed import in_words_of
from graph.store.base import Store
from ingest import geocoder
from ontology.initiatives import initiative_types
from views import memory, state

RADII = (1, 2, 5, 10, 20, 50, 100)
PARAMETERS = ("types", "commune", "structure", "q", "near", "km", "check", "p", "thing")


@dataclass(frozen=True)
class Asked:
    """A map as it is asked: everything, what matches, the place that distances count from.

    `gone` are the types, commune and structure that are asked and not held: no filters.
    """

    all: Catalogue
    shown: list[Shown]
    wanted: Wanted
    near: str = ""
    origin: Located | None = None
    check: bool = False
    gone: tuple[str, ...] = ()

    @property
    def filtered(self) -> bool:
        return self.wanted != Wanted() or self.check


def known() -> Catalogue:
    """Every initiative within the filter of the page, read anew when a document, a decision or a type came."""
    return _catalogue(stamp())


def stamp() -> tuple[str, ...]:
    """What changes when `known` does; the types are no part of what documents say."""
    return state.said(), repr(state.where()), repr(kept_types(state.whole()).types)


@memory.kept(max_entries=12)
def _catalogue(graph: tuple[str, ...]) -> Catalogue:  # noqa: ARG001  the key of the cache
    # What is said elsewhere leaves the initiatives as they are, and so their places: to find them takes longest.
    return catalogue(state.store(), state.where(), _types(), partial(memory.once, "initiatives"))


def _types() -> Types:
    """The types as the role may read them: a name that people gave is told where something that it reads has it."""
    types, vocabulary = kept_types(state.whole()).types, initiative_types()
    if state.actor().role == Role.FACILITATOR or types == vocabulary:
        return types
    store = state.store()
    types = _in_words_of(store, types)
    written = {str(thing.attributes.get("type") or "") for thing in store.rows(["initiative"], limit=MOST)}
    used = {type_of(each, types) for each in written}
    plain = {kind: replace(types[kind], fr=spec.fr, en=spec.en) for kind, spec in vocabulary.items() if kind in types}
    return {kind: spec if kind in used else plain[kind] for kind, spec in types.items() if kind in used | plain.keys()}


def _in_words_of(store: Store, types: Types) -> Types:
    """The types under the names that a reader of the store reads; the key of one that is made of a name is a number."""
    found = {}
    for at, (kind, spec) in enumerate(types.items()):
        said = (spec.fr, spec.en, kind.replace("-", " ").title())
        fr, en, of_key = (in_words_of(store, name) for name in said)
        own = kind if (fr, en, of_key) == said else f"type-{at}"
        found[own] = replace(spec, key=own, fr=fr, en=en, words=tuple(in_words_of(store, word) for word in spec.words))
    return found


def read() -> Asked:
    """The map that the address asks for. What it names and the map does not hold is no filter, and is told."""
    found = known()
    near = state.query("near").strip()
    origin = _place(near, found) if near else None
    types, commune, structure = state.query("types").split(","), state.query("commune"), state.query("structure")
    wanted = Wanted(
        types=frozenset(types) & frozenset(found.types),
        commune=_one_of(commune, found.communes),
        structure=_one_of(structure, found.structures),
        text=state.query("q").strip(),
        origin=origin.point if origin else None,
        within_km=radius() if origin and origin.point else 0.0,
    )
    check = bool(state.query("check"))
    shown = [x for x in found.matching(wanted) if not check or x.entry.place.told]
    named = [*((kind, found.types) for kind in types), (commune, found.communes), (structure, found.structures)]
    gone = dict.fromkeys(name for name, held in named if name and name not in held)
    return Asked(found, shown, wanted, near, origin, check, tuple(gone))


def radius() -> float:
    """The radius that the address asks for, in kilometres; 0 for none."""
    asked = state.query("km")
    return float(asked) if asked.isdecimal() and int(asked) in RADII else 0.0


def _one_of(asked: str, known_keys: object) -> str:
    return asked if hasattr(known_keys, "__contains__") and asked in known_keys else ""


def _place(near: str, found: Catalogue) -> Located:
    """The place of what was typed: by the configured service where there is one, else by the tables."""
    answer = _geocoded(near)
    if answer:
        return Located(answer[0], Precision.EXACT, answer[1])
    entries = found.entries
    return find(near, [entry.said for entry in entries], [entry.place for entry in entries])


def _geocoded(near: str) -> tuple[tuple[float, float], str] | None:
    return _service(near, geocoder.configured()) if geocoder.configured() else None


@st.cache_data(show_spinner=False, max_entries=200, ttl=3600)
def _service(near: str, address: str) -> tuple[tuple[float, float], str] | None:  # noqa: ARG001  the key of the cache
    return geocoder.ask(near)


def change(**values: str | int | None) -> None:
    """Change what is asked; the list begins anew."""
    state.set_query(p=None, **values)


def clear() -> None:
    change(types=None, commune=None, structure=None, q=None, near=None, km=None, check=None)


def kept() -> dict[str, str]:
    """The parameters of the map as they stand, for links that change one of them."""
    return {name: value for name in PARAMETERS if (value := state.query(name))}


def without_place(shown: list[Shown]) -> int:
    return sum(each.entry.place.point is None for each in shown)


def only(asked: Asked, **changes: object) -> Wanted:
    """What is wanted, with some of it otherwise: for counts beside a filter."""
    return replace(asked.wanted, **changes)  # type: ignore[arg-type]
