"""Publishing a meeting: a dialog that shows first what participants will see, and takes it back the same way."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from graph import actions
from graph.course.meetings import Meeting
from graph.course.publication import Appearing, appearing, disappearing
from graph.errors import MaillageError
from graph.model import Thing
from views import documents, state
from views.correct import may_correct
from views.escape import html, md
from views.i18n import number, quoted, t
from views.kinds import glyph, label, name
from views.meetings.shared import computed
from views.tables import MOST_ROWS, folded
from views.wording import said

_SHOWN = 3


def button(meeting: Meeting) -> None:
    """The button for what can be done now; a meeting published in part can be both. Nothing for those who may not."""
    if not may_correct():
        return
    if not meeting.published and st.button(t("meetings.publish"), icon=":material/visibility:", key="publish"):
        _open(meeting, "publish")
    if (meeting.published or meeting.partly) and st.button(
        t("meetings.withdraw"), icon=":material/visibility_off:", key="withdraw"
    ):
        _open(meeting, "withdraw")


def _open(meeting: Meeting, act: str) -> None:
    st.dialog(t(f"meetings.{act}_title"), width="medium")(_draw)(meeting, act)


def _draw(meeting: Meeting, act: str) -> None:
    if "said" in st.session_state:
        st.rerun()  # taken by a callback: the dialog closes and the page is drawn anew
    changing = appearing if act == "publish" else disappearing
    found = computed(act, lambda: changing(state.store(), meeting), meeting.id)
    st.markdown(md(t(f"meetings.{act}_what", name=quoted(meeting.name))))
    items = [f"<li>{glyph('source', 15)} {html(documents.title(info))}</li>" for info in found.sources]
    rest = folded(len(items) - _SHOWN, f'<ul class="plain">{"".join(items[_SHOWN:])}</ul>')
    kinds = "".join(_kind(kind, things, found.new[kind]) for kind, things in found.things.items())
    st.html(f'<ul class="plain">{"".join(items[:_SHOWN])}</ul>{rest}<dl class="found">{kinds}</dl>')
    _people(found, act)
    with st.container(horizontal=True):
        args = (meeting, act, [info.id for info in found.sources])
        st.button(t(f"meetings.{act}"), type="primary", key=f"do-{act}", on_click=_take, args=args)
    st.caption(t("meetings.can_be_undone"))
    refused = st.session_state.pop("refused", "")
    if refused:
        st.error(md(refused))


def _kind(kind: str, things: Sequence[Thing], new: int) -> str:
    """A kind with how many there are, the first ones, and the others folded."""
    n, said = len(things), [f"<li>{html(label(thing))}</li>" for thing in things[:MOST_ROWS]]
    cut = f"<p>{html(t('common.most_rows', n=MOST_ROWS, total=n))}</p>" if n > MOST_ROWS else ""
    rest = folded(n - _SHOWN, f"<ul>{''.join(said[_SHOWN:])}</ul>{cut}")
    only = f" <small>{html(t('meetings.only_here', n=new))}</small>" if new < n else ""
    title = f"{glyph(kind, 15)} {html(name(kind, plural=n != 1))} <b>{number(n)}</b>{only}"
    return f"<dt>{title}</dt><dd><ul>{''.join(said[:_SHOWN])}</ul>{rest}</dd>"


def _people(found: Appearing, act: str) -> None:
    if found.people and act == "publish":
        names = ", ".join(person.label for person in found.people)
        st.warning(md(t("meetings.names_seen", n=len(found.people), names=names)))


def _take(meeting: Meeting, act: str, sources: list[str]) -> None:
    do = actions.publish if act == "publish" else actions.withdraw
    try:
        do(state.store(), state.actor(), sources)
    except MaillageError as error:
        st.session_state["refused"] = said(str(error))
        return
    st.session_state["said"] = t(f"meetings.{act}_done", name=quoted(meeting.name))
