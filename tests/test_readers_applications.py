# ruff: noqa: E501 - samples stand on the lines they come on
"""Maps of mind-map applications: MindManager, SimpleMind, iThoughts, MindMup, WiseMapping, SciaReto and their kin."""

from __future__ import annotations

import io
import json
import plistlib
import zipfile

import pytest

from graph.errors import InputRefused
from ingest.document import Document
from ingest.rtf import rtf_text
from tests.reading import read, tree


def archive(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def kinds(document: Document) -> dict[str, str]:
    return {b.label: b.attributes.get("kind", "topic") for b in document.blocks if "role" not in b.attributes}


def of(document: Document, label: str) -> dict[str, object]:
    return next(b.attributes for b in document.blocks if b.label == label and "role" not in b.attributes)


def notes(document: Document, role: str = "note") -> dict[str, str]:
    """Labels of topics with the text of their note or details."""
    return {
        document.blocks[b.parent or 0].label: document.text[b.start : b.end]
        for b in document.blocks
        if b.attributes.get("role") == role
    }


def links(document: Document) -> list[tuple[str, str, str, str]]:
    label = {b.place: b.label for b in document.blocks if "role" not in b.attributes}
    return [(label[x.from_id], label[x.to_id], x.label, x.direction) for x in document.cross_links]


def left_out(document: Document) -> set[str]:
    return {x.what for x in document.ledger.left_out}


MMAP = """<?xml version="1.0" encoding="UTF-8"?>
<ap:Map xmlns:ap="http://schemas.mindjet.com/MindManager/Application/2003" xmlns:cor="http://schemas.mindjet.com/MindManager/Core/2003">
<ap:OneTopic><ap:Topic OId="c="><ap:SubTopics>
<ap:Topic OId="a="><ap:SubTopics><ap:Topic OId="e="/></ap:SubTopics><ap:FloatingTopics><ap:Topic OId="k="><ap:Text PlainText="Attention"/></ap:Topic></ap:FloatingTopics>
<ap:TopicViewGroup><ap:Collapsed Collapsed="true"/></ap:TopicViewGroup><ap:Text PlainText="Marché&#10;couvert"><ap:Font Color="ff112233"/></ap:Text>
<ap:NotesGroup><ap:NotesXhtmlData PreviewPlainText="x"><html xmlns="http://www.w3.org/1999/xhtml"><p>Deux</p><p>lignes</p></html></ap:NotesXhtmlData></ap:NotesGroup>
<ap:IconsGroup><ap:Icons><ap:Icon IconType="urn:mindjet:Prio1"/></ap:Icons></ap:IconsGroup><ap:TextLabels><ap:TextLabel TextLabelName="été"/></ap:TextLabels>
<ap:Task TaskPercentage="50" Resources="Aline"/><ap:Offset CX="1." CY="2."/><ap:Hyperlink Url="https://a.example"/>
<ap:OneBoundary><ap:Boundary OId="bo="/></ap:OneBoundary><ap:OneImage/></ap:Topic>
<ap:Topic OId="b="><ap:Text PlainText="Halle"/><ap:HyperlinkGroup><ap:Hyperlink Url="" OId="a="/></ap:HyperlinkGroup></ap:Topic></ap:SubTopics>
<ap:FloatingTopics><ap:Topic OId="f="><ap:Text PlainText="Idée volante"/></ap:Topic></ap:FloatingTopics><ap:Text PlainText="Bourg"/></ap:Topic></ap:OneTopic>
<ap:Relationships><ap:Relationship OId="r="><ap:ConnectionGroup Index="1"><ap:Connection><ap:ObjectReference OIdRef="b="/></ap:Connection></ap:ConnectionGroup>
<ap:ConnectionGroup Index="0"><ap:Connection><ap:ObjectReference OIdRef="a="/></ap:Connection></ap:ConnectionGroup>
<ap:FloatingTopics><ap:Topic OId="l="><ap:Text PlainText="dans la"/></ap:Topic></ap:FloatingTopics></ap:Relationship>
<ap:Relationship><ap:ConnectionGroup Index="0"><ap:Connection><ap:ObjectReference OIdRef="zz="/></ap:Connection></ap:ConnectionGroup></ap:Relationship></ap:Relationships>
</ap:Map>"""


@pytest.mark.parametrize(
    "data", [archive({"Document.xml": MMAP}), MMAP.encode(), MMAP.replace("UTF-8", "UTF-16").encode("utf-16")]
)
def test_a_mindmanager_map_keeps_everything_but_its_pictures(data: bytes) -> None:
    document = read("plan.mmap", data)
    assert tree(document) == [
        (0, "Bourg"),
        (1, "Marché couvert"),
        (2, ""),
        (2, "Attention"),
        (1, "Halle"),
        (0, "Idée volante"),
    ]
    assert (kinds(document)["Idée volante"], kinds(document)["Attention"]) == ("floating", "callout")
    market = of(document, "Marché couvert")
    assert market["icons"] == ["urn:mindjet:Prio1"]
    assert market["tags"] == ["été"]
    assert market["attributes"] == {"TaskPercentage": "50", "Resources": "Aline"}
    assert market["links"] == ["https://a.example"]
    assert market["folded"] is True
    assert market["style"] == {"text": "ff112233"}
    assert of(document, "Halle")["links"] == ["#a="]
    assert notes(document) == {"Marché couvert": "Deux\nlignes"}
    assert links(document) == [("Marché couvert", "Halle", "dans la", "forward")]
    assert [b.topics for b in document.boundaries] == [("a=",)]
    assert left_out(document) == {"relations", "topics", "images"}


SMMX = r"""<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE simplemind-mindmaps>
<simplemind-mindmaps doc-version="3"><mindmap><meta><title text="Plan"/></meta><topics>
<topic id="2" parent="1" text="Sous le \\*pont\\*" textfmt="rtf1" collapsed="True" icon="ic8_48_idea"/>
<topic id="0" parent="-1" text="Bords de\Nrivière" x="1.0" y="2.0"><note>
   Une note
</note><link urllink="https://r.example"/></topic>
<topic id="1" parent="0" text="Sentier C:\\Nord"><fillcolor r="255" g="0" b="10"/><hull/><children><text><note textfmt="plain">à côté</note></text></children></topic>
<topic id="5" parent="-1" text="À part"/><topic id="6" parent="99" text="Perdu"/>
<topic id="7" parent="8" text="Serpent"/><topic id="8" parent="7" text="Queue"/><topic id="9" parent="9" text="Soi"/>
</topics><relations><relation source="2" target="5"><children><text><note textfmt="plain">mène à</note></text></children></relation></relations>
</mindmap></simplemind-mindmaps>"""


def test_a_simplemind_map_is_a_tree_again() -> None:
    document = read("plan.smmx", archive({"document/mindmap.xml": "\ufeff" + SMMX}))
    assert tree(document) == [
        (0, "Bords de rivière"), (1, "Sentier C:\\Nord"), (2, "Sous le pont"), (0, "À part"), (0, "Perdu"),
        (0, "Serpent"), (1, "Queue"), (0, "Soi"),
    ]  # fmt: skip
    assert links(document) == [("Sous le pont", "À part", "mène à", "forward")]
    assert notes(document) == {"Bords de rivière": "Une note"}
    assert notes(document, "details") == {"Sentier C:\\Nord": "à côté"}
    assert of(document, "Sentier C:\\Nord")["style"] == {"background": "#ff000a"}
    assert of(document, "Sous le pont")["icons"] == ["ic8_48_idea"]
    assert [b.topics for b in document.boundaries] == [("1",)]
    assert sorted((x.what, x.count) for x in document.ledger.left_out) == [("parents", 1), ("parents", 2)]


ITMZ = """<iThoughts version="4.0" author="Poste de A."><topics>
<topic uuid="A" text="Fête&#10;du lac" created="2020-03-17T23:28:46" position="{0, 0}">
<topic uuid="B" text="Bal" note="à 20 h" icon10="dix" icon2="deux" link="https://b.example" folded="1" color="ff0000" boundary="1"/>
<topic uuid="C" floating="1" text="Loin" att-id="1" att-name="plan.pdf"/><topic uuid="D" callout="1" text="Note !"/>
<topic uuid="E" summary1="B" summary2="C" text="En somme" task-due="2020-01-12"/></topic></topics>
<relationships><relationship end1-uuid="B" end1-style="1" end2-uuid="C" end2-style="0" center-text="loin de" end1-text="ici"/></relationships>
<groups><group type="-1"/><group type="0" member0="B" member1="C"/></groups></iThoughts>"""


def test_an_ithoughts_map_keeps_kinds_icons_in_order_and_groups() -> None:
    document = read("fete.itmz", archive({"mapdata.xml": ITMZ}))
    assert tree(document) == [(0, "Fête du lac"), (1, "Bal"), (1, "Loin"), (1, "Note !"), (1, "En somme")]
    assert kinds(document) == {
        "Fête du lac": "topic",
        "Bal": "topic",
        "Loin": "floating",
        "Note !": "callout",
        "En somme": "summary",
    }
    assert of(document, "Bal")["icons"] == ["deux", "dix"]
    assert of(document, "En somme")["attributes"] == {"task-due": "2020-01-12"}
    assert notes(document) == {"Bal": "à 20 h"}
    assert links(document) == [("Bal", "Loin", "loin de", "backward")]
    assert [b.topics for b in document.boundaries] == [("B",), ("B", "C")]
    assert left_out(document) == {"attached files", "relation end labels", "author of the file"}


MUP = {
    "formatVersion": 3, "id": "root", "title": "contenant",
    "ideas": {
        "2": {"id": 5, "title": "Seconde racine"},
        "1": {"id": 1, "title": "Cantine", "attr": {"collapsed": True}, "ideas": {
            "-2": {"id": 8, "title": "gauche bas"}, "-1": {"id": 7, "title": "gauche haut"},
            "10": {"id": 3, "title": "dix"}, "1.5": {"id": 2, "title": "voir https://m.example/a", "attr": {"note": {"text": "à lire"}}},
            "2": {"id": 4, "title": "deux", "attr": {"attachment": {"contentType": "text/html", "content": "<p>jointe</p>"}, "icon": {"url": "data:image/png;base64,AAAA"}}},
        }},
    },
    "links": [{"ideaIdFrom": 2, "ideaIdTo": 5, "attr": {"style": {"arrow": True}}}, {"ideaIdFrom": 2, "ideaIdTo": 99}],
}  # fmt: skip


def test_a_mindmup_map_is_ordered_by_rank_and_its_container_is_no_topic() -> None:
    document = read("c.mup", json.dumps(MUP))
    assert tree(document) == [
        (0, "Cantine"), (1, "voir https://m.example/a"), (1, "deux"), (1, "dix"), (1, "gauche haut"), (1, "gauche bas"), (0, "Seconde racine"),
    ]  # fmt: skip
    assert document.title == "contenant"
    assert of(document, "voir https://m.example/a")["links"] == ["https://m.example/a"]
    assert notes(document) == {"voir https://m.example/a": "à lire", "deux": "jointe"}
    assert links(document) == [("voir https://m.example/a", "Seconde racine", "", "forward")]
    assert left_out(document) == {"pictures", "relations"}
    assert document.ledger.found["topics"] == 7


def test_an_old_mindmup_map_has_its_own_title_as_root() -> None:
    document = read(
        "v2.mup", json.dumps({"title": "Centre", "id": 1, "ideas": {"1": {"title": "a\ud800", "id": 2}, "x": "rien"}})
    )
    assert tree(document) == [(0, "Centre"), (1, "a\ufffd")]


def test_a_broken_mindmup_map_is_refused_for_what_it_is() -> None:
    with pytest.raises(InputRefused, match="broken JSON"):
        read("c.mup", json.dumps(MUP)[:400])


WXML = """<map name="1" version="tango"><topic position="0,0" text="Avant" id="9"/>
<topic central="true" id="1" bgColor="#ff0000"><text><![CDATA[Place
du <b>bourg</b>]]></text><topic text="Bancs &lt;https://x.example&gt;" id="2" shrink="true" position="1,2"><note text="caf%E9 d%u2019ici %C3%A9t%C3%A9"/><link url="https://w.example" urlType="url"/></topic>
<topic id="3" text="Arbres"><note contentType="html"><![CDATA[<p>Un</p><p>Deux</p>]]></note><icon id="sign_help"/><eicon id="🌳"/></topic></topic>
<relationship srcTopicId="3" destTopicId="2" lineType="3" endArrow="true" startArrow="false"/></map>"""


def test_a_wisemapping_map_keeps_floating_topics_and_old_notes() -> None:
    document = read("place.wxml", WXML)
    assert tree(document) == [(0, "Avant"), (0, "Place du bourg"), (1, "Bancs <https://x.example>"), (1, "Arbres")]
    assert kinds(document)["Avant"] == "floating"
    assert notes(document) == {"Bancs <https://x.example>": "café d’ici été", "Arbres": "Un\nDeux"}
    assert of(document, "Arbres")["icons"] == ["sign_help", "🌳"]
    assert of(document, "Bancs <https://x.example>")["links"] == ["https://w.example"]
    assert links(document) == [("Arbres", "Bancs <https://x.example>", "", "forward")]


def test_a_wisemapping_map_with_html_entities_and_foreign_bytes_is_repaired() -> None:
    document = read(
        "r.wxml",
        '<map name="1" version="pela"><topic central="true" text="L&rsquo;été '.encode() + b'\xe0 la mairie"/></map>',
    )
    assert tree(document) == [(0, "L’été à la mairie")]
    assert left_out(document) == {"entities", "bytes"}


MMD = """Mind Map generated by NB MindMap plugin
> __version__=`1.1`,showJumps=`true`
---

# Le \\*lac\\*<br/>et ses &amp; bords
> fillColor=`#B4B4B4`,mmd.emoticon=`star`

- NOTE
<pre># pas un titre
&lt;b&gt; suite</pre>

## Pêche
> collapsed=`true`,topicLinkUID=`u1`,porteur=``a`b``

- LINK
<pre>https://p.example</pre>
```c
# pas un titre
```

### Permis
## Baignade
- TOPIC
<pre>u1</pre>
- TOPIC
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_sciareto_map_keeps_notes_attributes_and_jumps(end: str) -> None:
    document = read("lac.mmd", MMD.replace("\n", end))
    assert tree(document) == [(0, "Le *lac* et ses & bords"), (1, "Pêche"), (2, "Permis"), (1, "Baignade")]
    assert notes(document) == {"Le *lac* et ses & bords": "# pas un titre\n<b> suite"}
    fishing = of(document, "Pêche")
    assert fishing["folded"] is True
    assert fishing["attributes"] == {"porteur": "a`b"}
    assert fishing["links"] == ["https://p.example"]
    assert of(document, "Le *lac* et ses & bords")["icons"] == ["star"]
    assert links(document) == [("Baignade", "Pêche", "", "forward")]
    assert left_out(document) == {"code snippets"}


def test_a_sciareto_map_that_is_cut_in_a_note_is_refused() -> None:
    with pytest.raises(InputRefused, match="cut short"):
        read("lac.mmd", MMD[:190])


def test_a_mermaid_map_with_the_same_extension_is_not_taken_for_it() -> None:
    from ingest.document import RawFile
    from ingest.readers.sciareto import READER

    assert not READER.accepts(RawFile("a.mmd", b"mindmap\n  root\n    un\n"))
    assert not READER.accepts(RawFile("a.mmd", b"---\ntitle: mind map\n---\nmindmap\n  root\n"))


def plist(value: object, form: plistlib.PlistFormat = plistlib.FMT_BINARY) -> bytes:
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
    farm = of(document, "Ferme & lavoir")
    assert (farm["links"], farm["tags"], farm["folded"]) == (["https://n.example"], ["vert"], True)
    assert links(document) == [("Légumes d’ici", "À côté", "nourrit", "backward")]
    assert [(b.topics, b.label) for b in document.boundaries] == [(("A",), "cadre")]
    assert left_out(document) == {"images"}


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
    assert (of(document, "Gare")["icons"], of(document, "Gare")["tags"]) == (["priority-2"], ["rail"])
    assert of(document, "Gare")["dates"] == {"created": "2023-11-14T22:13:20+00:00"}
    assert (of(document, "Quai")["icons"], of(document, "Quai")["links"]) == (["progress-3"], ["https://k.example"])
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
    assert of(document, "Port de pêche")["links"] == ["https://o.example"]
    assert of(document, "Criée")["attributes"] == {"priority": "2"}
    assert notes(document) == {"Criée": "le matin"}
    assert links(document) == [("Criée", "Port de pêche", "avec", "both")]
    assert left_out(document) == {"images", "topics"}


VYM = r"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE vymmap><vymmap version="2.8.19" author="A." title="Bois">
<mapcenter absPosX="1" absPosY="2" uuid="{c}"><heading textMode="richText" textColor="#112233" text="&lt;html&gt;&lt;head&gt;&lt;style type=\&quot;text/css\&quot;&gt;p {}&lt;/style&gt;&lt;/head&gt;\n&lt;body&gt;&lt;p&gt;Le bois&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;"/>
<branch uuid="{a}" url="https://v.example" scrolled="true"><heading><![CDATA[<html><body><p>Chênes</p></body></html>]]></heading>
<vymnote><html><body><p>Un</p><p>Deux</p></body></html></vymnote><standardFlag>idea</standardFlag><userflag name="hache" uuid="{f}"/><attribute key="âge" type="String" value="vieux"/>
<frame frameType="Cloud" includeChildren="true"/><xlink beginID="bo:0" endID="bo:1"/></branch>
<branch uuid="{b}"><heading>Hêtres</heading><htmlnote><html><body>note</body></html></htmlnote></branch></mapcenter>
<mapcenter uuid="{d}"><heading>Clairière</heading></mapcenter>
<xlink beginID="mc:1" endID="mc:0,bo:1" styleBegin="None" styleEnd="HeadFull"/><xlink beginID="{b}" endID="{d}"/><xlink beginID="mc:0,fi:0" endID="mc:9"/></vymmap>"""


@pytest.mark.parametrize(
    "data", [VYM.encode(), archive({"map.xml": VYM, "flags/x.png": b""}), archive({"bois/bois.xml": VYM})]
)
def test_a_vym_map_keeps_texts_of_every_age_and_links_by_path_or_id(data: bytes) -> None:
    document = read("bois.vym", data)
    assert tree(document) == [(0, "Le bois"), (1, "Chênes"), (1, "Hêtres"), (0, "Clairière")]
    assert notes(document) == {"Chênes": "Un\nDeux", "Hêtres": "note"}
    oaks = of(document, "Chênes")
    assert (oaks["icons"], oaks["links"], oaks["attributes"]) == (
        ["idea", "hache"],
        ["https://v.example"],
        {"âge": "vieux"},
    )
    assert links(document) == [
        ("Clairière", "Hêtres", "", "forward"), ("Hêtres", "Clairière", "", "none"), ("Chênes", "Hêtres", "", "none"),
    ]  # fmt: skip
    assert left_out(document) == {"relations", "author of the file"}


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
    assert of(document, "Volant")["icons"] == ["emoji-fire", "status_help"]
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
    assert left_out(document) == {"hooks"}


@pytest.mark.parametrize(
    ("data", "label", "what"),
    [
        (b'<map version="0.9.0"><node TEXT="caf&eacute;&nbsp;th&eacute;"/></map>', "café thé", "entities"),
        (b'<map version="0.9.0"><node TEXT="caf\xe9 \x80"/></map>', "café €", "bytes"),
        (b'<map version="0.9.0"><node TEXT="a&#x1;b\x02c"/></map>', "abc", "characters"),
        ('<?xml version="1.0" encoding="windows-1251"?><map version="1.0.1"><node TEXT="&nbsp;мост"/></map>'.encode("cp1251"), "мост", "entities"),
    ],
)  # fmt: skip
def test_a_map_is_read_after_repairs_that_are_told(data: bytes, label: str, what: str) -> None:
    document = read("x.mm", data)
    assert tree(document) == [(0, label)]
    assert left_out(document) == {what}


def test_a_map_that_is_only_a_node_and_one_with_a_namespace_are_read() -> None:
    assert tree(read("x.mm", '<node TEXT="seul" ID="1"><node TEXT="enfant"/></node>')) == [(0, "seul"), (1, "enfant")]
    assert tree(read("x.mm", '<map xmlns="http://n.example" version="1.0.1"><node TEXT="seul"/></map>')) == [
        (0, "seul")
    ]


def test_joined_branches_of_coggle_are_internal_links() -> None:
    text = '<map version="0.9.0"><node TEXT="a" ID="1" X_COGGLE_POSX="0" X_COGGLE_POSY="0"><node TEXT="" ID="2" X_COGGLE_JOINEDTO="3"/></node><x-coggle-rootnode TEXT="b" ID="3" X_COGGLE_POSX="9" X_COGGLE_POSY="9"/></map>'
    document = read("coggle.mm", text)
    assert tree(document) == [(0, "a"), (1, ""), (0, "b")]
    assert of(document, "")["links"] == ["#3"]


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
    centre = of(document, "Centre")
    assert (centre["author"], centre["sheet"], centre["dates"]) == (
        "aline",
        "Feuille A",
        {"modified": "2023-11-14T22:13:20+00:00"},
    )
    assert centre["style"] == {"background": "#112233", "text": "#ffffff"}
    assert of(document, "Volant")["sheet"] == "Feuille A"
    assert of(document, "Un et demi")["author"] == "bruno"
    assert notes(document, "details") == {"Un et demi": "à revoir"}
    assert notes(document) == {"Un et demi": "riche"}
    assert of(document, "En somme")["attributes"] == {"range": "(0,1)"}
    assert [(b.topics, b.label) for b in document.boundaries] == [(("a", "b"), "cadre"), (("r",), "")]
    assert links(document) == [("Un et demi", "Deux", "", "both")]
    assert left_out(document) == {"boundaries", "comments"}


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
    assert of(document, "Centre")["style"] == {"background": "#112233"}
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
