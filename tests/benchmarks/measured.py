"""One store measured beside its bare driver, in a process of its own: what tests/benchmarks/stores.py runs."""

from __future__ import annotations

import itertools
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from neo4j_server import connected, empty

from graph.errors import MaillageError
from graph.model import Actor, Fragment
from graph.questions.neighbourhood import surroundings
from graph.questions.paths import explained_paths
from graph.store import open_store
from graph.store.base import Store
from tests.benchmarks import bare
from tests.benchmarks.filled import Filled
from tests.benchmarks.recorded import Recorded, server_clock
from tests.benchmarks.synthetic import SENTENCES, Territory

LIMIT = 200
ACTOR = Actor("benchmark")
WARM_SHARE, WRITING_SHARE = 0.1, 0.45  # of the time, when each ends
SEARCH_SHARE, HOPS_SHARE, PATHS_SHARE, HUBS_SHARE = 0.5, 0.58, 0.64, 0.68
FEW = 10  # of these or more the percentile is told as one
PEAK = "peak memory of the process"


def measure(
    url: str, nodes: int, folder: Path, recorded: Recorded, filled: Filled, *, only_fill: bool, removal: bool
) -> None:
    """Everything about one store, whose findings go to `recorded`.

    A store that is filled is asked as it is, and left so; any other is empty, and is written and asked. The bare
    driver writes over what was written by the store itself, last of all.
    """
    out, questions, store = recorded, _questions(url), open_store(url)
    out.server = (lambda: 0.0) if url.startswith("sqlite") else server_clock(questions.driver)
    territory, fresh = Territory(nodes), not filled.sources
    try:
        if fresh:
            with out.phase("warming up"):
                _warm(store, min(nodes, 3_000), out)
        if fresh or only_fill:
            with out.phase("writing"):
                _fill(store, territory, out, filled, 1.0 if only_fill else WRITING_SHARE)
        _tell(store, territory, out, filled, "" if fresh or only_fill else ", when it was filled")
        if not only_fill:
            _asked(store, questions, territory, out)
            if removal:
                _removal(store, territory, out, filled)
            _peak(out)
            if fresh:
                _bare_share(url, folder, out, filled)
        out.keep({"done": not only_fill})
    except MaillageError as error:
        out.keep({"refused": str(error)})
    _peak(out)
    store.close()
    questions.close()


def _asked(store: Store, questions: Any, territory: Territory, out: Recorded) -> None:
    with out.phase("first questions"):
        _ask_first(store, territory)
    _reads(store, questions, territory, out)


def _bare_share(url: str, folder: Path, out: Recorded, filled: Filled) -> None:
    with out.phase("writing, bare"):
        plain = _bare_write(url, folder)
    share = f"{plain[0] / filled.spent[0]:.0%} ({plain[1] / filled.spent[1]:.0%})"
    out.keep({"write, bare": rate(filled.items, plain), "write, share of bare": share})


def _peak(out: Recorded) -> None:
    """The peak of the store's own work: what the bare driver does afterwards is no part of it."""
    peak = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    out.keep({PEAK: out.found.get(PEAK, peak)})


def _fill(store: Store, territory: Territory, out: Recorded, filled: Filled, share: float) -> None:
    """Write what is not yet there of the territory, as far as there is time."""
    for fragment in itertools.islice(territory.fragments(), filled.sources, None):  # made outside the clock
        spent = timed(lambda fragment=fragment: store.write(fragment, ACTOR))
        filled.add(_items(fragment), spent)
        filled.keep()
        if out.is_over(share):
            break


def _tell(store: Store, territory: Territory, out: Recorded, filled: Filled, when: str) -> None:
    """What the store holds, and how fast it was written."""
    if filled.sources < territory.sources:
        out.keep({"stopped": f"after {filled.sources} of {territory.sources} sources"})
    counts = store.counts()
    holds = [sum(counts[part].values()) for part in ("nodes", "relations")]  # type: ignore[attr-defined]
    out.keep({"write": rate(filled.items, filled.spent) + when, "holds": holds})


def _items(fragment: Fragment) -> int:
    return len(fragment.nodes) + len(fragment.relations)


def _removal(store: Store, territory: Territory, out: Recorded, filled: Filled) -> None:
    """A large source; a tenth of one where the time that is left is less than writing it takes by what was filled."""
    fragment = territory.large()
    if out.left() < filled.spent[0] / 1000 / filled.items * _items(fragment):
        fragment = territory.large(SENTENCES)
    if any(info.id == fragment.source.id for info in store.sources()):  # of a run that was cut short
        store.remove(fragment.source.id, ACTOR)
    with out.phase("writing a large source"):
        store.write(fragment, ACTOR)
    with out.phase("removal"):
        spent = timed(lambda: store.remove(fragment.source.id, ACTOR))
    out.keep({"removal of a source": f"{seconds_of(spent)} for {len(fragment.passages):,} passages"})


def rate(items: int, times: Sequence[float]) -> str:
    return f"{items / times[0] * 1000:,.0f}/s: {times[0] / 1000:.1f} s ({times[1] / 1000:.1f})"


def _warm(store: Store, nodes: int, out: Recorded) -> None:
    """A server compiles its plans and itself on first use: a small territory is written, asked and taken out again."""
    small = Territory(nodes, seed=3)
    written = [f for f in out.as_far_as(WARM_SHARE, small.fragments()) if store.write(f, ACTOR)]
    _ask_first(store, small)
    for fragment in written:
        store.remove(fragment.source.id, ACTOR)


def _ask_first(store: Store, territory: Territory) -> None:
    for query in territory.queries(20):
        store.search(query)
    themes = territory.theme_ids(5, hubs=True)
    for theme in themes:
        surroundings(store, [theme], 2, limit=LIMIT)
    explained_paths(store, themes[0], themes[1], 3)


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
    seen = surroundings(store, [ids[0]], 2, limit=LIMIT)
    drawn = sorted((link.a, link.b, link.passages) for link in seen.links)
    assert drawn == questions.drawn([thing.id for thing in seen.things]), "other links"
    ours, plain = in_turns(
        lambda i: surroundings(store, [i], 2, limit=LIMIT), lambda i: questions.two_hops(i, LIMIT), ids, out
    )
    out.keep({"2 hops": spread(ours), "2 hops, bare, without links": spread(plain)})
    with_links = [
        timed(lambda i=i: questions.drawn(questions.two_hops(i, LIMIT))) for i in out.as_far_as(PATHS_SHARE, ids)
    ]
    out.keep({"2 hops, bare, links drawn between": spread(with_links)})


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
    """Median and 95th percentile in milliseconds; in brackets, of processor in this process; how many, where few."""
    wall, cpu = zip(*times, strict=True)
    return f"{_both(wall)} ({_both(cpu)})" + (f", of {len(times)}" if len(times) < FEW else "")


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
