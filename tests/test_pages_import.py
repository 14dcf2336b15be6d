"""Importing from the page: a pasted text becomes a job, then a document; the import is undone, then restored."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from app_pages import app_store, run_page
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from graph.model import Job
from graph.store.base import Store
from ingest import jobs
from ingest.bounds.archive import Upload
from tests.fragments import build
from views import state
from views.importing.batch import Candidate, with_twins

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
    job = jobs.start_import(
        store, [("vide.txt", b""), ("carte.mm", b"<map><node"), ("x", bytes(9))], jobs.ImportMeta(), state.actor()
    )
    _ended(store, job)
    at = _page(job=job)
    said = "\n".join(m.value for m in (*at.markdown, *at.caption))
    assert "Refusé" in said
    assert "le fichier est vide" in said
    assert "XML mal formé" in said
    assert "déposés à nouveau" in said
    assert "Traceback" not in said
    assert "python -m" not in said


def test_a_name_typed_for_a_pasted_text_is_never_a_path(store):
    at = _paste("../../etc/passwd", TEXT)
    next(b for b in at.button if b.label == "Importer le document").click().run()
    assert [f["name"] for f in store.job(at.query_params["job"]).files] == ["passwd.txt"]
    jobs.cancel(store, at.query_params["job"], keep_finished=False)
    _ended(store, at.query_params["job"])


def _row(store: Store, name: str, outcome: str, **values: object) -> dict[str, object]:
    """A row of a job that has ended, its document written."""
    written = build(name, f"La [organisation:mairie] parle de [theme:{name}].")
    store.write(written, state.actor())
    return {"name": name, "state": "done", "outcome": outcome, "source": written.source.id, "counts": {}, **values}


def test_what_an_import_brought_is_undone_and_restored_but_not_what_another_had_brought(store):
    files = (
        _row(store, "lavoir.txt", "new"),
        _row(store, "halle.csv", "new", columns={"idée": "label"}, reader="csv"),
        _row(store, "ancien.txt", "unchanged"),
        _row(store, "relu.txt", "replaced"),
    )
    job = Job("f" * 32, "done", files, {"meeting": "Bilan"}, "", "2031-03-14T10:00:00", "2031-03-14T10:00:00")
    store.save_job(job)
    at = _page(job=job.id)
    one = [b.key for b in at.button if (b.key or "").startswith(f"undo-{job.id[:6]}")]
    assert one == [f"undo-{job.id[:6]}-0", f"undo-{job.id[:6]}-1"]

    at.button(key=one[0]).click().run()
    assert not [b for b in at.button if (b.key or "").startswith("undo-all")]  # one is left
    at.button(key="restore")
    at.button(key=one[1]).click().run()
    assert sorted(i.name for i in store.sources()) == ["ancien.txt", "relu.txt"]

    at.button(key="restore").click().run()
    again = store.job(at.query_params["job"])
    assert again.options["meeting"] == "Bilan"
    assert [(f["name"], f.get("reader"), f.get("columns")) for f in again.files] == [
        ("lavoir.txt", None, None),
        ("halle.csv", "csv", {"idée": "label"}),
    ]
    jobs.cancel(store, again.id, keep_finished=False)
    _ended(store, again.id)


def test_of_many_files_those_that_ask_for_somebody_are_drawn_first_and_the_rest_when_asked_for(store):
    plain = [{"name": f"fiche-{i:03}.md", "state": "waiting"} for i in range(200)]
    told = {150: {"state": "refused", "error": "the file is empty"}, 170: {"state": "running", "progress": 0.5}}
    files = tuple({**row, **told.get(i, {})} for i, row in enumerate(plain))
    store.save_job(Job("d" * 32, "cancelled", files, {}, "", "2031-03-14T10:00:00", "2031-03-14T10:00:00"))
    at = _page(job="d" * 32)
    drawn = _names(at)
    assert drawn[:3] == ["fiche-150.md", "fiche-170.md", "fiche-000.md"]
    assert len(drawn) == 30
    at.button(key="more-job").click().run()
    assert len(_names(at)) == 130


def _names(at: AppTest) -> list[str]:
    return re.findall(r'<b class="file">(fiche-\d+\.md)</b>', "".join(block.proto.body for block in at.get("html")))


def test_a_whole_import_is_undone_at_once(store):
    files = tuple(_row(store, name, "new") for name in ("lavoir.txt", "halle.txt"))
    job = Job("e" * 32, "done", files, {}, "", "2031-03-14T10:00:00", "2031-03-14T10:00:00")
    store.save_job(job)
    at = _page(job=job.id)
    at.button(key=f"undo-all-{job.id[:6]}").click().run()
    assert not at.exception
    assert store.sources() == []
    assert any("lavoir.txt" in m.value and "halle.txt" in m.value and "annulé" in m.value for m in at.markdown)


def test_what_can_be_stopped_comes_before_the_files_and_a_name_turns_no_line_round(store):
    files = tuple({"name": name, "state": "waiting", "progress": 0.0} for name in ("note\u202efdp.md", "deux.md"))
    store.save_job(Job("d" * 32, "running", files, {}, "", "2031-03-14T10:00:00", "2031-03-14T10:00:00"))
    at = _page(job="d" * 32)
    drawn = [str(element.key) if element.type == "button" else element.proto.body for element in _drawn(at)]
    places = [next(i for i, said in enumerate(drawn) if part in said) for part in ("stop-remove", "deux.md")]
    assert places == sorted(places)
    assert not [said for said in drawn if "\u202e" in said]
    assert any("note[U+202E]fdp.md" in said for said in drawn)


def _drawn(at: AppTest) -> list[Element]:
    """The buttons and blocks of HTML of a page in their order."""
    return [element for element in at.main if element.type in {"button", "html"}]


def test_a_file_that_no_format_takes_is_refused_in_the_list_and_a_repeated_one_is_told() -> None:
    note = Upload("note.md", TEXT.encode())
    batch = [Candidate("0", note, aside=False), Candidate("1", Upload("copie.md", note.data), aside=False)]
    batch += [Candidate("2", Upload("photo.jpg", b"x"), aside=False, unread="no reader")]
    seen = with_twins(batch)
    assert [c.twin for c in seen] == ["", "note.md", ""]
    assert [c.wanted for c in seen] == [True, True, False]
    assert with_twins([replace(batch[0], aside=True), batch[1]])[1].twin == ""  # what is set aside repeats nothing
