# ruff: noqa: E501 - samples stand on the lines they come on
"""Graphs in DOT, read by their grammar."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.registry import choose
from tests.map_reading import carried, groups, links, topics
from tests.reading import read

DOT = r"""/* un plan */ strict digraph "Le bourg" { // titre
# une ligne pour le préprocesseur
  node [shape=box fontname="A"]; label="Le bourg & ses abords"
  école -> mairie -> {poste; café [label="Café\ndu port"]} -> halle:p1:n [label="mène à" color=red];
  subgraph cluster_1 { label=<Le <b>port</b><br/>neuf>; quai; phare -> quai [dir=both]; }
  "multi" + " mot" -> i, -1.5;
  k [label=<<table><tr><td>A</td><td>B</td></tr></table>>, URL="https://exemple.org"][tooltip="à voir", width=2];
  "a\"q" [label="caf&eacute; \N"]; vide [label="", style=invis]
  subgraph s {m n}; subgraph s -> o
}
graph { gare -- parc }
"""


def test_a_dot_graph_is_read_by_its_grammar() -> None:
    document = read("bourg.dot", DOT)
    assert document.title == "Le bourg & ses abords"
    assert topics(document) == [
        "école", "mairie", "poste", "Café du port", "halle", "quai", "phare", "multi mot", "i", "-1.5", "A B",
        'café a"q', "", "m", "n", "o", "gare", "parc",
    ]  # fmt: skip
    assert links(document) == [
        ("école", "mairie", "mène à", "forward"),
        ("mairie", "poste", "mène à", "forward"), ("mairie", "Café du port", "mène à", "forward"),
        ("poste", "halle", "mène à", "forward"), ("Café du port", "halle", "mène à", "forward"),
        ("phare", "quai", "", "both"),
        ("multi mot", "i", "", "forward"), ("multi mot", "-1.5", "", "forward"),
        ("m", "o", "", "forward"), ("n", "o", "", "forward"),
        ("gare", "parc", "", "none"),
    ]  # fmt: skip
    assert groups(document) == {"Le port neuf": ["quai", "phare"]}
    board = carried(document, "A B")
    assert (board["links"], board["attributes"]) == (["https://exemple.org"], {"width": "2"})
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 18


def test_the_same_name_in_two_graphs_is_two_nodes() -> None:
    document = read("deux.dot", "digraph un { a -> b }\ndigraph deux { b -> a }")
    assert [b.place for b in document.blocks] == ["a", "b", "b~2", "a~2"]
    assert [(x.from_id, x.to_id) for x in document.cross_links] == [("a", "b"), ("b~2", "a~2")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("digraph { a -> ", "not closed"),
        ("digraph { a -> }", "unexpected '}'"),
        ("digraph { a [label=<b }", "HTML string is not closed"),
        ('digraph { a [label="b }', "unexpected"),
        ("digraph { a = }", "unexpected"),
        ("digraph { a } trailing", "unexpected 'trailing'"),
        ("digraph " + "{" * 100_000, "nested deeper"),
        ("digraph { {" + " ".join(f"a{n}" for n in range(2_000)) + "} -> {" + " ".join(f"b{n}" for n in range(2_000)) + "} }", "edges"),
        ("digraph {}", "no topic"),
    ],
)  # fmt: skip
def test_a_dot_graph_that_is_broken_or_hostile_is_refused_with_its_place(text: str, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        read("x.gv", text)


def test_defaults_and_attributes_by_the_thousand_cost_no_more_than_their_size() -> None:
    defaults = "".join(f"node [k{n}=v]; n{n};" for n in range(5_000))
    assert len(topics(read("x.dot", f"digraph {{ {defaults} }}"))) == 5_000
    many = ",".join(f"n{n}" for n in range(3_000))
    with pytest.raises(InputRefused, match="attributes of nodes"):
        read("x.dot", f"digraph {{ {many} [{','.join(f'k{n}=v' for n in range(1_000))}] }}")


@pytest.mark.parametrize(
    "text", ["graph paper {not ours}, says the note\n", "Le graph { a } du jour\n", "digraphe { a }\n"]
)
def test_a_text_that_only_looks_like_dot_is_left_to_other_readers(text: str) -> None:
    assert choose(RawFile("x.txt", text.encode())).name != "dot"


@pytest.mark.parametrize(
    ("body", "edges"),
    [
        ("halle -> {quai four}", 2),
        ("{a b} -> {c d e} -> f", 9),
        ("a -> {b; c -> d}", 4),
        ('subgraph s {color="#aa0000"; label="http://exemple.org" a -> b}', 1),
        ("graph [splines=true]\n1 -> 2 -> 3 edge [f=1] a -> b", 3),
        ("a, b -> c, d; e -> f", 5),
        ("subgraph s {a b} c -> subgraph s", 2),
        ('a -> b -> c d -> e [label="x -> y"] // f -> g', 3),
        ('"a -> b":n -> c:s; label="d -> e"; {rank=same; a b}', 1),
    ],
)
def test_edges_of_sets_are_counted_apart_as_many_as_they_are(body: str, edges: int) -> None:
    ledger = read("place.dot", f"digraph {{ {body}\n}}").ledger
    assert (ledger.found["relations"], ledger.kept["relations"]) == (edges, edges)
    assert ledger.found["topics"] == ledger.kept["topics"]


def test_a_name_that_is_written_in_parts_is_counted_once() -> None:
    ledger = read(
        "place.dot", 'digraph { "place" + " du port" -> b; "place du port" -> c; "pla\\\nce du port" -> d }'
    ).ledger
    assert ledger.found["topics"] == ledger.kept["topics"] == 4
