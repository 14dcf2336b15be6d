"""What the tabs of the desk share: the digest in force, sentences under a number, the button that keeps a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from graph.errors import MaillageError
from graph.model import Hop, Thing
from graph.study import queries
from graph.study.corpus import short_digest
from views import state
from views.escape import html, md
from views.i18n import named, number, t
from views.kinds import glyph, label
from views.quotes import places, sentences_csv, show_all
from views.wording import said

PAGE = "etude"
NAMES = ("tab", "q", "mode", "sort", "run", "view", "by", "a", "b", "kind")  # what asks a question again
OPENED = ("x", "y", "side")  # which number of it is open
SENTENCES = 20
_DIGEST = "_study-digest"


def read_digest() -> str:
    """The beginning of the digest of the corpus; called first thing in a run of the page."""
    found = short_digest(state.store(), state.whole())
    st.session_state[_DIGEST] = found
    return found


def digest() -> str:
    """The same, as it was read in this run."""
    return str(st.session_state.get(_DIGEST) or read_digest())


def params(*names: str) -> dict[str, str]:
    """What asks the same question again: the tab and what was chosen in it; the filters are in every link."""
    return {name: state.query(name) for name in (*NAMES, *names) if state.query(name)}


def here(**changes: str | int) -> str:
    """The address of the same question with other parameters."""
    given: dict[str, str | int] = {**params(), **changes}
    return state.href(PAGE, **given)


def opens(n: int, name: str, **opened: str | int) -> str:
    """A number as a link that opens its sentences; `name` says them for those who do not see the table."""
    if not n:
        return "–"
    return f'<a href="{html(here(**opened))}" aria-label="{html(name)}" title="{html(name)}">{number(n)}</a>'


def thing_link(thing: Thing) -> str:
    """A thing with its glyph, leading to its own page."""
    address = html(state.href("themes" if thing.kind == "theme" else "reseau", thing=thing.id))
    return f'{glyph(thing.kind, 15)} <a href="{address}">{html(label(thing))}</a>'


def beside_opened() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Room for a table and for what is open beside it; on a telephone, where there is no beside, above it."""
    with st.container(key="study-opened"):
        left, right = st.columns([1.9, 1], gap="medium")
    return left, right


def opened_card(title: str, read: Callable[[int], Sequence[Hop]]) -> None:
    """The sentences behind the number that is open, and all of them as a file; `read` is given how many at most.

    `title` is plain text.
    """
    hops = read(SENTENCES + 1)  # one more than is shown, to tell that there are more
    now = hops[:SENTENCES]
    with st.container(border=True, key="card-sentences"):
        st.markdown(named(f"**{md(title)}**", t("common.sentences", n=len(now))))
        show_all(places(now))
        if len(hops) > len(now):
            st.caption(t("links.first_only", n=len(now)))
        with st.container(horizontal=True):
            sentences_csv(read, key="opened-csv")
            st.button(t("common.close"), on_click=_close, key="close-opened")


def _close() -> None:
    state.set_query(**dict.fromkeys(OPENED, ""))


def keep_button(suggested: str) -> None:
    """« Garder la question » : under a name, with the digest; and the link that asks it again."""
    with st.popover(t("study.keep"), icon=":material/bookmark_add:"):
        name = st.text_input(t("study.keep_name"), value=suggested, key="keep-name", max_chars=queries.LONGEST_NAME)
        if st.button(t("study.keep_do"), type="primary", key="keep-do"):
            _keep(name)
        st.caption(t("study.link"))
        st.code(address_of(params(), digest()), language=None, wrap_lines=True)


def address_of(given: dict[str, str], of: str) -> str:
    """The whole address of a question, with the digest of the corpus that it was asked of."""
    root = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    return f"{root}/{state.href(PAGE, **{**given, 'digest': of}).removeprefix('./')}"


def _keep(name: str) -> None:
    filters = {filter_: state.query(filter_) for filter_ in state.FILTERS}
    try:
        queries.save(state.whole(), state.actor(), name, PAGE, {**params(), **filters})
    except MaillageError as error:
        st.error(md(said(str(error))))
        return
    st.success(t("study.kept"))


def chosen(name: str, options: Sequence[str], label: str, *, prefix: str, told: str | None = None) -> str:
    """One of several, kept in the address under `name`; closes what was open. `told` explains them, where asked."""
    asked = state.query(name)
    now = asked if asked in options else options[0]
    key = f"study-{name}"
    st.session_state[key] = now
    st.segmented_control(
        label,
        options,
        format_func=lambda option: t(f"study.{prefix}_{option}"),
        key=key,
        help=told,
        required=True,
        on_change=lambda: state.set_query(**{name: st.session_state[key], **dict.fromkeys(OPENED, "")}),
    )
    return now
