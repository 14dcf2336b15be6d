"""What was read, confirmed and rejected of each kind, beside the measured share of such readings that is right."""

from __future__ import annotations

import streamlit as st

from graph.model import Filter
from graph.review.trust import Checked, checked
from views import state
from views.escape import html
from views.i18n import percent, t
from views.kinds import glyph, name
from views.tables import count, csv_button, table


def draw() -> None:
    """The table, with its CSV."""
    rows = _checked(state.stamp(), state.where())
    if not rows:
        return
    st.subheader(t("review.counts"), anchor=False)
    header = [t("review.kind"), *(t(f"review.count_{c}") for c in ("read", "confirmed", "rejected", "precision"))]
    cells = [
        [
            f"{glyph(row.kind, 16)} {html(name(row.kind, plural=True))}",
            count(row.read),
            count(row.confirmed),
            count(row.rejected),
            "–" if row.precision is None else percent(row.precision),
        ]
        for row in rows
    ]
    table(header, cells, numeric=(1, 2, 3, 4))
    st.caption(t("review.precision_note"))
    plain: list[list[object]] = [
        [name(r.kind), r.read, r.confirmed, r.rejected, "" if r.precision is None else r.precision] for r in rows
    ]
    csv_button("verifications", header, plain, key="counts-csv")


@st.cache_data(show_spinner=False, max_entries=32)
def _checked(stamp: str, where: Filter) -> list[Checked]:  # noqa: ARG001  the key of the cache
    return checked(state.store(), where)
