"""Questions gardées: each asks itself again by its link, and says whether the corpus changed since."""

from __future__ import annotations

import streamlit as st

from graph.study import queries
from graph.study.queries import Query
from views import state
from views.escape import md
from views.i18n import clock, t
from views.study.shared import PAGE, address_of, digest
from views.tables import csv_button


def draw() -> None:
    st.caption(t("study.queries_about", digest=digest()))
    kept = queries.queries(state.whole(), state.actor())
    if not kept:
        st.info(t("study.queries_none"))
        return
    for query in kept:
        _row(query)
    header = [t(f"study.col_{c}") for c in ("name", "link", "digest", "who", "when")]
    csv_button("questions", header, [_plain(query) for query in kept], key="csv-queries")


def _row(query: Query) -> None:
    with st.container(key=f"query-{query.id}", border=True):
        said, open_, drop = st.columns([6, 1.4, 1.4], vertical_alignment="center")
        with said:
            tab = query.params.get("tab") or "concordance"
            st.markdown(f"**{md(query.name)}** · {md(_tab(tab))}")
            changed = t("study.query_same") if query.digest == digest() else t("study.query_changed")
            st.caption(f"{clock(query.at)} · {md(query.actor)} · {changed}")
        with open_:
            state.link_to(PAGE, t("study.query_open"), icon=":material/open_in_new:", **_asked(query))
        with drop:
            st.button(t("study.query_drop"), key=f"drop-{query.id}", on_click=_drop, args=(query.id,))


def _tab(tab: str) -> str:
    return t(f"study.{tab}") if tab in {"concordance", "measures", "compare"} else tab


def _asked(query: Query) -> dict[str, str]:
    return {**query.params, "digest": query.digest}


def _drop(query: str) -> None:
    queries.delete(state.whole(), state.actor(), query)


def _plain(query: Query) -> list[object]:
    return [query.name, address_of(dict(query.params), query.digest), query.digest, query.actor, query.at]
