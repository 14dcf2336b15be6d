"""Imports of the app run in a process of their own: followed, cancelled, resumed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import MaillageError
from graph.model import Actor, Job
from graph.store import open_store
from graph.store.base import Store
from ingest import jobs
from ingest.fragment import ImportMeta
from ingest.job_state import folder

NOTE = "# Atelier du 12 mars 2026\n\n## Pistes\n\n- Ouvrir une ligne de covoiturage vers la gare\n"
ACTOR = Actor("animatrice")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("MAILLAGE_SPOOL", str(tmp_path / "spool"))
    opened = open_store(f"sqlite:///{tmp_path}/jobs.db")
    yield opened
    opened.close()


def started(store: Store, files: list[tuple[str, bytes]]) -> str:
    return jobs.start_import(store, files, ImportMeta(), ACTOR)


def waited(store: Store, job_id: str, seconds: float = 60) -> Job:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job = jobs.refreshed(store, store.job(job_id))  # type: ignore[arg-type]
        if job.state not in jobs.UNDER_WAY:
            return job
        time.sleep(0.1)
    raise AssertionError(f"job still {job.state} after {seconds} s")


def until(true: Callable[[], bool], seconds: float = 300) -> None:
    """Poll until the condition holds; a job that never gets there fails the test instead of hanging it."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not reached in {seconds} s"
        time.sleep(0.02)


def one_done(store: Store, job_id: str) -> bool:
    job = store.job(job_id)
    return job is not None and any(f["state"] == "done" for f in job.files)


def test_a_job_imports_its_files_and_reports_on_each(store: Store) -> None:
    job = waited(store, started(store, [("note.md", NOTE.encode()), ("vide.md", b"")]))
    assert job.state == "done"
    assert [f["state"] for f in job.files] == ["done", "refused"]
    assert "vide.md" in job.files[1]["error"]
    assert store.sources()[0].name == "note.md"


def test_an_upload_named_like_a_path_stays_in_the_spool(store: Store, tmp_path: Path) -> None:
    job = waited(store, started(store, [("../../evil.md", NOTE.encode()), ("..\\evil2.md", NOTE.encode() + b"x")]))
    assert [f["state"] for f in job.files] == ["done", "done"]
    assert not list(tmp_path.parent.glob("evil*"))
    assert {s.name for s in store.sources()} == {"evil.md", "evil2.md"}


def test_cancelling_keeps_or_removes_what_was_finished(store: Store) -> None:
    for keep, left in ((True, 1), (False, 0)):
        files = [
            (f"n{keep}{i}.md", f"{NOTE}\n{keep}{i} {'la mairie propose. ' * 400 * (i > 0)}".encode()) for i in range(6)
        ]
        job_id = started(store, files)
        until(lambda job_id=job_id: one_done(store, job_id))
        jobs.cancel(store, job_id, keep_finished=keep)
        job = waited(store, job_id)
        assert job.state in {"cancelled", "done"}
        assert bool(store.sources()) == bool(left)
        assert store.verify().ok
        for source in store.sources():
            store.remove(source.id, ACTOR)


def test_a_job_whose_process_died_is_interrupted_and_can_be_resumed(store: Store) -> None:
    files = [(f"n{i}.md", f"{NOTE}\nn {i} {'La mairie propose un service. ' * 300}".encode()) for i in range(4)]
    job_id = started(store, files)
    until(lambda: one_done(store, job_id))
    os.kill(store.job(job_id).pid, signal.SIGKILL)  # type: ignore[union-attr]
    until(lambda: jobs.refreshed(store, store.job(job_id)).state == "interrupted")  # type: ignore[arg-type]
    assert store.verify().ok
    jobs.resume(store, job_id)
    assert waited(store, job_id).state == "done"
    assert len(store.sources()) == 4


def test_nothing_to_import_is_said(store: Store) -> None:
    with pytest.raises(MaillageError, match="1 to"):
        jobs.start_import(store, [], ImportMeta(), ACTOR)


def test_the_preview_reads_meeting_and_date_from_the_text() -> None:
    guess = jobs.preview([("note.md", b"# Compte rendu de la r\xc3\xa9union du 12 mars 2026\n\nTexte.\n")])
    assert guess["date"] == "2026-03-12"


def test_what_was_chosen_for_a_file_goes_with_it_and_what_was_refused_before_is_told(store: Store) -> None:
    table = b"Quoi;Qui\nOuvrir une navette;Odile Brinchemont\n"
    files = [
        jobs.Upload("lot/a.md", NOTE.encode(), reader="text"),
        jobs.Upload("lot/../b.md", refused="its name leads out of the archive", archive="lot.zip"),
        jobs.Upload("lot/\u202et\x00.csv", table, columns={"Quoi": "label"}, document="document:known"),
    ]
    job = waited(store, jobs.start_import(store, files, ImportMeta(), ACTOR), 180)
    assert [f["state"] for f in job.files] == ["done", "refused", "done"]
    assert job.files[1]["error"] == "its name leads out of the archive"
    by_name = {s.name: s for s in store.sources()}
    assert set(by_name) == {"a.md", "t.csv"}
    assert by_name["a.md"].format == "text"
    assert by_name["t.csv"].document == "document:known"
    # The choice holds for the next table of these columns, without being made again.
    again = [jobs.Upload("autre.csv", table + b"Planter des haies;Roues Folles\n")]
    waited(store, jobs.start_import(store, again, ImportMeta(), ACTOR), 180)
    source = next(s for s in store.sources() if s.name == "autre.csv")
    assert store.source(source.id).options["columns"] == {"Quoi": "label", "Qui": ""}


def test_a_job_stopped_before_it_began_is_cancelled_not_interrupted(store: Store) -> None:
    job_id = started(store, [("a.md", NOTE.encode())])
    jobs.cancel(store, job_id, keep_finished=False)  # its process has not come to listen to signals yet
    job = waited(store, job_id)
    assert job.state == "cancelled"
    assert [f["state"] for f in job.files] == ["cancelled"]
    assert not store.sources()
    assert not folder(job_id).exists()
