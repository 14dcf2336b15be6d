"""The two stores agree: random sequences of writes, removals, corrections and questions get equal answers from both.

Equal to the byte and in the same order, what is refused included. The pool of sources is made to hurt: labels that are
Cypher, quotes, control characters, letters on both sides of the order of UTF-16, hubs, merges and rivals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from graph import actions, text_actions
from graph.copy import copy
from graph.decided.described import FIELDS
from graph.errors import MaillageError
from graph.model import Actor, Decision, Evidence, Filter, Fragment, Passage, Relation, Thing, Visibility
from graph.persons.forgetting import variants
from graph.questions.paths import explained_paths
from graph.store import open_store
from graph.store.base import Store
from graph.versions import lineage
from graph.versions.anchors import anchor_of
from ontology import load
from tests.conftest import wipe
from tests.dumps import answers
from tests.fragments import build

ACTOR = Actor("facilitatrice")
KEY = "0f" * 16  # the same on both sides, so that what is kept of a forgotten name is too
PEOPLE = ("Ida Lorrain", "Noé Baptiste")
EMPLOYERS = ("", "Foyer rural", "Maison des jeunes")
NAMES = (
    *("forêt", "forêts|forêt", "école", "cantine", "Cantines|cantine", "vélo", "vélo route", "cœur de bourg"),
    *("`) DETACH DELETE n //", "' OR 1=1 --", 'dit "oui"', "$ids {id: 1}", "\\u0027) RETURN 1", "a\tb\u0007c"),
    *("\uff21lphabet", "\U0001f333 arbre", "l’eau", "eau (AND", "42", "!!!", "e" * 300, "e" * 260 + "f"),
)
KINDS = tuple(kind for kind, spec in load().kinds.items() if spec.role != "text")
ASKED_KINDS = (
    *((), ("theme",), ("person", "organisation"), ("passage",), ("theme", "passage"), ("theme", "person", "proposal")),
    *(("proposal", "question", "finding"), ("nonsense",), KINDS),
)
QUERIES = (
    *("forêt", "FORETS", "la forêt", "can", "cantine école", "velo", "coeur", "eau (AND", "* OR stems:a", '"', "ida"),
    *("parlons", "4", "e", "e" * 240, "e" * 300, "e" * 260 + "f", "detach", "arbre", "point", ""),
)
MEETINGS = ("", "Atelier de mars", "Atelier d’octobre")
DATES = ("", "2031-03-14", "2031-10-03")
FILTERS = (
    *(Filter(), Filter(), Filter(meeting=MEETINGS[1]), Filter(since="2031-03-15"), Filter(until="2031-12-31")),
    *(Filter(visibility=Visibility.PUBLISHED), Filter(meeting="jamais"), Filter(source="source:0")),
    *(Filter(document="source:0"), Filter(document="rien")),
    *(Filter(confirmed=True), Filter(confirmed=True), Filter(confirmed=True, meeting=MEETINGS[1])),
)
LABELS = ("Se déplacer", "forêt", "`) DETACH DELETE n //", "A", "\U0001f333", "e" * 290)


def _edited(lines: list[str], edit: int) -> list[str]:
    """The lines as another version of the document has them."""
    if edit == 1:
        return ["Relu en séance.", *lines]
    if edit == 2:
        return list(reversed(lines))
    if edit == 3:
        return [line.replace("Parlons de", "Parlons encore de") for line in lines]
    return lines[:-1] or lines if edit == 4 else lines


def _source(number: int, version: int, edit: int = 0) -> Fragment:
    """One of a dozen sources, as one version of the rules reads it; edited, it is another version of its document."""
    random = Random(number)
    lines = []
    for line in range(random.randint(1, 5)):
        said = " et ".join(f"[theme:{name}]" for name in random.sample(NAMES, random.randint(1, 4)))
        who = f" selon [person:{random.choice(PEOPLE)}]" if random.random() < 0.5 else ""
        where = " avec la [organisation:mairie]" if random.random() < 0.4 else ""
        start = random.choice(("", "", "question> ", "proposal> ", "finding> "))
        lines.append(f"{start}Parlons de {said}{who}{where}, point {number} {line}.")
    organisation = {name: random.choice(EMPLOYERS) for name in PEOPLE}
    fragment = build(
        f"s{number}.txt" if not edit else f"s{number}-{edit}.txt",
        "\n".join(_edited(lines, edit)),
        keys=PEOPLE,
        organisation=organisation,
        rule=f"tests.agreement@{version}",
        meeting=random.choice(MEETINGS),
        date=random.choice(DATES),
        visibility=random.choice(tuple(Visibility)),
        document=f"document:{number % 3}",
    )
    return _richer(fragment, random, version)


def _richer(fragment: Fragment, random: Random, version: int) -> Fragment:
    """A passage around all others, evidence of several degrees, relations among themes and passages."""
    text = fragment.source.text
    around = Passage(f"passage:all-{fragment.source.name}", 50, "section", 0, len(text), text[:20])
    passages = tuple(replace(p, parent=around.id, level=1) for p in fragment.passages)
    nodes = tuple(
        replace(n, evidence=tuple(replace(e, confidence=random.choice((0.3, 0.5, 1.0))) for e in n.evidence))
        for n in fragment.nodes
    )
    proof = Evidence(0, len(text) - 1, text[:-1], f"tests.agreement@{version}", 0.5)
    themes = [n.id for n in nodes if n.kind == "theme"]
    more = [Relation(a, "broader", themes[0], (proof,)) for a in themes[1:3]]
    if len(passages) > 1:
        more.append(Relation(passages[0].id, "related", passages[1].id, (proof,), {"label": "voir aussi"}))
        more.append(Relation(passages[0].id, "mentions", themes[0], (proof,)))
    if len(themes) > 1:
        more.append(Relation(themes[0], "related", themes[1], (proof,), {"label": random.choice(("", "voir", "où"))}))
    return replace(fragment, passages=(around, *passages), nodes=nodes, relations=(*fragment.relations, *more))


def _told(act: Callable[[], object]) -> tuple[str, object]:
    """What an act answers, or how it is refused."""
    try:
        return "answers", act()
    except MaillageError as error:
        return type(error).__name__, str(error)


def _plain(decision: Decision) -> Decision:
    """A decision without what differs by nature: an undo is named and dated by the store that takes it."""
    return replace(decision, id="", at="") if decision.kind == "undo" else decision


class _Asked:
    """A store that is asked what a decision would say, and takes none."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def decide(self, decision: Decision, **_: object) -> Decision:
        return decision


class Agreement(RuleBasedStateMachine):
    """The same acts on both stores; every rule asserts equal answers."""

    address: str
    folder: Path
    runs = 0

    @initialize()
    def start(self) -> None:
        type(self).runs += 1
        wipe(self.address)
        self.one: Store = open_store(self.address)
        self.other: Store = open_store(f"sqlite:///{self.folder / f'run{self.runs}.db'}")

    def teardown(self) -> None:
        if hasattr(self, "other"):
            assert answers(self.one) == answers(self.other)
            self._proven()
            self.one.close()
            self.other.close()

    def _same(self, ask: Callable[[Store], object]) -> Any:
        one, other = (_told(lambda store=store: ask(store)) for store in (self.one, self.other))  # type: ignore[misc]
        assert one == other
        return one[1] if one[0] == "answers" else None

    def _any(self, number: int) -> str:
        things = self.other.rows(KINDS, limit=500)
        members = [member for thing in things for member in thing.members]
        return members[number % len(members)] if members else "theme:0"

    # --- acts --------------------------------------------------------------------------------------------------------

    @rule(number=st.integers(0, 11), version=st.integers(1, 2))
    def write(self, number: int, version: int) -> None:
        fragment = _source(number, version)
        self._same(lambda store: store.write(fragment, ACTOR))

    @rule(number=st.integers(0, 5))
    def write_more(self, number: int) -> None:
        for at in (number, number + 3, number + 6):
            self._same(lambda store, at=at: store.write(_source(at, 1), ACTOR))  # type: ignore[misc]

    @rule(number=st.integers(0, 11), edit=st.integers(1, 4))
    def write_another_version(self, number: int, edit: int) -> None:
        self._same(lambda store: store.write(_source(number, 1, edit), ACTOR))
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
                assert [_plain(d) for d in third.decisions()] == [_plain(d) for d in store.decisions()]
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

    @rule(number=st.integers(0, 11), edit=st.integers(0, 4), field=st.sampled_from(FIELDS), n=st.integers(0, 5))
    def describe(self, number: int, edit: int, field: str, n: int) -> None:
        source = self._named(number, edit)
        said = ("2031-03", "2031-10-04")[n % 2] if field == "date" else ("", "Conseil", "Ida Lorrain", *NAMES)[n]
        self._take(lambda store: actions.describe(store, ACTOR, source, {field: said}))

    @rule(
        number=st.integers(0, 11), edit=st.integers(0, 4), at=st.integers(0, 80), kind=st.sampled_from(KINDS),
        label=st.sampled_from(("", *LABELS, *PEOPLE)),
    )  # fmt: skip
    def add(self, number: int, edit: int, at: int, kind: str, label: str) -> None:
        source = self._named(number, edit)
        self._take(lambda store: text_actions.add(store, ACTOR, source, (at, at + 9), kind, label))

    @rule(
        act=st.sampled_from(("indent", "outdent", "confirm_place", "move", "fuse", "cut")),
        number=st.integers(0, 11), edit=st.integers(0, 4), at=st.integers(0, 5), where=st.integers(0, 5),
    )  # fmt: skip
    def change_the_tree(self, act: str, number: int, edit: int, at: int, where: int) -> None:
        told = _told(lambda: self.other.passages(self._named(number, edit)))[1]
        blocks = [p.id for p in told] if isinstance(told, list) else []
        if blocks:
            block, other = blocks[at % len(blocks)], blocks[where % len(blocks)]
            verb = getattr(text_actions, act)
            given = {"move": (other,), "fuse": (other,), "cut": (where,)}.get(act, ())
            self._take(lambda store: verb(store, ACTOR, block, *given))

    def _named(self, number: int, edit: int) -> str:
        """The id of one of the sources; that of none where it is not there."""
        name = f"s{number}-{edit}.txt" if edit else f"s{number}.txt"
        return next((info.id for info in self.other.sources() if info.name == name), name)

    def _take(self, act: Callable[[Store], Decision]) -> None:
        """An act as pages do it, under one id and date on both sides; what it says is read from each store."""
        both = [_told(lambda store=store: act(cast(Store, _Asked(store)))) for store in (self.one, self.other)]  # type: ignore[misc]
        one, other = (replace(said, id="", at="") if isinstance(said, Decision) else said for _, said in both)
        assert one == other
        if isinstance(other, Decision):
            self.taken = getattr(self, "taken", 0) + 1
            decision = replace(other, id=f"d{self.taken}", at="2031-01-01")
            self._same(lambda store: store.decide(decision))

    @rule(number=st.integers(1, 24))
    def undo(self, number: int) -> None:
        self._same(lambda store: _plain(store.undo(f"d{number}", ACTOR)))

    @rule(numbers=st.lists(st.integers(0, 11), min_size=1, max_size=3), visibility=st.sampled_from(tuple(Visibility)))
    def show(self, numbers: list[int], visibility: Visibility) -> None:
        self._same(lambda store: store.set_visibility([f"s{n}.txt" for n in numbers], visibility, ACTOR))

    @rule(number=st.integers(0, 11), edit=st.integers(0, 4), said=st.sampled_from(("Conseil", "Noé Baptiste")))
    def joined(self, number: int, edit: int, said: str) -> None:
        """What was imported, corrected and undone apart comes to both from one store."""
        self.joins = getattr(self, "joins", 0) + 1
        third = open_store(f"sqlite:///{self.folder / f'apart{self.runs}-{self.joins}.db'}")
        try:
            third.write(_source(number, 1, edit), ACTOR)
            source = third.sources()[0].id
            taken = actions.describe(third, ACTOR, source, {"meeting": said, "place": said})
            actions.rename(third, ACTOR, third.rows(KINDS)[0].id, f"{said} {number}")
            actions.describe(third, ACTOR, source, {"meeting": f"{said} encore"})
            actions.undo(third, ACTOR, taken.id)
            self._same(lambda store: copy(third, store, ACTOR))
        finally:
            third.close()

    # --- questions ---------------------------------------------------------------------------------------------------

    @invariant()
    def counts_and_log_agree(self) -> None:
        if hasattr(self, "one"):
            self._same(lambda store: store.counts())
            self._same(lambda store: [_plain(d) for d in store.decisions()])

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

    def _proven(self) -> None:
        one, other = self.one.verify(), self.other.verify()
        assert one.problems == other.problems == ()
        assert set(one.checked) == set(other.checked)
        assert {k: n for k, n in one.checked.items() if k != "tables"} == {
            k: n for k, n in other.checked.items() if k != "tables"
        }


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
