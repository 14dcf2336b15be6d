"""How themes move through a series, as one picture: a band per theme, as high as its sentences are many.

The followed theme is blue, what joins it hatched, the rest grey. The table under it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from graph.course.streams import JOINS, Stream
from graph.questions.boxes import wrap
from views.escape import html
from views.i18n import number, t
from views.kinds import label, theme

LEFT, RIGHT = 172, 148  # px beside the first and the last column, for the names
_WIDEST, _NARROWEST, _FITS = 152, 116, 640  # px: a column, and all of them where they can be seen at once
_TOP, _FOOT, _BAR, _GAP, _LEAST = 10, 12, 16, 15, 5
_HIGHEST = 330  # px that the bars of the fullest meeting take together
_CHARS = 22
_POINT = 46  # px that a band takes to come from nowhere
_INKS = {
    "light": {"paper": "#FFFFFF", "ink": "#17212B", "line": "#CBD4DC", "bar": "#5F6B77", "band": "#E8EDF1",
              "edge": "#B4BFC9", "own": "#123F86", "own_band": "#B9CAE6"},
    "dark": {"paper": "#12181F", "ink": "#E9EEF2", "line": "#3A4652", "bar": "#98A3AD", "band": "#263039",
             "edge": "#4A5763", "own": "#6096F0", "own_band": "#2A426B"},
}  # fmt: skip


@dataclass(frozen=True)
class _Bar:
    x: float
    top: float
    bottom: float
    n: int

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def column(columns: int) -> int:
    """How wide each column is; the cards of the meetings above the picture stand in the same."""
    return max(_NARROWEST, min(_WIDEST, _FITS // columns))


def width(columns: int) -> int:
    return LEFT + (columns - 1) * column(columns) + _BAR + 40 + RIGHT


def picture(streams: Sequence[Stream], followed: str = "") -> str:
    """The picture as HTML, said in words too. Nothing for no stream."""
    if not streams:
        return ""
    columns = len(streams[0].counts)
    bars = _bars(streams, columns)
    height = max(bar.bottom for row in bars.values() for bar in row if bar) + _FOOT
    inks = _INKS[theme()]
    rest = sorted(streams, key=lambda s: followed in {s.theme.id, s.into})
    lines = "".join(
        f'<path d="M{_x(n, columns):.0f} 0V{height:.0f}" stroke="{inks["line"]}" stroke-width="1"/>'
        for n in range(columns)
    )
    bands = "".join(_bands(stream, bars, followed) for stream in rest)
    words = "".join(_words(stream, bars[stream.theme.id], followed) for stream in streams)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width(columns)} {height:.0f}" '
        f'width="{width(columns)}" height="{height:.0f}">{_style(inks)}{lines}{bands}{words}</svg>'
    )
    # An image: Streamlit takes drawings out of the HTML that it is given.
    said = t("meetings.picture", n=len(streams))
    return f'<img class="streams" src="data:image/svg+xml,{quote(svg)}" alt="{html(said)}">'


def _style(inks: dict[str, str]) -> str:
    return (
        f"<style>text {{ font: 13px system-ui, sans-serif; fill: {inks['ink']}; paint-order: stroke; "
        f"stroke: {inks['paper']}; stroke-width: 3px }} .own {{ font-weight: 650; fill: {inks['own']} }} "
        f".n {{ font-size: 12px }} .band {{ fill: {inks['band']}; stroke: {inks['edge']} }} "
        f".own-band {{ fill: {inks['own_band']}; stroke: {inks['own']} }} "
        f".joins {{ fill: url(#hatch); stroke: {inks['own']} }} .bar {{ fill: {inks['bar']} }} "
        f".own-bar {{ fill: {inks['own']} }} .gap {{ fill: none; stroke: {inks['bar']}; stroke-dasharray: 2 4 }}"
        "</style>"
        f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="8" height="8" fill="{inks["paper"]}"/><rect width="4" height="8" fill="{inks["own"]}"/>'
        f"</pattern></defs>"
    )


def _x(place: int, columns: int) -> float:
    return LEFT + place * column(columns) + _BAR / 2


def _bars(streams: Sequence[Stream], columns: int) -> dict[str, list[_Bar | None]]:
    """Where each theme stands in each meeting: stacked in the order given, the absent left out."""
    most = max(sum(s.counts[n] for s in streams) for n in range(columns)) or 1
    unit = _HIGHEST / most
    out: dict[str, list[_Bar | None]] = {s.theme.id: [None] * columns for s in streams}
    for place in range(columns):
        y = float(_TOP)
        for stream in streams:
            n = stream.counts[place]
            if n:
                high = max(_LEAST, n * unit)
                out[stream.theme.id][place] = _Bar(_x(place, columns), y, y + high, n)
                y += high + _GAP
    return out


def _look(stream: Stream, followed: str) -> str:
    if stream.theme.id == followed:
        return "own-band"
    return "joins" if followed and stream.into == followed else "band"


def _bands(stream: Stream, bars: dict[str, list[_Bar | None]], followed: str) -> str:
    own, look = bars[stream.theme.id], _look(stream, followed)
    there = [n for n, bar in enumerate(own) if bar]
    parts = []
    for a, b in pairwise(there):
        one, other = own[a], own[b]
        if one and other:
            parts.append(_band(one, other, look) if b == a + 1 else _gap(one, other))
    first, last = own[there[0]], own[there[-1]]
    if first and there[0] > 0:
        parts.append(_point(first, -1, look))
    if last and there[-1] < len(own) - 1:
        target = bars.get(stream.into, [])[there[-1] + 1 : there[-1] + 2] if stream.movement == JOINS else []
        parts.append(_into(last, target[0], look) if target and target[0] else _point(last, 1, look))
    kind = "own-bar" if stream.theme.id == followed else "bar"
    parts += [f'<rect class="{kind}" {_box(bar)}/>' for bar in own if bar]
    return "".join(parts)


def _box(bar: _Bar) -> str:
    return f'x="{bar.x - _BAR / 2:.0f}" y="{bar.top:.1f}" width="{_BAR}" height="{bar.bottom - bar.top:.1f}" rx="2"'


def _band(one: _Bar, other: _Bar, look: str) -> str:
    a, b = one.x + _BAR / 2, other.x - _BAR / 2
    m = (a + b) / 2
    return (
        f'<path class="{look}" d="M{a:.0f} {one.top:.1f}C{m:.0f} {one.top:.1f} {m:.0f} {other.top:.1f} {b:.0f} '
        f"{other.top:.1f}V{other.bottom:.1f}C{m:.0f} {other.bottom:.1f} {m:.0f} {one.bottom:.1f} {a:.0f} "
        f'{one.bottom:.1f}Z"/>'
    )


def _into(one: _Bar, target: _Bar, look: str) -> str:
    """A band that ends in another theme's bar, at its upper edge or its lower, whichever is nearer."""
    high = min(one.bottom - one.top, target.bottom - target.top)
    below = one.top > target.top
    top = target.bottom - high if below else target.top
    return _band(one, _Bar(target.x, top, top + high, 0), look)


def _gap(one: _Bar, other: _Bar) -> str:
    """Said again after meetings that did not speak of it."""
    a, b = one.x + _BAR / 2, other.x - _BAR / 2
    m = (a + b) / 2
    path = f"M{a:.0f} {one.middle:.1f}C{m:.0f} {one.middle:.1f} {m:.0f} {other.middle:.1f} {b:.0f} {other.middle:.1f}"
    return f'<path class="gap" d="{path}"/>'


def _point(bar: _Bar, way: int, look: str) -> str:
    """The end of a band that comes from nowhere, or goes nowhere."""
    a = bar.x + way * _BAR / 2
    tip, m = a + way * _POINT, a + way * _POINT / 2
    return (
        f'<path class="{look}" d="M{a:.0f} {bar.top:.1f}C{m:.0f} {bar.top:.1f} {m:.0f} {bar.middle:.1f} {tip:.0f} '
        f'{bar.middle:.1f}C{m:.0f} {bar.middle:.1f} {m:.0f} {bar.bottom:.1f} {a:.0f} {bar.bottom:.1f}Z"/>'
    )


def _words(stream: Stream, own: Sequence[_Bar | None], followed: str) -> str:
    """Its numbers beside its bars; its name at the left, the right, or over its first bar."""
    kind = ' class="own"' if stream.theme.id == followed else ""
    counts = "".join(
        f'<text class="n" x="{bar.x + _BAR / 2 + 5:.0f}" y="{bar.middle + 4:.1f}">{number(bar.n)}</text>'
        for bar in own
        if bar
    )
    first = next(bar for bar in own if bar)
    name = html(wrap(label(stream.theme), _CHARS, 1)[0])
    parts = [counts]
    if own[0]:
        parts.append(f'<text{kind} x="{LEFT - 8}" y="{first.middle + 4:.1f}" text-anchor="end">{name}</text>')
    if (last := own[-1]) and len(own) > 1:
        parts.append(f'<text{kind} x="{last.x + 34:.0f}" y="{last.middle + 4:.1f}">{name}</text>')
    elif not own[0]:
        parts.append(f'<text{kind} x="{first.x - 14:.0f}" y="{first.middle + 4:.1f}" text-anchor="end">{name}</text>')
    return "".join(parts)
