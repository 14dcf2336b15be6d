"""Mesures: what is central, what holds together, bridges and holes, and how far all of it is stable."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import streamlit as st

from graph.study.bridges import Bridge, Hole, bridges, holes
from graph.study.measures import Measured, measure
from graph.study.stability import Stability, stability
from graph.study.ties import Progress, Ties, read_ties
from ontology import load
from views import memory, state
from views.i18n import number, t
from views.study import measured_views
from views.study.shared import chosen, digest, keep_button
from views.tables import csv_button

SMALL = 1_500  # themes and statements that are measured without being asked
_KEPT = 8
_VIEWS = ("central", "communities", "bridges", "holes", "stability")


@dataclass(frozen=True)
class Found:
    """All that was measured of one state of the corpus."""

    ties: Ties
    measured: Measured
    bridges: list[Bridge]
    holes: list[Hole]
    stability: Stability


@memory.kept()
def _kept() -> OrderedDict[tuple[object, ...], Found]:
    """What was measured last, for every session of the process."""
    return OrderedDict()


def draw() -> None:
    found = _found()
    if found is None:
        return
    if not found.measured.places:
        st.info(t("study.nothing_tied"))
        return
    view = chosen("view", _VIEWS, t("study.view"), prefix="view")
    st.caption(t(f"study.about_{view}"))
    header, rows = measured_views.draw(view, found)
    with st.container(horizontal=True):
        csv_button(view, header, rows, key=f"csv-{view}")
        keep_button(t(f"study.view_{view}"))
    _told(found)


def _told(found: Found) -> None:
    """On what, and with which seed: what another person needs to find the same."""
    m = found.measured
    said = t("study.measured_on", things=number(m.tied), ties=number(m.ties), seed=str(m.seed), digest=digest())
    pivots = t("study.pivots", n=m.pivots) if m.pivots < m.tied else ""
    cut = t("study.measures_cut", n=len(found.ties.things)) if found.ties.cut else ""
    st.caption(" ".join(part for part in (said, pivots, cut) if part))


# --- measuring, with progress and the way out -----------------------------------------------------------------------


def _found() -> Found | None:
    store, where = state.store(), state.where()
    key = (state.reader(), digest(), where)
    if kept := _kept().get(key):  # in one step: another session may take it out
        return kept
    kinds = ["theme", *load().of_role("statement")]
    count = store.count_rows(kinds, where)
    if count > SMALL and state.query("run") != "1":
        st.info(t("study.large", n=count))
        st.button(t("study.measure"), type="primary", on_click=lambda: state.set_query(run=1), key="measure")
        return None
    found = _measured()
    _kept()[key] = found
    while len(_kept()) > _KEPT:
        _kept().popitem(last=False)
    return found


def _measured() -> Found:
    """A click on the button stops it: Streamlit ends a run where it next draws, which is at the next step."""
    box = st.empty()
    with box.container(key="measuring"):
        bar = st.progress(0.0, t("study.measuring"))
        st.button(t("common.cancel"), on_click=lambda: state.set_query(run="", tab="concordance"), key="measure-cancel")

    def step(first: float, last: float) -> Progress:
        return lambda share: bar.progress(min(first + (last - first) * share, 1.0), t("study.measuring"))

    ties = read_ties(state.store(), state.where(), progress=step(0, 0.35))
    measured = measure(ties, progress=step(0.35, 0.75))
    listed = bridges(ties, measured), holes(ties, measured)
    found = Found(ties, measured, *listed, stability(ties, measured, listed=listed, progress=step(0.75, 1)))
    box.empty()
    return found
