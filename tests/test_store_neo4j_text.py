"""Hostile text on both stores: Cypher, control characters, a million letters, halves of surrogate pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.errors import StoreError
from graph.model import Actor, Fragment
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import build, spring

HOSTILE = {
    "cypher": "x'}) DETACH DELETE (n) //",
    "backtick": "`) MATCH (n) DETACH DELETE n //",
    "parameter": "$rows",
    "nul": "a\x00b",
    "a long text": "é vélo " * 10_000,
    "one long word": "mot " + "x" * 40_000,
}


def _naming(text: str) -> Fragment:
    """A fragment where a source, a node and a passage bear a text in every field that takes one."""
    one = build("hostile.txt", "Le [theme:vélo] à la [organisation:mairie]", title=text, meeting=text, place=text)
    nodes = tuple(
        replace(n, label=text, aliases=(text + "2",), attributes={"organisation": text}, merge_key=text)
        for n in one.nodes
    )
    passages = tuple(replace(p, label=text, place=text, attributes={text: text}) for p in one.passages)
    return replace(one, source=replace(one.source, name=text, ledger={text: text}), nodes=nodes, passages=passages)


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_text(new_store: Callable[[], Store], facilitator: Actor, case: str) -> None:
    store, file = new_store(), new_store()
    for one in (store, file):
        one.write(_naming(HOSTILE[case]), facilitator)
        one.write(spring(), facilitator)
    assert answers(store) == answers(file)
    for asked in (HOSTILE[case], HOSTILE[case][:1000], "mobilité", "x" * 300):
        assert store.search(asked) == file.search(asked)
    assert store.verify().problems == ()
    assert store.remove(HOSTILE[case], facilitator) == file.remove(HOSTILE[case], facilitator)
    assert answers(store) == answers(file)


def test_a_label_and_a_name_of_a_million_characters_are_kept(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    store, file = new_store(), new_store()
    one, text = spring(), "é" * 1_000_000
    one = replace(
        one,
        source=replace(one.source, name=text),
        nodes=(replace(one.nodes[0], label=text, merge_key=text), *one.nodes[1:]),
        passages=(replace(one.passages[0], label=text), *one.passages[1:]),
    )
    for each in (store, file):
        each.write(one, facilitator)
        assert each.get(one.nodes[0].id).label == text  # type: ignore[union-attr]
    assert store.search("é" * 900_000) == file.search("é" * 900_000) != []
    assert store.sources()[0].name == text
    assert store.verify().problems == ()


@pytest.mark.parametrize("verb", ["get", "neighbours", "evidence", "source", "passages", "mentions", "passage", "job"])
def test_half_a_surrogate_pair_is_told_in_one_line(fresh_store: Store, verb: str) -> None:
    with pytest.raises(StoreError, match="surrogate"):
        getattr(fresh_store, verb)("\ud800")


@pytest.mark.parametrize("where", ["label", "alias", "key", "id", "passage", "name"])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(
    fresh_store: Store, facilitator: Actor, where: str
) -> None:
    one, bad = spring(), "\ud800"
    changes: dict[str, dict[str, object]] = {
        "label": {"label": bad}, "alias": {"aliases": (bad,)}, "key": {"merge_key": bad}, "id": {"id": bad},
    }  # fmt: skip
    if where in changes:
        one = replace(one, nodes=(*one.nodes[1:], replace(one.nodes[0], **changes[where])), relations=())  # type: ignore[arg-type]
    elif where == "passage":
        one = replace(one, passages=(replace(one.passages[0], label=bad), *one.passages[1:]))
    else:
        one = replace(one, source=replace(one.source, name=bad))
    with pytest.raises(Exception, match="surrogate") as told:
        fresh_store.write(one, facilitator)
    assert type(told.value).__name__ == "EvidenceError"
    assert fresh_store.sources() == []
