"""The server of the tests: real, alone, empty, gone with whoever asked for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import neo4j_server
import pytest
from neo4j_server import Unavailable, connected, empty, entry_point, running

# Holds a server in a process that the test then kills.
HOLDER = """
import sys, time
from neo4j_server import running
with running() as address:
    print(address, flush=True)
    time.sleep(120)
"""


def test_the_server_answers_and_is_empty(neo4j_address: str, own_schema: None) -> None:
    empty(neo4j_address)  # the server is shared: other tests of this session may have left a store without content
    driver, database = connected(neo4j_address)
    with driver:
        records, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=database)
    assert records[0]["n"] == 0


def test_a_database_that_holds_a_graph_is_not_emptied_unasked(
    neo4j_address: str, own_schema: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, database = connected(neo4j_address)
    with driver:
        driver.execute_query("CREATE (:Someone {name: 'Zoé'})", database_=database)
        monkeypatch.setenv(neo4j_server.GIVEN, neo4j_address)
        monkeypatch.delenv(neo4j_server.WIPE, raising=False)
        with pytest.raises(Unavailable, match="holds 1 nodes"), running():
            pass
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=database).records[0]["n"] == 1
        monkeypatch.setenv(neo4j_server.WIPE, "1")
        with running() as address:
            assert address == neo4j_address
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n", database_=database).records[0]["n"] == 0


def test_emptying_takes_constraints_and_indexes_too(neo4j_address: str, own_schema: None) -> None:
    driver, database = connected(neo4j_address)
    with driver:
        driver.execute_query("CREATE CONSTRAINT one IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE", database_=database)
        driver.execute_query("CREATE INDEX two IF NOT EXISTS FOR (n:A) ON (n.name)", database_=database)
        empty(neo4j_address)
        left = driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'", database_=database)
    assert left.records == []


@pytest.mark.soak
def test_the_server_and_its_folder_are_gone_when_the_tests_are_killed(neo4j_address: str, tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(neo4j_server.__file__).parent), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(tmp_path)}
    holder = subprocess.Popen([sys.executable, "-c", HOLDER], env=env, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    with holder.stdout:
        address = holder.stdout.readline().strip()
    assert list(tmp_path.iterdir())
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(10)
    deadline = time.monotonic() + 30
    while list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Unavailable):
        empty(address)


def test_a_version_that_does_not_exist_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unavailable, match="no mvn"):
        neo4j_server.fetch("0.0.0")


def test_the_class_that_starts_a_server_is_read_from_it(neo4j_address: str) -> None:
    version = neo4j_server.default_version()
    libraries = neo4j_server.CACHE / f"neo4j-{version}" / "lib"
    if not libraries.is_dir():
        pytest.skip("the server of these tests was not fetched from Maven")
    assert entry_point(libraries, version).startswith("org.neo4j.server.")
