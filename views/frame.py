"""What surrounds every page: style, logo, language, the filter by meeting and date, the head of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

import streamlit as st

from graph.model import Filter, Role, SourceInfo
from graph.review.trust import Share, share
from ingest.files import MAX_BYTES
from ontology import load
from views import example, memory, state
from views.documents import infos
from views.escape import html, md
from views.i18n import LANGUAGES, day, language, number, percent, t
from views.kinds import capital, glyph, name, theme

HERE = Path(__file__).parent
FAVICON = HERE / "assets" / "favicon.svg"
_COUNTED, _HERE, _UNCOUNTED = "_counted", "_counted_here", "_uncounted"
LOGO = {"light": HERE / "assets" / "logo.svg", "dark": HERE / "assets" / "logo-dark.svg"}


def dress() -> None:
    """Logo, and what depends on the theme or the language in force; the rest of the style comes with the first page."""
    st.logo(str(LOGO[theme()]), size="large", icon_image=str(FAVICON))
    dark = (HERE / "style-dark.css").read_text("utf-8") if theme() == "dark" else ""
    st.html(f"<style>{dark} {_family_colours()} {_uploader_words()}</style>")


def _family_colours() -> str:
    """The colours of the families in force, as the variables that the classes of highlights and notes use."""
    dark = theme() == "dark"
    rules = []
    for family in load().families.values():
        ink, tint = (family.dark, family.dark_tint) if dark else (family.light, family.light_tint)
        rules.append(f".f-{family.key} {{ --ink: {ink}; }} .over-{family.key} {{ --tint: {tint}; }}")
    return " ".join(rules)


def head(title: str, *crumbs: str, kind: str = "", under: str = "") -> None:
    """The head of a page: where it stands, its title, a line under it. All are plain text."""
    trail = "".join(f"<li>{html(c)}</li>" for c in crumbs)
    mark = glyph(kind, 28) if kind else ""
    below = f'<p class="under">{html(under)}</p>' if under else ""
    path = f'<ol class="crumbs">{trail}</ol>' if trail else ""
    st.html(f'<header class="head">{path}<h1>{mark}{html(title)}</h1>{below}</header>')


def _uploader_words() -> str:
    """Streamlit's uploader speaks English only: its button gets our words by style (streamlit#1353).

    So does a file that it does not take because of its weight, which it tells nobody but who points at it.
    """
    words = "[data-testid=stFileUploaderDropzone] button p"
    refused = "[data-testid=stFileChip][aria-invalid=true]"
    heavy = t("common.too_heavy", limit=MAX_BYTES // 1_048_576)
    return (
        f'{words} {{ font-size: 0; }} {words}::after {{ content: "{t("common.choose_files")}"; font-size: 1rem; }}'
        f'{refused} [data-testid=stFileChipName]::after {{ content: "{heavy}"; }}'
    )


# --- the sidebar ----------------------------------------------------------------------------------------------------


def sidebar(sources: list[SourceInfo]) -> None:
    """Filter and language, under the menu of every page."""
    with st.sidebar:
        if sources:
            _filter(sources)
        _role_note()
        example.note(sources, key="side")
        _language()


def _role_note() -> None:
    """Who is served, where that is not the animation: less is shown, and the reader is told so."""
    role = state.actor().role
    if role != Role.FACILITATOR:
        names = "" if state.reads_names() else f" {t('frame.role_nameless')}"
        st.caption(t(f"frame.role_{role}") + names)


def _language() -> None:
    st.session_state["choice-lang"] = language()
    st.segmented_control(
        t("common.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="choice-lang",
        label_visibility="collapsed",
        required=True,
        on_change=lambda: state.set_shared("lang", st.session_state["choice-lang"]),
    )


def _filter(sources: list[SourceInfo]) -> None:
    chosen = state.where()
    label = t("common.filter_on") if state.filtered() else t("common.filter")
    with st.popover(label, icon=":material/filter_alt:", width="stretch", key="filter"):
        meetings = ["", *meeting_names(sources)]
        st.session_state["choice-meeting"] = chosen.meeting if chosen.meeting in meetings else ""
        st.selectbox(
            t("common.meeting"),
            meetings,
            format_func=lambda m: capital(m) or t("common.all_meetings"),
            key="choice-meeting",
            on_change=lambda: state.set_shared("meeting", st.session_state["choice-meeting"]),
        )
        dates = sorted({info.date for info in sources if info.date})
        _date("since", chosen.since, dates)
        _date("until", chosen.until, dates)
        _confirmed(chosen.confirmed)
        if state.filtered():
            st.button(t("common.show_all"), on_click=state.clear_filters, key="filter-clear")


def _confirmed(only: bool) -> None:
    st.session_state["choice-confirmed"] = only
    st.toggle(
        t("frame.confirmed_only"),
        key="choice-confirmed",
        help=t("frame.confirmed_help"),
        on_change=lambda: state.set_shared("confirmed", state.ONLY if st.session_state["choice-confirmed"] else ""),
    )


def _date(name: str, iso: str, dates: list[str]) -> None:
    """One end of the period, among the dates of the documents: Streamlit's calendar speaks English only.

    `iso` is the day that it comes to: the month that was chosen stays chosen.
    """
    key = f"choice-{name}"
    iso = state.shared()[name] if iso else ""
    st.session_state[key] = iso
    st.selectbox(
        t(f"common.{name}"),
        sorted({"", iso, *dates}),
        format_func=lambda chosen: day(chosen) if chosen else t("frame.any_date"),
        key=key,
        on_change=lambda: state.set_shared(name, st.session_state[key]),
    )


def meeting_names(sources: list[SourceInfo]) -> list[str]:
    """The meetings of the store, the latest first."""
    latest: dict[str, str] = {}
    for info in sources:
        if info.meeting:
            latest[info.meeting] = max(info.date, latest.get(info.meeting, ""))
    return sorted(latest, key=lambda name: (latest[name], name), reverse=True)


def filter_note(whole: Collection[str] = ()) -> None:
    """On top of a page: what the filter leaves visible, and the way out; `whole` are those that change nothing here."""
    if not state.filtered():
        return
    told = _filters_told()
    here = [words for name, words in told.items() if name not in whole]
    elsewhere = [words for name, words in told.items() if name in whole]
    parts = [t("common.filtered", what=", ".join(here))] if here else []
    parts += [t("frame.not_filtered", what=", ".join(elsewhere))] if elsewhere else []
    with st.container(horizontal=True, vertical_alignment="center", key="filter-note"):
        st.markdown(md(" ".join(parts)))
        st.button(t("common.show_all"), on_click=state.clear_filters, key="filter-note-clear", type="tertiary")


def _filters_told() -> dict[str, str]:
    """What is chosen of each filter, in words."""
    chosen = state.where()
    told = {
        "meeting": t("common.filter_meeting", meeting=chosen.meeting) if chosen.meeting else "",
        "since": t("common.filter_since", day=day(chosen.since)) if chosen.since else "",
        "until": t("common.filter_until", day=day(chosen.until)) if chosen.until else "",
        "confirmed": t("frame.filter_confirmed") if chosen.confirmed else "",
    }
    return {name: words for name, words in told.items() if words}


def counted(*kinds: str) -> None:
    """Told by a page whose numbers count things of these kinds only: the note at its foot is then of them."""
    st.session_state[_COUNTED] = kinds


def counted_here(found: Share) -> None:
    """Told by a page about one thing or meeting: the note at its foot is then of what is counted there."""
    st.session_state[_HERE] = found


def uncounted() -> None:
    """Told by a page that counts nothing that was read: it has no note at its foot."""
    st.session_state[_UNCOUNTED] = True


def nothing_counted() -> None:
    """Before a page is drawn: what one that was left, or failed, before its foot told of its numbers is forgotten."""
    for told in (_COUNTED, _HERE, _UNCOUNTED):
        st.session_state.pop(told, None)


def trust_note() -> None:
    """At the foot of a page: how much of what its numbers count was confirmed by a person, and where to do so."""
    kinds: tuple[str, ...] = st.session_state.pop(_COUNTED, ())
    here: Share | None = st.session_state.pop(_HERE, None)
    if not infos() or st.session_state.pop(_UNCOUNTED, False):
        return
    found = here or _share(state.said(), state.where(), kinds)
    told = {"total": number(found.total), "share": percent(found.part)}
    with st.container(horizontal=True, vertical_alignment="center", key="trust-note"):
        if here:
            st.caption(t("frame.trust_here", n=found.confirmed, **told))
        elif kinds:
            what = ", ".join(name(kind, plural=True) for kind in kinds)
            st.caption(t("frame.trust_of", what=what, n=found.confirmed, **told))
        else:
            st.caption(t("frame.trust", n=found.confirmed, **told))
        state.link_to("verifier", t("frame.trust_link"))
    _versions_note()


def _versions_note() -> None:
    """Documents of which several versions are there: each counts until one is removed, and the reader is told so."""
    newest = {info.document: info for info in infos().values()}  # in order of date
    versions = Counter(info.document for info in infos().values())
    several = [document for document, n in versions.items() if n > 1]
    if several:
        with st.container(horizontal=True, vertical_alignment="center", key="versions-note"):
            st.caption(t("frame.versions", n=len(several)))
            state.link_to("sources", t("frame.versions_link"), doc=newest[several[0]].id)


@memory.kept(max_entries=64)
def _share(stamp: str, where: Filter, kinds: tuple[str, ...]) -> Share:  # noqa: ARG001  the key of the cache
    return share(state.store(), where, kinds)


# --- states of a page -----------------------------------------------------------------------------------------------


def nothing_imported() -> None:
    """The store is empty: what to do, in one sentence and two buttons; who may not import is told to wait."""
    if not state.has("importer"):
        st.info(t("frame.nothing_published"))
        return
    st.info(t("common.nothing"))
    with st.container(horizontal=True):
        if st.button(t("common.do_import"), type="primary", icon=":material/upload_file:"):
            state.go_to("importer")
        if st.button(t("common.open_example"), icon=":material/travel_explore:"):
            state.go_to("importer", example=1)


def filters_hide(count: int) -> None:
    """Everything is hidden by the filters: say how many, offer to show all."""
    st.info(t("common.hide", n=count))
    st.button(t("common.show_all"), on_click=state.clear_filters, type="primary", key="filters-hide-clear")
