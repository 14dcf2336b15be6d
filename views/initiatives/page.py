"""Carte des initiatives: services and places by type, commune and structure; list and map say the same."""

from __future__ import annotations

from functools import partial

import streamlit as st

from graph.initiatives.export import COLUMNS, geojson, rows
from views import documents, frame, state
from views.correct import say_what_was_done
from views.i18n import t
from views.initiatives import add, card, counts, filters, listing, picture, types
from views.initiatives import asked as asking
from views.initiatives.asked import Asked
from views.initiatives.words import shown_remark, shown_type
from views.tables import to_csv


def page() -> None:
    say_what_was_done()
    asked = asking.read()
    _head(asked)
    add.follow()
    types.draw()
    if not asked.all.entries:
        _empty()
        return
    frame.counted("initiative")
    filters.draw(asked)
    with st.container(key="map-and-list"):
        left, right = st.columns([1, 1.62], gap="medium")
        with left:
            card.draw(asked)
            listing.draw(asked)
        with right:
            picture.draw(asked)
    counts.draw(asked)


def _head(asked: Asked) -> None:
    title, acts = st.columns([1.7, 1], vertical_alignment="bottom")
    with title:
        frame.head(t("initiatives.title"), t("common.participate"), kind="initiative", under=t("initiatives.about"))
    with acts, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="map-acts"):
        types.button()
        add.button(asked)
        if asked.shown:
            _export(asked)


def _export(asked: Asked) -> None:
    """What the list shows, as a table and as GeoJSON; made when it is asked for."""
    with st.popover(t("initiatives.export"), icon=":material/download:", key="map-export"):
        st.caption(t("initiatives.export_what", n=len(asked.shown)))
        st.download_button(
            t("common.csv"), partial(_csv, asked), file_name="initiatives.csv", mime="text/csv", key="map-csv",
            icon=":material/table:", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            t("initiatives.geojson"), partial(geojson, asked.shown, shown_type, shown_remark),
            file_name="initiatives.geojson", mime="application/geo+json", key="map-geojson", icon=":material/map:",
            on_click="ignore", width="stretch",
        )  # fmt: skip


def _csv(asked: Asked) -> bytes:
    header = [t(f"initiatives.column_{name}") for name in COLUMNS]
    return to_csv(header, rows(asked.shown, shown_type, shown_remark))


def _empty() -> None:
    if not documents.infos():
        frame.nothing_imported()
    elif state.filtered() and (hidden := state.store().count_rows(["initiative"])):
        frame.filters_hide(hidden)
    else:
        st.info(t("initiatives.none" if state.has("importer") else "initiatives.none_published"))
        if state.has("importer") and st.button(t("common.do_import"), type="primary", icon=":material/upload_file:"):
            state.go_to("importer")
