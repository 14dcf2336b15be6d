"""The way in: a fresh machine, an old Python, a second start without network, a port that is taken."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ingest.environment import Environment, SetupError, Stamp, check_python, digest
from ingest.up import DEFAULT_STORE, HOST, ROOT, answers, choose_port, free_port, is_free, load_samples, store_file

SETUP_MODULES = ("__init__.py", "__main__.py", "environment.py", "up.py")


def top_level_imports(module: Path) -> set[str]:
    """What runs as soon as the module is imported; what functions import later is left aside."""
    body = ast.parse(module.read_text("utf-8")).body
    found = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("name", SETUP_MODULES)
def test_the_setup_needs_only_the_standard_library(name: str) -> None:
    names = top_level_imports(ROOT / "ingest" / name)
    assert {n.split(".")[0] for n in names if not n.startswith("ingest")} <= sys.stdlib_module_names
    assert {n for n in names if n.startswith("ingest")} <= {"ingest.environment", "ingest.up"}


@pytest.mark.parametrize("name", SETUP_MODULES)
def test_the_setup_can_be_read_by_a_python_that_is_too_old(name: str) -> None:
    ast.parse((ROOT / "ingest" / name).read_text("utf-8"), feature_version=(3, 8))


def test_the_command_starts_where_nothing_is_installed() -> None:
    bare = [sys.executable, "-S", "-E", "-m", "ingest", "up"]  # -S: no site-packages at all
    helped = subprocess.run([*bare, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--port" in helped.stdout
    wrong = subprocess.run([*bare, "--port", "99999"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "'99999' is not a port" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_an_old_python_is_told_what_to_install() -> None:
    with pytest.raises(SetupError, match=r"needs Python 3\.11 or newer and this is Python 3\.9\.2") as told:
        check_python((3, 9, 2))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_recent_python_is_accepted(version: tuple[int, ...]) -> None:
    check_python(version)


def test_the_stamp_keeps_what_was_done_between_two_starts(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "stamp.json")
    assert not stamp.holds("runtime", "a")
    stamp.record("runtime", "a")
    again = Stamp(tmp_path / "stamp.json")
    assert again.holds("runtime", "a")
    assert not again.holds("runtime", "b")
    again.forget("runtime")
    assert not Stamp(tmp_path / "stamp.json").holds("runtime", "a")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"runtime": 3}'])
def test_a_damaged_stamp_means_that_the_steps_are_done_again(tmp_path: Path, content: str) -> None:
    file = tmp_path / "stamp.json"
    file.write_text(content, "utf-8")
    assert not Stamp(file).holds("runtime", "a")


def test_the_digest_changes_with_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("streamlit==1.67.0\n")
    before = digest(lock)
    assert digest(lock) == before
    lock.write_text("streamlit==1.68.0\n")
    assert digest(lock) != before


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A real environment in an empty folder, with the network out of reach for pip."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    for name in ("PIP_FIND_LINKS", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    environment = Environment(tmp_path)
    environment.make()
    return environment


def test_a_second_start_installs_nothing_and_needs_no_network(project: Environment) -> None:
    lock = project.root / "requirements.lock"
    lock.write_text("# nothing yet\n")
    assert project.works()
    assert project.install_lock("requirements.lock", "nothing")
    again = Environment(project.root)
    again.make()
    assert not again.install_lock("requirements.lock", "nothing")

    lock.write_text(f"no-such-thing==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SetupError, match=r"requirements\.lock names could not be installed"):
        again.install_lock("requirements.lock", "something")
    lock.write_text("# nothing yet\n")
    assert not Environment(project.root).install_lock("requirements.lock", "nothing")

    # Without the model the application goes on; the failure is remembered, so that a start never waits for it.
    (project.root / "requirements-model.lock").write_text(f"no-such-model==1.0 --hash=sha256:{'0' * 64}\n")
    assert not again.install_model(retry=False)
    assert "model-absent" in json.loads((project.folder / "maillage-setup.json").read_text())
    assert not Environment(project.root).install_model(retry=False)


def test_a_taken_port_gives_another_and_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        assert not is_free(port)
        other = choose_port(port)
    assert other != port
    assert f"Port {port} is taken by another program: using {other}." in capfd.readouterr().err
    assert choose_port(port) == port


def test_samples_are_loaded_into_a_new_default_store_only(tmp_path: Path) -> None:
    """The environment of this test has no Python: reaching the import would raise."""
    empty = Environment(tmp_path)
    load_samples(empty, f"sqlite:///{tmp_path}/mine.db")
    load_samples(empty, "neo4j://neo4j:secret@localhost:7687/neo4j")
    existing = store_file(DEFAULT_STORE, tmp_path)
    assert existing == tmp_path / "data" / "maillage.db"
    existing.parent.mkdir()
    existing.touch()
    load_samples(empty, DEFAULT_STORE)
    existing.unlink()
    (tmp_path / "samples" / "ambresle").mkdir(parents=True)
    with pytest.raises(FileNotFoundError):
        load_samples(empty, DEFAULT_STORE)


SERVE = """
import sys
from ingest.environment import Environment
from ingest.up import ROOT, serve
try:
    serve(Environment(ROOT), sys.argv[1], int(sys.argv[2]))
except KeyboardInterrupt:
    sys.exit(0)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_app_is_served_until_it_is_stopped_and_leaves_nothing_behind(
    ending: signal.Signals, tmp_path: Path
) -> None:
    port = free_port()
    command = [sys.executable, "-c", SERVE, f"sqlite:///{tmp_path}/store.db", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    told: list[str] = []
    while "ready" not in "".join(told):
        told.append(next(server.stderr))
    assert f"http://{HOST}:{port} " in told[-1]
    assert "No runtime found" not in "".join(told), "a newcomer reads a warning that means nothing to him"
    assert answers(port)
    server.send_signal(ending)
    assert server.wait(30) == 0
    assert not answers(port)
    assert is_free(port)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-model.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_with_its_hash_and_names_no_index(lock: str) -> None:
    lines = [x for x in (ROOT / lock).read_text("utf-8").splitlines() if not x.startswith("#")]
    packages = [x for x in lines if not x.startswith(" ")]
    assert packages
    assert all("==" in x and x.endswith("\\") for x in packages)
    assert all(x.strip().startswith("--hash=sha256:") for x in lines if x.startswith(" "))


def test_what_pyproject_asks_for_is_in_the_locks() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = declared["dependency-groups"]
    for lock, wanted in (
        ("requirements.lock", declared["project"]["dependencies"]),
        ("requirements-model.lock", groups["model"]),
        ("requirements-dev.lock", groups["dev"]),
    ):
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        names = {re.split(r"[<>=!~\[; ]", need)[0].lower().replace("_", "-") for need in wanted}
        assert names <= pinned, f"{lock}: run `make lock`"


def test_the_locks_agree_with_each_other() -> None:
    """A package in two locks has one version, else the second installation would undo the first."""

    def pins(lock: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for line in (ROOT / lock).read_text("utf-8").splitlines():
            if line[:1].isalnum():
                name, version = line.split(" ")[0].split("==")
                found.setdefault(name, set()).add(version)
        return found

    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert all(dev[name] <= runtime[name] for name in runtime.keys() & dev.keys())


def test_the_tests_of_a_group_stay_in_one_worker(request: pytest.FixtureRequest) -> None:
    """Else two workers start the same servers and load the same models, and a suite takes twice as long."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("only where several workers share the tests")
    assert request.node.nodeid.endswith("@test_setup.py")
