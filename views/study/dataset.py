"""Jeu de données: everything as files that can be cited, persons under pseudonyms unless asked otherwise."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from graph.study.dataset import write_dataset
from views import state
from views.i18n import number, t
from views.study.shared import digest

_MADE = "_study-dataset"  # in the session: (digest, with names, what changes with any act), the bytes


def draw() -> None:
    st.markdown(t("study.dataset_what"))
    named = st.checkbox(t("study.dataset_names"), key="dataset-names", help=t("study.dataset_names_help"))
    if named:
        st.warning(t("study.dataset_named"))
    if state.filtered():
        st.caption(t("study.dataset_whole"))
    wanted = (digest(), named, state.stamp())
    made = st.session_state.get(_MADE)
    if made is None or made[0] != wanted:
        if st.button(t("study.dataset_make"), type="primary", icon=":material/inventory_2:", key="dataset-make"):
            st.session_state[_MADE] = made = (wanted, *_made(named))
        else:
            return
    _, data, rows = made
    st.success(t("study.dataset_done", rows=number(sum(rows.values())), size=number(len(data) / 1e6, 1)))
    st.download_button(
        t("study.dataset_download"),
        data,
        file_name=f"maillage-{digest()}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        key="dataset-download",
        on_click="ignore",
    )


def _made(named: bool) -> tuple[bytes, dict[str, int]]:
    """A click on the button stops it, at the next source or table."""
    box = st.empty()
    with box.container(key="making"), TemporaryDirectory() as folder:
        bar = st.progress(0.0, t("study.dataset_making"))
        st.button(t("common.cancel"), key="dataset-cancel")
        path = Path(folder) / f"maillage-{digest()}.zip"
        done = write_dataset(
            state.store(), path, named=named, whole=state.whole(),
            progress=lambda share, _: bar.progress(share, t("study.dataset_making")),
        )  # fmt: skip
        data = path.read_bytes()
    box.empty()
    return data, done.rows
