"""The files that are about to be imported, as a session holds them: opened archives, what a person chose for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from graph.errors import MaillageError
from ingest.bounds import archive
from ingest.bounds.archive import Upload
from ingest.document import RawFile
from ingest.recognise import Format, Known, Recognised, format_of, formats_for, known, recognise, why_unread
from ingest.tables.column_memory import choice_for
from ingest.tables.column_memory import remembered as column_choices
from views import state
from views.documents import infos

Made = TypeVar("Made")
_CHOICES = "import-choices"
_VIEW = "import-view"
_READ_AT_ONCE = 12  # files that are read whole for the list; of more, each when it is looked at
_READ_BYTES = 4_000_000


@dataclass(frozen=True)
class Candidate:
    """A file of the batch. `key` names it in the session; `aside`: the person will not have it imported.

    `unread`: why no format takes it, or why it cannot be read whole.
    `twin`: the name of a file before it in the batch that has the same content.
    """

    key: str
    upload: Upload
    aside: bool
    known: Known | None = None
    unread: str = ""
    twin: str = ""

    @property
    def refused(self) -> str:
        """Why it will not be imported, "" where it will."""
        return self.upload.refused or self.unread

    @property
    def wanted(self) -> bool:
        return not self.aside and not self.refused

    @property
    def new_version(self) -> bool:
        return bool(self.upload.document)


def generation() -> int:
    """Which batch the widgets belong to: it changes when an import starts, so that they come back empty."""
    return int(st.session_state.get("import-generation", 0))


def next_generation() -> None:
    """Forget the batch: its files are in a job now."""
    st.session_state["import-generation"] = generation() + 1
    for name in (_CHOICES, "import-memory", _VIEW):
        st.session_state.pop(name, None)


def candidates(dropped: Iterable[UploadedFile], pasted: Sequence[Upload]) -> list[Candidate]:
    """Every file that was dropped, those of archives one by one, with what was chosen for each."""
    taken = (file for file in dropped if not ("/" in file.name and archive.passed_over(file.name)))  # of a folder
    uploads = [upload for file in taken for upload in _opened(file)]
    uploads += pasted
    choices = _choices()
    keys = [f"{index}-{upload.raw.sha256[:12]}" for index, upload in enumerate(uploads)]
    there = known(infos().values(), [upload.raw for upload in uploads])
    made = [
        _candidate(key, upload, choices.get(key, {}), found)
        for key, upload, found in zip(keys, uploads, there, strict=True)
    ]
    return with_twins(_those_read(made))


def _those_read(batch: Sequence[Candidate]) -> list[Candidate]:
    """The batch, with the refusal of what is known to be unreadable: of many files, those that were looked at."""
    known_now = {c.key for c in batch} if read_at_once(batch) else {in_view(batch).key} if batch else set()
    return [_checked(c) if c.key in known_now or looked_into(c) else c for c in batch]


def _checked(candidate: Candidate) -> Candidate:
    """A file with why it cannot be read as a whole; another format may be chosen for it yet."""
    return candidate if candidate.refused else replace(candidate, unread=preview(candidate).refused)


def with_twins(batch: Sequence[Candidate]) -> list[Candidate]:
    """The batch, each file that repeats one before it with the name of that one."""
    first: dict[str, str] = {}
    for candidate in batch:
        if candidate.wanted:
            first.setdefault(candidate.upload.raw.sha256, candidate.key)
    names = {candidate.key: candidate.upload.name for candidate in batch}
    repeated = ((c, first.get(c.upload.raw.sha256, c.key)) for c in batch)
    return [replace(c, twin=names[key]) if key != c.key and c.wanted else c for c, key in repeated]


def _opened(file: UploadedFile) -> Sequence[Upload]:
    return remembered(("opened", file.file_id), lambda: list(archive.opened(file.name, file.getvalue())))


def _candidate(key: str, upload: Upload, chosen: Mapping[str, Any], found: Known | None) -> Candidate:
    version = found.source.document if found and not found.same and chosen.get("version") else ""
    made = replace(upload, reader=chosen.get("reader", ""), columns=dict(chosen.get("columns", {})), document=version)
    return Candidate(key, made if chosen else upload, bool(chosen.get("aside")), found, _unread(made))


def _unread(upload: Upload) -> str:
    """Why no format takes a file that nobody chose a format for."""
    if upload.refused or upload.reader:
        return ""
    raw = upload.raw
    return remembered(("unread", raw.sha256, raw.name), lambda: why_unread(raw))


def look_at(key: str) -> None:
    """Put a file in view."""
    st.session_state[_VIEW] = key


def in_view(batch: Sequence[Candidate]) -> Candidate:
    """The file that was asked for, else the first that can be read."""
    asked = st.session_state.get(_VIEW)
    chosen = next((c for c in batch if c.key == asked), None)
    return chosen or next((c for c in batch if not c.refused), batch[0])


# --- what a person chose ----------------------------------------------------------------------------------------------


def _choices() -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = st.session_state.setdefault(_CHOICES, {})
    return kept


def choose(key: str, **values: Any) -> None:
    """Keep what a person chose for a file: `reader`, `columns`, `version`, `aside`."""
    _choices().setdefault(key, {}).update(values)


def choose_column(key: str, column: str, role: str) -> None:
    """Keep the role of one column; "" for one that is not to be read as anything."""
    columns = dict(_choices().get(key, {}).get("columns", {}))
    choose(key, columns={**columns, column: role})


# --- what is known of a file, made once -------------------------------------------------------------------------------


def remembered(key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """What was made for a key in this batch, made now if it was not."""
    memory: dict[tuple[Any, ...], Made] = st.session_state.setdefault("import-memory", {})
    if key not in memory:
        memory[key] = make()
    return memory[key]


def looked_into(candidate: Candidate) -> bool:
    """Whether a file was read whole already, as it is chosen to be read."""
    return _preview_key(candidate.upload.raw) in st.session_state.get("import-memory", {})


def preview(candidate: Candidate) -> Recognised:
    """What a file holds, read as it is chosen to be read; by default as such columns were once chosen to be."""
    raw = candidate.upload.raw
    read = _read(raw)
    once = _once_chosen(read) if read.columns and not raw.columns else {}
    if once:
        choose(candidate.key, columns=once)
        return _read(replace(raw, columns=once))
    return read


def _read(raw: RawFile) -> Recognised:
    return remembered(_preview_key(raw), lambda: recognise(raw))


def _preview_key(raw: RawFile) -> tuple[Any, ...]:
    return ("preview", raw.sha256, raw.name, raw.reader, tuple(sorted(raw.columns.items())))


def _once_chosen(read: Recognised) -> dict[str, str]:
    try:
        return choice_for([column.name for column in read.columns], column_choices(state.store().url))
    except MaillageError:
        return {}  # a damaged memory of choices: the guess holds, the import logs it


def first_format(candidate: Candidate) -> Format | None:
    """The format found by the content."""
    raw = candidate.upload.raw
    return remembered(("format", raw.sha256, raw.name), lambda: format_of(raw))


def formats(candidate: Candidate) -> list[Format]:
    """The formats that may be chosen."""
    raw = candidate.upload.raw
    return remembered(("formats", raw.sha256, raw.name), lambda: formats_for(raw))


def read_at_once(batch: Sequence[Candidate]) -> bool:
    """Whether a batch is small enough to be read whole for its list."""
    return len(batch) <= _READ_AT_ONCE and sum(len(c.upload.data) for c in batch) <= _READ_BYTES
