"""A writer killed at fifty moments leaves a store that opens clean, holds whole sources only, and can be written to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.model import Actor
from graph.store.sqlite.store import SQLiteStore
from tests.dumps import tables
from tests.fragments import autumn, spring

ROOT = Path(__file__).resolve().parents[1]
INSIDE, MOMENTS = 30, 50


def _run(folder: Path, points: list[str]) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.crash_child", str(folder), *points]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _open(path: Path) -> SQLiteStore:
    return SQLiteStore(f"sqlite:///{path}")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    store = _open(tmp_path / "base.db")
    store.write(spring(), Actor())
    store.close()
    return tmp_path


def test_a_writer_killed_anywhere_leaves_a_sound_store(base: Path) -> None:
    (counted,) = _run(base, ["count"])
    ticks = int(str(counted["ticks"]))  # of both writes: spread over all of it
    spread = [str(1 + round(n * (ticks - 1) / (MOMENTS - 3))) for n in range(MOMENTS - 2)]
    points = [*dict.fromkeys(spread), "commit", "after"]
    assert len(points) == MOMENTS
    deaths = _run(base, points)
    assert [death["point"] for death in deaths] == points
    assert sum(bool(death["inside"]) for death in deaths) >= INSIDE

    whole = _open(base / "count.db")
    expected = tables(whole)
    before = {"mars.txt"}
    seen = set()
    for point in points:
        store = _open(base / f"{point}.db")
        assert store.verify().problems == (), point
        names = {s.name for s in store.sources()}
        rules = {m.rule for s in store.sources() if s.name == "mars.txt" for m in store.mentions(s.id)}
        assert names in (before, before | {"octobre.txt"})
        assert len(rules) == 1
        seen.add((len(names), *rules))
        store.write(autumn(), Actor())
        store.write(spring(rule="tests.fragments@2"), Actor())
        assert tables(store) == expected, point
        assert store.verify().ok
        store.close()
    whole.close()
    assert len(seen) == 3, "moments before the first commit, between the two, and after the second"


def test_a_store_killed_while_it_is_made_can_be_opened_and_used(tmp_path: Path) -> None:
    points = [f"new-{n}" for n in (1, 2, 5, 10, 20, 30, 40)]
    deaths = _run(tmp_path, points)
    assert sum(bool(death["inside"]) for death in deaths) >= 3
    for point in points:
        store = _open(tmp_path / f"{point}.db")
        store.write(spring(), Actor())
        assert store.verify().ok, point
        store.close()
