"""Takes the picture of the README: the Explorer on a theme of the sample territory, as anyone gets it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import find
from live_app import SAMPLES, load, open_page, served
from playwright.sync_api import Page, sync_playwright

from ingest.up import ROOT

PICTURE = ROOT / "docs" / "images" / "explorer.png"
THEME = "mobilité"
SIZE = {"width": 1440, "height": 900}


def thing_id(store: str, text: str) -> str:
    """The id of the first theme that the search gives for a text."""
    asked = [sys.executable, "-m", "graph", "search", text, "--kind", "theme", "--store", store, "--json"]
    answer = json.loads(subprocess.run(asked, cwd=ROOT, check=True, capture_output=True).stdout)
    return str(answer["results"][0]["id"])


def take(page: Page, address: str) -> None:
    """Wait for the drawing to come to rest, then write the picture."""
    open_page(page, address)
    page.wait_for_timeout(3000)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)


def main() -> int:
    path = find()
    if path is None:
        print("no Chromium was found", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/samples.db"
        load(store, *(f for f in sorted(SAMPLES.iterdir()) if f.is_dir()))
        with served(store, Path(folder) / "app.log") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport=SIZE, locale="fr-FR", color_scheme="light")
            take(page, f"{address}/reseau?thing={thing_id(store, THEME)}")
            browser.close()
    print(f"written: {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
