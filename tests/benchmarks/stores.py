"""Both stores side by side on a synthetic territory, each beside its bare driver; prints a Markdown table.

    python tests/benchmarks/stores.py [--nodes 10000 100000] [--stores sqlite neo4j] [--minutes 30] [--out FOLDER]
    python tests/benchmarks/stores.py --fill --kept FOLDER --nodes 100000 --minutes 60
    python tests/benchmarks/stores.py --kept FOLDER --nodes 10000 100000 --whole 7

Each store runs in a process of its own, whose peak of memory is stated, one after the other. What is compared with the
bare driver is timed in turns with it, so that other work on the machine weighs on both. Needs a server for Neo4j
(tests/tools/neo4j_server.py); it gets 2 GB of heap, and ends with whoever asked for it.

A large store takes long to write: `--fill` does it beforehand, beside other work, and goes on where it was cut short.
What was filled is asked as it is and left so; how fast it was written is told as of then, and not compared with bare.
A size that was not filled is written, asked and compared.

What was found is in the folder of `--out` as soon as it is known: run again, the stores that are done are not measured
again. Each store gets so many minutes, and each part its share of them: writing stops before half of them and says at
how many sources, questions stop at two thirds, and a smaller source is removed where little is left. Each part is
measured once at least, however short the time; who goes on for three minutes after twice its time is ended, and the
table says in what part. What was not measured is called so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from neo4j_server import LTS, running  # noqa: E402

from tests.benchmarks.filled import Filled  # noqa: E402
from tests.benchmarks.measured import PEAK, measure  # noqa: E402
from tests.benchmarks.recorded import IN_PHASE, Recorded, read  # noqa: E402

ROWS = (
    "stopped",
    IN_PHASE,
    "refused",
    "write",
    "write, bare",
    "write, share of bare",
    "search",
    "1 hop",
    "1 hop, bare",
    "1 hop of hubs",
)
ROWS += ("1 hop of hubs, bare", "2 hops", "2 hops, bare, without links", "2 hops, bare, links drawn between")
ROWS += ("3 paths", "3 paths between hubs", "counts")
ROWS += ("removal of a source", PEAK)
LEFT_OUT = "not measured"


WEIGHTS = {"sqlite": 1, "neo4j": 3}  # how the minutes of `--whole` are shared
GRACE = 3.0  # minutes more, as each part is measured once however short the time
TROUBLES = ("stopped", IN_PHASE, "refused")


def minutes_of(name: str, options: argparse.Namespace) -> float:
    if not options.whole:
        return float(options.minutes)
    return float(options.whole * WEIGHTS[name] / sum(WEIGHTS[n] for n in options.stores) / len(options.nodes))


def child(name: str, nodes: int, options: argparse.Namespace, out: Path) -> dict[str, Any]:
    """Measure one store in a process of its own, unless a former run did; what is known after its minutes."""
    kept = out / f"{name}-{nodes}.json"
    if not read(kept).get("done"):
        print(f"{name}, {nodes:,} nodes, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="maillage-stores-") as passing:
            large = options.kept / f"{name}-{nodes}" if options.kept else Path(passing)
            is_kept = options.fill or (options.kept is not None and (large / "filled.json").exists())
            folder = large if is_kept else Path(passing)
            folder.mkdir(parents=True, exist_ok=True)
            ask = ["--minutes", str(minutes_of(name, options)), *(["--fill"] if options.fill else [])]
            # Where a large store is at hand, a source is removed from that one, as it takes long.
            ask += ["--no-removal"] if options.kept and not is_kept else []
            if name == "sqlite":
                _run(f"sqlite:///{folder}/graph.db", nodes, folder, ask, kept)
            else:
                home = folder / "server" if is_kept else None
                with running(options.version, heap="2g", cache="1g", home=home) as address:
                    _run(address, nodes, folder, ask, kept)
    return read(kept)


def _run(url: str, nodes: int, folder: Path, ask: list[str], kept: Path) -> None:
    """In any case ended some time after its minutes: one statement may take long where all else is bounded."""
    minutes = float(ask[1])
    command = [sys.executable, __file__, "--nodes", str(nodes), "--child", str(folder), "--out", str(kept), *ask]
    kept.unlink(missing_ok=True)
    try:
        subprocess.run(
            command, env={**os.environ, "MAILLAGE_STORE": url}, check=True, timeout=60 * (2 * minutes + GRACE)
        )
    except subprocess.TimeoutExpired:
        print(f"  ended after {2 * minutes + GRACE:g} minutes", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"  ended by an error: {error.returncode}", file=sys.stderr)


def table(found: dict[str, dict[str, Any]], nodes: int) -> str:
    names = list(found)
    holds = next((f["holds"] for f in found.values() if "holds" in f), (0, 0))
    lines = [
        f"{nodes:,} nodes asked: {holds[0]:,} things and passages, {holds[1]:,} relations.",
        "Median / 95th percentile in milliseconds; in brackets, of processor in the process (the server's left out).",
        "",
        "| | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
    ]
    told = [row for row in ROWS if row not in TROUBLES or any(row in f for f in found.values())]
    lines += [f"| {row} | " + " | ".join(_cell(found[n], row) for n in names) + " |" for row in told]
    lines += ["", "Seconds of each phase: on the clock / of processor in the process / in the server.", "", *lines[3:5]]
    phases = dict.fromkeys(phase for f in found.values() for phase in f.get("phases", {}))
    return "\n".join(lines + [f"| {p} | " + " | ".join(_spent(found[n], p) for n in names) + " |" for p in phases])


def _cell(found: dict[str, Any], row: str) -> str:
    return str(found.get(row, "" if row in TROUBLES else LEFT_OUT))


def _spent(found: dict[str, Any], phase: str) -> str:
    return " / ".join(f"{seconds:.1f}" for seconds in found.get("phases", {}).get(phase, ()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--stores", nargs="+", choices=("sqlite", "neo4j"), default=("sqlite", "neo4j"))
    parser.add_argument("--version", default=LTS, help="of Neo4j")
    parser.add_argument("--minutes", type=float, default=30, help="for each store of each size")
    parser.add_argument("--whole", type=float, help="minutes for all together, instead")
    parser.add_argument("--out", type=Path, help="folder for what is found; without it, nothing is kept")
    parser.add_argument("--kept", type=Path, help="folder of stores that were filled before, and are asked as they are")
    parser.add_argument("--fill", action="store_true", help="only fill stores in --kept, or go on with it; ask nothing")
    parser.add_argument("--no-removal", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        recorded, filled = Recorded(options.out, options.minutes), Filled.at(options.child / "filled.json")
        url = os.environ["MAILLAGE_STORE"]
        measure(
            url,
            options.nodes[0],
            options.child,
            recorded,
            filled,
            only_fill=options.fill,
            removal=not options.no_removal,
        )
        return
    if options.fill and not options.kept:
        parser.error("--fill needs --kept FOLDER")
    with tempfile.TemporaryDirectory(prefix="maillage-found-") as folder:
        out = options.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        for nodes in options.nodes:
            found = {name: child(name, nodes, options, out) for name in options.stores}
            print(f"{table(found, nodes)}\n", flush=True)
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")


if __name__ == "__main__":
    main()
