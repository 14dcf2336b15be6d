"""The import of documents beside spaCy alone over the same text, in one run; and two processes beside one.

    python tests/benchmarks/import_speed.py PATH… [--rounds 5] [--jobs 2]

Start-up (imports, loading the model) is outside both clocks. Each round times, in turn: spaCy with the components that
the product loads, all of them over all the same blocks; and the whole import (read, analyse, extract, write) into a new
store, which asks the parser and the recogniser of names only of the blocks for which a rule needs them. CPU time
is what to compare on a machine that does other work; wall time is shown beside it. With --jobs the whole import is
timed on so many processes too, by wall time, their start included: meant for a quiet machine and many documents.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from graph.model import Actor
from graph.store import open_store
from ingest import nlp
from ingest.batch import import_files
from ingest.files import Input, collect, load
from ingest.fragment import ImportMeta
from ingest.registry import read_document


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds."""

    cpu: float
    wall: float


def timed(work: Callable[[], object]) -> Clock:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Clock(time.process_time() - cpu, time.perf_counter() - wall)


def spacy_alone(inputs: list[Input]) -> Clock:
    """What the pipeline alone takes over the blocks of every file; reading is not counted."""
    labels = [b.label for i in inputs for b in nlp.readable(read_document(load(i.path)))]
    return timed(lambda: [None for _ in nlp.pipeline().pipe(labels)])


def whole_import(inputs: list[Input], processes: int = 1) -> Clock:
    def run() -> None:
        for report in import_files(store, inputs, ImportMeta(), Actor("benchmark"), processes=processes):
            assert not report.refused, report.reason

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        taken = timed(run)
        store.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    inputs = collect(args.paths)
    spacy_alone(inputs), whole_import(inputs)  # warm both
    pairs = [(spacy_alone(inputs), whole_import(inputs)) for _ in range(args.rounds)]
    print(f"{len(inputs)} files, spaCy with {', '.join(nlp.pipeline().pipe_names)}")
    for name in ("cpu", "wall"):
        alone, whole = (statistics.median(getattr(c, name) for c in side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(getattr(w, name) / getattr(a, name) for a, w in pairs)
        print(f"{name}: spaCy alone {alone:.2f} s, import {whole:.2f} s, ratio {ratio:.2f}")
    if args.jobs > 1:
        one, many = whole_import(inputs).wall, whole_import(inputs, args.jobs).wall
        print(f"{args.jobs} processes: {many:.2f} s, one: {one:.2f} s, {one / many:.2f} times")


if __name__ == "__main__":
    main()
