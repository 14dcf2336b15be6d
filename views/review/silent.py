"""What a document says that nothing was read from: its share, the passages, and the way to add from them by hand."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph.model import SourceInfo
from graph.questions.counted import Unread
from graph.review.silence import Silence, silence
from views import state
from views.correct import may_correct
from views.documents import open_source, title
from views.escape import file_name, html
from views.i18n import number, percent, t
from views.tables import count, csv_button, link, more_button, shown, table

_STEP = 30


@st.cache_data(show_spinner=False, max_entries=400)
def _of(stamp: str, source: str) -> Silence:  # noqa: ARG001  the key of the cache
    return silence(state.store(), source)


def draw(info: SourceInfo) -> None:
    """One document: its silent passages in reading order."""
    found = _of(state.said(), info.id)
    opened = open_source(info.id)
    if not found.silent:
        st.success(t("silence.none"))
        return
    st.markdown(t("silence.share", n=len(found.silent), total=found.passages, share=percent(found.share)))
    st.caption(t("silence.note"))
    header = [t("source.first_line"), t("silence.passage")]
    csv_button("silences", header, [[opened.line(p.start), p.label] for p in found.silent], key="silence-csv")
    rows = []
    for p in found.silent[: shown(found.silent, "silence", _STEP)]:
        address = state.href("sources", doc=info.id, at=p.start)
        add = link(state.href("sources", doc=info.id, at=p.start, add=1), t("add.from_here")) if may_correct() else ""
        line = opened.line(p.start)
        at = link(address, number(line), t("common.line", n=line))
        rows.append([at, f'<span class="words">{html(p.label)}</span>', add])
    table([*header, t("silence.act")], rows, numeric=(0,))
    more_button(len(found.silent), "silence", _STEP)


def draw_list(sources: Sequence[SourceInfo]) -> None:
    """Every document by how much of it nothing was read from."""
    counted = {unread.source: unread for unread in state.store().unread(state.where())}
    known = [(info, counted.get(info.id, Unread(info.id, 0, 0))) for info in sources]
    found = sorted(known, key=lambda each: (-each[1].share, each[0].name))
    st.caption(t("silence.note"))
    header = [t(f"silence.{c}") for c in ("document", "part", "silent", "passages")]
    plain: list[list[object]] = [[title(info), info.name, round(s.share, 4), s.silent, s.passages] for info, s in found]
    csv_button("silences", [header[0], t("silence.file"), *header[1:]], plain, key="silences-csv")
    rows = [
        [
            f"{link(state.href('sources', doc=info.id, tab='silence'), title(info))}{_file(info)}",
            percent(s.share),
            count(s.silent),
            count(s.passages),
        ]
        for info, s in found[: shown(found, "silences", _STEP)]
    ]
    table(header, rows, numeric=(1, 2, 3), caption=t("common.documents", n=len(found)))
    more_button(len(found), "silences", _STEP)


def _file(info: SourceInfo) -> str:
    """The name of the file below a title that says something else: one map in three formats has one title."""
    name = file_name(info.name)
    return f"<br><small>{html(name)}</small>" if name != title(info) else ""
