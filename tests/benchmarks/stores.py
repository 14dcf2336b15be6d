"""Both stores side by side on a synthetic territory, each beside its bare driver; prints a Markdown table.

    python tests/benchmarks/stores.py [--nodes 10000 100000] [--stores sqlite neo4j] [--minutes 30] [--out FOLDER]

Each store runs in a process of its own, whose peak of memory is stated, one after the other. What is compared with the
bare driver is timed in turns with it, so that other work on the machine weighs on both. Needs a server for Neo4j
(tests/tools/neo4j_server.py); it gets 2 GB of heap, and ends with whoever asked for it.

What was found is in FOLDER as soon as it is known: run again, the stores that are done are not measured again. Each
store gets so many minutes, and each part its share of them: writing stops before half of them and says at how many
sources, questions stop at two thirds, and what comes after the end is left out. What is known is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from neo4j_server import LTS, connected, empty, running  # noqa: E402

from graph.errors import MaillageError  # noqa: E402
from graph.model import Actor  # noqa: E402
from graph.questions.neighbourhood import surroundings  # noqa: E402
from graph.questions.paths import explained_paths  # noqa: E402
from graph.store import open_store  # noqa: E402
from graph.store.base import Store  # noqa: E402
from tests.benchmarks import bare  # noqa: E402
from tests.benchmarks.recorded import OutOfTime, Recorded, read, server_clock  # noqa: E402
from tests.benchmarks.synthetic import Territory  # noqa: E402

LIMIT = 200
ACTOR = Actor("benchmark")
WARM_SHARE, WRITING_SHARE = 0.1, 0.45  # of the time, when each ends
SEARCH_SHARE, HOPS_SHARE, PATHS_SHARE, HUBS_SHARE = 0.5, 0.58, 0.64, 0.68
ROWS = (
    "stopped",
    "out of time before",
    "refused",
    "write",
    "write, bare",
    "write, share of bare",
    "search",
    "1 hop",
    "1 hop, bare",
    "1 hop of hubs",
)
ROWS += ("1 hop of hubs, bare", "2 hops", "2 hops, bare", "3 paths", "3 paths between hubs", "counts")
PEAK = "peak memory of the process"
ROWS += ("removal of 10,000 passages", PEAK)


# --- one store, in a process of its own -------------------------------------------------------------------------------


def measure(url: str, nodes: int, folder: Path, minutes: float, kept: Path) -> None:
    """Everything about one store; the database at `url` is empty and is left empty of what was written last."""
    questions = _questions(url)
    server = (lambda: 0.0) if url.startswith("sqlite") else server_clock(questions.driver)
    out, store = Recorded(kept, minutes, server), open_store(url)
    territory = Territory(nodes)
    try:
        with out.phase("warming up"):
            _warm(store, min(nodes, 3_000), out)
        with out.phase("writing"):
            items, ours = _filled(store, territory, out)
        counts = store.counts()
        out.keep({"holds": [sum(counts[part].values()) for part in ("nodes", "relations")]})  # type: ignore[attr-defined]
        _reads(store, questions, territory, out)
        _removal(store, territory, out)
        _peak(out)
        with out.phase("writing, bare"):
            plain = _bare_write(url, folder)
        share = f"{plain[0] / ours[0]:.0%} ({plain[1] / ours[1]:.0%})"
        out.keep({"write, bare": rate(items, plain), "write, share of bare": share, "done": True})
    except OutOfTime as error:
        out.keep({"out of time before": str(error)})
    except MaillageError as error:
        out.keep({"refused": str(error)})
    _peak(out)
    store.close()
    questions.close()


def _peak(out: Recorded) -> None:
    """The peak of the store's own work: what the bare driver does afterwards is no part of it."""
    peak = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    out.keep({PEAK: out.found.get(PEAK, peak)})


def _filled(store: Store, territory: Territory, out: Recorded) -> tuple[int, list[float]]:
    """Write the territory, as far as there is time; how many nodes and relations, in how long."""
    items, ours = 0, [0.0, 0.0]
    for n, fragment in enumerate(territory.fragments(), 1):  # made outside the clock
        ours = _added(ours, timed(lambda fragment=fragment: store.write(fragment, ACTOR)))
        items += len(fragment.nodes) + len(fragment.relations)
        if out.is_over(WRITING_SHARE) and n < territory.sources:
            out.keep({"stopped": f"after {n} of {territory.sources} sources"})
            break
    out.keep({"write": rate(items, ours)})
    return items, ours


def _removal(store: Store, territory: Territory, out: Recorded) -> None:
    fragment = territory.large()
    with out.phase("writing 10,000 passages"):
        store.write(fragment, ACTOR)
    with out.phase("removal"):
        spent = timed(lambda: store.remove(fragment.source.id, ACTOR))
    out.keep({"removal of 10,000 passages": seconds_of(spent)})


def _added(total: Sequence[float], more: Time) -> list[float]:
    return [a + b for a, b in zip(total, more, strict=True)]


def rate(items: int, times: Sequence[float]) -> str:
    return f"{items / times[0] * 1000:,.0f}/s: {times[0] / 1000:.1f} s ({times[1] / 1000:.1f})"


def _warm(store: Store, nodes: int, out: Recorded) -> None:
    """A server compiles its plans and itself on first use: a small territory is written, asked and taken out again."""
    small = Territory(nodes, seed=3)
    written = [f for f in out.as_far_as(WARM_SHARE, small.fragments()) if store.write(f, ACTOR)]
    for query in small.queries(20):
        store.search(query)
    for theme in small.theme_ids(5, hubs=True):
        surroundings(store, [theme], 2, limit=LIMIT)
    for fragment in written:
        store.remove(fragment.source.id, ACTOR)


def _questions(url: str) -> Any:
    if url.startswith("sqlite"):
        return bare.SQLiteQuestions(Path(url.removeprefix("sqlite:///")))
    return bare.Neo4jQuestions(connected(url)[0])


def _reads(store: Store, questions: Any, territory: Territory, out: Recorded) -> None:
    with out.phase("100 searches"):
        asked = out.as_far_as(SEARCH_SHARE, territory.queries(100))
        out.keep({"search": spread([timed(lambda q=q: store.search(q, limit=20)) for q in asked])})
    with out.phase("hops"):
        _hops(store, questions, territory, out)
    rng = random.Random(5)
    for name, hubs in (("3 paths", False), ("3 paths between hubs", True)):
        ends = territory.theme_ids(40 if not hubs else 12, hubs=hubs)
        pairs = [tuple(rng.sample(ends, 2)) for _ in range(30 if not hubs else 12)]
        with out.phase(name):
            some = out.as_far_as(HUBS_SHARE if hubs else PATHS_SHARE, pairs)
            out.keep({name: spread([timed(lambda a=a, b=b: explained_paths(store, a, b, 3)) for a, b in some])})
    with out.phase("10 counts"):
        out.keep({"counts": spread([timed(store.counts) for _ in range(10)])})


def _hops(store: Store, questions: Any, territory: Territory, out: Recorded) -> None:
    for name, ids in (
        ("1 hop", territory.theme_ids(60, hubs=False)),
        ("1 hop of hubs", territory.theme_ids(15, hubs=True)),
    ):
        ours, plain = in_turns(lambda i: store.neighbours(i, limit=LIMIT), lambda i: questions.hop(i, LIMIT), ids, out)
        out.keep({name: spread(ours), f"{name}, bare": spread(plain)})
        for id_ in ids[:5]:
            assert [link.b for link in store.neighbours(id_, limit=LIMIT)] == questions.hop(id_, LIMIT), "other answers"
    ids = territory.theme_ids(20, hubs=False)
    ours, plain = in_turns(
        lambda i: surroundings(store, [i], 2, limit=LIMIT), lambda i: questions.two_hops(i, LIMIT), ids, out
    )
    out.keep({"2 hops": spread(ours), "2 hops, bare": spread(plain)})


Time = tuple[float, float]  # of the clock on the wall, of the processor in this process


def timed(work: Callable[[], object]) -> Time:
    """Milliseconds of one call."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


def in_turns(
    ours: Callable[[str], object], plain: Callable[[str], object], ids: Sequence[str], out: Recorded
) -> tuple[list[Time], list[Time]]:
    """Both on each id, now one first and now the other: what the first leaves in a cache helps the second."""
    found: tuple[list[Time], list[Time]] = ([], [])
    ours(ids[0]), plain(ids[0])
    for n, id_ in enumerate(out.as_far_as(HOPS_SHARE, ids)):
        for which in (0, 1) if n % 2 else (1, 0):
            work = (ours, plain)[which]
            found[which].append(timed(lambda work=work, id_=id_: work(id_)))
    return found


def seconds_of(time_: Time) -> str:
    return f"{time_[0] / 1000:.2f} s ({time_[1] / 1000:.2f})"


def spread(times: Sequence[Time]) -> str:
    """Median and 95th percentile in milliseconds; in brackets, of processor in this process."""
    wall, cpu = zip(*times, strict=True)
    return f"{_both(wall)} ({_both(cpu)})"


def _both(values: Sequence[float]) -> str:
    late = statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return f"{statistics.median(values):.1f} / {late:.1f}"


def _bare_write(url: str, folder: Path) -> Sequence[float]:
    if url.startswith("sqlite"):
        full = Path(url.removeprefix("sqlite:///"))
        fresh = full.with_name("bare.db")
        open_store(f"sqlite:///{fresh}").close()
        return bare.write_sqlite(full, fresh)
    driver, _ = connected(url)
    with driver, (folder / "rows.pickle").open("w+b") as file:
        bare.save_neo4j(driver, file)
        empty(url)
        open_store(url).close()
        file.seek(0)
        return bare.write_neo4j(driver, file)


# --- both, side by side -----------------------------------------------------------------------------------------------


def child(name: str, nodes: int, version: str, minutes: float, out: Path) -> dict[str, Any]:
    """Measure one store in a process of its own, unless a former run did; what is known after so many minutes."""
    kept = out / f"{name}-{nodes}.json"
    if not read(kept).get("done"):
        print(f"{name}, {nodes:,} nodes, load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="maillage-stores-") as folder:
            if name == "sqlite":
                _run(f"sqlite:///{folder}/graph.db", nodes, folder, minutes, kept)
            else:
                with running(version, heap="2g", cache="1g") as address:
                    _run(address, nodes, folder, minutes, kept)
    return read(kept)


def _run(url: str, nodes: int, folder: str, minutes: float, kept: Path) -> None:
    """In any case ended at twice its time: one statement may take long where all else is bounded."""
    command = [sys.executable, __file__, "--nodes", str(nodes), "--child", folder, "--minutes", str(minutes)]
    kept.unlink(missing_ok=True)
    try:
        subprocess.run(
            [*command, "--out", str(kept)], env={**os.environ, "MAILLAGE_STORE": url}, check=True, timeout=120 * minutes
        )
    except subprocess.TimeoutExpired:
        print(f"  ended after {2 * minutes:g} minutes", file=sys.stderr)
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
    lines += [f"| {row} | " + " | ".join(str(found[n].get(row, "")) for n in names) + " |" for row in ROWS]
    lines += ["", "Seconds of each phase: on the clock / of processor in the process / in the server.", "", *lines[3:5]]
    phases = dict.fromkeys(phase for f in found.values() for phase in f.get("phases", {}))
    return "\n".join(lines + [f"| {p} | " + " | ".join(_spent(found[n], p) for n in names) + " |" for p in phases])


def _spent(found: dict[str, Any], phase: str) -> str:
    return " / ".join(f"{seconds:.1f}" for seconds in found.get("phases", {}).get(phase, ()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--stores", nargs="+", choices=("sqlite", "neo4j"), default=("sqlite", "neo4j"))
    parser.add_argument("--version", default=LTS, help="of Neo4j")
    parser.add_argument("--minutes", type=float, default=30, help="for each store")
    parser.add_argument("--out", type=Path, help="folder for what is found; without it, nothing is kept")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        measure(os.environ["MAILLAGE_STORE"], options.nodes[0], options.child, options.minutes, options.out)
        return
    with tempfile.TemporaryDirectory(prefix="maillage-found-") as folder:
        out = options.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        for nodes in options.nodes:
            found = {name: child(name, nodes, options.version, options.minutes, out) for name in options.stores}
            print(f"{table(found, nodes)}\n", flush=True)
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")


if __name__ == "__main__":
    main()
