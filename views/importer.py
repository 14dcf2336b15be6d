"""Importer: drop files or paste text, answer once for the batch, follow the job, see what was read and what was not."""

from __future__ import annotations

from datetime import date

import streamlit as st

from graph.model import Job
from ingest import jobs
from ingest.files import MAX_BYTES
from ingest.fragment import ImportMeta
from views import documents, example, frame, import_rows, state
from views.escape import html
from views.i18n import clock, t

Files = list[tuple[str, bytes]]
PREVIOUS = 10  # imports listed


def page() -> None:
    frame.head(t("importer.title"), t("common.upkeep"), t("common.importer"))
    if state.query("example"):
        state.set_query(example=None)
        _start(example.files(), ImportMeta())
    job = state.store().job(state.query("job")) if state.query("job") else None
    if state.query("job") and job is None:
        st.warning(t("importer.unknown_job"))
    _ask(offer_example=job is None and not documents.infos())
    if job:
        _follow(job)
    _previous(job)


# --- what to import -------------------------------------------------------------------------------------------------


def _ask(*, offer_example: bool) -> None:
    generation = st.session_state.get("import-generation", 0)
    limit = MAX_BYTES // 1_048_576
    dropped = st.file_uploader(
        t("importer.drop"), accept_multiple_files=True, key=f"import-files-{generation}", max_upload_size=limit
    )
    st.caption(t("importer.promise", limit=limit))
    with st.expander(t("importer.paste"), icon=":material/content_paste:"):
        name = st.text_input(t("importer.paste_name"), key=f"import-name-{generation}")
        text = st.text_area(t("importer.paste_text"), height=180, key=f"import-text-{generation}")
    files: Files = [(file.name, file.getvalue()) for file in dropped]
    if text.strip():
        files.append((_file_name(name), text.encode("utf-8")))
    if files:
        _questions(files, generation)
    elif offer_example:
        st.button(
            t("common.open_example"),
            icon=":material/travel_explore:",
            on_click=_start,
            args=(example.files(), ImportMeta()),
        )


def _file_name(name: str) -> str:
    """A pasted text is a text file; what was typed is a name, never a path."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or t("importer.pasted")
    return base if base.lower().endswith((".txt", ".md")) else f"{base}.txt"


def _questions(files: Files, generation: int) -> None:
    """Meeting, date and place, once for the batch, pre-filled from the texts."""
    guess = _guess(tuple(files))
    batch = f"{generation}-{hash(tuple(n for n, _ in files)) & 0xFFFFFF}"
    with st.form(f"import-{batch}", border=True):
        st.markdown(f"**{t('importer.ask', n=len(files))}**")
        meeting, day, place = st.columns([2, 1, 2])
        named = meeting.text_input(t("common.meeting"), guess.get("meeting", ""), key=f"meeting-{batch}")
        held = day.date_input(t("importer.date"), _day(guess.get("date", "")), format="DD/MM/YYYY", key=f"date-{batch}")
        where = place.text_input(t("importer.place"), guess.get("place", ""), key=f"place-{batch}")
        st.caption(t("importer.ask_why"))
        if st.form_submit_button(t("importer.start", n=len(files)), type="primary", icon=":material/upload_file:"):
            iso = held.isoformat() if isinstance(held, date) else ""
            _start(files, ImportMeta(meeting=named.strip(), date=iso, place=where.strip()))
            st.rerun()


@st.cache_data(show_spinner=False, max_entries=8, scope="session")
def _guess(files: tuple[tuple[str, bytes], ...]) -> dict[str, str]:
    return jobs.preview(files)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _start(files: Files, meta: ImportMeta) -> None:
    job = jobs.start_import(state.store(), files, meta, state.actor())
    st.session_state["import-generation"] = st.session_state.get("import-generation", 0) + 1
    state.set_query(job=job, file=None)


# --- the job in view ------------------------------------------------------------------------------------------------


def _follow(job: Job) -> None:
    if not import_rows.with_ledger(job):
        _watched(job.id)
        return
    left, right = st.columns([2, 1], gap="medium")
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
    others = [j for j in jobs.latest(state.store(), PREVIOUS) if current is None or j.id != current.id]
    if not others:
        return
    st.subheader(t("importer.previous"), anchor=False)
    rows = []
    for job in others:
        names = ", ".join(str(f["name"]) for f in job.files[:3]) + (" …" if len(job.files) > 3 else "")
        address = html(state.href("importer", job=job.id))
        said = html(t(f"importer.job_{job.state}"))
        rows.append(
            f'<li><a href="{address}">{html(clock(job.created))}</a> · {html(t("importer.files", n=len(job.files)))} · '
            f"{said}<small>{html(names)}</small></li>"
        )
    st.html(f'<ul class="plain">{"".join(rows)}</ul>')
