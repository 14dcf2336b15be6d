"""What the researcher's desk costs on a graph of about 10,000 themes and statements: CPU seconds, step by step.

python tests/benchmarks/study.py [STORE]    STORE: one that is filled already; by default a file is made and removed
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from synthetic import Territory  # noqa: E402

from graph.model import Actor  # noqa: E402
from graph.store import open_store  # noqa: E402
from graph.store.base import Store  # noqa: E402
from graph.study.bridges import bridges, holes  # noqa: E402
from graph.study.compare import Part, compare  # noqa: E402
from graph.study.concordance import concordance  # noqa: E402
from graph.study.corpus import corpus_digest  # noqa: E402
from graph.study.measures import measure  # noqa: E402
from graph.study.stability import stability  # noqa: E402
from graph.study.tables import ACROSS, crossed  # noqa: E402
from graph.study.ties import read_ties  # noqa: E402

Answer = TypeVar("Answer")
NODES = 10_000


def timed(name: str, step: Callable[[], Answer]) -> Answer:
    """Do a step and print its processor time; what a server does elsewhere is in the second figure."""
    cpu, wall = time.process_time(), time.perf_counter()
    answer = step()
    print(f"{name:<14} {time.process_time() - cpu:7.2f} s CPU {time.perf_counter() - wall:7.2f} s")
    return answer


def run(store: Store) -> None:
    timed("digest", lambda: corpus_digest(store))
    for across in ACROSS:
        timed(f"by {across}", lambda across=across: crossed(store, across))
    theme = store.rows(["theme"], limit=1)[0]
    lines = timed("concordance", lambda: concordance(store, theme.label)).lines
    timed("compare", lambda: compare(store, Part(until="2026-01-31"), Part(since="2026-02-01")))
    ties = timed("read ties", lambda: read_ties(store))
    measured = timed("measure", lambda: measure(ties))
    timed("bridges, holes", lambda: (bridges(ties, measured), holes(ties, measured)))
    stable = timed("stability", lambda: stability(ties, measured))
    print(
        f"{len(ties.things)} themes and statements, {len(ties.all)} ties, {measured.pivots} pivots, {len(lines)} lines"
    )
    print(f"agreement without one document: {stable.agreement:.2f} over {len(stable.tries)} documents")


def main() -> None:
    if len(sys.argv) > 1:
        run(open_store(sys.argv[1], create=False))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'study.db'}")
        for fragment in Territory(NODES).fragments():
            store.write(fragment, Actor())
        run(store)
        store.close()


if __name__ == "__main__":
    main()
