"""How initiatives are told on a page: their type, where they are and how surely, distances."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from graph.initiatives.catalogue import NONE, Catalogue, Entry, Shown
from graph.initiatives.place import Located, Precision
from ontology.initiatives import InitiativeType
from views.i18n import NBSP, language, number, t
from views.kinds import color

PLAIN_GLYPH = "M12 7a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6Z"


def _type_name(kind: str, known: InitiativeType | None, written: str) -> str:
    """A type in the language of the page; one that the vocabulary does not hold, as it is written."""
    if known:
        return known.name(language())
    own = written or kind.partition(":")[2]
    return t("initiatives.no_type") if kind == NONE else own[:1].upper() + own[1:]


def names_of_types(found: Catalogue) -> dict[str, str]:
    """The names of the types of a map, by key, in its order."""
    written: dict[str, str] = {}
    for entry in found.entries:
        written.setdefault(entry.type, entry.type_written)
    return {kind: _type_name(kind, found.vocabulary.get(kind), written.get(kind, "")) for kind in found.types}


def shown_type(each: Shown) -> str:
    return _type_name(each.entry.type, each.entry.kind, each.entry.type_written)


def remark(entry: Entry) -> str:
    """What has to be said of where an initiative is; nothing where it is at its own coordinates."""
    place = entry.place
    said = [_doubt(entry)] if place.doubt else []
    if place.precision is not Precision.EXACT:
        said.append(precision(place))
    return " ".join(said)


def shown_remark(each: Shown) -> str:
    return remark(each.entry)


def precision(place: Located) -> str:
    """Where a place was taken from: « au centre de Vernelay »."""
    told = t(f"initiatives.at_{place.precision}", by=place.by)
    return f"{told} {t('initiatives.homonyms', n=place.homonyms)}" if place.homonyms else told


def _doubt(entry: Entry) -> str:
    return t(f"initiatives.doubt_{entry.place.doubt}", written=entry.place.written, commune=entry.commune_name)


def distance(km: float) -> str:
    """« 400 m », « 4,2 km », « 120 km »."""
    if km < 0.95:
        return f"{number(round(km * 20) * 50 or 50)}{NBSP}m" if km >= 0.025 else f"0{NBSP}m"
    return f"{number(km, 1 if km < 20 else 0)}{NBSP}km"


def lines_of(known: InitiativeType | None) -> str:
    """The lines of the picture of a type."""
    return (known.glyph if known else "") or PLAIN_GLYPH


@lru_cache(maxsize=128)
def _icon(inside: str, ink: str) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="5.5 3.6 13 13" width="24" height="24">'
        f'<path d="{inside}" fill="none" stroke="{ink}" stroke-width="1.15" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg)


def icon(known: InitiativeType | None) -> str:
    """The picture of a type as a data address, in the colour of initiatives."""
    return _icon(lines_of(known), color("initiative"))
