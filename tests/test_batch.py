"""A batch of files: twice is once, a bad file never stops the others, evidence everywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer import BadParameter
from typer.testing import CliRunner

from graph.model import Actor
from graph.store import ROOT, open_store
from ingest.batch import FileReport, guarded, import_files
from ingest.cli import app, ask_meeting
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
        [sys.executable, "-m", "ingest", *args], check=False, cwd=ROOT, capture_output=True, text=True, timeout=600
    )


def stats(url: str) -> dict[str, object]:
    out = subprocess.run(
        [sys.executable, "-m", "graph", "stats", "--json", "--store", url],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    return dict(json.loads(out.stdout))


def imported(url: str, *paths: Path, meta: ImportMeta | None = None) -> list[FileReport]:
    """Import in this process (the language model is loaded once)."""
    store = open_store(url)
    inputs = [Input(p, True) for p in paths]
    reports = list(import_files(store, inputs, meta or ImportMeta(), Actor("test")))
    store.close()
    return reports


def test_two_files_of_one_meeting_at_two_places_are_told_of(fresh_store, tmp_path: Path) -> None:
    for name, held in (("a.txt", "Mairie"), ("b.txt", "Salle des Tilleuls")):
        (tmp_path / name).write_text(f"Nous proposons un jardin ({name}).\n", "utf-8")
        meta = ImportMeta(meeting="Réunion du 4 mars", date="2026-03-04", place=held)
        (report,) = import_files(fresh_store, collect([tmp_path / name]), meta, Actor("test"))
        assert any("« Salle des Tilleuls », « Mairie »" in said for said in report.degraded) == (name == "b.txt")


def test_importing_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/twice.db"
    assert run("add", str(folder), "--store", url).returncode == 0
    before = stats(url)
    second = run("add", str(folder), "--store", url, "--json")
    assert second.returncode == 0
    assert [f["outcome"] for f in json.loads(second.stdout)["files"]] == ["unchanged"]
    assert stats(url) == before


@pytest.mark.parametrize("order", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
@pytest.mark.parametrize("sample", ["atelier.csv", "atelier.xmind"])
def test_a_copy_changes_nothing_whichever_name_comes_first(order: tuple[str, str], sample: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'copies.db'}"
    suffix = Path(sample).suffix
    paths = [tmp_path / name.replace(".csv", suffix) for name in order]
    for path in paths:
        path.write_bytes((ROOT / "tests" / "variants" / sample).read_bytes())
    found = [imported(url, path)[0] for path in (*paths, *paths)]
    assert [report.outcome for report in found] == ["new", *["unchanged"] * 3]
    assert [report.name for report in found] == [path.name for path in (*paths, *paths)]  # as each was dropped
    (source,) = open_store(url).sources()
    assert source.name == f"a{suffix}"
    assert "b.csv" not in source.title


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


@pytest.mark.parametrize("command", ["add", "extract"])
def test_a_file_of_no_format_is_left_out_of_a_folder_but_refused_by_name(command: str, tmp_path: Path) -> None:
    blob = tmp_path / "docs" / "photo.bin"
    blob.parent.mkdir()
    blob.write_bytes(bytes(range(256)) * 40)
    options = ["--store", f"sqlite:///{tmp_path}/blob.db"] if command == "add" else []
    in_folder = CliRunner().invoke(app, [command, str(blob.parent), *options])
    assert (in_folder.exit_code, "left out: photo.bin" in in_folder.stderr) == (0, True)
    named = CliRunner().invoke(app, [command, str(blob), *options])
    assert (named.exit_code, named.stderr.startswith("photo.bin: ")) == (1, True)
    assert "(see: python -m ingest formats)" in named.stderr


def test_an_error_that_nobody_foresaw_is_the_refusal_of_one_file() -> None:
    report = guarded(Input(Path("a.md"), named=False), lambda: 1 // 0)
    assert isinstance(report, FileReport)
    assert report.refused
    assert report.reason == "a.md: could not be imported (ZeroDivisionError); please report this file"


def test_what_could_not_be_done_is_told_beside_what_was() -> None:
    report = FileReport("a.md", "new", counts={"theme": 2}, degraded=("no language model", "no dates"))
    assert report.lines() == ["a.md: new: 2 theme", "  no language model", "  no dates"]


def test_a_mistyped_date_is_asked_again_and_a_missing_file_stops_no_question(folder: Path, tmp_path: Path) -> None:
    inputs = [Input(tmp_path / "absent.md", named=True), Input(folder / "atelier.md", named=True)]
    with CliRunner().isolation(input="Bilan\nmardi\n2026-03-13\n\n"):
        meta = ask_meeting(inputs, ImportMeta())
    assert (meta.meeting, meta.date) == ("Bilan", "2026-03-13")
    with CliRunner().isolation(input="\nmardi\nmardi\nmardi\n2026-03-13\n\n"), pytest.raises(BadParameter):
        ask_meeting(inputs, ImportMeta())


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


def test_extract_writes_one_json_per_file_with_spans_that_hold(folder: Path, tmp_path: Path) -> None:
    assert run("extract", str(folder), "--out", str(tmp_path / "out")).returncode == 0
    found = json.loads((tmp_path / "out" / "atelier.json").read_text("utf-8"))
    assert found["source"]["format"]
    for field in ("proposals", "questions", "figures"):
        assert all(0 <= x["start"] < x["end"] <= len(MINUTES) for x in found[field])


def test_extract_overwrites_no_result_with_another_of_the_same_name(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "note.md").write_text(f"# Le marché {name}\n", "utf-8")
    out = tmp_path / "out"
    assert CliRunner().invoke(app, ["extract", str(folder / "a"), str(folder / "b"), "--out", str(out)]).exit_code == 0
    titles = {path.name: json.loads(path.read_text("utf-8"))["source"]["title"] for path in out.iterdir()}
    assert titles == {"note.md.json": "Le marché a", "note.md-2.json": "Le marché b"}


@pytest.mark.parametrize("in_the_way", ["out", "out/atelier.json/x"])
def test_extract_says_in_one_line_where_it_cannot_write(folder: Path, tmp_path: Path, in_the_way: str) -> None:
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_text("gardé", "utf-8")
    done = CliRunner().invoke(app, ["extract", str(folder), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert done.stderr.startswith(str(tmp_path / "out"))
    assert done.stderr.count("\n") == 1
    assert (tmp_path / in_the_way).read_text("utf-8") == "gardé"
