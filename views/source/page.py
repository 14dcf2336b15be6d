"""Sources: the list of documents, then one of them with what was found in its text, its tree, its ledger."""

from __future__ import annotations

import streamlit as st

from graph.model import SourceInfo, Visibility
from graph.text import fold
from views import export, frame, narrowed, state, versions
from views.correct import say_what_was_done
from views.documents import infos, open_source, title
from views.escape import file_name, html, md
from views.i18n import day, number, t
from views.kinds import ACTORS, IDEAS, capital, glyph
from views.review import silent
from views.source import confirmed, described
from views.source import table as source_table
from views.source import text as source_text
from views.source import tree as source_map
from views.tables import count, csv_button, link, table
from views.tabs import tabs


def page() -> None:
    say_what_was_done()
    thing = state.query("of")
    if thing:
        _first_place(thing)
    chosen = state.query("doc")
    info = infos().get(chosen)
    if info:
        _document(info)
        return
    if chosen:
        st.warning(t("common.unknown_source"))
    _list()


def _first_place(thing: str) -> None:
    """A link to « the source of this thing » leads to the first sentence that names it."""
    first = next(iter(state.store().evidence(thing, state.where(), limit=1)), None) if state.known(thing) else None
    state.set_query(of="")
    if first:
        state.set_query(doc=first.source, at=first.start)


# --- the list -------------------------------------------------------------------------------------------------------


def _list() -> None:
    sources = state.store().sources(state.where())
    frame.head(t("common.sources"), t("common.explore"), under=t("source.about"))
    if not infos():
        frame.nothing_imported()
        return
    if not sources:
        frame.filters_hide(len(infos()))
        return
    chosen, box = tabs({"all": t("common.sources"), "silence": t("silence.tab")}, param="list")
    with box:
        if chosen == "silence":
            silent.draw_list(sources)
        else:
            _documents(sources)


def _documents(sources: list[SourceInfo]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="find-and-take"):
        wanted = narrowed.words(t("source.find"), key="source-find")
        csv_button("sources", _header(), [_plain(i) for i in sources])
    undated = bool(state.query("undated"))
    kept = [i for i in sources if fold(wanted) in fold(f"{title(i)} {i.name} {i.meeting} {i.place}")]
    kept = [i for i in kept if not (undated and i.date)]
    if undated:
        _undated(len(kept))
    if not kept:
        st.info(md(t("common.no_result", query=wanted)))
        return
    table(_header(), [_row(i) for i in reversed(kept)], numeric=(3, 4, 5), caption=t("common.documents", n=len(kept)))


def _undated(n: int) -> None:
    """Only documents without a date are listed: what to do with them, and the way to all of them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("source.undated", n=n))
        st.button(
            t("common.show_all"), key="undated-all", type="tertiary", on_click=lambda: state.set_query(undated="")
        )


def _header() -> list[str]:
    return [t(f"source.{c}") for c in ("document", "meeting", "day", "ideas", "actors", "passages")]


def _plain(info: SourceInfo) -> list[object]:
    return [title(info), info.meeting, info.date, _ideas(info), _actors(info), info.passages]


def _row(info: SourceInfo) -> list[str]:
    under = [file_name(info.name)] if info.name not in {info.title, title(info)} else []
    under += [t("source.draft")] if info.visibility == Visibility.DRAFT else []
    first = f"{glyph('source', 16)} {link(state.href('sources', doc=info.id), title(info))}"
    first += f"<br><small>{html(' · '.join(under))}</small>" if under else ""
    place = f"<br><small>{html(info.place)}</small>" if info.place else ""
    return [
        first,
        html(capital(info.meeting) or "–") + place,
        f'<span class="when">{html(day(info.date) or "–")}</span>',
        count(_ideas(info)),
        count(_actors(info)),
        count(info.passages),
    ]


def _ideas(info: SourceInfo) -> int:
    return confirmed.counted(info, ("theme", *IDEAS))


def _actors(info: SourceInfo) -> int:
    return confirmed.counted(info, ACTORS)


# --- one document ---------------------------------------------------------------------------------------------------


def _document(info: SourceInfo) -> None:
    head, actions = st.columns([2, 1], vertical_alignment="top")
    with head:
        frame.head(
            title(info), t("common.sources"), info.meeting or file_name(info.name), kind="source", under=_under(info)
        )
    with actions, st.container(horizontal=True, horizontal_alignment="right"):
        _original(info)
    versions.draw(info)
    names = {"text": t("source.tab_text"), "plan": t("source.tab_plan"), "table": t("source.tab_table")}
    if _is_map(info) and not state.query("at"):
        names = {"plan": names["plan"]} | names
    names |= {"silence": t("silence.tab"), "ledger": t("source.tab_ledger")}
    chosen, box = tabs(names)
    with box:
        _TABS[chosen](info)


def _is_map(info: SourceInfo) -> bool:
    """A map opens on its tree, unless a place in its text is asked for."""
    return any(p.kind == "topic" for p in open_source(info.id).passages)


_TABS = {
    "text": source_text.draw,
    "plan": source_map.draw,
    "table": source_table.draw,
    "silence": silent.draw,
    "ledger": source_table.ledger,
}


def _under(info: SourceInfo) -> str:
    parts = [", ".join(p for p in (day(info.date), info.place) if p), file_name(info.name)]
    parts.append(t("source.size", chars=number(info.chars), n=info.passages))
    if info.visibility == "draft":
        parts.append(t("source.draft"))
    return " · ".join(p for p in parts if p)


def _original(info: SourceInfo) -> None:
    described.button(info)
    if state.reads_names():  # a file holds the names that were read in it
        st.download_button(
            t("source.original"),
            lambda: state.store().source(info.id).data,
            file_name=info.name,
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            key="original",
        )
        export.source_button(info.id, key="source")
    if st.button(t("source.back"), icon=":material/list:", key="back"):
        state.go_to("sources")
