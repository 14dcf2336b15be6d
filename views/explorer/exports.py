"""Under the network: its files, each made when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from views.explorer import lists
from views.explorer.address import Asked
from views.explorer.shown import Shown, by_id, moved
from views.export import graph_button
from views.i18n import language, t
from views.kinds import label
from views.tables import later


def draw(asked: Asked, found: Shown) -> None:
    """The files of what is shown, things where the reader put them."""
    heading = ", ".join(label(x) for x in by_id(found.picture).values() if x.id in asked.centres) or t("common.product")
    found = replace(found, picture=moved(found.picture, asked.pins))
    graph_button([x for x in by_id(found.picture).values() if x.id in asked.centres], key="explorer")
    for word, make, ending, mime in (
        ("explorer.export_html", partial(_html_file, found, heading), ".html", "text/html"),
        ("explorer.export_poster", partial(_poster_file, found, heading), "-A3.pdf", "application/pdf"),
        ("common.csv", partial(lists.things_csv, found.picture), ".csv", "text/csv"),
    ):
        st.download_button(
            t(word),
            later(make),
            file_name=f"{t('explorer.file')}{ending}",
            mime=mime,
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _html_file(found: Shown, heading: str) -> bytes:
    from views.network.export import standalone  # pyvis brings IPython: loaded for an export only

    return standalone(found.picture, heading, language())


def _poster_file(found: Shown, heading: str) -> bytes:
    from views.network.poster import poster  # reportlab, for a file only

    return poster(found.picture, heading, t("explorer.shown", n=len(found.picture.things), total=found.total)).data
