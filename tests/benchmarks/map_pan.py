"""Frames per second of the map of initiatives while it is panned and zoomed, with 5,000 of them on it.

    .venv/bin/python tests/benchmarks/map_pan.py [initiatives] [repeats]

A table of that many invented initiatives, in true communes of the table that ships with the application, is imported
into a store of its own; then a real Chromium drags the map in circles and turns the wheel. Milliseconds between frames
(median, p95) and frames per second, at the first view and with single pins; beside them the same on an empty page, as
the least that this machine does. Before them the time from the address to the map.
"""

from __future__ import annotations

import itertools
import math
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "tools")]

from chromium import find  # noqa: E402
from live_app import served, wait_run  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from graph import gazetteer  # noqa: E402
from graph.model import Actor  # noqa: E402
from graph.store import open_store  # noqa: E402
from ingest.document import RawFile  # noqa: E402
from ingest.pipeline import prepare  # noqa: E402

DEPARTMENTS = ("18", "36", "37", "41", "45", "28")
TYPES = ("équipement en libre-service", "culture et loisirs", "application", "aide aux démarches", "formation", "autre")
WATCH = """() => { const times = []; window.__times = times; window.__on = true;
  const tick = (now) => { times.push(now); if (window.__on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick) }"""
STOP = "() => { window.__on = false; return window.__times }"


def table(count: int, seed: int = 5) -> str:
    """A CSV of invented initiatives: four in five with coordinates around their commune, the others without."""
    rng = random.Random(seed)
    communes = [p for p in gazetteer.places() if p.kind == "commune" and p.department in DEPARTMENTS and p.latitude]
    lines = ["nom;type;adresse;commune;structure;latitude;longitude;description"]
    for n in range(count):
        place = rng.choice(communes)
        where = (place.latitude or 0) + rng.gauss(0, 0.02), (place.longitude or 0) + rng.gauss(0, 0.03)
        cells = f"{where[0]:.5f};{where[1]:.5f}" if rng.random() < 0.8 else ";"
        body = f"Foyer {rng.randint(1, 300)}"
        address = f"{rng.randint(1, 90)} rue du Four"
        lines.append(f"Point {n};{rng.choice(TYPES)};{address};{place.name};{body};{cells};Ouvert le mardi, salle {n}")
    return "\n".join(lines) + "\n"


def fill(url: str, count: int) -> float:
    """Import the table; CPU seconds that reading it took."""
    began = time.process_time()
    fragment = prepare(RawFile("initiatives.csv", table(count).encode())).fragment
    took = time.process_time() - began
    store = open_store(url)
    store.write(fragment, Actor())
    store.close()
    return took


def watched(page: Page, act: object) -> tuple[float, float, float]:
    """Median and p95 of the milliseconds between frames, and frames per second, while `act` is done."""
    page.evaluate(WATCH)
    assert callable(act)
    act()
    times = page.evaluate(STOP)
    gaps = sorted(b - a for a, b in itertools.pairwise(times))
    return statistics.median(gaps), gaps[int(0.95 * (len(gaps) - 1))], 1000 * len(gaps) / (times[-1] - times[0])


def drag(page: Page, steps: int = 120) -> None:
    """Drag in a circle for some two seconds."""
    box = page.locator(".map .canvas").bounding_box() or {"x": 600, "y": 300, "width": 400, "height": 400}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(steps):
        page.mouse.move(x + 140 * math.sin(n / 9), y + 120 * math.cos(n / 9))
        page.wait_for_timeout(8)
    page.mouse.up()


def wheel(page: Page, turns: int = 24) -> None:
    page.locator(".map .canvas").focus()
    page.locator(".map .canvas").hover()
    for n in range(turns):
        page.mouse.wheel(0, -120 if n < turns / 2 else 120)
        page.wait_for_timeout(60)


def main(count: int = 5_000, repeats: int = 3) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'map.db'}"
        print(f"{count} initiatives read in {fill(url, count):.1f} s of processor")
        with served(url, folder / "app.log") as address:
            browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
            for turn in range(repeats):
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                page.goto("about:blank")
                idle = watched(page, lambda p=page: p.wait_for_timeout(1500))
                began = time.perf_counter()
                page.goto(f"{address}/carte")
                page.locator(".map[data-ready='1']").wait_for()
                shown = time.perf_counter() - began
                wait_run(page)
                first = watched(page, lambda p=page: drag(p))
                zoomed = watched(page, lambda p=page: wheel(p))
                page.locator(".map .canvas").evaluate("box => { box.__map.zoomBy(4); }")
                pins = watched(page, lambda p=page: drag(p))
                print(f"turn {turn}: address to map {shown:.2f} s")
                for what, told in (("empty", idle), ("pan", first), ("zoom", zoomed), ("pan pins", pins)):
                    print(f"  {what:9} median {told[0]:5.1f} ms  p95 {told[1]:5.1f} ms  {told[2]:5.1f} frames/s")
                page.close()
            browser.close()
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
