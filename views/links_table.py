"""Theme × theme: how many passages two themes share, each cell opening its sentences."""

from __future__ import annotations

import streamlit as st

from graph.model import Thing
from views import state
from views.escape import html, md
from views.i18n import number, t
from views.kinds import label
from views.quotes import show_all
from views.tables import csv_button

SIDE = 12  # themes on each side of the table
PAIRS = 500
SENTENCES = 20

Pairs = dict[tuple[str, str], int]


def draw() -> None:
    st.subheader(t("links.table"), anchor=False)
    pairs, themes = _pairs()
    if not pairs:
        st.info(t("links.no_pair"))
        return
    st.caption(t("links.table_about"))
    left, right = st.columns([1.3, 1], gap="medium")
    left.html(_matrix(pairs, themes))
    with right:
        _opened(pairs, themes)
    plain: list[list[object]] = [[themes[a].label, themes[b].label, n] for (a, b), n in pairs.items()]
    csv_button("themes-croises", [t("links.theme_a"), t("links.theme_b"), t("links.passages")], plain, key="pairs-csv")


def _pairs() -> tuple[Pairs, dict[str, Thing]]:
    rows = state.store().shared(["theme"], ["theme"], state.where(), limit=PAIRS)
    themes = state.store().things({i for a, b, _ in rows for i in (a, b)})
    return {(a, b): n for a, b, n in rows if a in themes and b in themes}, themes


def _weight(pairs: Pairs) -> dict[str, int]:
    total: dict[str, int] = {}
    for (a, b), n in pairs.items():
        total[a] = total.get(a, 0) + n
        total[b] = total.get(b, 0) + n
    return total


def _matrix(pairs: Pairs, themes: dict[str, Thing]) -> str:
    weight = _weight(pairs)
    order = sorted(weight, key=lambda i: (-weight[i], themes[i].label))[:SIDE]
    most = max(pairs.values())
    columns = "".join(f'<th scope="col"><span>{html(_short(themes[i]))}</span></th>' for i in order)
    rows = "".join(_row(i, order, pairs, themes, most) for i in order)
    return f'<div class="matrix"><table><thead><tr><td></td>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'


def _short(theme: Thing) -> str:
    name = label(theme)
    return name if len(name) <= 28 else name[:27] + "…"


def _row(row: str, order: list[str], pairs: Pairs, themes: dict[str, Thing], most: int) -> str:
    cells = "".join(_cell(row, column, pairs, themes, most) for column in order)
    return f'<tr><th scope="row">{html(_short(themes[row]))}</th>{cells}</tr>'


def _cell(row: str, column: str, pairs: Pairs, themes: dict[str, Thing], most: int) -> str:
    a, b = (row, column) if row < column else (column, row)
    n = pairs.get((a, b), 0)
    if row == column or not n:
        return '<td class="none">·</td>' if row != column else '<td class="same"></td>'
    shade = min(5, 1 + 4 * n // max(most, 1))
    chosen = " chosen" if {state.query("x"), state.query("y")} == {row, column} else ""
    address = html(state.href("liens", a=state.query("a"), b=state.query("b"), x=row, y=column))
    name = html(t("links.cell", n=n, a=themes[row].label, b=themes[column].label))
    return (
        f'<td class="shade-{shade}{chosen}"><a href="{address}" title="{name}" aria-label="{name}">{number(n)}</a></td>'
    )


def _opened(pairs: Pairs, themes: dict[str, Thing]) -> None:
    x, y = state.query("x"), state.query("y")
    pair = (min(x, y), max(x, y))
    if pair not in pairs:
        return
    a, b = themes[pair[0]], themes[pair[1]]
    with st.container(border=True, key="card-sentences"):
        st.markdown(f"**{md(label(a))}** · **{md(label(b))}** : {t('common.sentences', n=pairs[pair])}")
        hops = state.store().why(a.id, b.id, state.where(), limit=SENTENCES)
        show_all((hop.source, hop.start, hop.end, hop.confidence) for hop in hops)
        if pairs[pair] > len(hops):
            st.caption(t("links.first_only", n=len(hops)))
        st.button(t("common.close"), on_click=lambda: state.set_query(x="", y=""), key="close-pair")
