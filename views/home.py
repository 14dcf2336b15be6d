"""Accueil: what this is, the last and the next meeting, five themes in words, what is asked of the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from graph.course.topics import topics
from graph.model import SourceInfo, Thing
from graph.questions.rows import every
from views import documents, example, frame, state
from views.correct import may_correct, say_what_was_done
from views.escape import html
from views.i18n import day, t
from views.kinds import glyph, label
from views.meetings.next_topics import topics_kept
from views.meetings.shared import address, computed, every_meeting, of_source
from views.quotes import place_html, quote_html
from views.statements import read_ahead, statement_html
from views.voices import voices

THEMES = 5
_TOPICS = 3
_DOCUMENTS = 4  # of the last meeting
_LOOKED_UP = 8 * _TOPICS  # who carries a topic, and where it was kept, are asked of the store for each


def page() -> None:
    say_what_was_done()
    frame.head(t("home.title"))
    st.html(f'<p class="lead">{html(t("home.what"))}</p>')
    sources = state.store().sources(state.where())
    if not documents.infos():
        frame.nothing_imported()
        return
    if not sources:
        frame.filters_hide(len(documents.infos()))
        return
    example.note(sources, key="home")
    _meetings(sources)
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        _themes()
    with right:
        _asked(sources)


# --- meetings -------------------------------------------------------------------------------------------------------


def _meetings(sources: list[SourceInfo]) -> None:
    today = date.today().isoformat()
    last, following = st.columns(2, gap="medium")
    held = [info for info in sources if info.date and info.date <= today]
    with last, st.container(border=True, key="card-last", height="stretch"):
        st.html(f"<h3>{html(t('home.last'))}</h3>{_last(held, sources) if held else html(t('home.no_last'))}")
    with following, st.container(border=True, key="card-next", height="stretch"):
        st.html(f"<h3>{html(t('home.next'))}</h3>{_next(sources, today)}")


def _last(held: list[SourceInfo], sources: list[SourceInfo]) -> str:
    latest = max(held, key=lambda info: (info.date, info.name))
    same = [i for i in sources if i.meeting and (i.meeting, i.date) == (latest.meeting, latest.date)] or [latest]
    items = "".join(f"<li>{_to_document(info)}</li>" for info in same[:_DOCUMENTS])
    meeting = of_source(latest.id)
    if meeting and len(same) > _DOCUMENTS:
        more = html(t("home.all_documents", n=len(same)))
        items += f'<li><a href="{html(address(meeting))}">{more}</a></li>'
    said = latest.meeting or documents.title(latest)
    where = address(meeting) if meeting else ""
    return f'{_when(said, latest.date, latest.place, where)}<ul class="plain">{items}</ul>'


def _to_document(info: SourceInfo) -> str:
    return (
        f'{glyph("source", 15)} <a href="{html(state.href("sources", doc=info.id))}">{html(documents.title(info))}</a>'
    )


def _when(name: str, iso: str, place: str, where: str = "") -> str:
    """A meeting in words; `where` is the address of its page, if it has one."""
    said = ", ".join(p for p in (day(iso), place) if p)
    title = f'<a href="{html(where)}">{html(name)}</a>' if where else html(name)
    return f'<p class="meeting">{glyph("event", 18)} <b>{title}</b><br><small>{html(said)}</small></p>'


def _next(sources: list[SourceInfo], today: str) -> str:
    """A meeting to come, as a document or an announcement says it; and the topics kept for it."""
    ahead = [(i.date, i.meeting or documents.title(i), i.place) for i in sources if i.date > today]
    ahead += computed("announced", lambda: _announced(today), today)
    first = min(ahead, default=None)
    said = _when(first[1], first[0], first[2]) if first else f"<p>{html(t('home.no_next'))}</p>"
    return said + _topics()


def _announced(today: str) -> list[tuple[str, str, str]]:
    """Date, name and place of the events to come."""
    events = every(state.store(), ["event"], state.where())
    told = ((str(event.attributes.get("date", "")), event) for event in events)
    return [(when, event.label, str(event.attributes.get("place", ""))) for when, event in told if when > today]


def _topics() -> str:
    series, kept = every_meeting(), topics_kept()
    likely = computed("likely topics", lambda: topics(state.store(), kept, series, most=_LOOKED_UP))
    found = [topic.said[0] for topic in likely[:_TOPICS]]
    if not found:
        return ""
    items = "".join(f"<li>{glyph('proposal', 15)} {_to_network(topic)}</li>" for topic in found)
    return f'<p><small>{html(t("home.topics"))}</small></p><ul class="plain">{items}</ul>'


def _to_network(thing: Thing) -> str:
    address = html(state.href("reseau", thing=thing.id))
    return f'<a class="quiet words" href="{address}">{html(documents.short(thing.label, 140))}</a>'


# --- themes ---------------------------------------------------------------------------------------------------------


def _themes() -> None:
    themes = state.store().rows(["theme"], state.where(), limit=THEMES)
    st.subheader(t("home.themes"), anchor=False)
    if not themes:
        st.info(t("home.no_theme"))
        return
    said = voices(themes)
    read_ahead(list(said.values()))
    st.html("".join(_theme(theme, said.get(theme.id)) for theme in themes))
    with st.container(horizontal=True):
        state.link_to("themes", t("home.all_themes"), icon=":material/topic:")
        state.link_to("reseau", t("common.see_network"), icon=":material/hub:")


def _theme(theme: Thing, voice: Thing | None) -> str:
    said = t("details.said", n=theme.evidence_count, docs=t("common.documents", n=theme.source_count))
    title = f'{glyph("theme")}<a href="{html(state.href("themes", thing=theme.id))}">{html(label(theme))}</a>'
    return f'<article class="theme"><h3>{title}<small>{html(said)}</small></h3>{_said(theme, voice)}</article>'


def _said(theme: Thing, voice: Thing | None) -> str:
    """What someone says of it, else its first sentence."""
    if voice:
        return statement_html(voice)
    first = next(iter(state.store().evidence(theme.id, state.where(), limit=1)), None)
    if first is None:
        return ""
    return quote_html(first.source, first.start, first.end) + place_html(first.source, first.start, first.end)


# --- what is asked --------------------------------------------------------------------------------------------------


def _asked(sources: list[SourceInfo]) -> None:
    asks = [_doubtful_parents(), _waiting(), _questions(), _undated(sources)] if may_correct() else [_questions()]
    items = "".join(f"<li>{ask}</li>" for ask in asks if ask)
    with st.container(border=True, key="card-asked"):
        body = f'<ul class="plain">{items}</ul>' if items else f"<p>{html(t('home.nothing_asked'))}</p>"
        st.html(f"<h3>{html(t('home.asked'))}</h3>{body}")
        state.link_to("importer", t("home.add"), icon=":material/upload_file:")


def _ask(text: str, address: str, kind: str) -> str:
    return f'{glyph(kind, 15)} <a href="{html(address)}">{html(text)}</a>'


def _doubtful_parents() -> str:
    """The document with the least sure place of all."""
    store, where = state.store(), state.where()
    least = store.unplaced(where, limit=1).rows
    info = documents.infos().get(least[0].source) if least else None
    if info is None:
        return ""
    doubtful = store.unplaced(replace(where, source=info.id), limit=1).total
    address = state.href("sources", doc=info.id, tab="plan")
    return _ask(t("home.parents", n=doubtful, name=documents.title(info)), address, "passage")


def _waiting() -> str:
    waiting = sum(d.state == "waiting" for d in state.store().decisions())
    return _ask(t("home.waiting", n=waiting), state.href("verifier", sort="waiting"), "resource") if waiting else ""


def _questions() -> str:
    n = state.store().count_rows(["question"], state.where())
    return _ask(t("home.questions", n=n), state.href("themes", tab="question"), "question") if n else ""


def _undated(sources: list[SourceInfo]) -> str:
    n = sum(not info.date for info in sources)
    return _ask(t("home.undated", n=n), state.href("sources", undated=1), "event") if n else ""
