"""What is done to two stores at once, and what people say of a source there: the sources, and a machine to build on.

The pool of sources is made to hurt: labels that are Cypher, quotes, control characters, letters on both sides of the
order of UTF-16, hubs, merges and rivals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from graph import actions, text_actions
from graph.copy import copy
from graph.decided.described import FIELDS
from graph.errors import MaillageError
from graph.model import Actor, Decision, Evidence, Fragment, Passage, Relation, Visibility
from graph.store import open_store
from graph.store.base import Store
from ontology import load
from tests.conftest import wipe
from tests.dumps import answers
from tests.fragments import build

ACTOR = Actor("facilitatrice")
PEOPLE = ("Ida Lorrain", "Noé Baptiste")
EMPLOYERS = ("", "Foyer rural", "Maison des jeunes")
NAMES = (
    *("forêt", "forêts|forêt", "école", "cantine", "Cantines|cantine", "vélo", "vélo route", "cœur de bourg"),
    *("`) DETACH DELETE n //", "' OR 1=1 --", 'dit "oui"', "$ids {id: 1}", "\\u0027) RETURN 1", "a\tb\u0007c"),
    *("\uff21lphabet", "\U0001f333 arbre", "l’eau", "eau (AND", "42", "!!!", "e" * 300, "e" * 260 + "f"),
)
KINDS = tuple(kind for kind, spec in load().kinds.items() if spec.role != "text")
MEETINGS = ("", "Atelier de mars", "Atelier d’octobre")
DATES = ("", "2031-03-14", "2031-10-03")
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


def source_of(number: int, version: int, edit: int = 0) -> Fragment:
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


def plain(decision: Decision) -> Decision:
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


class SaidOfSources(RuleBasedStateMachine):
    """Two stores, and what people say of the sources of both; every rule asserts equal answers."""

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

    def _proven(self) -> None:
        one, other = self.one.verify(), self.other.verify()
        assert one.problems == other.problems == ()
        assert set(one.checked) == set(other.checked)
        assert {k: n for k, n in one.checked.items() if k != "tables"} == {
            k: n for k, n in other.checked.items() if k != "tables"
        }

    # --- acts ---------------------------------------------------------------------------------------------------------

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

    @rule(number=st.integers(0, 11), edit=st.integers(0, 4), said=st.sampled_from(("Conseil", "Noé Baptiste")))
    def joined(self, number: int, edit: int, said: str) -> None:
        """What was imported, corrected and undone apart comes to both from one store."""
        self.joins = getattr(self, "joins", 0) + 1
        third = open_store(f"sqlite:///{self.folder / f'apart{self.runs}-{self.joins}.db'}")
        try:
            third.write(source_of(number, 1, edit), ACTOR)
            source = third.sources()[0].id
            taken = actions.describe(third, ACTOR, source, {"meeting": said, "place": said})
            actions.rename(third, ACTOR, third.rows(KINDS)[0].id, f"{said} {number}")
            actions.describe(third, ACTOR, source, {"meeting": f"{said} encore"})
            actions.undo(third, ACTOR, taken.id)
            self._same(lambda store: copy(third, store, ACTOR))
        finally:
            third.close()
