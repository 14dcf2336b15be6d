"""Random sequences of writes, removals, corrections and undoings: the store is always what its sources and log say.

The same sequence ends in the same graph as importing what is left in another order and taking the decisions again.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from graph import actions
from graph.model import Actor, Decision, Fragment
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import build

PEOPLE = ("Ida Lorrain", "Noé Baptiste", "Maud Ferrand")
THEMES = ("forêt", "les forêts|forêt", "école", "cantine", "Cantines|cantine", "rivière", "marché")
EMPLOYERS = ("", "", "Foyer rural", "le foyer rural", "Maison des jeunes")
STEPS = 20
ACTOR = Actor("facilitatrice")


def _source(random: Random, number: int) -> Fragment:
    lines = []
    for _ in range(random.randint(1, 4)):
        said = " et ".join(f"[theme:{theme}]" for theme in random.sample(THEMES, random.randint(1, 3)))
        who = f" selon [person:{random.choice(PEOPLE)}]" if random.random() < 0.5 else ""
        lines.append(f"{'question> ' if random.random() < 0.4 else ''}Parlons de {said}{who}, point {number}.")
    organisation = {name: random.choice(EMPLOYERS) for name in PEOPLE}
    rule = f"tests.random@{random.randint(1, 2)}"
    return build(f"s{number}.txt", "\n".join(lines), keys=PEOPLE, organisation=organisation, rule=rule)


def _any_thing(store: Store, random: Random) -> str:
    things = store.rows(["theme", "person", "question"], limit=1000)
    return random.choice(things).id if things else ""


def _step(store: Store, random: Random, pool: list[Fragment], present: set[str], step: int) -> None:
    act, fragment = (
        random.choice(["write", "write", "write", "remove", "rename", "reject", "undo"]),
        random.choice(pool),
    )
    if act == "write":
        store.write(fragment, ACTOR)
        present.add(fragment.source.id)
    elif act == "remove" and fragment.source.id in present:
        store.remove(fragment.source.id, ACTOR)
        present.remove(fragment.source.id)
    elif act == "rename" and (thing := _any_thing(store, random)):
        actions.rename(store, ACTOR, thing, f"Nom {step}")
    elif act == "reject" and (thing := _any_thing(store, random)):
        actions.reject(store, ACTOR, thing)
    elif act == "undo" and (active := [d for d in store.decisions() if d.kind != "undo" and d.state != "undone"]):
        actions.undo(store, ACTOR, random.choice(active).id)


def _replayed(store: Store, pool: list[Fragment], present: set[str], log: list[Decision]) -> bool:
    """All sources, then the decisions in force, then the removals; False where a decision cannot be taken afresh,

    because with all sources there its thing is part of one that an earlier decision rejects.
    """
    for fragment in reversed(pool):
        store.write(fragment, ACTOR)
    for decision in log:
        if not store.get(decision.target):
            return False
        store.decide(decision)
    for fragment in pool:
        if fragment.source.id not in present:
            store.remove(fragment.source.id, ACTOR)
    return True


def test_random_sequences_end_in_the_graph_of_what_is_left(new_store: Callable[[], Store]) -> None:
    compared = 0
    for seed in range(12):
        random, store = Random(seed), new_store()
        pool = [_source(Random(seed * 100 + n), n) for n in range(6)]
        present: set[str] = set()
        for step in range(STEPS):
            _step(store, random, pool, present, step)
            assert store.verify().problems == (), f"seed {seed}, step {step}"
        again = new_store()
        log = [d for d in store.decisions() if d.kind != "undo" and d.state != "undone"]
        if _replayed(again, pool, present, log):
            compared += 1
            assert answers(again) == answers(store), f"seed {seed}"
            assert again.verify().problems == ()
    assert compared >= 6
