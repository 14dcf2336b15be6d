"""`python3 -m ingest up`: from a fresh clone to the application in the browser, with the standard library alone."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from ingest.environment import Environment, SetupError, say, set_up

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
DEFAULT_PORT = 8501
DEFAULT_STORE = "sqlite:///data/maillage.db"
ROLES = ("facilitator", "participant", "researcher")  # those of graph.model, which an old Python may not read
READY_SECONDS = 120  # a first start compiles every module; 2 busy cores have needed 20 s
STOP_SECONDS = 10


def main(argv: list[str]) -> int:
    """Run with the arguments that follow `up`; the exit code (0 stopped by the person, 1 failed, 2 wrong use)."""
    options = _parser().parse_args(argv)
    try:
        environment = set_up(ROOT, dev=options.setup == "dev", retry_model=options.setup is not None)
        if options.setup:
            return 0
        store = options.store or DEFAULT_STORE
        load_samples(environment, store)
        return serve(environment, store, choose_port(options.port), options.role)
    except SetupError as error:
        say(f"error: {error}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m ingest up",
        description="Make .venv, install what the locks name, load the samples into a new default store, serve.",
    )
    parser.add_argument(
        "--port",
        type=port_number,
        default=os.environ.get("PORT") or str(DEFAULT_PORT),
        help=f"port to serve on (also PORT=); {DEFAULT_PORT} otherwise, or a free one",
    )
    parser.add_argument(
        "--store",
        default=os.environ.get("STORE") or os.environ.get("MAILLAGE_STORE", ""),
        help=f"URL of the store (also STORE= or MAILLAGE_STORE=); {DEFAULT_STORE} otherwise",
    )
    parser.add_argument(
        "--role",
        type=role,
        metavar="{" + ",".join(ROLES) + "}",
        default=os.environ.get("ROLE") or os.environ.get("MAILLAGE_ROLE") or ROLES[0],
        help="whom this address serves (also ROLE= or MAILLAGE_ROLE=): participants read what is published, without "
        "names, and change nothing; facilitator otherwise",
    )
    parser.add_argument(
        "--setup",
        nargs="?",
        const="run",
        choices=("run", "dev"),
        help="only set up and stop: `dev` adds the tools for tests and checks",
    )
    return parser


def port_number(text: str) -> int:
    """A port from 1 to 65535. Raises ArgumentTypeError, which argparse tells as wrong use."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port (a number from 1 to 65535)")


def role(text: str) -> str:
    """One of ROLES. Raises ArgumentTypeError, which argparse tells as wrong use, for the default too."""
    if text in ROLES:
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is not a role ({', '.join(ROLES)})")


def choose_port(wanted: int) -> int:
    """The port wanted when nothing listens on it, another free one otherwise (said)."""
    if is_free(wanted):
        return wanted
    other = free_port()
    say(f"Port {wanted} is taken by another program: using {other}.")
    return other


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of this machine now."""
    with socket.socket() as probe:
        if os.name == "posix":  # on Windows this option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def store_file(url: str, root: Path = ROOT) -> Path | None:
    """The file of an embedded store, relative paths counted from the root; None for a server."""
    prefix = "sqlite:///"
    return root / url[len(prefix) :] if url.startswith(prefix) else None


def load_samples(environment: Environment, store: str) -> None:
    """Load the sample territory, only into a default store that does not exist yet."""
    file = store_file(store, environment.root)
    if store != DEFAULT_STORE or file is None or file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Each territory is a folder; the README beside them is not workshop material.
    folders = sorted(
        str(f.relative_to(environment.root)) for f in (environment.root / "samples").iterdir() if f.is_dir()
    )
    again = f"python -m ingest add {' '.join(folders)}"
    say("Loading the sample territory into a new store …")
    try:
        loaded = environment.run("-m", "ingest", "add", *folders, "--yes", "--store", store)
    except KeyboardInterrupt:
        say(f"\nThe samples were not all loaded. To load them: {again}")
        raise
    if not loaded:
        say(f"Some samples could not be loaded (the reason is above). To try again: {again}")


def serve(environment: Environment, store: str, port: int, to: str = ROLES[0]) -> int:
    """Serve the app to a role until it is stopped by Ctrl-C or a signal; raise SetupError when it does not start."""
    command = [str(environment.python), "-m", "streamlit", "run", "app.py"]
    command += [
        "--server.port",
        str(port),
        "--server.address",
        HOST,
        "--server.headless",
        "true",
        "--logger.level",
        "warning",
    ]
    for ending in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C too: a shell starts background commands with it ignored
        signal.signal(ending, _interrupt)
    env = {**os.environ, "MAILLAGE_STORE": store, "MAILLAGE_ROLE": to}
    app = subprocess.Popen(command, cwd=environment.root, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        _wait_ready(app, port)
        say(f"Maillage is ready{_for(to)}: http://{HOST}:{port}   (Ctrl-C stops it)")
        code = app.wait()
    finally:
        _stop(app)
    raise SetupError(f"the application stopped by itself (exit code {code})")


def _for(to: str) -> str:
    return "" if to == ROLES[0] else f" for each {to} (published documents only)"


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_ready(app: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if app.poll() is not None:
            raise SetupError(f"the application did not start (exit code {app.returncode}; the reason is above)")
        if answers(port):
            return
        time.sleep(0.2)
    raise SetupError(f"the application did not answer on port {port} within {READY_SECONDS} seconds")


def answers(port: int) -> bool:
    """Whether the app's health address answers on this port."""
    # No proxy: the address is this machine's own, whatever the network settings say.
    local = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with local.open(f"http://{HOST}:{port}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(app: subprocess.Popen[bytes]) -> None:
    """End the server: it has had Ctrl-C too in a terminal, and gets a signal otherwise."""
    if app.poll() is not None:
        return
    app.terminate()
    try:
        app.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        app.kill()
        app.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
