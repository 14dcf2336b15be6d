"""An initiative that a person types: it becomes a document of its own, imported as any other.

Changed in the same form, it becomes a new version of that document, which takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from graph import actions
from graph.errors import NotFound
from graph.initiatives.catalogue import NONE, type_of
from graph.initiatives.coordinates import checked
from graph.initiatives.place import Said, locate
from graph.model import Filter, Job, Source, Thing
from graph.versions.lineage import in_order
from ingest import geocoder, jobs
from ingest.fragment import ImportMeta
from ingest.typed import INITIATIVE, typed_initiative, typed_values
from views import state
from views.correct import may_correct
from views.documents import infos
from views.escape import md
from views.i18n import day, t
from views.initiatives.asked import Asked
from views.initiatives.filters import warn
from views.initiatives.words import names_of_types, precision
from views.wording import said

_TYPED, _CHANGED = "typed-{}", "changed-{}"  # keys of fields: what is left in one form is none of the other's
_PLACE = "typed-place"  # in the session, until the import has ended
_LOOKED_INTO, _ROWS = 5, 2  # documents of an initiative; rows of one that was typed, its head counted


def button(asked: Asked) -> None:
    """« Ajouter »: for those who may import."""
    if may_correct() and st.button(t("initiatives.add"), icon=":material/add_location_alt:", key="initiative-add"):
        st.dialog(t("initiatives.add_title"), width="medium")(_form)(asked, None)


def change_button(thing: Thing, asked: Asked) -> None:
    """« Modifier »: for an initiative that was typed; nothing for those that a file tells of."""
    typed = _typed(thing) if may_correct() else None
    if typed and st.button(
        t("initiatives.change"), icon=":material/edit_location_alt:", key="initiative-change", type="tertiary"
    ):
        _fill(typed_values(typed.text), asked)
        st.dialog(t("initiatives.change_title"), width="medium")(_form)(asked, typed)


def _typed(thing: Thing) -> Source | None:
    """The document that this initiative was typed as. Only tables of one row are looked into: others may be large."""
    for mention in state.store().evidence(thing.id, limit=_LOOKED_INTO):
        info = infos().get(mention.source)
        if info and info.format == "csv" and info.passages <= _ROWS:
            found = state.store().source(info.id)
            if typed_values(found.text):
                return found
    return None


def _fill(values: Mapping[str, str], asked: Asked) -> None:
    for name, value in values.items():
        st.session_state[_CHANGED.format(name)] = value
    kind = type_of(values["type"], asked.all.vocabulary)
    st.session_state[_CHANGED.format("type")] = kind if kind in names_of_types(asked.all) and kind != NONE else None


def _form(asked: Asked, old: Source | None) -> None:
    values, key = dict.fromkeys(INITIATIVE, ""), _CHANGED if old else _TYPED
    with st.form("typed-initiative", border=False):
        values["name"] = _field("name", key)
        kind, structure = st.columns(2)
        with kind:
            names = names_of_types(asked.all)
            offered = [kind for kind in names if kind != NONE]
            chosen = st.selectbox(
                t("initiatives.type"), offered, index=None, format_func=lambda k: names.get(k, k),
                key=key.format("type"), placeholder=t("initiatives.no_type"),
            )  # fmt: skip
            values["type"] = names.get(str(chosen), "")
        with structure:
            values["structure"] = _field("structure", key)
        address, commune = st.columns([3, 2])
        with address:
            values["address"] = _field("address", key)
        with commune:
            values["commune"] = _field("commune", key)
        north, east = st.columns(2)
        with north:
            values["latitude"] = _field("latitude", key)
        with east:
            values["longitude"] = _field("longitude", key)
        values["themes"] = _field("themes", key)
        values["url"] = _field("url", key)
        values["description"] = st.text_area(t("initiatives.description"), key=key.format("description"), height=90)
        st.caption(t("initiatives.changed_promise" if old else "initiatives.typed_promise"))
        warn()
        act = t("initiatives.change_keep") if old else t("initiatives.add")
        sent = st.form_submit_button(act, type="primary", icon=":material/add_location_alt:")
    if sent:
        _take({name: " ".join(value.split()) for name, value in values.items()}, old)


def _field(name: str, key: str) -> str:
    label = t(f"initiatives.{name}")
    return str(st.text_input(label, key=key.format(name), placeholder=t(f"initiatives.{name}_example")) or "")


def _take(values: Mapping[str, str], old: Source | None) -> None:
    """Say what is wrong, else import what was typed and close, as a version of the `old` document if there is one."""
    wrong = _wrong(values)
    if old and not wrong and values == typed_values(old.text):
        wrong = t("initiatives.unchanged")
    if wrong:
        st.error(md(wrong))
        return
    if not values["latitude"] and (found := geocoder.ask(f"{values['address']} {values['commune']}")):
        values = {**values, "latitude": str(found[0][0]), "longitude": str(found[0][1])}
    today = datetime.now(UTC).date().isoformat()
    upload = typed_initiative(values, t("initiatives.typed_name", name=values["name"], day=day(today)))
    meta = ImportMeta.like(old) if old else ImportMeta(date=today)  # what was published stays so
    if old:
        upload = replace(upload, document=old.document)
    job = jobs.start_import(state.store(), [upload], meta, state.actor())
    for name in INITIATIVE:
        st.session_state.pop((_CHANGED if old else _TYPED).format(name), None)
    st.session_state[_PLACE] = _place_told(values)
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
    if not made:
        st.error(md(said(str(row.get("error") or "")) or t("initiatives.not_saved")))
        return
    place = str(st.session_state.pop(_PLACE, ""))
    if before := _typed_before(str(row["source"])):
        _replace(before, f"{t('initiatives.changed', name=made[0].label)} {place}".strip())
    st.success(md(t("initiatives.saved", name=made[0].label)) + (f" {md(place)}" if place else ""))


def _typed_before(source: str) -> list[str]:
    """The older versions of a document that were typed. The store is asked: a page may be loaded again meanwhile."""
    document = state.store().source(source).document
    ordered = [info.id for info in in_order(state.store(), state.store().sources(Filter(document=document)))]
    return [id_ for id_ in ordered[: ordered.index(source)] if typed_values(state.store().source(id_).text)]


def _replace(before: Iterable[str], told: str) -> None:
    """Take away what had been typed, now that what it was changed into is there; the page is then drawn anew."""
    for source in before:
        with suppress(NotFound):  # another person took it away meanwhile
            actions.remove_source(state.store(), state.actor(), source)
    st.session_state["said"] = told
    st.rerun()
