# ruff: noqa: E501 - samples stand on the lines they come on
"""Outlines of every dialect: OPML, Org, Mermaid, PlantUML, Markdown, plain text, JSON."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.document import Document, RawFile
from ingest.markup import maybe_html
from ingest.outline import outline_json
from ingest.registry import choose
from tests.reading import read
from tests.test_hostile import read_or_refuse

Nested = list[Any]


def nodes(document: Document) -> dict[str, dict[str, Any]]:
    """Every node of the outline by its label."""
    found, stack = {}, list(outline_json(document)["roots"])
    while stack:
        node = stack.pop()
        found[node["label"]] = node
        stack += node["children"]
    return found


def shape(document: Document) -> Nested:
    """The outline as nested lists: a label, or a label with what is under it."""

    def under(some: list[dict[str, Any]]) -> Nested:
        return [[n["label"], under(n["children"])] if n["children"] else n["label"] for n in some]

    return under(outline_json(document)["roots"])


def left_out(document: Document) -> set[str]:
    return {entry.what for entry in document.ledger.left_out}


# --- OPML -----------------------------------------------------------------------------------------------------------


def opml(body: str, head: str = "<title>Essai</title>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'


def test_workflowy_escapes_html_twice_and_both_are_undone() -> None:
    text = opml(
        '<outline text="Prix &amp;lt; 3 € &amp;amp; plus" _complete="true" _note="&lt;b&gt;voir&lt;/b&gt; l&amp;amp;autre"/>',
        head="<ownerEmail>quelquun@exemple.org</ownerEmail>",
    )
    document = read("w.opml", text)
    node = nodes(document)["Prix < 3 € & plus"]
    assert node["note"] == "voir l&autre"
    assert node["attributes"] == {"_complete": "true"}
    assert "quelquun@exemple.org" not in json.dumps(outline_json(document))
    assert "owner" in left_out(document)


def test_html_in_a_label_goes_and_what_only_looks_like_it_stays() -> None:
    body = '<outline text="Un &lt;b&gt;lieu&lt;/b&gt;&lt;br/&gt;ouvert"/><outline text="List&lt;String&gt; et &lt;https://exemple.org&gt;"/>'
    assert shape(read("a.opml", opml(body))) == ["Un lieu ouvert", "List<String> et <https://exemple.org>"]


def test_title_stands_for_text_that_is_not_there_and_an_empty_item_is_kept() -> None:
    body = '<outline title="Titre seul"><outline text=""/><outline/></outline>'
    assert shape(read("a.opml", opml(body))) == [["Titre seul", ["", ""]]]


def test_an_outline_keeps_links_tags_dates_columns_and_says_what_it_includes() -> None:
    body = (
        '<outline text="Blog" type="rss" xmlUrl="https://exemple.org/flux" category="a, b" created="Wed, 11 May 2022 21:02:19 GMT" Statut="fait"/>'
        '<outline text="Autre" type="include" url="https://exemple.org/autre.opml"/>'
    )
    document = read("a.opml", opml(body))
    node = nodes(document)["Blog"]
    assert (node["links"], node["tags"]) == (["https://exemple.org/flux"], ["a", "b"])
    assert node["dates"] == {"created": "2022-05-11T21:02:19+00:00"}
    assert node["attributes"] == {"type": "rss", "Statut": "fait"}
    assert "included outlines" in left_out(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_an_outline_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = opml('<outline text="Épicerie"/>').replace("UTF-8", declared).replace("\n", "\r\n")
    assert shape(read("a.xml", text.encode(encoding))) == ["Épicerie"]


def test_entities_of_html_and_broken_bytes_are_repaired_and_told() -> None:
    text = opml('<outline text="un&nbsp;banc"/>').encode().replace(b"banc", b"banc \xe9lev\xe9")
    document = read("a.opml", text)
    assert shape(document) == ["un banc élevé"]
    assert {"entities", "bytes"} <= left_out(document)


def test_an_outline_without_body_is_refused() -> None:
    with pytest.raises(InputRefused, match="body"):
        read("a.opml", "<opml version='2.0'><head/></opml>")


# --- Org ------------------------------------------------------------------------------------------------------------

ORG = """#+TITLE: Bilan
#+TODO: IDEE | FAIT(f)
Texte de tête.
* IDEE [#A] Ouvrir le [[https://exemple.org][café]] :lieu:soir:
SCHEDULED: <2026-04-02 Thu>
:PROPERTIES:
:Cout: 300
:END:
Un paragraphe.
- [X] trouver des clés
  chez la gardienne
  1. demander
- inviter
** Sous-titre
#+begin_src text
* pas une branche
- ni un point
#+end_src
*** Plus bas
* FAIT Clore [1/2]
"""


def test_org_headings_hold_items_and_marks_are_no_part_of_labels() -> None:
    document = read("bilan.org", ORG)
    assert shape(document) == [
        [
            "Ouvrir le café",
            [["trouver des clés chez la gardienne", ["demander"]], "inviter", ["Sous-titre", ["Plus bas"]]],
        ],
        "Clore [1/2]",
    ]
    first = nodes(document)["Ouvrir le café"]
    assert first["attributes"] == {"state": "IDEE", "priority": "A", "Cout": "300"}
    assert (first["tags"], first["links"]) == (["lieu", "soir"], ["https://exemple.org"])
    assert first["dates"] == {"scheduled": "2026-04-02 Thu"}
    assert first["note"] == "Un paragraphe."
    assert document.title == "Bilan"
    assert "text" in left_out(document)


def test_a_drawer_or_block_that_is_never_closed_hides_nothing() -> None:
    assert shape(read("a.org", "* a\n:REMARQUE:\n- b\n#+begin_src\n- c\n* d\n")) == [["a", ["b", "c"]], "d"]


# --- Mermaid --------------------------------------------------------------------------------------------------------

MERMAID = """---
title: Carte
---
%%{init: {"theme": "base"}}%%
mindmap
  root((Fête<br/>du quai))
    Musique
    ::icon(fa fa-music)
      id1["`Une **fanfare**
et un chœur`"]
      :::urgent grand
    b)Repas(
      c{{Soupe [bio]}}
      Pain (au levain) du four
  %% à revoir
    d["Prix #lt; 3 € #quot;tout compris#quot;"]
"""


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


# --- Markdown -------------------------------------------------------------------------------------------------------


def test_markdown_nodes_are_what_its_marks_say_and_nothing_else() -> None:
    text = """---
title: x
---
Titre
=====

Un paragraphe.

* [x] **gras** et [lien](https://exemple.org/a_(b)) <!-- markmap: fold -->
    1. `code *tel quel*`
- ![image](a.png)

```text
# pas un titre
- pas un point
```

#sans-espace
***
## Fin ##
"""
    document = read("a.md", text)
    assert shape(document) == [["Titre", [["gras et lien", ["code *tel quel*"]], "", "Fin"]]]
    first = nodes(document)["gras et lien"]
    assert (first["links"], first["folded"], first["attributes"]) == (
        ["https://exemple.org/a_(b)"],
        True,
        {"task": "done"},
    )
    assert nodes(document)["Titre"]["note"] == "Un paragraphe."


def test_properties_of_logseq_blocks_are_no_text() -> None:
    text = "- Un bloc\n  id:: 65c0-aa\n  collapsed:: true\n  couleur:: bleu\n\t- Sous [[page]]\n\t  :LOGBOOK:\n\t  CLOCK: x\n\t  :END:\n"
    document = read("a.md", text)
    assert shape(document) == [["Un bloc", ["Sous [[page]]"]]]
    block = nodes(document)["Un bloc"]
    assert (block["id"], block["folded"], block["attributes"], block["note"]) == (
        "65c0-aa",
        True,
        {"couleur": "bleu"},
        "",
    )


# --- plain text -----------------------------------------------------------------------------------------------------


def test_a_tab_counts_four_columns_among_spaces() -> None:
    text = "Système solaire\n    Mercure\n    Terre\n\t\tLune\n    Mars\n\t\tPhobos\n\t\tDéimos\n"
    assert shape(read("a.txt", text)) == [
        ["Système solaire", ["Mercure", ["Terre", ["Lune"]], ["Mars", ["Phobos", "Déimos"]]]]
    ]


def test_numbers_that_follow_each_other_make_a_tree() -> None:
    text = "Projet\n1. Étude\n1.1 Terrain\n1.1.1 Sondages\n1.2 Plans\n2. Chantier\n2.1 Murs\n"
    assert shape(read("a.txt", text)) == [
        ["Projet", [["Étude", [["Terrain", ["Sondages"]], "Plans"]], ["Chantier", ["Murs"]]]]
    ]


def test_one_bullet_for_each_level_makes_a_tree_without_indentation() -> None:
    text = "Idées\n• Marché\n- fleurs\n- légumes\n• Lecture\n- veillée\n- prêt de livres\n"
    assert shape(read("a.txt", text)) == [
        ["Idées", [["Marché", ["fleurs", "légumes"]], ["Lecture", ["veillée", "prêt de livres"]]]]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "COMPTE RENDU\n\nLe groupe a parlé du marché.\n    Deux idées sont venues :\n    - des fleurs\n    - des légumes\n\nOn se revoit en mai.\n",
        "1. Marché\nLe groupe a parlé du marché du samedi.\n2. Lecture\nUne veillée est prévue.\n3. Suites\nOn se revoit en mai.\n",
        "Présents :\n\tAline, la gardienne\n\tBruno, élu\nLa réunion commence à 18 h.\nOn parle du marché, puis de la lecture.\nFin à 20 h.\n",
    ],
)
def test_minutes_with_a_few_indented_or_numbered_lines_stay_notes(text: str) -> None:
    assert not read("a.txt", text).is_map


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_json_trees_are_read_in_whatever_words() -> None:
    tree = [
        {"name": "A", "items": [{"text": "b", "note": "n", "tags": ["t"], "cout": 3}, "c"]},
        {"title": "D", "nodes": []},
    ]
    document = read("a.json", json.dumps(tree))
    assert shape(document) == [["A", ["b", "c"]], "D"]
    assert (nodes(document)["b"]["note"], nodes(document)["b"]["attributes"]) == ("n", {"cout": "3"})
    wrapped = {"meta": {"name": "x"}, "data": {"topic": "A", "children": [{"topic": "b"}]}}
    assert shape(read("b.json", json.dumps(wrapped))) == [["A", ["b"]]]


def test_an_outline_that_this_program_printed_comes_back_whole() -> None:
    first = outline_json(read("a.puml", "@startwbs\n* P\n**[#red](un) É\n**(deux) T\nun -> deux : puis\n@endwbs\n"))
    again = outline_json(read("a.json", json.dumps(first)))
    assert [again[key] for key in ("roots", "cross_links", "relations")] == [
        first[key] for key in ("roots", "cross_links", "relations")
    ]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', "[1, 2]", '[{"name": "x", "mail": "y"}]', '{"nodes": [], "edges": []}', "{}"]
)
def test_json_that_is_no_tree_is_no_tree(text: str) -> None:
    with pytest.raises(InputRefused):
        read("a.json", text)


# --- hostile --------------------------------------------------------------------------------------------------------

MANY = 20_000
HOSTILE = {
    "profond.opml": opml("<outline text='a'>" * 100_000 + "</outline>" * 100_000),
    "large.opml": opml("<outline text='b'/>" * MANY),
    "long.opml": opml(f"<outline text='{'a b ' * 1_250_000}'/>"),
    "balises.opml": opml("<outline text='" + "&lt;head&gt;" * 200_000 + "'/>"),
    "profond.org": "".join("*" * n + " a\n" for n in range(1, 2_500)),
    "suite.org": "- a\n" + "  la suite\n" * MANY,
    "liens.org": "* " + "[[" * 500_000,
    "tiroirs.org": "* a\n" + ":x:\n" * MANY,
    "profond.mmd": "mindmap\n" + "".join(" " * n + "a\n" for n in range(1, 2_500)),
    "parentheses.mmd": "mindmap\n  " + "(" * 1_000_000 + "\n",
    "deux-points.mmd": "mindmap\n  r[" + "::" * 1_000_000 + "\n",
    "ouvert.puml": "@startmindmap\n* a\n" + "**:b\n" * 2_000,
    "marques.puml": "@startmindmap\n*" + "[#a]" * 200_000 + " x\n",
    "tirets.puml": "@startmindmap\n* a\n" + "-" * 1_000_000 + "\n",
    "commentaires.md": "<!--\n" * MANY,
    "crochets.md": ("- " + "[a](" * 4_000 + "\n") * 20,
    "emphase.md": ("- " + "**a *b __c ~~d ==e " * 900 + "\n") * 20,
    "profond.json": '{"title": "a", "children": [' * 100_000,
    "substitut.json": '{"title": "\\ud800", "children": [{"title": "\\u0000x"}]}',
    "memes-ids.json": json.dumps({"title": "a", "id": "1", "children": [{"title": "b", "id": "1"}] * 2_000}),
    "profond.txt": "".join("\t" * n + "a\n" for n in range(2_500)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_outlines_made_to_harm_are_refused_or_read_in_time(name: str) -> None:
    began = time.process_time()
    document = read_or_refuse(name, HOSTILE[name].encode())
    if document is not None:
        outline_json(document)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.opml", opml("<outline text='é' _note='n'><outline text='b'/></outline>")), ("a.org", ORG), ("a.mmd", MERMAID),
     ("a.json", '{"title": "a", "children": [{"title": "b"}]}')],
)  # fmt: skip
def test_an_outline_cut_anywhere_is_refused_by_name_or_read(name: str, text: str) -> None:
    data = text.encode()
    for tenth in range(10):
        read_or_refuse(name, data[: len(data) * tenth // 10])


def test_labels_in_html_take_a_time_that_grows_with_their_length() -> None:
    began = time.process_time()
    for bad in ("<head>" * 300_000 + "<b>", "<!--" * 300_000 + "<b>", "<a" * 500_000 + "<b>", "<b " * 500_000):
        maybe_html(bad)
    assert time.process_time() - began < 20
