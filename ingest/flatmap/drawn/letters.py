"""Letters of a PDF page that are printed twice at one place, as some programs make text bold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Any

_SAME = 1.0  # points
_FARTHEST = 1e6  # points: hostile numbers go beyond measure
_AROUND = tuple(product((-1, 0, 1), repeat=2))


def printed_again(chars: Iterable[dict[str, Any]]) -> set[int]:
    """The `id` of each letter that repeats another where it stands.

    pdfplumber's own way grows with the square of the letters of a page.
    """
    places: dict[tuple[Any, ...], list[tuple[float, float]]] = defaultdict(list)
    again: set[int] = set()
    for char in chars:
        look = (char["text"], char["fontname"], char["size"], char["upright"])
        x, y = (min(max(char[edge], -_FARTHEST), _FARTHEST) for edge in ("x0", "top"))
        column, row = int(x), int(y)
        near = (place for i, j in _AROUND for place in places.get((column + i, row + j, look), ()))
        if any(abs(x - u) <= _SAME and abs(y - v) <= _SAME for u, v in near):
            again.add(id(char))
        else:
            places[column, row, look].append((x, y))
    return again
