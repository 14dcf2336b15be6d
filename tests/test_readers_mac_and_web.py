# ruff: noqa: E501 - samples stand on the lines they come on
"""Maps of applications of the Mac and of the web: MindNode, KityMinder, NovaMind, VYM, MindMeister; rich text."""

from __future__ import annotations

import json
import plistlib
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.office.rtf import rtf_text
from tests.map_reading import archive, carried, kinds, left, links, notes
from tests.reading import read, tree


def plist(value: Any, form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
    return plistlib.dumps(value, fmt=form)


NODE = {
    "nodeID": "A", "title": {"text": "<p style='color: rgba(1, 2, 3, 1.0)'>Ferme &amp; <b>lavoir</b></p>"}, "note": {"text": "<p>Un</p><p><a href='https://n.example'>Deux</a></p>"},
    "hasFoldedSubnodes": True, "location": "{1, 2}", "attachment": {"fileName": "x.png"}, "tags": ["T1"],
    "subnodes": [{"nodeID": "B", "title": {"text": r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 L\'e9gumes\par d\u8217?ici}"}, "subnodes": [], "task": {"state": 1}}, {"nodeID": "C", "subnodes": []}],
}  # fmt: skip
CANVAS = {
    "mindMaps": [{"mainNode": NODE}, {"mainNode": {"nodeID": "D", "title": {"text": "<p>À côté</p>"}, "subnodes": []}}],
    "crossConnections": [{"endPoints": {"startNodeID": "B", "endNodeID": "D"}, "title": {"text": "<p>nourrit</p>"}, "arrowStyle": {"startArrow": 1, "endArrow": 0}}],
    "tags": [{"tagID": "T1", "name": "vert"}], "boundaries": [{"nodeIDs": ["A"], "title": {"text": "<p>cadre</p>"}}],
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        plist({"version": 6, "canvas": CANVAS}),
        plist({"version": 6, "canvas": CANVAS}, plistlib.FMT_XML),
        archive({"__MACOSX/Ferme.mindnode/._contents.xml": b"\0", "Ferme.mindnode/style.mindnodestyle/contents.xml": plist({}), "Ferme.mindnode/contents.xml": plist({"canvas": CANVAS})}),
    ],
)  # fmt: skip
def test_a_mindnode_map_is_read_from_its_folder_zipped_or_from_its_property_list(data: bytes) -> None:
    document = read("Ferme.mindnode", data)
    assert tree(document) == [(0, "Ferme & lavoir"), (1, "Légumes d’ici"), (1, ""), (0, "À côté")]
    assert notes(document) == {"Ferme & lavoir": "Un\nDeux"}
    farm = carried(document, "Ferme & lavoir")
    assert (farm["links"], farm["tags"], farm["folded"]) == (["https://n.example"], ["vert"], True)
    assert links(document) == [("Légumes d’ici", "À côté", "nourrit", "backward")]
    assert [(b.topics, b.label) for b in document.boundaries] == [(("A",), "cadre")]
    assert left(document).keys() == {"images"}


def test_an_old_mindnode_map_keeps_its_main_nodes_in_one_place() -> None:
    value = {
        "mindMap": {
            "mainNodes": [
                {"nodeID": "A", "title": {"text": "Un"}, "subnodes": []},
                {"nodeID": "B", "title": {"text": "Deux"}, "subnodes": []},
            ],
            "crossConnections": [{"startNodeID": "A", "endNodeID": "B", "title": {"text": ""}}],
        }
    }
    document = read("v1.mindnode", plist(value))
    assert tree(document) == [(0, "Un"), (0, "Deux")]
    assert links(document) == [("Un", "Deux", "", "forward")]


def test_a_property_list_that_holds_itself_or_the_same_branch_a_million_times_is_refused() -> None:
    branch: dict[str, object] = {"nodeID": "z", "title": {"text": "fin"}, "subnodes": []}
    for _ in range(25):
        branch = {"nodeID": "n", "title": {"text": "x"}, "subnodes": [branch, branch]}
    with pytest.raises(InputRefused, match="nodes"):
        read("bombe.mindnode", plist({"canvas": {"mindMaps": [{"mainNode": branch}]}}))
    with pytest.raises(InputRefused):
        read("bombe.mindnode", plist({"canvas": {"mindMaps": [{"mainNode": NODE}]}})[:-40])


KM = {"data": {"text": "Gare", "created": 1700000000000, "PriorityIcon": 2, "resource": ["rail"]}, "children": [{"data": {"text": "Quai", "note": "à refaire", "hyperlink": "https://k.example", "progress": 3, "expandState": "collapse"}}]}  # fmt: skip


@pytest.mark.parametrize("value", [KM, {"root": KM, "template": "default", "version": "1.4.43"}])
def test_a_kityminder_map_is_read_with_or_without_its_root(value: object) -> None:
    document = read("gare.km", json.dumps(value))
    assert tree(document) == [(0, "Gare"), (1, "Quai")]
    assert (carried(document, "Gare")["icons"], carried(document, "Gare")["tags"]) == (["priority-2"], ["rail"])
    assert carried(document, "Gare")["dates"] == {"created": "2023-11-14T22:13:20+00:00"}
    assert (carried(document, "Quai")["icons"], carried(document, "Quai")["links"]) == (
        ["progress-3"],
        ["https://k.example"],
    )
    assert notes(document) == {"Quai": "à refaire"}


def test_a_simple_mind_map_keeps_summaries_and_lines() -> None:
    data = {"root": {"data": {"text": "<p>Tour</p>", "richText": True, "uid": "a", "generalization": [{"text": "résumé"}], "associativeLineTargets": ["b"], "associativeLineText": {"b": "vers"}}, "children": [{"data": {"text": "Haut", "uid": "b"}, "children": []}]}}  # fmt: skip
    document = read("tour.smm", json.dumps(data))
    assert tree(document) == [(0, "Tour"), (1, "Haut"), (1, "résumé")]
    assert kinds(document)["résumé"] == "summary"
    assert links(document) == [("Tour", "Haut", "vers", "forward")]


NM5 = """<document title="Port"><maps><map id="m"><topic-node id="1" type="Topic" topic-ref="t1"><sub-topics>
<topic-node id="2" type="Callout" topic-ref="t2"><topic-node-view is-expanded="False" location="1,2"/></topic-node><topic-node id="3" type="Topic" topic-ref="gone"/></sub-topics></topic-node>
<link-lines><topic-node id="4" type="LinkLine" topic-ref="t4"><link-line-data start-topic-node-ref="2" end-topic-node-ref="1"><start-terminator type="1"/><end-terminator type="1"/></link-line-data></topic-node></link-lines></map></maps>
<topics><topic id="t1"><rich-text>\n   <text-run>Port de<br/>pê</text-run>\n   <hyperlink url="https://o.example"><text-run>che</text-run></hyperlink></rich-text><top-image resource-ref="r"/></topic>
<topic id="t2"><rich-text><text-run>Criée</text-run></rich-text><notes><p>le <text-run>matin</text-run></p></notes><project-task priority="2"><assigned-resources/></project-task></topic>
<topic id="t4"><rich-text><text-run>avec</text-run></rich-text></topic></topics></document>"""


def test_a_novamind_map_joins_its_tree_and_its_texts() -> None:
    document = read("port.nm5", archive({"content.xml": "\ufeff" + NM5}))
    assert tree(document) == [(0, "Port de pêche"), (1, "Criée"), (1, "")]
    assert kinds(document)["Criée"] == "callout"
    assert carried(document, "Port de pêche")["links"] == ["https://o.example"]
    assert carried(document, "Criée")["attributes"] == {"priority": "2"}
    assert notes(document) == {"Criée": "le matin"}
    assert links(document) == [("Criée", "Port de pêche", "avec", "both")]
    assert left(document).keys() == {"images", "topics"}


VYM = r"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE vymmap><vymmap version="2.8.19" author="A." title="Bois">
<mapcenter absPosX="1" absPosY="2" uuid="{c}"><heading textMode="richText" textColor="#112233" text="&lt;html&gt;&lt;head&gt;&lt;style type=\&quot;text/css\&quot;&gt;p {}&lt;/style&gt;&lt;/head&gt;\n&lt;body&gt;&lt;p&gt;Le bois&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;"/>
<branch uuid="{a}" url="https://v.example" scrolled="true"><heading><![CDATA[<html><body><p>Chênes</p></body></html>]]></heading>
<vymnote><html><body><p>Un</p><p>Deux</p></body></html></vymnote><standardFlag>idea</standardFlag><userflag name="hache" uuid="{f}"/><attribute key="âge" type="String" value="vieux"/>
<frame frameType="Cloud" includeChildren="true"/><xlink beginID="bo:0" endID="bo:1"/></branch>
<branch uuid="{b}"><heading>Hêtres</heading><htmlnote><html><body>note</body></html></htmlnote></branch></mapcenter>
<mapcenter uuid="{d}"><heading>Clairière</heading></mapcenter>
<xlink beginID="mc:1" endID="mc:0,bo:1" styleBegin="None" styleEnd="HeadFull"/><xlink beginID="{b}" endID="{d}"/><xlink beginID="mc:0,fi:0" endID="mc:9"/></vymmap>"""


def test_a_vym_map_of_before_version_2_9_says_folded_by_yes_and_its_comment_is_told() -> None:
    text = """<vymmap version="2.3.0" comment="Carte d'essai"><mapcenter><heading>Quai</heading>
    <branch scrolled="yes"><heading>Pont</heading><branch><heading>Lampe</heading></branch></branch><branch scrolled="false"><heading>Bac</heading></branch></mapcenter></vymmap>"""
    document = read("quai.vym", text)
    assert carried(document, "Pont")["folded"] is True
    assert document.ledger.found["folded"] == document.ledger.kept["folded"] == 1
    assert [row.what for row in document.ledger.left_out] == ["comment of the file"]


@pytest.mark.parametrize(
    "data", [VYM.encode(), archive({"map.xml": VYM, "flags/x.png": b""}), archive({"bois/bois.xml": VYM})]
)
def test_a_vym_map_keeps_texts_of_every_age_and_links_by_path_or_id(data: bytes) -> None:
    document = read("bois.vym", data)
    assert tree(document) == [(0, "Le bois"), (1, "Chênes"), (1, "Hêtres"), (0, "Clairière")]
    assert notes(document) == {"Chênes": "Un\nDeux", "Hêtres": "note"}
    oaks = carried(document, "Chênes")
    assert (oaks["icons"], oaks["links"], oaks["attributes"]) == (
        ["idea", "hache"],
        ["https://v.example"],
        {"âge": "vieux"},
    )
    assert links(document) == [
        ("Clairière", "Hêtres", "", "forward"), ("Hêtres", "Clairière", "", "none"), ("Chênes", "Hêtres", "", "none"),
    ]  # fmt: skip
    assert left(document).keys() == {"relations", "author of the file"}


def test_a_mindmeister_map_is_read() -> None:
    data = {
        "map_version": "3.0",
        "root": {
            "id": 1,
            "title": "Halle",
            "note": "<p>ouverte</p>",
            "children": [
                {"id": 2, "title": "Volant", "floating": True, "icon": "emoji-fire,status_help"},
                {"id": 3, "title": "Étal\r\nA", "link": "https://s.example"},
            ],
        },
        "connections": [{"from_id": 3, "to_id": 2, "label": "sous"}],
    }
    document = read("halle.mind", archive({"map.json": json.dumps(data)}))
    assert tree(document) == [(0, "Halle"), (1, "Volant"), (1, "Étal A")]
    assert carried(document, "Volant")["icons"] == ["emoji-fire", "status_help"]
    assert notes(document) == {"Halle": "ouverte"}
    assert links(document) == [("Étal A", "Volant", "sous", "forward")]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            r"{\rtf1\ansi\deff0{\fonttbl{\f0\fnil Arial;}}{\colortbl;\red255\green0\blue0;}\f0\fs24 un\b  deux\b0\par trois}",
            "un deux\ntrois",
        ),
        (r"{\rtf1{\*\generator Riched20;}caf\'e9 \{x\}\\ \u233?\u-243?}", "café {x}\\ é－"),
        (r"{\rtf1\ansicpg1251 \'c0\u10?}", "А\n"),
        (r"{\rtf1 sans fin {\pict 89504e47", "sans fin"),
        ("pas du rtf", "pas du rtf"),
    ],
)
def test_rtf_gives_its_visible_text(source: str, text: str) -> None:
    assert rtf_text(source) == text.strip()
