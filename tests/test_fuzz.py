"""Good files damaged in thousands of ways: refused on one line that names the file and the reason, or read safely."""

from __future__ import annotations

import faulthandler
import os
import resource
import time
import traceback
from collections import Counter
from pathlib import Path

import pytest

from ingest.document import RawFile
from ingest.registry import choose, readers
from tests.fuzzing import damaged, outcome
from tests.fuzzing_seeds import WRITTEN

HERE = Path(__file__).parent
FILES = sorted(
    p
    for folder in (HERE / "variants", HERE.parent / "samples")
    for p in folder.rglob("*")
    if p.is_file() and p.stat().st_size < 200_000
)
SEEDS = {p.name: p.read_bytes() for p in FILES} | WRITTEN
CASES = 60  # of each seed
CASES_OF_SLOW = {".pdf": 6}
SECONDS_OF_SOAK = float(os.environ.get("FUZZ_SECONDS", "1800"))
MEMORY = 500_000_000
HANG = 300  # seconds by the clock
pytestmark = pytest.mark.usefixtures("settled")


def case(name: str, data: bytes, number: int) -> str:
    """What came of one damaged copy, with its number in front of any failure."""
    copy = damaged(data, f"{name}:{number}")
    faulthandler.dump_traceback_later(HANG, exit=True)
    try:
        return outcome(name, copy)
    except Exception as error:
        error.add_note(f"damaged(SEEDS[{name!r}], '{name}:{number}')")
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()


def test_seeds_reach_every_reader() -> None:
    reached = {choose(RawFile(name, data)).name for name, data in SEEDS.items()}
    assert {r.name for r in readers()} - reached == set()


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_damaged_copies_are_refused_by_name_or_read(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = Counter(case(name, SEEDS[name], n)[:4] for n in range(CASES_OF_SLOW.get(Path(name).suffix, CASES)))
    assert sum(said.values()) > 1
    assert capfd.readouterr().err == ""
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY


@pytest.mark.soak
def test_damaged_copies_without_end_are_refused_by_name_or_read(capfd: pytest.CaptureFixture[str]) -> None:
    """Hundreds of thousands of cases; FUZZ_SECONDS says for how long. Every kind of failure is told once."""
    failures: dict[str, str] = {}
    done, until = 0, time.monotonic() + SECONDS_OF_SOAK
    number = CASES
    while time.monotonic() < until:
        for name, data in SEEDS.items():
            if name.endswith(".pdf") and number % 20:
                continue
            done += 1
            try:
                case(name, data, number)
            except Exception as error:  # noqa: BLE001 - every kind of failure is told at the end
                where = traceback.extract_tb(error.__traceback__)[-1]
                failures.setdefault(
                    f"{type(error).__name__} {where.filename}:{where.lineno}", f"{name}:{number} {error}"[:300]
                )
        number += 1
    print(f"{done:,} damaged copies read or refused")
    assert not failures, failures
    assert capfd.readouterr().err == ""
