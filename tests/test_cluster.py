"""Extraction spread over workers gives what a local import gives; what can go wrong is said in one line."""

from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from missing import left_out

from graph.errors import InputRefused
from graph.model import Actor
from graph.store import open_store
from graph.store.base import Store
from ingest import cluster
from ingest.batch import FileReport, import_files
from ingest.cluster import ClusterError
from ingest.files import Input, collect
from ingest.fragment import ImportMeta
from ingest.registry import NoReader
from tests.dumps import tables
from tests.test_workers import Unreadable

if TYPE_CHECKING:
    from distributed import LocalCluster

ENGLISH = """# Workshop {n}, {n} March 2031

Present: Mrs Odile Carver (councillor, Town council of Montbridge), Mr Ian Kerlow (Two Wheels Association)

## Proposals

- Open a shared car line between Montbridge and the station
- Lend {n} electric bicycles to the inhabitants

How can the shuttle be paid for?
"""
FRENCH = """# Atelier n° {n} du {n} mars 2031

Présents : Mme Odile Carrère (adjointe, Mairie de Montbrival), M. Yann Kerlo (Association Les Deux Roues)

## Pistes de travail

- Ouvrir une ligne de covoiturage entre Montbrival et la gare
- Prêter {n} vélos électriques aux habitants

Comment financer la navette ?
"""


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two workers, each a process of its own, as on two machines. Without distributed: skipped, a failure with CI."""
    try:
        from distributed import LocalCluster
    except ImportError:
        left_out("!!! distributed is not installed: nothing about clusters was tested !!!")
    with (
        cluster.event_loop() as loop,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True, loop=loop) as found,
    ):
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight notes in a language that needs no model, one of them twice, and two files that cannot be read."""
    return notes(tmp_path / "docs", ENGLISH, 8)


def notes(made: Path, text: str, count: int) -> Path:
    made.mkdir()
    for n in range(1, count + 1):
        (made / f"atelier-{n}.md").write_text(text.format(n=n), "utf-8")
    (made / "copie.md").write_text(text.format(n=1), "utf-8")
    (made / "image.bin").write_bytes(bytes(range(256)) * 9)
    (made / "vide.md").write_text("", "utf-8")
    return made


def imported(store: Store, inputs: list[Input], scheduler: str = "", **meta: str) -> list[FileReport]:
    return list(import_files(store, inputs, ImportMeta(**meta), Actor("test"), scheduler=scheduler))


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    made = open_store(f"sqlite:///{tmp_path / 'here.db'}"), open_store(f"sqlite:///{tmp_path / 'spread.db'}")
    yield made
    for store in made:
        store.close()


def test_what_workers_read_is_what_is_read_here(
    workers: LocalCluster, folder: Path, stores: tuple[Store, Store]
) -> None:
    spread_as_here(workers, collect([folder, folder / "absent.md"]), stores, 8)


@pytest.mark.model
@pytest.mark.soak
def test_what_workers_read_with_the_model_is_what_is_read_here(
    workers: LocalCluster, tmp_path: Path, stores: tuple[Store, Store]
) -> None:
    folder = notes(tmp_path / "docs", FRENCH, 3)
    spread_as_here(workers, collect([folder, folder / "absent.md"]), stores, 3)


def spread_as_here(workers: LocalCluster, inputs: list[Input], stores: tuple[Store, Store], new: int) -> None:
    here, spread = stores
    first = imported(here, inputs, meeting="Atelier")
    second = imported(spread, inputs, workers.scheduler_address, meeting="Atelier")
    assert second == first
    assert [r.outcome for r in first].count("new") == new
    assert {r.name for r in first if r.refused} == {"vide.md", "absent.md"}
    assert tables(spread) == tables(here)
    assert spread.verify().ok
    again = imported(spread, inputs, workers.scheduler_address)
    assert {r.outcome for r in again if not r.reason} == {"unchanged"}


def test_a_file_that_cannot_be_looked_up_is_refused_in_its_turn_and_workers_read_the_rest(
    workers: LocalCluster, tmp_path: Path, stores: tuple[Store, Store]
) -> None:
    (tmp_path / "b.md").write_text(ENGLISH.format(n=1), "utf-8")
    inputs = [Unreadable(tmp_path / "a.md", named=True), *collect([tmp_path / "b.md"])]
    reports = imported(stores[1], inputs, workers.scheduler_address)
    assert [(r.outcome, r.reason) for r in reports] == [("refused", "a.md: the disk is gone"), ("new", "")]


def test_every_worker_runs_this_version(workers: LocalCluster) -> None:
    with cluster._connected(workers.scheduler_address) as client:
        assert cluster._check_workers(client, workers.scheduler_address) == 2


def test_a_worker_of_another_version_is_refused(
    workers: LocalCluster, folder: Path, stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """This side is made to look changed: the code of the workers is then another."""
    monkeypatch.setattr(cluster, "fingerprint", _another)
    with pytest.raises(ClusterError, match="runs another version"):
        imported(stores[1], collect([folder]), workers.scheduler_address)
    assert stores[1].sources() == []


def _another() -> str:
    return f"another {os.getpid()}"


def test_an_address_where_nothing_answers_is_told_in_one_line(
    folder: Path, stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_spec("distributed") is None:
        left_out("distributed is not installed: an address cannot be tried")
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 2)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        for address in (nowhere, "nonsense://x", "tcp://", "tcp://127.0.0.1:port"):
            with pytest.raises(ClusterError) as told:
                imported(stores[1], collect([folder]), address)
            assert len(str(told.value).splitlines()) == 1
            assert address in str(told.value)


@pytest.mark.parametrize("kind", [InputRefused, NoReader])
def test_a_refusal_comes_back_whole_from_another_process(kind: type[InputRefused]) -> None:
    back = pickle.loads(pickle.dumps(kind("plan.mm", "not a map", "line 3")))
    assert type(back) is kind
    assert str(back) == "plan.mm: line 3: not a map"
    assert (back.name, back.place, back.reason) == ("plan.mm", "line 3", "not a map")
