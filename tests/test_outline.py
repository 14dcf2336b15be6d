"""The outline of any document: the contract of design.md, section 4."""

from __future__ import annotations

import json
from copy import copy

from graph.outline import Topic
from ingest.maps.outline import outline_json, outline_text
from tests.reading import read
from tests.test_readers_maps import MM

FIELDS = {
    "id",
    "label",
    "note",
    "details",
    "links",
    "icons",
    "tags",
    "attributes",
    "kind",
    "folded",
    "position",
    "dates",
}


def test_a_map_is_outlined_with_every_field_of_the_contract() -> None:
    shown = outline_json(read("carte.mm", MM))
    root = shown["roots"][0]
    assert root.keys() >= FIELDS | {"children"}
    health = root["children"][0]
    assert (health["note"], health["details"]) == ("Une note.\nDeux lignes.", "Un détail")
    assert (health["tags"], health["folded"], health["position"]) == (["santé", "aînés"], True, "right")
    assert shown["cross_links"] == [["Se soigner", "Se déplacer", "a besoin de"]]
    assert shown["relations"] == [{"from_id": "ID_2", "to_id": "ID_3", "label": "a besoin de", "direction": "forward"}]
    assert set(shown["ledger"]) == {"found", "kept", "left_out"}
    assert json.loads(json.dumps(shown)) == shown


def test_the_tree_of_a_map_is_the_one_that_its_blocks_give() -> None:
    document = read("carte.mm", MM.replace("Se soigner", "Se &#x2060;soigner"))
    again = document.changed()  # its blocks, without the tree of its reader
    assert "tree" in vars(document)
    assert "tree" not in vars(again)
    assert outline_json(document) == outline_json(again)
    assert [document.text[b.start : b.end] for b in document.blocks if b.label == "Se soigner"] == ["Se soigner"]


def test_a_bare_topic_has_lists_of_its_own_once_they_are_asked_for() -> None:
    one, other = Topic.bare("a", "x"), Topic.bare("b", "y")
    assert one.is_bare
    one.links.append("https://exemple.org")
    one.dates["created"] = "2025"
    assert (one.links, one.dates, one.is_bare) == (["https://exemple.org"], {"created": "2025"}, False)
    assert (other.links, other.dates, copy(other)) == ([], {}, Topic("b", "y"))


def labels(nodes: list[dict[str, object]]) -> list[object]:
    return [[n["label"], labels(n["children"])] if n["children"] else n["label"] for n in nodes]  # type: ignore[arg-type]


def test_a_markdown_outline_holds_headings_and_items_and_no_paragraph() -> None:
    text = "# Fête\n\nUn texte.\n\n## Repas\n\n1. soupe\n   - au potiron\n2. **pain**\n\n# Suites\n- rien\n"
    assert labels(outline_json(read("n.md", text))["roots"]) == [
        ["Fête", [["Repas", [["soupe", ["au potiron"]], "pain"]]]],
        ["Suites", ["rien"]],
    ]


def test_notes_in_plain_text_show_paragraphs_too() -> None:
    text = "LE BILAN\n\nOn a marché le long du canal.\n\nDeux idées :\n- un banc\n- un arbre\n"
    assert labels(outline_json(read("n.txt", text))["roots"]) == [
        ["LE BILAN", ["On a marché le long du canal.", ["Deux idées :", ["un banc", "un arbre"]]]]
    ]


def test_a_table_of_comments_hangs_answers_under_what_they_answer() -> None:
    text = "id,parentId,title,body\n1,,Un banc,Devant la poste\n2,1,Oui,D'accord\n"
    root = outline_json(read("c.csv", text))["roots"]
    assert labels(root) == [["Un banc", ["Oui"]]]
    assert root[0]["note"] == "Devant la poste"


def test_the_outline_for_people_is_indented() -> None:
    assert outline_text(read("n.md", "# A\n\n## B\n\n- c\n")) == "A\n  B\n    c"
