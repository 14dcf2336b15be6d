"""Mermaid flowcharts: boxes, arrows with their labels, subgraphs; whatever stands around them is told."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.registry import choose
from tests.map_reading import carried, groups, left, links, notes, topics
from tests.reading import read

BOURG = """---
title: Le bourg
---
%% relevé de mars
flowchart LR
    halle[Halle du port] -->|nourrit| quai(["Quai <br/>des pêcheurs"])
    quai -. "le soir" .-> marche{Marché ?}; marche == oui ==> halle
    halle & quai --- parking[(Parking)]:::rare
    subgraph centre [Le centre]
        direction TB
        mairie@{ shape: docs, label: "Mairie, étage" } <--> place((Place))
        subgraph ecoles
            ecole[[École]]
        end
    end
    place e1@--o centre
    e1@{ animate: true }
    mairie ~~~ halle
    click halle "https://exemple.org/halle" "ouverte le mardi"
    click quai call agrandir("x") "vu de loin"
    style quai fill:#ffec99,stroke:#333
    class place,ecole rare
    linkStyle 0 stroke:#f00
    accTitle: Autre titre
    ??? pas une ligne
    ecole --x fin["fa:fa-flag Fin #amp; suite"]
"""


def test_a_flowchart_keeps_boxes_arrows_and_labels() -> None:
    document = read("bourg.mmd", BOURG)
    assert topics(document) == [
        "Halle du port", "Quai des pêcheurs", "Marché ?", "Parking", "Mairie, étage", "Place", "École", "Le centre",
        "Fin & suite",
    ]  # fmt: skip
    assert links(document) == [
        ("Halle du port", "Quai des pêcheurs", "nourrit", "forward"),
        ("Quai des pêcheurs", "Marché ?", "le soir", "forward"),
        ("Marché ?", "Halle du port", "oui", "forward"),
        ("Halle du port", "Parking", "", "none"),
        ("Quai des pêcheurs", "Parking", "", "none"),
        ("Mairie, étage", "Place", "", "both"),
        ("Place", "Le centre", "", "forward"),
        ("École", "Fin & suite", "", "forward"),
    ]
    assert document.title == "Le bourg"


def test_a_flowchart_keeps_groups_addresses_and_looks() -> None:
    document = read("bourg.mmd", BOURG)
    held = {title: set(members) for title, members in groups(document).items()}
    assert held == {"ecoles": {"École"}, "Le centre": {"Mairie, étage", "Place", "École"}}
    assert carried(document, "Halle du port")["links"] == ["https://exemple.org/halle"]
    assert notes(document) == {"Halle du port": "ouverte le mardi", "Quai des pêcheurs": "vu de loin"}
    assert carried(document, "Quai des pêcheurs")["style"] == {"shape": "stadium", "background": "#ffec99"}
    assert carried(document, "Place")["attributes"] == {"class": "rare"}
    assert carried(document, "Le centre")["attributes"] == {"type": "group"}
    assert carried(document, "Fin & suite")["icons"] == ["fa-flag"]


def test_what_a_flowchart_holds_beside_is_told_and_its_counts_agree() -> None:
    document = read("bourg.mmd", BOURG)
    assert left(document) == {"settings": 2, "relations": 1, "texts around the map": 1, "lines": 1}
    found, kept = document.ledger.found, document.ledger.kept
    assert (found["relations"], kept["relations"]) == (9, 8)
    assert (found["topics"], kept["topics"]) == (10, 9)  # one stands in a line that is no statement
    assert (found["boundaries"], found["links"]) == (2, 1) == (kept["boundaries"], kept["links"])


@pytest.mark.parametrize("name", ["place.mmd", "place.txt", "place.md", "place"])
@pytest.mark.parametrize(
    "text",
    [
        "flowchart TD\n  A[Halle] -->|nourrit| B(Quai)\n",
        "%% plan\n---\ntitle: Le bourg\n---\ngraph LR;\n  A[Halle] --> B[Quai]\n",
        "graph\n  A[Halle]-->B[Quai]\n",
        "```mermaid\ngraph TD\n  A[Halle] ---> B[Quai]\n```\n",
    ],
)
def test_a_flowchart_is_one_whatever_its_name(name: str, text: str) -> None:
    document = read(name, text)
    assert document.reader == "mermaid-flowchart@1"
    assert topics(document) == ["Halle", "Quai"]


@pytest.mark.parametrize(
    "text", ["graph { a -- b }\n", "graph LR et autres notes\n", "Notes\n\n```mermaid\ngraph TD\nA-->B\n```\n"]
)
def test_what_only_begins_like_a_flowchart_is_left_to_other_readers(text: str) -> None:
    assert choose(RawFile("x.txt", text.encode())).name != "mermaid-flowchart"


def test_a_flowchart_without_a_box_is_refused() -> None:
    with pytest.raises(InputRefused, match="no box"):
        read("vide.mmd", "flowchart TD\n%% rien\n")


@pytest.mark.parametrize("text", ["A -- ;", "A[;", "A & ", "A@{", "-- ", "accDescr {", 'A["', "subgraph x\n", "e1@ "])
def test_a_flowchart_of_broken_statements_keeps_what_stands_after_them(text: str) -> None:
    document = read("a.mmd", f"flowchart TD\nHalle --> Quai\n{text * 50}\n\nMairie --> Place\n")
    assert topics(document)[:2] == ["Halle", "Quai"]
    assert topics(document)[-2:] == ["Mairie", "Place"]


@pytest.mark.parametrize(
    ("statement", "edges"),
    [
        ("a:::rare-->b", [("a", "b", "", "forward")]),
        ("a --- b --- c", [("a", "b", "", "none"), ("b", "c", "", "none")]),
        ("a-- oui -->b", [("a", "b", "oui", "forward")]),
        ('a -- "dit : --> non" --> b', [("a", "b", "dit : --> non", "forward")]),
        ("a-b-->c-d", [("a-b", "c-d", "", "forward")]),
        ("a o--o b & c", [("a", "b", "", "both"), ("a", "c", "", "both")]),
        ('a["[x] --> (y)"]-.->|"a | b"|b', [("[x] --> (y)", "b", "a | b", "forward")]),
    ],
)
def test_a_link_is_read_and_counted_as_it_is_drawn(statement: str, edges: list[tuple[str, ...]]) -> None:
    document = read("a.mmd", f"flowchart TD\n{statement}\n")
    assert links(document) == edges
    assert document.ledger.found.items() <= document.ledger.kept.items()
