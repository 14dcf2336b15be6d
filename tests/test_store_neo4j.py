"""What goes wrong with a Neo4j store, and whose database it is: lost answers, several writers, other applications."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from bolt_proxy import Relay
from neo4j import Driver

from graph import actions
from graph.errors import StoreError
from graph.model import Actor, Decision, Job
from graph.store import open_store
from graph.store.base import Store
from graph.store.neo4j.address import parse
from graph.store.neo4j.schema import VERSION
from tests.dumps import answers
from tests.fragments import autumn, build, mobility, spring

ROOT = Path(__file__).resolve().parents[1]


# --- what goes wrong --------------------------------------------------------------------------------------------------


def _with(address: str, **parts: str) -> str:
    """The address with another password, port or database."""
    scheme, _, rest = address.partition("://")
    who, _, where = rest.rpartition("@")
    host, _, database = where.partition("/")
    name, _, port = host.rpartition(":")
    user, _, word = who.partition(":")
    given = {"word": word, "port": port, "database": database} | parts
    return f"{scheme}://{user}:{given['word']}@{name}:{given['port']}/{given['database']}"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"port": "1"}, "no Neo4j server answers"),
        ({"word": "autre-secret"}, "password refused"),
        ({"database": "nulle-part"}, "no database nulle-part"),
    ],
)
def test_what_cannot_be_opened_is_one_line_without_the_password(
    neo4j_address: str, change: dict[str, str], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    url = _with(neo4j_address, **change)
    with pytest.raises(StoreError, match=reason) as told:
        open_store(url)
    assert "\n" not in str(told.value)
    shown = repr(told.value) + str(told.value.__cause__) + "".join(capfd.readouterr())
    assert "autre-secret" not in shown
    assert parse(url).password not in shown


def test_a_command_tells_it_in_one_line_and_nothing_else(neo4j_address: str) -> None:
    url = _with(neo4j_address, word="autre-secret")
    command = [sys.executable, "-m", "graph", "stats", "--store", url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "autre-secret" not in done.stderr


def test_a_connection_lost_for_good_leaves_nothing_half_done(address: str, facilitator: Actor) -> None:
    with Relay(address) as relay:
        store = open_store(relay.address)
        store.write(spring(), facilitator)
        relay.close()
        began = time.monotonic()
        acts = (lambda: store.write(autumn(), facilitator), lambda: store.get("theme:0"), store.decisions)
        with ThreadPoolExecutor() as at_once:
            told = [asked.exception() for asked in [at_once.submit(act) for act in acts]]
        assert [type(error) for error in told] == [StoreError] * 3
        assert all(re.search(r"lost|answers", str(error)) and "\n" not in str(error) for error in told)
        assert time.monotonic() - began < 90
        store.close()
    there = open_store(address)
    assert [s.name for s in there.sources()] == ["mars.txt"]
    assert there.verify().problems == ()
    there.close()


Act = Callable[[], object]
# What is read first is read before the answer is lost.
ACTS: dict[str, Callable[[Store, Actor], Act]] = {
    "write": lambda store, who: lambda: store.write(autumn(), who).outcome,
    "replace": lambda store, who: lambda: store.write(spring(rule="other@1"), who).outcome,
    "remove": lambda store, who: lambda: dict(store.remove("mars.txt", who)),
    "decide": lambda store, who: partial(
        _rename, store, replace(store.decisions()[0], id="autre", target=mobility(store))
    ),
    "undo": lambda store, who: partial(_undo, store, store.decisions()[0].id, who),
    "adopt": lambda store, who: partial(store.adopt, [replace(store.decisions()[0], id="autre")]),
    "job": lambda store, who: partial(store.save_job, Job("j", "waiting", (), {}, "x", "", "")),
    "read": lambda store, who: partial(store.search, "mobil"),
}


def _rename(store: Store, decision: Decision) -> str:
    return store.decide(replace(decision, kind="rename", value={"label": "Se déplacer"})).state


def _undo(store: Store, decision: str, who: Actor) -> str:
    return store.undo(decision, who).kind


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("act", ACTS)
def test_a_lost_answer_is_repaired(address: str, tmp_path: Path, facilitator: Actor, act: str, moment: str) -> None:
    """Whether the commit happened or not, the act is done once and answered as if nothing had been."""
    plain = open_store(f"sqlite:///{tmp_path / 'plain.db'}")
    with Relay(address) as relay:
        store = open_store(relay.address)
        for asked in (store, plain):
            asked.write(spring(), facilitator)
            actions.reject(asked, facilitator, asked.rows(["theme"])[-1].id)
        one, other = (ACTS[act](asked, facilitator) for asked in (store, plain))
        relay.losing = moment
        assert one() == other()
        assert relay.lost == 1
        assert answers(store) == answers(plain)
        assert len(store.decisions()) == len(plain.decisions())
        assert store.verify().problems == ()
        store.close()
    plain.close()


# --- whose database it is ---------------------------------------------------------------------------------------------


def _state(driver: Driver) -> tuple[object, ...]:
    nodes = driver.execute_query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS own ORDER BY elementId(n)")
    indexes = driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name")
    return tuple([dict(r) for r in found.records] for found in (nodes, indexes))


def test_an_empty_database_becomes_a_store_only_when_asked(empty_address: str, driver: Driver) -> None:
    with pytest.raises(StoreError, match=r"no store at .*empty"):
        open_store(empty_address, create=False)
    assert _state(driver) == ([], [])
    open_store(empty_address).close()
    open_store(empty_address, create=False).close()


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Recipe {name: 'Soupe'})",
        "CREATE (:Maillage {id: 'store'})",
        "CREATE (:Maillage {id: 'store', application: 'autre', version: 1})",
    ],
)
def test_a_database_of_another_application_is_refused_untouched(
    empty_address: str, driver: Driver, cypher: str
) -> None:
    driver.execute_query(cypher)
    before = _state(driver)
    for create in (True, False):
        with pytest.raises(StoreError, match="another application"):
            open_store(empty_address, create=create)
    assert _state(driver) == before


def test_a_store_of_a_newer_version_is_refused_untouched(empty_address: str, driver: Driver) -> None:
    open_store(empty_address).close()
    driver.execute_query("MATCH (m:Maillage) SET m.version = $v", v=VERSION + 1)
    before = _state(driver)
    with pytest.raises(StoreError, match="newer version"):
        open_store(empty_address)
    assert _state(driver) == before


def test_a_process_of_another_version_that_is_open_writes_no_more(
    empty_address: str, driver: Driver, facilitator: Actor
) -> None:
    store = open_store(empty_address)
    driver.execute_query("MATCH (m:Maillage) SET m.version = $v", v=VERSION + 1)
    before = _state(driver)
    with pytest.raises(StoreError, match="another version"):
        store.write(spring(), facilitator)
    assert _state(driver) == before
    store.close()


def test_a_schema_that_was_cut_short_is_completed(empty_address: str, driver: Driver, facilitator: Actor) -> None:
    open_store(empty_address).close()
    whole = _state(driver)[1]
    driver.execute_query("DROP INDEX words")
    driver.execute_query("DROP CONSTRAINT node_id")
    driver.execute_query("MATCH (n) DETACH DELETE n")  # as if killed before the version was written
    store = open_store(empty_address)
    assert _state(driver)[1] == whole
    store.write(spring(), facilitator)
    assert store.verify().problems == ()
    store.close()


def test_a_store_of_the_third_schema_gets_the_order_of_its_matches_and_its_links(
    address: str, driver: Driver, facilitator: Actor, own_schema: None
) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    actions.reject(store, facilitator, store.rows(["theme"])[-1].id)
    before = answers(store), store.search("mobil"), store.search("logement vacant")
    store.close()
    driver.execute_query(
        "MATCH (e:Thing|Passage) WHERE e.stems IS NOT NULL REMOVE e.standing SET e.forms = replace(e.forms, '^', '')"
    )
    driver.execute_query("MATCH (e) WHERE e.ranks IS NOT NULL REMOVE e.ranks")
    driver.execute_query("MATCH ()-[l:LINKED]->() WITH l LIMIT 2 DELETE l")  # as if cut short in the middle
    driver.execute_query("MATCH (m:Maillage) SET m.version = 3")
    store = open_store(address)
    assert (answers(store), store.search("mobil"), store.search("logement vacant")) == before
    assert store.verify().problems == ()
    store.close()


OPEN_AND_WRITE = """
import sys
from graph.model import Actor
from graph.store import open_store
from tests.fragments import build, mobility
store = open_store(sys.argv[1])
for number in range(int(sys.argv[2])):
    store.write(build(f"n{number}.txt", f"[theme:mobilité] et [theme:vélo] et [theme:sujet {number}]"), Actor("deux"))
store.close()
"""


def test_two_processes_make_one_store_and_write_the_same_sources_at_once(empty_address: str, tmp_path: Path) -> None:
    """Neither ends on a deadlock, nothing is there twice."""
    command = [sys.executable, "-c", OPEN_AND_WRITE, empty_address, "15"]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for one in both:
        _, told = one.communicate(timeout=240)
        assert (one.returncode, told) == (0, "")
    store, alone = open_store(empty_address), open_store(f"sqlite:///{tmp_path / 'alone.db'}")
    for number in range(15):
        words = f"[theme:mobilité] et [theme:vélo] et [theme:sujet {number}]"
        alone.write(build(f"n{number}.txt", words), Actor("deux"))
    assert answers(store) == answers(alone)
    assert store.verify().problems == ()
    store.close()
    alone.close()
