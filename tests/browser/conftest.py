"""A real Chromium, the app with the sample territory in it, and a page that fails on any request that is not local."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import find
from live_app import PATIENCE, SAMPLES, Watch, load, served, visit
from missing import left_out
from playwright.sync_api import Browser, Page, expect, sync_playwright
from small_graph import fill

from graph.store import open_store

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Nothing outside resolves: what asks for it fails at once, as with the network cut.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium to drive. Where there is none: skipped on a laptop, a failure with CI=true."""
    path = find()
    if not path:
        left_out("no Chromium was found: `make test` installs one where it can, or set MAILLAGE_CHROMIUM")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the app on the sample territory and the small graph, and the ids of the latter."""
    folder: Path = tmp_path_factory.mktemp("app")
    load(f"sqlite:///{folder / 'graph.db'}", *(f for f in sorted(SAMPLES.iterdir()) if f.is_dir()))
    yield from _with_small_graph(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the app on the small graph alone, and the ids of its things."""
    yield from _with_small_graph(tmp_path_factory.mktemp("small"))


def _with_small_graph(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    store = open_store(f"sqlite:///{folder / 'graph.db'}")
    ids = fill(store)
    store.close()
    with served(f"sqlite:///{folder / 'graph.db'}", folder / "app.log") as address:
        yield address, ids


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page in French; the test fails at its end if anything was asked of another machine."""
    context = visit(browser, locale="fr-FR", viewport={"width": 1280, "height": 800})
    watch = Watch(context)
    yield context.new_page()
    context.close()
    assert not watch.outside(), f"asked of another machine: {watch.outside()}"
