"""A batch of files: twice is once, a bad file never stops the others, evidence everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.model import Actor
from graph.store import ROOT, open_store
from ingest.batch import FileReport, import_files
from ingest.files import Input, collect
from ingest.fragment import ImportMeta
from ontology import load

MINUTES = """# Atelier des mobilités du 12 mars 2026

Présents : Mme Odile Carrère (adjointe, Mairie de Montbrival), M. Yann Kerlo (Association Les Deux Roues)

## Pistes de travail

- Ouvrir une ligne de covoiturage entre Montbrival et la gare
- Prêter des vélos électriques aux habitants

Comment financer la navette ?
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "atelier.md").write_text(MINUTES, "utf-8")
    return tmp_path / "docs"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ingest", *args], check=False, cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def stats(url: str) -> dict[str, object]:
    out = subprocess.run(
        [sys.executable, "-m", "graph", "stats", "--json", "--store", url],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return dict(json.loads(out.stdout))


def imported(url: str, *paths: Path, meta: ImportMeta | None = None, processes: int = 1) -> list[FileReport]:
    """Import in this process (the language model is loaded once)."""
    store = open_store(url)
    inputs = [Input(p, True) for p in paths]
    reports = list(import_files(store, inputs, meta or ImportMeta(), Actor("test"), processes=processes))
    store.close()
    return reports


def test_importing_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/twice.db"
    assert run("add", str(folder), "--store", url).returncode == 0
    before = stats(url)
    second = run("add", str(folder), "--store", url, "--json")
    assert second.returncode == 0
    assert [f["outcome"] for f in json.loads(second.stdout)["files"]] == ["unchanged"]
    assert stats(url) == before


def test_what_a_person_said_of_a_source_outlasts_a_re_import(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/said.db"
    imported(url, folder / "atelier.md", meta=ImportMeta(meeting="Deuxième atelier", place="Montbrival"))
    assert [r.outcome for r in imported(url, folder / "atelier.md")] == ["unchanged"]
    imported(url, folder / "atelier.md", meta=ImportMeta(document="document:atelier"))
    assert [r.outcome for r in imported(url, folder / "atelier.md")] == ["unchanged"]
    source = open_store(url).sources()[0]
    assert source.document == "document:atelier"
    assert (source.meeting, source.place, source.date) == ("Deuxième atelier", "Montbrival", "2026-03-12")


def test_the_order_of_imports_does_not_matter(folder: Path, tmp_path: Path) -> None:
    (folder / "suite.md").write_text(MINUTES.replace("12 mars", "9 avril").replace("vélos", "voitures"), "utf-8")
    one, two = (f"sqlite:///{tmp_path}/{n}.db" for n in ("one", "two"))
    files = sorted(folder.iterdir())
    imported(one, *files)
    imported(two, *reversed(files))
    assert stats(one) == stats(two)
    assert everything(one) == everything(two)


def everything(url: str) -> list[tuple[object, ...]]:
    """Every thing with its evidence, in an order of its own."""
    store = open_store(url)
    kinds = load().of_role("thing", "statement", "event")
    found = store.rows(kinds, limit=10_000)
    out = sorted((x.id, x.kind, x.label, x.aliases, x.members, tuple(store.evidence(x.id))) for x in found)
    store.close()
    return out


def test_a_bad_file_is_refused_by_name_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "vide.md").write_bytes(b"")
    (folder / "casse.mm").write_text('<map version="1.0.1"><node TEXT="a"><node TEXT=', "utf-8")
    done = run("add", str(folder), "--store", f"sqlite:///{tmp_path}/bad.db")
    assert done.returncode == 1
    assert "atelier.md: new" in done.stdout
    assert "vide.md" in done.stderr
    assert "casse.mm" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_of_no_format_is_left_out_of_a_folder_but_refused_by_name(folder: Path, tmp_path: Path) -> None:
    blob = folder / "photo.bin"
    blob.write_bytes(bytes(range(256)) * 40)
    url = f"sqlite:///{tmp_path}/blob.db"
    in_folder = run("add", str(folder), "--store", url)
    assert (in_folder.returncode, "photo.bin" in in_folder.stderr) == (0, True)
    named = run("add", str(blob), "--store", url)
    assert (named.returncode, "photo.bin" in named.stderr) == (1, True)


def test_litter_of_systems_is_skipped(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "~$atelier.docx"):
        (folder / name).write_bytes(b"x")
    assert [i.path.name for i in collect([folder])] == ["atelier.md"]


def test_every_node_quotes_its_source(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/quotes.db"
    reports = imported(url, folder / "atelier.md")
    assert [r.outcome for r in reports] == ["new"]
    store = open_store(url)
    text = store.source(reports[0].source).text
    mentions = store.mentions(reports[0].source)
    assert mentions
    assert all(text[m.start : m.end] == m.quote for m in mentions)
    assert store.verify().ok


def test_two_processes_give_the_same_graph_as_one(folder: Path, tmp_path: Path) -> None:
    for n in range(3):
        (folder / f"suite{n}.md").write_text(MINUTES.replace("12 mars", f"{n + 2} avril"), "utf-8")
    one, two = (f"sqlite:///{tmp_path}/{n}.db" for n in ("one", "two"))
    imported(one, *sorted(folder.iterdir()))
    imported(two, *sorted(folder.iterdir()), processes=2)
    assert everything(one) == everything(two)


def test_extract_writes_one_json_per_file_with_spans_that_hold(folder: Path, tmp_path: Path) -> None:
    assert run("extract", str(folder), "--out", str(tmp_path / "out")).returncode == 0
    found = json.loads((tmp_path / "out" / "atelier.json").read_text("utf-8"))
    assert found["source"]["format"]
    for field in ("proposals", "questions", "figures"):
        assert all(0 <= x["start"] < x["end"] <= len(MINUTES) for x in found[field])
