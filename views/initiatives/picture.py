"""What is sent to the map: columns instead of one record per place, words, and no markup; what is done on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from graph.initiatives.base_map import Town, towns
from graph.initiatives.catalogue import Entry
from graph.initiatives.place import Precision
from ontology import load
from views import memory, state
from views.escape import web_address
from views.i18n import language, t
from views.initiatives.asked import Asked, stamp
from views.initiatives.listing import page_of
from views.initiatives.words import lines_of, names_of_types
from views.network.component import MAP
from views.network.component import draw as draw_component

TILES, CREDIT = "MAILLAGE_TILES", "MAILLAGE_TILES_CREDIT"
_WORDS = ("in", "out", "fit", "same", "more", "close", "cluster")


def draw(asked: Asked) -> None:
    def acted(what: str, value: Any) -> None:
        if what == "select" and isinstance(value, str):
            known = value if value in asked.all.by_id else ""
            state.set_query(thing=known, p=page_of(asked, known) if known else state.query("p"))

    draw_component(MAP, "map", payload(asked), key="map", on_act=acted)


def payload(asked: Asked) -> dict[str, Any]:
    """The map as the component reads it."""
    placed = [x.entry for x in asked.shown if x.entry.place.point]
    names = names_of_types(asked.all)
    kinds = {kind: n for n, kind in enumerate(names)}
    family = load().kind("initiative").family
    return {
        "rev": _revision(asked),
        "words": _words(asked, len(placed)),
        "types": [{"name": names[kind], "glyph": lines_of(asked.all.vocabulary.get(kind))} for kind in kinds],
        "pin": load().kind("initiative").path,
        "colour": {"light": family.light, "dark": family.dark},
        "points": _points(placed, kinds),
        "towns": _towns(_base(asked)),
        "origin": _origin(asked),
        "chosen": state.query("thing"),
        "tiles": tiles(),
    }


def _points(placed: Sequence[Entry], kinds: dict[str, int]) -> dict[str, list[Any]]:
    points = [entry.place.point or (0.0, 0.0) for entry in placed]
    return {
        "id": [entry.id for entry in placed],
        "name": [entry.name for entry in placed],
        "type": [kinds[entry.type] for entry in placed],
        "sure": [int(entry.place.precision in {Precision.EXACT, Precision.ADDRESS}) for entry in placed],
        "lat": [round(point[0], 5) for point in points],
        "lon": [round(point[1], 5) for point in points],
    }


def _towns(listed: Sequence[Town]) -> dict[str, list[Any]]:
    return {
        "name": [town.name for town in listed],
        "lat": [round(town.point[0], 4) for town in listed],
        "lon": [round(town.point[1], 4) for town in listed],
        "size": [int(town.own) for town in listed],
    }


def _base(asked: Asked) -> list[Town]:
    """The communes under the map: those of all its initiatives, whatever the filters, so that the ground stays."""
    return [] if tiles() else _kept_towns(stamp(), asked.all.entries)


@memory.kept(max_entries=12)
def _kept_towns(graph: tuple[str, ...], _entries: Sequence[Entry]) -> list[Town]:  # noqa: ARG001  the key of the cache
    return towns(_entries)


def _origin(asked: Asked) -> dict[str, Any] | None:
    if not asked.wanted.origin:
        return None
    north, east = asked.wanted.origin
    return {"lat": round(north, 5), "lon": round(east, 5), "km": asked.wanted.within_km}


def _revision(asked: Asked) -> str:
    """Changes when the map should look elsewhere: other initiatives in all, another place to measure from."""
    wanted = asked.wanted
    parts = (len(asked.all.entries), wanted.origin, wanted.within_km, wanted.commune, wanted.structure)
    return memory.fingerprint(*parts)


def _words(asked: Asked, placed: int) -> dict[str, Any]:
    foot = [t("initiatives.base_tiles") if tiles() else t("initiatives.base_local")]
    if any(not x.entry.place.point or x.entry.place.precision is not Precision.EXACT for x in asked.shown):
        foot.append(t("initiatives.outlined"))
    foot.append(_credit() if tiles() else t("initiatives.base_credit"))
    return {
        **{name: t(f"initiatives.map_{name}", n="{n}") for name in _WORDS},
        "canvas": t("initiatives.map_canvas", n=placed),
        "canvas_keys": t("initiatives.map_canvas_keys"),
        "foot": [line for line in foot if line],
        "decimal": "," if language() == "fr" else ".",
        "compass": "NESO" if language() == "fr" else "NESW",
    }


def tiles() -> dict[str, str] | None:
    """The tile server that is configured, None by default: the map then asks nothing of another machine."""
    address = os.environ.get(TILES, "").strip()
    fits = bool(web_address(address)) and all(part in address for part in ("{z}", "{x}", "{y}"))
    return {"url": address} if fits else None


def _credit() -> str:
    return os.environ.get(CREDIT, "").strip()[:200]
