"""The explained paths as one small picture: the two ends, and between them a column for each path."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from urllib.parse import quote

from graph.model import Path, Thing
from graph.questions.boxes import wrap
from graph.questions.counted import UNSURE_BELOW
from views.escape import html
from views.i18n import t
from views.kinds import label, spec, theme

WIDTH, TOP, ROW, FOOT = 260, 30, 84, 44
_MARK = 24  # the side of a glyph, in the units of its own drawing
_PAPER = {"light": "#FFFFFF", "dark": "#12181F"}


def picture(paths: Sequence[Path]) -> str:
    """The picture as HTML, described in words too; the paths beside it hold the links. Nothing for no path."""
    if not paths:
        return ""
    a, b = paths[0].nodes[0], paths[0].nodes[-1]
    deepest = max(len(path.hops) for path in paths)
    height = TOP + deepest * ROW + FOOT
    lines, things = [], [_thing(a, WIDTH / 2, TOP), _thing(b, WIDTH / 2, TOP + deepest * ROW)]
    for column, path in enumerate(paths):
        middle = WIDTH * (column + 0.5) / len(paths)
        places = _places(path, middle, deepest)
        lines += _lines(path, places, middle)
        inner = zip(path.nodes[1:-1], places[1:-1], strict=True)
        things += [_thing(thing, x, y, chars=ceil(34 / len(paths))) for thing, (x, y) in inner]
    said = "; ".join(", ".join(label(x) for x in path.nodes[1:-1]) or t("links.direct") for path in paths)
    name = t("links.picture", a=label(a), b=label(b), paths=said)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"{_style()}{''.join(lines)}{''.join(things)}</svg>"
    )
    # An image: Streamlit takes drawings out of the HTML that it is given.
    return f'<img class="paths" src="data:image/svg+xml,{quote(svg)}" alt="{html(name)}">'


def _style() -> str:
    ink, line = ("#E9EEF2", "#7E8B97") if theme() == "dark" else ("#17212B", "#7C8894")
    return (
        f"<style>text {{ font: 12.5px system-ui, sans-serif; text-anchor: middle; fill: {ink}; paint-order: stroke; "
        f"stroke: {_PAPER[theme()]}; stroke-width: 3px }} "
        f".tie {{ stroke: {line}; stroke-width: 2; fill: none }}</style>"
    )


def _places(path: Path, x: float, deepest: int) -> list[tuple[float, float]]:
    """Where each thing of a path stands: the ends in the middle, the others evenly down the path's own column."""
    step = deepest * ROW / len(path.hops)
    inner = [(x, TOP + step * n) for n in range(1, len(path.hops))]
    return [(WIDTH / 2, TOP), *inner, (WIDTH / 2, TOP + deepest * ROW)]


def _lines(path: Path, places: Sequence[tuple[float, float]], middle: float) -> list[str]:
    """The ties of a path. A direct one bends into its own column: straight, it would cross the things of another."""
    bends = f"Q{2 * middle - WIDTH / 2:.0f} {(places[0][1] + places[-1][1]) / 2:.0f} " if len(path.hops) == 1 else "L"
    return [
        _line(p, f"{bends}{q[0]:.0f} {q[1]:.0f}", hop.confidence < UNSURE_BELOW)
        for p, q, hop in zip(places, places[1:], path.hops, strict=False)
    ]


def _line(start: tuple[float, float], way: str, doubtful: bool) -> str:
    dots = ' stroke-dasharray="2 4"' if doubtful else ""
    return f'<path d="M{start[0]:.0f} {start[1]:.0f}{way}" class="tie"{dots}/>'


def _thing(thing: Thing, x: float, y: float, *, chars: int = 36) -> str:
    words = "".join(
        f'<tspan x="{x:.0f}" dy="{0 if not n else 14}">{html(line)}</tspan>'
        for n, line in enumerate(wrap(label(thing), max(chars, 11)))
    )
    mark = f'<g transform="translate({x - 12:.0f} {y - 12:.0f})">{_shape(thing.kind)}</g>'
    return f'{mark}<text x="{x:.0f}" y="{y + 27:.0f}">{words}</text>'


def _shape(kind: str) -> str:
    found = spec(kind)
    if found is None:
        return f'<circle cx="12" cy="12" r="9" fill="{_PAPER[theme()]}" class="tie"/>'
    ink = found.family.dark if theme() == "dark" else found.family.light
    paper = _PAPER[theme()]
    inside = ink if found.fill == "solid" else paper
    line = paper if found.fill == "solid" else ink
    back = f'<circle cx="12" cy="12" r="{_MARK / 2 + 3}" fill="{paper}"/>'
    return (
        f'{back}<path d="{found.path}" fill="{inside}" stroke="{ink}" stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="{found.glyph}" fill="none" stroke="{line}" stroke-width="1.9" stroke-linecap="round"/>'
    )
