"""Mes données: what is kept of a person, shown, handed over, and erased for good by a facilitator."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from graph.errors import MaillageError, NotFound
from graph.persons import privacy
from graph.persons.privacy import Found, Kept
from graph.text import fold, words
from views import documents, frame, memory, state
from views.correct import may_correct, say_what_was_done
from views.documents import open_source
from views.escape import html, md
from views.i18n import named, number, quoted, t
from views.tables import csv_button, link, more_button, shown, table
from views.wording import said

_STEP = 25
_MOST_NAMES = 10


def page() -> None:
    say_what_was_done()
    frame.uncounted()
    frame.head(t("common.my_data"), t("common.upkeep"), under=t("mydata.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    if not state.reads_names():
        st.info(t("mydata.nameless"))
        return
    name, also = _asked()
    if not name:
        st.info(t("mydata.ask"))
        return
    try:
        with st.spinner(t("mydata.looking")):
            found = _kept(state.stamp(), name, also)
        left = _narrowed(name, found) if may_correct() else found
    except NotFound:
        named = quoted(md(name))
        st.success(t("mydata.nothing", name=named) if may_correct() else t("mydata.nothing_published", name=named))
        return
    except MaillageError as error:
        st.warning(md(said(str(error))))
        return
    if left is None:
        st.info(t("mydata.none_left"))
        return
    _show(name, left)


def _narrowed(name: str, found: Kept) -> Kept | None:
    """What is kept under the spellings that are left, None with none: one may be a word that others say of something
    else. Raises NotFound.
    """
    bare = [spelled for spelled in found.names if len(words(spelled)) == 1]
    if len(found.names) < 2:
        if bare:
            st.warning(md(t("mydata.bare_alone", names=quoted(bare[0]))))
        return found
    left = st.multiselect(
        t("mydata.spellings"),
        found.names,
        found.names,
        # Streamlit would keep the choice made among other spellings.
        key=f"mydata-names-{memory.fingerprint(name, found.names)}",
        help=t("mydata.spellings_help"),
    )
    if alone := [spelled for spelled in bare if spelled in left]:
        st.warning(md(t("mydata.bare", names=", ".join(map(quoted, alone)))))
    if len(left) == len(found.names):
        return found
    return _kept(state.stamp(), name, tuple(left), only=True) if left else None


def _asked() -> tuple[str, tuple[str, ...]]:
    """The name, never in the address: a link is copied and logged."""
    left, right = st.columns(2)
    with left:
        name = st.text_input(t("mydata.name"), key="mydata-name", icon=":material/person_search:").strip()
    with right:
        also = st.text_input(t("mydata.also"), key="mydata-also", help=t("mydata.also_help"))
    spelled = tuple(part.strip() for part in also.split(",") if part.strip())
    return name[:200], spelled[:_MOST_NAMES]


@st.cache_data(show_spinner=False, max_entries=8, ttl=600)
def _kept(stamp: str, name: str, also: tuple[str, ...], *, only: bool = False) -> Kept:  # noqa: ARG001  the key of the cache
    return privacy.kept(state.store(), name, also, only=only)


def _show(name: str, found: Kept) -> None:
    places = found.found
    st.markdown(f"**{md(t('mydata.spelled', names=', '.join(found.names)))}**")
    st.html(f'<ul class="counts">{_counts(found, places)}</ul>')
    if not may_correct():
        st.caption(t("mydata.published_only"))
    with st.container(horizontal=True):
        csv_button("mes-donnees", _header(), [[f.where, _line(f), f.quote] for f in places], key="mydata-csv")
        st.download_button(
            t("mydata.json"),
            json.dumps(privacy.report(found, places), ensure_ascii=False, indent=1).encode(),
            file_name="mes-donnees.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            key="mydata-json",
        )
    if places:
        table(_header(), [_row(f) for f in places[: shown(places, "mydata", _STEP)]], numeric=(1,))
        more_button(len(places), "mydata", _STEP)
    _erase(name, found)


def _header() -> list[str]:
    return [t("mydata.document"), t("mydata.line"), t("mydata.words")]


def _line(f: Found) -> int:
    return open_source(f.source).line(f.start)


def _row(f: Found) -> list[str]:
    address = state.href("sources", doc=f.source, at=f.start)
    at = link(address, number(_line(f)), named(f.where, t("common.line", n=_line(f))))
    return [html(f.where), at, f'<span class="words">{html(_around(f.quote))}</span>']


def _around(quote: str) -> str:
    """The words around a name, without the halves of words at both ends."""
    return f"… {' '.join(quote.split(' ')[1:-1])} …" if quote.count(" ") > 3 else quote


def _counts(found: Kept, places: Sequence[Found]) -> str:
    documents_ = len(Counter(f.source for f in places))
    told = [
        t("mydata.places", n=len(places), docs=t("common.documents", n=documents_)),
        *([t("mydata.beside", n=len(found.beside), names=_beside(found))] if found.beside else ()),
        t("mydata.decisions", n=found.decisions),
        t("mydata.imports", n=found.jobs),
        *([t("mydata.actors", n=len(found.actors), names=", ".join(found.actors))] if found.actors else ()),
    ]
    return "".join(f"<li>{html(line)}</li>" for line in told)


def _beside(found: Kept) -> str:
    return ", ".join(quoted(f.where) for f in found.beside)


# --- for good -------------------------------------------------------------------------------------------------------


def _erase(name: str, found: Kept) -> None:
    """Two steps: the places have been read above; the name is typed again."""
    with st.container(border=True, key="card-erase"):
        st.html(f"<h3>{html(t('mydata.erase'))}</h3><p>{html(t('mydata.erase_what'))}</p>")
        if not may_correct():
            st.info(t("mydata.erase_who"))
            return
        if not _is_person(name):
            st.warning(md(t("mydata.no_person", name=quoted(name))))
        n = len(found.found)
        # What was read of other places, or under other spellings, is not this.
        mark = memory.fingerprint(
            name, found.names, found.found, found.beside, found.decisions, found.jobs, found.actors
        )
        read = st.checkbox(t("mydata.have_read", n=n) if n else t("mydata.have_read_counts"), key=f"mydata-read-{mark}")
        if not read:
            return
        st.warning(t("mydata.no_return"))
        again = st.text_input(t("mydata.again"), key=f"mydata-again-{mark}")
        st.button(
            t("mydata.do"),
            type="primary",
            icon=":material/delete_forever:",
            key="mydata-do",
            disabled=fold(again).strip() != fold(name).strip(),
            on_click=_forget,
            args=(found,),
        )


def _is_person(name: str) -> bool:
    """Whether somebody in the graph bears this very name: any other may be a word like another."""
    store = state.whole()
    things = store.things(hit.id for hit in store.search(name, ["person"], limit=20)).values()
    return any(fold(name) == fold(word) for thing in things for word in (thing.label, *thing.aliases))


def _forget(found: Kept) -> None:
    try:
        done = privacy.forget(state.whole(), state.actor(), found)
    except MaillageError as error:
        st.session_state["said"] = said(str(error))
        return
    for key in [k for k in st.session_state if str(k).startswith("mydata-")]:
        del st.session_state[key]
    _kept.clear()  # nothing of the name stays in memory
    documents.forget_opened()
    st.session_state["said"] = t("mydata.done", n=done.get("source", 0))
