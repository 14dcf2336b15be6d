# ruff: noqa: E501 - samples stand on the lines they come on
"""Boards and graphs: CmapTools, TheBrain, Trello, Kumu; and what holds of every drawn graph."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, RawFile
from ingest.registry import read_document
from tests.map_reading import carried, left, links, topics
from tests.reading import labels, read, tree

FOLDER = Path(__file__).parent / "variants"


def notes(text: str, name: str) -> dict[str, str]:
    return {b.attributes["role"]: b.label for b in read(name, text).blocks if b.kind is BlockKind.NOTE}


CXL = """<?xml version="1.0" encoding="UTF-8"?><cmap xmlns="http://cmap.ihmc.us/xml/cmap/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:vcard="v">
<res-meta><dc:title>Le jardin</dc:title><dc:creator><vcard:FN>Lise Aubin</vcard:FN></dc:creator></res-meta><map><concept-list>
<concept id="1" label="Jardin&#xa;partagé" long-comment="Ouvert le mardi"/><concept id="2" label="Voisins"/><concept id="3" label="Écoles"/><concept id="4" label="Compost"/></concept-list>
<linking-phrase-list><linking-phrase id="p" label="accueille"/><linking-phrase id="q" label="seule"/></linking-phrase-list>
<connection-list><connection id="c1" from-id="1" to-id="p"/><connection id="c2" from-id="p" to-id="2"/><connection id="c3" from-id="p" to-id="3"/>
<connection id="c4" from-id="4" to-id="p"/><connection id="c5" from-id="4" to-id="1"/><connection id="c6" from-id="q" to-id="1"/></connection-list>
<concept-appearance-list><concept-appearance id="1" x="10" y="20" width="5" height="6"/></concept-appearance-list></map></cmap>"""


def test_a_phrase_of_a_concept_map_ties_every_concept_before_it_to_every_one_after() -> None:
    document = read("jardin.cxl", CXL)
    assert document.title == "Le jardin"
    assert topics(document) == ["Jardin partagé", "Voisins", "Écoles", "Compost"]
    assert links(document) == [
        ("Jardin partagé", "Voisins", "accueille", "forward"), ("Jardin partagé", "Écoles", "accueille", "forward"),
        ("Compost", "Voisins", "accueille", "forward"), ("Compost", "Écoles", "accueille", "forward"),
        ("Compost", "Jardin partagé", "", "forward"),
    ]  # fmt: skip
    assert notes(CXL, "jardin.cxl") == {"note": "Ouvert le mardi"}
    assert left(document) == {"phrases": 1, "authors": 1}
    assert "Aubin" not in document.text


# --- TheBrain -------------------------------------------------------------------------------------------------------


def brain(**members: list[dict[str, Any]] | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, values in members.items():
            lines = values if isinstance(values, str) else "\ufeff" + "\n".join(json.dumps(v) for v in values)
            made.writestr(name.replace("__", "/").replace("_", "."), lines)
    return out.getvalue()


THOUGHTS = [
    {"Id": "a", "Name": "Fête du quai", "Kind": 1, "TypeId": "t", "CreationDateTime": "2026-05-12T09:00:00"},
    {"Id": "b", "Name": "Fanfare", "Kind": 1}, {"Id": "c", "Name": "Buvette", "Kind": 1},
    {"Id": "t", "Name": "Événement", "Kind": 2}, {"Id": "g", "Name": "musique", "Kind": 4},
]  # fmt: skip
LINKS = [
    {"ThoughtIdA": "a", "ThoughtIdB": "b", "Relation": 1, "Meaning": 1},
    {"ThoughtIdA": "c", "ThoughtIdB": "a", "Relation": 2, "Meaning": 1},
    {"ThoughtIdA": "b", "ThoughtIdB": "c", "Relation": 3, "Meaning": 1, "Name": "assoiffe"},
    {"ThoughtIdA": "g", "ThoughtIdB": "b", "Relation": 1, "Meaning": 5},
    {"ThoughtIdA": "b", "ThoughtIdB": "gone", "Relation": 1, "Meaning": 1},
]


def test_thoughts_are_nodes_and_types_and_tags_describe_them() -> None:
    data = brain(thoughts_json=THOUGHTS, links_json=LINKS, attachments_json=[{"SourceId": "c", "Type": 3, "Location": "https://exemple.org"}], a__Notes_md="À **préparer**")  # fmt: skip
    document = read("quai.zip", data)
    assert topics(document) == ["Fête du quai", "Fanfare", "Buvette"]
    assert links(document) == [
        ("Fête du quai", "Fanfare", "", "forward"), ("Fête du quai", "Buvette", "", "forward"),
        ("Fanfare", "Buvette", "assoiffe", "none"),
    ]  # fmt: skip
    assert carried(document, "Fête du quai")["attributes"] == {"type": "Événement"}
    assert carried(document, "Fanfare")["tags"] == ["musique"]
    assert carried(document, "Buvette")["links"] == ["https://exemple.org"]
    assert labels(document, BlockKind.NOTE) == ["À **préparer**"]
    assert left(document) == {"types": 1, "tags": 1, "relations": 1}


def test_thoughts_alone_are_read_and_links_alone_are_refused_by_name() -> None:
    lines = "\n".join(json.dumps(t) for t in THOUGHTS)
    assert len(topics(read("thoughts.json", "\ufeff" + lines))) == 3
    with pytest.raises(InputRefused, match="TheBrain"):
        read("links.json", "\n".join(json.dumps(x) for x in LINKS))


def test_a_type_of_link_names_its_links_and_flags_say_where_a_jump_leads() -> None:
    thoughts = [{"Id": x, "Name": x.upper(), "Kind": 1} for x in "abc"]
    links_ = [
        {"ThoughtIdA": "0", "ThoughtIdB": "0", "Kind": 2, "Relation": 0, "Direction": 3, "Meaning": 0, "Name": "freine", "Id": "f"},
        {"ThoughtIdA": "a", "ThoughtIdB": "b", "Kind": 1, "Relation": 1, "Direction": -1, "Meaning": 1, "TypeId": "f"},
        {"ThoughtIdA": "b", "ThoughtIdB": "c", "Kind": 1, "Relation": 3, "Direction": -1, "Meaning": 1, "TypeId": "f"},
        {"ThoughtIdA": "a", "ThoughtIdB": "c", "Kind": 1, "Relation": 3, "Direction": 5, "Meaning": 1, "Name": "aide"},
        {"ThoughtIdA": "c", "ThoughtIdB": "a", "Kind": 1, "Relation": 3, "Direction": -1, "Meaning": 1},
    ]  # fmt: skip
    document = read("t.zip", brain(thoughts_json=thoughts, links_json=links_))
    assert links(document) == [
        ("A", "B", "freine", "forward"), ("B", "C", "freine", "backward"), ("A", "C", "aide", "forward"), ("C", "A", "", "none"),
    ]  # fmt: skip
    assert left(document) == {"types of relations": 1}
    with pytest.raises(InputRefused, match="TheBrain"):
        read("links.json", "\n".join(json.dumps(x) for x in links_))


def test_a_thought_names_its_tags_once() -> None:
    thoughts = [{"Id": "b", "Name": "Fanfare", "Kind": 1, "TagIds": ["g", "h", "?"]}, *[{"Id": i, "Name": n, "Kind": 4} for i, n in (("g", "musique"), ("h", "été"))]]  # fmt: skip
    tied = [{"ThoughtIdA": "g", "ThoughtIdB": "b", "Relation": 1, "Meaning": 5}]
    assert carried(read("t.zip", brain(thoughts_json=thoughts, links_json=tied)), "Fanfare")["tags"] == [
        "musique",
        "été",
    ]


def test_thoughts_of_odd_types_are_no_trouble() -> None:
    lines = '{"Id": {}, "Name": [1], "Kind": {"a": 1}}\n{"Id": "x", "Name": "Moulin", "Kind": 1, "TypeId": []}'
    assert topics(read("thoughts.json", lines)) == ["Moulin"]


def test_a_broken_line_is_named() -> None:
    with pytest.raises(InputRefused, match=r"thoughts\.json, object 2"):
        read("t.zip", brain(thoughts_json=json.dumps(THOUGHTS[0]) + "\n{oops"))


# --- Trello ---------------------------------------------------------------------------------------------------------

BOARD: dict[str, Any] = {
    "id": "b", "name": "Marché du samedi", "desc": "Un tableau", "shortUrl": "https://trello.com/b/x",
    "lists": [{"id": "l2", "name": "Fait", "pos": 2, "closed": True, "idBoard": "b"}, {"id": "l1", "name": "À faire", "pos": 1.5, "idBoard": "b"}],
    "cards": [
        {"id": "c2", "idList": "l1", "name": "Chercher un local", "pos": 20, "idLabels": ["x"], "due": "2026-06-01T10:00:00.000Z"},
        {"id": "c1", "idList": "l1", "name": "Appeler la mairie", "desc": "Avant mardi", "pos": 10, "attachments": [{"url": "https://exemple.org"}]},
        {"id": "c3", "idList": "l2", "name": "Affiche", "pos": 1, "closed": True},
    ],
    "checklists": [{"id": "k", "idCard": "c2", "name": "Où ?", "checkItems": [{"id": "i1", "name": "Halle", "state": "complete", "pos": 9}, {"id": "i2", "name": "École", "state": "incomplete", "pos": 3}]}],
    "labels": [{"id": "x", "name": "urgent", "color": "red"}],
    "members": [{"id": "m", "fullName": "Lise Aubin"}],
    "actions": [{"type": "commentCard", "data": {"text": "oui"}}, {"type": "createCard"}],
}  # fmt: skip


def test_a_board_is_a_tree_of_lists_cards_and_check_items() -> None:
    document = read("marche.json", json.dumps(BOARD))
    assert tree(document) == [
        (0, "Marché du samedi"),
        (1, "À faire"), (2, "Appeler la mairie"), (2, "Chercher un local"), (3, "Halle"), (3, "École"),
        (1, "Fait"), (2, "Affiche"),
    ]  # fmt: skip
    assert labels(document, BlockKind.NOTE) == ["Un tableau", "Avant mardi"]
    assert carried(document, "Chercher un local")["tags"] == ["urgent"]
    assert carried(document, "Halle")["attributes"] == {"checklist": "Où ?", "state": "complete"}
    assert carried(document, "Affiche")["attributes"] == {"closed": "true"}
    assert left(document) == {"comments": 1, "members": 1}
    assert (document.ledger.found["topics"], document.ledger.kept["topics"]) == (8, 8)
    assert "Aubin" not in document.text


def test_labels_that_the_board_does_not_list_are_read_on_the_card() -> None:
    cards = [
        {"id": "1", "idList": "l", "name": "Un", "idLabels": ["x"], "labels": [{"id": "x", "name": "soin", "color": "red"}]},
        {"id": "2", "idList": "l", "name": "Deux", "labels": [{"color": "green", "name": ""}, {"color": "blue", "name": "eau"}]},
    ]  # fmt: skip
    document = read("b.json", json.dumps({"name": "B", "lists": [{"id": "l", "idBoard": "b"}], "cards": cards}))
    assert carried(document, "Un")["tags"] == ["soin"]
    assert carried(document, "Deux")["tags"] == ["green", "eau"]


def test_a_card_saved_by_itself_is_a_tree_with_its_check_items() -> None:
    card = {
        "id": "c", "idBoard": "b", "idList": "l", "name": "Fêter", "desc": "En juin", "labels": [], "attachments": [{"url": "https://exemple.org"}],
        "checklists": [{"name": "Quoi ?", "checkItems": [{"id": "i", "name": "Nappes", "state": "complete"}]}],
        "customFieldItems": [{"id": "f"}], "actions": [{"type": "commentCard"}],
    }  # fmt: skip
    document = read("carte.json", json.dumps(card))
    assert tree(document) == [(0, "Fêter"), (1, "Nappes")]
    assert labels(document, BlockKind.NOTE) == ["En juin"]
    assert left(document) == {"comments": 1, "fields": 1}
    assert document.ledger.found == {"topics": 2, "notes": 1, "links": 1}


def test_a_board_with_odd_places_and_repeated_lists_is_read_once() -> None:
    odd = {"lists": [{"id": "l", "pos": "un", "idBoard": 1}, {"id": "l", "pos": None}, 3], "cards": [{"idList": "l", "pos": 1e400}, {"idList": "gone", "name": "perdue"}, None]}  # fmt: skip
    assert [label for _, label in tree(read("x.json", json.dumps(odd)))] == ["", "", "", "", "perdue"]


# --- Kumu -----------------------------------------------------------------------------------------------------------


def test_a_kumu_blueprint_ties_elements_by_label_or_id() -> None:
    text = """{"elements": [{"label": "A", "type": "Lieu", "description": "Au bord de l'eau", "tags": ["un", "deux"]}, {"id": "e2", "label": "B", "Capacité": 40}],
    "connections": [{"from": "A", "to": "e2", "type": "mène à", "direction": "mutual"}, {"from": "A", "to": "Z"}]}"""
    document = read("carte.json", text)
    assert topics(document) == ["A", "B"]
    assert links(document) == [("A", "B", "mène à", "both")]
    assert carried(document, "A") == {"tags": ["un", "deux"], "attributes": {"type": "Lieu"}}
    assert carried(document, "B")["attributes"] == {"capacité": "40"}
    assert notes(text, "carte.json") == {"note": "Au bord de l'eau"}
    assert left(document) == {"relations": 1}


# --- all of them ----------------------------------------------------------------------------------------------------

OURS = ("canvas", "graphml", "gexf", "drawio", "excalidraw", "excalidraw.md", "dot", "cxl", "thebrain.zip", "kumu.json")


@pytest.mark.parametrize("extension", OURS)
def test_a_file_cut_anywhere_or_stained_is_read_or_refused_in_a_sentence(extension: str) -> None:
    data = (FOLDER / f"atelier.{extension}").read_bytes()
    cuts = [data[: len(data) * tenth // 10] for tenth in range(1, 10)]
    stained = [
        data[: len(data) // 2] + stain + data[len(data) // 2 :]
        for stain in (b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"<", b'"')
    ]
    refusals = [str(e) for e in map(refusal, [RawFile(f"atelier.{extension}", c) for c in (*cuts, *stained)]) if e]
    assert all(e.startswith(f"atelier.{extension}") and "\n" not in e for e in refusals)


def refusal(raw: RawFile) -> InputRefused | None:
    try:
        read_document(raw)
    except InputRefused as error:
        return error
    return None


@pytest.mark.parametrize("extension", OURS)
def test_only_one_reader_takes_a_file(extension: str) -> None:
    from ingest.registry import Rank, readers

    raw = RawFile(f"atelier.{extension}", (FOLDER / f"atelier.{extension}").read_bytes())
    assert len([r.name for r in readers() if r.rank <= Rank.MARKED and r.accepts(raw)]) == 1
