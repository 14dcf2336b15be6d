"""Mind maps written as diagrams: Mermaid and PlantUML."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import choose
from tests.outline_shapes import MERMAID, left_out, nodes, shape
from tests.reading import read


def test_a_mermaid_label_stands_inside_its_brackets() -> None:
    document = read("carte.mmd", MERMAID)
    assert shape(document) == [
        ["Fête du quai", [
            ["Musique", ["Une fanfare et un chœur"]],
            ["Repas", ["Soupe [bio]", "Pain (au levain) du four"]],
            'Prix < 3 € "tout compris"',
        ]],
    ]  # fmt: skip
    found = nodes(document)
    assert found["Musique"]["icons"] == ["fa fa-music"]
    assert found["Une fanfare et un chœur"]["attributes"] == {"class": "urgent grand"}
    assert found["Soupe [bio]"]["style"] == {"shape": "hexagon"}
    assert (document.title, left_out(document)) == ("Carte", {"comments"})


def test_a_mermaid_label_in_brackets_goes_over_lines_and_a_comment_may_follow_it() -> None:
    text = """mindmap
  root[
    Le moulin
  ]
    a(`Une **roue**
    à aubes`)
    b[Le bief] %% à curer
    c((deux
    meules)):::vieux
    d{{100 %% local}}
"""
    assert shape(read("moulin.mmd", text)) == [
        ["Le moulin", ["Une roue à aubes", "Le bief", "deux meules", "100 %% local"]],
    ]


def test_a_mermaid_bracket_that_never_closes_takes_no_topic_with_it() -> None:
    text = "mindmap\n  Bief\n    aval (vers la mer\n    b[Pont]\n    c(Gué)\n"
    assert shape(read("bief.mmd", text)) == [["Bief", ["aval (vers la mer", "Pont", "Gué"]]]


def test_markdown_with_a_mind_map_in_a_code_block_stays_markdown() -> None:
    fence = "```mermaid\nmindmap\n  a\n    b\n```\n"
    assert choose(RawFile("a.md", f"# Notes\n\n{fence}".encode())).name == "markdown"
    assert choose(RawFile("a.md", fence.encode())).name == "mermaid"


# --- PlantUML -------------------------------------------------------------------------------------------------------


def test_plantuml_levels_sides_colours_and_labels_of_several_lines() -> None:
    text = """@startmindmap
' un commentaire
<style>
mindmapDiagram {
  * { BackGroundColor red }
}
</style>
title Le bourg
* Bourg
**[#Orange] Place
***_ banc
***:un arbre
et son ombre; <<vert>>
left side
** École
+ Autre
++ suite
-- gauche
@endmindmap
"""
    document = read("a.puml", text)
    assert shape(document) == [
        ["Bourg", [["Place", ["banc", "un arbre et son ombre"]], "École"]],
        ["Autre", ["suite", "gauche"]],
    ]
    found = nodes(document)
    assert found["Place"]["style"]["background"] == "Orange"
    assert found["un arbre et son ombre"]["attributes"] == {"stereotype": "vert"}
    assert (found["École"]["position"], document.title) == ("left", "Le bourg")


def test_plantuml_levels_by_indentation_and_work_breakdown_with_arrows() -> None:
    assert shape(read("a.puml", "@startmindmap\n* a\n\t* b\n\t\t* c\n\t* d\n@endmindmap\n")) == [
        ["a", [["b", ["c"]], "d"]]
    ]
    document = read("b.puml", "@startwbs\n* Projet\n**(un) Étude\n**<(deux) Travaux\nun -> deux : puis\n@endwbs\n")
    assert shape(document) == [["Projet", ["Étude", "Travaux"]]]
    assert outline_json(document)["cross_links"] == [["Étude", "Travaux", "puis"]]


def test_a_plantuml_line_goes_on_after_a_backslash_and_other_diagrams_are_told() -> None:
    text = (
        '@startmindmap\n* Halle \\\n  du port [["https://exemple.org/un plan" le plan]]\n'
        "**(b) [[{une bulle} sans adresse]]\n@endmindmap\n"
        "@startuml\nA -> B : [[https://exemple.org]]\n@enduml\n"
    )
    document = read("a.puml", text)
    assert shape(document)[0][0].startswith("Halle du port")
    assert nodes(document)[shape(document)[0][0]]["links"] == ["https://exemple.org/un plan"]
    assert document.ledger.found == document.ledger.kept == {"topics": 2, "links": 1}
    assert left_out(document) == {"other diagrams"}


def test_plantuml_texts_around_the_map_are_no_topics_and_are_told() -> None:
    text = """@startmindmap
title
Parc et jardins
end title
caption Figure une
center footer
* pas un sujet
endfooter
' note pour soi
* Parc
** Bancs
legend right
  * ni celui-ci
end legend
@endmindmap
"""
    document = read("parc.puml", text)
    assert (shape(document), document.title) == ([["Parc", ["Bancs"]]], "Parc et jardins")
    assert left_out(document) == {"texts around the map", "comments"}
    told = {e.what: e.count for e in document.ledger.left_out}
    assert told["texts around the map"] == 3


def test_a_plantuml_block_that_never_ends_hides_no_topic() -> None:
    assert shape(read("a.puml", "@startmindmap\nlegend\n* a\n** b\n@endmindmap\n")) == [["a", ["b"]]]


@pytest.mark.parametrize("name", ["place.mmd", "place.txt", "place.md", "place"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sequenceDiagram\n  Halle->>Quai: livre\n", "Mermaid"),
        ('pie title Budget\n  "Halle" : 3\n', "Mermaid"),
        ("gantt\n  dateFormat YYYY\n", "Mermaid"),
        ('@startjson\n{"halle": 1}\n@endjson\n', "PlantUML"),
        ("' écran\n@startsalt\n{\n [Oui]\n}\n@endsalt\n", "PlantUML"),
    ],
)
def test_a_diagram_that_is_no_mind_map_is_refused_by_its_name(name: str, text: str, kind: str) -> None:
    with pytest.raises(InputRefused, match=f"{kind} diagram that is no mind map"):
        choose(RawFile(name, text.encode()))


@pytest.mark.parametrize("text", ["kanban\n  À faire\n    id[Halle]\n", "---\ntitle: x\n---\ngitGraph LR:\n  commit\n"])
def test_a_file_named_as_a_diagram_is_refused_by_its_first_word(text: str) -> None:
    with pytest.raises(InputRefused, match="Mermaid diagram that is no mind map"):
        choose(RawFile("plan.mmd", text.encode()))
    assert choose(RawFile("plan.txt", text.encode())).name in {"text", "flatmap"}


@pytest.mark.parametrize(
    "text", ["pie de page\n", "timeline\nmardi : la halle\n", "graph LR et autres notes\n", "journey to the quay\n"]
)
def test_notes_that_begin_with_a_word_of_diagrams_are_notes(text: str) -> None:
    assert choose(RawFile("notes.txt", text.encode())).name == "text"


def test_a_mermaid_mind_map_is_one_whatever_its_name() -> None:
    for name in ("plan.mmd", "plan.txt", "plan.md", "plan"):
        assert choose(RawFile(name, b"mindmap\n  bourg\n    halle\n")).name == "mermaid"
