"""The answer to a Cypher question: its rows, a file of them, and the network of the things met in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import streamlit as st

from graph.model import Thing
from graph.questions.cypher import Table, Value, shown
from graph.questions.layout import place
from graph.questions.neighbourhood import MOST_SHOWN
from views import state, tables
from views.escape import html, md
from views.i18n import language, t
from views.kinds import glyph, label
from views.network.component import network
from views.network.payload import Picture, columns, drawn_degrees, spots
from views.network.words import groups, words

_PICTURE, _HIDDEN, _CHOSEN = "cypher-picture", "cypher-hidden", "cypher-chosen"
_STEP = 50
_CELL_MOST = 300  # characters of a cell on the page; the file has it whole


def forget() -> None:
    """Another question: the picture of the last one goes."""
    for key in (_PICTURE, _HIDDEN, _CHOSEN):
        st.session_state.pop(key, None)


def draw(table: Table) -> None:
    if not table.rows:
        st.info(t("cypher.no_row"))
        return
    found = state.store().things(table.met[:MOST_SHOWN])
    names = {"rows": t("cypher.rows", n=len(table.rows)), "network": t("common.network")}
    if len({thing.id for thing in found.values()}) < 2:
        _rows(table, found)
        return
    rows, drawn = st.tabs(list(names.values()))
    with rows:
        _rows(table, found)
    with drawn:
        _network(found)


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows(table: Table, found: Mapping[str, Thing]) -> None:
    if table.cut:
        st.caption(md(t("cypher.cut", what=table.cut)))
    now = table.rows[: tables.shown(table.rows, "cypher", _STEP)]
    numeric = [i for i in range(len(table.columns)) if all(_is_number(row[i]) for row in table.rows)]
    tables.table(table.columns, [[_cell(cell, found) for cell in row] for row in now], numeric=numeric)
    tables.more_button(len(table.rows), "cypher", _STEP)
    plain = [[cell if _is_number(cell) else shown(cell) for cell in row] for row in table.rows]
    tables.csv_button("cypher", table.columns, plain)


def _is_number(cell: Value) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _cell(cell: Value, found: Mapping[str, Thing]) -> str:
    """A cell as HTML: a thing leads to its place in the network."""
    thing = found.get(str(cell.get("id"))) if isinstance(cell, dict) else None
    if thing is not None:
        return f"{glyph(thing.kind, 15)} {tables.link(state.href('reseau', thing=thing.id), label(thing))}"
    text = shown(cell)
    return html(text[:_CELL_MOST] + "…" if len(text) > _CELL_MOST else text)


# --- network --------------------------------------------------------------------------------------------------------


def _network(found: Mapping[str, Thing]) -> None:
    things = list({thing.id: thing for thing in found.values()}.values())
    counts = Counter(thing.kind for thing in things)
    hidden: Sequence[str] = st.session_state.get(_HIDDEN, ())
    picture = _picture([thing for thing in things if thing.kind not in hidden])
    network(_payload(picture, counts, hidden, len(things)), key="cypher-network", on_act=_act)
    chosen = state.known(st.session_state.get(_CHOSEN, ""))
    if chosen is not None:
        state.link_to("reseau", t("cypher.open", what=label(chosen)), icon=":material/hub:", thing=chosen.id)


def _picture(things: Sequence[Thing]) -> Picture:
    """The things and all links among them, placed once for as long as they stay the same."""
    ids = [thing.id for thing in things]
    digest = blake2b("\n".join(ids).encode(), digest_size=8).hexdigest()
    kept: Picture | None = st.session_state.get(_PICTURE)
    if kept is None or kept.layout != digest:
        links = state.store().links(ids)
        degrees = drawn_degrees(links)
        at = place(spots(things, degrees), [(link.a, link.b, float(link.passages)) for link in links])
        kept = Picture(things, links, {}, at, (), digest, degrees)
        st.session_state[_PICTURE] = kept
    return kept


def _payload(picture: Picture, counts: Mapping[str, int], hidden: Sequence[str], total: int) -> dict[str, Any]:
    return {
        **columns(picture, language()),
        "groups": groups(),
        "counts": dict(counts),
        "hidden": list(hidden),
        "choice": 0,
        "selected": "",
        "edge": None,
        "depth": 1,
        "centred": False,
        "least": 1,
        "most": 1,
        "hiddenCount": 0,
        "canGrow": False,
        "words": words(t("explorer.shown", n=len(picture.things), total=total), "", "maillage-cypher"),
    }


def _act(what: str, value: Any) -> None:
    """What was done in the picture. The value comes from a browser: anything unexpected is passed over."""
    if what == "select" and isinstance(value, str):
        st.session_state[_CHOSEN] = value[:200]
    elif what == "hide" and isinstance(value, list) and all(isinstance(kind, str) for kind in value):
        st.session_state[_HIDDEN] = tuple(value[:50])
