"""How long the Explorer takes: first paint at 40 and 500 things beside an empty Streamlit page, then click to details.

    .venv/bin/python tests/benchmarks/explorer_paint.py [repeats]

Each case opens a fresh Chromium on a server that has answered once (imports and caches warm). First paint: from going
to the address until the canvas holds coloured pixels, or the text of the empty page is there. Click to details: from
the mouse going up until the card names what was clicked. Again: the same address once more in that browser, which has
the scripts by then. Medians in milliseconds and the load of the machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from chromium import find  # noqa: E402
from live_app import served  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from graph.model import Actor  # noqa: E402
from graph.store import open_store  # noqa: E402
from ingest.up import HOST, answers, free_port  # noqa: E402
from tests.fragments import build  # noqa: E402

PAINTED = """() => { const c = document.querySelector('[data-testid=stMain]') && [...document.querySelectorAll('*')]
  .map(e => e.shadowRoot?.querySelector('canvas')).find(Boolean); if (!c || !c.width) return false;
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  let n = 0; for (let i = 3; i < d.length; i += 64) n += d[i] > 200; return n > 50 }"""


def _fill(url: str) -> str:
    """Seven hundred statements about forty themes; gives the id of the theme most of them are about."""
    store = open_store(url)
    lines = [
        f"proposal> Piste {i} pour la [theme:mobilité] et le [theme:sujet {i % 40}], dit [organisation:Foyer {i % 25}]."
        for i in range(700)
    ]
    for part in range(10):
        store.write(build(f"atelier-{part}.txt", "\n".join(lines[part * 70 : part * 70 + 70])), Actor())
    found = store.search("mobilité", ["theme"])[0].id
    store.close()
    return found


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    script, port = folder / "empty.py", free_port()
    script.write_text("import streamlit as st\nst.text('painted')\n", "utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", HOST, "--browser.gatherUsageStats", "false"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as app:
        while not answers(port):
            time.sleep(0.2)
        yield f"http://{HOST}:{port}"
        app.terminate()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _canvas(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED, polling=20)


def _text(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.get_by_text("painted", exact=True).wait_for()


def _click(page: Page) -> float:
    """Click a thing that is not chosen yet; milliseconds until the card shows it."""
    page.wait_for_timeout(600)
    at = page.locator(".canvas").evaluate(
        """el => { const n = el.__network, r = el.getBoundingClientRect(), ids = Object.keys(n.getPositions());
        for (const id of ids.reverse()) { const q = n.canvasToDOM(n.getPositions([id])[id]);
          if (q.x > 40 && q.y > 40 && q.x < r.width - 40 && q.y < r.height - 40 && n.getNodeAt(q) === id)
            return [r.x + q.x, r.y + q.y, el.__label(id)] } }"""
    )
    page.mouse.move(at[0], at[1])
    page.wait_for_timeout(200)
    return _timed(lambda: (page.mouse.click(at[0], at[1]), page.locator(".card-title h2", has_text=at[2]).wait_for()))


def main(repeats: int = 5) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        store = f"sqlite:///{folder / 'wide.db'}"
        theme = _fill(store)
        with served(store, folder / "app.log") as app, empty_page(folder) as empty:
            cases: dict[str, tuple[str, Callable[[Page, str], None]]] = {
                "empty page": (empty, _text),
                "40 things": (f"{app}/reseau?c={theme}", _canvas),
                "500 things": (f"{app}/reseau?c={theme}&n=500&d=2", _canvas),
            }
            paints: dict[str, list[float]] = {case: [] for case in cases}
            clicks: dict[str, list[float]] = {case: [] for case in cases}
            again: dict[str, list[float]] = {case: [] for case in cases}
            for turn in range(repeats + 1):  # the first turn warms the server and is not counted
                for case, (address, painted) in cases.items():
                    browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
                    page = browser.new_page(viewport={"width": 1280, "height": 800})
                    paint = _timed(lambda p=page, a=address, f=painted: f(p, a))
                    click = _click(page) if painted is _canvas else 0.0
                    page.goto("about:blank")
                    second = _timed(lambda p=page, a=address, f=painted: f(p, a))
                    browser.close()
                    if turn:
                        again[case].append(second)
                        paints[case].append(paint)
                        clicks[case].append(click)
        for case in cases:
            told = f"click to details {statistics.median(clicks[case]):5.0f}" if clicks[case][0] else ""
            low, high = min(paints[case]), max(paints[case])
            first, second = (statistics.median(times[case]) for times in (paints, again))
            print(f"{case:12} first paint {first:5.0f} ({low:.0f}-{high:.0f})  again {second:5.0f}  {told}")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {repeats} repeats")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
