"""Liens: why two things are linked, in at most three explained paths; which themes share passages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import Path, Thing
from graph.questions.paths import explained_paths
from ontology import load
from views import documents, frame, state
from views.escape import html, md
from views.i18n import quoted, t
from views.kinds import ACTORS, IDEAS, glyph, label
from views.links import table as links_table
from views.links.chain import path_html, path_rows
from views.links.picture import picture
from views.picker import pick
from views.tables import csv_button

ENDS = ("theme", *ACTORS, *IDEAS, "event")
PATHS = 3
FARTHEST = 8  # steps looked at when no path of five is found
AROUND = 8


def page() -> None:
    frame.head(t("links.title"), t("common.network"), t("common.links"), under=t("links.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    if not state.store().count_rows(ENDS, state.where()):
        frame.filters_hide(len(documents.infos()))
        return
    a, b = _choose()
    if a and b:
        _explain(a, b)
    else:
        st.info(t("links.choose"))
    links_table.draw()


# --- the two ends ---------------------------------------------------------------------------------------------------


def _choose() -> tuple[Thing | None, Thing | None]:
    ends = {end: state.known(state.query(end)) for end in ("a", "b")}
    for column, end in zip(st.columns(2, gap="medium"), ends, strict=True):
        with column:
            _pick(end, ends[end])
    if any(ends.values()):
        st.button(t("links.swap"), icon=":material/swap_horiz:", on_click=_swap, key="swap", type="tertiary")
    for end, thing in ends.items():
        if state.query(end) and not thing:
            st.warning(t("common.unknown_thing"))
    return ends["a"], ends["b"]


def _pick(end: str, chosen: Thing | None) -> None:
    pick(t(f"links.{end}"), ENDS, chosen, lambda id_: state.set_query(**{end: id_}), key=f"links-{end}")


def _swap() -> None:
    a, b = state.query("a"), state.query("b")
    state.set_query(a=b, b=a)


# --- the paths ------------------------------------------------------------------------------------------------------


def _explain(a: Thing, b: Thing) -> None:
    if a.id == b.id:
        st.info(t("links.same"))
        return
    paths = explained_paths(state.store(), a.id, b.id, PATHS, state.where())
    if not paths:
        _no_path(a, b)
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{t('links.found', n=len(paths))}** {t('links.promise')}", width="content")
        csv_button("chemins", [t(f"links.{c}") for c in _COLUMNS], _plain(paths), key="paths-csv")
    st.html(f'<p class="lead">{html(_nearest(paths[0]))}</p>')
    left, right = st.columns([1.9, 1], gap="medium")
    left.html("".join(path_html(number, path) for number, path in enumerate(paths, 1)))
    with right, st.container(border=True, key="card-picture"):
        st.html(f"<h3>{html(t('links.drawn'))}</h3>{picture(paths)}")


def _nearest(path: Path) -> str:
    return t("links.nearest", what=_through(path)) if path.nodes[1:-1] else t("links.nearest_direct")


def _through(path: Path) -> str:
    """The things between the two ends, in order."""
    return f" {t('links.then')} ".join(quoted(documents.short(label(thing))) for thing in path.nodes[1:-1])


def _no_path(a: Thing, b: Thing) -> None:
    """Why there is nothing to show, the nearest way round if there is one, and what each end is linked to."""
    said = [t("links.none"), t("links.none_filtered") if state.filtered() else ""]
    longer = explained_paths(state.store(), a.id, b.id, 1, state.where(), max_hops=FARTHEST)
    if longer:
        said.append(t("links.nearest_far", what=_through(longer[0]), n=len(longer[0].hops)))
    st.info(md(" ".join(part for part in said if part)))
    st.subheader(t("links.around"), anchor=False)
    for column, (one, other) in zip(st.columns(2, gap="medium"), ((a, b), (b, a)), strict=True):
        with column, st.container(border=True, key=f"card-around-{'a' if one is a else 'b'}"):
            st.html(_around(one, other))


def _around(one: Thing, other: Thing) -> str:
    """What one end is linked to; each leads to why that is linked to the other end."""
    kinds = load().of_role("thing", "statement")
    links = state.store().neighbours(one.id, kinds, state.where(), limit=AROUND)
    found = state.store().things(link.b for link in links)
    items = "".join(
        f'<li>{glyph(x.kind, 15)} <a href="{html(state.href("liens", a=x.id, b=other.id))}">{html(label(x))}</a></li>'
        for x in (found[link.b] for link in links if link.b in found)
    )
    body = f'<ul class="plain">{items}</ul>' if items else f"<p>{html(t('links.around_none'))}</p>"
    return f"<h3>{glyph(one.kind)} {html(label(one))}</h3>{body}"


_COLUMNS = ("path", "step", "from", "relation", "to", "sentence", "document", "place")


def _plain(paths: Sequence[Path]) -> list[list[object]]:
    return [[number, *row] for number, path in enumerate(paths, 1) for row in path_rows(path)]
