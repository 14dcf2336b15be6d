# ruff: noqa: E501 - samples stand on the lines they come on
"""What is a node, a label, a parent and a cross link in each format: one small file a rule, read to the tree it must give."""

from __future__ import annotations

import base64
import json
import plistlib
import zlib
from typing import Any
from urllib.parse import quote

import pytest

from ingest.maps.outline import outline_json, outline_of
from tests.map_reading import archive
from tests.outline_shapes import opml, shape
from tests.reading import read

Links = list[list[str | None]]
Case = tuple[str, str | bytes, list[Any], Links]


def mm(body: str) -> str:
    return f'<map version="freeplane 1.11.1">{body}</map>'


def xmind(topic: str, rest: str = "") -> bytes:
    text = f'<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0"><sheet id="s"><topic id="r"><title>R</title><children>{topic}</children></topic>{rest}</sheet></xmap-content>'
    return archive({"content.xml": text, "META-INF/manifest.xml": "<manifest/>"})


def zen(root: dict[str, Any], **rest: Any) -> bytes:
    sheet = {"id": "s", "rootTopic": root, **rest}
    return archive({"content.xml": "<x/>", "content.json": json.dumps([sheet])})


def mmap(inside: str, rest: str = "") -> bytes:
    text = f'<ap:Map xmlns:ap="http://schemas.mindjet.com/MindManager/Application/2003"><ap:OneTopic><ap:Topic OId="c">{inside}<ap:Text PlainText="C"/></ap:Topic></ap:OneTopic>{rest}</ap:Map>'
    return archive({"Document.xml": text})


def mmap_topic(label: str, inside: str = "") -> str:
    return f'<ap:Topic OId="{label}">{inside}<ap:Text PlainText="{label}"/></ap:Topic>'


def smmx(topics: str, relations: str = "") -> bytes:
    text = f"<simplemind-mindmaps><mindmap><topics>{topics}</topics><relations>{relations}</relations></mindmap></simplemind-mindmaps>"
    return archive({"document/mindmap.xml": text})


def itmz(topics: str, rest: str = "") -> bytes:
    return archive({"mapdata.xml": f"<iThoughts><topics>{topics}</topics>{rest}</iThoughts>"})


def mindnode(**canvas: Any) -> bytes:
    return plistlib.dumps({"canvas": canvas})


def leaf(label: str, *below: dict[str, Any]) -> dict[str, Any]:
    return {"nodeID": label, "title": {"text": label}, "subnodes": list(below)}


def novamind(nodes: str, texts: str) -> bytes:
    text = f"\ufeff<document><topics>{texts}</topics><maps><map>{nodes}<link-lines/></map></maps></document>"
    return archive({"content.xml": text})


def run(name: str, *texts: str) -> str:
    runs = "".join(f"<text-run>{text}</text-run>" for text in texts)
    return f'<topic id="{name}"><rich-text>{runs}</rich-text></topic>'


def cxl(*connections: tuple[str, str]) -> str:
    tied = "".join(f'<connection from-id="{a}" to-id="{b}"/>' for a, b in connections)
    return f'<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map><concept-list><concept id="1" label="A"/><concept id="2" label="B&#xa;b"/><concept id="3" label="C"/></concept-list><linking-phrase-list><linking-phrase id="p" label="mène à"/></linking-phrase-list><connection-list>{tied}</connection-list></map></cmap>'


def graphml(nodes: str, keys: str = "") -> str:
    return f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">{keys}<graph edgedefault="directed">{nodes}</graph></graphml>'


def drawio(cells: str) -> str:
    return f'<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>{cells}</root></mxGraphModel>'


def packed(model: str) -> str:
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = made.compress(quote(model).encode()) + made.flush()
    return f"<mxfile><diagram>{base64.b64encode(data).decode()}</diagram></mxfile>"


CELLS = '<mxCell id="a" value="&lt;b&gt;Un&lt;/b&gt;&lt;div&gt;deux&lt;/div&gt;" vertex="1" parent="1"/><UserObject label="Lié" link="https://exemple.org" id="b"><mxCell vertex="1" parent="1"/></UserObject><mxCell id="e" value="vers" edge="1" source="a" target="b" parent="1"/><mxCell id="l" value="" vertex="1" parent="e"/><mxCell id="z" edge="1" source="a" parent="1"/>'
DRAWN = json.dumps({"type": "excalidraw", "elements": [
    {"id": "a", "type": "rectangle"}, {"id": "t", "type": "text", "text": "Un\nbanc", "containerId": "a"}, {"id": "f", "type": "text", "text": "libre", "containerId": None},
    {"id": "x", "type": "ellipse", "isDeleted": True}, {"id": "d", "type": "diamond"}, {"id": "i", "type": "image"},
    {"id": "r", "type": "arrow", "startBinding": {"elementId": "a"}, "endBinding": {"elementId": "f"}}, {"id": "w", "type": "text", "text": "mène à", "containerId": "r"},
    {"id": "n", "type": "line", "startBinding": {"elementId": "d"}, "endBinding": {"elementId": "a"}}, {"id": "o", "type": "arrow", "startBinding": {"elementId": "x"}, "endBinding": {"elementId": "a"}},
]})  # fmt: skip
BOARD = json.dumps({"name": "B", "lists": [{"id": "2", "name": "L2", "pos": 9, "idBoard": "b"}, {"id": "1", "name": "L1", "pos": 1.5, "closed": True}],
    "cards": [{"id": "y", "name": "C2", "idList": "1", "pos": 7}, {"id": "x", "name": "C1", "idList": "1", "pos": 2, "closed": True}],
    "checklists": [{"idCard": "x", "checkItems": [{"name": "i1", "pos": 9}, {"name": "i2", "pos": 1}]}], "actions": [{"type": "commentCard", "data": {"text": "non"}}]})  # fmt: skip

WORKFLOWY = opml(
    '<outline text="Prix &amp;lt; 3 € &amp;amp; plus"/><outline text="&lt;b&gt;a&lt;/b&gt; &amp;amp; b"/>',
    "<ownerEmail>quelquun@exemple.org</ownerEmail>",
)
MARKED = r'<topic id="0" parent="-1" text="Sous le \\*pont\\*" textfmt="rtf1"/><topic id="2" parent="0" text="Sentier C:\\Nord"/>'
LINED = '<topic-node id="r" topic-ref="t1"><sub-topics><topic-node id="x" topic-ref="t2"/><topic-node type="LinkLine" topic-ref="t3"><link-line-data start-topic-node-ref="x" end-topic-node-ref="r"/></topic-node></sub-topics></topic-node>'

CASES: dict[str, Case] = {
    "freemind: a text, else a localized text, else a rich one; empty ones count": ("a.mm", mm('<node TEXT="R"><node LOCALIZED_TEXT="loc"/><node><richcontent TYPE="NODE"><html><head><title>non</title></head><body><p>un</p><p>deux</p></body></html></richcontent></node><node TEXT=""><richcontent TYPE="NODE"><html><body>riche</body></html></richcontent></node><node/></node>'), [["R", ["loc", "un deux", "riche", ""]]], []),
    "freemind: HTML only where the text begins as a page": ("a.mm", mm('<node TEXT="&lt;html&gt;&lt;b&gt;gras&lt;/b&gt;"><node TEXT="&lt;!DOCTYPE x&gt; List&lt;T&gt; &lt;b&gt;"/><node TEXT="=a+1"/><node TEXT="\\latex $x^2$"/></node>'), [["gras", ["<!DOCTYPE x> List<T> <b>", "=a+1", "\\latex $x^2$"]]], []),
    "freemind: styles are no nodes, arrows of nodes are links with their middle label, mirrors are not": ("a.mm", mm('<node ID="r" TEXT="R"><hook NAME="MapStyle"><map_styles><stylenode TEXT="s"><stylenode TEXT="t"/></stylenode></map_styles></hook><arrowlink DESTINATION="a" MIDDLE_LABEL="mène" SOURCE_LABEL="x"/><arrowlink DESTINATION="absent"/><node ID="a" TEXT="A"><linktarget SOURCE="r" DESTINATION="a"/></node></node>'), [["R", ["A"]]], [["R", "A", "mène"]]),
    "freemind: a clone shows the text of what it refers to, and the children that stand in it": ("a.mm", mm('<node TEXT="R"><node ID="o" TEXT="O"><node TEXT="o1"/></node><node CONTENT_ID="o" ID="c"/><node TREE_ID="o" ID="t"><node TREE_ID="x" TEXT="o1"/></node></node>'), [["R", [["O", ["o1"]], "O", ["O", ["o1"]]]]], []),
    "freemind: floating, summary and encrypted nodes stay where they are nested": ("a.mm", mm('<node TEXT="R"><node TEXT="f"><hook NAME="FreeNode"/></node><node TEXT="s"><hook NAME="SummaryNode"/></node><node TEXT="e" ENCRYPTED_CONTENT="xyz"/></node>'), [["R", ["f", "s", "e"]]], []),
    "freemind: white space of every kind is one space": ("a.mm", mm('<node TEXT=" a&#160;&#10;b\u2028c\u200bd\ufeff "/>'), ["a b c d"], []),
    "repairs: named entities, foreign bytes, forbidden characters, a node alone": ("a.mm", b'<node TEXT="caf\xe9&nbsp;noir&#1;"><node TEXT="x"/></node>', [["café noir", ["x"]]], []),
    "xmind 8: attached, then summary, then callout topics; floating ones are roots": ("a.xmind", xmind('<topics type="callout"><topic><title>c</title></topic></topics><topics type="summary"><topic><title>s</title></topic></topics><topics type="detached"><topic id="d"><title>D</title><children><topics type="attached"><topic><title>d1</title></topic></topics></children></topic></topics><topics type="attached"><topic id="a"><title>a\nb</title></topic><topic/></topics>', '<relationships><relationship end1="a" end2="d"><title>lien</title></relationship><relationship end1="a" end2="zz"/></relationships>'), [["R", ["a b", "", "s", "c"]], ["D", ["d1"]]], [["a b", "D", "lien"]]),
    "xmind: what floats inside a branch stands where the file has it": ("a.xmind", xmind('<topics type="attached"><topic><title>a</title><children><topics type="detached"><topic><title>first</title></topic></topics></children></topic></topics><topics type="detached"><topic><title>second</title></topic></topics>'), [["R", ["a"]], "first", "second"], []),
    "xmind zen: it does there too": ("a.xmind", zen({"id": "r", "title": "R", "children": {"attached": [{"title": "a", "children": {"detached": [{"title": "first"}]}}], "detached": [{"title": "second"}]}}), [["R", ["a"]], "first", "second"], []),
    "xmind zen: the same, beside a page that says the file cannot be opened": ("a.xmind", zen({"id": "r", "title": "R", "children": {"detached": [{"id": "d", "title": "D"}], "summary": [{"title": "s"}], "callout": [{"title": "c"}], "attached": [{"id": "a"}]}}, relationships=[{"end1Id": "d", "end2Id": "a", "title": "lien"}]), [["R", ["", "s", "c"]], "D"], [["D", "", "lien"]]),
    "opml: text, else title; known tags go, others stay; several roots": ("a.opml", opml('<outline text="&lt;b&gt;g&lt;/b&gt;&lt;br&gt;h &amp;amp; i"><outline title="T"/></outline><outline text="R&amp;amp;D List&lt;String&gt; &lt;http://x.fr&gt;"/><outline/>'), [["g h & i", ["T"]], "R&amp;D List<String> <http://x.fr>", ""], []),
    "opml: entities of Workflowy stay where no tag stands": ("a.opml", WORKFLOWY, ["Prix &lt; 3 € &amp; plus", "a & b"], []),
    "mindmanager: floating topics of the centre are roots, of others they come last; a relation's topics are its label": ("a.mmap", mmap(f'<ap:SubTopics>{mmap_topic("a", "<ap:FloatingTopics>" + mmap_topic("k") + "</ap:FloatingTopics><ap:SubTopics>" + mmap_topic("a1") + "</ap:SubTopics>")}<ap:Topic OId="e"/></ap:SubTopics><ap:FloatingTopics>{mmap_topic("F")}</ap:FloatingTopics>', f'<ap:Relationships><ap:Relationship><ap:ConnectionGroup Index="0"><ap:Connection><ap:ObjectReference OIdRef="a"/></ap:Connection></ap:ConnectionGroup><ap:ConnectionGroup Index="1"><ap:Connection><ap:ObjectReference OIdRef="F"/></ap:Connection></ap:ConnectionGroup><ap:FloatingTopics>{mmap_topic("lien")}</ap:FloatingTopics></ap:Relationship></ap:Relationships>'), [["C", [["a", ["a1", "k"]], ""]], "F"], [["a", "F", "lien"]]),
    "simplemind: a flat list, roots without a parent or with -1, breaks written as a sign": ("a.smmx", smmx(r'<topic id="2" parent="0" text="fils"/><topic id="0" parent="-1" text="un\Ndeux"/><topic id="7" text="seul"/>', '<relation source="2" target="7"/><relation source="2" target="99"/>'), [["un deux", ["fils"]], "seul"], [["fils", "seul", None]]),
    "simplemind: marks of its formats stay": ("a.smmx", smmx(MARKED, '<relation source="2" target="0"/>'), [[r"Sous le \\*pont\\*", [r"Sentier C:\\Nord"]]], [[r"Sentier C:\\Nord", r"Sous le \\*pont\\*", None]]),
    "ithoughts: floating topics stay children; the middle text labels a relation": ("a.itmz", itmz('<topic uuid="1" text="R"><topic uuid="2" text="a&#10;b"/><topic uuid="3" text="F" floating="1"/></topic>', '<relationships><relationship end1-uuid="2" end2-uuid="3" end1-text="x" center-text="lien"/></relationships>'), [["R", ["a b", "F"]]], [["a b", "F", "lien"]]),
    "mindmup 3: the top is a container, ranks ascend, then negative ones by their absolute value": ("a.mup", json.dumps({"formatVersion": 3, "id": "root", "title": "non", "ideas": {"1": {"id": "1.a", "title": "R", "ideas": {"-2": {"title": "g2"}, "10": {"title": "d10"}, "-1.5": {"title": "g1", "id": 8}, "2": {"title": "d2", "id": 9}}}}, "links": [{"ideaIdFrom": 9, "ideaIdTo": 8}]}), [["R", ["d2", "d10", "g1", "g2"]]], [["d2", "g1", None]]),
    "mindmup 2: the top is the root": ("a.mup", json.dumps({"id": 1, "title": "R", "ideas": {"1": {"id": 2, "title": "a"}}}), [["R", ["a"]]], []),
    "mindnode: HTML and rich text go, several maps": ("a.mindnode", mindnode(mindMaps=[{"mainNode": leaf("<p>R &amp; <b>x</b></p>", leaf(r"{\rtf1\ansi L\'e9gume\par vert}"))}, {"mainNode": leaf("List<T>")}], crossConnections=[{"startNodeID": "List<T>", "endNodeID": "<p>R &amp; <b>x</b></p>", "title": {"text": "<p>lien</p>"}}]), [["R & x", ["Légume vert"]], "List<T>"], [["List<T>", "R & x", "lien"]]),
    "wisemapping: a text attribute, else a CDATA; other topics at the top are roots": ("a.wxml", '<map name="m" version="tango"><topic central="true" id="1" text="R"><topic id="2"><text><![CDATA[un\ndeux <b>x</b>]]></text></topic></topic><topic id="3" text="&lt;p&gt;F&lt;/p&gt;"/><relationship srcTopicId="2" destTopicId="3"/></map>', [["R", ["un deux x"]], "F"], [["un deux x", "F", None]]),
    "canvas: texts keep their Markdown, files their path, links their address, groups their label": ("a.canvas", json.dumps({"nodes": [{"id": "g", "type": "group", "label": "G", "x": 0, "y": 0, "width": 9, "height": 9}, {"id": "t", "type": "text", "text": "# T\n**x** [[y]]", "x": 1, "y": 1, "width": 1, "height": 1}, {"id": "f", "type": "file", "file": "a/b.md", "subpath": "#h", "x": 0, "y": 0}, {"id": "l", "type": "link", "url": "https://exemple.org", "x": 0, "y": 0}, {"id": "e", "type": "group", "x": 0, "y": 0}], "edges": [{"fromNode": "t", "toNode": "f", "label": "vers"}, {"fromNode": "t", "toNode": "absent"}]}), ["G", "# T **x** [[y]]", "a/b.md", "https://exemple.org", ""], [["# T **x** [[y]]", "a/b.md", "vers"]]),
    "kityminder: a root with children, signs of HTML are text": ("a.km", json.dumps({"root": {"data": {"text": "R"}, "children": [{"data": {"text": "a<br>b"}}, {"data": {"text": None}}]}, "template": "default"}), [["R", ["a<br>b", ""]]], []),
    "cmaptools: every concept before a phrase with every one after it, then those tied without one": ("a.cxl", cxl(("1", "p"), ("2", "p"), ("p", "3"), ("1", "2")), ["A", "B b", "C"], [["A", "C", "mène à"], ["B b", "C", "mène à"], ["A", "B b", None]]),
    "vym: each centre is a root, ends by path or by id": ("a.xml", '<vymmap version="2.9"><mapcenter><heading>R</heading><branch uuid="u1"><heading>&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;</heading></branch></mapcenter><mapcenter><heading>S</heading><branch><heading>c</heading></branch></mapcenter><xlink beginID="mc:0,bo:0" endID="mc:1,bo:0"/><xlink beginID="u1" endID="mc:1"/></vymmap>', [["R", ["a b"]], ["S", ["c"]]], [["a b", "c", None], ["a b", "S", None]]),
    "sciareto: lines of number signs outside blocks, signs unescaped, breaks are spaces": ("a.mmd", "Mind Map generated by NB MindMap plugin\n> __version__=`1.1`\n---\n\n# R\n> topicLinkUID=`1`\n\n## a\\_b\\*c &lt;x&gt;<br/>y\n- NOTE\n<pre># non\n## non</pre>\n- TOPIC\n<pre>1</pre>\n\n### c\n\n## d\n", [["R", [["a_b*c <x> y", ["c"]], "d"]]], [["a_b*c <x> y", "R", None]]),
    "tabs: one node a line, a tab counts four, deeper lines may jump": ("a.txt", "R\n\ta\n\t\ta1\n\n        a2\n\tb\n\t\t\tb1\nS\n\tc\n\t\tc1\n", [["R", [["a", ["a1", "a2"]], ["b", ["b1"]]]], ["S", [["c", ["c1"]]]]], []),
    "tabs: sentences are nodes as any line": ("a.txt", "Le bourg.\n\tOn y marche peu, et mal.\n\t\tIl faudrait un trottoir.\n\t\tEt des bancs.\nLa gare.\n\tElle est loin.\n", [["Le bourg.", [["On y marche peu, et mal.", ["Il faudrait un trottoir.", "Et des bancs."]]]], ["La gare.", ["Elle est loin."]]], []),
    "novamind: the tree refers to its texts, runs are joined": ("a.nm5", novamind('<topic-node topic-ref="t1"><sub-topics><topic-node topic-ref="t2"/><topic-node topic-ref="t9"/></sub-topics></topic-node>', run("t1", "R") + run("t2", "un ", "deux")), [["R", ["un deux", ""]]], []),
    "novamind: a line is a relation, wherever it stands": ("a.nm5", novamind(LINED, run("t1", "R") + run("t2", "a") + run("t3", "mène")), [["R", ["a"]]], [["a", "R", "mène"]]),
    "mermaid: a label stands in its brackets, icons, classes and comments are none": ("a.mmd", '%% c\nmindmap\n  root((R))\n    id[Un lieu]\n    ::icon(fa fa-x)\n      Routage (soir)\n    b("`**gras** et x`")\n    :::urgent\n    %% non\n    c))Bang((\n    d)Nuage(\n    {{Hexa}}\n', [["R", [["Un lieu", ["soir"]], "gras et x", "Bang", "Nuage", "Hexa"]]], []),
    "plantuml: levels of any mark, no box, colours": ("a.puml", "@startmindmap\n* R\n**_ a\n***[#Orange] a1\n++ b\n--_ c\n--- c1\n**:un\ndeux;\n@endmindmap\n", [["R", [["a", ["a1"]], "b", ["c", ["c1"]], "un deux"]]], []),
    "markdown: headings by level, items under the last one; the rest are no nodes": ("a.md", "---\nx: 1\n---\n# R **g** [l](https://x.fr)\n\ntexte\n\n- a `c`\n    1. a1\n  * a2\n- [x] fait\n\n```\n# non\n- non\n```\n\n| a | b |\n|---|---|\n\n### H3\n+ b\n## H2\n", [["R g l", [["a c", ["a1", "a2"]], "fait", ["H3", ["b"]], "H2"]]], []),
    "org: stars and items, keywords and tags go, links are their description, lines go on": ("a.org", "* TODO [#A] Un [[https://x.fr][lien]] :t:u:\n- a\n  suite\n  + b\n1. c\n** DONE deux\n", [["Un lien", [["a suite", ["b"]], "c", "deux"]]], []),
    "dot: nodes in the order of their names, sets multiplied out, breaks are spaces": ("a.dot", 'digraph { a [label="Un\\nbanc"]; a -> {b; c} -> d [label=x]; e [style=invis] }', ["Un banc", "b", "c", "d", "e"], [["Un banc", "b", "x"], ["Un banc", "c", "x"], ["b", "d", "x"], ["c", "d", "x"]]),
    "graphml: the label of yEd, else label, name, tooltip, else the id": ("a.graphml", graphml('<node id="n0"><data key="g"><y:ShapeNode><y:NodeLabel>Un <y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node><node id="n1"><data key="n">nom</data><data key="l">lab</data></node><node id="n2"><data key="t">bulle</data></node><node id="n3"/><edge source="n0" target="n3"><data key="g"><y:PolyLineEdge><y:EdgeLabel>vers</y:EdgeLabel></y:PolyLineEdge></data></edge>', '<key id="g"/><key id="l" attr.name="label"/><key id="n" attr.name="name"/><key id="t" attr.name="tooltip"/>'), ["Un", "lab", "bulle", "n3"], [["Un", "n3", "vers"]]),
    "gexf: the label, else the id; edges with theirs": ("a.gexf", '<gexf><graph><nodes><node id="1" label="Un"/><node id="2"/></nodes><edges><edge source="1" target="2" label="vers"/><edge source="1" target="9"/></edges></graph></gexf>', ["Un", "2"], [["Un", "2", "vers"]]),
    "draw.io: boxes of every page, labels of edges are none": ("a.drawio", drawio(CELLS), ["Un deux", "Lié"], [["Un deux", "Lié", "vers"]]),
    "draw.io, packed": ("a.drawio", packed(drawio(CELLS)), ["Un deux", "Lié"], [["Un deux", "Lié", "vers"]]),
    "excalidraw: boxes with their bound text and free texts, what is deleted is not there": ("a.excalidraw", DRAWN, ["Un banc", "libre", ""], [["Un banc", "libre", "mène à"], ["", "Un banc", None]]),
    "trello: lists and cards by position, check items as they stand; closed ones count": ("a.json", BOARD, [["B", [["L1", [["C1", ["i1", "i2"]], "C2"]], "L2"]]], []),
    "consul: answers under their parent, wherever it stands": ("a.csv", "id,title,description,parentId\n3,c,,1\n1,a,x,\n2,b,y,99\n", [["a", ["c"]], "b"], []),
    "decidim: comments under the comments they answer": ("a.csv", "id;commentable_type;commentable_id;body\n7;Decidim::Proposals::Proposal;1;R\n8;Decidim::Comments::Comment;7;<p>réponse</p>\n", [["R", ["réponse"]]], []),
    "pol.is and talk to the city: the first known column is the label": ("a.csv", 'comment-id,text,comment-body,interview\n1,"non","Un\nbanc",x\n', ["Un banc"], []),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_of_counting_holds(rule: str) -> None:
    name, content, roots, links = CASES[rule]
    document = read(name, content)
    assert shape(document) == roots
    assert outline_json(document)["cross_links"] == links


@pytest.mark.parametrize(("name", "content", "labels"), [
    ("a.opml", WORKFLOWY, ["Prix < 3 € & plus", "a & b"]), ("a.smmx", smmx(MARKED, ""), ["Sous le pont", "Sentier C:\\Nord"]),
], ids=["workflowy", "simplemind"])  # fmt: skip
def test_what_is_counted_as_written_is_shown_clean_and_goes_out_clean(
    name: str, content: str | bytes, labels: list[str]
) -> None:
    document = read(name, content)
    assert [block.label for block in document.blocks] == labels
    assert [topic.label for topic, _, _ in outline_of(document).walk()] == labels
