"""What a version of a document changed: one line for an import, a section for the page of the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from graph import actions
from graph.errors import MaillageError
from graph.model import SourceInfo
from graph.versions import lineage
from graph.versions.changes import KINDS, REWORDED, Change
from views import state
from views.correct import may_correct
from views.documents import infos, short, title
from views.escape import file_name, html, md
from views.i18n import day, quoted, t
from views.reworded import side_by_side
from views.tables import csv_button, more_button, shown, table
from views.wording import said

_STEP = 20


def line(version: Mapping[str, Any]) -> str:
    """What the import of a new version changed, as Markdown; nothing for a document that is new."""
    if not version:
        return ""
    waits = int(version.get("waiting") or 0)
    told = f"  \n{md(t('versions.since', name=quoted(version['since'])))} {_counts(version['counts'])}"
    return told + (f"  \n:orange[{md(t('versions.waiting', n=waits))}]" if waits else "")


def _counts(counts: Mapping[str, int]) -> str:
    parts = [t(f"versions.count_{kind}", n=counts[kind]) for kind in KINDS if counts.get(kind)]
    return md(", ".join(parts) if parts else t("versions.nothing"))


def draw(info: SourceInfo) -> None:
    """The section of a source that is one of several versions; nothing for one that stands alone."""
    same = [s for s in infos().values() if s.document == info.document]
    if len(same) < 2:
        return
    ordered = lineage.in_order(state.store(), same)
    at = [s.id for s in ordered].index(info.id)
    with st.expander(t("versions.title", n=at + 1, total=len(ordered)), icon=":material/history:"):
        st.html(f'<ul class="plain">{"".join(_version(s, s.id == info.id) for s in ordered)}</ul>')
        if at:
            _changed(ordered[at - 1], info)
        if len(ordered) - 1 == at and may_correct():
            _offer(ordered[:at])


def _version(info: SourceInfo, here: bool) -> str:
    name = f"{html(title(info))} <small>{html(file_name(info.name))} · {html(day(info.imported_at))}</small>"
    address = html(state.href("sources", doc=info.id))
    return f"<li><b>{name}</b></li>" if here else f'<li><a href="{address}">{name}</a></li>'


def _changed(old: SourceInfo, new: SourceInfo) -> None:
    found = lineage.compared(state.store(), old, new)
    waits = len(lineage.waiting(state.store(), new.document))
    st.markdown(f"{md(t('versions.since', name=quoted(file_name(old.name))))} {_counts(found.counts)}")
    if waits:
        st.warning(md(t("versions.waiting", n=waits)))
    if not found.changes:
        return
    header = [t("versions.what"), t("versions.before"), t("versions.after")]
    rows = [_row(change) for change in found.changes]
    some = shown(rows, "versions", _STEP)
    table(header, [_linked(new.id, c, r) for c, r in zip(found.changes[:some], rows[:some], strict=True)])
    more_button(len(rows), "versions", _STEP)
    csv_button("versions", header, rows, key="versions-csv")


def _row(change: Change) -> list[str]:
    what = ", ".join(t(f"versions.{name}") for name in change.what)
    return [what, change.old.label if change.old else "", change.new.label if change.new else ""]


def _linked(source: str, change: Change, row: list[str]) -> list[str]:
    what, old, new = (html(short(cell, 160)) for cell in row)
    if change.old and change.new and REWORDED in change.what:
        old, new = side_by_side(change.old.label, change.new.label)
    if change.new:
        address = html(state.href("sources", doc=source, at=change.new.start))
        new = f'<a href="{address}">{new}</a>'
    return [what, old or "–", new or "–"]


def _offer(older: list[SourceInfo]) -> None:
    """A button that asks once more, then takes the older versions away: until then both are counted."""
    with st.popover(t("versions.remove", n=len(older)), icon=":material/delete:", key="versions-ask"):
        st.markdown(md(t("versions.keep")))
        st.button(t("versions.sure", n=len(older)), on_click=_remove, args=(older,), key="versions-remove")


def _remove(older: list[SourceInfo]) -> None:
    try:
        for info in older:
            actions.remove_source(state.store(), state.actor(), info.id)
        st.session_state["said"] = t("versions.gone", n=len(older))
    except MaillageError as error:  # another person took some of them away, or writes at this moment
        st.session_state["said"] = said(str(error))
