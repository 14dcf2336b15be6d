"""One row per file of an import: its state, what it brought, what can be done; the ledger of the chosen file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from graph import actions
from graph.errors import NotFound
from graph.model import Job
from ingest import jobs
from ingest.bounds.archive import Upload
from ingest.files import base_name
from ingest.fragment import ImportMeta
from views import export, state, versions
from views.documents import infos
from views.escape import file_name, html, md
from views.i18n import quoted, t
from views.importing import found as import_found
from views.kinds import ACTORS, IDEAS
from views.source.table import show_ledger
from views.tables import more_button, shown
from views.wording import said

Row = Mapping[str, Any]
_STEP = 30  # rows drawn of a long import, which is drawn anew each second
_MORE = 100  # rows more when they are asked for
_ORDER = {"refused": 0, "running": 1, "done": 2}
_NAMED = 3  # documents that are named where several are spoken of


@dataclass
class Undone:
    """The files of an import that were taken back in this session, and how many elements went with them."""

    uploads: list[Upload] = field(default_factory=list)
    elements: int = 0


_ICONS = {
    "done": ":green[:material/check_circle:]",
    "refused": ":red[:material/error:]",
    "running": ":blue[:material/progress_activity:]",
    "waiting": ":gray[:material/schedule:]",
    "cancelled": ":gray[:material/cancel:]",
    "removed": ":gray[:material/undo:]",
}


def draw(job: Job | None) -> None:
    """What can be done with the whole of a job, in view however many files it has, then each of them."""
    if job is None:
        return
    with st.container(border=True, key="card-job"):
        with st.container(key="job-whole"):
            st.markdown(f"**{t('importer.files', n=len(job.files))}** {_summary(job)}")
            _whole(job)
        rows = _asking_first(job)
        for index in rows[: shown(rows, "job", _STEP)]:
            _row(job, index, job.files[index])
        more_button(len(rows), "job", _STEP, by=_MORE)


def _asking_first(job: Job) -> list[int]:
    """The files in their order; of more than are drawn, those at work and those that ask for somebody come first."""
    every = range(len(job.files))
    if len(job.files) <= _STEP:
        return list(every)
    return sorted(every, key=lambda i: _ORDER.get(_state(job.files[i]), len(_ORDER)))


def _summary(job: Job) -> str:
    counted: dict[str, int] = {}
    for row in job.files:
        counted[_state(row)] = counted.get(_state(row), 0) + 1
    parts = [t(f"importer.count_{key}", n=n) for key, n in counted.items()]
    return f":gray[{', '.join(parts)}]"


def _state(row: Row) -> str:
    """What became of a file, an undone import included."""
    state_ = str(row["state"])
    if state_ == "done" and row.get("source") and row["source"] not in infos():
        return "removed"
    return state_ if state_ in _ICONS else "waiting"


def _row(job: Job, index: int, row: Row) -> None:
    became = _state(row)
    chosen = "chosen-" if state.query("file") == str(index) else ""
    with st.container(key=f"file-{chosen}{job.id[:6]}-{index}"):
        if became != "done":  # nothing can be done with it here: what is said of it has the room
            mark, told = st.columns([0.35, 10.5], vertical_alignment="center", gap="small")
        else:
            mark, told, acts = st.columns([0.35, 5.6, 4.9], vertical_alignment="center", gap="small")
            with acts, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
                _acts(job, index, row)
        mark.markdown(_ICONS[became])
        with told:
            st.html(f'<b class="file">{html(file_name(str(row["name"])))}</b>')
            _said(became, row)


def _said(became: str, row: Row) -> None:
    if became == "running":
        step = str(row.get("step") or "read")
        st.progress(float(row.get("progress", 0.0)), t(f"importer.step_{step}"))
    elif became == "refused":
        st.markdown(f":red[**{md(t('importer.refused', why=_why(row)))}**]")
    elif became == "done":
        st.markdown(f"**{_brought(row)}**  \n{_left(row)}{_degraded(row)}{versions.line(row.get('version', {}))}")
    else:
        st.markdown(f":gray[{t(f'importer.state_{became}')}]")


def _why(row: Row) -> str:
    """The reason without the file's name, which the row already shows."""
    error = str(row.get("error", ""))
    return said(error.removeprefix(f"{row['name']}: ").removeprefix(f"{base_name(str(row['name']))}: "))


def _brought(row: Row) -> str:
    if row.get("outcome") == "unchanged":
        return t("importer.unchanged")
    counts = row.get("counts", {})
    ideas = sum(counts.get(k, 0) for k in ("theme", *IDEAS))
    people = sum(counts.get(k, 0) for k in ACTORS)
    return f"{t('importer.ideas', n=ideas)}, {t('importer.actors', n=people)}"


def _left(row: Row) -> str:
    aside = sum(int(x.get("count", 1)) for x in row.get("ledger", {}).get("left_out", []))
    passages = t("importer.passages", n=int(row.get("counts", {}).get("passage", 0)))
    if not aside:
        return f":gray[{passages}, {t('importer.all_kept')}]"
    return f":orange[{t('importer.left_out', n=aside)}]"


def _degraded(row: Row) -> str:
    return "".join(f"  \n:orange[{md(said(d))}]" for d in row.get("degraded", ()))


# --- acts -----------------------------------------------------------------------------------------------------------


def _acts(job: Job, index: int, row: Row) -> None:
    key = f"{job.id[:6]}-{index}"
    if st.button(t("importer.open"), key=f"open-{key}"):
        state.go_to("sources", doc=str(row["source"]))
    if row.get("ledger"):
        st.button(t("importer.ledger"), key=f"ledger-{key}", type="tertiary", on_click=_choose, args=(index,))
    if _may_be_undone(row):
        _undo_button(t("importer.undo"), f"undo-{key}", job, [row])


def _choose(index: int) -> None:
    state.set_query(file=index)


def _may_be_undone(row: Row) -> bool:
    """Whether this import brought the document: else taking it back would remove what an earlier one brought."""
    return _state(row) == "done" and row.get("outcome") == "new"


def _undo_button(label: str, key: str, job: Job, undone: Sequence[Row]) -> None:
    st.button(label, key=key, type="tertiary", icon=":material/undo:", on_click=_undo, args=(job, undone))


def _undo(job: Job, undone: Sequence[Row]) -> None:
    """Take files of an import back; they are kept for this session so that they can be brought again."""
    kept = st.session_state.setdefault(_undone_key(job), Undone())
    for row in undone:
        try:
            source = state.store().source(str(row["source"]))
            gone = actions.remove_source(state.store(), state.actor(), source.id)
        except NotFound:  # somebody else was faster
            continue
        kept.elements += sum(n for kind, n in gone.items() if kind not in {"passage", "source", "document"})
        chosen = {name: row[name] for name in ("reader", "columns", "document") if row.get(name)}
        kept.uploads.append(Upload(source.name, source.data, **chosen))


def _undone_key(job: Job) -> str:
    return f"undone-import-{job.id}"


def _restore(job: Job) -> None:
    uploads = st.session_state.pop(_undone_key(job)).uploads
    state.set_query(job=jobs.start_import(state.store(), uploads, ImportMeta(**job.options), state.actor()))


def _show_undone(job: Job) -> None:
    kept: Undone | None = st.session_state.get(_undone_key(job))
    if kept is None or not kept.uploads:
        return
    names = ", ".join(quoted(file_name(upload.name)) for upload in kept.uploads[:_NAMED])
    names += " …" if len(kept.uploads) > _NAMED else ""
    with st.container(horizontal=True, vertical_alignment="center", key="undone"):
        st.markdown(md(t("importer.undone", name=names, n=kept.elements)))
        st.button(t("importer.restore"), on_click=_restore, args=(job,), key="restore")


def _whole(job: Job) -> None:
    _show_undone(job)
    undoable = [row for row in job.files if _may_be_undone(row)]
    if len(undoable) > 1 and job.state not in jobs.UNDER_WAY:
        _undo_button(t("importer.undo_all"), f"undo-all-{job.id[:6]}", job, undoable)
    if any(_state(row) == "refused" for row in job.files):
        st.caption(t("importer.refused_do"))
    if job.state in jobs.UNDER_WAY:
        st.progress(sum(_finished(row) for row in job.files) / len(job.files), t("importer.can_leave"))
        with st.container(horizontal=True):
            st.button(t("importer.stop_keep"), on_click=_cancel, args=(job.id, True), key="stop-keep")
            st.button(t("importer.stop_remove"), on_click=_cancel, args=(job.id, False), key="stop-remove")
    elif job.state == "interrupted":
        st.warning(t("importer.interrupted"))
        st.button(t("importer.resume"), on_click=_resume, args=(job.id,), type="primary")


def _finished(row: Row) -> float:
    """How much of the work on a file is done; nothing is left to do on a refused one."""
    return 1.0 if _state(row) not in {"waiting", "running"} else float(row.get("progress", 0.0))


def _cancel(job_id: str, keep: bool) -> None:
    jobs.cancel(state.store(), job_id, keep_finished=keep)


def _resume(job_id: str) -> None:
    jobs.resume(state.store(), job_id)


# --- the ledger of one file -----------------------------------------------------------------------------------------


def with_ledger(job: Job) -> list[int]:
    """The files of a job whose ledger can be shown."""
    return [i for i, row in enumerate(job.files) if _state(row) == "done" and row.get("ledger")]


def ledger_card(job: Job) -> None:
    """The ledger of the chosen file, or of the first that left something out."""
    done = with_ledger(job)
    asked = state.query("file")
    index = int(asked) if asked.isdecimal() and int(asked) in done else _first_with_losses(job, done)
    row = job.files[index]
    with st.container(border=True, key="card-ledger"):
        st.html(f'<h3 class="card-head">{html(file_name(str(row["name"])))}</h3>')
        import_found.draw(str(row["source"]), row.get("counts", {}))
        with st.expander(t("source.tab_ledger"), expanded=True):
            show_ledger(row["ledger"], key="job-ledger")
        with st.container(horizontal=True):
            state.link_to("sources", t("common.open_source"), icon=":material/article:", doc=str(row["source"]))
            export.source_button(str(row["source"]), key="job")


def _first_with_losses(job: Job, done: list[int]) -> int:
    return next((i for i in done if job.files[i]["ledger"].get("left_out")), done[0])
