"""A graph moved between stores: exact both ways, decisions and visibility included, taken up where it was cut short."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j_server import wipe

from graph import actions
from graph.cli.main import build
from graph.copy import copy
from graph.errors import StoreError
from graph.model import Actor, Fragment
from graph.store import open_store
from graph.store.base import Store
from tests.dumps import answers, tables
from tests.fragments import autumn, spring
from tests.fragments import build as built

ROOT = Path(__file__).resolve().parents[1]
# Copies in a process that the test kills: one line per source begun, then nothing until it is killed.
CHILD = """
import sys
from graph.copy import copy
from graph.model import Actor
from graph.store import open_store
def told(done, total, name):
    print(done, flush=True)
copy(open_store(sys.argv[1]), open_store(sys.argv[2]), Actor(), told)
"""
LINES = "\n".join(f"La [organisation:mairie] et le [theme:thème {n}] avec [theme:thème {n + 1}]." for n in range(60))

Make = Callable[[str], Store]


def several(count: int = 12) -> Iterator[Fragment]:
    yield spring()
    yield autumn()
    for n in range(count):
        yield built(f"note-{n}.txt", f"Compte rendu numéro {n}\n{LINES}", meeting=f"Réunion {n % 3}")


def fill(store: Store, actor: Actor) -> None:
    """Sources, published and not, with decisions in force, undone, and waiting for a source that went."""
    for fragment in several():
        store.write(fragment, actor)
    store.write(built("seul.txt", "Un mot sur le [theme:canal]."), actor)
    themes = {thing.label: thing for thing in store.rows(["theme"])}
    first = actions.rename(store, actor, themes["logement"].id, "Se loger")
    actions.reject(store, actor, themes["pédibus"].id, "hors sujet")
    actions.undo(store, actor, first.id)
    actions.rename(store, actor, themes["mobilité"].id, "Se déplacer", "plus clair")
    actions.rename(store, actor, themes["canal"].id, "Le canal")
    actions.remove_source(store, actor, "seul.txt")


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Opens stores by a short name, closed at the end."""
    opened: list[Store] = []

    def one(name: str) -> Store:
        opened.append(open_store(name if "://" in name else f"sqlite:///{tmp_path / name}.db"))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


def test_a_copy_is_exact(make: Make, facilitator: Actor) -> None:
    one, other = make("one"), make("other")
    fill(one, facilitator)
    done = copy(one, other, facilitator)
    assert (done.sources, done.new, done.decisions, done.new_decisions) == (14, 14, 5, 5)
    assert tables(other) == tables(one)
    assert answers(other) == answers(one)
    assert other.decisions() == one.decisions()
    assert {d.state for d in other.decisions()} >= {"active", "undone", "waiting"}
    assert other.verify().ok


def test_copying_again_changes_nothing(make: Make, facilitator: Actor) -> None:
    one, other = make("one"), make("other")
    fill(one, facilitator)
    copy(one, other, facilitator)
    before = tables(other)
    again = copy(one, other, facilitator)
    assert (again.new, again.new_decisions) == (0, 0)
    assert tables(other) == before


def test_what_the_other_store_holds_besides_stays(make: Make, facilitator: Actor) -> None:
    one, other, both = make("one"), make("other"), make("both")
    one.write(spring(), facilitator)
    other.write(autumn(), facilitator)
    copy(one, other, facilitator)
    for fragment in (spring(), autumn()):
        both.write(fragment, facilitator)
    assert answers(other) == answers(both)


def test_a_store_is_not_copied_into_itself(make: Make, facilitator: Actor) -> None:
    one = make("one")
    with pytest.raises(StoreError, match="same store"):
        copy(one, one, facilitator)


def test_a_store_that_changes_meanwhile_is_told(make: Make, facilitator: Actor) -> None:
    one, other = make("one"), make("other")
    one.write(spring(), facilitator)

    def meddle(done: int, total: int, _: str) -> None:
        if done == total:
            one.write(autumn(), facilitator)

    with pytest.raises(StoreError, match="changed while it was copied"):
        copy(one, other, facilitator, meddle)
    assert copy(one, other, facilitator).new == 1


@pytest.mark.parametrize("after", [0, 1, 5, 13])
def test_a_copy_that_was_killed_leaves_whole_sources_and_continues(
    make: Make, facilitator: Actor, tmp_path: Path, after: int
) -> None:
    one = make("one")
    fill(one, facilitator)
    killed(one.url, f"sqlite:///{tmp_path / 'other.db'}", after)
    other = make("other")
    continued(one, other, facilitator, after)
    assert tables(other) == tables(one)


def killed(one: str, other: str, after: int) -> None:
    """A copy that dies (SIGKILL) while the source that follows `after` others is written, or soon after."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, one, other], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            if int(line) == after:
                child.kill()
                break
    assert child.wait(60) != 0


def continued(one: Store, other: Store, actor: Actor, after: int) -> None:
    there = {info.id for info in other.sources()}
    assert len(there) >= after
    for id_ in there:
        assert other.fragment(id_) == one.fragment(id_)
    done = copy(one, other, actor)
    assert done.new == done.sources - len(there)
    assert answers(other) == answers(one)
    assert other.decisions() == one.decisions()


def test_the_command_copies_and_says_what_it_did(
    make: Make, facilitator: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = make("one")
    fill(one, facilitator)
    to = f"sqlite:///{tmp_path / 'other.db'}"
    build("copy")(["copy", "--from", one.url, "--to", to, "--json"], standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "sources": 14, "new": 14, "decisions": 5, "new_decisions": 5, "new_notes": 0, "notes_left": 0
    }  # fmt: skip


# --- through a real server ------------------------------------------------------------------------------------------


@pytest.fixture
def server(neo4j_address: str) -> str:
    wipe(neo4j_address)
    return neo4j_address


def test_there_and_back_again_is_the_same_graph(make: Make, facilitator: Actor, server: str) -> None:
    one, there, back = make("one"), make(server), make("back")
    fill(one, facilitator)
    copy(one, there, facilitator)
    assert answers(there) == answers(one)
    assert there.decisions() == one.decisions()
    assert there.verify().ok
    copy(there, back, facilitator)
    assert tables(back) == tables(one)
    assert back.decisions() == one.decisions()
    assert copy(back, there, facilitator).new == 0


@pytest.mark.parametrize("after", [1, 6])
def test_a_copy_to_a_server_that_was_killed_continues(make: Make, facilitator: Actor, server: str, after: int) -> None:
    one = make("one")
    fill(one, facilitator)
    killed(one.url, server, after)
    continued(one, make(server), facilitator, after)
