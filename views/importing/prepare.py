"""Before an import: one row per file with what it was taken for, and the file in view with its tree and its ledger."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ingest import jobs
from views.escape import file_name, html, md
from views.i18n import day, t
from views.importing import preview as import_preview
from views.importing.batch import (
    Candidate,
    choose,
    first_format,
    in_view,
    look_at,
    looked_into,
    preview,
    read_at_once,
)
from views.tables import more_button, shown
from views.wording import said

_STEP = 30


def draw(batch: Sequence[Candidate]) -> None:
    """The list and, beside it, the file that is looked at."""
    seen = in_view(batch)
    left, right = st.columns([1.15, 1], gap="medium")
    with left, st.container(border=True, key="card-batch"):
        whole = read_at_once(batch)
        _head(batch, unread=0 if whole else sum(c.wanted and not looked_into(c) for c in batch))
        for candidate in batch[: shown(batch, "batch", _STEP)]:
            _row(candidate, whole=whole, seen=candidate.key == seen.key)
        more_button(len(batch), "batch", _STEP)
    with right, st.container(border=True, key="card-preview"):
        import_preview.draw(seen)


def _head(batch: Sequence[Candidate], *, unread: int) -> None:
    refused = sum(bool(c.refused) for c in batch)
    aside = sum(c.aside for c in batch)
    parts = [t("importer.count_archive_refused", n=refused)] if refused else []
    parts += [t("importer.count_aside", n=aside)] if aside else []
    rest = f" :gray[{', '.join(parts)}]" if parts else ""
    st.markdown(f"**{t('importer.files', n=len(batch))}**{rest}")
    if unread:
        st.caption(t("importer.count_not_read", n=unread))
    if len(batch) > jobs.MAX_FILES:
        st.warning(t("importer.too_many", most=jobs.MAX_FILES))


def _row(candidate: Candidate, *, whole: bool, seen: bool) -> None:
    key = candidate.key
    with st.container(key=f"file-{'chosen-' if seen else ''}new-{key}"):
        title, acts = st.columns([3, 2], vertical_alignment="center", gap="small")
        title.html(_said(candidate, whole=whole))
        with acts, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            if candidate.upload.refused:
                return
            name = md(file_name(candidate.upload.name))
            st.button(t("importer.look"), key=f"look-{key}", help=name, on_click=look_at, args=(key,), disabled=seen)
            word = "take_back" if candidate.aside else "set_aside"
            st.button(
                t(f"importer.{word}"),
                key=f"aside-{key}",
                type="tertiary",
                on_click=choose,
                args=(key,),
                kwargs={"aside": not candidate.aside},
            )


def _said(candidate: Candidate, *, whole: bool) -> str:
    """The name of a file, then in a line what it was taken for and what is to be known of it."""
    name = html(file_name(candidate.upload.name))
    lines = "".join(f"<small{cls}>{html(text)}</small>" for cls, text in _lines(candidate, whole=whole) if text)
    struck = " gone" if candidate.aside else ""
    return f'<div class="candidate{struck}"><b class="file">{name}</b>{lines}</div>'


def _lines(candidate: Candidate, *, whole: bool) -> list[tuple[str, str]]:
    """(class, words) of the lines under a name."""
    error, warn = ' class="error"', ' class="warn"'
    if candidate.refused:
        return [(error, t("importer.not_taken", why=said(candidate.refused)))]
    found = first_format(candidate)
    if candidate.aside:
        return [("", t("importer.is_aside"))]
    if whole or looked_into(candidate):
        read = preview(candidate)
        if read.refused:
            return [(error, t("importer.unreadable", why=said(read.refused)))]
        lines = [("", f"{said(read.label)} · {import_preview.size(read)}")]
        lines += [(warn, t("importer.left_out", n=read.aside))] if read.aside else []
    else:
        lines = [("", f"{said(found.label) if found else t('importer.no_format')} · {t('importer.not_read')}")]
    twin = t("importer.twin", name=file_name(candidate.twin)) if candidate.twin else ""
    return [*lines, (warn, twin), (warn, already(candidate))]


def already(candidate: Candidate) -> str:
    """What the store has of a file, in a sentence; nothing where it is new."""
    found = candidate.known
    if found is None:
        return ""
    when = day(found.source.imported_at)
    if found.same:
        again = candidate.upload.reader or candidate.upload.columns
        return t("importer.read_again" if again else "importer.already", day=when)
    return t("importer.new_version" if candidate.new_version else "importer.same_name", day=when)
