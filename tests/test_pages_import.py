"""Importing from the page: a pasted text becomes a job, then a document; the import is undone, then restored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import app_store, run_page
from streamlit.testing.v1 import AppTest

from graph.store.base import Store
from ingest import jobs
from views import state

TEXT = """Atelier du 4 mai 2026 à Vaumerle

Proposition : ouvrir une navette vers la gare le samedi.
Présents : Odile Brinchemont, présidente de l’association Roues Folles.
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("MAILLAGE_SPOOL", str(tmp_path / "spool"))
    yield from app_store(tmp_path, monkeypatch)


def _page(**params: str) -> AppTest:
    at = run_page("importer", **params)
    assert not at.error
    return at


def _ended(store: Store, job: str) -> None:
    deadline = time.monotonic() + 180
    while jobs.refreshed(store, store.job(job)).state in jobs.UNDER_WAY:
        assert time.monotonic() < deadline, "the job does not end"
        time.sleep(0.5)


def _paste(name: str, text: str) -> AppTest:
    at = _page()
    at.text_input(key="import-name-0").input(name)
    at.text_area(key="import-text-0").input(text).run()
    return at


def test_a_pasted_text_is_imported_undone_and_restored(store):
    at = _paste("compte-rendu", TEXT)
    assert [d.value for d in at.text_input if "date-0" in d.key] == ["4 mai 2026"]  # read in the text
    next(b for b in at.button if b.label == "Importer le document").click().run()
    job = at.query_params["job"]
    _ended(store, job)
    (info,) = store.sources()
    assert (info.name, info.date) == ("compte-rendu.txt", "2026-05-04")

    at = _page(job=job)
    key = f"{job[:6]}-0"
    at.button(key=f"undo-{key}").click().run()
    assert not at.exception
    assert store.sources() == []
    assert any("annulé" in m.value for m in at.markdown)

    at.button(key="restore").click().run()
    _ended(store, at.query_params["job"])
    assert [i.name for i in store.sources()] == ["compte-rendu.txt"]


def test_a_refused_file_says_what_where_and_what_to_do(store):
    job = jobs.start_import(store, [("vide.txt", b""), ("carte.mm", b"<map><node")], jobs.ImportMeta(), state.actor())
    _ended(store, job)
    at = _page(job=job)
    said = "\n".join(m.value for m in (*at.markdown, *at.caption))
    assert "Refusé" in said
    assert "le fichier est vide" in said
    assert "XML mal formé" in said
    assert "déposés à nouveau" in said
    assert "Traceback" not in said


def test_a_name_typed_for_a_pasted_text_is_never_a_path(store):
    at = _paste("../../etc/passwd", TEXT)
    next(b for b in at.button if b.label == "Importer le document").click().run()
    assert [f["name"] for f in store.job(at.query_params["job"]).files] == ["passwd.txt"]
    jobs.cancel(store, at.query_params["job"], keep_finished=False)
    _ended(store, at.query_params["job"])
