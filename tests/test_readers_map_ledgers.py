# ruff: noqa: E501 - samples stand on the lines they come on
"""What the ledger of a map says: each thing that the bytes hold is kept or told, in the dialects that are met."""

from __future__ import annotations

import json
import plistlib

import pytest

from graph.errors import InputRefused
from tests.map_reading import archive, carried, notes
from tests.reading import read, tree

SHEET = '<sheet id="s{n}">{topic}<title>Feuille {n}</title></sheet>'
WORKBOOK = '<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0">{}</xmap-content>'
MAP = '<ap:Map xmlns:ap="http://schemas.mindjet.com/MindManager/Application/2003"><ap:OneTopic>{}</ap:OneTopic>{}</ap:Map>'


def test_the_sheets_of_an_old_xmind_map_are_kept_or_told() -> None:
    full = SHEET.format(n=1, topic='<topic id="a"><title>Le marché</title></topic>')
    ledger = read("a.xmind", archive({"content.xml": WORKBOOK.format(full + SHEET.format(n=2, topic=""))})).ledger
    assert (ledger.found["sheets"], ledger.kept["sheets"]) == (2, 1)
    assert [(row.what, row.count) for row in ledger.left_out] == [("sheets", 1)]


def test_the_sheets_of_a_new_xmind_map_are_kept_or_told() -> None:
    sheets = [{"id": "1", "title": "Un", "rootTopic": {"id": "a", "title": "Le marché"}}, {"id": "2", "title": "Deux"}]
    ledger = read("b.xmind", archive({"content.json": json.dumps(sheets)})).ledger
    assert (ledger.found["sheets"], ledger.kept["sheets"]) == (2, 1)
    assert [(row.what, row.count) for row in ledger.left_out] == [("sheets", 1)]


def test_what_summaries_and_comments_of_xmind_give_a_topic_is_found_in_the_bytes() -> None:
    topic = """<topic id="a"><title>Le marché</title><children><topics type="attached"><topic id="b"><title>Le lundi</title>
    </topic></topics><topics type="summary"><topic id="c"><title>En bref</title></topic></topics></children>
    <summaries><summary id="x" range="(0,0)" topic-id="c"/><summary id="y" range="(0,0)" topic-id="gone"/></summaries>
    <numbering><suffix/></numbering></topic>"""
    comments = """<comments xmlns="urn:xmind:xmap:xmlns:comments:2.0"><comment object-id="b" time="1"><content>trop tôt</content>
    </comment><comment object-id="b" time="2"><content>non</content></comment></comments>"""
    members = {"content.xml": WORKBOOK.format(SHEET.format(n=1, topic=topic)), "comments.xml": comments}
    document = read("a.xmind", archive(members))
    assert notes(document, "details") == {"Le lundi": "trop tôt\nnon"}
    ledger = document.ledger
    assert (ledger.found["details"], ledger.kept["details"]) == (1, 1)
    assert (ledger.found["attributes"], ledger.kept["attributes"]) == (2, 1)
    assert [(row.what, row.count) for row in ledger.left_out] == [("attributes", 1)]


def test_summaries_comments_and_folds_of_a_new_xmind_map_are_found_in_its_json() -> None:
    top = {
        "id": "a", "title": "Le marché", "branch": "folded", "summaries": [{"range": "(0,0)", "topicId": "c"}],
        "children": {"attached": [{"id": "b", "title": "Le lundi", "comments": [{"author": "", "content": "trop tôt"}]}],
                     "summary": [{"id": "c", "title": "En bref"}]},
    }  # fmt: skip
    ledger = read("b.xmind", archive({"content.json": json.dumps([{"rootTopic": top}])})).ledger
    counted = {what: (n, ledger.kept.get(what)) for what, n in ledger.found.items()}
    assert counted == {"sheets": (1, 1), "topics": (3, 3), "attributes": (1, 1), "details": (1, 1), "folded": (1, 1)}


def test_markers_under_either_name_are_icons_of_an_old_xmind_map() -> None:
    topic = """<topic id="a"><title>Le marché</title><marker-refs><marker-ref marker-id="flag-red"/></marker-refs>
    <markers><marker marker-id="star"/></markers></topic>"""
    document = read("a.xmind", archive({"content.xml": WORKBOOK.format(SHEET.format(n=1, topic=topic))}))
    assert carried(document, "Le marché")["icons"] == ["flag-red", "star"]
    assert document.ledger.found["icons"] == 2
    assert document.ledger.left_out == []


def test_a_topic_in_a_namespace_of_its_own_is_a_topic_of_a_freemind_map() -> None:
    inside = '<node TEXT="Les haies"/><node xmlns="http://www.w3.org/1999/xhtml" TEXT="Le puits"><node TEXT="La pompe"/></node>'
    document = read("a.mm", f'<map version="1.0.1"><node TEXT="Le bourg">{inside}</node></map>')
    assert tree(document) == [(0, "Le bourg"), (1, "Les haies"), (1, "Le puits"), (2, "La pompe")]
    assert document.ledger.kept["topics"] == document.ledger.found["topics"] == 4


def test_hooks_of_freemind_that_hold_formulas_dates_or_looks_are_read_as_what_they_are() -> None:
    hooks = """<hook NAME="plugins/latex/LatexNodeHook.properties" EQUATION="\\frac{a}{b}"/>
    <hook NAME="accessories/plugins/CreationModificationPlugin.properties"><Parameters CREATED="1107380732932"
    MODIFIED="1107901568379"/></hook><hook NAME="NodeCss">a {color: red}</hook>"""
    xml = f'<map version="0.8.0"><node TEXT="Le partage">{hooks}</node><bookmarks><bookmark nodeId="x" name="y"/></bookmarks></map>'
    document = read("a.mm", xml)
    assert notes(document, "details") == {"Le partage": "\\frac{a}{b}"}
    dates = {"created": "2005-02-02T21:45:32+00:00", "modified": "2005-02-08T22:26:08+00:00"}
    assert carried(document, "Le partage")["dates"] == dates
    assert document.ledger.found["details"] == document.ledger.kept["details"] == 1
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("bookmarks", 1)]


def test_a_formula_and_the_details_of_one_topic_are_kept_together_whichever_comes_first() -> None:
    hook = '<hook NAME="plugins/latex/LatexNodeHook.properties" EQUATION="a+b"/>'
    rich = '<richcontent TYPE="DETAILS"><html><body><p>Une somme</p></body></html></richcontent>'
    for inside, told in ((hook + rich, "a+b\nUne somme"), (rich + hook, "Une somme\na+b")):
        document = read("a.mm", f'<map version="1.3"><node TEXT="Le partage">{inside}</node></map>')
        assert notes(document, "details") == {"Le partage": told}
        assert document.ledger.found["details"] == 2
        assert [(row.what, row.count) for row in document.ledger.left_out] == [("details", 1)]


def test_relations_folds_and_dates_of_a_mindmanager_map_are_counted_in_the_bytes() -> None:
    top = """<ap:Topic OId="a"><ap:SubTopics><ap:Topic OId="b"><ap:Text PlainText="Les haies"/>
    <ap:ModificationStamp UserId="5" Timestamp="2011-07-12T19:37:06"/></ap:Topic></ap:SubTopics>
    <ap:Text PlainText="Le bourg"/></ap:Topic>"""
    relation = """<ap:Relationships><ap:Relationship><ap:ConnectionGroup Index="0"><ap:Connection><ap:ObjectReference OIdRef="a"/>
    </ap:Connection></ap:ConnectionGroup><ap:ConnectionGroup Index="1"><ap:Connection><ap:ObjectReference OIdRef="b"/>
    </ap:Connection></ap:ConnectionGroup><ap:FloatingTopics><ap:Topic OId="r"><ap:TopicViewGroup ViewIndex="0">
    <ap:Collapsed Collapsed="true"/></ap:TopicViewGroup><ap:Text PlainText="borde"/></ap:Topic></ap:FloatingTopics>
    </ap:Relationship></ap:Relationships>"""
    document = read("a.xmmap", MAP.format(top, relation))
    assert tree(document) == [(0, "Le bourg"), (1, "Les haies")]
    assert carried(document, "Les haies")["dates"] == {"modified": "2011-07-12T19:37:06"}
    ledger = document.ledger
    assert (ledger.found["relations"], ledger.kept["relations"]) == (1, 1)
    assert [(row.what, row.count) for row in ledger.left_out] == [("topics", 1), ("folded", 1)]


def test_what_a_task_of_ithoughts_says_is_found_in_the_bytes() -> None:
    topic = '<topic uuid="a" text="Curer le puits" task-progress="50" task-start="2026-03-01" cost="12" resources="l\'équipe"/>'
    ledger = read("a.itmz", archive({"mapdata.xml": f"<iThoughts><topics>{topic}</topics></iThoughts>"})).ledger
    assert ledger.found["attributes"] == ledger.kept["attributes"] == 4


def test_bookmarks_and_tags_of_a_freeplane_map_are_counted() -> None:
    xml = """<map version="freeplane 1.12.1"><bookmarks/><bookmark nodeId="a" name="y"/><node ID="a" TEXT="Le bourg"
    TAGS="haies&#xa; puits&#xa;"/></map>"""
    document = read("a.mm", xml)
    assert carried(document, "Le bourg")["tags"] == ["haies", "puits"]
    assert document.ledger.found["tags"] == document.ledger.kept["tags"] == 2
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("bookmarks", 1)]


def test_tasks_of_a_mindmanager_map_are_found_apart_from_those_of_rules() -> None:
    top = """<ap:Topic OId="a"><ap:Text PlainText="Curer le puits"/><ap:Task TaskPercentage="50" TaskPriority="urn:mindjet:Prio1"
    Dirty="0"/></ap:Topic>"""
    rule = "<ap:Rules><ap:TriggerGroup><ap:Task TaskPercentage='100' Dirty='0'/></ap:TriggerGroup></ap:Rules>".replace(
        "'", '"'
    )
    document = read("a.xmmap", MAP.format(top, rule))
    assert carried(document, "Curer le puits")["attributes"] == {
        "TaskPercentage": "50",
        "TaskPriority": "urn:mindjet:Prio1",
    }
    ledger = document.ledger
    assert (ledger.found["attributes"], ledger.kept["attributes"]) == (3, 2)
    assert [(row.what, row.count) for row in ledger.left_out] == [("attributes", 1)]


def test_links_in_titles_and_notes_that_are_a_picture_are_counted_in_a_mindmup_map() -> None:
    picture = {"attachment": {"contentType": "text/html", "content": '<img src="data:image/png;base64,AA"/>'}}
    ideas = {
        "1": {"id": 2, "title": 'le "plan" https://a.example/plan\\x et http://b.example', "ideas": {}},
        "2": {"id": 3, "title": "le puits", "attr": picture},
    }
    document = read("a.mup", json.dumps({"title": "Le bourg", "id": 1, "formatVersion": 2, "ideas": ideas}))
    ledger = document.ledger
    assert (ledger.found["links"], ledger.kept["links"]) == (2, 2)
    assert (ledger.found["notes"], ledger.kept.get("notes", 0)) == (1, 0)
    assert [(row.what, row.count) for row in ledger.left_out] == [("notes", 1), ("pictures", 1)]


def test_json_in_the_encoding_of_an_old_office_is_read_and_told() -> None:
    text = json.dumps({"title": "Le marché", "id": 1, "formatVersion": 2, "ideas": {}}, ensure_ascii=False)
    document = read("a.mup", text.encode("cp1252"))
    assert tree(document) == [(0, "Le marché")]
    assert [(row.what, row.count, row.why) for row in document.ledger.left_out] == [
        ("bytes", 1, "not UTF-8, read as windows-1252")
    ]


def test_json_of_bytes_that_are_no_text_is_refused_with_their_place() -> None:
    text = '{"title": "Le march\\u00e9", "id": 1, "ideas": {"1": {"title": "é\x01'.encode("cp1252")
    with pytest.raises(InputRefused, match="not UTF-8 at byte 63"):
        read("a.mup", text)


def test_xmind_topics_that_another_tool_wrote_without_groups_are_read() -> None:
    inside = '<topic id="a" title="Le bourg"><topic id="b" title="Les haies"/><topic id="c"><title>Le puits</title></topic></topic>'
    document = read("a.xmind", WORKBOOK.format(SHEET.format(n=1, topic=inside)))
    assert tree(document) == [(0, "Le bourg"), (1, "Les haies"), (1, "Le puits")]
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 3


def test_a_mindmanager_topic_is_folded_as_the_first_view_has_it() -> None:
    def views(*collapsed: str) -> str:
        groups = (
            f'<ap:TopicViewGroup ViewIndex="{n}">{inside}</ap:TopicViewGroup>' for n, inside in enumerate(collapsed)
        )
        return "".join(groups)

    folded = '<ap:Collapsed Collapsed="true"/>'
    subs = f"""<ap:Topic OId="b">{views(folded, "")}<ap:Text PlainText="fermé"/></ap:Topic>
    <ap:Topic OId="c">{views("", folded)}<ap:Text PlainText="ouvert"/></ap:Topic>"""
    top = f'<ap:Topic OId="a"><ap:SubTopics>{subs}</ap:SubTopics><ap:Text PlainText="Le bourg"/></ap:Topic>'
    document = read("a.xmmap", MAP.format(top, ""))
    assert carried(document, "fermé").get("folded") is True
    assert "folded" not in carried(document, "ouvert")
    assert (document.ledger.found["folded"], document.ledger.kept["folded"]) == (2, 1)
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("folded", 1)]


def test_notes_of_mindmanager_without_text_or_about_a_relation_are_told() -> None:
    note = '<ap:NotesGroup><ap:NotesXhtmlData><html xmlns="http://www.w3.org/1999/xhtml">{}</html></ap:NotesXhtmlData></ap:NotesGroup>'
    top = f'<ap:Topic OId="a">{note.format("<p/>")}<ap:Text PlainText="Le bourg"/></ap:Topic>'
    relation = f"""<ap:Relationships><ap:Relationship><ap:FloatingTopics><ap:Topic OId="r">{note.format("<p>ici</p>")}
    </ap:Topic></ap:FloatingTopics></ap:Relationship></ap:Relationships>"""
    ledger = read("a.xmmap", MAP.format(top, relation)).ledger
    assert ledger.found["notes"] == 2
    told = sorted((row.what, row.count) for row in ledger.left_out)
    assert told == [("notes", 1), ("notes", 1), ("relations", 1), ("topics", 1)]


def test_what_docear_knows_of_a_pdf_file_is_told() -> None:
    inside = '<pdf_annotation type="COMMENT" page="1"><pdf_title>Un plan</pdf_title></pdf_annotation>'
    keys = '<docear_node_extensions><docear_node_extension key="MONITOR_PATH"/></docear_node_extensions>'
    document = read("a.mm", f'<map version="docear 1.1"><node TEXT="Le plan">{inside}{keys}</node></map>')
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("places in PDF files", 1)]


def test_looks_and_links_of_the_first_mindnode_are_read_and_counted() -> None:
    text = '<p>voir <a href="https://a.example">ici</a></p>'
    node = {"nodeID": "a", "title": {"text": text}, "subnodes": [], "fillColor": "{1, 0, 0, 1}", "strokeWidth": 2.0}
    for form in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        document = read("a.mindnode", plistlib.dumps({"canvas": {"mindMaps": [{"mainNode": node}]}}, fmt=form))
        assert carried(document, "voir ici")["links"] == ["https://a.example"]
        assert carried(document, "voir ici")["style"] == {"background": "{1, 0, 0, 1}"}
        assert document.ledger.found["links"] == document.ledger.kept["links"] == 1
        assert document.ledger.left_out == []


def test_what_a_novamind_task_says_is_found_in_the_bytes() -> None:
    task = """<project-task priority="2" duration="0"><assigned-resources><assigned-resource name="équipe"/></assigned-resources>
    </project-task>"""
    xml = f"""<document><maps><map><topic-node id="n" topic-ref="t"/></map></maps><topics><topic id="t" checked-state="Checked">
    <rich-text><text-run>Curer & vider</text-run></rich-text>{task}</topic></topics></document>"""
    document = read("a.nm5", archive({"content.xml": xml}))
    assert tree(document) == [(0, "Curer & vider")]
    assert document.ledger.found["attributes"] == document.ledger.kept["attributes"] == 4
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("entities", 1)]


def test_a_cmap_with_a_bare_ampersand_is_read_and_told() -> None:
    xml = """<cmap xmlns="http://cmap.ihmc.us/xml/cmap/"><map><concept-list><concept id="a" label="haies & puits"/></concept-list>
    </map></cmap>"""
    document = read("a.cxl", xml)
    assert tree(document) == [(0, "haies & puits")]
    assert [(row.what, row.count) for row in document.ledger.left_out] == [("entities", 1)]


def test_formulas_and_tasks_of_a_new_xmind_map_are_read_and_found() -> None:
    formula = {"provider": "org.xmind.ui.mathJax", "content": {"content": "\\frac{a}{b}"}}
    task = {
        "provider": "org.xmind.ui.taskInfo",
        "content": [{"name": "progress", "content": "50"}, {"name": "x", "content": ""}],
    }
    looks = {"provider": "org.xmind.ui.map.unbalanced", "content": [{"name": "right-number", "content": "3"}]}
    top = {"id": "a", "extensions": [looks, formula, task, {"provider": "org.xmind.ui.spreadsheet", "content": []}]}
    document = read("a.xmind", archive({"content.json": json.dumps([{"rootTopic": top}])}))
    assert notes(document, "details") == {"": "\\frac{a}{b}"}
    assert carried(document, "")["attributes"] == {"progress": "50"}
    ledger = document.ledger
    assert (ledger.found["details"], ledger.kept["details"]) == (1, 1)
    assert (ledger.found["attributes"], ledger.kept["attributes"]) == (1, 1)
    assert [(row.what, row.count) for row in ledger.left_out] == [("extensions", 1)]


def test_tasks_of_an_old_xmind_map_are_read_and_found() -> None:
    topic = """<topic id="a"><title>Curer le puits</title><extensions><extension provider="org.xmind.ui.taskInfo"><content>
    <progress>50</progress><start-date>2026-03-01</start-date><end-date/></content></extension></extensions></topic>"""
    document = read("a.xmind", WORKBOOK.format(SHEET.format(n=1, topic=topic)))
    assert carried(document, "Curer le puits")["attributes"] == {"progress": "50", "start-date": "2026-03-01"}
    assert document.ledger.found["attributes"] == document.ledger.kept["attributes"] == 2
    assert document.ledger.left_out == []


def test_topics_that_the_first_freemind_encrypted_are_told() -> None:
    given = 'AA_NODE_CLASS="freemind.modes.mindmapmode.EncryptedMindMapNode" ADDITIONAL_INFO="0CqO="'
    ledger = read("a.mm", f'<map version="0.8.0"><node TEXT="secret" {given}/></map>').ledger
    assert [(row.what, row.count) for row in ledger.left_out] == [("encrypted topics", 1)]


def test_what_is_said_of_a_whole_mindmanager_map_is_told() -> None:
    about = '<ap:DocumentGroup><ap:Description Comments="Un modèle"/></ap:DocumentGroup>'
    ledger = read("a.xmmap", MAP.format('<ap:Topic OId="a"><ap:Text PlainText="Le bourg"/></ap:Topic>', about)).ledger
    assert [(row.what, row.count) for row in ledger.left_out] == [("comment of the file", 1)]


def test_notes_of_xmind_without_text_are_told() -> None:
    empty = {"plain": {"content": "\n"}, "realHTML": {"content": "<div><img src='xap:resources/a.png'></div>"}}
    new = archive({"content.json": json.dumps([{"rootTopic": {"id": "a", "title": "Le puits", "notes": empty}}])})
    topic = '<topic id="a"><title>Le puits</title><notes><plain> </plain><html/></notes></topic>'
    for data in (new, WORKBOOK.format(SHEET.format(n=1, topic=topic))):
        ledger = read("a.xmind", data).ledger
        assert (ledger.found["notes"], ledger.kept.get("notes", 0)) == (1, 0)
        assert [(row.what, row.count) for row in ledger.left_out] == [("notes", 1)]
