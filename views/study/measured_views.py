"""The tables of what was measured: each gives its header and plain rows for CSV, each number opens its sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import streamlit as st

from graph.model import Thing
from graph.study.compare import Part, said
from graph.study.measures import Place
from graph.study.stability import ends
from graph.study.telling import LOOKED_AT, telling
from views import state
from views.escape import html
from views.i18n import named, number, percent, t
from views.kinds import label
from views.study.shared import OPENED, beside_opened, here, opened_card, opens, thing_link
from views.tables import more_button, shown, table

if TYPE_CHECKING:
    from views.study.measures import Found

Plain: TypeAlias = tuple[list[str], list[list[object]]]
_STEP = 25
_TIES = 3  # of a community
_THEMES = 12


def draw(view: str, found: Found) -> Plain:
    """One view; what is open is read beside it."""
    left, right = beside_opened() if state.query("x") else (st.container(), None)
    with left:
        plain = _VIEWS[view](found)
    if right is not None:
        with right:
            _opened()
    return plain


def _opened() -> None:
    """The sentences of a theme, or those that tie two."""
    opened = [thing for name in OPENED[:2] if (thing := state.known(state.query(name)))]
    if not opened:
        return
    title, store, where = " · ".join(label(thing) for thing in opened), state.store(), state.where()
    if len(opened) == 2:
        a, b = opened
        opened_card(title, lambda most: telling(store.why(a.id, b.id, where, limit=max(most, LOOKED_AT)), opened, most))
    else:
        opened_card(title, lambda most: said(store, Part(), opened[0].id, where, limit=most))


def community_names(found: Found) -> Mapping[int, str]:
    """Each community under the names of its most said themes."""
    names: dict[int, list[str]] = {}
    for place in found.measured.places:
        if place.thing.kind == "theme":
            names.setdefault(place.community, []).append(place.thing.label)
    return {community: ", ".join(labels[:3]) for community, labels in names.items()}


def _themes(found: Found) -> list[Place]:
    return [place for place in found.measured.places if place.thing.kind == "theme"]


def _pair(a: Thing, b: Thing, words: str) -> str:
    """A link that opens what ties two things."""
    name = t("study.tie_of", a=label(a), b=label(b))
    address = html(here(x=a.id, y=b.id))
    return f'<a href="{address}" title="{html(name)}" aria-label="{html(name)}">{html(words)}</a>'


# --- central --------------------------------------------------------------------------------------------------------


def _central(found: Found) -> Plain:
    names, themes, stays = community_names(found), _themes(found), found.stability.stays
    header = [t(f"study.col_{c}") for c in ("theme", "tied_to", "passages", "between", "community", "stays")]
    cells = [
        [
            thing_link(p.thing),
            number(p.degree),
            opens(p.passages, t("study.sentences_of", a=label(p.thing)), x=p.thing.id, y=""),
            percent(p.between),
            f"<small>{html(names.get(p.community, ''))}</small>",
            _percent(stays.get(p.thing.id)),
        ]
        for p in themes[: shown(themes, "central", _STEP)]
    ]
    table(header, cells, numeric=(1, 2, 3, 5))
    more_button(len(themes), "central", _STEP)
    rows: list[list[object]] = [
        [
            p.thing.label,
            p.degree,
            p.passages,
            round(p.between, 4),
            names.get(p.community, ""),
            _rounded(stays.get(p.thing.id)),
        ]
        for p in themes
    ]
    return header, rows


# --- communities ----------------------------------------------------------------------------------------------------


def _communities(found: Found) -> Plain:
    names, places = community_names(found), _themes(found)
    header = [t(f"study.col_{c}") for c in ("community", "themes", "statements", "strongest")]
    cells, rows = [], list[list[object]]()
    for community, ids in enumerate(found.measured.communities):
        themes = [p.thing for p in places if p.community == community]
        if not themes:
            continue  # statements that nothing is said about together
        others = len(ids) - len(themes)
        listed = ", ".join(thing_link(theme) for theme in themes[:_THEMES])
        more = f" <small>{html(t('common.more', n=len(themes) - _THEMES))}</small>" if len(themes) > _THEMES else ""
        ties = _strongest(found, themes)
        linked = "<br>".join(_pair(a, b, f"{label(a)} – {label(b)} ({number(n)})") for a, b, n in ties)
        cells.append([f"{listed}{more}", number(len(themes)), number(others), linked or "–"])
        tied = " | ".join(f"{a.label} - {b.label} ({n})" for a, b, n in ties)
        rows.append([names[community], len(themes), others, tied, " | ".join(theme.label for theme in themes)])
    now = cells[: shown(cells, "communities", _STEP)]
    table(header, now, numeric=(1, 2))
    more_button(len(cells), "communities", _STEP)
    return [*header, t("study.col_its_themes")], rows


def _strongest(found: Found, themes: list[Thing]) -> list[tuple[Thing, Thing, int]]:
    """The ties with most passages among the first themes of a community."""
    total = found.ties.all
    pairs = ((a, b, total.get((min(a.id, b.id), max(a.id, b.id)), 0)) for a, b in combinations(themes[:_THEMES], 2))
    return sorted((pair for pair in pairs if pair[2]), key=lambda p: (-p[2], p[0].id, p[1].id))[:_TIES]


# --- bridges, holes, stability --------------------------------------------------------------------------------------


def _bridges(found: Found) -> Plain:
    names = community_names(found)
    header = [t(f"study.col_{c}") for c in ("theme", "community", "passages", "leads_to", "holds")]
    cells, rows = [], list[list[object]]()
    for bridge in found.bridges:
        arms = [
            f"{_pair(bridge.theme, s.nearest, label(s.nearest))} "
            f"<small>({named(html(names.get(s.community, '')), number(s.passages))})</small>"
            for s in bridge.spans[:5]
        ]
        own = names.get(bridge.community, "")
        times = found.stability.bridges.get(bridge.theme.id)
        cells.append(
            [
                thing_link(bridge.theme), f"<small>{html(own)}</small>", number(bridge.passages), "<br>".join(arms),
                _times(times, found),
            ]
        )  # fmt: skip
        leads = " | ".join(f"{s.nearest.label} ({s.passages})" for s in bridge.spans)
        rows.append([bridge.theme.label, own, bridge.passages, leads, _times(times, found)])
    _listed(header, cells, numeric=(2, 4))
    return header, rows


def _holes(found: Found) -> Plain:
    header = [t(f"study.col_{c}") for c in ("theme", "other_theme", "closeness", "through", "holds")]
    cells, rows = [], list[list[object]]()
    for hole in found.holes:
        through = [
            f"{_pair(hole.a, c, label(hole.a))} – <b>{html(label(c))}</b> – {_pair(c, hole.b, label(hole.b))}"
            for c in hole.between
        ]
        times = found.stability.holes.get(ends(hole))
        known = (thing_link(hole.a), thing_link(hole.b), number(hole.score, 2))
        cells.append([*known, "<br>".join(through), _times(times, found)])
        through_these = " | ".join(c.label for c in hole.between)
        rows.append([hole.a.label, hole.b.label, hole.score, through_these, _times(times, found)])
    _listed(header, cells, numeric=(2, 4))
    return header, rows


def _stability(found: Found) -> Plain:
    header = [t(f"study.col_{c}") for c in ("left_out", "agreement", "top", "central", "bridges", "holes")]
    tries = found.stability.tries
    if not tries:
        st.info(t("study.one_document"))
        return header, []
    mean = t("study.stable", agreement=number(found.stability.agreement, 2), top=percent(found.stability.top))
    st.markdown(f"**{mean}**")
    shares = [(x.top, x.central, x.bridges, x.holes) for x in tries]
    cells = [[html(x.name), number(x.agreement, 2), *map(_percent, of)] for x, of in zip(tries, shares, strict=True)]
    table(header, cells, numeric=(1, 2, 3, 4, 5))
    pivots = found.stability.pivots
    if not pivots:
        st.caption(t("study.ways_not_again"))
    elif pivots < found.measured.tied:
        st.caption(t("study.pivots_again", n=pivots))
    return header, [[x.name, round(x.agreement, 4), *map(_rounded, of)] for x, of in zip(tries, shares, strict=True)]


def _times(times: int | None, found: Found) -> str:
    """In how many of the tries something is listed again."""
    return "–" if times is None else t("study.times", n=times, of=len(found.stability.tries))


def _percent(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _rounded(share: float | None) -> float | None:
    """As a file has it: an empty cell where it was not measured."""
    return None if share is None else round(share, 4)


def _listed(header: list[str], cells: list[list[str]], *, numeric: tuple[int, ...]) -> None:
    if cells:
        table(header, cells, numeric=numeric)
    else:
        st.info(t("study.nothing_found"))


_VIEWS: Mapping[str, Callable[[Found], Plain]] = {
    "central": _central,
    "communities": _communities,
    "bridges": _bridges,
    "holes": _holes,
    "stability": _stability,
}
