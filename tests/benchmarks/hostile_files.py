"""Every hostile file read once in a process of its own: seconds of processor, megabytes, and what came of it.

    python tests/benchmarks/hostile_files.py [--only TEXT] [--heavy] [--least SECONDS MEGABYTES]

The files are those of tests/test_hostile_files.py, the limits 10 s of processor and 500 MB, processes that a reader
starts included. `--heavy`: only those that `make test` leaves to the long campaigns. What stays under `--least`
(default 1 s and 100 MB) is only counted.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(_ROOT))

from graph.errors import InputRefused  # noqa: E402
from graph.export.jsontext import deep_json  # noqa: E402
from ingest.document import RawFile  # noqa: E402
from ingest.maps.outline import outline_json  # noqa: E402
from ingest.registry import read_document, readers  # noqa: E402
from tests.test_hostile_files import CASES, LONG  # noqa: E402

_UNIT = 1 if sys.platform == "darwin" else 1_024
SECONDS, MEGABYTES = 10, 500


@dataclass(frozen=True)
class Spent:
    """What one file took: seconds of processor, megabytes beyond those of the program, one line on the outcome."""

    seconds: float
    megabytes: float
    said: str

    def over(self, seconds: float, megabytes: float) -> bool:
        return self.seconds > seconds or self.megabytes > megabytes


def measured(name: str, make: Callable[[], bytes], report: Path) -> Spent:
    """The file read in a copy of this process."""
    data = make()
    before = _resident()
    child = os.fork()
    if not child:
        report.write_text(outcome(name, data), encoding="utf-8", errors="replace")
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    said = report.read_text("utf-8") if not status else f"ended by {status}"
    return Spent(used.ru_utime + used.ru_stime, (used.ru_maxrss * _UNIT - before) / 1e6, said)


def outcome(name: str, data: bytes) -> str:
    """What `ingest outline --json` comes to."""
    try:
        return f"read, {len(deep_json(outline_json(read_document(RawFile(name, data))))):,} characters"
    except InputRefused as refused:
        return str(refused)[:160]
    except BaseException as error:  # noqa: BLE001 - the edge: a failure is one line of the table
        return f"FAILED {type(error).__name__}: {error}"[:160]


def _resident() -> int:
    """Bytes that this process holds now: what its copy begins with; the most that it ever held where none says."""
    held = Path("/proc/self/statm")
    if held.exists():
        return int(held.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names that hold this")
    parser.add_argument("--heavy", action="store_true")
    parser.add_argument("--least", type=float, nargs=2, default=(1.0, 100.0))
    args = parser.parse_args()
    list(readers())
    chosen = [name for name in CASES if args.only in name and (not args.heavy or name in LONG)]
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            spent = measured(name, CASES[name], Path(folder) / "said")
            over += spent.over(SECONDS, MEGABYTES)
            if spent.over(*args.least) or spent.said.startswith(("FAILED", "ended")):
                print(f"{spent.seconds:6.1f} s {spent.megabytes:6.0f} MB  {name}: {spent.said}", flush=True)
    print(f"{len(chosen)} files, {over} over {SECONDS} s or {MEGABYTES} MB")


if __name__ == "__main__":
    main()
