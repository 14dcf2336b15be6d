"""Questions of researchers, on both stores: crossed tables, concordance, measures, comparison, kept questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from graph import actions, text_actions
from graph.errors import DecisionError
from graph.model import Actor, Filter, Role
from graph.persons import unnamed
from graph.persons.visible import seen_by
from graph.store.base import Store
from graph.study import queries
from graph.study.bridges import bridges, holes
from graph.study.compare import Part, compare, said
from graph.study.concordance import concordance, spoken
from graph.study.corpus import corpus_digest, short_digest
from graph.study.measures import Measured, communities, measure
from graph.study.stability import stability
from graph.study.tables import ACROSS, cell_sentences, crossed
from graph.study.ties import Ties, read_ties
from tests.fragments import autumn, build, spring

INTERVIEW = """
[organisation:CCAS] : la [theme:mobilité] des aînés, on en parle chaque mois.
[organisation:Mairie] : le [theme:logement] vacant et la mobilité nous occupent. La mobilité surtout.
À [territory:Saint-Aubrac], le [theme:pédibus] est attendu.
"""
# Two groups of themes that only one theme ties, and two themes that the same themes know but that never meet.
GROUPS = """
Le [theme:bus] et le [theme:vélo] et la [theme:marche] vont ensemble.
Le [theme:vélo] et la [theme:marche] sont gratuits.
Le [theme:pain] et le [theme:lait] et les [theme:légumes] vont ensemble.
Le [theme:lait] et les [theme:légumes] se vendent ici.
La [theme:marche] mène au [theme:marché], où sont le [theme:pain] et les [theme:légumes].
"""


@pytest.fixture
def corpus(fresh_store: Store, facilitator: Actor) -> Store:
    for fragment in (spring(), autumn(), build("entretien.txt", INTERVIEW, meeting="Entretien", date="2031-11-02")):
        fresh_store.write(fragment, facilitator)
    return fresh_store


@pytest.fixture
def groups(fresh_store: Store, facilitator: Actor) -> Ties:
    fresh_store.write(build("groupes.txt", GROUPS), facilitator)
    for name, word in (("groupes-2.txt", "utiles"), ("groupes-3.txt", "simples")):
        fresh_store.write(build(name, GROUPS.replace("gratuits", word)), facilitator)
    return read_ties(fresh_store)


def theme(store: Store, label: str) -> str:
    return next(t.id for t in store.rows(["theme"]) if t.label == label)


# --- the digest ------------------------------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_graph_whoever_imports_it_and_in_whatever_order(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    for store, fragments in ((one, (spring(), autumn())), (other, (autumn(), spring(), spring()))):
        for fragment in fragments:
            store.write(fragment, facilitator)
    assert corpus_digest(one) == corpus_digest(other)


def test_a_decision_changes_the_digest_and_its_undoing_gives_it_back(corpus: Store, facilitator: Actor) -> None:
    before = corpus_digest(corpus)
    taken = actions.rename(corpus, facilitator, theme(corpus, "pédibus"), "Pédibus scolaire")
    assert corpus_digest(corpus) != before
    actions.undo(corpus, facilitator, taken.id)
    assert corpus_digest(corpus) == before


def test_who_reads_a_part_is_told_by_the_digest_of_decisions_about_it_and_of_no_others(
    corpus: Store, facilitator: Actor
) -> None:
    shared = theme(corpus, "mobilité")
    first, *_, read = (mention.source for mention in corpus.evidence(shared))
    assert first != read
    actions.withdraw(corpus, facilitator, [info.id for info in corpus.sources() if info.id != read])
    actions.publish(corpus, facilitator, [read])
    alone = next(t.id for t in corpus.rows(["theme"]) if read not in {m.source for m in corpus.evidence(t.id)})
    for nameless in ("", str(Role.RESEARCHER)):
        seen = seen_by(corpus, Actor("chercheuse", Role.RESEARCHER), nameless)
        before = corpus_digest(seen, corpus)
        for change in (lambda id_: actions.rename(corpus, facilitator, id_, "Autre nom"),
                       lambda id_: actions.reject(corpus, facilitator, id_)):  # fmt: skip
            for id_, told in ((shared, True), (alone, False)):
                taken = change(id_)
                assert (corpus_digest(seen, corpus) != before) is told
                actions.undo(corpus, facilitator, taken.id)
                assert corpus_digest(seen, corpus) == before


# --- crossed tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("across", ACROSS)
def test_every_number_of_a_table_opens_as_many_passages(corpus: Store, across: str) -> None:
    found = crossed(corpus, across)
    assert found.counts
    for (row, column), n in found.counts.items():
        hops = cell_sentences(corpus, across, row, column, limit=100)
        together = {(h.source, h.start) for h in hops if h.type == "mentions"}
        assert len(together) == n


def test_a_theme_is_counted_by_meeting(corpus: Store) -> None:
    found = crossed(corpus, "meeting")
    mobility = theme(corpus, "mobilité")
    counted = {meeting: found.count(mobility, meeting) for meeting in found.others}
    assert counted == {"Atelier de mars": 3, "Atelier d’octobre": 1, "Entretien": 1}


def test_themes_crossed_with_themes_read_alike_from_both_sides(corpus: Store) -> None:
    found = crossed(corpus, "theme")
    rows, columns = found.heaviest(10)
    assert rows == columns
    assert all(found.count(a, b) == found.count(b, a) for a in rows for b in rows)


def test_a_filter_holds_in_the_table_and_in_its_sentences(corpus: Store) -> None:
    where = Filter(meeting="Atelier de mars")
    found = crossed(corpus, "meeting", where)
    assert set(found.others) == {"Atelier de mars"}
    assert not cell_sentences(corpus, "meeting", theme(corpus, "mobilité"), "Entretien", where)


# --- concordance -----------------------------------------------------------------------------------------------------


def test_a_word_is_found_in_all_its_forms_or_as_it_is_written(corpus: Store) -> None:
    inflected = [line.word for line in concordance(corpus, "mobilité").lines]
    assert sorted(inflected) == ["mobilité"] * 6 + ["mobilités"]
    assert [line.word for line in concordance(corpus, "Mobilités", inflected=False).lines] == ["mobilités"]
    assert {line.word for line in concordance(corpus, "péd*", inflected=False).lines} == {"pédibus"}
    assert len(concordance(corpus, "PEDIBUS", inflected=False).lines) == len(concordance(corpus, "pédibus").lines)


def test_a_phrase_is_found_where_its_words_follow_each_other(corpus: Store) -> None:
    interview = Filter(meeting="Entretien")
    (line,) = concordance(corpus, "logement vacant", where=interview).lines
    assert (line.word, line.speaker) == ("logement vacant", "Mairie")
    later = concordance(corpus, "logement vacant", where=interview, told=False).lines
    assert later[0].speaker == ""
    assert spoken(corpus, later, interview) == [line]
    assert line.left.endswith("le ")
    assert line.right.startswith(" et la mobilité")


def test_a_place_is_found_in_a_block_that_was_cut_or_fused_after_it_was_read(corpus: Store, facilitator: Actor) -> None:
    before = {(line.source, line.start) for line in concordance(corpus, "mobilité").lines}
    source = next(info.id for info in corpus.sources() if info.meeting == "Entretien")
    actions.publish(corpus, facilitator, [source])
    researcher = Actor("chercheuse", Role.RESEARCHER)
    read = [seen_by(corpus, researcher), seen_by(corpus, researcher, nameless=str(Role.RESEARCHER))]
    block = next(p for p in corpus.passages(source) if p.label.count("mobilité") == 2)
    text_actions.cut(corpus, facilitator, block.id, 6)
    at = [p.id for p in corpus.passages(source)].index(block.id)
    part, after = corpus.passages(source)[at + 1 : at + 3]
    assert {(line.source, line.start) for line in concordance(corpus, "mobilité").lines} == before
    shown = {info.id for info in read[0].sources()}
    published = {place for place in before if place[0] in shown}
    assert any(own == source and part.start <= start < part.end for own, start in published)
    for seen in read:
        assert {(line.source, line.start) for line in concordance(seen, "mobilité").lines} == published
    unnamed.empty()
    text_actions.fuse(corpus, facilitator, part.id, after.id)
    assert {(line.source, line.start) for line in concordance(corpus, "mobilité").lines} == before


def test_a_line_says_who_speaks_and_stands_where_it_says(corpus: Store) -> None:
    for line in concordance(corpus, "mobilité").lines:
        assert corpus.source(line.source).text[line.start : line.end] == line.word
    spoken = {line.speaker for line in concordance(corpus, "mobilité", Filter(meeting="Entretien")).lines}
    assert spoken == {"CCAS", "Mairie"}
    assert concordance(corpus, "ouvrir").lines[0].speaker == "mairie"  # who the proposal is made by


def test_lines_are_sorted_by_what_stands_beside_the_word(corpus: Store) -> None:
    rights = [line.right.split()[0] for line in concordance(corpus, "mobilité", sort="right").lines if line.right]
    assert rights == sorted(rights, key=lambda word: word.strip(".,"))
    with pytest.raises(KeyError):
        concordance(corpus, "mobilité", sort="price")


def test_a_bound_is_told(corpus: Store) -> None:
    found = concordance(corpus, "mobilité", limit=3)
    assert found.cut
    assert len(found.lines) == 3
    assert not concordance(corpus, "mobilité").cut
    assert concordance(corpus, " … ").lines == ()


def test_no_query_is_ever_syntax(corpus: Store) -> None:
    for asked in ('"', "mobilité OR (", "*", "a*b NEAR", "'; DROP TABLE node; --", "\\", "mobilité" * 500):
        assert concordance(corpus, asked).lines == concordance(corpus, asked).lines


# --- measures --------------------------------------------------------------------------------------------------------


def test_ties_are_the_passages_of_each_source(corpus: Store) -> None:
    ties = read_ties(corpus)
    links = {(link.a, link.b): link.passages for link in corpus.links(list(ties.things))}
    assert dict(ties.all) == links
    assert set(ties.by_source) == {info.id for info in corpus.sources()}


def label_of(measured: Measured, id_: str) -> str:
    return next(place.thing.label for place in measured.places if place.thing.id == id_)


def test_communities_hold_what_is_said_together(groups: Ties) -> None:
    measured = measure(groups)
    found = [{label_of(measured, id_) for id_ in ids} for ids in measured.communities]
    assert any({"bus", "vélo"} <= ids for ids in found)
    assert any({"lait", "légumes", "pain"} <= ids for ids in found)
    assert not any({"bus", "lait"} <= ids for ids in found)


def test_the_same_seed_gives_the_same_measures(groups: Ties) -> None:
    assert measure(groups, seed=3) == measure(groups, seed=3)


def test_what_all_ways_go_through_is_between(groups: Ties) -> None:
    measured = measure(groups)
    first = max(measured.places, key=lambda place: place.between)
    assert first.thing.label == "marche"
    assert all(0 <= place.between <= 1 for place in measured.places)
    assert measured.pivots == measured.tied  # a small graph is taken from every thing


def test_a_bridge_leads_out_of_its_community(groups: Ties) -> None:
    measured = measure(groups)
    found = bridges(groups, measured)
    assert found[0].theme.label in {"marche", "marché"}
    for bridge in found:
        for span in bridge.spans:
            assert span.community != bridge.community
            assert groups.all[min(bridge.theme.id, span.nearest.id), max(bridge.theme.id, span.nearest.id)] >= 1


def test_a_hole_is_between_themes_that_never_meet_and_know_the_same(groups: Ties) -> None:
    near = groups.near()
    found = holes(groups, measure(groups))
    assert {"lait", "marche"} in [{hole.a.label, hole.b.label} for hole in found]
    for hole in found:
        assert hole.b.id not in near[hole.a.id]
        assert all(c.id in near[hole.a.id] and c.id in near[hole.b.id] for c in hole.between)


def test_measures_that_are_cancelled_stop(groups: Ties) -> None:
    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        if share > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        measure(groups, progress=cancel)


def test_progress_goes_from_nothing_to_all(groups: Ties) -> None:
    told: list[float] = []
    measure(groups, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_leaving_out_a_document_that_says_the_same_changes_nothing(groups: Ties) -> None:
    found = stability(groups, measure(groups))
    assert len(found.tries) == 3
    assert found.agreement == 1.0
    assert found.top == 1.0
    assert set(found.stays.values()) == {1.0}
    assert found.bridges
    assert found.holes
    assert {*found.bridges.values(), *found.holes.values()} == {3}
    assert found.pivots == len(groups.near())
    assert {(x.central, x.bridges, x.holes) for x in found.tries} == {(1.0, 1.0, 1.0)}
    listed = bridges(groups, measure(groups)), holes(groups, measure(groups))
    assert stability(groups, measure(groups), listed=listed) == found
    two = replace(groups, by_source=dict(list(groups.by_source.items())[:2]))
    assert not stability(two, measure(two)).bridges, "of two tries nothing is told"


def test_what_there_was_none_of_is_not_said_to_stay(new_store: Callable[[], Store], facilitator: Actor) -> None:
    store = new_store()
    for name in ("un.txt", "deux.txt"):
        store.write(build(name, f"Le [theme:bus] et le [theme:vélo] vont ensemble, dit {name}."), facilitator)
    ties = read_ties(store)
    assert {(x.top, x.bridges, x.holes) for x in stability(ties, measure(ties)).tries} == {(1.0, None, None)}


def test_stability_falls_where_a_document_held_a_community(
    corpus: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write(build("autre.txt", GROUPS), facilitator)
    ties = read_ties(corpus)
    found = stability(ties, measure(ties))
    assert len(found.tries) == 3  # of four documents, one ties nothing
    assert 0 <= found.top < 1.0
    held = next(x for x in found.tries if x.name == "autre.txt")  # alone to say what holds its bridges and holes
    assert (held.bridges, held.holes) == (0.0, 0.0)
    assert held.central is not None
    assert held.central < 1.0
    assert all(0 <= times < 3 for times in (*found.bridges.values(), *found.holes.values()))
    monkeypatch.setattr("graph.study.stability.WAYS", 10)
    assert {x.central for x in stability(ties, measure(ties)).tries} == {None}
    assert not stability(replace(ties, by_source={"x": ties.all}), measure(ties)).tries  # a single document


def test_nothing_is_measured_of_nothing(fresh_store: Store) -> None:
    ties = read_ties(fresh_store)
    measured = measure(ties)
    assert (measured.places, measured.communities, communities({})) == ((), (), [])
    assert bridges(ties, measured) == holes(ties, measured) == []


# --- comparison ------------------------------------------------------------------------------------------------------


def test_two_meetings_are_compared_theme_by_theme(corpus: Store) -> None:
    spring_, autumn_ = Part(meeting="Atelier de mars"), Part(meeting="Atelier d’octobre")
    found = compare(corpus, spring_, autumn_)
    counts = {row.thing.label: (row.first, row.second) for row in found.rows}
    assert counts["mobilité"] == (3, 1)
    assert counts["cantine"] == (0, 2)
    assert found.totals == tuple(sum(column) for column in zip(*counts.values(), strict=True))
    for row in found.rows:
        assert len(said(corpus, spring_, row.thing.id)) == row.first
        assert len(said(corpus, autumn_, row.thing.id)) == row.second


def test_periods_and_territories_are_compared_too(corpus: Store) -> None:
    early, late = Part(until="2031-06-30"), Part(since="2031-07-01")
    assert {r.thing.label: (r.first, r.second) for r in compare(corpus, early, late).rows}["mobilité"] == (3, 2)
    place = corpus.rows(["territory"])[0].id
    rows = compare(corpus, Part(territory=place), Part(territory=place)).rows
    assert all(row.first == row.second and row.surprise == 0 for row in rows)


def test_a_part_that_the_filter_excludes_says_nothing(corpus: Store) -> None:
    where = Filter(meeting="Atelier de mars")
    found = compare(corpus, Part(meeting="Atelier de mars"), Part(meeting="Entretien"), where=where)
    assert found.totals[1] == 0
    assert not said(corpus, Part(meeting="Entretien"), theme(corpus, "mobilité"), where)


# --- kept questions --------------------------------------------------------------------------------------------------


def test_a_question_is_kept_with_what_asks_it_again_then_dropped(corpus: Store, facilitator: Actor) -> None:
    first = queries.save(corpus, facilitator, "  Mobilité \n partout ", "etude", {"q": "mobilité", "sort": ""})
    assert (first.name, dict(first.params)) == ("Mobilité partout", {"q": "mobilité"})
    assert first.digest == short_digest(corpus)
    second = queries.save(corpus, facilitator, "Deux", "etude", {})
    assert [query.id for query in queries.queries(corpus, facilitator)] == [second.id, first.id]
    queries.delete(corpus, facilitator, first.id)
    assert queries.queries(corpus, facilitator) == [second]
    with pytest.raises(DecisionError):
        queries.save(corpus, facilitator, " ", "etude", {})


def test_forgetting_a_person_masks_the_questions_about_them(corpus: Store, facilitator: Actor) -> None:
    from graph.persons.privacy import forget, kept

    queries.save(corpus, facilitator, "Élise Morvan", "etude", {"q": "Élise Morvan"})
    forget(corpus, facilitator, kept(corpus, "Élise Morvan"))
    (query,) = queries.queries(corpus, facilitator)
    assert "Morvan" not in query.name + str(query.params)
