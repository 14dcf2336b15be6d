# ruff: noqa: E501 - samples stand on the lines they come on
"""The family of FreeMind and the two forms of XMind: what each dialect adds, what is repaired, what is refused."""

from __future__ import annotations

import json

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind
from tests.map_reading import archive, carried, kinds, left, links, notes
from tests.reading import labels, read, tree


def test_a_freeplane_map_keeps_clouds_reminders_equations_and_links_of_its_notes() -> None:
    text = """<map version="freeplane 1.9.8"><node TEXT="Pont" ID="a" COLOR="#112233" BACKGROUND_COLOR="#ffffff" STYLE="fork">
    <edge COLOR="#00ff00"/><cloud COLOR="#f0f0f0"/><hook NAME="plugins/TimeManagementReminder.xml"><Parameters REMINDUSERAT="1700000000000"/></hook>
    <hook NAME="plugins/latex/LatexNodeHook.properties" EQUATION="x^2"/><hook NAME="plugins/autre" X="1"/>
    <richcontent TYPE="NOTE"><html><body><p>voir <a href="https://n.example">ici</a></p></body></html></richcontent>
    <node TEXT="clone" CONTENT_ID="a"/><node ID="t" TREE_ID="a"><node ID="u"/></node><node TEXT="En somme"><hook NAME="SummaryNode"/></node>
    <node TEXT="à part"><hook NAME="FreeNode"/></node></node></map>"""
    document = read("pont.mm", text)
    assert tree(document) == [(0, "Pont"), (1, "clone"), (1, "Pont"), (2, ""), (1, "En somme"), (1, "à part")]
    bridge = document.blocks[0].attributes
    assert bridge["style"] == {"text": "#112233", "background": "#ffffff", "shape": "fork", "edge": "#00ff00"}
    assert bridge["dates"] == {"reminder": "2023-11-14T22:13:20+00:00"}
    assert bridge["links"] == ["https://n.example"]
    assert notes(document, "details")["Pont"] == "x^2"
    assert [b.topics for b in document.boundaries] == [("a",)]
    assert kinds(document)["En somme"] == "summary"
    assert left(document).keys() == {"hooks"}


@pytest.mark.parametrize(
    ("data", "label", "what"),
    [
        (b'<map version="0.9.0"><node TEXT="caf&eacute;&nbsp;th&eacute;"/></map>', "café thé", "entities"),
        (b'<map version="0.9.0"><node TEXT="caf\xe9 \x80"/></map>', "café €", "bytes"),
        (b'<map version="0.9.0"><node TEXT="a&#x1;b\x02c"/></map>', "abc", "characters"),
        (b'<map version="0.9.0"><node TEXT="caf&#233; & th&#233; &amp; lait"/></map>', "café & thé & lait", "entities"),
        (b'<map version="0.9.0"><node TEXT="caf&#233;"><richcontent TYPE="NOTE"><html><head> <head/><body><p>pain</p></body></html></richcontent></node></map>', "café", "heads"),
        ('<?xml version="1.0" encoding="windows-1251"?><map version="1.0.1"><node TEXT="&nbsp;мост"/></map>'.encode("cp1251"), "мост", "entities"),
    ],
)  # fmt: skip
def test_a_map_is_read_after_repairs_that_are_told(data: bytes, label: str, what: str) -> None:
    document = read("x.mm", data)
    assert tree(document) == [(0, label)]
    assert left(document).keys() == {what}


def test_an_ampersand_in_cdata_stands_for_itself_whatever_is_repaired_around_it() -> None:
    text = '<map name="1" version="tango"><topic central="true" id="1" text="Pain & lait"><note><![CDATA[sel & eau &amp; miel]]></note></topic></map>'
    document = read("x.wxml", text)
    assert tree(document) == [(0, "Pain & lait")]
    assert labels(document, BlockKind.NOTE) == ["sel & eau &amp; miel"]
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("entities", 1)]


def test_a_map_that_is_only_a_node_and_one_with_a_namespace_are_read() -> None:
    assert tree(read("x.mm", '<node TEXT="seul" ID="1"><node TEXT="enfant"/></node>')) == [(0, "seul"), (1, "enfant")]
    wrapped = '<node><node CREATED="1" TEXT="seul"><node TEXT="enfant"/></node></node>'
    assert tree(read("x.mm", wrapped)) == [(0, ""), (1, "seul"), (2, "enfant")]
    assert tree(read("x.mm", '<map xmlns="http://n.example" version="1.0.1"><node TEXT="seul"/></map>')) == [
        (0, "seul")
    ]


def test_joined_branches_of_coggle_are_internal_links() -> None:
    text = '<map version="0.9.0"><node TEXT="a" ID="1" X_COGGLE_POSX="0" X_COGGLE_POSY="0"><node TEXT="" ID="2" X_COGGLE_JOINEDTO="3"/></node><x-coggle-rootnode TEXT="b" ID="3" X_COGGLE_POSX="9" X_COGGLE_POSY="9"/></map>'
    document = read("coggle.mm", text)
    assert tree(document) == [(0, "a"), (1, ""), (0, "b")]
    assert carried(document, "")["links"] == ["#3"]


XMIND_8 = """<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:svg="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<sheet id="s"><topic id="r" modified-by="aline" timestamp="1700000000000" style-id="st"><title>Centre</title><children><topics type="summary"><topic id="su"><title>En somme</title></topic></topics>
<topics type="attached"><topic id="a"><title>Un
et demi</title><notes><html xmlns:x="http://www.w3.org/1999/xhtml"><x:p>riche</x:p></html></notes></topic><topic id="b"><title>Deux</title></topic></topics>
<topics type="detached"><topic id="f"><title>Volant</title><children><topics type="detached"><topic id="g"><title>Plus loin</title></topic></topics></children></topic></topics></children>
<boundaries><boundary range="(0,1)"><title>cadre</title></boundary><boundary range="master"/><boundary range="(7,8)"/></boundaries><summaries><summary range="(0,1)" topic-id="su"/></summaries></topic>
<title>Feuille A</title><relationships><relationship end1="a" end2="b" style-id="both"><title/></relationship></relationships></sheet></xmap-content>"""
STYLES = '<xmap-styles xmlns="urn:xmind:xmap:xmlns:style:2.0" xmlns:svg="s" xmlns:fo="f"><styles><style id="st" type="topic"><topic-properties svg:fill="#112233" fo:color="#ffffff"/></style><style id="both"><relationship-properties arrow-begin-class="org.xmind.arrowShape.triangle"/></style></styles></xmap-styles>'
COMMENTS = '<comments xmlns="urn:xmind:xmap:xmlns:comments:1.0"><comment author="bruno" object-id="a" time="1"><content>à revoir</content></comment><comment object-id="zz"><content>perdu</content></comment></comments>'


def test_an_old_xmind_map_keeps_looks_comments_authors_and_boundaries() -> None:
    document = read("a.xmind", archive({"content.xml": XMIND_8, "styles.xml": STYLES, "comments.xml": COMMENTS}))
    assert tree(document) == [
        (0, "Centre"),
        (1, "Un et demi"),
        (1, "Deux"),
        (1, "En somme"),
        (0, "Volant"),
        (0, "Plus loin"),
    ]
    centre = carried(document, "Centre")
    assert (centre["author"], centre["sheet"], centre["dates"]) == (
        "aline",
        "Feuille A",
        {"modified": "2023-11-14T22:13:20+00:00"},
    )
    assert centre["style"] == {"background": "#112233", "text": "#ffffff"}
    assert carried(document, "Volant")["sheet"] == "Feuille A"
    assert carried(document, "Un et demi")["author"] == "bruno"
    assert notes(document, "details") == {"Un et demi": "à revoir"}
    assert notes(document) == {"Un et demi": "riche"}
    assert carried(document, "En somme")["attributes"] == {"range": "(0,1)"}
    assert [(b.topics, b.label) for b in document.boundaries] == [(("a", "b"), "cadre"), (("r",), "")]
    assert links(document) == [("Un et demi", "Deux", "", "both")]
    assert left(document).keys() == {"boundaries", "comments"}


def test_a_new_xmind_map_keeps_looks_boundaries_and_notes_in_every_form() -> None:
    root = {"id": "r", "title": "Centre", "style": {"properties": {"svg:fill": "#112233"}}, "boundaries": [{"range": "(1,1)", "title": "cadre"}], "children": {"attached": [
        {"id": "a", "title": "Un", "notes": {"html": {"content": {"paragraphs": [{"spans": [{"text": "par "}, {"text": "là"}]}, {"spans": [{"text": "ici"}]}]}}}, "comments": [{"author": "bruno", "content": "oui"}]},
        {"id": "b", "title": "Deux", "notes": {"ops": {"ops": [{"insert": "ops\\n"}]}}},
    ]}}  # fmt: skip
    sheet = {
        "id": "s",
        "title": "Feuille",
        "rootTopic": root,
        "theme": {"summary": {"a": 1, "b": 2}},
        "relationships": [
            {"end1Id": "a", "end2Id": "b", "style": {"properties": {"arrow-end-class": "org.xmind.arrowShape.none"}}}
        ],
    }
    document = read("b.xmind", archive({"content.json": json.dumps([sheet])}))
    assert notes(document)["Un"] == "par là\nici"
    assert notes(document, "details") == {"Un": "oui"}
    assert [(b.topics, b.label) for b in document.boundaries] == [(("b",), "cadre")]
    assert links(document) == [("Un", "Deux", "", "none")]
    assert carried(document, "Centre")["style"] == {"background": "#112233"}
    assert document.ledger.found["topics"] == 3


@pytest.mark.parametrize(
    "members",
    [
        {"content.xml": b"\x8f\x01\x99", "META-INF/manifest.xml": '<manifest xmlns="urn:xmind:xmap:xmlns:manifest:1.0"><file-entry full-path="content.xml"><encryption-data checksum="x"/></file-entry></manifest>'},
        {"content.json": b"\x8f\x01\x99", "manifest.json": '{"file-entries": {"content.json": {"encryption-data": {}}}}'},
    ],
)  # fmt: skip
def test_an_xmind_map_with_a_password_is_refused_with_what_to_do(members: dict[str, str | bytes]) -> None:
    with pytest.raises(InputRefused, match="password"):
        read("secret.xmind", archive(members))


def test_bare_xmind_content_is_read() -> None:
    assert tree(read("content.xml", XMIND_8))[0] == (0, "Centre")
