"""Which meeting a document reports, when and where: said or put right by a facilitator once it is imported."""

from __future__ import annotations

import streamlit as st

from graph import actions
from graph.errors import MaillageError
from graph.model import SourceInfo
from ingest.recognise import typed_date
from views import state
from views.correct import may_correct, tell
from views.escape import md
from views.i18n import day, t
from views.wording import said

_LONGEST = 200  # characters
_REFUSED = "described-refused"


def button(info: SourceInfo) -> None:
    """The button that opens the three fields; nothing for those who may not."""
    if not may_correct():
        return
    with st.popover(t("source.describe"), icon=":material/edit_calendar:", key="describe"):
        with st.form(f"describe-{info.id}", border=False):
            _field("meeting", t("common.meeting"), info.meeting, info)
            _field("date", t("importer.date"), day(info.date), info, t("importer.date_example"))
            _field("place", t("importer.place"), info.place, info)
            st.caption(t("source.describe_why"))
            st.form_submit_button(t("source.describe_do"), type="primary", on_click=_take, args=(info,))
        refused = st.session_state.pop(_REFUSED, "")
        if refused:
            st.error(md(refused))


def _key(name: str, info: SourceInfo) -> str:
    return f"describe-{name}-{info.id}"


def _field(name: str, label: str, now: str, info: SourceInfo, example: str = "") -> None:
    st.text_input(label, now, key=_key(name, info), placeholder=example or None, max_chars=_LONGEST)


def _take(info: SourceInfo) -> None:
    typed = {name: str(st.session_state[_key(name, info)]).strip() for name in ("meeting", "date", "place")}
    date = info.date if typed["date"] == day(info.date) else typed_date(typed["date"])
    if date is None:
        st.session_state[_REFUSED] = t("importer.no_date", example=t("importer.date_example"))
        return
    try:
        taken = actions.describe(state.store(), state.actor(), info.id, {**typed, "date": date}, seen=info.digest)
    except MaillageError as error:
        st.session_state[_REFUSED] = said(str(error))
        return
    tell(t("source.described"), taken)
