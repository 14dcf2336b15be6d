"""Importer: drop files or an archive, check how each is read, answer once for all, follow the job, see what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from graph.model import Job
from ingest import jobs
from ingest.bounds.archive import Upload
from ingest.files import MAX_BYTES, base_name
from ingest.fragment import ImportMeta
from ingest.recognise import typed_date
from views import documents, example, frame, state
from views.escape import file_name, html
from views.i18n import clock, day, t
from views.importing import batch as import_batch
from views.importing import prepare as import_prepare
from views.importing import rows as import_rows
from views.importing.batch import Candidate

Files = Sequence[Upload | tuple[str, bytes]]
PREVIOUS = 10  # imports listed
_GUESSED_FROM = 20  # files that are read for meeting, date and place


def page() -> None:
    frame.uncounted()
    frame.head(t("importer.title"), t("common.upkeep"), t("common.importer"))
    if state.query("example"):
        state.set_query(example=None)
        _start(example.files(), ImportMeta())
    job = state.store().job(state.query("job")) if state.query("job") else None
    if state.query("job") and job is None:
        st.warning(t("importer.unknown_job"))
    if job:
        _follow(job)
        st.subheader(t("importer.another"), anchor=False)
    _ask(offer_example=job is None and not documents.infos())
    _previous(job)


# --- what to import -------------------------------------------------------------------------------------------------


def _ask(*, offer_example: bool) -> None:
    generation = import_batch.generation()
    dropped = _dropped(generation)
    with st.expander(t("importer.paste"), icon=":material/content_paste:"):
        name = st.text_input(t("importer.paste_name"), key=f"import-name-{generation}")
        text = st.text_area(t("importer.paste_text"), height=180, key=f"import-text-{generation}")
    pasted = [Upload(_file_name(name), text.encode("utf-8", "replace"))] if text.strip() else []
    batch = import_batch.candidates(dropped, pasted)
    if batch:
        import_prepare.draw(batch)
        _questions(batch, generation)
    elif offer_example:
        st.button(
            t("common.open_example"),
            icon=":material/travel_explore:",
            on_click=_start,
            args=(example.files(), ImportMeta()),
        )


def _dropped(generation: int) -> list[Any]:
    """The files of the uploader: some, or all of a folder."""
    folder = st.segmented_control(
        t("importer.what"),
        [False, True],
        default=False,
        format_func=lambda whole: t("importer.a_folder" if whole else "importer.files_or_zip"),
        key="import-folder",
        label_visibility="collapsed",
        required=True,
    )
    limit = MAX_BYTES // 1_048_576
    dropped = st.file_uploader(
        t("importer.drop_folder" if folder else "importer.drop"),
        accept_multiple_files="directory" if folder else True,
        key=f"import-files-{generation}-{int(bool(folder))}",
        max_upload_size=limit,
    )
    st.caption(t("importer.promise", limit=limit))
    return list(dropped or [])


def _file_name(name: str) -> str:
    """A pasted text is a text file; what was typed is a name, never a path."""
    base = base_name(name.strip() or t("importer.pasted"))
    return base if base.lower().endswith((".txt", ".md")) else f"{base}.txt"


def _questions(batch: Sequence[Candidate], generation: int) -> None:
    """Meeting, date and place, once for the batch, pre-filled from the texts."""
    wanted = [c for c in batch if c.wanted]
    if not wanted or len(batch) > jobs.MAX_FILES:
        st.info(t("importer.none_wanted"))
        return
    read = tuple((c.upload.raw.name, c.upload.raw.sha256) for c in wanted[:_GUESSED_FROM])
    guess = import_batch.remembered(
        ("guess", read), lambda: jobs.preview([(c.upload.raw.name, c.upload.data) for c in wanted[:_GUESSED_FROM]])
    )
    form = f"{generation}-{abs(hash(read)) & 0xFFFFFF:06x}"
    with st.form(f"import-{form}", border=True):
        documents = sum(not c.twin for c in wanted)
        st.markdown(f"**{t('importer.ask', n=documents)}**")
        meeting, when, place = st.columns([2, 1, 2])
        named = meeting.text_input(t("common.meeting"), guess.get("meeting", ""), key=f"meeting-{form}")
        # Not Streamlit's date field: its calendar speaks English only.
        told = when.text_input(
            t("importer.date"), day(guess.get("date", "")), key=f"date-{form}", placeholder=t("importer.date_example")
        )
        where = place.text_input(t("importer.place"), guess.get("place", ""), key=f"place-{form}")
        st.caption(t("importer.ask_why"))
        asked = st.form_submit_button(t("importer.start", n=documents), type="primary", icon=":material/upload_file:")
    if asked:
        iso = typed_date(told)
        if iso is None:
            st.error(t("importer.no_date", example=t("importer.date_example")))
            return
        files = [c.upload for c in batch if not c.aside]
        _start(files, ImportMeta(meeting=named.strip(), date=iso, place=where.strip()))
        st.rerun()


def _start(files: Files, meta: ImportMeta) -> None:
    job = jobs.start_import(state.store(), files, meta, state.actor())
    import_batch.next_generation()
    state.set_query(job=job, file=None)


# --- the job in view ------------------------------------------------------------------------------------------------


def _follow(job: Job) -> None:
    if not import_rows.with_ledger(job):
        _watched(job.id)
        return
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        _watched(job.id)
    with right:
        import_rows.ledger_card(job)


@st.fragment(run_every="1s")
def _polling(job_id: str) -> None:
    job = _fresh(job_id)
    if job and job.state not in jobs.UNDER_WAY:
        st.rerun()  # the end is drawn once, with what it brought, and polling stops
    import_rows.draw(job)


def _watched(job_id: str) -> None:
    job = _fresh(job_id)
    if job and job.state in jobs.UNDER_WAY:
        _polling(job_id)
    else:
        import_rows.draw(job)


def _fresh(job_id: str) -> Job | None:
    job = state.store().job(job_id)
    return jobs.refreshed(state.store(), job) if job else None


def _previous(current: Job | None) -> None:
    others = [j for j in jobs.latest(state.store(), PREVIOUS) if j.files and (current is None or j.id != current.id)]
    if not others:
        return
    st.subheader(t("importer.previous"), anchor=False)
    rows = []
    for job in others:
        names = ", ".join(file_name(str(f["name"])) for f in job.files[:3]) + (" …" if len(job.files) > 3 else "")
        address = html(state.href("importer", job=job.id))
        said = html(t(f"importer.job_{job.state}"))
        rows.append(
            f'<li><a href="{address}">{html(clock(job.created))}</a> · {html(t("importer.files", n=len(job.files)))} · '
            f"{said}<small>{html(names)}</small></li>"
        )
    st.html(f'<ul class="plain">{"".join(rows)}</ul>')
