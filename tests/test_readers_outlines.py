# ruff: noqa: E501 - samples stand on the lines they come on
"""Outlines in OPML, Org, Markdown, plain text and JSON."""

from __future__ import annotations

import json

import pytest

from graph.errors import InputRefused
from ingest.maps.outline import outline_json, outline_of
from tests.outline_shapes import ORG, left_out, nodes, opml, shape
from tests.reading import read


def test_workflowy_escapes_html_twice_and_both_are_undone_where_it_is_shown() -> None:
    text = opml(
        '<outline text="Prix &amp;lt; 3 € &amp;amp; plus" _complete="true" _note="&lt;b&gt;voir&lt;/b&gt; l&amp;amp;autre"/>',
        head="<ownerEmail>quelquun@exemple.org</ownerEmail>",
    )
    document = read("w.opml", text)
    node = nodes(document)["Prix &lt; 3 € &amp; plus"]  # as it is counted
    assert document.text.startswith("Prix < 3 € & plus\n")
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


def test_links_written_in_a_label_are_counted_as_they_are_kept() -> None:
    body = '<outline text="voir &lt;a class=&quot;x&quot; href=&quot;https://exemple.org&quot;&gt;le plan&lt;/a&gt;" url="https://exemple.org/b"/>'
    document = read("a.opml", opml(body))
    assert shape(document) == ["voir le plan"]
    assert document.ledger.found["links"] == document.ledger.kept["links"] == 2


def test_quotes_and_tags_that_nobody_escaped_are_part_of_the_value_and_told() -> None:
    body = (
        '<outline text="Le "bar" du port" title=\'L\'annonce\' note="<p>un <a href="https://exemple.org" rel="x">lien</a></p>"/>'
        '<outline text=""Accueil", dit-elle" /><outline text="R&D"><outline text="dessous"></outline></outline>'
    )
    document = read("a.opml", opml(body))
    assert shape(document) == ['Le "bar" du port', '"Accueil", dit-elle', ["R&D", ["dessous"]]]
    node = nodes(document)['Le "bar" du port']
    assert node["attributes"] == {"title": "L'annonce"}
    assert node["note"] == "un lien"
    assert {"values", "entities"} <= set(left_out(document))
    found = {lost.what: lost.count for lost in document.ledger.left_out}
    assert (found["values"], found["entities"]) == (4, 1)


def test_a_value_that_never_ends_swallows_no_other_element() -> None:
    with pytest.raises(InputRefused, match="not well-formed"):
        read("a.opml", opml('<outline text="Un/>\n<outline text="Deux"/>\n<outline text="Trois"/>'))


def test_an_outline_without_body_is_refused() -> None:
    with pytest.raises(InputRefused, match="body"):
        read("a.opml", "<opml version='2.0'><head/></opml>")


# --- Org ------------------------------------------------------------------------------------------------------------


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


def test_links_of_org_go_over_lines_and_code_has_none() -> None:
    text = (
        "* Halle\nvoir [[https://exemple.org/plan][le plan\nde la halle]] et [[https://exemple.org/7][[plan] détaillé]]\n"
        "#+begin_src sh\ngrep '[[:alpha:]]' notes\n,* étal\n- étal\n#+end_src\n"
        '  :LOGBOOK:\n  - State "DONE" [2026-04-02]\n  :END:\n - marché\n   * fruits\n'
    )
    document = read("a.org", text)
    assert shape(document) == [["Halle", [["marché", ["fruits"]]]]]
    halle = nodes(document)["Halle"]
    assert halle["note"] == "voir le plan\nde la halle et [plan] détaillé\ngrep '[[:alpha:]]' notes\n* étal\n- étal"
    assert halle["links"] == ["https://exemple.org/plan", "https://exemple.org/7"]
    assert document.ledger.found == {"topics": 3, "links": 2}
    assert document.ledger.kept["links"] == 2


def test_text_below_a_list_of_org_belongs_to_what_it_is_indented_below() -> None:
    text = "* Halle\n- étals\n  - fruits\n\n    de saison\n\n  en plein air\n\nOuverte le mardi.\n#+begin_src sh\nls\n#+end_src\n- toit\n"
    document = read("a.org", text)
    assert shape(document) == [["Halle", [["étals", ["fruits"]], "toit"]]]
    notes = {label: node["note"] for label, node in nodes(document).items()}
    assert notes == {"Halle": "Ouverte le mardi.\nls", "étals": "en plein air", "fruits": "de saison", "toit": ""}


def test_an_empty_item_of_org_is_an_item_and_joins_no_other_label() -> None:
    document = read("a.org", "* Halle\n- étals\n  -\n    - fruits\n- \n- toit\n  1.\n     à refaire\n")
    assert shape(document) == [["Halle", [["étals", [["", ["fruits"]]]], "", ["toit", ["à refaire"]]]]]
    assert document.ledger.found == document.ledger.kept == {"topics": 7}


def test_links_of_org_that_are_not_kept_are_told() -> None:
    document = read(
        "a.org", "[[https://exemple.org][en tête]]\n* a [[https://exemple.org/b]]\n[[https://exemple.org/b][encore]]\n"
    )
    assert document.ledger.found["links"] == 3
    assert sum(lost.count for lost in document.ledger.left_out if lost.what == "links") == 2


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


def test_an_item_of_nothing_but_code_or_a_line_below_its_mark_is_an_item() -> None:
    text = "- Relevés\n\t- ``` edn\n\t  - pas un point\n\t  ```\n\t\t- commenté\n\t-\n\t  Une citation\n\t\t- sa source\n\t-\n\t- Fin\n"
    document = read("a.md", text)
    assert shape(document) == [["Relevés", [["", ["commenté"]], ["", ["sa source"]], "Fin"]]]
    unnamed = [topic.note for topic, _, _ in outline_of(document).walk() if not topic.label]
    assert [note.split("\n")[-1].strip() for note in unnamed] == ["```", "Une citation"]


def test_a_link_by_name_needs_its_definition_and_escaped_marks_open_nothing() -> None:
    text = r"""<p align="center"><img src="logo.png"></p>

# Digue [plan][p]
- Crues[1][3] et [repères][]
- [arrêté](https://exemple.org/a "L'arrêté") et \`mot\` et [fiche]({{ page.url }})
- [cote](https://exemple.org/a_(b)_et_(c)) \\`haute`

[p]: https://exemple.org/plan
[Repères]: https://exemple.org/r
"""
    assert shape(read("digue.md", text)) == [
        ["Digue plan", ["Crues[1][3] et repères", "arrêté et `mot` et fiche", r"cote \haute"]]
    ]


def test_a_note_that_begins_with_a_link_between_pages_is_a_note() -> None:
    assert shape(read("digue.md", "[[Journal]]\n# Digue\n- [[2026-03-04]] visite\n")) == [
        ["Digue", ["[[2026-03-04]] visite"]]
    ]


def test_a_link_to_a_block_or_page_of_logseq_shows_its_label() -> None:
    text = "- Voir [le relevé](((65c0aa10-1111-4222-8333-944455556666))) de mars\n- [plan]([[Digue nord/2026]])\n- ((65c0aa10-1111))\n"
    document = read("a.md", text)
    assert shape(document) == ["Voir le relevé de mars", "plan", "((65c0aa10-1111))"]
    found = nodes(document)
    assert found["Voir le relevé de mars"]["links"] == ["((65c0aa10-1111-4222-8333-944455556666))"]
    assert found["plan"]["links"] == ["[[Digue nord/2026]]"]


def test_a_comment_within_code_is_shown_and_folds_nothing() -> None:
    document = read("a.md", "# Carte\n- écrire `<!-- markmap: fold -->` ici\n- replier <!-- markmap: fold --> là\n")
    assert shape(document) == [["Carte", ["écrire <!-- markmap: fold --> ici", "replier là"]]]
    assert [label for label, node in nodes(document).items() if node["folded"]] == ["replier là"]


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


@pytest.mark.parametrize("signs", [("├── ", "└── ", "│   "), ("|-- ", "`-- ", "|   "), ("├─", "╰─", "│ ")])
def test_branches_drawn_with_lines_make_a_tree_and_are_no_part_of_labels(signs: tuple[str, str, str]) -> None:
    branch, last, stem = signs
    text = f"""Berges
{branch}Promenade
{stem}{branch}Bancs | ombre
{stem}{last}Éclairage le soir
{stem.rstrip()}
{last}Bac à voile
{" " * len(stem)}{last}Horaires
"""
    document = read("berges.txt", text)
    assert shape(document) == [
        ["Berges", [["Promenade", ["Bancs | ombre", "Éclairage le soir"]], ["Bac à voile", ["Horaires"]]]]
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
