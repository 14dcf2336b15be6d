"""How long a log of corrections takes to be applied: 10,000 adopted at once, and one more after them.

python tests/benchmarks/decisions.py [NUMBER] [--store sqlite|neo4j]
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from neo4j_server import running  # noqa: E402

from graph.model import Actor, Decision  # noqa: E402
from graph.store import open_store  # noqa: E402
from graph.store.base import Store  # noqa: E402
from tests.fragments import build  # noqa: E402

ACTOR = Actor("mesure")
PER_SOURCE = 500


def log_of(ids: list[str], number: int) -> list[Decision]:
    """Renames, rejections, confirmations, merges and splits in turn."""
    out = []
    for n in range(number):
        one, other = ids[n % len(ids)], ids[(n * 7 + 1) % len(ids)]
        kind, value = (
            ("rename", {"label": f"Nom {n}"}),
            ("confirm", {}),
            ("merge", {"label": f"Ensemble {n}", "kind": "theme", "others": [{"id": other, "members": [other]}]}),
            ("kind", {"kind": "group"}),
            ("split", {"parts": [[one], [other]]}),
        )[n % 5]
        if one != other:
            out.append(Decision(f"d{n}", kind, one, value, {"label": "x", "members": [one]}, "a", "2031-01-01"))
    return out


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process, and seconds by the clock: the server of Neo4j works in a process of its own."""
    start, clock = time.process_time(), time.perf_counter()
    act()
    return time.process_time() - start, time.perf_counter() - clock


def main(number: int, kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as held:
        address = (
            held.enter_context(running(heap="2g")) if kind == "neo4j" else f"sqlite:///{Path(folder) / 'store.db'}"
        )
        measure(open_store(address), number)


def measure(store: Store, number: int) -> None:
    for at in range(0, number, PER_SOURCE):
        words = "\n".join(f"[theme:mot{n}]" for n in range(at, at + PER_SOURCE))
        store.write(build(f"{at}.txt", words), ACTOR)
    ids = [t.id for t in store.rows(["theme"], limit=number)]
    log = log_of(ids, number)
    more = Decision("more", "confirm", ids[3], {}, {}, "a", "2031")
    again = build("suite.txt", "\n".join(f"[theme:mot{n}]" for n in range(50)))
    for title, act in (
        (f"{len(log)} adopted at once", lambda: store.adopt(log)),
        ("one more correction", lambda: store.decide(more)),
        ("one more source of 50 things", lambda: store.write(again, ACTOR)),
    ):
        cpu, clock = timed(act)
        print(f"{title}: {cpu:.3f} s CPU here, {clock:.3f} s by the clock")
    print("verify:", "ok" if store.verify().ok else "NOT ok")
    store.close()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("number", nargs="?", type=int, default=10_000)
    asked.add_argument("--store", choices=("sqlite", "neo4j"), default="sqlite")
    given = asked.parse_args()
    main(given.number, given.store)
