"""Every page of the app on a graph of N nodes, beside an empty page of Streamlit; prints a Markdown table.

    python tests/benchmarks/pages.py FOLDER [--nodes 10000] [--store URL] [--repeats 6] [--pages liens,themes]
        [--browser] [--verbs] [--write]

The graph is made once and kept in FOLDER (with --store: written there once, with --write). Each visit is a session of
its own on a warm process; another thing is chosen at each one, so that nothing but what all visitors share is
remembered. Without --browser a page is run by Streamlit's AppTest, as often just after something was written, when
nothing that was remembered answers, as again: wall and processor (that of a server included) in milliseconds, and with
--verbs which verbs of the store took how long. With --browser: from going to the address until the page is drawn,
nothing written in between.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import os
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from graph import actions  # noqa: E402
from graph.model import Actor, Role, Visibility  # noqa: E402
from graph.store import open_store  # noqa: E402
from graph.store.base import Store  # noqa: E402
from tests.benchmarks.page_cases import Address, cases  # noqa: E402
from tests.benchmarks.synthetic import Territory, marked  # noqa: E402

EMPTY = ("", "import streamlit as st\nst.text('empty')")


# --- the graph --------------------------------------------------------------------------------------------------------


def filled(url: str, nodes: int) -> None:
    """Write the territory, and what its workshops do not hold: people, figures, resources, places, topics."""
    store, actor = open_store(url), Actor("benchmark")
    for fragment in itertools.chain(Territory(nodes).fragments(), marked(nodes)):
        store.write(fragment, actor)
    store.close()


def kept(folder: Path, nodes: int) -> str:
    """The address of the graph of this size in the folder, made where it is not there yet."""
    path = folder / f"pages-{nodes}.db"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        filled(f"sqlite:///{making}", nodes)
        making.rename(path)
    return f"sqlite:///{path}"


# --- one visit without a browser --------------------------------------------------------------------------------------


class Watched:
    """A store that notes how often each verb is asked and how long it takes."""

    def __init__(self, inner: Store) -> None:
        self._inner = inner
        self.asked: Counter[str] = Counter()
        self.took: defaultdict[str, float] = defaultdict(float)

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._inner, name)
        if not callable(verb):
            return verb

        def timed(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return verb(*given, **named)
            finally:
                self.asked[name] += 1
                self.took[name] += (time.perf_counter() - start) * 1000

        return timed

    def told(self) -> str:
        """« rows 2× 31, things 40× 12 », the longest first, since the last time; in milliseconds."""
        rows = sorted(self.took, key=lambda name: -self.took[name])[:5]
        said = ", ".join(f"{name} {self.asked[name]}× {self.took[name]:.0f}" for name in rows if self.took[name] >= 0.5)
        self.asked.clear()
        self.took.clear()
        return said


Times = list[tuple[float, float]]  # wall and processor, milliseconds


@dataclass
class Case:
    """A page, the times of its visits just after a write and of those again, the verbs of the last of both."""

    name: str
    written: Times = field(default_factory=list)
    again: Times = field(default_factory=list)
    verbs: str = ""


def _visited(page: str, address: Address, clock: Callable[[], float]) -> tuple[float, float]:
    from streamlit.testing.v1 import AppTest

    script = f"import app\napp.main({page!r})" if page else EMPTY[1]
    at = AppTest.from_string(script, default_timeout=900)
    for name, value in address.items():
        at.query_params[name] = value
    processor = clock()
    wall = time.perf_counter()
    at.run()
    wall = time.perf_counter() - wall
    took = wall * 1000, (clock() - processor) * 1000
    if at.exception:
        print(f"{page} {address}: {at.exception[0].value}", file=sys.stderr)
    return took


class Writer:
    """Writes as another process would: each thing in turn, and at the next round what takes it back."""

    def __init__(self, url: str) -> None:
        self._store, self._who = open_store(url), Actor("benchmark", Role.FACILITATOR)
        self._source = next(info.id for info in self._store.sources() if info.visibility == Visibility.PUBLISHED)
        self._statement = self._store.rows(["proposal"], limit=1)[0].id
        self._new = Territory(100_000).one("benchmark.txt")
        self._turns = itertools.cycle(
            (self._withdraw, self._confirm, self._import, self._publish, self._take_back, self._remove)
        )

    def write(self) -> None:
        next(self._turns)()

    def _withdraw(self) -> None:
        self._store.set_visibility([self._source], Visibility.DRAFT, self._who)

    def _publish(self) -> None:
        self._store.set_visibility([self._source], Visibility.PUBLISHED, self._who)

    def _confirm(self) -> None:
        self._taken = actions.confirm(self._store, self._who, self._statement)

    def _take_back(self) -> None:
        self._store.undo(self._taken.id, self._who)

    def _import(self) -> None:
        self._store.write(self._new, self._who)

    def _remove(self) -> None:
        self._store.remove(self._new.source.id, self._who)


def _clock(url: str) -> Callable[[], float]:
    """Seconds of processor that were used here, and by the server where there is one."""
    if url.startswith("sqlite"):
        return time.process_time
    from neo4j_server import connected

    from tests.benchmarks.recorded import server_clock

    of_server = server_clock(connected(url)[0])
    return lambda: time.process_time() + of_server()


def without_browser(url: str, repeats: int, wanted: Sequence[str]) -> Iterator[Case]:
    os.environ["MAILLAGE_STORE"] = url
    logging.disable(logging.ERROR)  # Streamlit says of each run that there is no browser
    from views import state

    watched, writer, clock = Watched(open_store(url)), Writer(url), _clock(url)
    state.open_store = lambda _: watched  # type: ignore[assignment]
    _visited("", {}, clock)
    yield Case("page vide", *([_visited("", {}, clock) for _ in range(repeats)] for _ in range(2)))
    _visited("importer", {}, clock)  # imports of modules are no page's own
    for name, (page, address) in cases(watched._inner).items():
        if wanted and page not in wanted:
            continue
        _visited(page, address(0), clock)
        found = Case(name)
        for n in range(repeats):
            writer.write()
            watched.told()
            found.written.append(_visited(page, address(n + 1), clock))
        found.verbs = watched.told()
        found.again = [_visited(page, address(repeats + n + 1), clock) for n in range(repeats)]
        found.verbs += f" // {watched.told()}"
        yield found


# --- in a browser -----------------------------------------------------------------------------------------------------


def in_browser(url: str, repeats: int, wanted: Sequence[str], folder: Path) -> Iterator[Case]:
    """Each visit in a browser that has never been there; the processor is that of the server."""
    from chromium import find
    from explorer_paint import empty_page
    from live_app import served
    from playwright.sync_api import sync_playwright

    store = open_store(url)
    visited = cases(store)
    with served(url, folder / "app.log") as app, empty_page(folder) as empty, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])

        def drawn(address: str) -> tuple[float, float]:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            start = time.perf_counter()
            page.goto(address, wait_until="commit")
            page.wait_for_function(DRAWN, polling=20, timeout=120_000)
            took = (time.perf_counter() - start) * 1000
            context.close()
            return took, 0.0

        yield Case("page vide", [drawn(empty)], [drawn(empty) for _ in range(repeats)])
        for name, (page, address) in visited.items():
            if not wanted or page in wanted:
                root = f"{app}/{'' if page == 'accueil' else page}"
                times = [drawn(f"{root}?{_query(address(n))}") for n in range(repeats + 1)]
                yield Case(name, times[:1], times[1:])


DRAWN = """() => { const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
    && !!document.querySelector('[data-testid=stMain] [data-testid^=stHtml], [data-testid=stText]') }"""


def _query(address: Address) -> str:
    from urllib.parse import urlencode

    return urlencode(address)


# --- the table --------------------------------------------------------------------------------------------------------


HEAD = (
    "| page "
    + "".join(f"| {when}: p50 | p95 (processor) | times empty | by processor " for when in ("after a write", "again"))
    + "|"
)


def _row(times: Times) -> tuple[float, float, float]:
    """Median and 95th percentile of the wall, 95th percentile of the processor."""
    walls, processors = ([each[part] for each in times] for part in (0, 1))
    return statistics.median(walls), high(walls), high(processors)


def high(values: Sequence[float]) -> float:
    """The 95th percentile, by the nearest rank."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--nodes", type=int, default=10_000)
    options.add_argument("--store", default="")
    options.add_argument("--repeats", type=int, default=6)
    options.add_argument("--pages", default="")
    for flag in ("browser", "verbs", "write"):
        options.add_argument(f"--{flag}", action="store_true")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.store and given.write:
        filled(given.store, given.nodes)
    url = given.store or kept(given.folder, given.nodes)
    wanted = [page for page in given.pages.split(",") if page]
    found = (
        in_browser(url, given.repeats, wanted, given.folder)
        if given.browser
        else without_browser(url, given.repeats, wanted)
    )
    print(HEAD + " verbs |" * given.verbs + "\n" + "|---" * (9 + given.verbs) + "|")
    base: list[float] = []
    for case in found:
        rows = [_row(times) for times in (case.written, case.again)]
        base = base or [rows[1][1], rows[1][2]]
        cells = [
            f"{p50:,.0f} | {p95:,.0f} ({own:,.0f}) | {p95 / base[0]:.1f} | {own / (base[1] or 1):.1f}"
            for p50, p95, own in rows
        ]
        print(f"| {case.name} | {' | '.join(cells)} |" + f" {case.verbs} |" * given.verbs, flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {given.repeats} repeats")


if __name__ == "__main__":
    main()
