"""How many initiatives of each type there are in each commune, each number leading to them."""

from __future__ import annotations

import streamlit as st

from graph.initiatives.catalogue import NONE, counts
from views import state
from views.escape import html
from views.i18n import number, t
from views.initiatives import asked as asking
from views.initiatives.asked import Asked
from views.initiatives.words import names_of_types
from views.tables import csv_button, link, table


def draw(asked: Asked) -> None:
    """The table of what the list shows."""
    found = counts(each.entry for each in asked.shown)
    if not found:
        return
    names = names_of_types(asked.all)
    kinds = [kind for kind in names if any(row[kind] for row in found.values())]
    communes = {**asked.all.communes, NONE: t("initiatives.no_commune")}
    listed = [commune for commune in communes if commune in found]
    header = [t("initiatives.commune"), *(names[kind] for kind in kinds), t("initiatives.total")]
    plain: list[list[object]] = [
        [communes[c], *(found[c][kind] for kind in kinds), sum(found[c].values())] for c in listed
    ]
    total: list[object] = [
        t("initiatives.total"),
        *(sum(found[c][kind] for c in listed) for kind in kinds),
        len(asked.shown),
    ]
    cells = [
        [
            f'<span class="whole">{html(communes[c])}</span>',
            *(_number(found[c][kind], c, kind) for kind in kinds),
            _number(sum(found[c].values()), c),
        ]
        for c in listed
    ]
    cells.append([f"<b>{html(total[0])}</b>", *(f"<b>{number(int(str(n)))}</b>" for n in total[1:])])
    st.subheader(t("initiatives.by_commune"), anchor=False)
    with st.container(key="map-counts"):
        table(header, cells, numeric=range(1, len(header)))
    csv_button("initiatives-par-commune", header, [*plain, total], key="counts-csv")


def _number(value: int, commune: str, kind: str = "") -> str:
    """A number that leads to what it counts; what no commune is said of has no filter."""
    if not value or commune == NONE:
        return number(value) if value else "–"
    changed = {**asking.kept(), "commune": commune, **({"types": kind} if kind else {}), "p": "", "thing": ""}
    return link(state.href("carte", **changed), number(value))
