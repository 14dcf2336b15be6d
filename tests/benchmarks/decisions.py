"""How long a log of corrections takes to be applied: CPU seconds for 10,000 adopted at once, and one more after them.

python tests/benchmarks/decisions.py [NUMBER]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from graph.model import Actor, Decision  # noqa: E402
from graph.store import open_store  # noqa: E402
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


def cpu(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.db'}")
        for at in range(0, number, PER_SOURCE):
            words = "\n".join(f"[theme:mot{n}]" for n in range(at, at + PER_SOURCE))
            store.write(build(f"{at}.txt", words), ACTOR)
        ids = [t.id for t in store.rows(["theme"], limit=number)]
        log = log_of(ids, number)
        print(f"{len(log)} adopted at once: {cpu(lambda: store.adopt(log)):.2f} s CPU")
        more = Decision("more", "confirm", ids[3], {}, {}, "a", "2031")
        print(f"one more correction: {1000 * cpu(lambda: store.decide(more)):.1f} ms CPU")
        again = build("suite.txt", "\n".join(f"[theme:mot{n}]" for n in range(50)))
        print(f"one more source of 50 things: {1000 * cpu(lambda: store.write(again, ACTOR)):.1f} ms CPU")
        print("verify:", "ok" if store.verify().ok else "NOT ok")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
