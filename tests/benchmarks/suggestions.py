"""How long suggestions take over many names: CPU seconds, for three sizes.

python tests/benchmarks/suggestions.py [NUMBER]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from graph.model import Thing  # noqa: E402
from graph.review.suggest import best  # noqa: E402

_SYLLABLES = (
    "val",
    "mont",
    "ri",
    "bru",
    "sec",
    "lor",
    "an",
    "dre",
    "pou",
    "cla",
    "vi",
    "ser",
    "mo",
    "fa",
    "gue",
    "tin",
)
_FORMS = ("Association de {}", "Club {} de {}", "{} {}", "Mairie de {}", "Comité des fêtes de {}")


def things(number: int) -> list[Thing]:
    """Invented names, one in ten a variant of an earlier one."""
    chance, out = random.Random(7), list[Thing]()
    for n in range(number):
        if n % 10 == 9:
            label = chance.choice(out).label.upper()
        else:
            words = ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2)]
            label = _FORMS[n % len(_FORMS)].format(*words)
        out.append(Thing(f"organisation:{n}", "organisation", label, evidence_count=1))
    return out


def main(number: int) -> None:
    for size in (number // 4, number // 2, number):
        names = things(size)
        start = time.process_time()
        found = best(names, 1_000_000)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size} names: {time.process_time() - start:.1f} s CPU, {len(found)} suggestions, peak {peak} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
