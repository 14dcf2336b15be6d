"""Finds a Chromium for the browser tests, or installs one where it can, and says so where it cannot."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find() -> str | None:
    """The executable to drive: MAILLAGE_CHROMIUM, one on the PATH, Chrome's place on a Mac, Playwright's own."""
    asked = os.environ.get("MAILLAGE_CHROMIUM")
    if asked:
        return asked if Path(asked).is_file() else None
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or (MAC if Path(MAC).is_file() else None) or _of_playwright()


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> str | None:
    """Install with the system's packages when root, else through Playwright; the executable, or None."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium with apt-get for the browser tests …", file=sys.stderr, flush=True)
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=env, check=False, **quiet
        )
    if not find():
        print("Installing Chromium through Playwright for the browser tests …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install one where none is found")
    options = parser.parse_args()
    path = find() or (install() if options.install else None)
    if path:
        print(f"Browser tests use {path}", file=sys.stderr)
        return 0
    print(
        "No Chromium was found and none could be installed: the browser tests are left out "
        "(install chromium or Google Chrome, or set MAILLAGE_CHROMIUM). With CI=true they fail.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
