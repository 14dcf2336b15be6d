"""« C’est la même réunion »: several meetings said to be one, proposed where that is plain; a decision like others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from graph import actions
from graph.course.meetings import Meeting
from graph.course.same import Same, apart, keepable, named_by_people, proposed, said_of
from graph.decided.checking import MAX_REASON
from graph.errors import MaillageError
from views import state
from views.correct import may_correct, tell
from views.escape import md
from views.i18n import named, quoted, t
from views.meetings.shared import when
from views.wording import said

_PICKED, _KEPT, _WHY, _REFUSED = "same-picked", "same-kept", "same-why", "same-refused"
_SHOWN = 5  # proposals; the others come once these are settled
_NAMED = 3  # meetings of a proposal


def draw(found: Sequence[Meeting]) -> None:
    """The proposals and the choice by hand, folded; nothing for those who may not, or where there is one meeting."""
    if not may_correct() or len(found) < 2:
        return
    plain = proposed(found)
    plain = proposed(found, named_by_people(found, state.store().decisions())) if plain else plain
    by_id = {meeting.id: meeting for meeting in found}
    with st.expander(
        t("meetings.same_n", n=len(plain)) if plain else t("meetings.same"),
        icon=":material/call_merge:",
        key="same-meeting",
        expanded=bool(st.session_state.get(_PICKED)) or _REFUSED in st.session_state,
    ):
        st.caption(t("meetings.same_rule"))
        for number, same in enumerate(plain[:_SHOWN]):
            _proposal(same, number)
        _by_hand(by_id)
        if refused := st.session_state.pop(_REFUSED, ""):
            st.error(md(refused))


def _proposal(same: Same, number: int) -> None:
    first = same.meetings[0]
    names = [quoted(meeting.name) for meeting in same.meetings[:_NAMED]]
    more = [t("meetings.same_more", n=len(same.meetings) - _NAMED)] if len(same.meetings) > _NAMED else []
    why = ", ".join(t(f"meetings.{reason}") for reason in ("same_date", *same.reasons))
    st.markdown(f"**{md(when(first))}** · {md(', '.join([*names, *more]))}  \n{md(why)}")
    with st.container(horizontal=True):
        ids = [meeting.id for meeting in same.meetings]
        st.button(t("meetings.same_choose"), key=f"same-{number}", on_click=_choose, args=(ids,))
        st.button(t("meetings.same_not"), key=f"same-not-{number}", on_click=_keep_apart, args=(same,), type="tertiary")


def _choose(ids: list[str]) -> None:
    st.session_state[_PICKED] = ids


def _keep_apart(same: Same) -> None:
    _describe(apart(same.meetings), same.meetings, t("meetings.same_kept_apart", n=len(same.meetings)), again=True)


def _by_hand(by_id: Mapping[str, Meeting]) -> None:
    st.session_state[_PICKED] = [id_ for id_ in st.session_state.get(_PICKED, []) if id_ in by_id]

    def called(id_: str) -> str:
        return named(when(by_id[id_]), by_id[id_].name)

    picked = st.multiselect(
        t("meetings.same_which"), list(by_id), format_func=called, key=_PICKED, placeholder=t("tree.choose")
    )
    if len(picked) < 2:
        return
    offered = [meeting.id for meeting in keepable([by_id[id_] for id_ in picked])]
    if st.session_state.get(_KEPT) not in offered:
        st.session_state[_KEPT] = offered[0]
    st.selectbox(t("meetings.same_kept"), offered, format_func=called, key=_KEPT)
    st.text_input(t("review.reason"), key=_WHY, placeholder=t("details.reason_why"), max_chars=MAX_REASON)
    st.caption(t("meetings.same_published"))
    st.button(t("meetings.same_do"), type="primary", key="same-do", on_click=_take, args=(by_id,))


def _take(by_id: Mapping[str, Meeting]) -> None:
    picked = [by_id[id_] for id_ in st.session_state[_PICKED]]
    kept = by_id[st.session_state[_KEPT]]
    whole = [kept, *(meeting for meeting in picked if meeting.id != kept.id)]
    done = t("meetings.same_done", n=len(whole), name=quoted(kept.name))
    if _describe(said_of(whole), whole, done, str(st.session_state.get(_WHY, ""))):
        st.session_state[_PICKED], st.session_state[_WHY] = [], ""


def _describe(
    what: Mapping[str, Mapping[str, str]], found: Sequence[Meeting], done: str, why: str = "", *, again: bool = False
) -> bool:
    """Take it as one decision, or keep what refuses it for the page to tell."""
    seen = {info.id: info.digest for meeting in found for info in meeting.sources}
    try:
        taken = actions.describe_together(state.store(), state.actor(), what, why, seen=seen, again=again)
    except MaillageError as error:
        st.session_state[_REFUSED] = said(str(error))
        return False
    tell(done, taken)
    return True
