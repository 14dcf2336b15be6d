"""One file before its import: its format, its tree or its first lines, its columns, its ledger. Each can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from ingest.recognise import Column, Format, Line, Recognised
from ingest.tables.columns import IGNORED, ROLES
from views import state
from views.documents import title
from views.escape import file_name, html, md
from views.i18n import named, t
from views.importing.batch import Candidate, choose, choose_column, formats, preview
from views.source.table import show_ledger
from views.wording import said


def draw(candidate: Candidate) -> None:
    """The card of one file. Nothing of it is kept yet."""
    st.html(f'<h3 class="card-head">{html(file_name(candidate.upload.name))}</h3>')
    if candidate.upload.refused:
        st.markdown(f":red[{md(t('importer.not_taken', why=said(candidate.upload.refused)))}]")
        return
    read = preview(candidate)
    _format(candidate, read)
    _already(candidate)
    if read.refused:
        st.error(md(t("importer.unreadable", why=said(read.refused))))
        return
    st.caption(md(size(read)))
    if read.columns:
        _columns(candidate, read.columns)
    st.html(_tree(read))
    with st.expander(_ledger_title(read)):
        show_ledger(read.ledger, key=f"preview-ledger-{candidate.key}")


def size(read: Recognised) -> str:
    """« 61 éléments de carte, 9 liens croisés »."""
    parts = [t("importer.topics" if read.is_map else "importer.parts", n=read.topics)]
    parts += [t("importer.relations", n=read.relations)] if read.relations else []
    return ", ".join(parts)


def _ledger_title(read: Recognised) -> str:
    said_ = t("importer.left_out", n=read.aside) if read.aside else t("importer.all_kept")
    return t("importer.ledger_title", said=said_)


# --- the format -------------------------------------------------------------------------------------------------------


def _format(candidate: Candidate, read: Recognised) -> None:
    offered = formats(candidate)
    if len(offered) < 2:
        st.markdown(named(t("importer.format"), f"**{md(said(read.label) or t('importer.no_format'))}**"))
        return
    key = f"format-{candidate.key}"
    now = candidate.upload.reader or offered[0].name
    st.session_state[key] = next((f for f in offered if f.name == now), offered[0])
    st.selectbox(
        t("importer.format"),
        offered,
        format_func=lambda f: t("importer.guessed_format", name=said(f.label)) if f == offered[0] else said(f.label),
        key=key,
        on_change=_take_format,
        args=(candidate.key, key, offered[0]),
    )


def _take_format(file: str, key: str, guess: Format) -> None:
    chosen: Format = st.session_state[key]
    choose(file, reader="" if chosen == guess else chosen.name, columns={})


def _already(candidate: Candidate) -> None:
    """What is there of it already; a document of the same name may be the one that this is a new version of."""
    from views.importing.prepare import already

    found = candidate.known
    if found is None:
        return
    st.markdown(f":orange[{md(already(candidate))}]")
    state.link_to("sources", title(found.source), icon=":material/article:", doc=found.source.id)
    if not found.same:
        key = f"version-{candidate.key}"
        st.session_state[key] = candidate.new_version
        st.checkbox(
            t("importer.is_version"),
            key=key,
            on_change=lambda: choose(candidate.key, version=st.session_state[key]),
        )


# --- the columns of a table -------------------------------------------------------------------------------------------


def _columns(candidate: Candidate, columns: Sequence[Column]) -> None:
    guessed = sum(bool(column.role) for column in columns)
    with st.expander(t("importer.columns", n=guessed, total=len(columns)), expanded=True):
        st.caption(t("importer.columns_why"))
        with st.container(height=300 if len(columns) > 4 else "content", border=False, key="columns"):
            for index, column in enumerate(columns):
                _column(candidate, index, column)


def _column(candidate: Candidate, index: int, column: Column) -> None:
    said_, role = st.columns([1.2, 1], vertical_alignment="center", gap="small")
    values = " · ".join(column.values)
    said_.html(f'<div class="candidate"><b class="file">{html(column.name)}</b><small>{html(values)}</small></div>')
    key = f"column-{candidate.key}-{index}"
    st.session_state[key] = column.role
    role.selectbox(
        t("importer.role_of", name=md(column.name)),
        [IGNORED, *ROLES],
        format_func=role_name,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: choose_column(candidate.key, column.name, st.session_state[key]),
    )


def role_name(role: str) -> str:
    """What a column is, for people."""
    return t(f"importer.role_{role or 'none'}")


# --- the tree ---------------------------------------------------------------------------------------------------------


def _tree(read: Recognised) -> str:
    if not read.lines:
        return f'<p class="under">{html(t("importer.nothing_inside"))}</p>'
    shown = t("importer.first_lines", n=len(read.lines), total=read.topics) if read.topics > len(read.lines) else ""
    more = f'<p class="under">{html(shown)}</p>' if shown else ""
    return f'<div class="tree preview" tabindex="0">{"".join(_branches(read.lines))}</div>{more}'


def _branches(lines: Sequence[Line]) -> Iterator[str]:
    """Nested lists from lines with their levels, built without recursion."""
    level = 0
    for index, line in enumerate(lines):
        while level > line.level:
            yield "</li></ul>"
            level -= 1
        yield "</li>" if level == line.level else ""
        while level < line.level:
            yield "<ul>"
            level += 1
        deeper = index + 1 < len(lines) and lines[index + 1].level > line.level
        yield _leaf(line, hidden=0 if deeper else line.below)
    yield "</li></ul>" * level


def _leaf(line: Line, hidden: int) -> str:
    """The text of a file is text: no link in it leads anywhere."""
    guessed = ' class="guessed"' if line.guessed else ""
    more = f' <span class="badge">{html(t("importer.below", n=hidden))}</span>' if hidden else ""
    note = f'<br><small class="words">{html(line.note)}</small>' if line.note else ""
    return f"<li{guessed}><span>{html(line.label) or '–'}{more}{note}</span>"
