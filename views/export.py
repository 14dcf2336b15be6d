"""Taking things out: a document, the surroundings of a thing or the whole graph, in any format that can be written.

A dialog: choose the format, read what it cannot carry, then download.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from graph.errors import MaillageError
from graph.export import GRAPHS, export_bytes
from graph.export.registry import Writer, writers
from graph.model import Thing
from graph.outline import LeftOut
from ingest.convert import convert_source
from ingest.files import base_name
from views import state
from views.documents import infos, short
from views.escape import file_name, html, md
from views.i18n import language, number, t
from views.wording import said

_FIRST = "xmind"  # what most people can open
_DEPTHS = (1, 2, 3)
_MOST_ROWS = 12
# What a file holds, its name, what it could not carry.
Made = tuple[str, bytes, Sequence[LeftOut]]


@dataclass(frozen=True)
class Format:
    """A format as a person chooses it."""

    label: str
    extension: str


def source_button(source: str, *, key: str) -> None:
    """The button that takes a document out in another format."""
    if _button(key):
        _open(lambda: _source(source))


def around_button(thing: Thing, *, key: str) -> None:
    """The button that takes a thing out with what surrounds it."""
    if _button(key):
        _open(lambda: _around([thing]))


def graph_button(centres: Sequence[Thing], *, key: str) -> None:
    """The button that takes out what surrounds the centres of the view, or all of the graph."""
    if _button(key, tertiary=True):
        _open(lambda: _around(centres, everything=True))


def _button(key: str, *, tertiary: bool = False) -> bool:
    icon = ":material/ios_share:"
    return st.button(t("export.button"), icon=icon, key=f"export-{key}", type="tertiary" if tertiary else "secondary")


def _open(draw: Callable[[], None]) -> None:
    st.dialog(t("export.title"), width="medium")(draw)()


# --- a document -------------------------------------------------------------------------------------------------------


def _source(source: str) -> None:
    info = infos().get(source)
    if info is None:
        st.info(t("common.unknown_source"))
        return
    st.html(f'<p class="file">{html(file_name(info.name))}</p>')
    chosen = _format([_as_format(writer) for writer in writers()])
    stem = info.name.rsplit(".", 1)[0]

    def make() -> Made:
        name = base_name(f"{stem}{chosen.extension}")
        done = convert_source(state.store(), source, name)
        return name, done.data, done.left_out

    _offer(make)


def _as_format(writer: Writer) -> Format:
    return Format(writer.label, writer.extensions[0])


def _format(offered: Sequence[Format]) -> Format:
    first = next((i for i, f in enumerate(offered) if f.extension == f".{_FIRST}"), 0)
    return st.selectbox(
        t("export.format"), offered, index=first, format_func=lambda f: said(f.label), key="export-format"
    )


# --- the graph --------------------------------------------------------------------------------------------------------


def _around(centres: Sequence[Thing], *, everything: bool = False) -> None:
    chosen = _scope(centres, everything=everything)
    depth = _depth() if chosen else 1
    wanted = _format(_graph_formats())
    if state.filtered():
        st.caption(t("export.filtered"))
    title = short(chosen.label, 60) if chosen else t("common.product")

    def make() -> Made:
        return export_bytes(
            state.store(), wanted.extension, state.where(), around=chosen.id if chosen else "", depth=depth,
            language=language(), name=_stem(title),
        )  # fmt: skip

    _offer(make)


def _depth() -> int:
    asked = st.segmented_control(
        t("export.depth"), _DEPTHS, default=1, format_func=lambda n: t("export.steps", n=n), key="export-depth",
        required=True,
    )  # fmt: skip
    return int(asked or 1)


def _scope(centres: Sequence[Thing], *, everything: bool) -> Thing | None:
    """The thing whose surroundings are wanted, None for all of the graph."""
    offered: list[Thing | None] = [*centres, *([None] if everything else [])]
    if len(offered) == 1:
        only = offered[0]
        st.markdown(f"**{md(_scope_name(only))}**")
        return only
    index = st.radio(
        t("export.what"), range(len(offered)), format_func=lambda i: md(_scope_name(offered[i])), key="export-what"
    )
    return offered[index]


def _scope_name(thing: Thing | None) -> str:
    return t("export.around", name=short(thing.label, 60)) if thing else t("export.all")


def _graph_formats() -> list[Format]:
    """Those that are graphs first, then those that show one as a tree with relations."""
    graphs = [Format(t(f"export.graph_{extension[1:]}"), extension) for extension in GRAPHS]
    return graphs + [_as_format(w) for w in writers() if w.extensions[0] not in GRAPHS]


def _stem(title: str) -> str:
    """A name that every disk takes."""
    return "".join(c if c.isalnum() or c in " -_" else "-" for c in base_name(title)).strip(" -") or "maillage"


# --- what it cannot carry, then the file ------------------------------------------------------------------------------


def _offer(make: Callable[[], Made]) -> None:
    """Make the file, say what is not in it, offer it."""
    try:
        with st.spinner(t("export.making")):
            name, data, left_out = make()
    except MaillageError as error:
        st.error(md(said(str(error))))
        return
    _losses(left_out)
    st.download_button(
        t("export.download", name=md(name)),
        data,
        file_name=name,
        mime="application/octet-stream",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="export-download",
    )


def _losses(left_out: Sequence[LeftOut]) -> None:
    if not left_out:
        st.markdown(f":green[:material/check_circle:] {t('export.nothing_lost')}")
        return
    st.markdown(f"**{t('export.lost')}**")
    reasons: dict[str, list[LeftOut]] = {}
    for row in left_out:
        reasons.setdefault(row.why, []).append(row)
    rows = [f"<li>{html(_loss(why, alike))}</li>" for why, alike in list(reasons.items())[:_MOST_ROWS]]
    rows += [f"<li>{html(t('common.more', n=len(reasons) - _MOST_ROWS))}</li>"] if len(reasons) > _MOST_ROWS else []
    st.html(f'<ul class="losses">{"".join(rows)}</ul>')


def _loss(why: str, rows: Sequence[LeftOut]) -> str:
    """What is lost for one reason: « notes (3), étiquettes (2) : ce format n'a pas de place pour cela »."""
    whats = [f"{said(row.what).lower()} ({number(row.count)})" for row in rows]
    return t("export.loss", what=", ".join(whats), why=said(why))
