"""French communes, intercommunal groupings, departments and regions by name: a table that ships with the application.

Read on first use only (about 0.1 s). See ``ontology/gazetteer/SOURCES.md`` for where it comes from.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph.text import words

_FOLDER = Path(__file__).resolve().parent.parent / "ontology" / "gazetteer"
_ARTICLES = frozenset({"l", "la", "le", "les"})
_OF = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
# How a grouping is announced, in texts and in the table, folded.
_GROUPING = re.compile(
    r"^(?:communaute (?:de communes|d agglomeration|urbaine)|comcom|agglo(?:meration)?|metropole|cc|ca|cu"
    r"|etablissement public territorial|ept)\b ?"
)
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class Place(NamedTuple):
    """A place of the table. `kind`: commune, delegated (a former commune), grouping, department, region.

    `type` is that of a grouping (CC, CA, CU, METRO, EPT). Coordinates are degrees, None where unknown; `located_by` is
    the code of another commune whose coordinates stand in for those of this one, "" where they are its own.
    """

    code: str
    name: str
    kind: str
    type: str = ""
    department: str = ""
    grouping: str = ""
    population: int = 0
    latitude: float | None = None
    longitude: float | None = None
    located_by: str = ""


def place_key(name: str) -> str:
    """A name without case, accents, punctuation, leading article or announcement; « St » is « Saint ».

    >>> place_key("L’Abergement-Clémenciat"), place_key("CC du Faucigny - Glières"), place_key("St-Étienne")
    ('abergement clemenciat', 'faucigny glieres', 'saint etienne')
    """
    text = " ".join(_SAINTS.get(w, w) for w in words(name))
    bare = _GROUPING.sub("", text)
    parts = bare.split() if bare else text.split()
    leading = _OF if bare != text else _ARTICLES
    while len(parts) > 1 and parts[0] in leading:
        parts = parts[1:]
    return " ".join(parts)


def named(name: str, *kinds: str) -> tuple[Place, ...]:
    """The places of this name, of these kinds only where given, the most populated first. Homonyms are many."""
    found = _index().get(place_key(name), ())
    return tuple(p for p in found if not kinds or p.kind in kinds)


def by_code(code: str) -> Place | None:
    """The commune (INSEE code; "D" after that of a former one), grouping (SIREN), department, region ("R-" before)."""
    return _codes().get(code)


def beginning(name: str) -> tuple[Place, ...]:
    """Communes whose name goes on after these words (« Ambérieu » for « Ambérieu-en-Bugey »), most populated first."""
    start = place_key(name)
    names = [n for n in _first_words().get(start.split(" ", 1)[0], ()) if n.startswith(start + " ")]
    return _sorted(p for n in names for p in _index()[n] if p.kind == "commune")


def places() -> Iterator[Place]:
    """Every place of the table, in its order."""
    yield from _codes().values()


@cache
def _codes() -> dict[str, Place]:
    found = {}
    for insee, name, kind, department, population, grouping, latitude, longitude, by in _rows("communes"):
        north, east = (float(latitude), float(longitude)) if latitude else (None, None)
        code = f"{insee}D" if kind == "delegated" else insee  # a former commune may have the code of the present one
        found[code] = Place(code, name, kind, "", department, grouping, int(population or 0), north, east, by)
    for code, name, kind, population in _rows("groupings"):
        found[code] = Place(code, name, "grouping", kind, population=int(population or 0))
    for code, name, _region in _rows("departments"):
        found[code] = Place(code, name, "department", department=code)
    for code, name in _rows("regions"):
        found[f"R-{code}"] = Place(f"R-{code}", name, "region")
    return found


@cache
def _index() -> dict[str, tuple[Place, ...]]:
    found = defaultdict(list)
    for place in _codes().values():
        found[place_key(place.name)].append(place)
    return {name: _sorted(same) for name, same in found.items()}


def _sorted(same: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(same, key=lambda p: (-p.population, p.code)))


@cache
def _first_words() -> dict[str, tuple[str, ...]]:
    """The keys of communes by their first word."""
    found = defaultdict(list)
    for name, same in _index().items():
        if any(p.kind == "commune" for p in same):
            found[name.split(" ", 1)[0]].append(name)
    return {word: tuple(names) for word, names in found.items()}


def _rows(table: str) -> Iterator[list[str]]:
    with gzip.open(_FOLDER / f"{table}.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")
