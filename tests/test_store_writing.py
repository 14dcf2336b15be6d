"""Writing and removing, on every store: checked, idempotent, blind to the order of imports."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph import actions
from graph.errors import EvidenceError, NotFound, StoreError
from graph.model import Actor, Evidence, Fragment, Node, Passage, Relation, Visibility, make_id
from graph.store.base import Store
from ontology import OntologyError
from tests.dumps import answers
from tests.fragments import RULE, autumn, build, spring


def test_a_fragment_is_written_and_counted(fresh_store: Store, facilitator: Actor) -> None:
    report = fresh_store.write(spring(), facilitator)
    assert (report.outcome, report.nodes, report.nodes_new, report.passages) == ("new", 10, 10, 5)
    counts = fresh_store.counts()
    assert counts["nodes"]["theme"] == 3  # type: ignore[index]
    assert counts["relations"] == {"about": 4, "made_by": 1, "mentions": 14, "part_of": 6}
    assert (counts["documents"], counts["sources"], counts["decisions"]) == (1, 1, 0)


def test_writing_twice_changes_nothing_not_even_the_date(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    before, info = answers(fresh_store), fresh_store.sources()
    again = fresh_store.write(spring(), Actor("quelqu’un d’autre"))
    assert (again.outcome, again.nodes_new) == ("unchanged", 0)
    assert answers(fresh_store) == before
    assert fresh_store.sources() == info


def test_what_was_refused_stays_so_when_its_source_is_read_anew(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    refused = fresh_store.rows(["theme"])[-1]
    actions.reject(fresh_store, facilitator, refused.id)
    assert fresh_store.write(spring(rule="other@1"), facilitator).outcome == "replaced"
    assert refused.id not in {thing.id for thing in fresh_store.rows(["theme"])}
    assert fresh_store.verify().problems == ()


def test_the_order_inside_a_fragment_does_not_matter(fresh_store: Store, facilitator: Actor) -> None:
    one = spring()
    fresh_store.write(one, facilitator)
    turned = replace(one, passages=one.passages[::-1], nodes=one.nodes[::-1], relations=one.relations[::-1])
    assert fresh_store.write(turned, facilitator).outcome == "unchanged"


def test_the_order_of_imports_does_not_matter(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    third = build("juin.txt", "La [theme:mobilite] et le [theme:Pédibus|Pédibus] en [territory:Saint-Aubrac]")
    for fragment in (spring(), autumn(), third):
        one.write(fragment, facilitator)
    for fragment in (third, autumn(), spring()):
        other.write(fragment, facilitator)
    assert answers(one) == answers(other)


def test_changed_rules_replace_what_the_same_bytes_brought(new_store: Callable[[], Store], facilitator: Actor) -> None:
    store, apart = new_store(), new_store()
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    changed = spring(rule="tests.fragments@2")
    fewer = replace(changed, nodes=tuple(n for n in changed.nodes if n.kind != "finding"), relations=())
    assert store.write(fewer, facilitator).outcome == "replaced"
    apart.write(fewer, facilitator)
    apart.write(autumn(), facilitator)
    assert answers(store) == answers(apart)
    assert "finding" not in store.counts()["nodes"]  # type: ignore[operator]


def test_the_same_bytes_under_another_source_id_are_still_one_source(fresh_store: Store, facilitator: Actor) -> None:
    one = spring()
    fresh_store.write(one, facilitator)
    moved = replace(one, source=replace(one.source, id="source:elsewhere"))
    assert fresh_store.write(moved, facilitator).outcome == "replaced"
    assert [s.id for s in fresh_store.sources()] == ["source:elsewhere"]


def test_removal_leaves_a_store_that_never_had_the_source(new_store: Callable[[], Store], facilitator: Actor) -> None:
    store, never = new_store(), new_store()
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    gone = store.remove("mars.txt", facilitator)
    never.write(autumn(), facilitator)
    assert answers(store) == answers(never)
    assert gone["theme"] == 1  # logement alone: mobilité and pédibus are said in October too
    assert (gone["source"], gone["passage"]) == (1, 5)


@pytest.mark.parametrize("how", ["id", "beginning", "digest", "name", "sha256"])
def test_a_source_is_named_in_any_of_its_ways(fresh_store: Store, facilitator: Actor, how: str) -> None:
    source = spring().source
    named = {
        "id": source.id,
        "beginning": source.id[:14],
        "digest": source.id.removeprefix("source:")[:8],
        "name": source.name,
        "sha256": source.sha256,
    }
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    fresh_store.remove(named[how], facilitator)
    assert [s.name for s in fresh_store.sources()] == ["octobre.txt"]


@pytest.mark.parametrize("asked", ["", "%", "_", "inconnu", "source:zz"])
def test_removing_what_is_not_there_is_told(fresh_store: Store, facilitator: Actor, asked: str) -> None:
    fresh_store.write(spring(), facilitator)
    with pytest.raises(NotFound):
        fresh_store.remove(asked, facilitator)


def test_an_ambiguous_name_removes_nothing(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    with pytest.raises(StoreError, match="several sources"):
        fresh_store.remove("source:", facilitator)
    assert len(fresh_store.sources()) == 2


def test_published_material_stays_published_when_read_again(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(visibility=Visibility.PUBLISHED), facilitator)
    assert fresh_store.write(spring(), facilitator).outcome == "unchanged"
    assert fresh_store.write(spring(rule="other@1"), facilitator).outcome == "replaced"
    assert [s.visibility for s in fresh_store.sources()] == ["published"]


def test_bytes_and_text_come_back_as_they_went_in(fresh_store: Store, facilitator: Actor) -> None:
    text = "\u0000Été\r\n\U0001f333 « fin »\r"
    fragment = build("étrange.txt", "x")
    data = text.encode("utf-16")
    source = replace(fragment.source, text=text, data=data, sha256=hashlib.sha256(data).hexdigest())
    passage = Passage("passage:1", 0, "sentence", 1, 4, "Été")
    node = Node("theme:été", "theme", "été", (Evidence(1, 4, "Été", RULE),))
    fresh_store.write(Fragment(source, (passage,), (node,)), facilitator)
    assert fresh_store.source(source.id) == source
    assert fresh_store.evidence("theme:été")[0].quote == "Été"
    assert fresh_store.verify().ok


def test_a_copy_under_another_name_is_one_source_whatever_the_order(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    first = spring()
    copy = replace(first, source=replace(first.source, name="copie.txt"))
    assert [one.write(f, facilitator).outcome for f in (first, copy, first, copy)] == [
        "new", "unchanged", "unchanged", "unchanged",
    ]  # fmt: skip
    assert [s.name for s in one.sources()] == ["copie.txt"]
    assert [other.write(f, facilitator).outcome for f in (copy, first)] == ["new", "unchanged"]
    assert answers(one) == answers(other)
    newer = replace(spring(rule="tests.fragments@2"), source=first.source)
    assert other.write(newer, facilitator).outcome == "replaced"
    assert [s.name for s in other.sources()] == ["copie.txt"]


def test_a_source_that_takes_the_place_of_two_leaves_the_links_of_what_both_said(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    store, never = new_store(), new_store()
    lines = "Le [theme:lavoir] et la [theme:fontaine], près de la [organisation:mairie]."
    one, two = build("un.txt", lines, document="document:un"), build("deux.txt", f"{lines}\nRien.", document="d")
    both = replace(two, source=replace(two.source, id=one.source.id))  # the id of one, the bytes of the other
    for given in (spring(), one, two):
        store.write(given, facilitator)
    assert store.write(both, facilitator).outcome == "replaced"
    never.write(spring(), facilitator)
    never.write(both, facilitator)
    assert store.verify().problems == ()
    assert answers(store) == answers(never)


# --- refusals ---------------------------------------------------------------------------------------------------------


def _with_node(**changes: object) -> Fragment:
    one = spring()
    return replace(one, nodes=(replace(one.nodes[0], **changes), *one.nodes[1:]))  # type: ignore[arg-type]


def _evidence(**changes: object) -> Fragment:
    said = spring().nodes[0].evidence[0]
    return _with_node(evidence=(replace(said, **changes),))  # type: ignore[arg-type]


REFUSED = {
    "no evidence": (lambda: _with_node(evidence=()), EvidenceError, "no evidence"),
    "another quote": (lambda: _evidence(quote="Saint-Autre"), EvidenceError, "does not read"),
    "shifted": (lambda: _evidence(start=3), EvidenceError, "does not read"),
    "outside": (lambda: _evidence(start=9_000, end=9_010), EvidenceError, "outside the text"),
    "empty": (lambda: _evidence(start=5, end=5, quote=""), EvidenceError, "outside the text"),
    "no rule": (lambda: _evidence(rule=""), EvidenceError, "no rule"),
    "too sure": (lambda: _evidence(confidence=1.2), EvidenceError, "confidence"),
    "in no passage": (lambda: replace(spring(), passages=spring().passages[1:]), EvidenceError, "no passage"),
    "unknown kind": (lambda: _with_node(kind="gadget"), OntologyError, "gadget"),
    "a text kind": (lambda: _with_node(kind="passage"), OntologyError, "passage"),
    "other bytes": (lambda: _source(data=b"autre"), EvidenceError, "hash"),
    "half a pair": (lambda: _source(text=spring().source.text + "\ud800"), EvidenceError, "surrogate"),
    "an end that is not there": (lambda: _relation(to_id="theme:0"), EvidenceError, "theme:0"),
    "an unknown relation": (lambda: _relation(type="adore"), OntologyError, "adore"),
    "a relation the wrong way": (lambda: _relation(type="broader"), OntologyError, "broader"),
    "a relation without evidence": (lambda: _relation(evidence=()), EvidenceError, "no evidence"),
    "a passage twice": (lambda: _passages((*spring().passages, spring().passages[0])), EvidenceError, "twice"),
    "an orphan": (lambda: _passages(_first_passage(parent="passage:0")), EvidenceError, "parent"),
    "its own parent": (lambda: _passages(_first_passage(parent=spring().passages[0].id)), EvidenceError, "ancestor"),
    "a passage outside": (lambda: _passages(_first_passage(end=10_000)), EvidenceError, "outside the text"),
}


def _source(**changes: object) -> Fragment:
    one = spring()
    return replace(one, source=replace(one.source, **changes))  # type: ignore[arg-type]


def _relation(**changes: object) -> Fragment:
    one = spring()
    return replace(one, relations=(replace(one.relations[0], **changes), *one.relations[1:]))  # type: ignore[arg-type]


def _passages(passages: tuple[Passage, ...]) -> Fragment:
    return replace(spring(), passages=passages)


def _first_passage(**changes: object) -> tuple[Passage, ...]:
    first, *rest = spring().passages
    return (replace(first, **changes), *rest)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_hold_is_refused_whole(fresh_store: Store, facilitator: Actor, case: str) -> None:
    make, error, words = REFUSED[case]
    with pytest.raises(error, match=words):
        fresh_store.write(make(), facilitator)
    assert fresh_store.sources() == []
    assert fresh_store.counts()["nodes"] == {}


def test_evidence_goes_to_the_innermost_passage(fresh_store: Store, facilitator: Actor) -> None:
    one = spring()
    whole = Passage("passage:whole", 99, "section", 0, len(one.source.text), "tout")
    fresh_store.write(replace(one, passages=(whole, *one.passages)), facilitator)
    said = {m.passage for m in fresh_store.mentions(one.source.id)}
    assert "passage:whole" not in said
    wide = Evidence(0, len(one.source.text), one.source.text, RULE)
    across = replace(one.nodes[0], evidence=(wide,))
    fresh_store.write(replace(one, passages=(whole, *one.passages), nodes=(across,), relations=()), facilitator)
    assert [m.passage for m in fresh_store.mentions(one.source.id)] == ["passage:whole"]


# --- one thing under several ids --------------------------------------------------------------------------------------


def _who(name: str, organisation: str = "", label: str = "Hugo Tessier") -> Fragment:
    works = {label: organisation} if organisation else {}
    return build(
        name,
        f"[person:{label}] parle de la [theme:place du marché].\nNoté dans {name}.",
        keys=(label,),
        organisation=works,
    )


def test_a_name_without_rival_is_one_person_across_documents(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_who("a.txt", "Foyer rural"), facilitator)
    fresh_store.write(_who("b.txt"), facilitator)
    (person,) = fresh_store.rows(["person"])
    assert len(person.members) == 2
    assert person.id == min(person.members)
    assert (person.source_count, person.evidence_count) == (2, 2)
    assert all(fresh_store.get(member) == person for member in person.members)


def test_rivals_are_never_merged_and_the_last_one_undoes_the_merge(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    sources = [_who("a.txt", "Foyer rural"), _who("b.txt"), _who("c.txt", "Maison des jeunes")]
    for fragment in sources:
        one.write(fragment, facilitator)
    for fragment in reversed(sources):
        other.write(fragment, facilitator)
    assert len(one.rows(["person"])) == 3
    assert answers(one) == answers(other)
    one.remove("c.txt", facilitator)
    assert len(one.rows(["person"])) == 1


def test_the_same_organisation_in_other_letters_is_no_rival(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_who("a.txt", "Foyer rural"), facilitator)
    fresh_store.write(_who("b.txt", "le FOYER RURAL"), facilitator)
    assert len(fresh_store.rows(["person"])) == 1


def test_nodes_without_a_key_stay_apart(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(build("a.txt", "La [organisation:mairie] parle."), facilitator)
    fresh_store.write(build("b.txt", "La [organisation:mairie] parle encore."), facilitator)
    assert len(fresh_store.rows(["organisation"])) == 2


def test_the_label_said_most_often_wins_then_the_shortest(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(build("a.txt", "[theme:les mobilités|Mobilités] [theme:mobilité|Mobilité]"), facilitator)
    theme = fresh_store.rows(["theme"])[0]
    assert (theme.label, theme.evidence_count) == ("Mobilités", 2)  # one node, named by its first words in this source
    fresh_store.write(build("b.txt", "la [theme:mobilité|Mobilité] et la [theme:mobilité|Mobilité]"), facilitator)
    assert fresh_store.rows(["theme"])[0].label == "Mobilité"  # two and two: the shorter


def test_a_relation_said_by_two_sources_goes_only_with_the_last(fresh_store: Store, facilitator: Actor) -> None:
    def mapped(name: str) -> Fragment:
        fragment = build(name, "[theme:compost] dans [theme:déchets]")
        child, parent = (n.id for n in fragment.nodes)
        proof = Evidence(0, len(fragment.source.text) - 1, fragment.source.text[:-1], RULE)
        return replace(fragment, relations=(Relation(child, "broader", parent, (proof,)),))

    # Two maps of the same words differ by a line, or they would be the same bytes.
    second = build("b.txt", "[theme:compost] dans [theme:déchets] encore")
    child, parent = (n.id for n in second.nodes)
    proof = Evidence(0, 7, second.source.text[:7], RULE)
    fresh_store.write(mapped("a.txt"), facilitator)
    fresh_store.write(replace(second, relations=(Relation(child, "broader", parent, (proof,)),)), facilitator)
    compost = make_id("theme", "theme", "compost")
    assert fresh_store.counts()["relations"]["broader"] == 2  # type: ignore[index]
    fresh_store.remove("a.txt", facilitator)
    assert [link.types for link in fresh_store.neighbours(compost)] == [("broader",)]
