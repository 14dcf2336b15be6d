"""The two stores agree: random sequences of writes, removals, corrections and questions get equal answers from both.

Equal to the byte and in the same order, what is refused included.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from graph import actions
from graph.copy import copy
from graph.model import Decision, Filter, Thing, Visibility
from graph.persons.spellings import variants
from graph.questions.paths import explained_paths
from graph.store import open_store
from graph.versions import lineage
from graph.versions.anchors import anchor_of
from tests.agreement import ACTOR, KINDS, LABELS, MEETINGS, PEOPLE, SaidOfSources, plain, source_of
from tests.dumps import answers

KEY = "0f" * 16  # the same on both sides, so that what is kept of a forgotten name is too
ASKED_KINDS = (
    *((), ("theme",), ("person", "organisation"), ("passage",), ("theme", "passage"), ("theme", "person", "proposal")),
    *(("proposal", "question", "finding"), ("nonsense",), KINDS),
)
QUERIES = (
    *("forêt", "FORETS", "la forêt", "can", "cantine école", "velo", "coeur", "eau (AND", "* OR stems:a", '"', "ida"),
    *("parlons", "4", "e", "e" * 240, "e" * 300, "e" * 260 + "f", "detach", "arbre", "point", ""),
)
FILTERS = (
    *(Filter(), Filter(), Filter(meeting=MEETINGS[1]), Filter(since="2031-03-15"), Filter(until="2031-12-31")),
    *(Filter(visibility=Visibility.PUBLISHED), Filter(meeting="jamais"), Filter(source="source:0")),
    *(Filter(document="source:0"), Filter(document="rien")),
    *(Filter(confirmed=True), Filter(confirmed=True), Filter(confirmed=True, meeting=MEETINGS[1])),
)


class Agreement(SaidOfSources):
    """The same acts on both stores; every rule asserts equal answers."""

    # --- acts --------------------------------------------------------------------------------------------------------

    @rule(number=st.integers(0, 11), version=st.integers(1, 2))
    def write(self, number: int, version: int) -> None:
        fragment = source_of(number, version)
        self._same(lambda store: store.write(fragment, ACTOR))

    @rule(number=st.integers(0, 5))
    def write_more(self, number: int) -> None:
        for at in (number, number + 3, number + 6):
            self._same(lambda store, at=at: store.write(source_of(at, 1), ACTOR))  # type: ignore[misc]

    @rule(number=st.integers(0, 11), edit=st.integers(1, 4))
    def write_another_version(self, number: int, edit: int) -> None:
        self._same(lambda store: store.write(source_of(number, 1, edit), ACTOR))
        self._same(lambda store: [(w.decision.id, w.source and w.source.id, w.closest) for w in lineage.waiting(store)])

    @rule(number=st.integers(0, 11), edit=st.integers(1, 4))
    def remove_another_version(self, number: int, edit: int) -> None:
        self._same(lambda store: dict(store.remove(f"s{number}-{edit}.txt", ACTOR)))

    @rule(name=st.sampled_from(PEOPLE))
    def forget(self, name: str) -> None:
        ids = sorted(m for t in self.other.rows(["person"], limit=500) if t.label == name for m in t.members)
        self._same(lambda store: dict(store.forget(ids, variants([name], KEY), ACTOR)))

    @rule()
    def copied(self) -> None:
        """What is copied from either store into a new one is the same graph, with the same decisions in force."""
        for number, store in enumerate((self.one, self.other)):
            address = f"sqlite:///{self.folder / f'copy{self.runs}-{number}.db'}"
            third = open_store(address)
            try:
                copy(store, third, ACTOR)
                assert answers(third) == answers(store)
                assert [plain(d) for d in third.decisions()] == [plain(d) for d in store.decisions()]
            finally:
                third.close()
            for left in self.folder.glob(f"copy{self.runs}-{number}.db*"):
                left.unlink()

    @rule(number=st.integers(0, 11))
    def remove(self, number: int) -> None:
        self._same(lambda store: dict(store.remove(f"s{number}.txt", ACTOR)))

    @rule(number=st.integers(0, 60), label=st.sampled_from(LABELS), stale=st.integers(0, 5))
    def rename(self, number: int, label: str, stale: int) -> None:
        self._decide("rename", number, {"label": label}, 7 if stale == 5 else None)

    @rule(number=st.integers(0, 60))
    def reject(self, number: int) -> None:
        self._decide("reject", number, {}, None)

    @rule(number=st.integers(0, 60))
    def confirm(self, number: int) -> None:
        self._decide("confirm", number, {}, None)

    @rule(number=st.integers(0, 60), kind=st.sampled_from(("theme", "person", "group", "proposal", "question")))
    def change_kind(self, number: int, kind: str) -> None:
        self._decide("kind", number, {"kind": kind}, None)

    @rule(numbers=st.lists(st.integers(0, 60), min_size=2, max_size=4))
    def merge(self, numbers: list[int]) -> None:
        things = [thing for n in numbers[1:] if (thing := self.other.get(self._any(n)))]
        others = [{**anchor_of(self.other, t), "id": t.id} for t in things]
        self._decide("merge", numbers[0], {"label": "Réunis", "kind": "theme", "others": others}, None)

    @rule(number=st.integers(0, 60))
    def split(self, number: int) -> None:
        members = [m for t in self.other.rows(KINDS, limit=500) if len(t.members) > 1 for m in t.members]
        thing = self.other.get(members[number % len(members)]) if members else None
        if thing:
            parts = [[thing.members[0]], list(thing.members[1:])]
            self._decide("split", number, {"parts": parts}, None, thing)

    def _decide(
        self, kind: str, number: int, value: dict[str, Any], seen: int | None, thing: Thing | None = None
    ) -> None:
        thing = thing or self.other.get(self._any(number))
        if thing:
            anchor = anchor_of(self.other, thing)
            assert anchor == anchor_of(self.one, thing)
            self.taken = getattr(self, "taken", 0) + 1
            decision = Decision(f"d{self.taken}", kind, thing.id, value, anchor, "facilitatrice", "2031-01-01")
            self._same(lambda store: store.decide(decision, seen_version=seen))

    @rule(numbers=st.lists(st.integers(0, 60), min_size=2, max_size=3))
    def keep_apart(self, numbers: list[int]) -> None:
        self._take(lambda store: actions.keep_apart(store, ACTOR, [self._any(n) for n in numbers]))

    @rule(number=st.integers(1, 24))
    def undo(self, number: int) -> None:
        self._same(lambda store: plain(store.undo(f"d{number}", ACTOR)))

    @rule(numbers=st.lists(st.integers(0, 11), min_size=1, max_size=3), visibility=st.sampled_from(tuple(Visibility)))
    def show(self, numbers: list[int], visibility: Visibility) -> None:
        self._same(lambda store: store.set_visibility([f"s{n}.txt" for n in numbers], visibility, ACTOR))

    # --- questions ---------------------------------------------------------------------------------------------------

    @invariant()
    def counts_and_log_agree(self) -> None:
        if hasattr(self, "one"):
            self._same(lambda store: store.counts())
            self._same(lambda store: [plain(d) for d in store.decisions()])

    @rule(
        text=st.sampled_from(QUERIES), kinds=st.sampled_from(ASKED_KINDS), limit=st.sampled_from((0, 1, 3, 20)),
        where=st.sampled_from(FILTERS),
    )  # fmt: skip
    def search(self, text: str, kinds: tuple[str, ...], limit: int, where: Filter) -> None:
        self._same(lambda store: store.search(text, kinds, limit=limit, where=where))

    @rule(
        kinds=st.sampled_from(ASKED_KINDS),
        where=st.sampled_from(FILTERS),
        least=st.integers(0, 3),
        limit=st.integers(0, 4),
    )
    def rows(self, kinds: tuple[str, ...], where: Filter, least: int, limit: int) -> None:
        self._same(lambda store: store.rows(kinds, where, min_evidence=least))
        self._same(lambda store: store.rows(kinds, where, limit=limit, offset=limit, min_evidence=least))
        self._same(lambda store: store.count_rows(kinds, where, min_evidence=least))

    @rule(
        number=st.integers(0, 60), kinds=st.sampled_from(ASKED_KINDS), where=st.sampled_from(FILTERS),
        limit=st.sampled_from((1, 3, 200)), least=st.integers(0, 2), stated=st.booleans(),
    )  # fmt: skip
    def neighbours(
        self, number: int, kinds: tuple[str, ...], where: Filter, limit: int, least: int, stated: bool
    ) -> None:
        id_ = self._any(number)
        self._same(
            lambda store: store.neighbours(id_, kinds, where, limit=limit, min_passages=least, stated_only=stated)
        )
        self._same(lambda store: store.evidence(id_, where, limit=limit))
        self._same(lambda store: store.get(id_))

    @rule(
        where=st.sampled_from(FILTERS),
        kinds=st.sampled_from(ASKED_KINDS),
        others=st.sampled_from(ASKED_KINDS),
        limit=st.sampled_from((1, 500)),
    )
    def links(self, where: Filter, kinds: tuple[str, ...], others: tuple[str, ...], limit: int) -> None:
        ids = [member for thing in self.other.rows(KINDS, limit=60) for member in thing.members]
        self._same(lambda store: store.links(ids, where))
        self._same(lambda store: store.degrees(ids, where))
        self._same(lambda store: store.around(ids, kinds, where, limit=limit))
        self._same(lambda store: store.steps(ids, kinds, where, limit=limit))
        self._same(lambda store: store.shared(kinds, others, where, limit=limit))

    @rule(a=st.integers(0, 60), b=st.integers(0, 60), where=st.sampled_from(FILTERS), limit=st.sampled_from((1, 20)))
    def paths(self, a: int, b: int, where: Filter, limit: int) -> None:
        one, other = self._any(a), self._any(b)
        self._same(lambda store: store.whys([(one, other), (other, one)], where, limit=limit))
        self._same(lambda store: explained_paths(store, one, other, 3, where))

    @rule(where=st.sampled_from(FILTERS), number=st.integers(0, 11))
    def sources(self, where: Filter, number: int) -> None:
        self._same(lambda store: [replace(s, imported_at="") for s in store.sources(where)])
        for verb in ("fragment", "source", "passages", "mentions"):
            self._same(lambda store, verb=verb: getattr(store, verb)(f"s{number}.txt"))  # type: ignore[misc]
        self._same(lambda store: store.edited_trees(where))
        self._same(lambda store: store.actors())

    @rule()
    def proven(self) -> None:
        self._proven()


def _run(address: str, folder: Path, examples: int, steps: int, *, always_the_same: bool) -> None:
    machine = type("Sequences", (Agreement,), {"address": address, "folder": folder, "runs": 0})
    every = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=always_the_same,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        phases=(Phase.explicit, Phase.generate),  # making a failing sequence shorter can take an hour with a server
    )
    with pytest.MonkeyPatch.context() as patch:
        for module in (
            "sqlite",
            "neo4j",
        ):  # versions of one date come in the order of imports: a second between the two
            patch.setattr(f"graph.store.{module}.brought.utc_now", lambda: "2031-01-01T00:00:00+00:00")
        run_state_machine_as_test(machine, settings=every)
    assert machine.runs >= examples / 2


def test_random_sequences_are_answered_alike(neo4j_address: str, tmp_path: Path) -> None:
    _run(neo4j_address, tmp_path, 3, 20, always_the_same=True)


@pytest.mark.soak
def test_random_sequences_are_answered_alike_by_the_newest_version(newest_neo4j_address: str, tmp_path: Path) -> None:
    _run(newest_neo4j_address, tmp_path, 2, 25, always_the_same=True)


@pytest.mark.soak
def test_long_random_sequences_are_answered_alike(neo4j_address: str, tmp_path: Path) -> None:
    _run(neo4j_address, tmp_path, 100, 60, always_the_same=False)
