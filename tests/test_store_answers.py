"""Questions to a store: things, links, search, sources; on every store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.errors import NotFound
from graph.model import Actor, Filter, Job, Link, Visibility
from graph.store.base import Store
from tests.fragments import autumn, build, spring


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    """Both workshops."""
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    return fresh_store


def _id(store: Store, label: str, kind: str = "theme") -> str:
    return next(t.id for t in store.rows([kind], limit=1000) if t.label == label)


def _labels(store: Store, ids: list[str]) -> list[str]:
    found = store.things(ids)
    return [found[id_].label for id_ in ids]


# --- things -----------------------------------------------------------------------------------------------------------


def test_rows_come_by_sources_then_evidence_then_label(valley: Store) -> None:
    found = [(t.label, t.source_count, t.evidence_count) for t in valley.rows(["theme"])]
    assert found == [("mobilité", 2, 4), ("pédibus", 2, 3), ("cantine", 1, 2), ("logement", 1, 2)]
    assert [t.label for t in valley.rows(["theme"], limit=2, offset=1)] == ["pédibus", "cantine"]
    assert valley.count_rows(["theme"]) == 4
    assert valley.count_rows(["theme"], min_evidence=3) == len(valley.rows(["theme"], min_evidence=3)) == 2


def test_rows_may_be_those_with_an_attribute_only(fresh_store: Store, facilitator: Actor) -> None:
    kind = ("kind", "besoin « pressant »")
    plain = build(
        "mars.txt", "On veut [proposal:un banc], [proposal:un arbre], [proposal:un abri] et [proposal:un puits]."
    )
    said = {"un banc": dict([kind]), "un arbre": {"kind": "autre"}, "un abri": {"within": dict([kind])}}
    nodes = tuple(replace(node, attributes=said.get(node.label, dict([kind]))) for node in plain.nodes)
    fresh_store.write(replace(plain, nodes=nodes), facilitator)
    for where in (Filter(), Filter(source=plain.source.id)):
        found = fresh_store.rows(["proposal"], where, attribute=kind)
        assert [thing.label for thing in found] == ["un banc", "un puits"]
        assert found == [thing for thing in fresh_store.rows(["proposal"], where) if thing in found]
        first = fresh_store.rows(["proposal"], where, limit=1, offset=3, attribute=kind)  # of the fourth row alone
        assert [thing.label for thing in first] == ["un puits"]
    assert not fresh_store.rows(["proposal"], limit=1, attribute=kind)  # « un abri » is the first row


def test_counts_in_rows_are_within_the_filter(valley: Store) -> None:
    within = Filter(meeting="Atelier d’octobre")
    assert [(t.label, t.evidence_count) for t in valley.rows(["theme"], within)] == [
        ("cantine", 2),
        ("pédibus", 2),
        ("mobilité", 1),
    ]
    assert valley.count_rows(["theme"], within) == 3


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (Filter(), ["mars.txt", "octobre.txt"]),
        (Filter(since="2031-03-14", until="2031-03-14"), ["mars.txt"]),
        (Filter(since="2031-03-15"), ["octobre.txt"]),
        (Filter(until="2031-03-13"), []),
        (Filter(visibility=Visibility.PUBLISHED), ["octobre.txt"]),
        (Filter(meeting="Atelier de mars", since="2031-04-01"), []),
        (Filter(meeting="' OR 1=1 --"), []),
    ],
)
def test_every_filter_narrows_sources_and_what_they_say(valley: Store, where: Filter, names: list[str]) -> None:
    infos = valley.sources(where)
    assert [s.name for s in infos] == names
    said = {m.node for s in infos for m in valley.mentions(s.id)}
    kinds = ["theme", "person", "organisation", "territory", "group", "proposal", "finding", "question"]
    assert {t.id for t in valley.rows(kinds, where)} == said


def test_a_source_without_a_date_is_outside_any_span_of_dates(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(build("sans-date.txt", "La [theme:forêt]"), facilitator)
    assert fresh_store.sources(Filter(since="0001-01-01")) == []
    assert fresh_store.sources(Filter(until="9999-12-31")) == []


def test_what_is_not_there_answers_none(valley: Store) -> None:
    assert valley.get("theme:0") is None
    assert valley.things(["theme:0"]) == {}
    assert valley.evidence("theme:0") == []
    assert valley.neighbours("theme:0") == []
    assert valley.why("theme:0", _id(valley, "pédibus")) == []
    assert valley.passage("passage:0") is None
    for ask in (valley.source, valley.passages, valley.mentions):
        with pytest.raises(NotFound):
            ask("rien")


def test_evidence_comes_by_date_then_position_and_quotes_the_text(valley: Store) -> None:
    said = valley.evidence(_id(valley, "mobilité"))
    texts = {s.id: valley.source(s.id).text for s in valley.sources()}
    assert [m.quote for m in said] == ["mobilité", "mobilité", "mobilité", "mobilités"]
    assert all(texts[m.source][m.start : m.end] == m.quote for m in said)
    assert len(valley.evidence(_id(valley, "mobilité"), limit=2)) == 2
    last = said[-1].source
    assert len(valley.evidence(_id(valley, "mobilité"), Filter(source=last))) == 1
    document = next(s.document for s in valley.sources() if s.id == last)
    assert [s.id for s in valley.sources(Filter(document=document))] == [last]


def test_a_passage_is_found_by_its_id(valley: Store) -> None:
    source = valley.sources()[0].id
    third = valley.passages(source)[2]
    assert valley.passage(third.id) == (source, third)


def test_sources_say_what_they_brought(valley: Store) -> None:
    march = valley.sources()[0]
    assert march.counts == {
        "finding": 1, "group": 1, "organisation": 2, "person": 1, "proposal": 1, "territory": 1, "theme": 3,
    }  # fmt: skip
    assert (march.passages, march.chars) == (5, len(spring().source.text))
    assert march.imported_by == "facilitatrice"


# --- links ------------------------------------------------------------------------------------------------------------


def test_things_are_linked_by_shared_passages_and_stated_relations(valley: Store) -> None:
    found = {valley.get(n.b).label: n for n in valley.neighbours(_id(valley, "pédibus"))}  # type: ignore[union-attr]
    assert found["mobilité"].passages == 2
    assert found["mobilité"].types == ()
    question = found["Comment financer le pédibus et la cantine ?"]
    assert (question.types, question.passages) == (("-about",), 1)  # the passage that states it and is shared: one
    assert "Saint-Aubrac" not in found


def test_neighbours_are_strongest_first_and_bounded(valley: Store) -> None:
    mobility = _id(valley, "mobilité")
    every = valley.neighbours(mobility)
    assert [(n.passages, n.b) for n in every] == sorted(((n.passages, n.b) for n in every), key=lambda x: (-x[0], x[1]))
    assert valley.neighbours(mobility, limit=3) == every[:3]
    assert valley.neighbours(mobility, min_passages=2) == [n for n in every if n.passages >= 2]
    assert valley.neighbours(mobility, ["organisation"]) == [n for n in every if n.b.startswith("organisation")]
    assert valley.neighbours(mobility, stated_only=True) == [n for n in every if n.types]


def test_links_are_the_neighbours_seen_from_both_ends(valley: Store) -> None:
    ids = [t.id for t in valley.rows(["theme", "person", "organisation", "proposal", "question"])]
    links = valley.links(ids)
    assert links == sorted(links, key=lambda n: (n.a, n.b))
    expected = {(n.a, n.b): n for id_ in ids for n in valley.neighbours(id_) if n.a < n.b and n.b in ids}
    assert {(n.a, n.b): n for n in links} == expected
    assert _turned(valley.neighbours(links[0].b), links[0].a).passages == links[0].passages


def _turned(found: list[Link], end: str) -> Link:
    return next(n for n in found if n.b == end)


def test_degrees_count_every_neighbour(valley: Store) -> None:
    ids = [t.id for t in valley.rows(["theme", "person", "territory"])]
    assert valley.degrees(ids) == {id_: len(valley.neighbours(id_)) for id_ in ids}


def test_links_follow_the_filter(valley: Store) -> None:
    march = Filter(meeting="Atelier de mars")
    mobility, school_bus = _id(valley, "mobilité"), _id(valley, "pédibus")
    assert [n.passages for n in valley.links([mobility, school_bus], march)] == [1]
    assert valley.neighbours(_id(valley, "cantine"), (), march) == []
    assert valley.degrees([_id(valley, "cantine")], march) == {_id(valley, "cantine"): 0}
    assert len(valley.why(mobility, school_bus, march)) == 1


def test_why_gives_stated_relations_first_with_their_sentence(valley: Store) -> None:
    proposal = valley.rows(["proposal"])[0]
    hops = valley.why(proposal.id, _id(valley, "pédibus"))
    assert [h.type for h in hops] == ["about", "mentions"]
    assert hops[0].quote == proposal.label
    assert valley.why(_id(valley, "pédibus"), proposal.id)[0].type == "-about"
    text = valley.source(hops[0].source).text
    assert all(text[h.start : h.end] == h.quote for h in hops)
    assert len(valley.why(proposal.id, _id(valley, "pédibus"), limit=1)) == 1


def test_shared_pairs_come_once_most_shared_first(valley: Store) -> None:
    pairs = valley.shared(["theme"], ["theme"])
    assert all(a < b for a, b, _ in pairs)
    assert [n for *_, n in pairs] == [2, 1, 1]
    assert set(_labels(valley, [*pairs[0][:2]])) == {"mobilité", "pédibus"}
    mixed = valley.shared(["theme"], ["organisation"])
    assert all(a.startswith("theme") and b.startswith("organisation") for a, b, _ in mixed)
    assert {(b, a, n) for a, b, n in mixed} == set(valley.shared(["organisation"], ["theme"]))
    assert valley.shared(["theme"], ["theme"], limit=1) == pairs[:1]


def test_text_kinds_never_appear_in_pictures(valley: Store) -> None:
    ids = [t.id for t in valley.rows(["theme", "person", "question"])]
    kinds = {n.b.split(":")[0] for id_ in ids for n in valley.neighbours(id_)}
    assert kinds.isdisjoint({"passage", "source", "document"})


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["mobilité", "MOBILITES", "mobilite", "les mobilités", "mobil", "  mobilité ! "])
def test_search_is_blind_to_case_accents_and_inflection(valley: Store, asked: str) -> None:
    assert valley.search(asked, ["theme"])[0].label == "mobilité"


def test_the_exact_label_comes_first_then_its_beginning(fresh_store: Store, facilitator: Actor) -> None:
    lines = "Le [theme:jardin partagé], le [theme:jardin] et le [theme:compost au jardin]. Un [theme:jardinage] aussi."
    fresh_store.write(build("jardins.txt", lines), facilitator)
    found = [h.label for h in fresh_store.search("jardin", ["theme"])]
    assert found == ["jardin", "jardinage", "jardin partagé", "compost au jardin"]


def test_every_word_must_match_and_the_last_may_be_begun(valley: Store) -> None:
    assert [h.kind for h in valley.search("financer cant", ["question", "theme"])] == ["question"]
    assert valley.search("financer forêt") == []
    assert valley.search("cant financer") == []  # only the last word is taken as begun


def test_passages_are_found_too_and_results_rest_on_a_sentence(valley: Store) -> None:
    hits = valley.search("logement vacant")
    assert {h.kind for h in hits} == {"finding", "passage"}
    assert all("logement" in h.quote for h in valley.search("logement"))
    assert all(h.kind == "passage" for h in valley.search("mobilité", ["passage"]))


def test_search_follows_kinds_limit_and_filter(valley: Store) -> None:
    assert len(valley.search("mobilité", limit=2)) == 2
    within = Filter(meeting="Atelier d’octobre")
    assert valley.search("logement", where=within) == []
    assert {h.kind for h in valley.search("mobilité", where=within)} == {"theme", "passage"}


@pytest.mark.parametrize(
    "hostile",
    [
        '"', "mob*", "stems:mobilité", "a AND", "NEAR(", "^mobilité", "'; DROP TABLE entry; --", "()", "-", "*", "",
        " ", "\x00", "%", "é" * 5_000, "mot " * 500,
    ],
)  # fmt: skip
def test_no_text_of_a_user_is_ever_syntax(valley: Store, hostile: str) -> None:
    valley.search(hostile)
    assert valley.search("mobilité")


# --- many readers, jobs -----------------------------------------------------------------------------------------------


def test_readers_see_whole_sources_while_another_thread_writes(fresh_store: Store, facilitator: Actor) -> None:
    odd: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            counts = fresh_store.counts()
            nodes: dict[str, int] = counts["nodes"]  # type: ignore[assignment]
            if nodes.get("theme", 0) != nodes.get("source", 0):
                odd.append(counts)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(25):
        fresh_store.write(build(f"{number}.txt", f"Le sujet [theme:thème{number}]"), facilitator)
    done.set()
    for reader in readers:
        reader.join()
    assert odd == []
    assert fresh_store.count_rows(["theme"]) == 25


def test_two_threads_writing_the_same_source_write_it_once(fresh_store: Store, facilitator: Actor) -> None:
    outcomes: list[str] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(fresh_store.write(spring(), facilitator).outcome))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["new"] + ["unchanged"] * 5


def test_jobs_are_kept_and_listed_latest_first(new_store: Callable[[], Store]) -> None:
    store = new_store()
    first = Job(
        "1", "running", ({"name": "a.txt", "progress": 0.5},), {"meeting": "M"}, "f", "2031-01-01", "2031-01-01", 7
    )
    second = Job("2", "waiting", (), {}, "f", "2031-01-02", "2031-01-02")
    store.save_job(first)
    store.save_job(second)
    done = Job("1", "done", ({"name": "a.txt", "progress": 1.0},), {"meeting": "M"}, "f", "2031-01-01", "2031-01-03", 0)
    store.save_job(done)
    assert store.job("1") == done
    assert store.jobs() == [second, done]
    assert store.jobs(limit=1) == [second]
    assert store.job("3") is None
