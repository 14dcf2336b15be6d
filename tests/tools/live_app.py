"""The application served for tests, and what a test needs to know of its pages in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from ingest.up import HOST, ROOT, answers, free_port

SAMPLES = ROOT / "samples"
PATIENCE = 90_000  # ms: how long a page may take on a machine that does much else
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
APP = "[data-testid='stApp']"


def load(store: str, *paths: Path) -> None:
    """Import these files and folders with the command that people use; a refused one is the matter of other tests."""
    command = [sys.executable, "-m", "ingest", "add", *map(str, paths), "--yes", "--store", store]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=300, text=True)
    assert done.returncode in {0, 1}, f"the samples were not loaded:\n{done.stderr}"


@contextmanager
def served(store: str, log: Path) -> Iterator[str]:
    """Serve the app on a free port with this store; gives its address, ends it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    env = {**os.environ, "MAILLAGE_STORE": store}
    with log.open("wb") as output:
        app = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            _wait(app, port, log)
            yield f"http://{HOST}:{port}"
        finally:
            app.terminate()
            app.wait(10)


def _wait(app: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 90
    while not answers(port):
        assert app.poll() is None, f"the app did not start:\n{log.read_text('utf-8')}"
        assert time.monotonic() < deadline, "the app does not answer"
        time.sleep(0.2)


def wait_run(page: Page, timeout: int = PATIENCE) -> None:
    """Wait until Streamlit has drawn the page (connected, script at rest). Prefer to expect the effect as well."""
    page.wait_for_timeout(160)  # a click takes a moment to reach the server
    page.wait_for_selector(f"{APP}[data-test-connection-state='CONNECTED']", state="attached", timeout=timeout)
    page.wait_for_selector(f"{APP}[data-test-script-state='notRunning']", state="attached", timeout=timeout)


def visit(browser: Browser, **options: Any) -> BrowserContext:
    """Somebody who has never been here, and who waits."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


def open_page(page: Page, address: str) -> None:
    """Go to an address of the app and wait until it is drawn."""
    page.goto(address)
    wait_run(page)


class Watch:
    """Every address that the pages of a context ask for, web sockets included."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.asked.append(socket.url)))

    def outside(self) -> list[str]:
        """Those that lead off this machine (data:, blob: and about: do not)."""
        schemes = {"http", "https", "ws", "wss"}
        parts = ((url, urlsplit(url)) for url in self.asked)
        return [url for url, part in parts if part.scheme in schemes and part.hostname not in LOCAL_HOSTS]
