"""Every page of the app on a graph of N nodes, beside an empty page of Streamlit; prints a Markdown table.

    python tests/benchmarks/pages.py FOLDER [--nodes 10000] [--store URL] [--repeats 6] [--pages liens,themes]
        [--browser] [--verbs] [--write]

The graph is made once and kept in FOLDER (with --store: written there once, with --write). Each visit is a session of
its own on a warm process; another thing is chosen at each one, so that nothing but what all visitors share is
remembered. The first visit, which nobody can have prepared, is told apart. Without --browser a page is run by
Streamlit's AppTest: wall and processor in milliseconds, and with --verbs which verbs of the store took how long. With
--browser: from going to the address until the page is drawn.
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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from graph.model import Actor  # noqa: E402
from graph.store import open_store  # noqa: E402
from graph.store.base import Store  # noqa: E402
from tests.benchmarks.synthetic import Territory, marked  # noqa: E402

EMPTY = ("", "import streamlit as st\nst.text('empty')")
Address = dict[str, str]


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


# --- what is visited --------------------------------------------------------------------------------------------------


def cases(store: Store) -> dict[str, tuple[str, Callable[[int], Address]]]:
    """Name → (page, the address of the n-th visit): lists, one thing, a filter, a search."""
    themes = [thing.id for thing in store.rows(["theme"], limit=40)]
    bodies = [thing.id for thing in store.rows(["organisation"], limit=40)]
    words = [word for query in Territory(1_000).queries(60) for word in query.split()[:1] if len(word) > 3]
    sources = [info.id for info in store.sources()]
    meetings = [info.meeting for info in store.sources() if info.meeting]

    def one(name: str, of: Sequence[str], /, **more: str) -> Callable[[int], Address]:
        return lambda n: {name: of[n % len(of)], **more}

    def same(**address: str) -> Callable[[int], Address]:
        return lambda _: address

    return {
        "accueil": ("accueil", same()),
        "accueil, une réunion": ("accueil", one("meeting", meetings)),
        "réseau": ("reseau", same()),
        "réseau, un thème": ("reseau", one("c", themes)),
        "réseau, un thème, profondeur 2": ("reseau", one("c", themes, d="2", n="200")),
        "réseau, une recherche": ("reseau", one("q", words)),
        "liens": ("liens", same()),
        "liens, deux choses": ("liens", lambda n: {"a": themes[n], "b": bodies[n]}),
        "thèmes": ("themes", same()),
        "thèmes, propositions": ("themes", same(tab="proposal")),
        "un thème": ("themes", one("thing", themes)),
        "acteurs": ("acteurs", same()),
        "acteurs, personnes": ("acteurs", same(tab="person")),
        "un acteur": ("acteurs", one("thing", bodies)),
        "sources": ("sources", same()),
        "sources, silences": ("sources", same(list="silence")),
        "une source": ("sources", one("doc", sources)),
        "une source, plan": ("sources", one("doc", sources, tab="plan")),
        "requêtes": ("cypher", same()),
        "étudier": ("etude", same()),
        "étudier, concordance": ("etude", one("q", words)),
        "étudier, comparaison": ("etude", same(tab="compare")),
        "étudier, mesures": ("etude", same(tab="measures")),
        "étudier, jeu de données": ("etude", same(tab="dataset")),
        "réunions": ("reunions", same()),
        "réunions, liste": ("reunions", same(tab="list")),
        "réunions, devenir": ("reunions", same(tab="became")),
        "prochaine réunion": ("prochaine", same()),
        "carte": ("carte", same()),
        "carte, recherche": ("carte", one("q", words)),
        "repères, chiffres": ("reperes", same()),
        "repères, ressources": ("reperes", same(tab="resource")),
        "synthèse": ("synthese", same()),
        "synthèse d'un thème": ("synthese", one("thing", themes)),
        "importer": ("importer", same()),
        "à vérifier": ("verifier", same()),
        "mes données": ("mes-donnees", same()),
        "décisions": ("decisions", same()),
    }


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


def _visited(page: str, address: Address) -> tuple[float, float]:
    from streamlit.testing.v1 import AppTest

    script = f"import app\napp.main({page!r})" if page else EMPTY[1]
    at = AppTest.from_string(script, default_timeout=900)
    for name, value in address.items():
        at.query_params[name] = value
    wall, processor = time.perf_counter(), time.process_time()
    at.run()
    took = (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000
    if at.exception:
        print(f"{page} {address}: {at.exception[0].value}", file=sys.stderr)
    return took


def without_browser(url: str, repeats: int, wanted: Sequence[str]) -> Iterator[tuple[str, Times, str, str]]:
    """(case, times of the first and of the later visits, verbs of the first, verbs of a later one)."""
    os.environ["MAILLAGE_STORE"] = url
    logging.disable(logging.ERROR)  # Streamlit says of each run that there is no browser
    from views import state

    watched = Watched(open_store(url))
    state.open_store = lambda _: watched  # type: ignore[assignment]
    _visited("", {})
    yield "page vide", [_visited("", {}) for _ in range(repeats + 1)], "", ""
    _visited("importer", {})  # imports of modules are no page's own
    watched.told()
    for name, (page, address) in cases(watched._inner).items():
        if wanted and page not in wanted:
            continue
        times, told = [], []
        for n in range(repeats + 1):
            times.append(_visited(page, address(n)))
            told.append(watched.told())
        yield name, times, told[0], told[-1]


# --- in a browser -----------------------------------------------------------------------------------------------------


def in_browser(url: str, repeats: int, wanted: Sequence[str], folder: Path) -> Iterator[tuple[str, Times, str, str]]:
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

        yield "page vide", [drawn(empty) for _ in range(repeats + 1)], "", ""
        for name, (page, address) in visited.items():
            if not wanted or page in wanted:
                root = f"{app}/{'' if page == 'accueil' else page}"
                times = [drawn(f"{root}?{_query(address(n))}") for n in range(repeats + 1)]
                yield name, times, "", ""


DRAWN = """() => { const app = document.querySelector('[data-testid=stApp]');
  return app?.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
    && !!document.querySelector('[data-testid=stMain] [data-testid^=stHtml], [data-testid=stText]') }"""


def _query(address: Address) -> str:
    from urllib.parse import urlencode

    return urlencode(address)


# --- the table --------------------------------------------------------------------------------------------------------


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
    print(
        "| page | first: wall (processor) | then p50 | p95 | p95 processor | times empty |" + " verbs |" * given.verbs
    )
    print("|---|---|---|---|---|---|" + "---|" * given.verbs)
    base = 0.0
    for name, times, first, later in found:
        walls, processors = ([each[part] for each in times[1:]] for part in (0, 1))
        base = base or high(walls)
        verbs = f" {first} // {later} |" if given.verbs else ""
        cold = f"{times[0][0]:,.0f} ({times[0][1]:,.0f})"
        row = f"| {name} | {cold} | {statistics.median(walls):,.0f} | {high(walls):,.0f} |"
        print(f"{row} {high(processors):,.0f} | {high(walls) / base:.1f} |{verbs}", flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {given.repeats} repeats")


if __name__ == "__main__":
    main()
