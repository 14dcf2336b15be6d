"""What is remembered of a graph is what a store answers that remembers nothing, after any sequence of acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test

from graph import actions, text_actions
from graph.decided.identity import is_by_name
from graph.model import Actor, Filter, Role, Visibility
from graph.persons.spellings import variants
from graph.store import open_store
from graph.store.base import Store
from graph.store.remembering import remembering, renew
from tests.agreement import ACTOR, KINDS, MEETINGS, source_of
from tests.fragments import autumn, build, spring
from tests.test_store_agreement import Agreement

WHO = Actor("facilitatrice", Role.FACILITATOR)
# The nodes of stakeholders that any of the sources may bring.
NAMED = sorted({node.id for number in range(12) for node in source_of(number, 1).nodes if is_by_name(node.id)})
SOURCES = tuple(Filter(meeting=meeting) for meeting in (*MEETINGS, "Conseil"))
FILTERS = (*SOURCES, Filter(since="2031-05"), Filter(visibility=Visibility.PUBLISHED), Filter(confirmed=True))


def everything(
    store: Store, ids: list[str], blocks: list[str], filters: Sequence[Filter] = FILTERS
) -> Iterator[object]:
    """What pages ask, of all the things and blocks at once, within each filter."""
    sources = [info.id for info in store.sources()]
    for where in filters:
        yield store.sources(where), store.rows(KINDS, where), store.count_rows(KINDS, where)
        yield store.doubtful(KINDS, where), store.unplaced(where), store.unread(where), store.edited_trees(where)
        yield store.claims(ids, where), store.firsts(ids, where), store.strongest(ids, where=where)
        yield store.links(ids, where), store.degrees(ids, where), store.linked(ids, KINDS, where)
        yield store.around(ids[:3], where=where), store.steps(ids[:3], where=where)
        yield store.shared(["theme"], ["theme"], where), store.search("forêt", where=where)
        yield [(store.evidence(id_, where), store.neighbours(id_, where=where)) for id_ in ids[:6]]
        yield store.whys(list(pairwise(ids[:7])), where)
    yield store.count_within(KINDS, FILTERS), store.count_within(KINDS, SOURCES[1:]), store.things(ids), store.counts()
    yield [(store.passages(id_), store.mentions(id_)) for id_ in sources]
    yield store.blocks(blocks), store.said_in(blocks), [store.passage(id_) for id_ in blocks]


class Remembered(Agreement):
    """The same acts on a store that remembers and on one that does not; after each, everything is asked again."""

    search = rows = neighbours = links = paths = sources = proven = copied = None  # type: ignore[assignment]

    @initialize()
    def start(self) -> None:
        type(self).runs += 1
        self.one: Store = remembering(open_store(f"sqlite:///{self.folder / f'remembers{self.runs}.db'}"))
        self.other: Store = open_store(f"sqlite:///{self.folder / f'forgets{self.runs}.db'}")
        for number in range(6):
            self._same(lambda store, number=number: store.write(source_of(number, 1), ACTOR))  # type: ignore[misc]

    @invariant()
    def everything_is_as_it_is(self) -> None:
        if hasattr(self, "one"):
            renew(self.one)
            ids = [member for thing in self.other.rows(KINDS, limit=60) for member in thing.members]
            ids = [*NAMED[:3], *ids, *NAMED[3:]]  # those that are not there, too
            blocks = [p.id for info in self.other.sources() for p in self.other.passages(info.id)]
            for one, other in zip(everything(self.one, ids, blocks), everything(self.other, ids, blocks), strict=True):
                assert one == other


def _first(store: Store, kind: str, nth: int = 0) -> str:
    return store.rows([kind])[nth].id


def _march(store: Store) -> str:
    return next(info.id for info in store.sources() if info.name == "mars.txt")


def _merged(store: Store) -> None:
    actions.merge(store, WHO, [_first(store, "theme"), _first(store, "theme", 1)])


def _undone(store: Store) -> None:
    _merged(store)
    _asked(store)
    actions.undo(store, WHO, store.decisions()[-1].id)


def _joined(store: Store) -> None:
    _, block, after, *_ = store.passages(_march(store))
    text_actions.fuse(store, WHO, after.id, block.id)


def _shown(store: Store) -> None:
    store.set_visibility([_march(store)], Visibility.PUBLISHED, WHO)


ACTS: dict[str, Callable[[Store], object]] = {
    "published": _shown,
    "read by other rules": lambda store: store.write(spring(rule="tests.fragments@2"), WHO),
    "imported": lambda store: store.write(build("mai.txt", "Le [theme:logement] et la [theme:cantine]."), WHO),
    "removed": lambda store: store.remove("octobre.txt", WHO),
    "renamed": lambda store: actions.rename(store, WHO, _first(store, "theme"), "Déplacements"),
    "rejected": lambda store: actions.reject(store, WHO, _first(store, "theme")),
    "confirmed": lambda store: actions.confirm(store, WHO, _first(store, "proposal")),
    "merged": _merged,
    "merged, undone": _undone,
    "tree": _joined,
    "described": lambda store: actions.describe(store, WHO, _march(store), {"meeting": "Conseil"}),
    "forgotten": lambda store: store.forget([_first(store, "person")], variants(["Élise Morvan"], "0f" * 16), WHO),
}


def _asked(store: Store) -> list[object]:
    renew(store)
    ids = [member for thing in store.rows(KINDS) for member in thing.members]
    blocks = [p.id for info in store.sources() for p in store.passages(info.id)]
    return list(everything(store, ids[:12], blocks, (FILTERS[0], FILTERS[1], FILTERS[-2])))


def test_answers_hold_until_what_they_rest_on_changes(fresh_store: Store) -> None:
    kept = remembering(fresh_store)
    for fragment in (spring(), autumn()):
        fresh_store.write(fragment, WHO)
    before = _asked(kept)
    for at, (name, act) in enumerate(ACTS.items()):
        act(fresh_store if at % 2 else kept)  # by another process, and by this one
        after = _asked(kept)
        assert after == _asked(fresh_store), name
        assert after != before, name
        before = after


def _run(folder: Path, examples: int, steps: int, *, always_the_same: bool) -> None:
    machine = type("Sequences", (Remembered,), {"address": "", "folder": folder, "runs": 0})
    every = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=always_the_same,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        phases=(Phase.explicit, Phase.generate),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.store.sqlite.brought.utc_now", lambda: "2031-01-01T00:00:00+00:00")
        run_state_machine_as_test(machine, settings=every)
    assert machine.runs >= examples / 2


def test_what_is_remembered_holds_whatever_is_done(tmp_path: Path) -> None:
    _run(tmp_path, 3, 25, always_the_same=True)


@pytest.mark.soak
def test_what_is_remembered_holds_whatever_is_done_for_long(tmp_path: Path) -> None:
    _run(tmp_path, 60, 60, always_the_same=False)
