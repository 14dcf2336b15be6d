"""Explained paths and surroundings, on every store; paths also against an exhaustive search."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from math import log
from random import Random

import pytest

from graph.errors import NotFound
from graph.model import Actor, Evidence, Filter, Fragment, Node, Passage, Relation, Source, make_id
from graph.questions.neighbourhood import opening, surroundings
from graph.questions.paths import explained_paths
from graph.store.base import Store
from tests.fragments import RULE, autumn, build, spring


def web(edges: str, kinds: dict[str, str] | None = None, name: str = "toile.txt") -> Fragment:
    """One sentence per pair of letters: ``"ab bc"`` links a-b and b-c by a shared passage."""
    text, passages = "", []
    said: dict[str, list[Evidence]] = {}
    for number, pair in enumerate(edges.split()):
        start = len(text)
        text += " et ".join(pair)
        for place, letter in enumerate(pair):
            at = start + place * 5
            said.setdefault(letter, []).append(Evidence(at, at + 1, letter, RULE))
        passages.append(Passage(f"passage:{name}{number}", number, "sentence", start, len(text), text[start:]))
        text += "\n"
    nodes = tuple(Node(f"n:{c}", (kinds or {}).get(c, "theme"), c, tuple(found)) for c, found in said.items())
    source = Source(make_id("source", text), "document:toile", name, make_id("sha", text), "txt", text)
    return Fragment(source, tuple(passages), nodes)


def _names(paths: list[object]) -> list[str]:
    return ["".join(node.label for node in path.nodes) for path in paths]  # type: ignore[attr-defined]


def test_a_hub_explains_less_than_a_quiet_thing(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ah hb aq qb hc hd he hf hg"), facilitator)
    found = explained_paths(fresh_store, "n:a", "n:b")
    assert _names(found) == ["aqb", "ahb"]  # type: ignore[arg-type]
    assert found[0].cost == pytest.approx(1 + log(2) + 1 + log(2), abs=1e-6)
    assert found[1].cost == pytest.approx(1 + log(7) + 1 + log(2), abs=1e-6)


def test_ties_are_settled_by_ids(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ad db ac cb ae eb"), facilitator)
    assert _names(explained_paths(fresh_store, "n:a", "n:b", k=2)) == ["acb", "adb"]  # type: ignore[arg-type]


def test_a_direct_link_is_a_path_without_inner_things(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab ac cb"), facilitator)
    assert _names(explained_paths(fresh_store, "n:a", "n:b")) == ["ab", "acb"]  # type: ignore[arg-type]


def test_where_there_is_none_the_answer_is_empty(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab cd"), facilitator)
    assert explained_paths(fresh_store, "n:a", "n:c") == []
    assert explained_paths(fresh_store, "n:a", "n:a") == []
    with pytest.raises(NotFound):
        explained_paths(fresh_store, "n:a", "n:z")


def test_being_in_one_document_is_no_link(fresh_store: Store, facilitator: Actor) -> None:
    fragment = web("ab cd")
    whole = Passage("passage:whole", 99, "section", 0, len(fragment.source.text), "tout")
    both = Fragment(fragment.source, (whole, *fragment.passages), fragment.nodes)
    fresh_store.write(both, facilitator)
    assert explained_paths(fresh_store, "n:a", "n:c") == []


def test_events_and_votes_are_ends_but_never_inside(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ae eb av vb", {"e": "event", "v": "vote"}), facilitator)
    assert explained_paths(fresh_store, "n:a", "n:b") == []
    assert _names(explained_paths(fresh_store, "n:a", "n:e")) == ["ae"]  # type: ignore[arg-type]


def test_the_same_words_in_two_sources_are_one_path(fresh_store: Store, facilitator: Actor) -> None:
    for name in ("a.txt", "b.txt"):
        lines = "proposal> [theme:cour] ouverte sur le [theme:parc]\nquestion> Où, [theme:cour] ou [theme:parc] ?"
        fresh_store.write(build(name, f"Carte {name}\n{lines}"), facilitator)
    themes = {t.label: t.id for t in fresh_store.rows(["theme"])}
    found = explained_paths(fresh_store, themes["cour"], themes["parc"], k=5)
    inner = [[n.label for n in p.nodes[1:-1]] for p in found]
    assert inner[0] == []
    assert len({tuple(sorted(labels)) for labels in inner}) == len(inner)
    assert fresh_store.count_rows(["proposal"]) == 2


def test_the_number_of_hops_is_bounded(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab bc cd de ef fg"), facilitator)
    assert _names(explained_paths(fresh_store, "n:a", "n:f")) == ["abcdef"]  # type: ignore[arg-type]
    assert explained_paths(fresh_store, "n:a", "n:g") == []
    assert _names(explained_paths(fresh_store, "n:a", "n:g", max_hops=6)) == ["abcdefg"]  # type: ignore[arg-type]


def test_a_rejected_thing_explains_nothing(fresh_store: Store, facilitator: Actor) -> None:
    from graph import actions

    fresh_store.write(web("ac cb"), facilitator)
    actions.reject(fresh_store, facilitator, "n:c")
    assert explained_paths(fresh_store, "n:a", "n:b") == []


def test_every_hop_has_its_sentence_and_a_stated_relation_comes_first(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    themes = {t.label: t.id for t in fresh_store.rows(["theme"])}
    texts = {s.id: fresh_store.source(s.id).text for s in fresh_store.sources()}
    found = explained_paths(fresh_store, themes["cantine"], themes["logement"], k=5)
    assert found
    assert [p.cost for p in found] == sorted(p.cost for p in found)
    for path in found:
        assert [(h.from_id, h.to_id) for h in path.hops] == [(x.id, y.id) for x, y in pairwise(path.nodes)]
        assert all(texts[h.source][h.start : h.end] == h.quote for h in path.hops)
    assert len({frozenset(n.id for n in p.nodes[1:-1]) for p in found}) == len(found)
    question = fresh_store.rows(["question"])[0]
    (first, *_) = explained_paths(fresh_store, question.id, themes["cantine"])
    assert [h.type for h in first.hops] == ["about"]


def test_paths_follow_the_filter(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    themes = {t.label: t.id for t in fresh_store.rows(["theme"])}
    march = Filter(meeting="Atelier de mars")
    assert explained_paths(fresh_store, themes["cantine"], themes["logement"], where=march) == []
    assert explained_paths(fresh_store, themes["pédibus"], themes["logement"], where=march)


def _exhaustive(edges: set[tuple[str, str]], a: str, b: str, k: int, max_hops: int) -> list[float]:
    near: dict[str, set[str]] = {}
    for one, other in edges:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    inner = sorted(set(near) - {a, b})
    best: dict[frozenset[str], float] = {}
    for size in range(max_hops):
        for between in permutations(inner, size):
            trail = (a, *between, b)
            if all(y in near.get(x, ()) for x, y in pairwise(trail)):
                cost = sum(1 + log(len(near[y])) for y in trail[1:])
                best[frozenset(between)] = min(cost, best.get(frozenset(between), cost))
    return sorted(best.values())[:k]


def _drawn(random: Random) -> set[tuple[str, str]]:
    """Pairs of letters, a and b never together but each with another."""
    draws = ({pair for pair in combinations("abcdefgh", 2) if random.random() < 0.35} for _ in range(50))
    return next(
        d - {("a", "b")} for d in draws if {"a", "b"} <= {letter for pair in d - {("a", "b")} for letter in pair}
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_paths_are_those_of_an_exhaustive_search(
    fresh_store: Store, facilitator: Actor, seed: int
) -> None:
    edges = _drawn(Random(seed))
    fresh_store.write(web(" ".join(x + y for x, y in sorted(edges))), facilitator)
    found = explained_paths(fresh_store, "n:a", "n:b", k=5, max_hops=4)
    expected = _exhaustive(edges, "a", "b", 5, 4)
    assert [p.cost for p in found] == pytest.approx(expected, abs=1e-6)


# --- surroundings -----------------------------------------------------------------------------------------------------


def test_surroundings_grow_ring_by_ring(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab bc cd de"), facilitator)
    shown = [[t.label for t in surroundings(fresh_store, ["n:a"], depth).things] for depth in (1, 2, 3)]
    assert shown == [["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]]
    assert surroundings(fresh_store, ["n:a"], 2).hidden == {"n:a": 0, "n:b": 0, "n:c": 1}


def test_surroundings_take_the_strongest_and_never_exceed_the_limit(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab ab ab ac ac ad ae bc"), facilitator)
    found = surroundings(fresh_store, ["n:a"], 3, limit=3)
    assert [t.label for t in found.things] == ["a", "b", "c"]
    assert [(n.a, n.b, n.passages) for n in found.links] == [("n:a", "n:b", 3), ("n:a", "n:c", 2), ("n:b", "n:c", 1)]
    assert found.hidden == {"n:a": 2, "n:b": 0, "n:c": 0}
    firm = surroundings(fresh_store, ["n:a"], min_passages=2)
    assert [t.label for t in firm.things] == ["a", "b", "c"]
    assert [n.passages for n in firm.links] == [3, 2]
    assert found == surroundings(fresh_store, ["n:a"], 3, limit=3)


def test_kinds_choose_what_is_added_and_unknown_centres_are_passed_over(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(web("ab ap", {"p": "person"}), facilitator)
    assert [t.label for t in surroundings(fresh_store, ["n:a", "n:?"], kinds=["person"]).things] == ["a", "p"]
    assert surroundings(fresh_store, ["n:?"]).things == ()


@pytest.mark.long_on_a_server
def test_no_picture_holds_more_than_five_hundred_things(fresh_store: Store, facilitator: Actor) -> None:
    lines = "\n".join(f"Le [theme:centre] et le [theme:sujet {n}]" for n in range(620))
    fresh_store.write(build("vaste.txt", lines), facilitator)
    centre = fresh_store.search("centre", ["theme"])[0].id
    found = surroundings(fresh_store, [centre], 3, limit=10_000)
    assert (len(found.things), found.hidden[centre]) == (500, 121)


def test_the_opening_shows_themes_with_most_sources_and_what_joins_them(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    found = opening(fresh_store, limit=10)
    assert [t.label for t in found.things[:4]] == ["mobilité", "pédibus", "cantine", "logement"]
    assert len(found.things) <= 10
    themes = {t.id for t in found.things if t.kind == "theme"}
    for thing in found.things[4:]:
        joined = {n.a if n.b == thing.id else n.b for n in found.links if thing.id in (n.a, n.b)}
        assert len(joined & themes) >= 2
    assert opening(fresh_store, Filter(meeting="aucune")).things == ()


def test_relations_between_passages_do_not_enter_pictures(fresh_store: Store, facilitator: Actor) -> None:
    fragment = web("ab cd")
    proof = fragment.nodes[0].evidence[0]
    first, second = fragment.passages
    cross = Relation(first.id, "related", second.id, (proof,), {"label": "renvoie à"})
    fresh_store.write(Fragment(fragment.source, fragment.passages, fragment.nodes, (cross,)), facilitator)
    assert fresh_store.counts()["relations"]["related"] == 1  # type: ignore[index]
    assert [n.b for n in fresh_store.neighbours("n:a")] == ["n:b"]
    assert fresh_store.verify().ok
