"""The import of documents beside spaCy alone over the same text, in one run.

    python tests/benchmarks/import_speed.py PATH… [--rounds 5]

Start-up (imports, loading the model) is outside both clocks. Each round times, in turn: spaCy with the components that
the product uses over the same blocks; and the whole import (read, analyse, extract, write) into a new store.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from graph.model import Actor
from graph.store import open_store
from ingest import nlp
from ingest.batch import import_files
from ingest.files import Input, collect, load
from ingest.fragment import ImportMeta
from ingest.registry import read_document


def spacy_alone(inputs: list[Input]) -> float:
    """Seconds that the pipeline alone takes over the blocks of every file; reading is not counted."""
    labels = [b.label for i in inputs for b in nlp.readable(read_document(load(i.path)))]
    began = time.perf_counter()
    for _ in nlp.pipeline().pipe(labels):
        pass
    return time.perf_counter() - began


def whole_import(inputs: list[Input]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        began = time.perf_counter()
        for report in import_files(store, inputs, ImportMeta(), Actor("benchmark")):
            assert not report.refused, report.reason
        seconds = time.perf_counter() - began
        store.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    inputs = collect(args.paths)
    spacy_alone(inputs), whole_import(inputs)  # warm both
    pairs = [(spacy_alone(inputs), whole_import(inputs)) for _ in range(args.rounds)]
    alone, whole = (statistics.median(x) for x in zip(*pairs, strict=True))
    ratio = statistics.median(w / a for a, w in pairs)
    print(f"{len(inputs)} files: spaCy alone {alone:.2f} s, import {whole:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
