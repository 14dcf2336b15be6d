"""An initiative that a person types: it becomes a document of its own, imported as any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from graph.initiatives.catalogue import NONE
from graph.initiatives.coordinates import checked
from graph.initiatives.place import Said, locate
from graph.model import Job
from ingest import geocoder, jobs
from ingest.fragment import ImportMeta
from ingest.typed import INITIATIVE, typed_initiative
from views import state
from views.correct import may_correct
from views.escape import md
from views.i18n import day, t
from views.initiatives.asked import Asked
from views.initiatives.filters import warn
from views.initiatives.words import names_of_types, precision
from views.wording import said

_KEY = "typed-{}"


def button(asked: Asked) -> None:
    """« Ajouter »: for those who may import."""
    if may_correct() and st.button(t("initiatives.add"), icon=":material/add_location_alt:", key="initiative-add"):
        st.dialog(t("initiatives.add_title"), width="medium")(_form)(asked)


def _form(asked: Asked) -> None:
    values = dict.fromkeys(INITIATIVE, "")
    with st.form("typed-initiative", border=False):
        values["name"] = _field("name")
        kind, structure = st.columns(2)
        with kind:
            names = names_of_types(asked.all)
            offered = [kind for kind in names if kind != NONE]
            chosen = st.selectbox(
                t("initiatives.type"), offered, index=None, format_func=lambda k: names.get(k, k),
                key=_KEY.format("type"), placeholder=t("initiatives.no_type"),
            )  # fmt: skip
            values["type"] = names.get(str(chosen), "")
        with structure:
            values["structure"] = _field("structure")
        address, commune = st.columns([3, 2])
        with address:
            values["address"] = _field("address")
        with commune:
            values["commune"] = _field("commune")
        north, east = st.columns(2)
        with north:
            values["latitude"] = _field("latitude")
        with east:
            values["longitude"] = _field("longitude")
        values["themes"] = _field("themes")
        values["url"] = _field("url")
        values["description"] = st.text_area(t("initiatives.description"), key=_KEY.format("description"), height=90)
        st.caption(t("initiatives.typed_promise"))
        warn()
        sent = st.form_submit_button(t("initiatives.add"), type="primary", icon=":material/add_location_alt:")
    if sent:
        _take({name: " ".join(value.split()) for name, value in values.items()})


def _field(name: str) -> str:
    label = t(f"initiatives.{name}")
    return str(st.text_input(label, key=_KEY.format(name), placeholder=t(f"initiatives.{name}_example")) or "")


def _take(values: Mapping[str, str]) -> None:
    """Say what is wrong, else import what was typed and close."""
    wrong = _wrong(values)
    if wrong:
        st.error(md(wrong))
        return
    if not values["latitude"] and (found := geocoder.ask(f"{values['address']} {values['commune']}")):
        values = {**values, "latitude": str(found[0][0]), "longitude": str(found[0][1])}
    today = datetime.now(UTC).date().isoformat()
    upload = typed_initiative(values, t("initiatives.typed_name", name=values["name"], day=day(today)))
    job = jobs.start_import(state.store(), [upload], ImportMeta(date=today), state.actor())
    for name in INITIATIVE:
        st.session_state.pop(_KEY.format(name), None)
    st.session_state["typed-place"] = _place_told(values)
    state.set_query(job=job, thing="")
    st.rerun()


def _wrong(values: Mapping[str, str]) -> str:
    if not values["name"]:
        return t("initiatives.name_needed")
    found = checked(values["latitude"], values["longitude"])
    if found.doubt:
        return t(f"initiatives.typed_{found.doubt}")
    return ""


def _place_told(values: Mapping[str, str]) -> str:
    """Where the table will place it, where that is not simply its coordinates."""
    place = locate([Said(*(values[name] for name in ("latitude", "longitude", "address", "commune")))])[0]
    return "" if not place.told else precision(place)


# --- while it is imported ---------------------------------------------------------------------------------------------


def follow() -> None:
    """The import of what was typed, told until it ends; the initiative is then the chosen one."""
    asked = state.query("job") if may_correct() else ""
    job = state.store().job(asked) if asked else None
    if asked and job is None:
        state.set_query(job="")
    elif job:
        _watched(job.id)


@st.fragment(run_every="1s")
def _polling(job_id: str) -> None:
    job = _fresh(job_id)
    if job is None or job.state not in jobs.UNDER_WAY:
        st.rerun()
    st.info(t("initiatives.saving"), icon=":material/hourglass_top:")


def _watched(job_id: str) -> None:
    job = _fresh(job_id)
    if job and job.state in jobs.UNDER_WAY:
        _polling(job_id)
    elif job:
        _ended(job)


def _fresh(job_id: str) -> Job | None:
    job = state.store().job(job_id)
    return jobs.refreshed(state.store(), job) if job else None


def _ended(job: Job) -> None:
    """What came of it, once; then the address is that of the initiative."""
    row = job.files[0] if job.files else {}
    made = (
        [node for node in state.store().fragment(str(row["source"])).nodes if node.kind == "initiative"]
        if row.get("source")
        else []
    )
    state.set_query(job="", thing=made[0].id if made else "")
    if made:
        place = str(st.session_state.pop("typed-place", ""))
        st.success(md(t("initiatives.saved", name=made[0].label)) + (f" {md(place)}" if place else ""))
    else:
        st.error(md(said(str(row.get("error") or "")) or t("initiatives.not_saved")))
