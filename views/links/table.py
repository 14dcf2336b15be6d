"""Themes crossed with themes, stakeholders, territories or meetings: each number opens its sentences."""

from __future__ import annotations

import streamlit as st

from graph.study.tables import ACROSS, Crossed, cell_sentences, crossed
from views import state
from views.escape import html, md
from views.i18n import named, number, t
from views.quotes import places, sentences_csv, show_all
from views.tables import csv_button

SIDE = 12  # rows and columns of the table
SENTENCES = 20
_LONGEST = 28  # characters of a label in the table


def draw() -> None:
    st.subheader(t("links.table"), anchor=False)
    across = _across()
    found = crossed(state.store(), across, state.where())
    if not found.counts:
        st.info(t(f"links.no_pair_{across}"))
        return
    st.caption(t(f"links.table_about_{across}"))
    left, right = st.columns([1.3, 1], gap="medium")
    left.html(_matrix(found, across))
    with right:
        _opened(found, across)
    header = [t("links.theme_a"), t(f"links.across_{across}"), t("links.passages")]
    csv_button(f"themes-{across}", header, [list(row) for row in found.rows()], key="pairs-csv")


def _across() -> str:
    """What themes are crossed with, kept in the address; what was opened in another table is closed."""
    asked = state.query("across")
    chosen = asked if asked in ACROSS else next(iter(ACROSS))
    st.session_state["links-across"] = chosen
    st.segmented_control(
        t("links.across"),
        list(ACROSS),
        format_func=lambda a: t(f"links.across_{a}"),
        key="links-across",
        required=True,
        on_change=lambda: state.set_query(across=st.session_state["links-across"], x="", y=""),
    )
    return chosen


def _matrix(found: Crossed, across: str) -> str:
    rows, columns = found.heaviest(SIDE)
    most = max(found.counts.values())
    heads = "".join(f'<th scope="col"><span>{html(_short(_column(found, c)))}</span></th>' for c in columns)
    body = "".join(_row(row, columns, found, across, most) for row in rows)
    return f'<div class="matrix"><table><thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _column(found: Crossed, column: str) -> str:
    name = found.other_label(column) if column in found.others else found.themes[column].label
    return name[:1].upper() + name[1:]


def _theme(found: Crossed, row: str) -> str:
    name = found.themes[row].label
    return name[:1].upper() + name[1:]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _row(row: str, columns: list[str], found: Crossed, across: str, most: int) -> str:
    cells = "".join(_cell(row, column, found, across, most) for column in columns)
    return f'<tr><th scope="row">{html(_short(_theme(found, row)))}</th>{cells}</tr>'


def _cell(row: str, column: str, found: Crossed, across: str, most: int) -> str:
    n = found.count(row, column)
    if row == column or not n:
        return '<td class="none">·</td>' if row != column else '<td class="same"></td>'
    shade = min(5, 1 + 4 * n // max(most, 1))
    chosen = " chosen" if {state.query("x"), state.query("y")} == {row, column} else ""
    address = html(state.href("liens", a=state.query("a"), b=state.query("b"), across=across, x=row, y=column))
    name = html(t("links.cell", n=n, a=_theme(found, row), b=_column(found, column)))
    return (
        f'<td class="shade-{shade}{chosen}"><a href="{address}" title="{name}" aria-label="{name}">{number(n)}</a></td>'
    )


def _opened(found: Crossed, across: str) -> None:
    x, y, store, where = state.query("x"), state.query("y"), state.store(), state.where()
    n = found.count(x, y)
    if not n:
        return
    with st.container(border=True, key="card-sentences"):
        title = f"**{md(_theme(found, x))}** · **{md(_column(found, y))}**"
        st.markdown(named(title, t("common.sentences", n=n)))
        hops = cell_sentences(store, across, x, y, where, limit=SENTENCES)
        show_all(places(hops))
        if n > len(hops):
            st.caption(t("links.first_only", n=len(hops)))
        with st.container(horizontal=True):
            sentences_csv(lambda most: cell_sentences(store, across, x, y, where, limit=most), key="pair-csv")
            st.button(t("common.close"), on_click=lambda: state.set_query(x="", y=""), key="close-pair")
