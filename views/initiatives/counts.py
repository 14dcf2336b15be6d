"""How many initiatives of each type there are in each commune, each number leading to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from graph.initiatives.catalogue import NONE, counts
from views import state
from views.escape import html
from views.i18n import named, number, t
from views.initiatives import asked as asking
from views.initiatives.asked import Asked
from views.initiatives.words import names_of_types
from views.tables import count, csv_button, link, more_button, shown, table

_STEP = 25


def draw(asked: Asked) -> None:
    """The table of what the list shows."""
    found = counts(each.entry for each in asked.shown)
    if not found:
        return
    names = names_of_types(asked.all)
    kinds = [kind for kind in names if any(row[kind] for row in found.values())]
    communes = {**asked.all.communes, NONE: t("initiatives.no_commune")}
    listed = sorted((c for c in communes if c in found), key=lambda c: -found[c].total())  # stable: then by name
    header = [t("initiatives.commune"), *(names[kind] for kind in kinds), t("initiatives.total")]
    total = [*(sum(found[c][kind] for c in listed) for kind in kinds), len(asked.shown)]
    kept = asking.kept()
    cells = [_cells(c, communes[c], found[c], names, kinds, kept) for c in listed[: shown(listed, "map-counts", _STEP)]]
    cells.append([f"<b>{html(said)}</b>" for said in (t("initiatives.total"), *map(number, total))])
    st.subheader(t("initiatives.by_commune"), anchor=False)
    with st.container(key="map-counts"):
        table(header, cells, numeric=range(1, len(header)))
    more_button(len(listed), "map-counts", _STEP)
    plain = [[communes[c], *(found[c][kind] for kind in kinds), found[c].total()] for c in listed]
    csv_button("initiatives-par-commune", header, [*plain, [t("initiatives.total"), *total]], key="counts-csv")


def _cells(
    commune: str, name: str, row: Counter[str], names: Mapping[str, str], kinds: Sequence[str], kept: Mapping[str, str]
) -> list[str]:
    numbers = [_number(row[kind], commune, named(name, names[kind]), kept, kind) for kind in kinds]
    whole = _number(row.total(), commune, named(name, t("initiatives.total")), kept)
    return [f'<span class="whole">{html(name)}</span>', *numbers, whole]


def _number(value: int, commune: str, what: str, kept: Mapping[str, str], kind: str = "") -> str:
    """A number that leads to what it counts, `what`; what no commune is said of has no filter."""
    if not value or commune == NONE:
        return count(value)
    changed = {**kept, "commune": commune, **({"types": kind} if kind else {}), "p": "", "thing": ""}
    return link(state.href("carte", **changed), number(value), named(what, number(value)))
