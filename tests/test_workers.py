"""Files read by several processes: the same as by one, in order; one that dies or is stopped harms nothing else.

What needs a process without threads (pytest's workers have some) runs in one of its own, once: see `observe`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputRefused, MaillageError
from graph.model import Actor
from graph.store import ROOT, open_store
from ingest import batch, nlp, workers
from ingest.batch import import_files
from ingest.document import RawFile
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


def ends_at_once(*_: object) -> None:
    """What stands for a process that cannot begin: a module that it needs is broken."""


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_serve", ends_at_once)
        asks = ((Input(Path(n), named=True), NO_META) for n in "abcd")
        found["never begun"] = list(read_aside(asks, named, 2, method))
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


PARENT = """
import multiprocessing, os, pathlib, time
from ingest.files import Input
from ingest.fragment import ImportMeta
from ingest.workers import read_aside

def work(item, meta):
    return item.shown

told = read_aside(((Input(pathlib.Path(n), named=True), ImportMeta()) for n in "abcd"), work, 2, "fork")
next(told)()
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process is copied there")
@pytest.mark.parametrize("sign", ["SIGKILL", "SIGTERM"])
def test_processes_end_with_the_one_that_asks_them_however_it_ends(sign: str) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(signal.Signals[sign])
    try:
        parent.communicate(timeout=120)  # they share its output: it is closed when the last of them has ended
    except subprocess.TimeoutExpired:
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        parent.communicate()
        raise


def test_files_that_no_process_could_begin_to_read_come_back(observed: dict[str, Any]) -> None:
    assert observed["never begun"] == [None] * 4


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


class Unreadable(Input):
    """A file on a disk that breaks while it is read."""

    def load(self) -> RawFile:
        raise MaillageError(f"{self.shown}: the disk is gone")


def test_a_file_that_cannot_be_looked_up_is_refused_in_its_turn_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "WORTH_A_START", dict.fromkeys(batch.WORTH_A_START, 0))
    inputs = [Unreadable(tmp_path / name, named=True) for name in ("a.md", "b.md", "c.md")]
    with closing(open_store(f"sqlite:///{tmp_path}/graph.db")) as store:
        reports = list(import_files(store, inputs, NO_META, Actor("test"), processes=2))
    assert [(r.outcome, r.reason) for r in reports] == [
        ("refused", f"{name}: the disk is gone") for name in ("a.md", "b.md", "c.md")
    ]


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
