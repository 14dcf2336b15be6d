"""Fixtures shared by all tests. A store of another kind joins every conformance test by one more line in STORES."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from missing import in_ci, left_out
from neo4j import Driver
from neo4j_server import NEWEST, Unavailable, connected, empty, running, wipe

from graph.model import Actor, Role
from graph.store import open_store
from graph.store.base import Store
from ingest import nlp

STORES = ("sqlite", "neo4j")
NO_SERVER = "no Neo4j server: "
LONGEST_NAME = 40  # bytes of a parameter that may stand in the name of a test
# Pure functions over the verbs of a store. The verbs run on both stores in every run; of these, one test of each file
# does, and the others on a server are for the long campaigns.
OVER_THE_VERBS = {
    *("test_course.py", "test_doubts.py", "test_roles.py", "test_silence.py", "test_study.py", "test_synthesis.py")
}


@pytest.fixture(scope="session", autouse=True)
def nobodys_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a test opens or spools without naming a place is not that of the person who runs it.

    A default store made by a test would also keep `make run` from loading the sample territory.
    """
    folder = tmp_path_factory.mktemp("default")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_STORE", f"sqlite:///{folder / 'default.db'}")
        patch.setenv("MAILLAGE_SPOOL", str(folder / "spool"))
        patch.setenv("MAILLAGE_STRICT", "1")  # a rule that breaks fails the test, rather than a line of the ledger
        yield


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes as many empty stores as a test asks for, closed at its end.

    A server has one database: the first store of a test is of the kind asked for, others that it asks for are files.
    What is compared within a test is then compared between the two kinds.
    """
    made: list[Store] = []
    address = request.getfixturevalue("neo4j_address") if request.param == "neo4j" else ""

    def make() -> Store:
        if address and not made:
            wipe(address)
            made.append(open_store(address))
        else:
            made.append(open_store(f"sqlite:///{tmp_path / f'store{len(made)}.db'}"))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def fresh_store(new_store: Callable[[], Store]) -> Store:
    """An empty store of each kind."""
    return new_store()


@pytest.fixture(scope="module")
def settled() -> None:
    """What tests of other files left unclosed is gone: one that watches for warnings is told of its own file alone."""
    gc.collect()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store at the address that the pages of the app open; in a browser, another one that is served."""
    from app_pages import app_store  # the pages are heavy: only for who asks

    monkeypatch.setenv("MAILLAGE_SPOOL", str(tmp_path / "spool"))
    yield from app_store(tmp_path, monkeypatch)


@pytest.fixture
def ids(small: Store) -> dict[str, str]:
    """The small graph in that store: the ids of its things by a short name."""
    from small_graph import fill

    return fill(small)


@pytest.fixture
def told(fresh_store: Store) -> Store:
    """The three workshops of a canton, in a store of each kind."""
    from course_graph import fill

    fill(fresh_store)
    return fresh_store


@pytest.fixture
def facilitator() -> Actor:
    return Actor("facilitatrice", Role.FACILITATOR)


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[str]:
    """A real server with an empty database. None at hand: skipped with one loud line, a failure with CI=true."""
    yield from _served()


@pytest.fixture(scope="session")
def newest_neo4j_address() -> Iterator[str]:
    """The same, of the newest version."""
    yield from _served(NEWEST)


@pytest.fixture
def own_schema() -> None:
    """For what changes the schema of the server: it then plans every statement anew, so such tests come last."""


@pytest.fixture
def empty_address(neo4j_address: str, own_schema: None) -> Iterator[str]:
    """A server whose database holds nothing at all, schema included."""
    empty(neo4j_address)
    yield neo4j_address
    empty(neo4j_address)


@pytest.fixture
def address(neo4j_address: str) -> str:
    """A server whose database holds an empty store."""
    wipe(neo4j_address)
    open_store(neo4j_address).close()
    return neo4j_address


@pytest.fixture
def driver(neo4j_address: str) -> Iterator[Driver]:
    found, _ = connected(neo4j_address)
    with found:
        yield found


def _served(version: str = "") -> Iterator[str]:
    try:
        with running(version) as address:
            yield address
    except Unavailable as error:
        left_out(NO_SERVER + str(error))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file as a parameter is not a name: an archive made now holds the time, and workers must agree on names."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_NAME else None


@pytest.hookimpl(tryfirst=True)  # before the worker reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One database per server: what needs Neo4j runs in one worker; the rest stays together file by file.

    Together, because what several tests of a file share (a language model, a loaded store) is then made once.
    Without the language model what needs it is left out on a laptop, and fails by itself where CI=true.
    """
    met: set[str] = set()
    no_model = not nlp.available() and not in_ci()
    for item in items:
        if no_model and item.get_closest_marker("model"):
            item.add_marker(pytest.mark.skip(reason="the French model is not installed"))
        if item.path.name in OVER_THE_VERBS and needs_neo4j(item):
            if item.path.name in met:
                item.add_marker(pytest.mark.soak)
            met.add(item.path.name)
        if item.get_closest_marker("long_on_a_server") and needs_neo4j(item):
            item.add_marker(pytest.mark.soak)
        needs = getattr(item, "fixturenames", ())
        group = "neo4j" if needs_neo4j(item) else "browser" if "browser" in needs else item.path.name
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: "own_schema" in getattr(item, "fixturenames", ()))


def needs_neo4j(item: pytest.Item) -> bool:
    """Whether a test talks to a server: by its fixtures, or by a parameter that chooses the store."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    named = {"neo4j_address", "newest_neo4j_address"} & set(getattr(item, "fixturenames", ()))
    return bool(named) or any(isinstance(p, str) and p.startswith("neo4j") for p in parameters)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One loud line for all the tests that had no server."""
    left_out = [r.longrepr[2] for r in terminalreporter.stats.get("skipped", ()) if isinstance(r.longrepr, tuple)]
    reasons = [reason for reason in left_out if NO_SERVER in reason]
    if reasons:
        terminalreporter.write_line(f"!!! {len(reasons)} NEO4J TESTS LEFT OUT !!! {reasons[0]}", red=True, bold=True)
