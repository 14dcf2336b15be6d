"""Every hostile file read once in a process of its own: seconds of processor, megabytes, and what came of it.

    python tests/benchmarks/hostile_files.py [--add] [--only TEXT] [--heavy] [--least SECONDS MEGABYTES]

The files are those of tests/test_hostile_files.py, the limits 10 s of processor and 500 MB, processes that a reader
starts included. Without `--add`: the tree of `ingest outline --json`. With it: imported into a store of its own, as
`ingest add` does, the language model being loaded before. `--heavy`: only those that `make test` leaves to the long
campaigns. What stays under `--least` (default 1 s and 100 MB) is only counted.
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
from graph.model import Actor  # noqa: E402
from graph.store import open_store  # noqa: E402
from ingest import nlp  # noqa: E402
from ingest.batch import import_files  # noqa: E402
from ingest.bounds.unpacked import unpacked  # noqa: E402
from ingest.document import RawFile  # noqa: E402
from ingest.files import collect  # noqa: E402
from ingest.fragment import ImportMeta  # noqa: E402
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


Work = Callable[[str, bytes], str]


def measured(name: str, make: Callable[[], bytes], report: Path, work: Work) -> Spent:
    """The file read in a copy of this process."""
    data = make()
    before = _resident()
    child = os.fork()
    if not child:
        report.write_text(outcome(work, name, data), encoding="utf-8", errors="replace")
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    said = report.read_text("utf-8") if not status else f"ended by {status}"
    return Spent(used.ru_utime + used.ru_stime, (used.ru_maxrss * _UNIT - before) / 1e6, said)


def outlined(name: str, data: bytes) -> str:
    """What `ingest outline --json` comes to."""
    return f"read, {len(deep_json(outline_json(read_document(RawFile(name, data))))):,} characters"


def added(name: str, data: bytes) -> str:
    """What `ingest add` comes to, in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name.replace("/", "_")
        path.write_bytes(data)
        store = open_store(f"sqlite:///{folder}/hostile.db")
        with unpacked(collect([path])) as (inputs, refused):
            reports = [*refused, *import_files(store, inputs, ImportMeta(), Actor())]
        store.close()
    return "; ".join(f"{report.outcome} {report.reason or dict(report.counts)}" for report in reports)[:160]


def outcome(work: Work, name: str, data: bytes) -> str:
    """What a file comes to, on one line."""
    try:
        return work(name, data)
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
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--least", type=float, nargs=2, default=(1.0, 100.0))
    args = parser.parse_args()
    list(readers())
    work = added if args.add else outlined
    if args.add:
        nlp.pipeline()
    chosen = [name for name in CASES if args.only in name and (not args.heavy or name in LONG)]
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            spent = measured(name, CASES[name], Path(folder) / "said", work)
            over += spent.over(SECONDS, MEGABYTES)
            if spent.over(*args.least) or spent.said.startswith(("FAILED", "ended")):
                print(f"{spent.seconds:6.1f} s {spent.megabytes:6.0f} MB  {name}: {spent.said}", flush=True)
    print(f"{len(chosen)} files, {over} over {SECONDS} s or {MEGABYTES} MB")


if __name__ == "__main__":
    main()
