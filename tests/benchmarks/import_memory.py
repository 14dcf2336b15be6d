"""Memory while many documents are imported in one process: resident size after so many of them.

    python tests/benchmarks/import_memory.py [--first 100] [--last 1000] [--words 300] [--no-model]

The documents are made up of invented words, so that each brings new names and new words: what a process keeps of
them, it keeps for ever. Linux only (reads /proc/self/statm).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from graph.model import Actor
from graph.store import open_store
from ingest import nlp
from ingest.batch import import_files
from ingest.files import collect
from ingest.fragment import ImportMeta

SYLLABLES = "ba ber cal dou fé gui jo lan mar nou ploi quer ro sa tié val vié zan cham bru".split()
OPENINGS = (
    "Il faut créer {} avec les habitants de {}.",
    "La mairie de {} propose {} aux jeunes.",
    "Comment ouvrir {} à {} ?",
    "{} a été aménagé par l’association {}.",
    "Plus de 120 familles de {} attendent {}.",
)


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def document(number: int, words: int) -> str:
    rng = random.Random(number)
    lines = [f"# Atelier {word(rng)} du {1 + number % 28} mai 2025\n"]
    for _ in range(words // 9):
        lines.append(rng.choice(OPENINGS).format(f"un {word(rng)} {word(rng)}", word(rng).capitalize()) + "\n")
    return "\n".join(lines)


def resident() -> float:
    """Megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--last", type=int, default=1000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--no-model", action="store_true", help="by rules alone")
    args = parser.parse_args()
    if args.no_model:
        nlp.MODEL = "no_model_at_all"
    with tempfile.TemporaryDirectory() as folder:
        for number in range(args.last):
            (Path(folder) / f"{number:05}.md").write_text(document(number, args.words), "utf-8")
        inputs = collect([Path(folder)])
        store = open_store(f"sqlite:///{folder}/bench.db")
        sizes: dict[int, float] = {}
        began = time.process_time()
        for done, report in enumerate(import_files(store, inputs, ImportMeta(), Actor("benchmark")), 1):
            assert not report.refused, report.reason
            if done in (1, args.first, (args.first + args.last) // 2, args.last):
                sizes[done] = resident()
                print(
                    f"{done:6} documents: {sizes[done]:8.1f} MB, {time.process_time() - began:7.1f} s of CPU",
                    flush=True,
                )
        store.close()
    print(f"growth from {args.first} to {args.last}: {sizes[args.last] / sizes[args.first] - 1:+.1%}")


if __name__ == "__main__":
    main()
