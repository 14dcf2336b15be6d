# ruff: noqa: E501 - samples stand on the lines they come on
"""Maps of mind-map applications: MindManager, SimpleMind, iThoughts, MindMup, WiseMapping, SciaReto."""

from __future__ import annotations

import json

import pytest

from graph.errors import InputRefused
from tests.map_reading import archive, carried, kinds, left, links, notes
from tests.reading import read, tree

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
    market = carried(document, "Marché couvert")
    assert market["icons"] == ["urn:mindjet:Prio1"]
    assert market["tags"] == ["été"]
    assert market["attributes"] == {"TaskPercentage": "50", "Resources": "Aline"}
    assert market["links"] == ["https://a.example"]
    assert market["folded"] is True
    assert market["style"] == {"text": "ff112233"}
    assert carried(document, "Halle")["links"] == ["#a="]
    assert notes(document) == {"Marché couvert": "Deux\nlignes"}
    assert links(document) == [("Marché couvert", "Halle", "dans la", "forward")]
    assert [b.topics for b in document.boundaries] == [("a=",)]
    assert left(document).keys() == {"relations", "topics", "images"}


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
    assert carried(document, "Sentier C:\\Nord")["style"] == {"background": "#ff000a"}
    assert carried(document, "Sous le pont")["icons"] == ["ic8_48_idea"]
    assert [b.topics for b in document.boundaries] == [("1",)]
    assert sorted((x.what, x.count) for x in document.ledger.left_out) == [("parents", 1), ("parents", 2)]


def test_a_packed_map_with_characters_that_xml_forbids_is_read_and_they_are_told() -> None:
    text = """<simplemind-mindmaps doc-version="3"><mindmap><topics>
<topic id="0" parent="-1" text="Le&#x0; lavoir"/></topics></mindmap></simplemind-mindmaps>\n\0"""
    document = read("lavoir.smmx", archive({"document/mindmap.xml": text}))
    assert tree(document) == [(0, "Le lavoir")]
    assert "characters" in left(document)


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
    assert carried(document, "Bal")["icons"] == ["deux", "dix"]
    assert carried(document, "En somme")["attributes"] == {"task-due": "2020-01-12"}
    assert notes(document) == {"Bal": "à 20 h"}
    assert links(document) == [("Bal", "Loin", "loin de", "backward")]
    assert [b.topics for b in document.boundaries] == [("B",), ("B", "C")]
    assert left(document).keys() == {"attached files", "relation end labels", "author of the file"}


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
    assert carried(document, "voir https://m.example/a")["links"] == ["https://m.example/a"]
    assert notes(document) == {"voir https://m.example/a": "à lire", "deux": "jointe"}
    assert links(document) == [("voir https://m.example/a", "Seconde racine", "", "forward")]
    assert left(document).keys() == {"pictures", "relations"}
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
    assert carried(document, "Arbres")["icons"] == ["sign_help", "🌳"]
    assert carried(document, "Bancs <https://x.example>")["links"] == ["https://w.example"]
    assert links(document) == [("Arbres", "Bancs <https://x.example>", "", "forward")]


def test_a_wisemapping_map_with_html_entities_and_foreign_bytes_is_repaired() -> None:
    document = read(
        "r.wxml",
        '<map name="1" version="pela"><topic central="true" text="L&rsquo;été '.encode() + b'\xe0 la mairie"/></map>',
    )
    assert tree(document) == [(0, "L’été à la mairie")]
    assert left(document).keys() == {"entities", "bytes"}


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
    fishing = carried(document, "Pêche")
    assert fishing["folded"] is True
    assert fishing["attributes"] == {"porteur": "a`b"}
    assert fishing["links"] == ["https://p.example"]
    assert carried(document, "Le *lac* et ses & bords")["icons"] == ["star"]
    assert links(document) == [("Baignade", "Pêche", "", "forward")]
    assert left(document).keys() == {"code snippets"}


def test_a_sciareto_map_that_is_cut_in_a_note_is_refused() -> None:
    with pytest.raises(InputRefused, match="cut short"):
        read("lac.mmd", MMD[:190])


def test_a_mermaid_map_with_the_same_extension_is_not_taken_for_it() -> None:
    from ingest.document import RawFile
    from ingest.readers.sciareto import READER

    assert not READER.accepts(RawFile("a.mmd", b"mindmap\n  root\n    un\n"))
    assert not READER.accepts(RawFile("a.mmd", b"---\ntitle: mind map\n---\nmindmap\n  root\n"))
