"""The order in which one reads what stands on a slide: from top to bottom, side by side from left to right."""

from __future__ import annotations

from collections.abc import Sequence

CENTIMETRE = 360_000  # in EMU, the unit of Office
_BAND = CENTIMETRE  # shapes whose tops are less apart stand side by side


def reading_order(places: Sequence[tuple[int, int]]) -> list[int]:
    """The numbers of the shapes in reading order; `places` are their tops and lefts, in EMU."""
    bands: dict[int, int] = {}
    near: int | None = None
    for top in sorted({top for top, _ in places}):
        near = near if near is not None and top - near < _BAND else top
        bands[top] = near
    return sorted(range(len(places)), key=lambda n: (bands[places[n][0]], places[n][1], n))
