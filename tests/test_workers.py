"""Files read by several processes: the same as by one, in order; one that dies or is stopped harms nothing else.

What needs a process without threads (pytest's workers have some) runs in one of its own, once: see `observe`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputRefused
from graph.model import Actor
from graph.store import ROOT, open_store
from ingest import batch, nlp
from ingest.batch import import_files
from ingest.files import Input, collect
from ingest.fragment import ImportMeta
from ingest.workers import AHEAD, Method, read_aside, start_method
from ontology import load

NOTE = """# Atelier des vergers n° {n} du {n} mars 2031

Présents : Mme Odile Carrère (adjointe, Mairie de Montbrival), M. Yann Kerlo (Association Les Deux Roues)

## Pistes de travail

- Ouvrir une ligne de covoiturage entre Montbrival et la gare
- Prêter {n} vélos électriques aux habitants, comme le propose la mairie de Montbrival

Comment financer la navette ?
"""
NO_META = ImportMeta()


def named(item: Input, meta: ImportMeta) -> Any:
    """What stands for reading a file: its name; some die of it, some refuse, some take for ever."""
    if item.shown.startswith("deadly"):
        os._exit(9)
    if item.shown.startswith("endless"):
        time.sleep(600)
    if item.shown.startswith("odd"):
        raise ZeroDivisionError
    if item.shown.startswith("empty"):
        raise InputRefused(item.shown, "the file is empty")
    return item.shown + meta.place


def answers(names: list[str], processes: int, method: Method) -> list[str]:
    """What comes back for files of such names, by `named`; of one that is refused, why."""
    told = []
    for call in read_aside(((Input(Path(n), named=True), NO_META) for n in names), named, processes, method):
        assert call is not None
        try:
            told.append(str(call()))
        except InputRefused as refused:
            told.append(str(refused))
    return told


def observe(folder: Path) -> dict[str, Any]:
    """In a process of its own: one import by one process and by two, files that kill, a stop half-way."""
    method = start_method()
    batch.WORTH_A_START[method] = 0
    inputs = collect([folder, folder / "absent.md"])
    found: dict[str, Any] = {"method": method, "graph": {}, "imports": {}}
    for processes in (1, 2):
        url = f"sqlite:///{folder}/../{processes}.db"
        store = open_store(url)
        reports = import_files(store, inputs, NO_META, Actor("test"), processes=processes)
        found["imports"][str(processes)] = [asdict(r) for r in reports]
        found["children"] = len(multiprocessing.active_children())
        kinds = load().of_role("thing", "statement", "event")
        rows = sorted(store.rows(kinds, limit=10_000), key=lambda x: x.id)
        found["graph"][str(processes)] = [f"{x} {store.evidence(x.id)} {store.neighbours(x.id)}" for x in rows]
        store.close()
    found["model"] = nlp.available() and nlp.is_loaded()
    found["deadly"] = answers(["a", "deadly", "b", "odd", "c", "deadly too", "empty", "d"], 2, method)
    stopped = read_aside(((Input(Path(n), named=True), NO_META) for n in ("a", "endless")), named, 2, method)
    next(stopped)
    stopped.close()
    found["after stop"] = len(multiprocessing.active_children())
    return found


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("workers") / "docs"
    folder.mkdir()
    for n in range(1, 5):
        (folder / f"atelier-{n}.md").write_text(NOTE.format(n=n) + f"\nSuite {n}.\n" * n, "utf-8")
    (folder / "copie.md").write_bytes((folder / "atelier-3.md").read_bytes())
    (folder / "image.bin").write_bytes(bytes(range(256)) * 9)
    (folder / "vide.md").write_text("", "utf-8")
    code = "import json, pathlib, sys, test_workers as t; print(json.dumps(t.observe(pathlib.Path(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], check=False, cwd=ROOT, capture_output=True, text=True, timeout=600,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_two_processes_give_the_same_reports_and_the_same_graph_as_one(observed: dict[str, Any]) -> None:
    one, two = observed["imports"]["1"], observed["imports"]["2"]
    assert one == two
    assert [r["name"] for r in one][:3] == ["atelier-1.md", "atelier-2.md", "atelier-3.md"]
    assert {r["outcome"] for r in one} == {"new", "unchanged", "left out", "refused"}
    assert len(observed["graph"]["1"]) > 20
    assert observed["graph"]["1"] == observed["graph"]["2"]
    assert observed["children"] == 0


def test_on_linux_a_process_without_threads_is_copied_with_its_model(observed: dict[str, Any]) -> None:
    assert observed["method"] == ("fork" if sys.platform == "linux" else "spawn")
    assert observed["model"] == nlp.available()


def test_a_file_that_kills_its_process_is_refused_and_the_rest_goes_on(observed: dict[str, Any]) -> None:
    deadly = "{}: reading it broke a process (code 9)"
    odd = "odd: could not be imported (ZeroDivisionError); please report this file"
    expected = ["a", deadly.format("deadly"), "b", odd, "c", deadly.format("deadly too"), "empty: the file is empty"]
    assert observed["deadly"] == [*expected, "d"]


def test_a_stop_ends_the_processes_that_read(observed: dict[str, Any]) -> None:
    assert observed["after stop"] == 0


def test_new_processes_serve_where_no_copy_can_be_made() -> None:
    names = [f"note {n}" for n in range(2 * AHEAD)]
    assert answers([*names, "odd"], 1, "spawn")[:-1] == names


def test_few_files_are_read_here_and_versions_of_one_document_one_after_the_other(tmp_path: Path) -> None:
    small, large = tmp_path / "small.md", tmp_path / "large.md"
    small.write_text(NOTE.format(n=1), "utf-8")
    large.write_bytes(b"x" * max(batch.WORTH_A_START.values()))
    few, many = [Input(small, named=True)] * 4, [Input(large, named=True)] * 4
    assert batch.read_here(few, NO_META, 2) == 4
    assert batch.read_here(many, NO_META, 1) == 4
    assert batch.read_here(many, ImportMeta(document="document:vergers"), 2) == 4
    assert batch.read_here(many, NO_META, 2) < 2


def test_files_are_taken_no_further_ahead_than_is_said() -> None:
    taken: list[int] = []

    def asks() -> Iterator[None]:
        for n in range(3 * AHEAD):
            taken.append(n)
            yield None

    told = read_aside(asks(), named, 0, "spawn")
    assert next(told) is None
    assert len(taken) <= AHEAD + 1
    assert len(list(told)) == 3 * AHEAD - 1
